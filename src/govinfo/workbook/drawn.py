"""A sheet of native charts, which read the cells of other sheets: a corrected figure moves them.

A series is a row of a table, its points are cells of some of the columns. A cell without a number has to be blank:
spreadsheets draw a word as 0. For nothing but 0 there is a sentence instead of a chart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from openpyxl.drawing.spreadsheet_drawing import AbsoluteAnchor
from openpyxl.drawing.xdr import XDRPoint2D, XDRPositiveSize2D
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from govinfo.definitions.wording import say
from govinfo.workbook.chart_parts import Cells, native_chart
from govinfo.workbook.names import quoted
from govinfo.workbook.pages import Drawing, Page
from govinfo.workbook.sheets import Sheet, first_row, set_page
from govinfo.workbook.style import put

_SECTION = "sheet_charts"
# a printed page of A4 landscape, unscaled: two charts side by side, and this many rows
_ROW_POINTS, _PAGE_ROWS = 16.0, 28
_CHART_ROWS = 8
_CHART_CM, _RIGHT_CM = (13.2, 4.15), 13.7
_TITLE_POINTS = 24.0
_EMU_A_POINT, _EMU_A_CM = 12_700, 360_000


@dataclass(frozen=True)
class Chart:
    """A chart of some rows of a table.

    `kind` is `line`, `bar` or `stacked`; `area` is the county that it is of; `key` and `sheet` are the page that has
    the table; `rows` are the rows of the table that are its series, `names` what they are called; `columns` are the
    first and last column that it draws, whose heads stand along its axis.
    """

    kind: str
    area: str
    title: str
    unit: str
    key: str
    sheet: Sheet
    rows: tuple[int, ...]
    names: tuple[str, ...]
    columns: tuple[int, int]

    def values(self, row: int) -> list[Any]:
        """The values of one series; None where there is no number."""
        first, last = self.columns
        return [entry.value for entry in self.sheet.rows[row][first : last + 1]]


def charts_page(key: str, name: str, title: str, remarks: Sequence[str], charts: Sequence[Chart]) -> Page:
    """The page of charts, those of one county together, each county on a printed page of its own."""

    def draw(drawing: Drawing) -> None:
        page = drawing.page
        page.sheet_format.defaultRowHeight, page.sheet_format.customHeight = _ROW_POINTS, True
        above = [(drawing.notice, "notice")] if drawing.notice else []
        above += [(title, "title"), *((text, "remark") for text in remarks)]
        for row, (text, style) in enumerate(above, start=1):
            put(page, row, 1, text, style)
            page.row_dimensions[row].height = _TITLE_POINTS if style != "remark" else _ROW_POINTS
        row = len(above) + 1
        for number, (area, own) in enumerate(groupby(charts, key=lambda chart: chart.area)):
            if number:
                page.row_breaks.append(Break(id=row - 1))
            row = _draw_area(drawing, area, list(own), row, len(above) if not number else 0)
        for empty in range(len(above) + 1, row):
            page.row_dimensions[empty].height = _ROW_POINTS
        set_page(page, drawing.notice)
        # programs heed page breaks only where nothing is fitted to the page
        page.sheet_properties.pageSetUpPr.fitToPage = False  # type: ignore[union-attr]

    return Page(key, name, title, draw)


def trimmed(sheet: Sheet, rows: Sequence[int], columns: tuple[int, int]) -> tuple[int, int]:
    """The columns from the first to the last in which one of the rows has a cell on its form."""
    first, last = columns
    there = [
        column for column in range(first, last + 1) if any(sheet.rows[row][column].style != "absent" for row in rows)
    ]
    return (there[0], there[-1]) if there else columns


def _draw_area(drawing: Drawing, area: str, charts: Sequence[Chart], row: int, used: int) -> int:
    """The charts of one county from `row` on, of whose printed page `used` rows are taken; the first row below."""
    page = drawing.page
    put(page, row, 1, area, "chart_area")
    why = [_why_not(chart) for chart in charts]
    sentences = [
        say(_SECTION, key, titles=say(_SECTION, "join").join(titles))
        for key in ("zeros", "unknown")
        if (titles := [chart.title for chart, reason in zip(charts, why, strict=True) if reason == key])
    ]
    for offset, text in enumerate(sentences, start=1):
        put(page, row + offset, 1, text, "remark")
    row, used = row + len(sentences) + 1, used + len(sentences) + 1
    drawn = [chart for chart, reason in zip(charts, why, strict=True) if reason is None]
    for first in range(0, len(drawn), 2):
        if used + _CHART_ROWS > _PAGE_ROWS:
            page.row_breaks.append(Break(id=row - 1))
            used = 0
        for left, chart in zip((0.0, _RIGHT_CM), drawn[first : first + 2], strict=False):
            _draw(page, drawing, chart, (left, row))
        row, used = row + _CHART_ROWS, used + _CHART_ROWS
    return row


def _draw(page: Worksheet, drawing: Drawing, chart: Chart, spot: tuple[float, int]) -> None:
    """Draw a chart at a distance from the left edge (cm) and from the top of a row.

    Not at a column: how wide columns are depends on the fonts of the computer, and charts would overlap.
    """
    top = first_row(chart.sheet, drawing.notice)
    sheet = quoted(drawing.names[chart.key])
    first, last = chart.columns
    heads = Cells(_spot(sheet, chart, top - 1), [head.text for head in chart.sheet.heads[first : last + 1]])
    series = [
        (name, Cells(_spot(sheet, chart, top + row), chart.values(row)))
        for name, row in zip(chart.names, chart.rows, strict=True)
    ]
    title = f"{chart.title}{say(_SECTION, 'unit', unit=chart.unit)}"
    made = native_chart(chart.kind, title, heads, series)
    left, row = spot
    titles = 1 + bool(drawing.notice)
    down = (titles * _TITLE_POINTS + (row - 1 - titles) * _ROW_POINTS) * _EMU_A_POINT
    width, height = (round(side * _EMU_A_CM) for side in _CHART_CM)
    where = XDRPoint2D(round(left * _EMU_A_CM), round(down))
    page.add_chart(made)
    # the stubs know only the address of a cell
    made.anchor = AbsoluteAnchor(pos=where, ext=XDRPositiveSize2D(width, height))  # type: ignore[assignment]


def _spot(sheet: str, chart: Chart, row: int) -> str:
    first, last = (get_column_letter(column + 1) for column in chart.columns)
    return f"{sheet}${first}${row}:${last}${row}"


def _why_not(chart: Chart) -> str | None:
    """Why a chart would show nothing: `zeros` or `unknown`; None where it does show something."""
    values = list(_all_values(chart))
    known = [value for value in values if value is not None]
    if not known:
        return "unknown"
    return None if any(known) else "zeros"


def _all_values(chart: Chart) -> Iterator[Any]:
    for row in chart.rows:
        yield from chart.values(row)
