"""Rules → grids: the columns, rows and merged cells of every ruled table of a page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govinfo.readers.pdf.rules import Rule, Rules

_TOUCH = 3.2
_OPEN = 8.0
_SAME_EDGE = 4.0
_PRESENT = 0.5
# A page with more lines than this is a drawing.
_MAX_RULES = 3000


@dataclass(frozen=True, slots=True)
class Region:
    """A cell of a grid: the row and column of its top left position, and how many of each it takes."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the edges of its columns and rows, and its cells in reading order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]

    @property
    def area(self) -> float:
        """The area that the table takes."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def holds(self, x: float, y: float) -> bool:
        """Whether a point stands within the table."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def position(self, x: float, y: float) -> tuple[int, int]:
        """The row and the column of a point within the table."""
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        return row, column


def find_grids(rules: Rules) -> tuple[Grid, ...]:
    """The ruled tables, smallest first, so that what stands within another comes before it.

    A frame around text, a lone line and a box are no tables: a grid has at least two cells.
    """
    if len(rules.across) + len(rules.down) > _MAX_RULES:
        return ()
    grids = [grid for across, down in _components(rules) for grid in _grid(across, down)]
    return tuple(sorted(grids, key=lambda grid: grid.area))


def _components(rules: Rules) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """The rules that hang together because they touch or cross."""
    across, down = rules.across, rules.down
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, line in enumerate(across):
        for j, other in enumerate(down):
            if (
                other.start - _TOUCH <= line.at <= other.stop + _TOUCH
                and line.start - _TOUCH <= other.at <= line.stop + _TOUCH
            ):
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, line in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(line)
    for j, line in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(line)
    for lines, others in groups.values():
        if lines and others:
            yield lines, others


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> Iterator[Grid]:
    """The grid of rules that hang together; none where they enclose fewer than two cells."""
    if len(across) + len(down) < 3:
        return
    xs = _edges([rule.at for rule in down], min(r.start for r in across), max(r.stop for r in across))
    ys = _edges([rule.at for rule in across], min(r.start for r in down), max(r.stop for r in down))
    if len(xs) < 2 or len(ys) < 2 or len(xs) + len(ys) < 5:
        return
    right = _walls(xs, ys, down)
    below = _walls(ys, xs, across)
    yield Grid(tuple(xs), tuple(ys), _regions(len(ys) - 1, len(xs) - 1, right, below))


def _edges(at: Sequence[float], start: float, stop: float) -> list[float]:
    """The edges where lines lie, and those of an open side, where the crossing lines go on beyond the last."""
    edges: list[float] = []
    for value in sorted(at):
        if not edges or value - edges[-1] > _SAME_EDGE:
            edges.append(value)
    if start < edges[0] - _OPEN:
        edges.insert(0, start)
    if stop > edges[-1] + _OPEN:
        edges.append(stop)
    return edges


def _walls(at: Sequence[float], along: Sequence[float], rules: Sequence[Rule]) -> set[tuple[int, int]]:
    """Between which positions a line is drawn: (edge, stretch) of every inner edge that is ruled there."""
    walls = set()
    for edge in range(1, len(at) - 1):
        lines = [rule for rule in rules if abs(rule.at - at[edge]) <= _SAME_EDGE]
        for stretch in range(len(along) - 1):
            start, stop = along[stretch], along[stretch + 1]
            covered = sum(max(0.0, min(rule.stop, stop) - max(rule.start, start)) for rule in lines)
            if covered >= _PRESENT * (stop - start):
                walls.add((edge, stretch))
    return walls


def _regions(rows: int, columns: int, right: set[tuple[int, int]], below: set[tuple[int, int]]) -> tuple[Region, ...]:
    """The cells: positions without a line between them are one, where together they make a rectangle."""
    group = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

    def root(item: tuple[int, int]) -> tuple[int, int]:
        while group[item] != item:
            group[item] = group[group[item]]
            item = group[item]
        return item

    for row in range(rows):
        for column in range(columns):
            if column and (column, row) not in right:
                group[root((row, column))] = root((row, column - 1))
            if row and (row, column) not in below:
                group[root((row, column))] = root((row - 1, column))
    members: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for item in group:
        members.setdefault(root(item), []).append(item)
    regions = [region for items in members.values() for region in _rectangles(items, right, below)]
    return tuple(sorted(regions, key=lambda region: (region.row, region.column)))


def _rectangles(
    items: list[tuple[int, int]], right: set[tuple[int, int]], below: set[tuple[int, int]]
) -> Iterator[Region]:
    """The positions as one cell; where they make no clear rectangle, as a cell for each row's stretch."""
    top, left = min(row for row, _ in items), min(column for _, column in items)
    height = max(row for row, _ in items) - top + 1
    width = max(column for _, column in items) - left + 1
    walled = any((column, row) in right for row, column in items if column > left)
    walled = walled or any((row, column) in below for row, column in items if row > top)
    if len(items) == height * width and not walled:
        yield Region(top, left, height, width)
        return
    kept = set(items)
    for row, column in sorted(items):
        if (row, column - 1) in kept and (column, row) not in right:
            continue
        stop = column + 1
        while (row, stop) in kept and (stop, row) not in right:
            stop += 1
        yield Region(row, column, 1, stop - column)


def merge_positions(regions: Sequence[Region], pairs: Sequence[tuple[Region, Region]]) -> tuple[Region, ...]:
    """The regions with those of each pair, and all that lies between them, made one."""
    merged = list(regions)
    for one, other in pairs:
        first = _around(merged, one)
        second = _around(merged, other)
        if first == second:
            continue
        box = _bound([first, second])
        while True:
            inside = [item for item in merged if _meets(item, box)]
            wider = _bound([box, *inside])
            if wider == box:
                break
            box = wider
        merged = [item for item in merged if not _meets(item, box)] + [box]
    return tuple(sorted(merged, key=lambda region: (region.row, region.column)))


def _around(regions: Sequence[Region], region: Region) -> Region:
    return next(item for item in regions if _meets(item, region))


def _bound(regions: Sequence[Region]) -> Region:
    row, column = min(r.row for r in regions), min(r.column for r in regions)
    rows = max(r.row + r.rows for r in regions) - row
    return Region(row, column, rows, max(r.column + r.columns for r in regions) - column)


def _meets(one: Region, other: Region) -> bool:
    return (
        one.row < other.row + other.rows
        and other.row < one.row + one.rows
        and one.column < other.column + other.columns
        and other.column < one.column + one.columns
    )
