"""Grids and pieces of text → what a page holds from top to bottom: tables with their cells, and lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govinfo.readers.pdf.glyphs import Glyph
from govinfo.readers.pdf.grid import Grid, Region, find_grids, merge_positions
from govinfo.readers.pdf.rules import Rules
from govinfo.readers.pdf.words import Line, Piece, joined_text, lines_of, piece_of, pieces_of

_OVER = 0.25
_FLOW_LINES = 4
_FLOW_LETTERS = 160
_FRAMED_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell of a row: its text, the column it begins in and how many it takes; `covered` by one further up."""

    text: str
    column: int
    columns: int = 1
    covered: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of a table that follow one another on a page, the edges of its columns, and where it begins and ends.

    `xs` is empty where no lines rule the table.
    """

    xs: tuple[float, ...]
    rows: tuple[tuple[Printed, ...], ...]
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds: tables and lines from the top, its rules across, and its size."""

    number: int
    items: tuple[Block | Line, ...]
    across: tuple[tuple[float, float, float], ...]
    width: float
    height: float


def top_of(item: Block | Line) -> float:
    """Where an item of a page begins."""
    return item.top if isinstance(item, Block) else item.base - item.size


def lay_page(number: int, glyphs: Sequence[Glyph], rules: Rules, width: float, height: float) -> Page:
    """The page with its ruled tables and the lines of text outside them, from top to bottom."""
    pieces = pieces_of(glyphs)
    loose: list[Piece] = []
    blocks: list[Block] = []
    held, free = _sorted_in(find_grids(rules), pieces)
    loose.extend(free)
    for grid, members in held:
        found, flowing = _blocks(grid, members)
        blocks.extend(found)
        loose.extend(flowing)
    items: list[Block | Line] = [*blocks, *lines_of(loose)]
    items.sort(key=top_of)
    across = tuple((rule.at, rule.start, rule.stop) for rule in rules.across)
    return Page(number, tuple(items), across, width, height)


def _sorted_in(grids: Sequence[Grid], pieces: Sequence[Piece]) -> tuple[list[tuple[Grid, list[Piece]]], list[Piece]]:
    """The pieces by the innermost grid that they stand in, and those that stand in none."""
    held: list[tuple[Grid, list[Piece]]] = [(grid, []) for grid in grids]
    free = []
    for piece in pieces:
        x, y = piece.middle
        for grid, members in held:
            if grid.holds(x, y):
                members.append(piece)
                break
        else:
            free.append(piece)
    return held, free


def _blocks(grid: Grid, pieces: Sequence[Piece]) -> tuple[list[Block], list[Piece]]:
    """The rows of a table, and the pieces of cells that are no table's: prose with nothing beside it."""
    if not pieces:
        return [], []
    regions, inside = _fill(grid, pieces)
    columns = len(grid.xs) - 1
    flowing: list[Piece] = []
    flow_rows: set[int] = set()
    for region in regions:
        whole = region.columns == columns and (columns == 1 or _is_prose(inside.get(region, [])))
        if whole or _is_set_alone(region, inside):
            flowing.extend(inside.pop(region, []))
            flow_rows.update(range(region.row, region.row + region.rows))
    rows = [row for row in range(len(grid.ys) - 1) if row not in flow_rows]
    return list(_runs(grid, regions, inside, rows)), flowing


def _is_prose(pieces: Sequence[Piece]) -> bool:
    return sum(len(piece.text) for piece in pieces) > _FLOW_LETTERS or len(lines_of(pieces)) >= _FLOW_LINES


def _is_set_alone(region: Region, inside: dict[Region, list[Piece]]) -> bool:
    """Whether a cell holds prose and its rows hold nothing else: a frame around text, as layout tables draw it."""
    pieces = inside.get(region, ())
    if sum(len(piece.text) for piece in pieces) <= _FRAMED_LETTERS or all(piece.text != "。" for piece in pieces):
        return False
    stop = region.row + region.rows
    return not any(other is not region and other.row < stop and region.row < other.row + other.rows for other in inside)


def _fill(grid: Grid, pieces: Sequence[Piece]) -> tuple[tuple[Region, ...], dict[Region, list[Piece]]]:
    """The cells of a grid and the pieces in each; cells that a number overlaps are made one."""
    owner = _owners(grid.regions)
    placed: list[Piece] = []
    pairs: list[tuple[Region, Region]] = []
    for piece in pieces:
        parts = list(_parts(grid, owner, piece)) if piece.is_number else [piece]
        for part in parts:
            placed.append(part)
            row, first = grid.position(part.x0 + _OVER * part.size, part.middle[1])
            _, last = grid.position(part.x1 - _OVER * part.size, part.middle[1])
            if part.is_number and last > first and owner[row, first] != owner[row, last]:
                pairs.append((owner[row, first], owner[row, last]))
    regions = merge_positions(grid.regions, pairs) if pairs else grid.regions
    owner = _owners(regions)
    inside: dict[Region, list[Piece]] = {}
    ends: dict[int, tuple[Piece, Region]] = {}
    for piece in placed:
        region = owner[grid.position(*piece.middle)]
        if not piece.is_number:
            run = piece.glyphs[0].run
            before = ends.get(run)
            if before is not None and _follows(before[0], piece):
                # words that run over a line belong to the cell in which they begin
                region = before[1]
            ends[run] = (piece, region)
        inside.setdefault(region, []).append(piece)
    return regions, inside


def _follows(before: Piece, piece: Piece) -> bool:
    """Whether a piece stands right behind another on its line."""
    near = _OVER * min(before.size, piece.size)
    return abs(piece.x0 - before.x1) <= near and abs(piece.base - before.base) <= near


def _owners(regions: Sequence[Region]) -> dict[tuple[int, int], Region]:
    return {
        (row, column): region
        for region in regions
        for row in range(region.row, region.row + region.rows)
        for column in range(region.column, region.column + region.columns)
    }


def _parts(grid: Grid, owner: dict[tuple[int, int], Region], piece: Piece) -> Iterator[Piece]:
    """A number's characters, taken apart where a line of the table runs between two that were set separately."""
    row: list[Glyph] = []
    height = piece.middle[1]
    for glyph in piece.glyphs:
        if row and row[-1].run != glyph.run:
            before = grid.position((row[-1].x0 + row[-1].x1) / 2, height)
            after = grid.position((glyph.x0 + glyph.x1) / 2, height)
            if owner[before] != owner[after]:
                yield piece_of(row)
                row = []
        row.append(glyph)
    yield piece_of(row)


def _runs(
    grid: Grid, regions: Sequence[Region], inside: dict[Region, list[Piece]], rows: Sequence[int]
) -> Iterator[Block]:
    """Blocks of rows that follow one another."""
    owner = _owners(regions)
    printed: list[tuple[Printed, ...]] = []
    for row in rows:
        printed.append(tuple(_row(owner, inside, row, len(grid.xs) - 1)))
        if row + 1 in rows:
            continue
        first = row + 1 - len(printed)
        if any(cell.text for cells in printed for cell in cells):
            yield Block(grid.xs, tuple(printed), grid.ys[first], grid.ys[row + 1])
        printed = []


def _row(
    owner: dict[tuple[int, int], Region], inside: dict[Region, list[Piece]], row: int, columns: int
) -> Iterator[Printed]:
    column = 0
    while column < columns:
        region = owner[row, column]
        if region.row == row:
            lines = lines_of(inside.get(region, ()))
            text = joined_text([line.text for line in lines])
            yield Printed(text, column, region.columns, hidden=any(line.hidden for line in lines))
        else:
            yield Printed("", column, region.columns, covered=True)
        column = region.column + region.columns
