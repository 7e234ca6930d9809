"""Text and markdown with markup left in it → Document: tables as a page has them, the rest line by line.

Converters leave tables as markup between plain lines, and breaks or spaces as tags and entities inside them. What is
between the tables is read as the text that it is; places are lines of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from govinfo.place import Place
from govinfo.readers.caps import MAX_CELLS, capped, too_many_cells
from govinfo.readers.charset import decode_text
from govinfo.readers.document import Cell, Document
from govinfo.readers.markup import tables_in
from govinfo.readers.plain.text import in_file, read_lines, text_cells, without_text
from govinfo.readers.web.grid import Allowance, GridRow, shown_pieces, text_of
from govinfo.readers.web.page import read_page
from govinfo.readers.web.parts import TooManyCellsError

# tags that stand in lines of text, and entities; in markdown an address in angle brackets is none of them
_MARKUP = re.compile(
    r"</?(?:a|b|body|blockquote|br|center|div|em|font|h[1-6]|html|i|img|li|o:p|ol|p|small|span|strong|sub|sup|u|ul)"
    r"(?:\s[^<>]*)?/?>|&(?:nbsp|lt|gt|amp|quot|ensp|emsp|thinsp|mdash|middot|ldquo|rdquo|#\d{1,7}|#x[0-9a-f]{1,6});",
    re.IGNORECASE,
)
# a line's end within a cell of a line that is read by itself
_BREAK = "\n"


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines of the file from the `line`-th on, from 1: plain ones, or the markup of a table."""

    line: int
    text: str
    table: bool


def read_marked_text(data: bytes, source: str, format: str = "txt") -> Document:
    """The document in the bytes of a text or markdown file that has markup in it.

    Parameters
    ----------
    data : the file's bytes, in any encoding that `decode_text` knows.
    source : the file's name as locators show it.

    Raises
    ------
    UnreadableFileError
        `empty` where there is no text; `unreadable` where the bytes are in no known encoding; `too_large` where it
        has more cells, merged ones counted in, than any report.
    """
    lines, numbers = read_lines(decode_text(data, source))
    try:
        cells = tuple(in_file(capped(_cells("\n".join(lines), source), source), numbers))
    except TooManyCellsError as error:
        raise too_many_cells(source) from error
    if not any(cell.text for cell in cells):
        raise without_text(source)
    return Document(source, format, cells)


def _cells(text: str, source: str) -> Iterator[Cell]:
    """The cells of all pieces; rows are numbered on from one piece to the next."""
    covered = Allowance(MAX_CELLS)
    rows = 0
    for piece in _pieces(text):
        read = _table_cells(piece, source, covered) if piece.table else _line_cells(piece, source)
        last = -1
        for cell in read:
            row = cell.row
            last = last if row is None else max(last, row)
            yield cell if row is None or not rows else replace(cell, row=row + rows)
        rows += last + 1


def _pieces(text: str) -> Iterator[_Piece]:
    """The text cut at the tables in it."""
    start, line = 0, 1
    for begin, end in tables_in(text):
        for stop, table in ((begin, False), (end, True)):
            part = text[start:stop]
            if part.strip():
                yield _Piece(line, part, table)
            line += part.count("\n")
            start = stop
    if text[start:].strip():
        yield _Piece(line, text[start:], False)


def _line_cells(piece: _Piece, source: str) -> Iterator[Cell]:
    """The cells of plain lines, without the tags and entities in them."""
    for cell in text_cells(piece.text.split("\n"), source):
        if piece.line > 1:
            cell = replace(cell, place=Place(source, line=(cell.place.line or 1) + piece.line - 1))
        if _MARKUP.search(cell.text) is None:
            yield cell
            continue
        shown = [part for part in read_page(cell.text).pieces if isinstance(part, str)]
        if cell.row is None:
            yield from (replace(cell, text=part) for part in shown)
        else:
            yield replace(cell, text=_BREAK.join(shown))


def _table_cells(piece: _Piece, source: str, covered: Allowance) -> Iterator[Cell]:
    """The cells of a table's markup, each on the line of its tag; text in it that is no cell's, on its first line."""
    own = piece.text[:6].lower() == "<table"
    page = read_page(piece.text if own else f"<table>{piece.text}")
    rows = 0
    for part in shown_pieces(page.pieces, covered):
        if not isinstance(part, GridRow):
            yield Cell(part, Place(source, line=piece.line))
            continue
        row_line = part.line or min((cell.line for _, cell in part.cells if cell is not None), default=1)
        for column, cell in part.cells:
            line = piece.line + max(row_line if cell is None else cell.line, 1) - 1
            if cell is None:
                yield Cell("", Place(source, line=line), rows, column, covered=True)
            else:
                yield Cell(text_of(cell), Place(source, line=line), rows, column)
        rows += 1
