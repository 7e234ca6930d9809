"""A made-up report as an Excel file: on one sheet, a sheet a section, or with its numbers as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from random import Random

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from govinfo.definitions.sheet import SheetRow, sheet, spans
from govinfo.demo.paper import Paper, Part, parts
from govinfo.workbook.package import timeless

XLSX_LAYOUTS = ("one sheet", "sheets", "text")
# a plain number without a superfluous 0, which a spreadsheet shows as it was typed
_PLAIN = re.compile(r"^(?:0|[1-9]\d*)(?:\.\d*[1-9])?$")
# in characters; the columns of labels are wide
_WIDTHS = {"A": 24, "B": 18, "C": 34}
_FORBIDDEN = re.compile(r"[\\/*?:\[\]]")
_LINE = Side(style="thin")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def print_xlsx(paper: Paper, layout: str, random: Random) -> bytes:
    """The bytes of an Excel file in one of XLSX_LAYOUTS."""
    book = Workbook()
    for number, part in enumerate(parts(paper)):
        page = book.worksheets[-1]
        if not number:
            page.title = paper.township.name
        elif layout == "sheets" and part.kind == "heading":
            page = book.create_sheet(_FORBIDDEN.sub("", part.text)[:31])
        if part.kind == "table":
            dressed = paper.tables[part.text]
            _put_table(page, sheet(dressed.table, dressed.texts), numbers=layout != "text")
        else:
            _put_text(page, part)
    for page in book.worksheets:
        for column, width in _WIDTHS.items():
            page.column_dimensions[column].width = width
    buffer = BytesIO()
    book.save(buffer)
    return timeless(buffer.getvalue())


def _next_row(page: Worksheet) -> int:
    return 1 if page.max_row == 1 and page["A1"].value is None else page.max_row + 1


def _put_text(page: Worksheet, part: Part) -> None:
    row = _next_row(page)
    _write(page.cell(row, 1), part.text, numbers=False)
    if part.kind == "title":
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=10)


def _put_table(page: Worksheet, rows: Sequence[SheetRow], *, numbers: bool) -> None:
    first = _next_row(page)
    for span in spans(rows):
        row, column = first + span.row, 1 + span.column
        cell = page.cell(row, column)
        cell.border, cell.alignment = _FRAME, _CENTRE
        figure = rows[span.row].line is not None and span.column >= rows[span.row].first
        if span.text:
            _write(cell, span.text, numbers=numbers and figure)
        if span.rows > 1 or span.columns > 1:
            page.merge_cells(
                start_row=row, end_row=row + span.rows - 1, start_column=column, end_column=column + span.columns - 1
            )


def _write(cell: Cell | MergedCell, text: str, *, numbers: bool) -> None:
    """Put `text` into a cell: as a number where it is a plain one, else as text and never as a formula."""
    assert isinstance(cell, Cell)  # what a merged cell covers is never written to
    if numbers and _PLAIN.match(text):
        cell.value = float(text) if "." in text else int(text)
        return
    cell.value = text
    cell.data_type = "s"
