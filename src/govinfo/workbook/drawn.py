"""Native charts below a table, which read its cells: a corrected figure moves them. For nothing but 0, a sentence.

A series is a row of the table, its points are cells of some of the columns. A cell without a number has to be blank:
spreadsheets draw a word as 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from govinfo.definitions.wording import say
from govinfo.workbook.names import quoted
from govinfo.workbook.pages import Drawing
from govinfo.workbook.sheets import Sheet, fill_sheet, first_row
from govinfo.workbook.style import clean_text, put

_COLOURS = ("1F4E79", "C55A11", "548235", "7F7F7F", "BF9000", "7030A0")
_ROWS, _HEIGHT_CM = 17, 8.2
# a digit of the standard font is 7 pixels wide, and a column has 5 more
_CM_A_PIXEL = 2.54 / 96
_LEAST_CM, _MOST_CM = 11.0, 20.0


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of some rows of a table.

    `kind` is `line`, `bar` or `stacked`; `rows` are the rows of the table that are its series, `names` what they are
    called; `columns` are the first and last column that it draws, whose heads stand along its axis.
    """

    kind: str
    title: str
    unit: str
    rows: tuple[int, ...]
    names: tuple[str, ...]
    columns: tuple[int, int]
    whole: bool = field(default=True)


def fill_with_charts(drawing: Drawing, sheet: Sheet, charts: Sequence[Chart]) -> None:
    """Fill a page with the table and, below it, two charts side by side; a chart of nothing but 0 is a sentence."""
    page = drawing.page
    row = fill_sheet(page, sheet, drawing.notice) + 2
    drawn = []
    for chart in charts:
        said = _why_not(sheet, chart)
        if said is None:
            drawn.append(chart)
        else:
            put(page, row, 1, said, "remark")
            row += 1
    widths = [page.column_dimensions[get_column_letter(n)].width for n in range(1, len(sheet.heads) + 1)]
    half, width = _half(widths)
    for number, chart in enumerate(drawn):
        made = _chart(page, sheet, chart, first_row(sheet, drawing.notice))
        made.width, made.height = width, _HEIGHT_CM
        page.add_chart(made, f"{get_column_letter(half + 1 if number % 2 else 1)}{row}")
        if number % 2 or number == len(drawn) - 1:
            row += _ROWS
    page.print_area = f"A1:{get_column_letter(len(sheet.heads))}{row}"


def _why_not(sheet: Sheet, chart: Chart) -> str | None:
    """Why a chart shows nothing, in words; None where it does show something."""
    values = [value for row in chart.rows for value in _values(sheet, chart, row)]
    known = [value for value in values if value is not None]
    if not known:
        return say("sheet_charts", "unknown", title=chart.title)
    if not any(known):
        key = "zeros" if len(known) == len(values) else "zeros_and_gaps"
        return say("sheet_charts", key, title=chart.title, gaps=len(values) - len(known))
    return None


def _values(sheet: Sheet, chart: Chart, row: int) -> list[Any]:
    first, last = chart.columns
    return [entry.value for entry in sheet.rows[row][first : last + 1]]


def _half(widths: Sequence[float]) -> tuple[int, float]:
    """The first column of the right half of the page, and the width in cm of a chart that fits its left half."""
    sizes = [(width * 7 + 5) * _CM_A_PIXEL for width in widths]
    total = sum(sizes)
    column, passed = 0, 0.0
    while column < len(sizes) - 1 and passed < total / 2:
        passed += sizes[column]
        column += 1
    return column, max(_LEAST_CM, min(_MOST_CM, passed - 0.5, total - passed))


def _chart(page: Worksheet, sheet: Sheet, chart: Chart, top: int) -> BarChart | LineChart:
    """The chart, `top` being the row of the page in which the table's first row stands."""
    few = all(sum(value is not None for value in _values(sheet, chart, row)) < 2 for row in chart.rows)
    made: BarChart | LineChart = LineChart() if chart.kind == "line" and not few else BarChart()
    made.title = clean_text(f"{chart.title}{say('sheet_charts', 'unit', unit=chart.unit)}")
    made.title.overlay = False
    made.style = 2
    made.display_blanks = "gap"
    for number, (row, name) in enumerate(zip(chart.rows, chart.names, strict=True)):
        one = _series(page, sheet, chart, (row, top + row, top - 1), name, number)
        _colour(one, _COLOURS[number % len(_COLOURS)], line=isinstance(made, LineChart))
        made.series.append(one)
    # without this, programs hide both axes of a chart that openpyxl made
    made.x_axis.delete = made.y_axis.delete = False
    made.y_axis.number_format = "#,##0" if chart.whole else "#,##0.0"
    made.y_axis.scaling.min = 0
    made.legend.position = "b"
    if isinstance(made, BarChart):
        made.gapWidth = 60
        if chart.kind == "stacked":
            made.grouping, made.overlap = "stacked", 100
        if len(chart.rows) == 1:
            made.legend = None
        made.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    return made


def _series(page: Worksheet, sheet: Sheet, chart: Chart, spots: tuple[int, int, int], name: str, number: int) -> Series:
    """One series; `spots` are its row in the table, that row on the page, and the row of heads on the page."""
    row, own, heads = spots
    made = Series(idx=number, order=number, tx=SeriesLabel(v=clean_text(name)))
    made.val = NumDataSource(numRef=NumRef(f=_range(page, chart, own), numCache=_numbers(sheet, chart, row)))
    made.cat = AxDataSource(strRef=StrRef(f=_range(page, chart, heads), strCache=_heads(sheet, chart)))
    return made


def _colour(series: Series, colour: str, *, line: bool) -> None:
    series.graphicalProperties = GraphicalProperties(solidFill=colour)
    if line:
        series.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=colour, w=22_000))
        look = GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill=colour))
        series.marker = Marker(symbol="circle", size=6, spPr=look)
        series.smooth = False


def _range(page: Worksheet, chart: Chart, row: int) -> str:
    first, last = (get_column_letter(column + 1) for column in chart.columns)
    return f"{quoted(page.title)}${first}${row}:${last}${row}"


def _numbers(sheet: Sheet, chart: Chart, row: int) -> NumData:
    """The values as they are now, for programs that do not read the cells; blank ones are left out."""
    values = _values(sheet, chart, row)
    points = [NumVal(idx=n, v=str(value)) for n, value in enumerate(values) if value is not None]
    return NumData(formatCode="General", ptCount=len(values), pt=points)


def _heads(sheet: Sheet, chart: Chart) -> StrData:
    first, last = chart.columns
    texts: Iterator[str] = (clean_text(head.text) for head in sheet.heads[first : last + 1])
    points = [StrVal(idx=number, v=text) for number, text in enumerate(texts)]
    return StrData(ptCount=len(points), pt=points)
