"""Web pages → Document: the report of a page with all that stands around it, tables as grids.

Everything that a page shows is given, in the order of its markup; what it hides is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from govinfo.errors import UnreadableFileError
from govinfo.place import Place
from govinfo.readers.caps import MAX_CELLS, capped, too_many_cells
from govinfo.readers.charset import decode_text
from govinfo.readers.document import Cell, Document
from govinfo.readers.web.grid import Allowance, GridRow, shown_pieces, text_of
from govinfo.readers.web.page import read_page
from govinfo.readers.web.parts import Page, TooManyCellsError

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w\-]+)""", re.IGNORECASE)
_HEAD = 4096
# markup that a page shows as text: of a form's field, or escaped once or twice too often
_SHOWN_MARKUP = re.compile(r"<td[\s>]", re.IGNORECASE)
_MOST_ESCAPED = 3


def read_html(data: bytes, source: str, format: str = "html") -> Document:
    """The document in the bytes of a web page.

    Parameters
    ----------
    data : the page, in any encoding that `decode_text` knows.
    source : the file's name as locators show it.

    Raises
    ------
    UnreadableFileError
        `empty` where the page shows no text; `unreadable` where the bytes are in no known encoding;
        `too_large` where it has more cells, merged ones counted in, than any report.
    """
    return document_of([decode_text(data, source, declared_charset(data))], source, format)


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page names in its head, whether it is true or not."""
    declared = _DECLARED.search(data[:_HEAD])
    return declared.group(1).decode("ascii", errors="replace") if declared else None


def document_of(markups: Sequence[str], source: str, format: str) -> Document:
    """The document in one page, or in several that belong together.

    Raises
    ------
    UnreadableFileError
        As `read_html` says.
    """
    try:
        pages = [_read_shown(markup) for markup in markups]
        cells = tuple(capped(_cells(pages, source), source))
    except TooManyCellsError as error:
        raise too_many_cells(source) from error
    if not any(cell.text for cell in cells):
        raise UnreadableFileError(
            "empty",
            f"{source}\n  found     a page that shows no text\n  expected  the text of a report\n"
            "  to do     open the page in a browser and save what it shows",
        )
    title = next((page.title for page in pages if page.title), None)
    return Document(source, format, cells, title)


def _read_shown(markup: str) -> Page:
    """The page, or the one whose markup it shows as its text."""
    page = read_page(markup)
    for _ in range(_MOST_ESCAPED):
        lines = [piece for piece in page.pieces if isinstance(piece, str)]
        if len(lines) < len(page.pieces) or not any(map(_SHOWN_MARKUP.search, lines)):
            break
        page = replace(read_page("\n".join(lines)), title=page.title)
    return page


def _cells(pages: Sequence[Page], source: str) -> Iterator[Cell]:
    paragraphs = rows = tables = 0
    covered = Allowance(MAX_CELLS)
    for page in pages:
        for piece in shown_pieces(page.pieces, covered):
            if isinstance(piece, GridRow):
                yield from _row(piece, source, rows, tables)
                rows += 1
            else:
                paragraphs += 1
                yield Cell(piece, Place(source, row=paragraphs))
        tables += page.tables


def _row(row: GridRow, source: str, number: int, tables: int) -> Iterator[Cell]:
    """The cells of one row; `tables` stand on the pages before."""
    table, line = row.table + tables, row.row
    for column, cell in row.cells:
        place = Place(source, None, None, table, line, column + 1)
        if cell is None:
            yield Cell("", place, number, column, covered=True)
        else:
            yield Cell(text_of(cell), place, number, column)
