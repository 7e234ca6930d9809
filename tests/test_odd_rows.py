"""Rows of a sheet that are not as the form has them: no figure moves into another's place."""

from __future__ import annotations

import io
from random import Random

import openpyxl
from mutated_reports import HEAD, TAIL, read
from office_files import FORMS, distinct_texts, excel_report, report_of, saved
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from govinfo.definitions.form import Form
from govinfo.demo.figures import consistent_figures
from govinfo.readers.sheets.xlsx import read_xlsx

FORM = FORMS["2021"]
TEXTS = distinct_texts(FORM)
GRID = Border(*[Side(style="thin")] * 4)


def consistent_texts(form: Form) -> dict[str, dict[tuple[str, str], str]]:
    figures = consistent_figures(form, Random(4), 9)
    return {name: {cell: str(value) for cell, value in table.items()} for name, table in figures.items()}


def page_with_notes() -> Worksheet:
    """The report on a sheet whose tables have an empty column for notes behind the figures."""
    page = openpyxl.load_workbook(io.BytesIO(excel_report(FORM, TEXTS, borders=True))).active
    assert isinstance(page, Worksheet)
    for row in range(1, page.max_row + 1):
        if page.cell(row, 2).border.left.style or page.cell(row, 4).border.left.style:
            page.cell(row, page.max_column).border = GRID
            page.cell(row, 12).border = GRID
    return page


def test_a_figure_over_two_columns_does_not_move_those_behind_it() -> None:
    """Six figures and the empty column looked like seven cells in their columns, the last of them blank."""
    page = page_with_notes()
    row = next(cell.row for line in page.iter_rows() for cell in line if "重复申请" in str(cell.value))
    page.merge_cells(start_row=row, end_row=row, start_column=7, end_column=8)

    found = report_of(read_xlsx(saved(page.parent), "a.xlsx")).rows["requests"]

    values = {(cell["line"], cell["applicant"]): cell["value"] for cell in found}
    for (line, applicant), value in values.items():
        expected = int(TEXTS["requests"][line, applicant])
        # of what stood under the merged cell nothing is left
        assert value in (None, expected), (line, applicant)
        if line != "declined_repeated":
            assert value == expected, (line, applicant)
    assert [cell["status"] for cell in found if cell["line"] == "declined_repeated"][-1] == "ambiguous"


def test_a_number_in_a_row_of_its_own_is_not_the_line_without_a_label() -> None:
    """The page's number between heads and figures of table four was read as the only figure of its line."""
    page = openpyxl.load_workbook(io.BytesIO(excel_report(FORM, TEXTS, borders=True))).active
    assert isinstance(page, Worksheet)
    figures = page.max_row
    while not isinstance(page.cell(figures, 3).value, int):
        figures -= 1
    page.move_range(f"A{figures}:Z{page.max_row}", rows=1)
    page.cell(figures, 7).value = 3

    report = report_of(read_xlsx(saved(page.parent), "a.xlsx"))

    found = {(cell["channel"], cell["result"]): cell["value"] for cell in report.rows["disputes"]}
    columns = FORM.table("disputes").blocks[0].columns
    line = FORM.table("disputes").blocks[0].lines[0]
    assert found == {(column.group, column.code): int(TEXTS["disputes"][line.code, column.key]) for column in columns}
    assert [row["printed"] for row in report.rows["unknown_lines"]] == ["3"]


def test_a_repaired_figure_names_its_own_cell_where_only_one_cell_can_be_it() -> None:
    """All figures of a line that had lost one named the cell of the label."""
    texts = consistent_texts(FORM)
    lines = [*HEAD, FORM.tables[1].title]
    for line in FORM.tables[1].blocks[0].lines:
        figures = [texts["requests"][line.code, column.key] for column in FORM.tables[1].blocks[0].columns]
        lines.append(f"{line.labels[0]} |")
        lines += [f"{figure} |" for figure in (figures[1:] if line.code == "new" else figures)]

    rows = [row for row in read([*lines, "", *TAIL]).rows["requests"] if row["line"] == "new"]

    named = [row for row in rows if row["status"] == "repaired" and row["raw"] is not None]
    assert named
    for row in named:
        same = [other for other in rows if other["raw"] == row["raw"]]
        if len(same) == 1:
            assert lines[int(row["locator"].rsplit(":", 1)[1]) - 1] == f"{row['raw']} |"
