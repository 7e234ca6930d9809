"""What a workbook hides is neither a figure nor gone without a word."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import openpyxl
import pytest
from office_files import FORMS, assert_whole, changed, distinct_texts, excel_report, report_of, saved
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from govinfo.parse.report import Report
from govinfo.readers.sheets import xlsx
from govinfo.readers.sheets.xlsx import read_xlsx

FORM = FORMS["2021"]
TEXTS = distinct_texts(FORM)
HIDDEN = "not printed; hidden"


def book() -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(excel_report(FORM, TEXTS, borders=True)))


def row_of(page: Worksheet, label: str) -> int:
    return next(cell.row for row in page.iter_rows() for cell in row if label in str(cell.value))


def read(made: Workbook) -> Report:
    return report_of(read_xlsx(saved(made), "a.xlsx"))


def cells(report: Report, line: str) -> list[Mapping[str, Any]]:
    return [row for row in report.rows["requests"] if row["line"] == line]


def test_a_line_in_a_hidden_row_is_missing_and_says_where_it_stands() -> None:
    made = book()
    row = row_of(made.active, "重复申请")
    made.active.row_dimensions[row].hidden = True
    report = read(made)
    said = {(cell["value"], cell["status"], cell["status_detail"]) for cell in cells(report, "declined_repeated")}
    assert said == {(None, "missing", HIDDEN)}
    assert {cell["locator"] for cell in cells(report, "declined_repeated")} == {f"年报!D{row}"}
    others = [cell for cell in report.rows["requests"] if cell["line"] != "declined_repeated"]
    assert {cell["status"] for cell in others} == {"read"}


def test_rows_that_a_filter_leaves_out_are_hidden_rows() -> None:
    made = book()
    page = made.active
    first, last = row_of(page, "予以公开"), row_of(page, "（七）总计")
    page.auto_filter.ref = f"B{first}:K{last}"
    page.auto_filter.add_filter_column(3, ["1"])
    for row in range(first, last):
        page.row_dimensions[row].hidden = True
    report = read(made)
    assert {cell["status_detail"] for cell in cells(report, "granted")} == {HIDDEN}
    assert {cell["status"] for cell in cells(report, "total")} == {"read"}


def test_a_hidden_row_beside_the_shown_one_says_nothing() -> None:
    """Last year's figures, kept above this year's."""
    made = book()
    page = made.active
    row = row_of(page, "四、结转下年度继续办理")
    for column, text in enumerate(["四、结转下年度继续办理", None, None, *range(7)], start=2):
        page.cell(row + 1, column).value = text
    page.row_dimensions[row + 1].hidden = True
    assert_whole(read(made), FORM, TEXTS)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_holds_no_figures(state: str) -> None:
    made = book()
    copy = made.copy_worksheet(made.active)
    copy.sheet_state = state
    for row in copy.iter_rows():
        for cell in row:
            if isinstance(cell.value, int):
                cell.value += 1
    assert_whole(read(made), FORM, TEXTS)
    page = made.active
    page.delete_rows(row_of(page, "（一）予以公开"), 1)
    report = read(made)
    assert {(cell["value"], cell["status_detail"]) for cell in cells(report, "granted")} == {(None, HIDDEN)}


def test_a_hidden_sheet_makes_nothing_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be a list of thousands that a form chooses from, or damaged."""
    made = book()
    other = made.create_sheet("数据")
    other.sheet_state = "hidden"
    for number in range(300):
        other.append([number] * 3)
    damaged = changed(saved(made), "xl/worksheets/sheet2.xml", b"<worksheet")
    assert_whole(report_of(read_xlsx(damaged, "a.xlsx")), FORM, TEXTS)
    monkeypatch.setattr(xlsx, "MAX_CELLS", 700)
    assert_whole(read(made), FORM, TEXTS)
