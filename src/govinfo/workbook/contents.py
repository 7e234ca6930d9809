"""The table of contents: each sheet with a link to it and what it holds."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.hyperlink import Hyperlink

from govinfo.definitions.wording import say, words
from govinfo.workbook.names import quoted
from govinfo.workbook.pages import Drawing, Page
from govinfo.workbook.sheets import Entry, Head, Sheet, fill_sheet, first_row
from govinfo.workbook.style import put

KEY = "contents"


def contents_page(pages: Sequence[Page]) -> Page:
    """The sheet 目录: one row for each of `pages`."""

    def draw(drawing: Drawing) -> None:
        text = words("workbook")
        sheet = Sheet(
            name=text["sheet_contents"],
            title=text["contents_title"],
            remarks=(text["contents_remark"],),
            heads=(Head(text["head_number"], 8, 8), Head(text["head_sheet"], 24, 34), Head(text["head_holds"], 60, 86)),
            rows=tuple(
                (Entry(number, "middle"), Entry(drawing.names[page.key]), Entry(page.holds))
                for number, page in enumerate(pages, start=1)
            ),
        )
        fill_sheet(drawing.page, sheet, drawing.notice)
        top = first_row(sheet, drawing.notice)
        for row, page in enumerate(pages, start=top):
            link(drawing, row, 2, page.key)

    return Page(KEY, say("workbook", "sheet_contents"), say("workbook", "contents_title"), draw)


def link(drawing: Drawing, row: int, column: int, key: str, spot: str = "A1") -> None:
    """Make a cell a link to a sheet of this workbook, by the key of its page; give it another style after, if any."""
    cell = drawing.page.cell(row, column)
    location = quoted(drawing.names[key]) + spot
    # assigning a text would make a link to an outside file
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=location, display=str(cell.value))
    put(drawing.page, row, column, cell.value, "link")
