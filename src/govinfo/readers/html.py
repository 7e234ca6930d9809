"""Web pages → Document: the report of a page with all that stands around it, tables as grids.

Everything that a page shows is given, in the order of its markup; what it hides is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govinfo.errors import UnreadableFileError
from govinfo.place import Place
from govinfo.readers.charset import decode_text
from govinfo.readers.document import Cell, Document
from govinfo.readers.html_grid import Allowance, GridRow, TooManyCellsError, pieces_of
from govinfo.readers.html_page import Page, Table, read_page

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w\-]+)""", re.IGNORECASE)
_HEAD = 4096
# a page of a report has some hundreds
_MOST_COVERED = 300_000


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
        `too_large` where merged cells make a table larger than any report.
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
    pages = [read_page(markup) for markup in markups]
    try:
        cells = tuple(_cells(pages, source))
    except TooManyCellsError as error:
        raise UnreadableFileError(
            "too_large",
            f"{source}\n  found     merged cells that cover more than {_MOST_COVERED:,} places\n"
            "  expected  a page with a report, whose tables have some hundreds of cells\n"
            "  to do     look at the page; save the report in it by itself",
        ) from error
    if not any(cell.text for cell in cells):
        raise UnreadableFileError(
            "empty",
            f"{source}\n  found     a page that shows no text\n  expected  the text of a report\n"
            "  to do     open the page in a browser and save what it shows",
        )
    title = next((page.title for page in pages if page.title), None)
    return Document(source, format, cells, title)


def _cells(pages: Sequence[Page], source: str) -> Iterator[Cell]:
    paragraphs = rows = tables = 0
    covered = Allowance(_MOST_COVERED)
    for page in pages:
        # tables stand in cells of tables as deep as a page likes, so no function calls itself for them
        stack: list[Iterator[str | Table | GridRow]] = [iter(page.pieces)]
        while stack:
            for piece in stack[-1]:
                if type(piece) is str:
                    paragraphs += 1
                    yield Cell(piece, Place(source, row=paragraphs))
                elif type(piece) is GridRow:
                    yield from _row(piece, source, rows, tables)
                    rows += 1
                elif type(piece) is Table:
                    stack.append(pieces_of(piece, covered))
                    break
            else:
                stack.pop()
        tables += page.tables


def _row(row: GridRow, source: str, number: int, tables: int) -> Iterator[Cell]:
    """The cells of one row; `tables` stand on the pages before."""
    table, line = row.table + tables, row.row
    for column, text in row.cells:
        place = Place(source, None, None, table, line, column + 1)
        if text is None:
            yield Cell("", place, number, column, covered=True)
        else:
            yield Cell(text, place, number, column)
