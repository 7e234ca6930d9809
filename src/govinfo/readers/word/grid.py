"""The grid of a Word table: which cell takes which columns, and which are covered by merged ones."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from govinfo.readers.word.looks import OFF, W
from govinfo.readers.word.runs import ALTERNATIVES, TABLE, WRAPPERS, chosen

# No program shows more columns; a larger span is damage.
MAX_SPAN = 1_000
# A column this narrow (1 mm in twentieths of a point) is two lines of the table that do not quite meet.
NARROW = 57
_MOST_SLIVERS = 20

_VAL = f"{W}val"
_ROW, _CELL = f"{W}tr", f"{W}tc"
_SPACE = f"{W}gridCol"


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell's columns in the grid, from `column` on. `cell` is None where a merged cell covers them."""

    column: int
    span: int
    cell: etree._Element | None


Row = tuple[Slot, ...]


def read_grid(table: etree._Element) -> list[Row]:
    """The rows of `table` that are printed, each with its slots from left to right.

    Deleted rows and cells are left out. Columns that no cell begins or ends in, and slivers between lines that do
    not quite meet, are no columns of the printed table and are not counted.
    """
    rows: list[Row] = []
    above: dict[int, int] = {}
    for item in _parts(table, _ROW):
        before, left_out = _row_properties(item)
        if left_out:
            continue
        row, above = _slots(item, before, above)
        rows.append(row)
    return _without_slivers(rows, _widths(table))


def _parts(item: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, whatever wraps them."""
    for child in item:
        tag = child.tag
        if tag == wanted:
            yield child
        elif tag in WRAPPERS:
            yield from _parts(child, wanted)
        elif tag == ALTERNATIVES:
            for branch in chosen(child):
                yield from _parts(branch, wanted)


def _row_properties(row: etree._Element) -> tuple[int, bool]:
    """How many columns the row begins late, and whether it is not printed."""
    properties = row.find(f"{W}trPr")
    if properties is None:
        return 0, False
    before, left_out = 0, False
    for item in properties:
        if item.tag == f"{W}gridBefore":
            before = _number(item, 0)
        elif item.tag == f"{W}del":
            left_out = True
        elif item.tag == f"{W}hidden" and item.get(_VAL) not in OFF:
            left_out = left_out or all(_is_hidden(run) for run in row.iter(f"{W}r"))
    return before, left_out


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(_VAL) not in OFF


def _slots(row: etree._Element, column: int, above: dict[int, int]) -> tuple[Row, dict[int, int]]:
    """The slots of a row, and the cells (their columns and spans) that may go on into the row below."""
    slots: list[Slot] = []
    below: dict[int, int] = {}
    beside = False
    for cell in _parts(row, _CELL):
        span, down, across, gone = _cell_properties(cell)
        if gone:
            continue
        if across == "continue" and beside and slots:
            # covered by the cell on its left, which may itself go on below
            slots.append(Slot(column, span, None))
        elif down == "continue" and above.get(column) == span:
            slots.append(Slot(column, span, None))
            below[column] = span
        else:
            slots.append(Slot(column, span, cell))
            if down:
                below[column] = span
        beside = across != ""
        column += span
    return tuple(slots), below


def _cell_properties(cell: etree._Element) -> tuple[int, str, str, bool]:
    """Span, how it is merged downwards and sideways ("", "restart", "continue"), and whether it was deleted."""
    properties = cell[0] if len(cell) else None
    if properties is None or properties.tag != f"{W}tcPr":
        return 1, "", "", False
    span, down, across, gone = 1, "", "", False
    for item in properties:
        tag = item.tag
        if tag == f"{W}gridSpan":
            span = min(max(_number(item, 1), 1), MAX_SPAN)
        elif tag == f"{W}vMerge":
            down = item.get(_VAL) or "continue"
        elif tag == f"{W}hMerge":
            across = item.get(_VAL) or "continue"
        elif tag == f"{W}cellDel":
            gone = True
        elif tag == f"{W}cellMerge":
            # merged or parted while changes were tracked
            down = {"cont": "continue", "rest": "restart"}.get(item.get(f"{W}vMerge") or "", "")
    return span, down, across, gone


def _number(item: etree._Element, default: int) -> int:
    value = item.get(_VAL) or ""
    return min(int(value), 10 * MAX_SPAN) if value.isdecimal() and len(value) < 9 else default


def _widths(table: etree._Element) -> list[int | None]:
    """The widths of the grid's columns in twentieths of a point, None where the document does not say."""
    found: list[int | None] = []
    for item in table.iterfind(f"{W}tblGrid/{_SPACE}"):
        width = item.get(f"{W}w") or ""
        found.append(int(width) if width.isdecimal() and len(width) < 9 else None)
    return found


def _without_slivers(rows: Sequence[Row], widths: Sequence[int | None]) -> list[Row]:
    """The rows with their columns counted anew: without those that are none on paper."""
    slots = [slot for row in rows for slot in row]
    edges = sorted({edge for slot in slots for edge in (slot.column, slot.column + slot.span)} | {0})
    # a column without width is what programs write that do not know the widths: it tells nothing
    slivers = [at for at, width in enumerate(widths) if width is not None and 0 < width <= NARROW]
    for at in slivers[:_MOST_SLIVERS]:
        if at in edges and at + 1 in edges:
            fewer = [edge for edge in edges if edge != at + 1]
            if all(_place(fewer, slot.column) < _place(fewer, slot.column + slot.span) for slot in slots):
                edges = fewer
    if edges == list(range(len(edges))):
        return list(rows)
    counted: list[Row] = []
    for row in rows:
        shifted = []
        for slot in row:
            first, stop = _place(edges, slot.column), _place(edges, slot.column + slot.span)
            shifted.append(Slot(first, stop - first, slot.cell))
        counted.append(tuple(shifted))
    return counted


def _place(edges: Sequence[int], edge: int) -> int:
    """Which of the lines of the table `edge` is; one that was dropped is the line on its left."""
    return bisect_right(edges, edge) - 1


def is_nested(cell: etree._Element) -> bool:
    """Whether the cell holds a table of more than one cell, so that it is a part of the page rather than a cell."""
    return any(sum(1 for _ in table.iter(_CELL)) > 1 for table in cell.iter(TABLE))
