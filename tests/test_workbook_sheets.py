"""What the workbook's sheets beside the forms say: only sums that are sums, only gaps that are gaps."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from filled_reports import cell_keys, filled, lost, together
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from slow_cases import slow
from town_reports import GRANTED, NEW, TOTAL, digest, report, with_value

from govinfo.definitions.form import forms
from govinfo.definitions.rules import rules
from govinfo.definitions.themes import themes
from govinfo.definitions.wording import say, words
from govinfo.questions.comparison.main_figures import main_figures
from govinfo.tables import Tables, typed
from govinfo.workbook import write_workbook
from govinfo.workbook.explain_measures import measures
from govinfo.workbook.figure_names import figure_name
from govinfo.workbook.issues import STATUSES
from govinfo.workbook.sources import safe_link

ERRORS = re.compile(r"#(REF|NAME|VALUE|DIV/0|N/A|NUM|NULL)|Err:5")


def book_of(tables: Tables, folder: Path, **how: Any) -> Workbook:
    write_workbook(tables, folder / "book.xlsx", **how)
    return openpyxl.load_workbook(folder / "book.xlsx")


def sheet(book: Workbook, section: str, key: str = "sheet") -> Worksheet:
    return book[say(section, key)]


def table(page: Worksheet) -> pd.DataFrame:
    """The table of a sheet; its heads stand where the filter begins."""
    top = openpyxl.utils.range_boundaries(page.auto_filter.ref)[1]
    rows = list(page.iter_rows(min_row=top, max_row=page.max_row, values_only=True))
    return pd.DataFrame(rows[1:], columns=[str(head).replace("\n", "") for head in rows[0]], dtype=object)


def above(page: Worksheet) -> str:
    """All texts of the first column: what stands above the table, and charts' sentences."""
    return "\n".join(str(row[0]) for row in page.iter_rows(max_col=1, values_only=True) if row[0])


def figure_row(page: Worksheet, code: str) -> pd.Series:
    figure = next(one for one in main_figures() if one.code == code)
    rows = table(page)
    return rows[rows[say("sheet_years", "head_figure")] == figure_name(figure)].iloc[0]


def test_a_report_that_does_not_count_or_has_no_place_is_in_no_sum(tmp_path):
    tables = together(
        with_value("甲镇", 2022, 3),
        with_value("甲镇", 2022, 100, report_id="again", counted=False, source="again.txt"),
        with_value("乙镇", 2022, 1000, report_id="nowhere", county=None, city=None, province=None),
        with_value("丙镇", 2022, 10_000, report_id="county", level="county", township=None),
    )

    page = sheet(book_of(tables, tmp_path), "sheet_years")

    assert figure_row(page, "all.requests.new.total")["2022年"] == 3
    assert say("sheet_years", "left_out", n=1) in above(page)


def test_what_forms_count_differently_stands_in_rows_of_its_own(tmp_path):
    made, issued = ("disclosure", "normative_documents", "made"), ("disclosure", "normative_documents", "issued")
    tables = together(report("甲镇", 2020, values={made: 5, NEW: 1}), report("甲镇", 2021, values={issued: 7, NEW: 2}))

    page = sheet(book_of(tables, tmp_path), "sheet_years")

    old = figure_row(page, "2019.disclosure.normative_documents.made")
    new = figure_row(page, "2021.disclosure.normative_documents.issued")
    both = figure_row(page, "all.requests.new.total")
    assert (old["2020年"], old["2021年"]) == (5, None)
    assert (new["2020年"], new["2021年"]) == (None, 7)
    assert (both["2020年"], both["2021年"]) == (1, 2)


@pytest.fixture(scope="module")
def gaps() -> Tables:
    """Two townships over four years: a figure is lost, a form is another, one report lacks its tables."""
    return together(
        *(with_value("甲镇", year, value) for year, value in ((2019, 4), (2020, 5), (2021, None), (2022, 7))),
        *(with_value("乙镇", year, value) for year, value in ((2019, 1), (2020, 2), (2021, 3))),
        filled("none", report_id="bare", township="乙镇", county="示例县", city="示范市", province="虚构省"),
    )


def chart_ranges(folder: Path) -> list[str]:
    """The ranges of values of all charts of the workbook in `folder`."""
    with zipfile.ZipFile(folder / "book.xlsx") as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name]
    return [found for part in parts for found in re.findall(r"<(?:c:)?val>.*?<(?:c:)?f>(.*?)<", part)]


def test_what_a_chart_draws_is_a_number_or_blank_as_a_word_would_be_drawn_as_zero(gaps, tmp_path):
    book = book_of(gaps, tmp_path)

    ranges = chart_ranges(tmp_path)
    assert len(ranges) > 3
    for found in ranges:
        name, cells = found.replace("&apos;", "'").rsplit("!", 1)
        for row in book[name.strip("'")][cells.replace("$", "")]:
            assert all(cell.value is None or isinstance(cell.value, int | float) for cell in row)


def test_charts_show_their_axes_and_leave_gaps(gaps, tmp_path):
    book_of(gaps, tmp_path)

    with zipfile.ZipFile(tmp_path / "book.xlsx") as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name]
    for part in parts:
        assert re.findall(r'delete val="(\d)"', part) == ["0", "0"]
        assert 'dispBlanksAs val="gap"' in part


@pytest.mark.slow
def test_a_pile_that_lacks_a_part_is_not_drawn_as_a_pile(tmp_path):
    whole = {GRANTED: 3, TOTAL: 3}
    known = together(report("甲镇", 2021, values=whole), report("甲镇", 2022, values=whole))
    cells = {("requests", "refused_inquiry", "total"): lost()}
    lacking = together(report("甲镇", 2021, values=whole), report("甲镇", 2022, values=whole, cells=cells))

    def piles(tables: Tables) -> int:
        book_of(tables, tmp_path)
        with zipfile.ZipFile(tmp_path / "book.xlsx") as archive:
            parts = [archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name]
        return sum('grouping val="stacked"' in part for part in parts)

    assert (piles(known), piles(lacking)) == (1, 0)


def test_nothing_but_zero_is_said_in_words_and_not_drawn(tmp_path):
    book = book_of(together(report("甲镇", 2021), report("甲镇", 2022)), tmp_path)

    page = sheet(book, "sheet_charts")
    assert chart_ranges(tmp_path) == []
    keys = ("requests", "documents", "licences", "penalties", "disputes")
    titles = [*(say("sheet_years", f"chart_{key}") for key in keys), say("sheet_outcomes", "chart")]
    assert say("sheet_charts", "zeros", titles="、".join(titles)) in above(page)
    assert say("sheet_outcomes", "zeros", areas="示例县") in above(sheet(book, "sheet_outcomes"))


def finding(tables: Tables, report_id: str, severity: str, **more: Any) -> dict[str, Any]:
    number = digest(report_id, severity, more)[:16]
    said = {"finding_id": number, "report_id": report_id, "rule": "requests.balance", "severity": severity}
    return said | {"message": "编造的一条", "message_en": "made up"} | more


def test_a_mark_is_the_worst_that_was_found(tmp_path):
    found = {"甲镇": (), "乙镇": ("info",), "丙乡": ("warning", "info"), "丁乡": ("warning", "error")}
    tables = together(*(report(town, 2022) for town in found))
    rows = [finding(tables, f"{town}2022", severity) for town, own in found.items() for severity in own]
    tables = Tables(**{**vars(tables), "findings": typed("findings", rows)})

    page = book_of(tables, tmp_path)[say("workbook", "sheet_overview")]

    top = openpyxl.utils.range_boundaries(page.auto_filter.ref)[1]
    marks = {page.cell(row, 2).value: page.cell(row, 3).style for row in range(top + 1, top + 5)}
    styles = {"甲镇": "clean", "乙镇": "clean", "丙乡": "warning", "丁乡": "error"}
    assert marks == {town: f"govinfo_{style}" for town, style in styles.items()}


def test_what_was_dismissed_does_not_mark_a_report(tmp_path):
    tables = report("甲镇", 2022)
    rows = [finding(tables, "甲镇2022", "error", remark_status="dismissed")]

    page = book_of(Tables(**{**vars(tables), "findings": typed("findings", rows)}), tmp_path)

    rows = table(page[say("workbook", "sheet_overview")])
    assert rows["2022年"].tolist() == [say("sheet_overview", "green")]


def test_a_township_is_one_row_whatever_it_was_called_and_its_set_aside_reports_are_named(tmp_path):
    tables = together(
        report("甲乡", 2021, division_code="990101200"),
        report("甲镇", 2022, division_code="990101200"),
        report("甲镇", 2022, division_code="990101200", report_id="again", counted=False, source="again.txt"),
    )

    rows = table(book_of(tables, tmp_path)[say("workbook", "sheet_overview")])

    assert rows[say("workbook", "head_township")].tolist() == [
        say("sheet_overview", "renamed", name="甲镇", earlier="甲乡")
    ]
    assert rows[["2021年", "2022年"]].notna().all(axis=None)
    assert "again.txt" in rows[say("sheet_overview", "head_others")].item()


def places(*towns: str) -> pd.DataFrame:
    names = {"province": "虚构省", "city": "示范市", "county": "示例县"}
    return typed("places", [{**names, "township": town, "first": 2019, "last": None} for town in towns])


def test_a_township_of_the_list_without_a_report_is_to_be_chased_with_cells_to_fill_in(tmp_path):
    tables = together(report("甲镇", 2021), report("乙镇", 2021), report("甲镇", 2022))
    tables = Tables(**{**vars(tables), "places": places("甲镇", "乙镇", "丙乡")})

    rows = table(sheet(book_of(tables, tmp_path), "sheet_missing"))

    town, year = words("missing")["head_township"], words("missing")["head_year"]
    absent = rows[rows[words("missing")["head_status"]] == words("missing")["status_missing"]]
    assert list(zip(absent[year], absent[town], strict=True)) == [(2022, "丙乡"), (2022, "乙镇"), (2021, "丙乡")]
    assert absent[say("sheet_missing", "head_answer")].isna().all()
    whole = rows[rows[town] == say("sheet_missing", "whole")].set_index(year)
    counts = whole[["应公布（个）", "已公布（个）"]]
    assert counts.loc[2022].tolist() == [3, 1]


def test_a_county_that_no_list_names_is_said_to_be_unjudged_and_not_complete(tmp_path):
    rows = table(sheet(book_of(report("甲镇", 2022), tmp_path), "sheet_missing"))

    assert rows[words("missing")["head_status"]].tolist() == [say("sheet_missing", "year_not_judged")]
    assert rows[words("missing")["head_reason"]].tolist() == [say("sheet_missing", "reason_unknown_county")]


def test_findings_have_a_list_of_statuses_beside_each_and_its_id(tmp_path):
    tables = report("甲镇", 2022)
    rows = [finding(tables, "甲镇2022", severity, line="new", table="requests") for severity in ("error", "info")]

    page = book_of(Tables(**{**vars(tables), "findings": typed("findings", rows)}), tmp_path)[
        say("workbook", "sheet_findings")
    ]

    heads = list(table(page).columns)
    letter = openpyxl.utils.get_column_letter(heads.index(say("workbook", "head_remark_status")) + 1)
    top = openpyxl.utils.range_boundaries(page.auto_filter.ref)[1]
    chosen = [rule for rule in page.data_validations.dataValidation if rule.type == "list"]
    assert [str(rule.sqref) for rule in chosen] == [f"{letter}{top + 1}:{letter}{top + 2}"]
    assert chosen[0].formula1 == '"' + ",".join(words("codes")[f"remark_{status}"] for status in STATUSES) + '"'
    assert set(table(page)[say("workbook", "head_id")]) == {row["finding_id"] for row in rows}


def problem(report_id: str, ordinal: int, theme: str) -> tuple[dict[str, Any], dict[str, Any]]:
    said = {"report_id": report_id, "kind": "problem", "ordinal": ordinal}
    return {**said, "text": "编造的问题"}, {**said, "theme": theme, "evidence": "编造"}


def test_themes_stand_by_how_many_reports_name_them_and_a_section_that_was_not_read_is_not_silent(tmp_path):
    tables = together(report("甲镇", 2022), report("乙镇", 2022), report("丙乡", 2022))
    pairs = [problem("甲镇2022", 1, "funding"), problem("乙镇2022", 1, "funding"), problem("乙镇2022", 2, "publicity")]
    told = {"problems": [one for one, _ in pairs], "problem_themes": [other for _, other in pairs]}
    tables = Tables(**{**vars(tables), **{name: typed(name, rows) for name, rows in told.items()}})

    rows = table(sheet(book_of(tables, tmp_path), "sheet_topics"))

    labels = {theme.code: theme.label for theme in themes()}
    order = [head for head in rows.columns if head in labels.values()]
    assert order[:2] == [labels["funding"], labels["publicity"]]
    by_town = rows.set_index(say("workbook", "head_township"))
    assert by_town.loc[say("sheet_topics", "whole"), order[:2]].tolist() == [2, 1]
    assert by_town.loc["丙乡", say("sheet_topics", "head_state")] == say("sheet_topics", "state_unread")
    assert by_town.loc["丙乡", order].isna().all()


LINKS = ("http://www.example.gov.cn/a.html", "https://example.gov.cn:8443/a?b=1#c", "http://example.org/%E4%B8%AD")
NO_LINKS = (
    *("file:///etc/passwd", "javascript:alert(1)", "\\\\server\\share", "ftp://example.org/a", "=1+1"),
    *("http://bank.example@evil.example/", "http://", "http:///a", "http://exa mple.org", "http://例.cn/"),
    *("#Sheet!A1", "mailto:a@example.org", "http://example.org\\@evil.example", "http://[::1", "HTTP"),
    "http://example.org/" + "a" * 3000,
)


def test_a_plain_web_address_is_a_link_and_any_other_stays_text(tmp_path):
    reports = [report(f"甲{n}镇", 2022, url=url) for n, url in enumerate((*LINKS, *NO_LINKS))]

    page = sheet(book_of(together(*reports), tmp_path), "sheet_sources")

    cells = [cell for row in page.iter_rows() for cell in row]
    assert {cell.hyperlink.target for cell in cells if cell.hyperlink} == set(LINKS)
    for url in NO_LINKS:
        assert safe_link(url) is None
        assert [cell.data_type for cell in cells if cell.value == url] == ["s"], url


def test_the_notes_explain_every_figure_of_every_form_every_theme_and_every_rule(tmp_path):
    page = book_of(Tables(), tmp_path)[say("workbook", "sheet_notes")]

    rows = table(page)
    names = set(rows[say("workbook", "head_name")])
    assert {theme.label for theme in themes()} | set(rules()) | {one.name for one in measures()} <= names
    told = "\n".join(one.name for one in measures())
    for known in forms():
        for sheet_of in known.tables:
            lines = [line for block in sheet_of.blocks for line in block.lines]
            assert len(cell_keys(sheet_of)) == sheet_of.size
            assert all(re.sub(r"^（?[一二三四五六七八九十]）?、?", "", line.label or "")[:4] in told for line in lines)


def test_no_reports_leave_every_sheet_with_a_sentence(tmp_path):
    book = book_of(Tables(), tmp_path)

    for section in ("sheet_missing", "sheet_years", "sheet_outcomes", "sheet_topics", "sheet_sources"):
        assert words(section)["nothing"] in above(sheet(book, section))


@pytest.mark.parametrize("sign", ["=", *(slow(sign) for sign in "+-@")])
def test_text_of_reports_is_no_formula_on_any_of_the_sheets(sign, tmp_path):
    text = f'{sign}HYPERLINK("http://example.org","x")'
    tables = report(text, 2022, title=text, source=text, note=text, url=text, cells={NEW: lost()}, county=text)

    book = book_of(tables, tmp_path)

    sections = ("sheet_missing", "sheet_years", "sheet_outcomes", "sheet_topics", "sheet_sources")
    cells = [cell for name in sections for row in sheet(book, name).iter_rows() for cell in row]
    held = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(sign)]
    assert len(held) >= 6
    assert all(cell.data_type == "s" for cell in held)


@pytest.mark.slow
def test_libreoffice_draws_every_chart_and_finds_no_error(gaps, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed: the charts were not drawn by an office program")
    book = book_of(gaps, tmp_path)
    wanted = len(book[say("sheet_charts", "sheet")]._charts)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, "--headless", profile, "--convert-to", "xlsx", "--outdir", str(tmp_path / "made")]
    subprocess.run([*command, str(tmp_path / "book.xlsx")], check=True, capture_output=True, timeout=300)

    again = openpyxl.load_workbook(tmp_path / "made" / "book.xlsx", data_only=True)

    texts = [str(cell.value) for page in again.worksheets for row in page.iter_rows() for cell in row]
    assert not [text for text in texts if ERRORS.match(text)]
    with zipfile.ZipFile(tmp_path / "made" / "book.xlsx") as archive:
        drawn = [name for name in archive.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
        caches = [archive.read(name).decode() for name in drawn]
    assert len(drawn) == wanted > 3
    assert all("<c:numCache>" in cache and "<c:v>" in cache for cache in caches)


def test_the_name_of_a_township_leads_to_its_sheet_of_the_chosen_year(tmp_path):
    tables = together(report("甲镇", 2021), report("甲镇", 2022), report("乙镇", 2021))
    rows = [finding(tables, name, "error") for name in ("甲镇2022", "甲镇2021")]
    tables = Tables(**{**vars(tables), "findings": typed("findings", rows)})

    book = book_of(tables, tmp_path)

    for name, column in (("sheet_overview", 2), ("sheet_findings", 3)):
        page = book[say("workbook", name)]
        links = [cell for row in page.iter_rows() for cell in row if cell.hyperlink]
        assert [(cell.value, cell.column) for cell in links] == [("甲镇", column)]
        assert links[0].hyperlink.location == "'甲镇'!A1"
        assert links[0].hyperlink.target is None


@pytest.mark.slow
def test_counties_beyond_those_drawn_are_told(tmp_path):
    reports = [
        with_value("甲镇", 2022, 3, county=f"{n}县", report_id=f"r{n}", source=f"{n}.txt") for n in "一二三四五六七"
    ]

    page = sheet(book_of(together(*reports), tmp_path), "sheet_charts")

    assert say("sheet_charts", "left_out", n=6) in above(page)
    assert sum(line.endswith("县") for line in above(page).splitlines()) == 6
