"""Lay the form's labels along a document: each line owns the figures between its label and the next.

Labels survive every conversion, grids do not. So nothing here counts positions: a cell that prints a
line's label opens that line, the cells after it are its slots, and the next label, an unknown label or a
section's heading closes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from govinfo.definitions.form import Column, Line
from govinfo.definitions.reading import reading
from govinfo.parse.figures import is_figure
from govinfo.parse.labels import Label, LabelIndex
from govinfo.parse.laid import LaidLine, LaidTable, Slot
from govinfo.place import Place
from govinfo.readers.document import Cell
from govinfo.text import fold_width, has_enumerator, label_keys

_MAX_JOINED = 6
_STRONG_LABEL = 4
_SHORT_WORD = 6
_GLUED = re.compile(r"^(.*\D)(\d+)$", re.DOTALL)


@dataclass(slots=True)
class _Open:
    """The line that figures go to now. `row` is the row its slots stand in; `free`: not yet known."""

    line: LaidLine
    slots: list[Slot]
    row: int | None
    free: bool


@dataclass(slots=True)
class _State:
    """Where the laying stands: the table, the phase of its head, the open line, and what it gathered."""

    table: str | None = None
    in_heads: bool = True
    block: int = 0
    open: _Open | None = None
    pending: tuple[str, Place] | None = None
    blanks: list[tuple[int, Cell]] = field(default_factory=list)
    heads_seen: set[str] = field(default_factory=set)
    lines: dict[str, list[LaidLine]] = field(default_factory=dict)
    unknown: dict[str, list[LaidLine]] = field(default_factory=dict)
    heads: dict[str, dict[tuple[int, str], str]] = field(default_factory=dict)
    header_rows: dict[str, dict[int, list[tuple[int, Column]]]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Page:
    """The document as the laying sees it."""

    cells: Sequence[Cell]
    index: LabelIndex
    headings: frozenset[int]
    widths: Mapping[int, int]
    texts: Mapping[int, int]


def lay_labels(
    cells: Sequence[Cell], index: LabelIndex, headings: frozenset[int] = frozenset()
) -> tuple[Mapping[str, LaidTable], frozenset[int]]:
    """The tables of a form found in `cells`.

    Parameters
    ----------
    cells : the document's cells in reading order.
    index : the labels of the form that the document follows.
    headings : positions of section headings; they end every table.

    Returns
    -------
    The tables by name (only those of which a label was found), and the positions of all cells that belong
    to tables.
    """
    page = _Page(cells, index, headings, _widths(cells), _last_texts(cells))
    state = _State()
    position = 0
    while position < len(cells):
        position += _step(page, state, position)
    _leave_table(page, state)
    return _tables(page, state), frozenset(state.used)


def _widths(cells: Sequence[Cell]) -> dict[int, int]:
    widths: dict[int, int] = {}
    for cell in cells:
        if cell.row is not None and cell.column is not None:
            widths[cell.row] = max(widths.get(cell.row, 0), cell.column + 1)
    return widths


def _last_texts(cells: Sequence[Cell]) -> dict[int, int]:
    """For each row the last column that holds words."""
    last: dict[int, int] = {}
    for cell in cells:
        if cell.row is not None and cell.column is not None and cell.text and not is_figure(cell.text):
            last[cell.row] = cell.column
    return last


def _step(page: _Page, state: _State, position: int) -> int:
    """Take the cell at `position`; returns how many cells were taken."""
    cell = page.cells[position]
    if position in page.headings:
        _leave_table(page, state)
        return 1
    if not cell.text:
        _take_blank(state, position, cell)
        return 1
    if reading().page_mark.match(fold_width(cell.text)):
        return 1
    if is_figure(cell.text):
        _take_figure(page, state, position, cell)
        return 1
    labels, count = _match(page, position)
    label = _choose(page, state, labels, position, count) if labels else None
    if label is None:
        return _take_text(page, state, position, cell)
    _take_label(page, state, label, position, count)
    return count


def _match(page: _Page, position: int) -> tuple[tuple[Label, ...], int]:
    """The labels that the cells from `position` on print, and over how many cells the longest goes."""
    text = page.cells[position].text
    found, count = page.index.find(text), 1
    ahead = position + 1
    while page.index.may_go_on(text) and ahead < len(page.cells) and ahead - position < _MAX_JOINED:
        cell = page.cells[ahead]
        ahead += 1
        if not cell.text:
            continue
        if is_figure(cell.text) or (ahead - 1) in page.headings:
            break
        text += cell.text
        longer = page.index.find(text)
        if longer:
            found, count = longer, ahead - position
    return found, count


def _choose(page: _Page, state: _State, labels: tuple[Label, ...], position: int, count: int) -> Label | None:
    """The one label meant where a text is several: by the table it stands in, then line or head."""
    here = [label for label in labels if label.table == state.table]
    if not here:
        tables = {label.table for label in labels}
        key = label_keys(page.cells[position].text)[0]
        if len(tables) > 1 or (len(key) < _STRONG_LABEL and count == 1):
            return None
        here = list(labels)
    lines = [label for label in here if label.kind == "line"]
    others = [label for label in here if label.kind != "line"]
    if lines and others:
        here = lines if _is_line(page, state, position, count) else others
    return next((label for label in here if label.block == state.block), here[0])


def _is_line(page: _Page, state: _State, position: int, count: int) -> bool:
    """Whether a text that is both a head and a line's label (总计, 其他) stands as the line's."""
    cell = page.cells[position]
    if has_enumerator(cell.text) or not state.in_heads:
        return True
    following = next((after for after in page.cells[position + count :] if after.text), None)
    return following is not None and is_figure(following.text)


def _take_label(page: _Page, state: _State, label: Label, position: int, count: int) -> None:
    if label.table != state.table:
        _leave_table(page, state)
        state.table = label.table
        state.in_heads = True
    _close(state)
    cell = page.cells[position]
    text = "".join(item.text for item in page.cells[position : position + count])
    state.used.update(range(position, position + count))
    state.block = label.block
    state.pending = None
    state.blanks.clear()
    if label.kind == "line" and label.line is not None:
        state.in_heads = False
        last = page.cells[position + count - 1]
        _open(page, state, label.line, text, cell.place, last)
    elif label.kind == "column" and label.column is not None:
        state.in_heads = True
        state.heads.setdefault(label.table, {}).setdefault((label.block, label.column.key), text)
        if cell.row is not None and cell.column is not None:
            rows = state.header_rows.setdefault(label.table, {})
            rows.setdefault(cell.row, []).append((cell.column, label.column))


def _open(page: _Page, state: _State, line: Line | None, label: str, place: Place, last: Cell) -> _Open:
    """Open a line whose label ends in the cell `last`."""
    assert state.table is not None
    width = page.widths.get(last.row) if last.row is not None else None
    beside = last.row is not None and last.column is not None and width is not None and last.column + 1 < width
    laid = LaidLine(state.table, state.block, line, label, place, (), last.column if beside else None, width)
    state.open = _Open(laid, [], last.row if beside else None, free=not beside)
    return state.open


def _close(state: _State) -> None:
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
        opened.line.column,
        opened.line.width if opened.row is not None else None,
    )
    kept = state.lines if line.line is not None else state.unknown
    kept.setdefault(line.table, []).append(line)


def _take_blank(state: _State, position: int, cell: Cell) -> None:
    opened = state.open
    if opened is not None and cell.row == opened.row and not (opened.free and cell.row is not None):
        opened.slots.append(Slot("", cell.place, cell.column, cell.edge))
        state.used.add(position)
    elif state.table is not None:
        state.blanks.append((position, cell))


def _take_figure(page: _Page, state: _State, position: int, cell: Cell) -> None:
    if state.table is None:
        return
    opened = state.open
    if opened is not None and opened.free:
        # the label stood at the end of its row: its figures may stand in a row of their own without words, or on
        # lines of their own; but where a row was cut in two, a bare number between the halves is a page's
        cut = opened.line.width == 1 and cell.row is None
        if not cut and (cell.row is None or cell.row not in page.texts):
            opened.row, opened.free = cell.row, False
        else:
            opened = None
    if opened is None or cell.row != opened.row:
        _close(state)
        opened = _open_without_label(page, state, cell)
    opened.free = False
    _take_pending_blanks(state, opened)
    opened.slots.append(Slot(cell.text, cell.place, cell.column))
    state.used.add(position)


def _take_pending_blanks(state: _State, opened: _Open) -> None:
    """Give an open line the blanks that stood in its row before its first figure."""
    for position, blank in state.blanks:
        if blank.row == opened.row:
            opened.slots.append(Slot("", blank.place, blank.column, blank.edge))
            state.used.add(position)
    state.blanks.clear()


def _open_without_label(page: _Page, state: _State, cell: Cell) -> _Open:
    """Open the table's unlabelled line, or a line that the form does not have."""
    assert state.table is not None
    table = page.index.form.table(state.table)
    bare = next((line for block in table.blocks for line in block.lines if line.label is None), None) if table else None
    if bare is not None and any(line.line is bare for line in state.lines.get(state.table, ())):
        bare = None
    label, place = state.pending or ("", cell.place)
    state.pending = None
    width = page.widths.get(cell.row) if cell.row is not None else None
    state.open = _Open(
        LaidLine(state.table, state.block, bare, label, place, (), None, width), [], cell.row, free=False
    )
    return state.open


def _take_text(page: _Page, state: _State, position: int, cell: Cell) -> int:
    """Take a text that is no whole label: a cut or glued label, words in a figure's cell, or an unknown label."""
    if state.table is None:
        return 1
    if _take_cut_or_glued(page, state, position, cell):
        return 1
    opened = state.open
    if opened is not None and _stands_in_slot(page, opened, position, cell):
        opened.slots.append(Slot(cell.text, cell.place, cell.column))
        state.used.add(position)
        return 1
    _close(state)
    state.pending = (cell.text, cell.place)
    state.blanks.clear()
    if len(label_keys(cell.text)[:1] and label_keys(cell.text)[0]) <= _STRONG_LABEL * 5:
        state.used.add(position)
    return 1


def _take_cut_or_glued(page: _Page, state: _State, position: int, cell: Cell) -> bool:
    assert state.table is not None
    following = page.cells[position + 1 : position + 2]
    found = {line.line for line in state.lines.get(state.table, ())}
    for label in page.index.find_cut(cell.text, state.table):
        if label.line not in found and following and (is_figure(following[0].text) or not following[0].text):
            _take_label(page, state, label, position, 1)
            return True
    glued = _GLUED.match(fold_width(cell.text).strip())
    if glued is None:
        return False
    for label in page.index.find(glued.group(1)):
        if label.table == state.table and label.kind == "line" and label.line not in found:
            _take_label(page, state, label, position, 1)
            assert state.open is not None
            state.open.slots.append(Slot(glued.group(2), cell.place, cell.column))
            return True
    return False


def _stands_in_slot(page: _Page, opened: _Open, position: int, cell: Cell) -> bool:
    """Whether words stand where a figure of the open line is asked for."""
    if cell.row is not None:
        if cell.row != opened.row:
            return False
        rest = [page.cells[i] for i in range(position + 1, len(page.cells[: position + 40]))]
        return not any(page.index.find(other.text) for other in rest if other.row == cell.row and other.text)
    if opened.row is not None or not any(slot.text for slot in opened.slots) or has_enumerator(cell.text):
        return False
    following = next((after for after in page.cells[position + 1 : position + 3] if after.text), None)
    keys = label_keys(cell.text)
    return bool(keys) and len(keys[0]) <= _SHORT_WORD and following is not None and is_figure(following.text)


def _leave_table(page: _Page, state: _State) -> None:
    """Close what is open and forget the table; an unlabelled line of blanks only is kept."""
    if state.table is not None and state.open is None:
        _keep_blank_line(page, state)
    _close(state)
    state.table, state.in_heads, state.block, state.pending = None, True, 0, None
    state.blanks.clear()


def _keep_blank_line(page: _Page, state: _State) -> None:
    assert state.table is not None
    table = page.index.form.table(state.table)
    for block in table.blocks if table else ():
        bare = next((line for line in block.lines if line.label is None), None)
        done = any(line.line is bare for line in state.lines.get(state.table, ()))
        if bare is None or done or not state.blanks:
            continue
        row = state.blanks[-1][1].row
        slots = [(position, blank) for position, blank in state.blanks if blank.row == row]
        if len(slots) >= len(block.columns):
            state.open = _open_without_label(page, state, slots[0][1])
            for position, blank in slots:
                state.open.slots.append(Slot("", blank.place, blank.column, blank.edge))
                state.used.add(position)


def _tables(page: _Page, state: _State) -> dict[str, LaidTable]:
    found = {}
    names = {*state.lines, *state.unknown, *state.heads}
    for table in page.index.form.tables:
        if table.name not in names:
            continue
        lines, repeated = _first_of_each(state.lines.get(table.name, []))
        unknown = [line for line in state.unknown.get(table.name, []) if line.printed] + repeated
        heads = state.header_rows.get(table.name, {})
        rows = {row: tuple(sorted(items, key=lambda item: item[0])) for row, items in heads.items()}
        widths = {page.widths[row] for row in heads}
        found[table.name] = LaidTable(
            table=table,
            lines=tuple(lines),
            unknown=tuple(unknown),
            heads=state.heads.get(table.name, {}),
            header_rows=rows,
            header_width=widths.pop() if len(widths) == 1 else None,
        )
    return found


def _first_of_each(lines: list[LaidLine]) -> tuple[list[LaidLine], list[LaidLine]]:
    """Each line once: the first printing that has figures; later ones with other figures are set apart."""
    chosen: dict[str, LaidLine] = {}
    apart: list[LaidLine] = []
    for laid in lines:
        assert laid.line is not None
        code = laid.line.code
        before = chosen.get(code)
        if before is None or (not before.printed and len(laid.slots) > len(before.slots)):
            chosen[code] = laid
        elif laid.printed and [slot.text for slot in laid.printed] != [slot.text for slot in before.printed]:
            apart.append(laid)
    return list(chosen.values()), apart
