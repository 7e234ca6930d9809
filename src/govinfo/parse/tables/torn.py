"""Rows that the end of a page cut in two, put together again where the form's labels tell that they are one row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from govinfo.parse.tables.figures import is_figure
from govinfo.parse.tables.vocabulary import Vocabulary
from govinfo.readers.document import Cell, Document

Row = tuple[Cell, ...]


def mend_torn(document: Document, known: Vocabulary) -> Document:
    """The document with every row made whole whose label is cut in two.

    Of two rows on two sides of a page's end, or of a text that shows no pages, at most one has figures, and in
    every column where both print words these join to a label, one at least to a label that no half prints alone.
    Heads that are printed again on the next page are passed over. The parts keep their places.
    """
    rows = _rows(document.cells)
    order = sorted(rows)
    figured = {number for number, row in rows.items() if _figures(row)}
    whole: dict[int, Row] = {}
    gone: set[int] = set()
    for at, number in enumerate(order[:-1]):
        if number in gone:
            continue
        other = _next_row(rows, order, at)
        if other is None or (number in figured and other in figured):
            continue
        mended = _joined(rows[number], rows[other], known)
        if mended is not None:
            whole[number] = mended
            gone.add(other)
    return replace(document, cells=tuple(_mended(document.cells, whole, gone))) if whole else document


def _rows(cells: Sequence[Cell]) -> dict[int, Row]:
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        if cell.row is not None and cell.column is not None:
            rows.setdefault(cell.row, []).append(cell)
    return {number: tuple(row) for number, row in rows.items()}


def _next_row(rows: Mapping[int, Row], order: Sequence[int], at: int) -> int | None:
    """The row that may hold the rest of one: the next, where a page may end between them."""
    place = rows[order[at]][0].place
    following = rows[order[at + 1]][0].place
    if place.page is None:
        return order[at + 1] if place.line is not None else None
    if following.page != place.page + 1:
        return None
    printed = {_texts(rows[number]) for number in order[: at + 1]}
    for number in order[at + 1 :]:
        row = rows[number]
        if row[0].place.page != following.page:
            break
        if _figures(row) or _texts(row) not in printed:
            return number
    return None


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row if cell.text)


def _figures(row: Row) -> bool:
    return any(cell.text and is_figure(cell.text) for cell in row)


def _joined(above: Row, below: Row, known: Vocabulary) -> Row | None:
    """Both halves, at most one with figures, as one row; None where they are two rows."""
    # the first columns may be missing on one side, the columns of figures are not
    shift = _width(above) - _width(below)
    rest = {(cell.column or 0) + shift: cell for cell in below}
    found: list[Cell] = []
    torn = False
    for cell in above:
        other = rest.pop(cell.column or 0, None)
        if other is None or not other.text:
            found.append(cell)
        elif not cell.text:
            found.append(replace(other, row=cell.row, column=cell.column))
        elif is_figure(cell.text) or is_figure(other.text):
            return None
        else:
            if not known.has(cell.text + other.text):
                return None
            found.append(replace(cell, text=cell.text + other.text, ocr=cell.ocr or other.ocr))
            torn |= _is_torn(cell.text, other.text, known)
    if not torn or any(cell.text for cell in rest.values()):
        return None
    return tuple(found)


def _width(row: Row) -> int:
    return max((cell.column or 0) for cell in row)


def _is_torn(text: str, rest: str, known: Vocabulary) -> bool:
    """Whether two texts print a label together that neither prints alone."""
    for index in known.indices:
        joined = index.find(text + rest)
        if joined and joined not in (index.find(text), index.find(rest)):
            return True
    return False


def _mended(cells: Sequence[Cell], whole: Mapping[int, Row], gone: set[int]) -> Iterator[Cell]:
    given: set[int] = set()
    for cell in cells:
        if cell.row is None or cell.column is None:
            yield cell
        elif cell.row in whole:
            if cell.row not in given:
                given.add(cell.row)
                yield from whole[cell.row]
        elif cell.row not in gone:
            yield cell
