"""Lines of text → tables that no lines rule: rows by baseline, columns where figures stand beneath each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govinfo.definitions.reading import reading
from govinfo.readers.pdf.cut import Row, with_cut_figures
from govinfo.readers.pdf.labels import Part, Stack, rows_beside, stacks
from govinfo.readers.pdf.page import Block, Page, Printed
from govinfo.readers.pdf.words import Line, Piece, Segment, joined_text, lies_over, line_text
from govinfo.text import fold_width, squeeze

_FIGURE = re.compile(r"^[+\-\u2212]?[0-9]+(?:[.,][0-9]+)*%?$")
# In letters: the space between two segments of a line, beside a number, between two numbers.
_APART = 1.2
_BESIDE_NUMBER = 0.8
_BETWEEN_NUMBERS = 0.35
# The same in front of a place, to so many points, where so many segments of the table begin.
_NARROW_SPACE = 0.2
_SAME_START = 0.6
_OFTEN = 3
# In letters: how far apart lines of one table stand at most, and those of its heads.
_FAR = 3.5
_NEAR = 2.4
_MAX_LABEL_LINES = 16
# A line by itself above the heads belongs to them where it is no wider than this share of the table.
_NARROW = 0.6
_SAME_ROW = 0.5

Columns = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Run:
    """The lines of a table: its heads, and from `first` on its rows of figures with the lines of their labels.

    `left` is where the figures begin.
    """

    rows: Sequence[Row]
    first: int
    left: float
    figured: tuple[int, ...]


def is_figure(text: str) -> bool:
    """Whether a text is a number, with a unit or without, a word for none or a mark for it."""
    words = reading()
    folded = squeeze(fold_width(text))
    if folded in words.zeros or folded in words.marks:
        return True
    unit = next((unit for unit in words.units if folded.endswith(unit)), "")
    return _FIGURE.match(folded.removesuffix(unit)) is not None


def is_figures(row: Row) -> bool:
    """Whether a line can be a row of a table: it shows a figure beside something else."""
    return len(row.segments) > 1 and any(is_figure(segment.text) for segment in row.segments)


def segments_of(line: Line, starts: Sequence[float] = ()) -> tuple[Segment, ...]:
    """The segments of a line, from left to right; a narrow space is enough where one of the `starts` is behind it."""
    groups: list[list[Piece]] = []
    for piece in line.pieces:
        if not groups or _is_apart(groups[-1][-1], piece) or _starts_at(groups[-1][-1], piece, starts):
            groups.append([])
        groups[-1].append(piece)
    return tuple(
        Segment(line_text(group), group[0].x0, group[-1].x1, any(piece.hidden for piece in group)) for group in groups
    )


def _is_apart(before: Piece, piece: Piece) -> bool:
    gap, size = piece.x0 - before.x1, min(before.size, piece.size)
    if lies_over(before, piece):
        return True
    if before.is_number and piece.is_number:
        return gap > _BETWEEN_NUMBERS * size
    return gap > (_BESIDE_NUMBER if before.is_number or piece.is_number else _APART) * size


def _starts_at(before: Piece, piece: Piece, starts: Sequence[float]) -> bool:
    small = min(before.size, piece.size)
    return piece.x0 - before.x1 > _NARROW_SPACE * small and any(abs(piece.x0 - x) <= _SAME_START for x in starts)


def _common_starts(rows: Sequence[Row]) -> list[float]:
    """Where segments begin again and again: the left edges of columns."""
    places = sorted(segment.x0 for row in rows if len(row.segments) > 1 for segment in row.segments)
    found: list[float] = []
    for at, place in enumerate(places):
        near = places[at : at + _OFTEN]
        if len(near) == _OFTEN and near[-1] - place <= _SAME_START and (not found or place - found[-1] > _SAME_START):
            found.append(place)
    return found


def loose_tables(page: Page) -> list[Block | Line]:
    """The page's items with lines that make tables as tables."""
    items: list[Block | Line] = []
    waiting: list[Line] = []
    for item in page.items:
        if isinstance(item, Block):
            items.extend(_tables_in(waiting, page))
            waiting = []
            items.append(item)
        else:
            waiting.append(item)
    items.extend(_tables_in(waiting, page))
    return items


def _tables_in(lines: Sequence[Line], page: Page) -> Iterator[Block | Line]:
    rows = with_cut_figures([Row(line, segments_of(line)) for line in lines], is_figure)
    position = 0
    while position < len(rows):
        first = next((index for index in range(position, len(rows)) if is_figures(rows[index])), len(rows))
        start = _start_of_run(rows, position, first) if first < len(rows) else first
        for row in rows[position:start]:
            yield from _other_line(row)
        if start == len(rows):
            return
        position = _stop_of_run(rows, first)
        starts = _common_starts(rows[start:position])
        run = [row if row.is_cut else Row(row.line, segments_of(row.line, starts)) for row in rows[start:position]]
        yield from _table(run, first - start, page)


def _other_line(row: Row) -> Iterator[Block | Line]:
    """A line that is no table's row: as it is, or as a row of cells where wide spaces part it."""
    if len(row.segments) < 2:
        yield row.line
        return
    cells = tuple(Printed(part.text, column, hidden=part.hidden) for column, part in enumerate(row.segments))
    yield Block((), (cells,), row.line.base - row.line.size, row.line.base)


def _start_of_run(rows: Sequence[Row], position: int, first: int) -> int:
    """Where the heads, or the label, of the rows that begin at `first` begin."""
    start = first
    while start > position:
        row, below = rows[start - 1], rows[start]
        if below.line.base - row.line.base > _NEAR * max(row.line.size, below.line.size):
            break
        start -= 1
    width = max(row.line.x1 for row in rows[start : first + 1]) - min(row.line.x0 for row in rows[start : first + 1])
    for index in range(first - 1, start - 1, -1):
        row = rows[index]
        alone = len(row.segments) == 1
        wide = row.line.x1 - row.line.x0 > _NARROW * width or row.line.size > 1.15 * rows[first].line.size
        if alone and (wide or row.line.text[-1] in "。；"):
            return index + 1
    return start


def _stop_of_run(rows: Sequence[Row], first: int) -> int:
    """The end of the table whose first row of figures is `first`: rows of figures, and lines of labels around them."""
    left = _left(rows[first])
    last = stop = first
    while stop + 1 < len(rows) and stop - last < _MAX_LABEL_LINES:
        row = rows[stop + 1]
        if row.line.base - rows[stop].line.base > _FAR * row.line.size:
            break
        if is_figures(row):
            last = stop + 1
            left = min(left, _left(row))
        elif any(segment.x1 > left or is_figure(segment.text) for segment in row.segments):
            break
        stop += 1
    return stop + 1


def _left(row: Row) -> float:
    return min(segment.x0 for segment in row.segments if is_figure(segment.text))


def _table(rows: Sequence[Row], first: int, page: Page) -> Iterator[Block | Line]:
    """A run of lines as a table; lines at its ends that are no row's label stay lines."""
    figured = tuple(index for index, row in enumerate(rows) if is_figures(row))
    run = _Run(rows, first, min(_left(rows[index]) for index in figured), figured)
    rules = [at for at, start, stop in page.across if start < rows[first].line.x0 + 20 and stop - start > 40]
    bases = [rows[index].line.base for index in figured]
    cells = stacks(list(_parts(run)), bases, rules)
    beside = [rows_beside(cell, bases) for cell in cells]
    heads, labels, alone, outside = _sorted_out(run, cells, beside)
    yield from (row.line for index, row in enumerate(rows[: figured[0]]) if index in outside)
    printed = [*_head_rows(heads), *_rows(run, labels, alone)]
    if printed:
        yield Block((), tuple(printed), rows[0].line.base - rows[0].line.size, rows[figured[-1]].line.base)
    yield from (row.line for index, row in enumerate(rows) if index > figured[-1] and index in outside)


def _parts(run: _Run) -> Iterator[Part]:
    """The words of a table with their places."""
    for index, row in enumerate(run.rows):
        stands = row.segments[-1].x0 >= run.left
        for segment in _words(run, index):
            yield Part(index, row.line.base, row.line.size, segment, stands)


def _words(run: _Run, index: int) -> list[Segment]:
    """The segments of a line that are words: in a row of figures those before the figures."""
    row = run.rows[index]
    if not is_figures(row):
        return list(row.segments)
    return [segment for segment in row.segments if segment.x0 < run.left and not is_figure(segment.text)]


def _values(run: _Run, index: int) -> list[Segment]:
    words = _words(run, index)
    return [segment for segment in run.rows[index].segments if segment not in words]


def _sorted_out(
    run: _Run, cells: Sequence[Stack], beside: Sequence[list[int]]
) -> tuple[list[Stack], dict[int, list[Stack]], list[tuple[float, Stack]], set[int]]:
    """The cells of the heads, those of each row of figures, those between the rows, and the lines outside."""
    heads: list[Stack] = []
    labels: dict[int, list[Stack]] = {}
    alone: list[tuple[float, Stack]] = []
    outside: set[int] = set()
    top = min(run.rows[index].line.base for index in run.figured)
    in_heads = any(len(row.segments) > 1 for row in run.rows[: run.first])
    for cell, rows in zip(cells, beside, strict=True):
        if len(rows) == 1:
            labels.setdefault(run.figured[rows[0]], []).append(cell)
        elif rows:
            alone.append((run.rows[run.figured[rows[0]]].line.base - 0.01, cell))
        elif cell[-1].base < top and in_heads:
            heads.append(cell)
        elif cell[-1].base < top or cell[0].line > run.figured[-1]:
            outside.update(part.line for part in cell)
        else:
            alone.append(((cell[0].base + cell[-1].base) / 2, cell))
    return heads, labels, alone, outside


def _head_rows(heads: Sequence[Stack]) -> Iterator[tuple[Printed, ...]]:
    """The heads in rows: those whose middles stand at one height."""
    rows: list[list[Stack]] = []
    for head in sorted(heads, key=_middle):
        if not rows or _middle(head) - _middle(rows[-1][0]) > _SAME_ROW * head[0].size:
            rows.append([])
        rows[-1].append(head)
    for row in rows:
        ordered = sorted(row, key=lambda head: head[0].segment.x0)
        yield tuple(_printed(head, column) for column, head in enumerate(ordered))


def _middle(cell: Stack) -> float:
    return (cell[0].base + cell[-1].base) / 2


def _printed(cell: Stack, column: int) -> Printed:
    text = joined_text([part.segment.text for part in cell])
    return Printed(text, column, hidden=any(part.segment.hidden for part in cell))


def _rows(
    run: _Run, labels: dict[int, list[Stack]], alone: Sequence[tuple[float, Stack]]
) -> Iterator[tuple[Printed, ...]]:
    """The rows of figures with their labels, and the cells between them as rows of their own."""
    columns = _columns(run)
    most = max((len(cells) for cells in labels.values()), default=0) or 1
    waiting = sorted(alone, key=lambda item: item[0])
    for index in run.figured:
        while waiting and waiting[0][0] < run.rows[index].line.base:
            yield (_printed(waiting.pop(0)[1], 0),)
        cells = sorted(labels.get(index, []), key=lambda cell: cell[0].segment.x0)
        words = tuple(_printed(cell, column) for column, cell in enumerate(cells))
        yield (*words, *_figures(_values(run, index), columns, most))
    for _, cell in waiting:
        yield (_printed(cell, 0),)


def _figures(values: Sequence[Segment], columns: Columns | None, first: int) -> Iterator[Printed]:
    """The cells of figures; in their order where the columns are not known."""
    if columns is None:
        for column, segment in enumerate(values):
            yield Printed(segment.text, first + column, hidden=segment.hidden)
        return
    placed = {_column_of(columns, segment): segment for segment in values}
    for column in range(len(columns)):
        found = placed.get(column)
        yield Printed(found.text if found else "", first + column, hidden=found.hidden if found else False)


def _columns(run: _Run) -> Columns | None:
    """Where the columns of figures stand; None where two figures of a row stand in one."""
    values = [_values(run, index) for index in run.figured]
    columns: Columns = []
    for x0, x1 in sorted((segment.x0, segment.x1) for row in values for segment in row):
        if columns and x0 <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    for row in values:
        if len({_column_of(columns, segment) for segment in row}) < len(row):
            return None
    return columns


def _column_of(columns: Columns, segment: Segment) -> int:
    return next(index for index, (x0, x1) in enumerate(columns) if x0 <= segment.x0 and segment.x1 <= x1)
