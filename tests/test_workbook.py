"""What officials find in the workbook, and what can never get into it."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from filled_reports import filled, line_cells, together
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from slow_cases import slow

from govinfo.checks import run_checks
from govinfo.definitions.locator_words import spot_text
from govinfo.definitions.wording import say, words
from govinfo.place import Place
from govinfo.questions.coverage import newest_date
from govinfo.tables import Tables, typed
from govinfo.workbook import write_workbook
from govinfo.workbook.style import MAX_TEXT, clean_text

ERRORS = {"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!", "Err:508", "Err:509"}
# the section and key of the names of all sheets that do not have the layout of the form, in order
NAMES = (
    *(("workbook", f"sheet_{name}") for name in ("cover", "contents", "overview", "figures")),
    *(("sheet_missing", "sheet"), ("workbook", "sheet_findings"), ("sheet_charts", "sheet")),
    *(("sheet_years", "sheet"), ("sheet_years", "sheet_townships")),
    *(("sheet_outcomes", "sheet"), ("sheet_outcomes", "sheet_townships"), ("sheet_topics", "sheet")),
    *(("workbook", "sheet_notes"), ("sheet_sources", "sheet")),
)
SHEETS = [say(section, key) for section, key in NAMES]
CHARTS = say("sheet_charts", "sheet")


# what stands on sheets in the layout of the form, whatever their number
OURS = re.compile(r"=(IF|COUNT|SUM|ROUND)\(|=S![A-Z]+[0-9]+$")


def lists(book: openpyxl.Workbook) -> list[str]:
    """The sheets with one table each, with cover and contents."""
    return [page.title for page in book.worksheets if not page.protection.sheet]


def visible(book: openpyxl.Workbook) -> list[Worksheet]:
    """The sheets that officials see."""
    return [page for page in book.worksheets if page.sheet_state == "visible"]


def tabled(names: list[str]) -> list[str]:
    """Of these sheets those that have a table."""
    return [name for name in names if name != CHARTS]


def checked(tables: Tables) -> Tables:
    return Tables(**{**vars(tables), "findings": run_checks(tables)})


def written(tables: Tables, folder: Path) -> openpyxl.Workbook:
    write_workbook(tables, folder / "book.xlsx")
    return openpyxl.load_workbook(folder / "book.xlsx")


def table_of(book: openpyxl.Workbook, name: str) -> pd.DataFrame:
    """The table of a sheet, heads without line breaks; the heads stand where the filter begins."""
    page = book[say("workbook", f"sheet_{name}")]
    top = openpyxl.utils.range_boundaries(page.auto_filter.ref)[1]
    rows = list(page.iter_rows(min_row=top, values_only=True))
    return pd.DataFrame(rows[1:], columns=[str(head).replace("\n", "") for head in rows[0]], dtype=object)


def head(name: str) -> str:
    return say("workbook", f"head_{name}").replace("\n", "")


@pytest.fixture(scope="module")
def study() -> Tables:
    """Three reports: one with figures, one damaged, one without tables."""
    whole = filled(
        values={
            ("requests", "new", "natural_person"): 1234,
            ("requests", "new", "total"): 1234,
            ("disclosure", "administrative_fees", "amount"): 70.320372,
        },
        report_id="r1",
        published_on=pd.Timestamp("2023-01-20"),
        cells_found=200,
        cells_expected=200,
    )
    said = {"status": "ambiguous", "value": None, "raw": None, "printed": "3 | 1"}
    damaged = filled(
        "2019",
        cells=line_cells("requests", "carried_over", **said)
        | line_cells("requests", "total", status="repaired", value=0, printed="0 | 0"),
        report_id="r2",
        township="柳屯镇",
        county="濮阳县",
        year=2020,
        sha256="b" * 64,
        note="节录",
    )
    bare = filled("none", report_id="r3", township=None, year=None, sha256="c" * 64, status="narrative_only")
    return checked(together(whole, damaged, bare))


def test_there_is_one_row_per_township_and_year_with_figures_as_numbers(study, tmp_path):
    rows = table_of(written(study, tmp_path), "figures").set_index(head("township"))

    first = rows.loc["百泉镇"]
    assert first[head("new")] == 1234
    assert first[head("fees")] == pytest.approx(70.320372)
    assert (first[head("found")], first[head("expected")]) == (200, 200)
    assert len(rows) == 3


def test_a_figure_that_is_not_known_is_a_word_and_never_zero(study, tmp_path):
    rows = table_of(written(study, tmp_path), "figures").set_index(head("township"))

    assert rows.loc["柳屯镇", head("carried_over")] == words("codes")["status_ambiguous"]
    assert rows.loc["柳屯镇", head("issued")] == words("workbook")["not_on_form"]
    assert rows.loc[words("workbook")["unknown_place"], head("new")] == words("codes")["form_none"]


@pytest.mark.slow
def test_figures_of_the_statistics_table_have_columns_where_a_report_has_one(study, tmp_path):
    row = {"report_id": "r4", "line": "disclosed", "unit": "条", "value": 349, "raw": "349", "status": "read"}
    old = filled("none", report_id="r4", township="拟山镇", year=2018, form="statistics", sha256="d" * 64)
    old = replace(old, statistics=typed("statistics", [row]))

    rows = table_of(written(checked(together(study, old)), tmp_path), "figures").set_index(head("township"))

    assert rows.loc["拟山镇", head("old_disclosed")] == 349
    assert rows.loc["拟山镇", head("new")] == words("workbook")["not_on_form"]
    assert head("old_disclosed") not in table_of(written(study, tmp_path), "figures").columns


def test_a_repaired_figure_is_a_number_that_looks_different(study, tmp_path):
    book = written(study, tmp_path)
    page = book[say("workbook", "sheet_figures")]

    styles = {(cell.value, cell.style) for row in page.iter_rows() for cell in row}

    assert (0, "govinfo_whole_repaired") in styles
    assert (0, "govinfo_whole") in styles


def test_findings_are_listed_errors_first_and_counted_on_the_overview(study, tmp_path):
    book = written(study, tmp_path)
    found, rows = table_of(book, "findings"), table_of(book, "figures").set_index(head("township"))

    severities = list(found[head("severity")])
    names = [words("codes")[f"severity_{severity}"] for severity in ("error", "warning", "info")]
    assert severities == sorted(severities, key=names.index)
    assert len(found) == len(study.findings)
    assert set(found[head("id")]) == set(study.findings["finding_id"])
    own = study.findings.query("report_id == 'r1' and severity == 'error'")
    assert rows.loc["百泉镇", head("errors")] == len(own) > 0


def test_every_sheet_says_its_unit_its_source_and_how_many_reports_stand_behind_it(study, tmp_path):
    book = written(study, tmp_path)

    assert lists(book) == SHEETS
    for page in map(book.__getitem__, tabled(SHEETS[2:])):
        top = openpyxl.utils.range_boundaries(page.auto_filter.ref)[1]
        above = "\n".join(str(page.cell(row, 1).value) for row in range(1, top))
        assert say("workbook", "counted", n=3) in above
        assert page.freeze_panes == f"{page.freeze_panes[0]}{top + 1}"
        assert page.print_title_rows == f"${top}:${top}"
    for page in visible(book):
        assert (page.page_setup.orientation, page.page_setup.fitToWidth) == ("landscape", 1)


@pytest.mark.slow
def test_a_notice_stands_first_on_every_sheet_and_on_every_printed_page(study, tmp_path):
    write_workbook(study, tmp_path / "book.xlsx", "都是编造的 A&B")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")

    assert lists(book) == SHEETS
    for page in visible(book):
        assert page["A1"].value == "都是编造的 A&B"
        assert page.oddHeader.center.text == "都是编造的 A&&B"
    for page in map(book.__getitem__, tabled(SHEETS[1:])):
        top = openpyxl.utils.range_boundaries(page.auto_filter.ref)[1]
        assert page.freeze_panes == f"{page.freeze_panes[0]}{top + 1}"
    assert "A1" in written(study, tmp_path)[SHEETS[0]].print_area.replace("$", "")


def test_the_cover_tells_places_date_and_what_the_manifest_notes(study, tmp_path):
    page = written(study, tmp_path)[say("workbook", "sheet_cover")]

    text = "\n".join(str(cell.value) for row in page.iter_rows() for cell in row if cell.value)

    assert "濮阳县柳屯镇（2020）" in text
    assert "2023-01-20" in text
    assert "1 份报告：节录" in text
    assert all(word in text for key, word in words("codes").items() if key.startswith("status_"))


def test_a_report_that_is_set_aside_has_no_row_but_its_findings_stay(study, tmp_path):
    reports = study.reports.assign(counted=study.reports["report_id"] != "r2")
    tables = Tables(**{**vars(study), "reports": typed("reports", reports)})

    book = written(tables, tmp_path)

    assert "柳屯镇" not in set(table_of(book, "figures")[head("township")])
    assert "柳屯镇" in set(table_of(book, "findings")[head("township")])


def test_files_that_gave_no_report_are_listed(tmp_path):
    reject = {"source": "坏.txt", "sha256": "d" * 64, "reason": "empty", "message": "=1+1"}

    book = written(Tables(rejects=typed("rejects", [reject])), tmp_path)

    rows = table_of(book, "rejects")
    why, to_do = words("workbook")["reason_empty"], words("quality")["reject_empty"]
    assert rows.iloc[0].tolist() == ["坏.txt", why, to_do, "=1+1"]


def test_no_reports_give_a_workbook_that_says_so(tmp_path):
    book = written(Tables(), tmp_path)

    texts = {cell.value for page in book.worksheets for row in page.iter_rows() for cell in row}
    assert lists(book) == SHEETS
    assert {words("workbook")["nothing"], words("workbook")["no_findings"]} <= texts


@pytest.mark.parametrize("sign", ["=", *(slow(sign) for sign in "+-@")])
def test_text_of_a_report_is_never_a_formula(sign, tmp_path):
    text = f'{sign}HYPERLINK("http://example.org","x")'
    cell = {"value": None, "raw": text, "status": "unreadable", "status_detail": "words"}
    tables = filled(
        cells={("disputes", "reconsideration", "upheld"): cell},
        township=text,
        county=text,
        note=text,
        source=text,
    )

    book = written(checked(tables), tmp_path)

    held = [c for page in book.worksheets for row in page.iter_rows() for c in row if c.value == text]
    assert len(held) >= 6
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in held)
    formulas = [c.value for page in book.worksheets for row in page.iter_rows() for c in row if c.data_type == "f"]
    # names of sheets stand in quotation marks
    assert all(OURS.match(re.sub("'(?:[^']|'')*'!", "S!", formula)) for formula in formulas)


def test_long_text_and_characters_that_a_sheet_cannot_hold_do_not_stop_the_export(tmp_path):
    book = written(filled(note="字\x00\x0b" * 40_000), tmp_path)

    longest = max(
        len(cell.value)
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    )
    assert longest <= MAX_TEXT


@given(st.text(max_size=50), st.integers(min_value=0, max_value=40_000))
def test_a_cell_never_holds_more_than_a_sheet_can(text, times):
    cut = clean_text(text + "𬮤" * times)

    assert sum(2 if ord(char) > 0xFFFF else 1 for char in cut) <= MAX_TEXT


def test_the_same_tables_give_the_same_bytes(study, tmp_path):
    write_workbook(study, tmp_path / "one.xlsx")
    # zip archives and document properties tell time by two seconds
    time.sleep(2.1)
    write_workbook(study, str(tmp_path / "two.xlsx"))

    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.xlsx", "two.xlsx"]
    with zipfile.ZipFile(tmp_path / "one.xlsx") as archive:
        assert {part.date_time[0] for part in archive.infolist()} == {1980}


def test_the_times_of_the_file_are_the_day_of_the_data(study, tmp_path):
    write_workbook(study, tmp_path / "one.xlsx")

    properties = openpyxl.load_workbook(tmp_path / "one.xlsx").properties
    day = newest_date(study.reports)
    assert day is not None
    assert {properties.created.date(), properties.modified.date()} == {day}


def test_libreoffice_opens_and_prints_it_without_an_error_in_any_cell(study, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed: the workbook was not opened by an office program")
    write_workbook(study, tmp_path / "book.xlsx")
    made = tmp_path / "made"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for kind in ("pdf", "xlsx"):
        command = [
            office,
            "--headless",
            profile,
            "--convert-to",
            kind,
            "--outdir",
            str(made),
            str(tmp_path / "book.xlsx"),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)

    again = openpyxl.load_workbook(made / "book.xlsx", data_only=True)
    texts = {str(cell.value) for page in again.worksheets for row in page.iter_rows() for cell in row}
    assert set(SHEETS) < set(again.sheetnames)
    assert not texts & ERRORS
    assert (made / "book.pdf").stat().st_size > 10_000


@given(
    st.one_of(
        st.builds(Place, st.just("甲/a 1.txt"), line=st.integers(1, 10**6)),
        st.builds(
            Place,
            st.just("甲/a 1.txt"),
            page=st.none() | st.integers(1, 999),
            table=st.integers(1, 99),
            row=st.integers(1, 999),
            cell=st.integers(1, 99),
        ),
    )
)
def test_where_something_stands_is_said_in_words_with_all_its_numbers(place):
    text = spot_text(str(place), place.source)

    numbers = [place.line, place.page, place.table, place.row, place.cell]
    assert re.findall(r"\d+", text) == [str(number) for number in numbers if number is not None]
    assert not re.search(r"[a-z]", text)


def test_a_place_in_a_spreadsheet_or_of_an_unknown_shape_is_said_as_it_is():
    assert [spot_text(text, "a.xlsx") for text in ("表3!C7", "row five", None)] == ["表3!C7", "row five", None]
