"""How many cells a document may have before it is no report."""

from __future__ import annotations

from collections.abc import Iterator

from govinfo.errors import UnreadableFileError
from govinfo.readers.archive import too_large
from govinfo.readers.document import Cell

# a report has some hundreds, the page around it some thousands
MAX_CELLS = 200_000


def capped(cells: Iterator[Cell], source: str) -> Iterator[Cell]:
    """The same cells, one after the other.

    Raises
    ------
    UnreadableFileError
        `too_large` where there are more than `MAX_CELLS`.
    """
    for number, cell in enumerate(cells):
        if number >= MAX_CELLS:
            raise too_many_cells(source)
        yield cell


def too_many_cells(source: str) -> UnreadableFileError:
    """The error for a document with more cells than any report has."""
    return too_large(source, f"more than {MAX_CELLS:,} cells and lines", "a report, which has some hundreds")
