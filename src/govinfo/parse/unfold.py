"""Cells that hold a whole row, or a whole table, run together: taken apart at labels and figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govinfo.parse.figures import is_figure
from govinfo.parse.labels import LabelIndex
from govinfo.readers.document import Cell, Document

_MAX_PIECES = 8


def unfold(document: Document, indices: Sequence[LabelIndex]) -> Document:
    """The document with every cell taken apart that is made of labels and figures set apart by spaces only.

    A cell of prose stays whole, and so does a cell of a row that shows its columns: there a space may stand
    inside a number.
    """
    cells: list[Cell] = []
    for cell in document.cells:
        pieces = _pieces(cell.text, indices) if cell.row is None and " " in cell.text.strip() else None
        if pieces is None:
            cells.append(cell)
        else:
            cells.extend(Cell(piece, cell.place) for piece in pieces)
    return Document(document.source, document.format, tuple(cells))


def _pieces(text: str, indices: Sequence[LabelIndex]) -> list[str] | None:
    """The labels and figures that make up `text`; None where it holds anything else, or only one of them."""
    words = text.split()
    if not any(index.find(words[0]) or index.may_go_on(words[0]) for index in indices) and not is_figure(words[0]):
        return None
    pieces = list(_parse(words, indices))
    if len(pieces) < 2 or any(piece is None for piece in pieces):
        return None
    whole = [piece for piece in pieces if piece is not None]
    if all(is_figure(piece) for piece in whole) and (len(whole) < 3 or _is_one_number(words)):
        return None
    return whole


def _parse(words: Sequence[str], indices: Sequence[LabelIndex]) -> Iterator[str | None]:
    position = 0
    while position < len(words):
        for count in range(min(_MAX_PIECES, len(words) - position), 0, -1):
            joined = "".join(words[position : position + count])
            if any(index.find(joined) for index in indices):
                yield joined
                position += count
                break
        else:
            yield words[position] if is_figure(words[position]) else None
            position += 1


def _is_one_number(words: Sequence[str]) -> bool:
    """Whether the words are the groups of three digits of one number (1 234 567)."""
    return len(words[0]) <= 3 and words[0] != "0" and all(len(word) == 3 and word.isdigit() for word in words[1:])
