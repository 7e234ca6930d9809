"""A made-up report as a PDF: ruled and unruled tables, cut where a page ends, with page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from io import BytesIO
from random import Random
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from govinfo.charts.style import font_file
from govinfo.definitions.demo import made_up
from govinfo.definitions.sheet import SheetCell, SheetRow, sheet, spans
from govinfo.demo.paper import Paper, Part, parts

PDF_LAYOUTS = ("ruled", "unruled", "heads again")
_FONT = "NotoSansSC"
_WIDTH = A4[0] - 40 * mm
# the widths of the columns of labels, of two and of one of them
_LABELS = {0: (), 1: (0.3,), 2: (0.55, 0.1), 3: (0.07, 0.12, 0.23)}
_TEXT = {"fontName": _FONT, "fontSize": 10.5, "leading": 17, "wordWrap": "CJK"}
_LONG = 14


def print_pdf(paper: Paper, layout: str, random: Random) -> bytes:
    """The bytes of a PDF in one of PDF_LAYOUTS."""
    _register_font()
    buffer = BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        title="".join(paper.title),
        author=made_up("note"),
        invariant=1,
    )
    mark = made_up("pages")[random.choice(("mark", "number"))]

    def number_page(canvas: Any, frame: Any) -> None:
        canvas.setFont(_FONT, 9)
        canvas.drawCentredString(A4[0] / 2, 12 * mm, mark.format(page=canvas.getPageNumber()))

    story: list[Any] = []
    for part in parts(paper):
        story += _flowables(paper, part, layout, random)
    document.build(story, onFirstPage=number_page, onLaterPages=number_page)
    return buffer.getvalue()


@lru_cache(maxsize=1)
def _register_font() -> None:
    pdfmetrics.registerFont(TTFont(_FONT, str(font_file())))


@lru_cache(maxsize=8)
def _style(kind: str) -> ParagraphStyle:
    more: dict[str, dict[str, Any]] = {
        "title": {"fontSize": 16, "leading": 24, "alignment": 1, "spaceAfter": 6},
        "heading": {"fontSize": 12, "spaceBefore": 6, "spaceAfter": 4},
        "text": {"firstLineIndent": 21},
        "cell": {"fontSize": 8, "leading": 10, "alignment": 1},
    }
    return ParagraphStyle(kind, **{**_TEXT, **more[kind]})


def _flowables(paper: Paper, part: Part, layout: str, random: Random) -> list[Any]:
    if part.kind != "table":
        return [Paragraph(escape(part.text), _style(part.kind))]
    dressed = paper.tables[part.text]
    rows = sheet(dressed.table, dressed.texts)
    figured = [position for position, row in enumerate(rows) if row.line is not None]
    if len(figured) < _LONG:
        return [_table(rows, layout), Spacer(1, 8)]
    cut = random.choice(figured[len(figured) // 3 : -2])
    heads = [row for row in rows if row.head] if layout == "heads again" else []
    below = [*heads, *_cut_off(rows[cut:])]
    return [_table(rows[:cut], layout), PageBreak(), _table(below, layout), Spacer(1, 8)]


def _cut_off(rows: Sequence[SheetRow]) -> list[SheetRow]:
    """The rows below the end of a page: what was merged with cells above it begins as an empty cell."""
    first, *rest = rows
    cells = tuple(SheetCell() if cell.merged == "above" else cell for cell in first.cells)
    return [SheetRow(cells, first.line, first.first), *rest]


def _table(rows: Sequence[SheetRow], layout: str) -> Table:
    width = len(rows[0].cells)
    data: list[list[Any]] = [[""] * width for _ in rows]
    style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("PADDING", (0, 0), (-1, -1), 2)]
    if layout != "unruled":
        style.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
    for span in spans(rows):
        figure = rows[span.row].line is not None and span.column >= rows[span.row].first
        data[span.row][span.column] = Paragraph(escape(span.text), _style("cell")) if span.text else ""
        end = (span.column + span.columns - 1, span.row + span.rows - 1)
        if not figure or span.columns > 1:
            style.append(("SPAN", (span.column, span.row), end))
    table = Table(data, colWidths=_widths(rows, width))
    table.setStyle(style)
    return table


def _widths(rows: Sequence[SheetRow], width: int) -> list[float]:
    labels = _LABELS[max(row.first for row in rows)]
    rest = (1 - sum(labels)) / (width - len(labels))
    return [share * _WIDTH for share in (*labels, *[rest] * (width - len(labels)))]
