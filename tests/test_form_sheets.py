"""The sheets in the layout of the official form: a township each, their figures side by side, and their sums."""

from __future__ import annotations

import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pandas as pd
import pytest
from filled_reports import filled, lost, together
from hypothesis import given, settings
from hypothesis import strategies as st
from office import recalculated
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from slow_cases import slow

from govinfo.checks import run_checks
from govinfo.checks.rollup import NO_SUM
from govinfo.definitions.form import Form, forms
from govinfo.definitions.wording import say, words
from govinfo.demo.figures import consistent_figures
from govinfo.errors import ConfigError
from govinfo.tables import FIGURE_KEYS, Tables, typed
from govinfo.workbook import Scope, write_workbook
from govinfo.workbook.forms.chosen import SET_ASIDE
from govinfo.workbook.forms.draw import top_of
from govinfo.workbook.forms.grid import Key, grid_of
from govinfo.workbook.names import MOST, safe_name, sheet_names
from govinfo.workbook.package import timeless

ROLLUP, EACH = say("forms", "sheet_rollup"), say("forms", "sheet_each")
FOUND = "_found"
HOSTILE = st.text(alphabet=st.sampled_from("=+-@'[]:*?/\\ 东河镇aA\x00\n\"&<!$1"), min_size=0, max_size=40)


def form_of(code: str) -> Form:
    return next(form for form in forms() if form.code == code)


def townships(code: str, year: int, count: int = 4, seed: int = 1, **more: Any) -> Tables:
    """Reports of several townships whose figures add up."""
    parts = []
    for number in range(count):
        figures = consistent_figures(form_of(code), Random(seed * 100 + number), 9)
        values = {(table, *cell): value for table, own in figures.items() for cell, value in own.items()}
        values = {_contract(key): value for key, value in values.items()}
        name = f"第{number}镇"
        parts.append(
            filled(code, values, report_id=f"t{number}", township=name, year=year, sha256=f"{number}" * 64, **more)
        )
    return together(*parts)


def _contract(key: tuple[str, str, str]) -> Key:
    """Figures of table four are told apart by channel and result in the data contract."""
    table, _, column = key
    group, _, code = column.rpartition(".")
    return (table, group, code) if group else key


def checked(tables: Tables) -> Tables:
    return replace(tables, findings=run_checks(tables))


def written(tables: Tables, folder: Path, **more: Any) -> Workbook:
    write_workbook(tables, folder / "book.xlsx", **more)
    return openpyxl.load_workbook(folder / "book.xlsx")


def results(path: Path) -> Workbook:
    return openpyxl.load_workbook(path, data_only=True)


def figure_cells(page: Worksheet, code: str) -> dict[Key, Any]:
    return {key: page[area.address] for key, area in grid_of(form_of(code), top_of(None)).figures.items()}


def values_by_key(tables: Tables, report_id: str) -> dict[Key, Any]:
    found = {}
    for table, (line, column) in FIGURE_KEYS.items():
        frame = getattr(tables, table)
        for row in frame[frame["report_id"] == report_id].to_dict("records"):
            found[table, row[line], row[column]] = None if pd.isna(row["value"]) else row["value"]
    return found


def form_pages(book: Workbook) -> list[Worksheet]:
    return [page for page in book.worksheets if page.protection.sheet and page.sheet_state == "visible"]


def red_cells(page: Worksheet) -> list[str]:
    """The figures and titles of tables of which a finding speaks; not the legend."""
    styles = ("govinfo_figure", "govinfo_form")
    cells = [cell for row in page.iter_rows() for cell in row]
    return [cell.coordinate for cell in cells if cell.style.endswith(FOUND) and cell.style.startswith(styles)]


def differences(page: Worksheet, code: str = "2021") -> list[Any]:
    """The numbers that the checks of a sheet give."""
    found = [page[check.area.address].value for check in grid_of(form_of(code), top_of(None)).checks]
    assert any(isinstance(value, int | float) for value in found)
    return [value for value in found if isinstance(value, int | float)]


@pytest.mark.parametrize("code", ["2021", slow("2019")])
def test_every_sum_is_that_of_the_tables_and_what_a_spreadsheet_calculates(code: str, tmp_path: Path) -> None:
    tables = checked(townships(code, 2022 if code == "2021" else 2020))
    formulas = written(tables, tmp_path)
    told = results(tmp_path / "book.xlsx")
    again = results(recalculated(tmp_path / "book.xlsx", tmp_path))

    assert formulas[ROLLUP] is not None
    sums: dict[Key, Any] = {}
    for report_id in tables.reports["report_id"]:
        for key, value in values_by_key(tables, report_id).items():
            sums[key] = sums.get(key, 0) + value
    for key, cell in figure_cells(formulas[ROLLUP], code).items():
        for book in (told, again):
            value = book[ROLLUP][cell.coordinate].value
            if key[2] in NO_SUM:
                assert value == words("forms")["no_sum"]
            else:
                assert value == pytest.approx(sums[key]), key
                assert cell.data_type == "f"
    for page in form_pages(formulas):
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    ours, theirs = (book[page.title][cell.coordinate].value for book in (told, again))
                    assert (ours or None) == (theirs or None) or ours == pytest.approx(theirs), cell.coordinate


def test_a_sum_of_which_a_township_has_no_figure_is_a_text_that_says_so(tmp_path: Path) -> None:
    whole = townships("2021", 2022, count=2)
    gone = {("requests", "new", "total"): lost(), ("requests", "granted", "total"): lost(status="blank")}
    tables = checked(together(whole, filled(cells=gone, report_id="x", township="缺数镇", sha256="f" * 64)))

    book = written(tables, tmp_path)
    told, again = results(tmp_path / "book.xlsx"), results(recalculated(tmp_path / "book.xlsx", tmp_path))

    cell = figure_cells(book[ROLLUP], "2021")["requests", "new", "total"]
    known = sum(values_by_key(tables, f"t{number}")["requests", "new", "total"] for number in range(2))
    for one in (told, again):
        assert one[ROLLUP][cell.coordinate].value == f"{known}（2/3）"
    assert f"缺数镇（{words('codes')['status_missing']}）" in cell.comment.text
    blank = figure_cells(book["缺数镇"], "2021")["requests", "granted", "total"]
    assert blank.value is None
    assert words("codes")["status_blank"] in blank.comment.text


def test_a_corrected_cell_flows_into_sums_and_checks(tmp_path: Path) -> None:
    tables = checked(townships("2021", 2022, count=2))
    book = written(tables, tmp_path)
    new = figure_cells(book["第0镇"], "2021")["requests", "new", "natural_person"]
    before = values_by_key(tables, "t0")["requests", "new", "natural_person"]
    new.value = before + 5
    book.save(tmp_path / "changed.xlsx")

    again = results(recalculated(tmp_path / "changed.xlsx", tmp_path))

    other = values_by_key(tables, "t1")["requests", "new", "natural_person"]
    assert again[ROLLUP][new.coordinate].value == before + 5 + other
    # its line no longer adds up, nor does its column
    assert sorted(filter(None, differences(again["第0镇"]))) == [-5, 5]
    assert not any(differences(again["第1镇"]))


def test_of_a_clean_corpus_nothing_is_red(tmp_path: Path) -> None:
    book = written(checked(townships("2021", 2022)), tmp_path)
    told = results(tmp_path / "book.xlsx")

    for page in form_pages(book):
        assert red_cells(page) == []
        assert page.sheet_properties.tabColor is None
        if page.title != EACH:
            assert not any(differences(told[page.title]))
    assert words("forms")["found_none"] in {cell.value for row in book["第0镇"].iter_rows() for cell in row}


@pytest.mark.parametrize(
    "key",
    [
        ("requests", "new", "business"),
        slow(("requests", "total", "total")),
        slow(("disputes", "reconsideration", "total")),
    ],
)
def test_every_finding_is_told_and_red_on_its_sheet(key: Key, tmp_path: Path) -> None:
    wrong = filled(values={key: 3}, report_id="w", township="有误镇", sha256="e" * 64)
    tables = checked(together(townships("2021", 2022, count=2), wrong))

    book = written(tables, tmp_path)

    page = book["有误镇"]
    texts = {cell.value for row in page.iter_rows() for cell in row}
    own = tables.findings[tables.findings["report_id"] == "w"]
    errors = own[own["severity"] == "error"]
    assert len(errors) > 0 and set(own["message"]) <= texts
    cells = figure_cells(page, "2021")
    for finding in errors.to_dict("records"):
        spots = [
            cell
            for (table, line, column), cell in cells.items()
            if table == finding["table"]
            and (pd.isna(finding["line"]) or line == finding["line"])
            and (pd.isna(finding["column"]) or column == finding["column"])
        ]
        assert any(cell.style.endswith(FOUND) and finding["message"] in cell.comment.text for cell in spots)
    assert any(differences(results(tmp_path / "book.xlsx")["有误镇"]))
    color = page.sheet_properties.tabColor
    assert color is not None and color.rgb.endswith("C00000")


@pytest.mark.slow
def test_reports_of_another_form_or_without_tables_are_named_and_not_added_up(tmp_path: Path) -> None:
    old = filled("2019", report_id="o", township="旧式镇", sha256="d" * 64)
    bare = filled("none", report_id="n", township="无表镇", sha256="c" * 64, status="narrative_only")
    early = filled("2021", report_id="e", township="去年镇", year=2021, sha256="b" * 64)
    tables = checked(together(townships("2021", 2022, count=2), old, bare, early))

    book = written(tables, tmp_path)

    above = "\n".join(str(book[ROLLUP].cell(row, 1).value) for row in range(1, 5))
    assert say("forms", "rollup_of", n=2, names="第0镇、第1镇") in above
    assert "旧式镇（" in above and "无表镇（" in above and "去年镇" in above
    assert "旧式镇" in book.sheetnames and "无表镇" not in book.sheetnames
    assert book[EACH].max_column == 6 + 2


@pytest.mark.slow
def test_counties_are_added_up_one_by_one_or_one_alone(tmp_path: Path) -> None:
    tables = checked(together(townships("2021", 2022, 2), replace_county(townships("2021", 2022, 3, 2), "邻县")))

    both, one = written(tables, tmp_path), written(tables, tmp_path, scope=Scope(county="邻县"))

    names = [say("forms", "sheet_rollup_of", county=county) for county in ("乌苏市", "邻县")]
    assert set(names) < set(both.sheetnames)
    assert ROLLUP in one.sheetnames and one[EACH].max_column == 6 + 3
    with pytest.raises(ConfigError):
        written(tables, tmp_path, scope=Scope(county="远县"))
    with pytest.raises(ConfigError):
        written(tables, tmp_path, scope=Scope(year=1999))


def replace_county(tables: Tables, county: str) -> Tables:
    """The same reports in another county, with names of their own."""
    frames = {}
    for name, frame in vars(tables).items():
        if "report_id" in frame.columns:
            frame = frame.assign(report_id=frame["report_id"] + county)
        frames[name] = frame
    reports = frames["reports"].assign(county=county, sha256=frames["reports"]["sha256"].str.replace("0", "9"))
    return Tables(**{**frames, "reports": typed("reports", reports)})


@pytest.mark.slow
def test_only_figures_can_be_changed(tmp_path: Path) -> None:
    book = written(checked(townships("2021", 2022, count=2)), tmp_path)

    page = book["第0镇"]
    figures = {cell.coordinate for cell in figure_cells(page, "2021").values()}
    merged = {cell for area in page.merged_cells.ranges for row in area.rows for cell in row[:0]}
    free = {c.coordinate for row in page.iter_rows() for c in row if not c.protection.locked} - merged
    assert figures <= free
    assert page.protection.sheet and not page.protection.password
    for name in (ROLLUP, EACH):
        assert all(cell.protection.locked for row in book[name].iter_rows() for cell in row)


@settings(deadline=None)
@given(st.lists(HOSTILE, max_size=12))
def test_names_of_sheets_are_safe_and_unique(wishes: list[str]) -> None:
    names = list(sheet_names([(str(i), wish) for i, wish in enumerate(wishes)], empty="表").values())

    assert len({name.casefold() for name in names}) == len(names) == len(wishes)
    for name in names:
        assert 0 < len(name) <= MOST and not set(name) & set("[]:*?/\\\x00\n")
        assert not name.startswith("'") and not name.endswith("'") and name.casefold() != "history"


def test_the_word_that_a_program_keeps_for_itself_gets_a_number() -> None:
    assert list(sheet_names([("a", "History")], empty="表").values()) == ["History 2"]
    assert safe_name("'" * 40) == ""


@pytest.mark.slow
@settings(max_examples=5, deadline=None)
@given(st.lists(HOSTILE.filter(str.strip), min_size=1, max_size=3, unique=True), HOSTILE)
def test_hostile_names_break_no_formula_and_no_link(tmp_path_factory: Any, names: list[str], county: str) -> None:
    """Names of sheets stand in formulas; whatever they are, only our own functions do."""
    folder = tmp_path_factory.mktemp("hostile")
    parts = [
        filled(report_id=f"h{i}", township=name, county=county or None, source=name, note=name, sha256=f"{i}" * 64)
        for i, name in enumerate(names)
    ]
    book = written(checked(together(*parts)), folder)

    known = {page.title.replace("'", "''") for page in book.worksheets}
    for page in form_pages(book):
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    quoted = str(cell.value).split("'!")[0].partition("'")[2]
                    assert not quoted or quoted in known
                elif isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@")):
                    assert cell.data_type == "s" and cell.quotePrefix
                if cell.hyperlink is not None:
                    assert cell.hyperlink.target is None and cell.hyperlink.location
    shutil.rmtree(folder)


@pytest.mark.slow
def test_a_report_that_is_set_aside_has_a_sheet_of_another_name_and_is_not_added_up(tmp_path: Path) -> None:
    other = filled("2021", report_id="d", township="第0镇", sha256="d" * 64, counted=False)
    tables = checked(together(townships("2021", 2022, count=2), other))

    book = written(tables, tmp_path)

    assert {"第0镇", say("forms", "set_aside_sheet", name="第0镇")} < set(book.sheetnames)
    assert book[EACH].max_column == 6 + 2
    assert say("forms", SET_ASIDE) in str(book[ROLLUP]["A2"].value)


@pytest.mark.slow
def test_a_countys_own_report_stands_beside_its_townships_and_is_not_added_up(tmp_path: Path) -> None:
    own = filled(
        "2021",
        {("requests", "new", "total"): 99},
        report_id="c",
        township=None,
        level="county",
        sha256="c" * 64,
    )
    tables = checked(together(townships("2021", 2022, count=2), own))

    book = written(tables, tmp_path)

    told = results(tmp_path / "book.xlsx")
    cell = figure_cells(book[ROLLUP], "2021")["requests", "new", "total"]
    known = sum(values_by_key(tables, f"t{number}")["requests", "new", "total"] for number in range(2))
    assert told[ROLLUP][cell.coordinate].value == known
    row = [
        page.value
        for page in told[EACH][4 + list(figure_cells(book[ROLLUP], "2021")).index(("requests", "new", "total"))]
    ]
    assert row[4] == known and row[5] == 2 and row[-1] == 99
    assert say("forms", "own_sheet", name="乌苏市") in book.sheetnames


@pytest.mark.parametrize(
    "said",
    [
        {"township": None},
        {"year": None},
        slow({"county": None}),
        slow({"township": None, "county": None}),
    ],
)
def test_a_report_whose_place_or_year_is_not_known_is_added_to_nothing(said: dict[str, Any], tmp_path: Path) -> None:
    book = written(checked(filled("2021", **said)), tmp_path)

    formulas = [c for page in book.worksheets for row in page.iter_rows() for c in row if c.data_type == "f"]
    assert not any("SUM(" in str(cell.value) and EACH in str(cell.value) for cell in formulas)
    if ROLLUP in book.sheetnames:
        assert words("forms")["rollup_none"] in str(book[ROLLUP]["A2"].value)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(1, 40), st.integers(1, 60)),
        st.one_of(
            st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text("差<>&\"'（7/8）√/a ", min_size=1)
        ),
        max_size=20,
    )
)
def test_results_of_formulas_are_read_as_they_were_given(results_by_cell: dict[tuple[int, int], Any]) -> None:
    book = Workbook()
    page = book.worksheets[0]
    for row, column in results_by_cell:
        page.cell(row, column).value = "=1+1"
    data = BytesIO()
    book.save(data)

    told = timeless(data.getvalue(), {"xl/worksheets/sheet1.xml": results_by_cell})

    read = openpyxl.load_workbook(BytesIO(told), data_only=True).worksheets[0]
    again = openpyxl.load_workbook(BytesIO(told)).worksheets[0]
    for (row, column), value in results_by_cell.items():
        assert read.cell(row, column).value == value
        assert again.cell(row, column).value == "=1+1"


def test_many_townships_side_by_side_are_printed_in_parts_that_each_have_the_labels(tmp_path: Path) -> None:
    """Labels repeated in full size would leave room for one township a page."""
    names = [f"第{number}镇" for number in range(1, 24)]
    parts = [filled(township=name, report_id=name, source=f"{name}.txt") for name in names]

    page = written(together(*parts), tmp_path)[words("forms")["sheet_each"]]

    assert page.print_title_cols == "$A:$F"
    assert [one.id for one in page.col_breaks.brk] == [6 + 8, 6 + 16]
    assert not page.sheet_properties.pageSetUpPr.fitToPage
    letters = sum(page.column_dimensions[name].width for name in "ABCDEFGHIJKLMN")
    assert 30 <= page.page_setup.scale <= 100 * 110 / letters
