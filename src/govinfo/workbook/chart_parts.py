"""One native chart of a spreadsheet, from cells and what stands in them now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun

from govinfo.workbook.style import clean_text

_COLOURS = ("1F4E79", "C55A11", "548235", "7F7F7F", "BF9000", "7030A0")
_GRID = "D9D9D9"
# hundredths of a point
_TITLE, _TEXT = 1100, 800
# the figures on the bars of more series would overlap
_MOST_LABELLED = 3


@dataclass(frozen=True, slots=True)
class Cells:
    """A range as a formula names it, and what its cells hold now (None: blank)."""

    spot: str
    values: Sequence[Any]


def native_chart(kind: str, title: str, heads: Cells, series: Sequence[tuple[str, Cells]]) -> BarChart | LineChart:
    """A `line`, `bar` or `stacked` chart; a line of single points is drawn as bars, and a blank cell is a gap."""
    lone = all(sum(value is not None for value in cells.values) < 2 for _, cells in series)
    made: BarChart | LineChart = LineChart() if kind == "line" and not lone else BarChart()
    made.title = _title(title)
    made.style = 2
    made.display_blanks = "gap"
    for number, (name, cells) in enumerate(series):
        one = _series(number, name, cells, heads)
        _colour(one, _COLOURS[number % len(_COLOURS)], line=isinstance(made, LineChart))
        made.series.append(one)
    whole = all(isinstance(value, int | None) for _, cells in series for value in cells.values)
    _axes(made, whole=whole)
    if isinstance(made, BarChart):
        made.gapWidth = 60
        if kind == "stacked":
            made.grouping, made.overlap = "stacked", 100
        if len(series) <= _MOST_LABELLED:
            made.dataLabels = DataLabelList(
                showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
            )
            made.dataLabels.txPr = _text(_TEXT)
    if len(series) == 1:
        made.legend = None
    else:
        made.legend = Legend(legendPos="b", txPr=_text(_TEXT))
    return made


def _axes(made: BarChart | LineChart, *, whole: bool) -> None:
    # without this, programs hide both axes of a chart that openpyxl made
    made.x_axis.delete = made.y_axis.delete = False
    made.y_axis.number_format = "#,##0" if whole else "#,##0.0"
    made.y_axis.scaling.min = 0
    made.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=_GRID)))
    for axis in (made.x_axis, made.y_axis):
        axis.txPr = _text(_TEXT)


def _title(text: str) -> Title:
    look = CharacterProperties(sz=_TITLE, b=True)
    run = RegularTextRun(rPr=look, t=clean_text(text))
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[run])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)


def _text(size: int) -> RichText:
    look = CharacterProperties(sz=size)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)])


def _series(number: int, name: str, cells: Cells, heads: Cells) -> Series:
    """One series with the values as they are now, for programs that do not read the cells."""
    made = Series(idx=number, order=number, tx=SeriesLabel(v=clean_text(name)))
    points = [NumVal(idx=n, v=str(value)) for n, value in enumerate(cells.values) if value is not None]
    whole = all(isinstance(value, int | None) for value in cells.values)
    numbers = NumData(formatCode="#,##0" if whole else "#,##0.00", ptCount=len(cells.values), pt=points)
    made.val = NumDataSource(numRef=NumRef(f=cells.spot, numCache=numbers))
    texts = [StrVal(idx=n, v=clean_text(str(value))) for n, value in enumerate(heads.values)]
    made.cat = AxDataSource(strRef=StrRef(f=heads.spot, strCache=StrData(ptCount=len(texts), pt=texts)))
    return made


def _colour(series: Series, colour: str, *, line: bool) -> None:
    series.graphicalProperties = GraphicalProperties(solidFill=colour)
    if line:
        series.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=colour, w=22_000))
        look = GraphicalProperties(solidFill=colour, ln=LineProperties(solidFill=colour))
        series.marker = Marker(symbol="circle", size=6, spPr=look)
        series.smooth = False
