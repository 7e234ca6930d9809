"""Lines of text → tables that no lines rule: rows by baseline, columns where figures stand beneath each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govinfo.readers.pdf_labels import label_lines
from govinfo.readers.pdf_page import Block, Page, Printed
from govinfo.readers.pdf_words import Line, Piece, line_text

_FIGURE = re.compile(r"^[+\-\u2212\uff0b\uff0d]?[0-9\uff10-\uff19]+(?:[.,\uff0e\uff0c][0-9\uff10-\uff19]+)*%?$")
_MARK = re.compile(r"^[/\-\u2014\u2013\uff0d\uff0f]{1,2}$")
_APART = 1.2
_BESIDE_NUMBER = 0.8
_BETWEEN_NUMBERS = 0.35
_FAR = 3.5
_MAX_LABEL_LINES = 4


class Segment(NamedTuple):
    """A piece of a line with wide space around it."""

    text: str
    x0: float
    x1: float
    hidden: bool

    @property
    def is_figure(self) -> bool:
        """Whether it is a number or a mark for none."""
        return _FIGURE.match(self.text) is not None or _MARK.match(self.text) is not None


class Row(NamedTuple):
    """A line in its segments."""

    line: Line
    segments: tuple[Segment, ...]

    @property
    def is_figures(self) -> bool:
        """Whether it can be a row of a table: it shows a figure beside something else."""
        return len(self.segments) > 1 and any(segment.is_figure for segment in self.segments)


def segments_of(line: Line) -> tuple[Segment, ...]:
    """The segments of a line, from left to right."""
    groups: list[list[Piece]] = []
    for piece in line.pieces:
        if not groups or _is_apart(groups[-1][-1], piece):
            groups.append([])
        groups[-1].append(piece)
    return tuple(
        Segment(line_text(group), group[0].x0, group[-1].x1, any(piece.hidden for piece in group)) for group in groups
    )


def _is_apart(before: Piece, piece: Piece) -> bool:
    gap, size = piece.x0 - before.x1, min(before.size, piece.size)
    if before.is_number and piece.is_number:
        return gap > _BETWEEN_NUMBERS * size
    return gap > (_BESIDE_NUMBER if before.is_number or piece.is_number else _APART) * size


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
    rows = [Row(line, segments_of(line)) for line in lines]
    position = 0
    while position < len(rows):
        stop = _stop_of_run(rows, position)
        if stop == position:
            yield from _other_line(rows[position])
            position += 1
            continue
        yield from _table(rows[position:stop], page)
        position = stop


def _other_line(row: Row) -> Iterator[Block | Line]:
    """A line that is no table's row: as it is, or as a row of cells where wide spaces part it."""
    if len(row.segments) < 2:
        yield row.line
        return
    yield Block((), (tuple(_in_order(row)),), row.line.base - row.line.size, row.line.base)


def _in_order(row: Row) -> Iterator[Printed]:
    for column, segment in enumerate(row.segments):
        yield Printed(segment.text, column, hidden=segment.hidden)


def _stop_of_run(rows: Sequence[Row], start: int) -> int:
    """The end of the table that begins at `start`: rows of figures, and lines of labels around them.

    Returns `start` where no table begins there.
    """
    first = start
    while first < len(rows) and not rows[first].is_figures:
        alone = len(rows[first].segments) == 1 and not rows[first].segments[0].is_figure
        if not alone or first - start >= _MAX_LABEL_LINES:
            return start
        first += 1
    if first == len(rows):
        return start
    left = min(segment.x0 for segment in rows[first].segments if segment.is_figure)
    for row in rows[start:first]:
        if row.segments[0].x1 > left or rows[first].line.base - row.line.base > _FAR * 2 * row.line.size:
            return start
    last = stop = first
    while stop + 1 < len(rows) and stop - last < _MAX_LABEL_LINES:
        row = rows[stop + 1]
        if row.line.base - rows[stop].line.base > _FAR * row.line.size:
            break
        if row.is_figures:
            last = stop + 1
            left = min(left, *(segment.x0 for segment in row.segments if segment.is_figure))
        elif len(row.segments) > 1 or row.segments[0].x1 > left or row.segments[0].is_figure:
            break
        stop += 1
    return stop + 1


def _table(rows: Sequence[Row], page: Page) -> Iterator[Block | Line]:
    """A run of rows as a table; lines at its ends that are no row's label stay lines."""
    figured = [index for index, row in enumerate(rows) if row.is_figures]
    rules = [at for at, start, stop in page.across if start < rows[figured[0]].line.x0 + 20 and stop - start > 40]
    owners = label_lines([row.line for row in rows], figured, [_own_label(rows[index]) for index in figured], rules)
    before = [index for index in range(figured[0]) if owners.get(index) is None]
    after = [index for index in range(figured[-1] + 1, len(rows)) if owners.get(index) is None]
    for index in before:
        yield rows[index].line
    inner = [index for index in range(len(rows)) if index not in before and index not in after]
    columns = _columns([rows[index] for index in figured])
    labels = max(sum(1 for s in rows[index].segments if not s.is_figure) for index in figured) or 1
    printed = []
    for index in inner:
        owner = owners.get(index)
        if index in figured:
            own = [rows[other].segments[0] for other in inner if owners.get(other) == index]
            printed.append(tuple(_cells(rows[index], own, owners, rows, columns, labels)))
        elif owner is None:
            printed.append((Printed(rows[index].segments[0].text, 0, hidden=rows[index].line.hidden),))
    top = rows[inner[0]].line.base - rows[inner[0]].line.size
    yield Block((), tuple(printed), top, rows[inner[-1]].line.base)
    for index in after:
        yield rows[index].line


def _own_label(row: Row) -> bool:
    return not row.segments[0].is_figure


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]] | None:
    """Where the columns of figures stand; None where two figures of a row stand in one, or words among them."""
    spans = sorted((s.x0, s.x1) for row in rows for s in row.segments if s.is_figure)
    columns: list[tuple[float, float]] = []
    for x0, x1 in spans:
        if columns and x0 <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], x1))
        else:
            columns.append((x0, x1))
    for row in rows:
        places = [_column_of(columns, segment) for segment in row.segments if segment.is_figure]
        words = [segment for segment in row.segments if not segment.is_figure]
        if len(set(places)) < len(places) or any(segment.x1 > columns[0][0] for segment in words):
            return None
    return columns


def _column_of(columns: Sequence[tuple[float, float]], segment: Segment) -> int:
    return next(index for index, (x0, x1) in enumerate(columns) if x0 <= segment.x0 and segment.x1 <= x1)


def _cells(
    row: Row,
    own: Sequence[Segment],
    owners: dict[int, int],
    rows: Sequence[Row],
    columns: list[tuple[float, float]] | None,
    labels: int,
) -> Iterator[Printed]:
    """The cells of a row of figures, with the lines of its label joined."""
    words = [segment for segment in row.segments if not segment.is_figure]
    figures = [segment for segment in row.segments if segment.is_figure]
    above = [s for other, s in _placed(rows, owners, row) if other.line.base < row.line.base]
    below = [s for other, s in _placed(rows, owners, row) if other.line.base > row.line.base]
    if columns is None and not own:
        yield from _in_order(row)
        return
    texts = [(segment.text, segment.hidden) for segment in words]
    if own:
        parts = [*above, *words[-1:], *below]
        texts[-1:] = [("\n".join(part.text for part in parts), any(part.hidden for part in parts))]
    for column, (text, hidden) in enumerate(texts):
        yield Printed(text, column, hidden=hidden)
    if columns is None:
        for column, segment in enumerate(figures):
            yield Printed(segment.text, labels + column, hidden=segment.hidden)
        return
    placed = {_column_of(columns, segment): segment for segment in figures}
    for column in range(len(columns)):
        found = placed.get(column)
        yield Printed(found.text if found else "", labels + column, hidden=found.hidden if found else False)


def _placed(rows: Sequence[Row], owners: dict[int, int], row: Row) -> list[tuple[Row, Segment]]:
    """The lines of the row's label above and below it."""
    return [(rows[index], rows[index].segments[0]) for index, owner in owners.items() if rows[owner] is row]
