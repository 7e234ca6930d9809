"""The line that figures go to now: opened by a label, filled with slots, closed by the next label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from govinfo.definitions.form import Column, FormTable, Line
from govinfo.definitions.reading import reading
from govinfo.parse.tables.labels import LabelIndex
from govinfo.parse.tables.laid import LaidLine, Slot
from govinfo.place import Place
from govinfo.readers.document import Cell
from govinfo.text import fold_width, simplify, squeeze

# So many lines in rows of their own show that a table is printed in rows.
_SEVERAL = 2


@dataclass(slots=True)
class OpenLine:
    """The line that figures go to now.

    `row` is the row its slots stand in; `free`: not yet known. `unit` is the unit printed beside its label, in
    the column `unit_column`.
    """

    line: LaidLine
    slots: list[Slot]
    row: int | None
    free: bool
    unit: str | None = None
    unit_column: int | None = None


@dataclass(slots=True)
class State:
    """Where the laying stands: the table, the phase of its head, the open line, and what it gathered.

    `heads_seen` are the heads printed since the last line; `beside` and `below` count lines whose figures begin where
    their label ends, and lines whose figures stand on lines of their own; `in_rows` counts the lines of this table
    whose figures stand in the row of their label. `corners` is where the last corner of a table
    ended before its first line.
    """

    table: str | None = None
    in_heads: bool = True
    block: int = 0
    open: OpenLine | None = None
    pending: tuple[str, Place] | None = None
    blanks: list[tuple[int, Cell]] = field(default_factory=list)
    heads_seen: set[Column] = field(default_factory=set)
    beside: int = 0
    below: int = 0
    in_rows: int = 0
    lines: dict[str, list[LaidLine]] = field(default_factory=dict)
    unknown: dict[str, list[LaidLine]] = field(default_factory=dict)
    heads: dict[str, dict[tuple[int, str], str]] = field(default_factory=dict)
    header_rows: dict[str, dict[int, list[tuple[int, Column]]]] = field(default_factory=dict)
    corners: dict[str, int] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Page:
    """The document as the laying sees it; `listed` are the tables that have a column for units."""

    cells: Sequence[Cell]
    index: LabelIndex
    headings: frozenset[int]
    tables: Mapping[str, FormTable]
    listed: frozenset[str]
    widths: Mapping[int, int]
    texts: Mapping[int, int]


def slot_of(cell: Cell, text: str | None = None) -> Slot:
    """The cell as a slot; `text` where only a part of the cell is the figure."""
    return Slot(cell.text if text is None else text, cell.place, cell.column, cell.edge, cell.ocr, text is not None)


def open_line(page: Page, state: State, line: Line | None, label: str, place: Place, last: Cell) -> OpenLine:
    """Open a line whose label ends in the cell `last`."""
    assert state.table is not None
    width = page.widths.get(last.row) if last.row is not None else None
    beside = last.row is not None and last.column is not None and width is not None and last.column + 1 < width
    laid = LaidLine(state.table, state.block, line, label, place, (), last.column if beside else None, width)
    state.open = OpenLine(laid, [], last.row if beside else None, free=not beside)
    return state.open


def close_line(state: State) -> None:
    """Close the open line and keep it."""
    opened = state.open
    state.open = None
    if opened is None:
        return
    line = LaidLine(
        opened.line.table,
        opened.line.block,
        opened.line.line,
        opened.line.label,
        opened.line.place,
        tuple(opened.slots),
        opened.line.column if opened.unit_column is None else opened.unit_column,
        opened.line.width if opened.row is not None else None,
        opened.unit,
    )
    kept = state.lines if line.line is not None else state.unknown
    kept.setdefault(line.table, []).append(line)


def take_unit(state: State, position: int, cell: Cell) -> bool:
    """Take a cell that prints the unit of the open line, in a table that has a column for it.

    The mark that stands there in the rows of captions belongs to no line.
    """
    text = simplify(squeeze(fold_width(cell.text)))
    opened = state.open
    if opened is None:
        taken = text in reading().marks
    else:
        taken = text in reading().units and not any(slot.text for slot in opened.slots)
        if taken:
            opened.unit, opened.slots = text, []
            opened.unit_column = cell.column if cell.row is not None and cell.row == opened.row else None
    if taken:
        state.used.add(position)
    return taken


def take_blank(state: State, position: int, cell: Cell) -> None:
    """Take an empty cell: a slot of the open line, or one that may turn out to be of the next line."""
    opened = state.open
    if opened is not None and cell.row == opened.row and not (opened.free and cell.row is not None):
        opened.slots.append(slot_of(cell))
        state.used.add(position)
    elif state.table is not None:
        state.blanks.append((position, cell))


def take_figure(page: Page, state: State, position: int, cell: Cell, *, glued: bool = False) -> None:
    """Take a figure: for the open line, for the table's line without a label, or for a line the form lacks.

    `glued` says that several figures stand in the cell without anything between them.
    """
    if state.table is None:
        return
    opened = state.open
    in_row = opened is not None and not opened.free and cell.row == opened.row and not state.blanks
    if opened is not None and in_row and not glued and (cell.row is not None or state.beside <= state.below):
        state.in_rows += cell.row is not None and not any(slot.text for slot in opened.slots)
        opened.slots.append(slot_of(cell))
        state.used.add(position)
        return
    if opened is not None and opened.free:
        # the label stood at the end of its row: its figures may stand in a row of their own without words, or on
        # lines of their own; but where a row was cut in two, a bare number between the halves is a page's
        following = next_text(page.cells, position + 1)
        row_follows = following is not None and following.row is not None
        cut = cell.row is None and opened.line.width is not None and (opened.line.width == 1 or row_follows)
        if not cut and (cell.row is None or cell.row not in page.texts):
            opened.row, opened.free = cell.row, False
            if _stands_alone(page, state, position):
                opened = None
            elif cell.place == page.cells[position - 1].place:
                state.beside += 1
            else:
                state.below += 1
        else:
            opened = None
    elif opened is not None and cell.row is None and _stands_alone(page, state, position):
        opened = None
    if opened is None or cell.row != opened.row:
        close_line(state)
        opened = _open_without_label(page, state, cell)
    opened.free = False
    _take_pending_blanks(state, opened)
    opened.slots.append(slot_of(cell, cell.text if glued else None))
    state.used.add(position)


def next_text(cells: Sequence[Cell], start: int) -> Cell | None:
    """The first cell from `start` on that prints something."""
    return next((cell for at in range(start, len(cells)) if (cell := cells[at]).text), None)


def _stands_alone(page: Page, state: State, position: int) -> bool:
    """Whether a bare figure has a line of its own where figures stand beside their labels: then it is a page's."""
    if state.beside <= state.below and state.in_rows < _SEVERAL:
        return False
    cell = page.cells[position]
    around = (*page.cells[max(0, position - 1) : position], *page.cells[position + 1 : position + 2])
    return cell.row is None and all(other.place != cell.place for other in around)


def _take_pending_blanks(state: State, opened: OpenLine) -> None:
    """Give an open line the blanks that stood in its row before its first figure."""
    for position, blank in state.blanks:
        if blank.row == opened.row:
            opened.slots.append(slot_of(blank))
            state.used.add(position)
    state.blanks.clear()


def _open_without_label(page: Page, state: State, cell: Cell) -> OpenLine:
    """Open the table's unlabelled line, or a line that the form does not have."""
    assert state.table is not None
    blocks = page.tables[state.table].blocks
    bare = next((line for block in blocks for line in block.lines if line.label is None), None)
    if bare is not None and any(line.line is bare for line in state.lines.get(state.table, ())):
        bare = None
    label, place = state.pending if state.pending and bare is None else ("", cell.place)
    state.pending = None
    width = page.widths.get(cell.row) if cell.row is not None else None
    state.open = OpenLine(
        LaidLine(state.table, state.block, bare, label, place, (), None, width), [], cell.row, free=False
    )
    return state.open


def leave_table(page: Page, state: State) -> None:
    """Close what is open and forget the table; an unlabelled line of blanks only is kept."""
    if state.table is not None and state.open is None:
        _keep_blank_line(page, state)
    close_line(state)
    state.table, state.in_heads, state.block, state.pending, state.in_rows = None, True, 0, None, 0
    state.heads_seen.clear()
    state.blanks.clear()


def _keep_blank_line(page: Page, state: State) -> None:
    assert state.table is not None
    for block in page.tables[state.table].blocks:
        bare = next((line for line in block.lines if line.label is None), None)
        done = any(line.line is bare for line in state.lines.get(state.table, ()))
        if bare is None or done or not state.blanks:
            continue
        row = state.blanks[-1][1].row
        slots = [(position, blank) for position, blank in state.blanks if blank.row == row]
        if len(slots) >= len(block.columns):
            state.open = _open_without_label(page, state, slots[0][1])
            for position, blank in slots:
                state.open.slots.append(slot_of(blank))
                state.used.add(position)
