"""One table a sheet: title, unit, source and number of reports above it, ready to read, filter and print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from govinfo.definitions.wording import say
from govinfo.workbook.style import fitting_width, put, row_height

_A4 = 9
_WRAPPED = Alignment(vertical="center", wrap_text=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in one cell, and the named style that it has."""

    value: Any
    style: str = "text"


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its head, and the bounds of its width in letters."""

    text: str
    least: float = 8.0
    most: float = 40.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with one table.

    `remarks` stand above the table (unit, source, number of reports), `empty` is shown where it has no row,
    `frozen` is how many columns stay in sight, `printed` how many are printed (0: all).
    """

    name: str
    title: str
    remarks: tuple[str, ...]
    heads: tuple[Head, ...]
    rows: tuple[tuple[Entry, ...], ...]
    empty: str = ""
    frozen: int = 0
    printed: int = 0


def add_sheet(book: Workbook, sheet: Sheet, notice: str | None = None) -> Worksheet:
    """Write `sheet` at the end of the workbook, `notice` above its title and on each printed page."""
    page: Worksheet = book.create_sheet(sheet.name)
    fill_sheet(page, sheet, notice)
    return page


def fill_sheet(page: Worksheet, sheet: Sheet, notice: str | None = None) -> int:
    """Write `sheet` into an empty page, `notice` above its title; the last row that it takes."""
    widths = [_width(sheet, number) for number in range(len(sheet.heads))]
    for number, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    above = [(sheet.title, "title"), *((text, "remark") for text in sheet.remarks)]
    if notice:
        above.insert(0, (notice, "notice"))
    printed = sheet.printed or len(widths)
    for number, (text, style) in enumerate(above, start=1):
        put(page, number, 1, text, style)
        _show_whole(page, number, text, sum(widths[:printed]), printed, least=0 if style == "remark" else 26)
    top = first_row(sheet, notice) - 1
    _write_rows(page, top, sheet, widths)
    last = top + max(len(sheet.rows), 1)
    end = f"{get_column_letter(len(sheet.heads))}{last}"
    page.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}{top + 1}"
    page.auto_filter.ref = f"A{top}:{end}"
    page.print_area = f"A1:{get_column_letter(printed)}{last}"
    page.print_title_rows = f"{top}:{top}"
    set_page(page, notice)
    return last


def _show_whole(page: Worksheet, row: int, text: str, width: float, columns: int, *, least: float) -> None:
    """Let a line above the table go on below itself where the table is narrower: printing would cut it there."""
    height = row_height([text], [width])
    if height > row_height([""], [width]):
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
        page.cell(row, 1).alignment = _WRAPPED
        page.row_dimensions[row].height = max(height, least)
    elif least:
        page.row_dimensions[row].height = least


def first_row(sheet: Sheet, notice: str | None = None) -> int:
    """The row of the page in which the first row of the sheet's table stands."""
    return len(sheet.remarks) + 3 + bool(notice)


def set_page(page: Worksheet, notice: str | None = None) -> None:
    """A4 landscape, one page wide, with page numbers and the notice on each page; no grid but the table's own."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToWidth = 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.bottom, page.page_margins.footer = 0.6, 0.8, 0.4
    page.print_options.horizontalCentered = True
    page.oddFooter.center.text = say("workbook", "footer")  # type: ignore[union-attr]
    if notice:
        # a single & begins a command of the header
        page.oddHeader.center.text = notice.replace("&", "&&")  # type: ignore[union-attr]
        page.page_margins.top, page.page_margins.header = 0.9, 0.4
    page.sheet_view.showGridLines = False


def _write_rows(page: Worksheet, top: int, sheet: Sheet, widths: Sequence[float]) -> None:
    for number, head in enumerate(sheet.heads, start=1):
        put(page, top, number, head.text, "head")
    page.row_dimensions[top].height = row_height([head.text for head in sheet.heads], widths)
    if not sheet.rows:
        put(page, top + 1, 1, sheet.empty, "remark")
        _show_whole(page, top + 1, sheet.empty, sum(widths), len(widths), least=0)
    for offset, row in enumerate(sheet.rows, start=1):
        for number, entry in enumerate(row, start=1):
            put(page, top + offset, number, entry.value, entry.style)
        texts = [entry.value if isinstance(entry.value, str) else "" for entry in row]
        page.row_dimensions[top + offset].height = row_height(texts, widths)


def _width(sheet: Sheet, number: int) -> float:
    head = sheet.heads[number]
    return fitting_width([_shown(row[number].value) for row in sheet.rows], head.least, head.most)


def _shown(value: Any) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return "" if value is None else str(value)
