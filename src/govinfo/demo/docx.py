"""A made-up report as a Word file: merged cells, tables in tables, headings that are only bold, tracked changes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from io import BytesIO
from random import Random

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from govinfo.definitions.sheet import SheetRow, sheet, spans
from govinfo.demo.paper import Paper, Part, parts
from govinfo.workbook.package import timeless

DOCX_LAYOUTS = ("merged", "bold", "nested", "tracked")
_NAMES = nsdecls("w")
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_AUTHOR = 'w:id="{number}" w:author="govinfo" w:date="2020-01-01T00:00:00Z"'
_STYLES = {"title": "Title", "heading": "Heading1"}
# the width of a page's text in twentieths of a point
_WIDTH = 8640


def print_docx(paper: Paper, layout: str, random: Random) -> bytes:
    """The bytes of a Word file in one of DOCX_LAYOUTS."""
    document = docx.Document(BytesIO(_template()))
    body = document.element.body
    end = body.sectPr
    for part in parts(paper):
        for element in _elements(paper, part, layout, random):
            end.addprevious(parse_xml(element))
    buffer = BytesIO()
    document.save(buffer)
    return timeless(buffer.getvalue())


@lru_cache(maxsize=1)
def _template() -> bytes:
    buffer = BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


def _elements(paper: Paper, part: Part, layout: str, random: Random) -> list[str]:
    if part.kind != "table":
        return [_paragraph(part, layout)]
    dressed = paper.tables[part.text]
    table = _table(sheet(dressed.table, dressed.texts), layout, random)
    if layout == "nested":
        cell = f'<w:tc><w:tcPr><w:tcW w:w="{_WIDTH}" w:type="dxa"/></w:tcPr>{table}<w:p/></w:tc>'
        grid = f'<w:tblGrid><w:gridCol w:w="{_WIDTH}"/></w:tblGrid>'
        table = f'<w:tbl><w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/></w:tblPr>{grid}<w:tr>{cell}</w:tr></w:tbl>'
    # two tables that touch would be one: a paragraph stands between
    return [table.replace("<w:tbl>", f"<w:tbl {_NAMES}>", 1), f"<w:p {_NAMES}/>"]


def _paragraph(part: Part, layout: str) -> str:
    style = (
        "" if layout == "bold" or part.kind == "text" else f'<w:pPr><w:pStyle w:val="{_STYLES[part.kind]}"/></w:pPr>'
    )
    bold = "<w:rPr><w:b/></w:rPr>" if layout == "bold" and part.kind != "text" else ""
    half = len(part.text) // 2
    runs = "".join(
        f'<w:r>{bold}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        for text in (part.text[:half], part.text[half:])
    )
    return f"<w:p {_NAMES}>{style}{runs}</w:p>"


def _table(rows: Sequence[SheetRow], layout: str, random: Random) -> str:
    """A table with gridSpan and vMerge."""
    width = max(len(row.cells) for row in rows)
    each = _WIDTH // width
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for _ in range(width))
    cells: list[list[tuple[int, str]]] = [[] for _ in rows]
    for span in spans(rows):
        for down in range(span.rows):
            size = f'<w:tcW w:w="{each * span.columns}" w:type="dxa"/>'
            size += f'<w:gridSpan w:val="{span.columns}"/>' if span.columns > 1 else ""
            if span.rows > 1:
                size += "<w:vMerge/>" if down else '<w:vMerge w:val="restart"/>'
            figure = rows[span.row].line is not None and span.column >= rows[span.row].first
            text = "" if down else _runs(span.text, layout == "tracked" and figure, random)
            cell = f"<w:tc><w:tcPr>{size}</w:tcPr><w:p>{text}</w:p></w:tc>"
            cells[span.row + down].append((span.column, cell))
    lines = "".join("<w:tr>" + "".join(cell for _, cell in sorted(row)) + "</w:tr>" for row in cells)
    properties = f'<w:tblPr><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>'
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


def _runs(text: str, tracked: bool, random: Random) -> str:
    """The runs of a cell; in some, another figure was struck out and this one put in its place."""
    if not text:
        return ""
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    if not tracked or random.random() > 0.1:
        return run
    who = _AUTHOR.format(number=random.randint(1, 10**6))
    gone = f"<w:del {who}><w:r><w:delText>{random.randint(1, 99)}</w:delText></w:r></w:del>"
    return f"{gone}<w:ins {who}>{run}</w:ins>"
