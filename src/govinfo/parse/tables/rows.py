"""How the rows of a table are built, learned from the lines that fit, and used to place blanks.

A line with as many figures as columns shows how many empty cells stand before its figures. Blanks in other
lines of the same build can then be told from the empty cells of merged labels and from stray tabs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from govinfo.parse.tables.laid import LaidLine, LaidTable, Slot

# How a row is built: the column of its label and its width; both None for cells on lines of their own.
Build = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Rows:
    """What the fitting lines of a table show.

    `grid`: it is a true grid; `first` is then the column of the first figure. `leads` holds, for each build
    of a row, the numbers of empty cells seen before the figures, `together` the number that several rows show
    by filling all columns between them; `patterns` counts build, cells before and
    cells after; `starts` is the column in which figures begin, by width of the row, where rows with labels in
    different columns agree on it, and `common` the number of empty cells before the figures where they agree on
    that. `head_start` is the column of the first head and `head_width` the width of the heads' rows, where the
    heads stand side by side in rows of one width. `usual` is the most common width of a row, or length of a
    line without rows.
    `exact`: no line has a cell more or less than its label and its figures, so merged cells were dropped.
    """

    grid: bool
    first: int
    label_columns: int
    leads: Mapping[Build, frozenset[int]]
    together: Mapping[Build, int]
    tails: Mapping[int | None, int]
    patterns: Mapping[tuple[Build, int, int], int]
    starts: Mapping[int, int]
    common: Mapping[int, int]
    head_start: int | None
    head_width: int | None
    usual: int | None
    exact: bool


def learn_rows(laid: LaidTable) -> Rows:
    """What the lines of a table show of how its rows are built."""
    sizes = {number: len(block.columns) for number, block in enumerate(laid.table.blocks)}
    first = _grid_start(laid, max(sizes.values()))
    leads: dict[Build, set[int]] = {}
    tails: dict[int | None, int] = {}
    patterns: Counter[tuple[Build, int, int]] = Counter()
    builds: Counter[tuple[int, Build]] = Counter()
    lengths: Counter[int] = Counter()
    uniform = True
    for line in laid.lines:
        slots = _without_edges(line.slots)
        lengths[len(slots) if line.width is None else line.width] += 1
        uniform &= len(slots) == sizes[line.block]
        span = _span(slots)
        if span is None or not (len(line.printed) == span[1] - span[0] + 1 == sizes[line.block]):
            continue
        build = (line.column, line.width)
        before, after = span[0], len(slots) - 1 - span[1]
        leads.setdefault(build, set()).add(before)
        tails[line.column] = max(tails.get(line.column, 0), after)
        patterns[build, before, after] += 1
        builds[line.block, build] += 1
    head_start = _head_start(laid, max(sizes.values()))
    if head_start is not None and laid.header_width is not None:
        tails[None] = max(tails.get(None, 0), laid.header_width - head_start - max(sizes.values()))
    for build in _odd_builds(builds):
        leads.pop(build, None)
    together = _leads_together(laid, sizes)
    for build, lead in together.items():
        leads.setdefault(build, set()).add(lead)
    return Rows(
        grid=first is not None,
        first=first or 0,
        label_columns=_label_columns(laid),
        leads={build: frozenset(seen) for build, seen in leads.items()},
        together=together,
        tails=tails,
        patterns=patterns,
        starts=_starts(laid, leads),
        common=_common_leads(leads),
        head_start=head_start,
        head_width=laid.header_width,
        usual=lengths.most_common(1)[0][0] if lengths else None,
        # rows of several builds without any empty cell around their figures show that merged cells were dropped
        exact=uniform or (len(leads) > 1 and all(not before and not after for _, before, after in patterns)),
    )


def _odd_builds(builds: Mapping[tuple[int, Build], int]) -> set[Build]:
    """Builds of one row only, where other rows of its block with labels in the same column have another width.

    Such a row may have lost an empty cell itself, and teaches nothing.
    """
    odd: set[Build] = set()
    for (block, build), count in builds.items():
        alike = [seen for (other, (column, _)), seen in builds.items() if other == block and column == build[0]]
        if count == 1 and max(alike) > 1:
            odd.add(build)
    return odd


def _label_columns(laid: LaidTable) -> int:
    """How many columns hold labels: one in a list with units, where captions stand on rows of their own."""
    if laid.table.unit_column is not None:
        return 1
    return max((block.label_columns for block in laid.table.blocks), default=1)


def _leads_together(laid: LaidTable, sizes: Mapping[int, int]) -> dict[Build, int]:
    """The empty cells before the figures of rows of one build, where their figures together fill just the columns.

    Rows whose labels stand in one column and that differ in width show nothing: the narrower ones lost a cell.
    """
    spans: dict[tuple[Build, int], list[tuple[int, int]]] = {}
    widths: dict[tuple[int | None, int], set[int | None]] = {}
    for line in laid.lines:
        widths.setdefault((line.column, sizes[line.block]), set()).add(line.width)
        span = _span(_without_edges(line.slots))
        if line.width is not None and line.column is not None and span is not None:
            spans.setdefault(((line.column, line.width), sizes[line.block]), []).append(span)
    found: dict[Build, int] = {}
    for (build, size), seen in spans.items():
        start, stop = min(first for first, _ in seen), max(last for _, last in seen)
        if len(seen) > 1 and stop - start + 1 == size and len(widths[build[0], size]) == 1:
            found[build] = start
    return found


def _starts(laid: LaidTable, leads: Mapping[Build, set[int]]) -> dict[int, int]:
    """The column in which figures begin, by width of the row.

    It is known where full lines with labels in at least two columns agree, and no label stands in or behind
    it: otherwise the rows were shifted, and an empty cell before a figure is no blank.
    """
    starts: dict[int, int] = {}
    for width in {line.width for line in laid.lines if line.width is not None}:
        lines = [line.column for line in laid.lines if line.width == width and line.column is not None]
        seen = {
            (column, column + 1 + lead)
            for (column, wide), found in leads.items()
            if wide == width and column is not None
            for lead in found
        }
        first = {start for _, start in seen}
        if len(first) == 1 and len(seen) > 1 and max(lines) < min(first):
            starts[width] = first.pop()
    return starts


def _grid_start(laid: LaidTable, size: int) -> int | None:
    """The column of the first figure where the table is a true grid, else None.

    All lines have the width of the heads' rows, and behind the labels there is just room for the figures.
    """
    widths = {line.width for line in laid.lines}
    if len(widths) != 1 or None in widths or not laid.lines:
        return None
    width = next(iter(widths))
    if laid.header_width not in (None, width):
        return None
    last_label = max((-1 if line.column is None else line.column) for line in laid.lines)
    return last_label + 1 if width is not None and width - last_label - 1 == size else None


def _common_leads(leads: Mapping[Build, set[int]]) -> dict[int, int]:
    """The empty cells before the figures, by width of the row, where rows with labels in two columns agree."""
    common: dict[int, int] = {}
    for width in {wide for _, wide in leads if wide is not None}:
        seen = {(column, lead) for (column, wide), found in leads.items() if wide == width for lead in found}
        if len(seen) > 1 and len({lead for _, lead in seen}) == 1:
            common[width] = next(iter(seen))[1]
    return common


def _head_start(laid: LaidTable, size: int) -> int | None:
    """The column of the first head, where as many heads as figures stand side by side, on one row or several."""
    columns = {position for heads in laid.header_rows.values() for position, _ in heads}
    return min(columns) if len(columns) == size == max(columns) - min(columns) + 1 else None


def slots_by_column(line: LaidLine, size: int, rows: Rows) -> tuple[Sequence[Slot | None] | None, tuple[Slot, ...]]:
    """The slots of a line, one for each of its `size` columns, None for a cell that is not there.

    Returns
    -------
    The slots in order, or None where the line does not fit; and the slots that may hold its figures.
    """
    slots = line.slots if rows.grid else _without_edges(line.slots)
    if rows.grid:
        placed = [slot for slot in slots if slot.column is not None and slot.column >= rows.first]
        outside = [slot for slot in (*slots[: len(slots) - len(placed)], *placed[size:]) if slot.text]
        if not outside and len(placed) >= size:
            return placed[:size], ()
    span = _span(slots)
    if span is None:
        # nothing is printed: either the cells are there and empty, or the line has none
        return (slots[-size:] if len(slots) >= size else [None] * size), ()
    count = sum(1 for slot in slots if slot.text)
    if count == size == span[1] - span[0] + 1 and _is_explained(line, slots, span, rows):
        return slots[span[0] : span[1] + 1], ()
    if count < size:
        start = _start(line, slots, size, rows)
        if start is not None and start <= span[0] and span[1] < start + size <= len(slots):
            chosen = slots[start : start + size]
            if _side_by_side(chosen):
                return chosen, ()
    return None, _core(line, slots, span, rows)


def _side_by_side(slots: Sequence[Slot]) -> bool:
    """Whether no merged figure covers a column between the slots: behind it they would stand one column too early."""
    columns = [slot.column for slot in slots if slot.column is not None]
    return len(columns) < len(slots) or columns[-1] - columns[0] == len(columns) - 1


def _without_edges(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The slots without what may be the rest of merged labels at either end."""
    start, stop = 0, len(slots)
    while start < stop and slots[start].edge:
        start += 1
    while stop > start and slots[stop - 1].edge:
        stop -= 1
    return tuple(slots[start:stop])


def _span(slots: Sequence[Slot]) -> tuple[int, int] | None:
    """The positions of the first and the last slot in which something is printed."""
    printed = [position for position, slot in enumerate(slots) if slot.text]
    return (printed[0], printed[-1]) if printed else None


def _is_explained(line: LaidLine, slots: Sequence[Slot], span: tuple[int, int], rows: Rows) -> bool:
    """Whether the empty cells around a full line are its row's build, not blanks beside a doubled figure."""
    before, after = span[0], len(slots) - 1 - span[1]
    if (before == 0 and after == 0) or line.line is None or line.line.label is None:
        return True
    build = (line.column, line.width)
    if rows.patterns.get((build, before, after), 0) > 1 or rows.together.get(build) == before:
        return True
    if line.column is None:
        return len(slots) == rows.usual
    return before <= _merged(line, rows) and (after == 0 or line.width == rows.usual)


def _merged(line: LaidLine, rows: Rows) -> int:
    """How many empty cells a label that spans columns may leave behind it."""
    return max(0, rows.label_columns - 1 - line.column) if line.column is not None else 0


def _start(line: LaidLine, slots: Sequence[Slot], size: int, rows: Rows) -> int | None:
    """The position of the first figure's slot in a line with blanks, where other lines show it; else None."""
    build = (line.column, line.width)
    leads = rows.leads.get(build)
    if leads is not None:
        if len(leads) == 1 and (line.column is not None or len(slots) == size + min(leads)):
            return next(iter(leads))
        return None
    if line.width is not None and line.column is not None:
        if line.width in rows.starts:
            return rows.starts[line.width] - line.column - 1
        if line.width in rows.common:
            return rows.common[line.width]
    if line.width is not None and line.column is None and rows.head_start is not None and rows.head_width is not None:
        # figures without a label stand under their heads, in a row as wide as theirs
        return rows.head_start if line.width == rows.head_width else None
    # where the rows of heads are wider, a row as short as its figures lost a cell
    whole = line.width is None or rows.head_width in (None, line.width)
    return 0 if rows.exact and whole and len(slots) == size else None


def _core(line: LaidLine, slots: Sequence[Slot], span: tuple[int, int], rows: Rows) -> tuple[Slot, ...]:
    """The slots of a damaged line that may hold figures: blanks that its row's build explains are left out."""
    seen = [lead for (column, _), leads in rows.leads.items() if column == line.column for lead in leads]
    before = max([_merged(line, rows), *seen])
    after = rows.tails.get(line.column, 0)
    start = 0 if span[0] > before else span[0]
    stop = len(slots) if len(slots) - 1 - span[1] > after else span[1] + 1
    return tuple(slots[start:stop])
