"""Years of two forms, places that were renamed, and counties of one name: each sheet keeps them apart and says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from filled_reports import filled, form, together
from openpyxl.utils import get_column_letter, range_boundaries

from govinfo.definitions.wording import say
from govinfo.tables import Tables, typed
from govinfo.workbook import Scope, write_workbook
from govinfo.workbook.style import display_width, row_height

KAIFENG: dict[str, Any] = {"county": "鼓楼区", "city": "开封市", "province": "河南省"}
XUZHOU: dict[str, Any] = {"county": "鼓楼区", "city": "徐州市", "province": "江苏省"}
XINAN: dict[str, Any] = {"county": "新安县", "city": "洛阳市", "province": "河南省"}
FIRST, SECOND = "河南省开封市鼓楼区", "江苏省徐州市鼓楼区"


def report(place: dict[str, Any], town: str | None, year: int | None, code: str = "2021", **more: Any) -> Tables:
    source = f"{place['city']}{town}{year}.txt"
    said = {**place, "township": town, "year": year, "source": source, "report_id": source}
    tables = filled(code, **{**said, **more})
    lines = {line.code: line.category for block in form(code).table("requests").blocks for line in block.lines}
    requests = tables.requests.assign(category=tables.requests["line"].map(lines))
    return Tables(**{**vars(tables), "requests": typed("requests", requests)})


def texts(path: Path, name: str) -> list[list[str]]:
    """What stands on a sheet, by row."""
    page = openpyxl.load_workbook(path, data_only=True)[name]
    rows = ([str(cell) for cell in row if cell is not None] for row in page.iter_rows(values_only=True))
    return [row for row in rows if row]


def test_two_counties_of_one_name_are_told_apart_on_every_sheet(tmp_path: Path) -> None:
    """Both have a township of the same name too: nothing but the names above the county tells them apart."""
    tables = together(report(KAIFENG, "新华街道", 2022), report(XUZHOU, "新华街道", 2022))
    spots = {"table": "requests", "line": "new", "column": "total"}
    findings = [
        {
            "finding_id": name,
            "report_id": name,
            "rule": "requests.balance",
            "severity": "error",
            "message": "…",
            **spots,
        }
        for name in tables.reports["report_id"]
    ]
    corrections = [{"report_id": name, "state": "applied", **spots} for name in tables.reports["report_id"]]
    made = Tables(
        **{
            **vars(tables),
            "findings": typed("findings", findings),
            "corrections": typed("corrections", corrections),
        }
    )
    write_workbook(made, path := tmp_path / "表.xlsx")

    for name in ("sheet_cover", "sheet_overview", "sheet_findings", "sheet_figures", "sheet_corrections"):
        said = [cell for row in texts(path, say("workbook", name)) for cell in row]
        assert all(any(area in cell for cell in said) for area in (FIRST, SECOND)), name
    assert {row[0] for row in texts(path, say("sheet_sources", "sheet"))} >= {FIRST, SECOND}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of 2022: one township still follows the form of 2019, two have other names than before."""
    tables = together(
        report(XINAN, "城关镇", 2020, code="2019"),
        report(XINAN, "汉关街道", 2022),
        report(XINAN, "五头镇", 2021),
        report(XINAN, "铁门镇", 2022, code="2019"),
        report(XINAN, "仓头乡", 2021, division_code="410323107"),
        report(XINAN, "仓头镇", 2022, division_code="410323107"),
        report(XINAN, "北冶镇", None),
    )
    path = tmp_path_factory.mktemp("mixed") / "表.xlsx"
    write_workbook(tables, path)
    return path


def test_a_reason_that_one_form_does_not_have_is_no_sum_and_says_whose_figure_it_lacks(mixed: Path) -> None:
    """The outcome above it is a sum, so nothing but its own line can say it."""
    rows = texts(mixed, say("sheet_outcomes", "sheet"))

    other = say("codes", "category_other")
    [outcome] = [row for row in rows if row[:2] == ["新安县", other] and len(row) > 2 and row[2] == "0"]
    reasons = [row for row in rows if row[:2] == ["新安县", other] and row is not outcome]
    assert "铁门镇" not in "".join(outcome)
    assert len(reasons) == 3
    assert all("铁门镇" in row[-1] for row in reasons)


def test_a_township_that_the_list_of_the_year_does_not_have_is_not_told_as_one_that_owes_a_report(mixed: Path) -> None:
    [scope] = [row[0] for row in texts(mixed, say("forms", "sheet_rollup")) if "汉关街道" in row[0]]

    absent, unlisted, undated = (
        say("forms", key, year=2022, names=name)
        for key, name in (("rollup_absent", "五头镇"), ("rollup_unlisted", "城关镇"), ("rollup_undated", "北冶镇"))
    )
    assert {absent, unlisted, undated} <= set(scope.split("\n"))
    assert "仓头乡" not in scope


def test_a_report_that_does_not_tell_its_county_leaves_the_workbook_of_one_county_in_doubt(tmp_path: Path) -> None:
    """It is left out there, and may be of the township that then looks like one that owes a report."""
    nowhere = report({**XINAN, "county": None}, "五头镇", 2022, province=None, city=None, source="x.txt")
    tables = together(report(XINAN, "铁门镇", 2022), report(KAIFENG, "新华街道", 2022), nowhere)

    write_workbook(tables, path := tmp_path / "表.xlsx", scope=Scope(county="新安县"))

    [cover] = [row for row in texts(path, say("workbook", "sheet_cover")) if row[0] == say("workbook", "undecided")]
    assert "x.txt" in cover[1]
    chased = {row[2]: row for row in texts(path, say("sheet_missing", "sheet")) if len(row) > 2}
    assert say("missing", "status_uncertain") in chased["五头镇"]
    assert say("missing", "status_missing") in chased["石寺镇"]


def test_only_a_report_of_an_unknown_year_is_told_in_the_column_for_these(mixed: Path) -> None:
    page = openpyxl.load_workbook(mixed)[say("workbook", "sheet_overview")]
    rows = list(page.iter_rows(values_only=True))
    [head] = [row for row in rows if say("sheet_overview", "no_year") in row]
    at = head.index(say("sheet_overview", "no_year"))

    marks = {row[1]: row[at] for row in rows[rows.index(head) + 1 :]}

    assert [town for town, mark in marks.items() if mark is not None] == ["北冶镇"]


def test_a_county_that_reports_before_its_townships_does_not_leave_the_workbook_without_their_sums(
    tmp_path: Path,
) -> None:
    own = report(XINAN, None, 2023, level="county", issuer="新安县人民政府")
    tables = together(report(XINAN, "铁门镇", 2022), own)
    rollup, years = say("forms", "sheet_rollup"), []
    for number, scope in enumerate((None, Scope(year=2023))):
        write_workbook(tables, path := tmp_path / f"{number}.xlsx", scope=scope)
        [year] = [row for row in texts(path, say("workbook", "sheet_cover")) if row[0] == say("workbook", "forms_year")]
        years.append((rollup in openpyxl.load_workbook(path, read_only=True).sheetnames, year[1]))

    assert years == [
        (True, say("workbook", "forms_year_text", year=2022)),
        (False, say("workbook", "forms_year_none", year=2023)),
    ]


def test_what_stands_above_a_table_is_not_cut_where_the_table_is_narrower(mixed: Path) -> None:
    """On a screen a text runs over the empty cells beside it; a printed page ends with the table."""
    book = openpyxl.load_workbook(mixed)
    checked = 0
    for page in book.worksheets:
        if not page.auto_filter.ref:
            continue
        top = range_boundaries(page.auto_filter.ref)[1]
        left, _, right, _ = range_boundaries(str(page.print_area).rpartition("!")[2].replace("$", ""))
        width = sum(page.column_dimensions[get_column_letter(column)].width for column in range(left, right + 1))
        whole = {area.min_row: area.max_col for area in page.merged_cells.ranges}
        for row in range(1, top):
            text = str(page.cell(row, 1).value or "")
            if display_width(text) > width:
                assert whole.get(row) == right and page.cell(row, 1).alignment.wrap_text, (page.title, row)
                assert page.row_dimensions[row].height > row_height([""], [width]), (page.title, row)
                checked += 1
    assert checked
