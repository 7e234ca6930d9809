"""Which rows of a sheet are rows of a table and which are paragraphs, and how far each row goes.

A sheet has no tables, only cells. A stretch of rows without a blank row between them is looked at as one. Where its
cells have borders, they say which empty cells are printed; where none has, the rows of a table go as far as its
longest one. A row with one text and no empty cell of a table beside it is a paragraph: a title, a note, a caption.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

# Longer than any label of a row: text that runs on.
_LONG = 60
_SHORT = 40
_COLUMNS = 16_384
Merge = tuple[int, int, int, int]


@dataclass
class Grid:
    """What a sheet's file says: texts by row and column (from 1), cells with borders, merged ranges, what is hidden."""

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    bordered: dict[int, set[int]] = field(default_factory=dict)
    merged: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """A printed row of the sheet: its cells by column, None where a merged cell covers one.

    `order` numbers the columns that are shown from left to right.
    """

    row: int
    cells: Mapping[int, str | None]
    order: Sequence[int]
    is_paragraph: bool


@dataclass
class _Row:
    """A row under work: texts, the columns that merged cells cover, empty cells with borders, empty merged cells."""

    number: int
    texts: dict[int, str] = field(default_factory=dict)
    covered: set[int] = field(default_factory=set)
    empty: set[int] = field(default_factory=set)
    holes: set[int] = field(default_factory=set)

    def extent(self) -> tuple[int, int]:
        columns = [*self.texts, *self.covered, *self.empty, *self.holes]
        return min(columns), max(columns)


def lines_of(grid: Grid, most: int) -> list[Line] | None:
    """The printed rows of a sheet from top to bottom; None where they have more than `most` cells."""
    order = _order(grid.hidden_columns)
    shown = {place for place in grid.texts if place[0] not in grid.hidden_rows and order[place[1]] >= 0}
    rows = _rows(grid, order, shown, most)
    if rows is None:
        return None
    lines: list[Line] = []
    for stretch in _stretches(rows, sorted(grid.hidden_rows)):
        lines += _bordered(stretch, order) if any(row.empty for row in stretch) else _bare(stretch, order)
        if sum(len(line.cells) for line in lines) > most:
            return None
    return lines


def _order(hidden: Iterable[tuple[int, int]]) -> list[int]:
    """For each column its number among those shown, -1 where it is hidden."""
    flags = bytearray(_COLUMNS + 1)
    for first, last in hidden:
        first, last = max(first, 0), min(last, _COLUMNS)
        if first <= last:
            flags[first : last + 1] = b"\1" * (last + 1 - first)
    order, count = [-1] * (_COLUMNS + 1), 0
    for column in range(1, _COLUMNS + 1):
        if not flags[column]:
            order[column] = count
            count += 1
    return order


def _rows(grid: Grid, order: Sequence[int], shown: set[tuple[int, int]], most: int) -> list[_Row] | None:
    """The rows that print something, merged cells resolved; None where these cover more than `most` cells."""
    rows: dict[int, _Row] = {}
    for number, column in sorted(shown):
        rows.setdefault(number, _Row(number)).texts[column] = grid.texts[number, column]
    bounds = _bounds(grid, order, shown)
    present = sorted(rows)
    for merge in grid.merged:
        top, left, bottom, right = merge
        text = grid.texts.get((top, left))
        if bounds is None or top > bounds[1]:
            continue
        bottom, right = min(bottom, bounds[1]), min(right, bounds[2])
        # an empty range makes no rows where there are none
        inside = range(top, bottom + 1) if text else present[bisect_left(present, top) : bisect_right(present, bottom)]
        most -= len(inside) * max(right - left + 1, 0)
        if most < 0:
            return None
        columns = [column for column in range(left, right + 1) if order[column] >= 0]
        numbers = [number for number in inside if number not in grid.hidden_rows]
        _merge(rows, numbers, columns, text)
    for number, row in rows.items():
        bordered = {column for column in grid.bordered.get(number, ()) if order[column] >= 0}
        row.empty = bordered - row.texts.keys() - row.covered
    return [rows[number] for number in sorted(rows)]


def _bounds(grid: Grid, order: Sequence[int], shown: set[tuple[int, int]]) -> tuple[int, int, int] | None:
    """First and last row that has text, and the last column that has text or a border; None of an empty sheet."""
    texts = shown | {(top, left) for top, left, _, _ in grid.merged if (top, left) in grid.texts}
    if not texts:
        return None
    numbers = [number for number, _ in texts]
    columns = [column for _, column in texts]
    for number in set(numbers):
        columns += [column for column in grid.bordered.get(number, ()) if order[column] >= 0]
    deepest = max(numbers)
    for top, left, bottom, right in grid.merged:
        # a cell merged downwards over rows of its own goes on below the last text, where there are borders
        if (top, left) in texts and top <= deepest and right in grid.bordered.get(min(bottom, top + 1), ()):
            deepest = max(deepest, min(bottom, max(grid.bordered, default=bottom)))
    return min(numbers), deepest, max(columns)


def _merge(rows: dict[int, _Row], numbers: Sequence[int], columns: Sequence[int], text: str | None) -> None:
    """Put the text of a merged cell into its first place that is shown, and cover the others.

    A range without text is a cell with nothing in it: its first place is an empty cell.
    """
    first = bool(columns)
    for number in numbers if columns else ():
        row = rows.setdefault(number, _Row(number))
        for column in columns:
            row.texts.pop(column, None)
            if not first:
                row.covered.add(column)
            elif text is not None:
                row.texts[column] = text
            else:
                row.holes.add(column)
            first = False


def _stretches(rows: Sequence[_Row], hidden: Sequence[int]) -> list[list[_Row]]:
    """The rows in stretches between which a blank row is shown."""
    stretches: list[list[_Row]] = []
    for row in rows:
        if stretches:
            before = stretches[-1][-1].number
            between = bisect_left(hidden, row.number) - bisect_right(hidden, before)
            if row.number - before - 1 == between:
                stretches[-1].append(row)
                continue
        stretches.append([row])
    return stretches


def _bordered(stretch: Sequence[_Row], order: Sequence[int]) -> list[Line]:
    """The rows of a stretch in which borders show the empty cells."""
    return [
        _line(row, order, *row.extent(), is_paragraph=len(row.texts) <= 1 and not row.empty | row.holes)
        for row in stretch
    ]


def _bare(stretch: Sequence[_Row], order: Sequence[int]) -> list[Line]:
    """The rows of a stretch without borders: tables with paragraphs before, between and behind them."""
    several = [at for at, row in enumerate(stretch) if len(row.texts) > 1]
    lines: list[Line] = []
    table: list[_Row] = []
    for at, row in enumerate(stretch):
        if len(row.texts) > 1 or (row.texts and not _stands_alone(stretch, at, several)) or (not row.texts and table):
            table.append(row)
            continue
        lines += _padded(table, order)
        table = []
        lines.append(_line(row, order, *row.extent(), is_paragraph=True))
    return lines + _padded(table, order)


def _padded(table: Sequence[_Row], order: Sequence[int]) -> list[Line]:
    if not table:
        return []
    extents = [row.extent() for row in table]
    first, last = min(start for start, _ in extents), max(stop for _, stop in extents)
    return [_line(row, order, first, last, is_paragraph=False) for row in table]


def _stands_alone(stretch: Sequence[_Row], at: int, several: Sequence[int]) -> bool:
    """Whether the one text of a row is a paragraph rather than the label of a line whose cells are empty."""
    row = stretch[at]
    text = next(iter(row.texts.values()))
    if not several or at < several[0] or len(text) > _LONG:
        return True
    if row.holes:
        return False
    before = _width(stretch, several, bisect_left(several, at) - 1, -1)
    if at > several[-1]:
        return len(text) > _SHORT or row.extent()[1] >= before
    after = _width(stretch, several, bisect_left(several, at), 1)
    return before != after or row.extent()[1] >= before


def _width(stretch: Sequence[_Row], several: Sequence[int], position: int, step: int) -> int:
    """The last column of the rows of several texts that follow one another from `position` on."""
    last = stretch[several[position]].extent()[1]
    while 0 <= position + step < len(several) and abs(several[position + step] - several[position]) == 1:
        position += step
        last = max(last, stretch[several[position]].extent()[1])
    return last


def _line(row: _Row, order: Sequence[int], first: int, last: int, is_paragraph: bool) -> Line:
    if is_paragraph:
        return Line(row.number, dict(row.texts), order, True)
    cells = {
        column: None if column in row.covered else row.texts.get(column, "")
        for column in range(first, last + 1)
        if order[column] >= 0
    }
    return Line(row.number, cells, order, False)
