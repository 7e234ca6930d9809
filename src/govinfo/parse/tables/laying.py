"""Lay the form's labels along a document: each line owns the figures between its label and the next.

Labels survive every conversion, grids do not. So nothing here counts positions: a cell that prints a
line's label opens that line, the cells after it are its slots, and the next label, an unknown label or a
section's heading closes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from govinfo.definitions.form import Column, FormTable
from govinfo.definitions.reading import reading
from govinfo.parse.tables.beside import figure_columns, own_column
from govinfo.parse.tables.figures import is_figure, is_page_mark
from govinfo.parse.tables.labels import Label, LabelIndex
from govinfo.parse.tables.laid import LaidLine, LaidTable
from govinfo.parse.tables.open_line import (
    OpenLine,
    Page,
    State,
    close_line,
    leave_table,
    next_text,
    open_line,
    slot_of,
    take_blank,
    take_figure,
    take_unit,
)
from govinfo.readers.document import Cell
from govinfo.text import fold_width, has_enumerator, label_keys, simplify, squeeze

_MAX_JOINED = 6
_STRONG_LABEL = 4
_SHORT_WORD = 6
_GLUED = re.compile(r"^(.*\D)(\d+)$", re.DOTALL)


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
    tables = {table.name: table for table in index.form.tables}
    listed = frozenset(name for name, table in tables.items() if table.unit_column is not None)
    page = Page(cells, index, headings, tables, listed, _widths(cells), _last_texts(cells))
    state = State()
    position = 0
    while position < len(cells):
        position += _step(page, state, position)
    leave_table(page, state)
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


def _step(page: Page, state: State, position: int) -> int:
    """Take the cell at `position`; returns how many cells were taken."""
    cell = page.cells[position]
    if cell.text and is_figure(cell.text):
        if not (state.table in page.listed and take_unit(state, position, cell)):
            take_figure(page, state, position, cell)
        return 1
    if cell.covered:
        # nothing can stand there: it belongs to the text that covers it
        if state.table is not None:
            state.used.add(position)
        return 1
    if not cell.text:
        take_blank(state, position, cell)
        return 1
    if position in page.headings:
        leave_table(page, state)
        return 1
    if is_page_mark(cell.text):
        # neither a table's nor the narrative's
        state.used.add(position)
        return 1
    if state.table in page.listed and take_unit(state, position, cell):
        return 1
    labels, count = _match(page, position)
    label = _choose(page, state, labels, position, count) if labels else None
    if label is None:
        return _take_text(page, state, position, cell)
    _take_label(page, state, label, position, count)
    return count


def _match(page: Page, position: int) -> tuple[tuple[Label, ...], int]:
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


def _choose(page: Page, state: State, labels: tuple[Label, ...], position: int, count: int) -> Label | None:
    """The one label meant where a text is several: by the table it stands in, then line or head."""
    here = [label for label in labels if label.table == state.table]
    if not here and all(label.kind == "footer" for label in labels):
        return None
    if not here:
        tables = {label.table for label in labels}
        key = label_keys(page.cells[position].text)[0]
        if len(tables) > 1 or (len(key) < _STRONG_LABEL and count == 1):
            return None
        here = list(labels)
    lines = [label for label in here if label.kind == "line"]
    others = [label for label in here if label.kind != "line"]
    if lines and others:
        here = lines if _is_line(page, state, others, position, count) else others
    return next((label for label in here if label.block == state.block), here[0])


def _is_line(page: Page, state: State, heads: Sequence[Label], position: int, count: int) -> bool:
    """Whether a text that is both a head and a line's label (总计, 其他) stands as the line's.

    Among the heads it is the head where that one was not printed yet, also with figures right behind it: they
    may be those of a line that lost its label.
    """
    cell = page.cells[position]
    if has_enumerator(cell.text) or not state.in_heads:
        return True
    if any(label.column not in state.heads_seen for label in heads if label.column is not None):
        return False
    following = next_text(page.cells, position + count)
    return following is not None and is_figure(following.text)


def _take_label(page: Page, state: State, label: Label, position: int, count: int) -> None:
    if label.table != state.table:
        leave_table(page, state)
        state.table = label.table
        state.in_heads = True
    close_line(state)
    if label.kind == "footer":
        state.used.update(range(position, position + count))
        leave_table(page, state)
        return
    cell = page.cells[position]
    text = cell.text if count == 1 else "".join(item.text for item in page.cells[position : position + count])
    state.used.update(range(position, position + count))
    if label.kind == "corner" and label.table not in state.lines:
        state.corners[label.table] = position + count
    if label.kind != "corner":
        # a corner is printed again below a page break, in the middle of a block
        state.block = label.block
    # figures beside a caption are those of a line that the form does not have
    state.pending = (text, cell.place) if label.kind == "caption" else None
    state.blanks.clear()
    if label.kind == "line" and label.line is not None:
        state.in_heads = False
        state.heads_seen.clear()
        open_line(page, state, label.line, text, cell.place, _label_end(page, position + count - 1))
    elif label.kind == "column" and label.column is not None:
        state.in_heads = True
        state.heads_seen.add(label.column)
        state.heads.setdefault(label.table, {}).setdefault((label.block, label.column.key), text)
        if cell.row is not None and cell.column is not None:
            rows = state.header_rows.setdefault(label.table, {})
            rows.setdefault(cell.row, []).append((cell.column, label.column))


def _label_end(page: Page, position: int) -> Cell:
    """The last position that the label in the cell at `position` takes, cells that it covers included."""
    last = page.cells[position]
    for at in range(position + 1, len(page.cells)):
        cell = page.cells[at]
        beside = cell.row == last.row and cell.column is not None and cell.column == (last.column or 0) + 1
        if not (cell.covered and beside):
            break
        last = cell
    return last


def _take_text(page: Page, state: State, position: int, cell: Cell) -> int:
    """Take a text that is no whole label: a cut or glued label, words in a figure's cell, or an unknown label."""
    if state.table is None:
        return 1
    if _take_cut_or_glued(page, state, position, cell):
        return 1
    opened = state.open
    if opened is not None and _stands_in_slot(page, opened, position, cell):
        opened.slots.append(slot_of(cell))
        state.used.add(position)
        return 1
    close_line(state)
    state.pending = (cell.text, cell.place)
    state.blanks.clear()
    if len(label_keys(cell.text)[:1] and label_keys(cell.text)[0]) <= _STRONG_LABEL * 5:
        state.used.add(position)
    return 1


def _take_cut_or_glued(page: Page, state: State, position: int, cell: Cell) -> bool:
    assert state.table is not None
    following = page.cells[position + 1 : position + 2]
    found = {line.line for line in state.lines.get(state.table, ())}
    for label in page.index.find_cut(cell.text, state.table):
        if label.line not in found and following and (is_figure(following[0].text) or not following[0].text):
            _take_label(page, state, label, position, 1)
            return True
    text = fold_width(cell.text).strip()
    if text.isdecimal():
        # no number is written like this: it is several
        take_figure(page, state, position, cell, glued=True)
        return True
    glued = _GLUED.match(text)
    if glued is None:
        return False
    printed = glued.group(1)
    unit = next((unit for unit in reading().units if printed.endswith(unit)), "")
    for label in page.index.find(printed) or page.index.find(printed.removesuffix(unit)):
        if label.table == state.table and label.kind == "line" and label.line not in found:
            _take_label(page, state, label, position, 1)
            assert state.open is not None
            state.open.slots.append(slot_of(cell, glued.group(2)))
            return True
    return False


def _columns(page: Page, opened: OpenLine) -> int:
    """How many figures the form has on the open line."""
    return len(page.tables[opened.line.table].blocks[opened.line.block].columns)


def _stands_in_slot(page: Page, opened: OpenLine, position: int, cell: Cell) -> bool:
    """Whether words stand where a figure of the open line is asked for."""
    if cell.row is not None:
        if cell.row != opened.row:
            return False
        rest = page.cells[position + 1 : position + 40]
        return not any(page.index.find(other.text) for other in rest if other.row == cell.row and other.text)
    printed = sum(1 for slot in opened.slots if slot.text)
    if opened.row is not None or not printed or has_enumerator(cell.text):
        return False
    if printed >= _columns(page, opened) and simplify(squeeze(fold_width(cell.text))) not in reading().units:
        # the line is full: these words are a label that the form does not have
        return False
    following = next((after for after in page.cells[position + 1 : position + 3] if after.text), None)
    keys = label_keys(cell.text)
    return bool(keys) and len(keys[0]) <= _SHORT_WORD and following is not None and is_figure(following.text)


def _tables(page: Page, state: State) -> dict[str, LaidTable]:
    found = {}
    names = {*state.lines, *state.unknown, *state.heads}
    for table in page.index.form.tables:
        if table.name not in names:
            continue
        lines, repeated = _first_of_each(state.lines.get(table.name, []))
        unknown = [line for line in state.unknown.get(table.name, []) if line.printed] + repeated
        lines, unknown = _whole_first(lines, unknown, table)
        heads = state.header_rows.get(table.name, {})
        rows = {row: tuple(sorted(items, key=lambda item: item[0])) for row, items in heads.items()}
        widths = {page.widths[row] for row in heads}
        columns, corner = figure_columns(table, lines), state.corners.get(table.name)
        several = columns > 1 and corner is not None
        found[table.name] = LaidTable(
            table=table,
            lines=tuple(lines),
            unknown=tuple(unknown),
            heads=state.heads.get(table.name, {}),
            header_rows=rows,
            mixed_rows=_mixed_rows(page, rows),
            header_width=widths.pop() if len(widths) == 1 else None,
            columns=columns,
            own=own_column(page.cells, corner or 0, page.index, table, columns) if several else None,
        )
    return found


def _mixed_rows(page: Page, rows: Mapping[int, Sequence[tuple[int, Column]]]) -> frozenset[int]:
    """The rows in which a text that is no column's head stands between two heads."""
    heads = {row: {position for position, _ in items} for row, items in rows.items()}
    return frozenset(
        cell.row
        for cell in page.cells
        if cell.row is not None and cell.column is not None and cell.text and cell.row in heads
        if cell.column not in heads[cell.row] and min(heads[cell.row]) < cell.column < max(heads[cell.row])
    )


def _whole_first(
    lines: Sequence[LaidLine], unknown: Sequence[LaidLine], table: FormTable
) -> tuple[list[LaidLine], list[LaidLine]]:
    """The line without a label is the row that has as many figures as columns, where a row before it has not."""
    chosen, apart = list(lines), list(unknown)
    for at, laid in enumerate(lines):
        size = len(table.blocks[laid.block].columns)
        if laid.line is None or laid.line.label is not None or len(laid.printed) >= size:
            continue
        whole = [other for other in unknown if not other.label and len(other.printed) == size]
        if len(whole) == 1:
            chosen[at] = whole[0]._replace(line=laid.line, block=laid.block)
            apart[apart.index(whole[0])] = laid._replace(line=None)
    return chosen, apart


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
