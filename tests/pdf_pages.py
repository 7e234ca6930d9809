"""Made-up reports drawn as PDF pages, in the ways that offices' programs draw them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from govinfo.charts.style import font_file
from govinfo.definitions.form import Form, FormTable
from govinfo.definitions.sheet import SheetCell, SheetRow, Texts, sheet, spans

FONT = "Drawn"
TITLE = "测试镇2022年政府信息公开工作年度报告"
OVERVIEW = "本镇认真做好政府信息公开工作，全年通过网站公开信息若干条，收到的申请都按时答复。"
_LABELS = {0: (), 1: (150.0,), 2: (240.0, 40.0), 3: (34.0, 52.0, 110.0)}
_LEFT, _TOP, _BOTTOM, _WIDTH = 50.0, 60.0, 60.0, 495.0

Put = Callable[[Canvas, float, float, str, float], None]


def whole(canvas: Canvas, x: float, y: float, text: str, size: float) -> None:
    canvas.setFont(FONT, size)
    canvas.drawString(x, y, text)


def one_by_one(canvas: Canvas, x: float, y: float, text: str, size: float) -> None:
    """Every character a text of its own."""
    canvas.setFont(FONT, size)
    for char in text:
        canvas.drawString(x, y, char)
        x += pdfmetrics.stringWidth(char, FONT, size)


def spaced(canvas: Canvas, x: float, y: float, text: str, size: float) -> None:
    """With space between the letters."""
    canvas.setFont(FONT, size)
    canvas.drawString(x, y, text, charSpace=0.12 * size)


def bold(canvas: Canvas, x: float, y: float, text: str, size: float) -> None:
    """Drawn again a little to the right, as programs without a bold font do."""
    whole(canvas, x, y, text, size)
    canvas.drawString(x + 0.3, y, text)


def backwards(canvas: Canvas, x: float, y: float, text: str, size: float) -> None:
    """The last character drawn first."""
    canvas.setFont(FONT, size)
    for at in range(len(text) - 1, -1, -1):
        canvas.drawString(x + pdfmetrics.stringWidth(text[:at], FONT, size), y, text[at])


@dataclass(frozen=True)
class Look:
    """How a report is drawn.

    `rules`: `grid`, `none`, `across`, `down`, `three`, `dashed`, `dotted`, `double`, `boxes` (thin filled ones) or
    `cells` (a rectangle for each cell). `size` and `leading` are those of the tables' text, `padding` the space over
    and under it; `align` is `middle` or `top`. `rows` is how many rows a page takes, `under` a line printed
    under every table. `cut`: digits that find no room in their cell go on in its next line.
    """

    rules: str = "grid"
    put: Put = whole
    size: float = 9.0
    leading: float = 12.0
    padding: float = 4.0
    align: str = "middle"
    rows: int = 18
    change: Mapping[str, str] = field(default_factory=dict)
    zebra: bool = False
    frame: bool = False
    watermark: str | None = None
    mark: str = "- {page} -"
    head: str | None = None
    mark_at: float | None = None
    turned: bool = False
    repeat: bool = False
    under: str = ""
    cut: bool = False


@dataclass
class _Pen:
    canvas: Canvas
    look: Look
    y: float = 0.0
    page: int = 0


def register_font() -> None:
    """Make the font known; once is enough."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FONT, str(font_file())))


def drawn(form: Form, texts: Mapping[str, Texts], look: Look) -> bytes:
    """The bytes of a PDF: a title, a paragraph, and each table under its heading."""
    register_font()
    buffer = BytesIO()
    pen = _Pen(Canvas(buffer, pagesize=A4, invariant=1), look)
    _new_page(pen)
    _line(pen, TITLE, 16, middle=True)
    _line(pen, "一、总体情况", 13)
    for start in range(0, len(OVERVIEW), 44):
        _line(pen, OVERVIEW[start : start + 44], 10.5)
    for number, table in enumerate(form.tables):
        _line(pen, f"{'二三四五'[number]}、{table.title.split('、', 1)[-1]}", 13)
        _table(pen, table, texts[table.name])
        if look.under:
            _line(pen, look.under, look.size)
    pen.canvas.save()
    return buffer.getvalue()


def _new_page(pen: _Pen) -> None:
    if pen.page:
        pen.canvas.showPage()
    pen.page += 1
    canvas, look = pen.canvas, pen.look
    width, height = A4
    if look.turned:
        canvas.setPageRotation(90)
        canvas.translate(width, 0)
        canvas.rotate(90)
        canvas.scale(width / height, width / height)
    pen.y = height - _TOP
    if look.frame:
        canvas.rect(30, 30, width - 60, height - 60)
    if look.watermark:
        canvas.saveState()
        canvas.setFillGray(0.85)
        canvas.translate(width / 2, height / 2)
        canvas.rotate(45)
        canvas.setFont(FONT, 60)
        canvas.drawCentredString(0, 0, look.watermark)
        canvas.restoreState()
    if look.head:
        whole(canvas, _LEFT, height - 40, look.head, 9)
    if look.mark:
        whole(canvas, width / 2 - 10, look.mark_at or 40, look.mark.format(page=pen.page), 9)


def _line(pen: _Pen, text: str, size: float, middle: bool = False) -> None:
    if pen.y < _BOTTOM + 60:
        _new_page(pen)
    pen.y -= size * 1.6
    x = (A4[0] - pdfmetrics.stringWidth(text, FONT, size)) / 2 if middle else _LEFT
    whole(pen.canvas, x, pen.y, text, size)
    pen.y -= size * 0.4


def _table(pen: _Pen, table: FormTable, texts: Texts) -> None:
    rows = list(sheet(table, texts))
    heads = [row for row in rows if row.head] if pen.look.repeat else []
    parts = [rows[start : start + pen.look.rows] for start in range(0, len(rows), pen.look.rows)]
    for number, part in enumerate(parts):
        if number:
            first = part[0]
            cells = tuple(SheetCell() if cell.merged == "above" else cell for cell in first.cells)
            part = [*heads, SheetRow(cells, first.line, first.first), *part[1:]]
        if number or pen.y - sum(_heights(part, pen.look)) < _BOTTOM:
            _new_page(pen)
        _part(pen, part)
    pen.y -= 10


def _widths(rows: list[SheetRow]) -> list[float]:
    labels = _LABELS[max(row.first for row in rows)]
    columns = len(rows[0].cells) - len(labels)
    return [*labels, *[(_WIDTH - sum(labels)) / columns] * columns]


def _shown(text: str, look: Look) -> str:
    return "".join(look.change.get(char, char) for char in text)


def _wrapped(text: str, width: float, look: Look) -> list[str]:
    lines = [""]
    for char in text:
        full = pdfmetrics.stringWidth(lines[-1] + char, FONT, look.size) > width - 4
        if lines[-1] and full and (look.cut or not char.isdigit()):
            lines.append("")
        lines[-1] += char
    return lines


def _heights(rows: list[SheetRow], look: Look) -> list[float]:
    widths = _widths(rows)
    heights = [look.leading + 2 * look.padding] * len(rows)
    for span in sorted(spans(rows), key=lambda span: span.rows):
        width = sum(widths[span.column : span.column + span.columns])
        needed = len(_wrapped(_shown(span.text, look), width, look)) * look.leading + 2 * look.padding
        have = sum(heights[span.row : span.row + span.rows])
        heights[span.row + span.rows - 1] += max(0.0, needed - have)
    return heights


def _part(pen: _Pen, rows: list[SheetRow]) -> None:
    look, canvas = pen.look, pen.canvas
    widths, heights = _widths(rows), _heights(rows, look)
    xs = [_LEFT + sum(widths[:column]) for column in range(len(widths) + 1)]
    ys = [pen.y - sum(heights[:row]) for row in range(len(rows) + 1)]
    boxes = [
        (xs[span.column], ys[span.row + span.rows], xs[span.column + span.columns], ys[span.row], span.text)
        for span in spans(rows)
    ]
    if look.zebra:
        canvas.setFillGray(0.9)
        for row in range(0, len(rows), 2):
            canvas.rect(xs[0], ys[row + 1], xs[-1] - xs[0], heights[row], stroke=0, fill=1)
        canvas.setFillGray(0)
    head = next(row for row in range(len(rows)) if rows[row].line is not None)
    for x0, y0, x1, y1 in set(_strokes(look.rules, boxes, xs, ys, head)):
        _stroke(canvas, look.rules, x0, y0, x1, y1)
    for x0, y0, x1, y1, text in boxes:
        lines = _wrapped(_shown(text, look), x1 - x0, look)
        space = (y1 - y0 - len(lines) * look.leading) / 2 if look.align == "middle" else look.padding
        for at, line in enumerate(lines):
            y = y1 - space - at * look.leading - look.size
            x = (x0 + x1 - pdfmetrics.stringWidth(line, FONT, look.size)) / 2
            centred = len(text) < 5 and (text.isdecimal() or text == "/")
            look.put(canvas, x if centred else x0 + 2, y, line, look.size)
    pen.y = ys[-1]


Stroke = tuple[float, float, float, float]


def _strokes(
    rules: str, boxes: list[tuple[float, float, float, float, str]], xs: list[float], ys: list[float], head: int
) -> Iterator[Stroke]:
    if rules == "three":
        for y in (ys[0], ys[head], ys[-1]):
            yield xs[0], y, xs[-1], y
        return
    for x0, y0, x1, y1, _ in boxes:
        if rules not in ("none", "down"):
            yield x0, y0, x1, y0
            yield x0, y1, x1, y1
        if rules not in ("none", "across"):
            yield x0, y0, x0, y1
            yield x1, y0, x1, y1


def _stroke(canvas: Canvas, rules: str, x0: float, y0: float, x1: float, y1: float) -> None:
    if rules == "boxes":
        canvas.rect(x0 - 0.25, y0 - 0.25, x1 - x0 + 0.5, y1 - y0 + 0.5, stroke=0, fill=1)
        return
    canvas.setLineWidth(0.5)
    canvas.setDash({"dashed": [3, 2], "dotted": [0.5, 1.5]}.get(rules, []))
    canvas.line(x0, y0, x1, y1)
    if rules == "double":
        shift = (0.0, 1.5) if y0 == y1 else (1.5, 0.0)
        canvas.line(x0 + shift[0], y0 + shift[1], x1 + shift[0], y1 + shift[1])
    canvas.setDash([])
