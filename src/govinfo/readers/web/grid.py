"""The rows of a page's table as its grid: spans resolved, rows used for layout taken as flow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govinfo.readers.web.parts import Table, TableCell, TableRow, TooManyCellsError

# Columns in which no cell begins say nothing; a head that spans 100 columns of a table of 8 has that many of them.
_FEW_COLUMNS = 40
# A cell with so much text in several lines is no label and no figure but a piece of the page.
_LONG_TEXT = 150
_LONG_LINE = 40


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a table as shown: the `row`-th of the `table`-th table, both from 1.

    `line` is that of its tag in the markup. `cells` holds the columns and their cells, None where a merged cell
    covers the position.
    """

    table: int
    row: int
    line: int
    cells: list[tuple[int, TableCell | None]]


@dataclass(slots=True)
class Allowance:
    """How many positions merged cells may still cover, in all tables of a document."""

    left: int


Positions = list[tuple[int, TableCell | None]]


def shown_pieces(pieces: Sequence[str | Table], covered: Allowance) -> Iterator[str | GridRow]:
    """The lines and the rows that the `pieces` of a page show, in order.

    Raises
    ------
    TooManyCellsError
        More positions than `covered` allows are covered by merged cells.
    """
    # tables stand in cells of tables as deep as a page likes, so no function calls itself for them
    stack: list[Iterator[str | Table | GridRow]] = [iter(pieces)]
    while stack:
        for piece in stack[-1]:
            if type(piece) is Table:
                stack.append(_pieces_of(piece, covered))
                break
            if isinstance(piece, str | GridRow):
                yield piece
        else:
            stack.pop()


def _pieces_of(table: Table, covered: Allowance) -> Iterator[str | Table | GridRow]:
    """What a table shows: its rows, and in place of rows that only lay out the page, what stands in them.

    Parameters
    ----------
    covered : how many positions may still be covered by merged cells; this table's are taken off.

    Raises
    ------
    TooManyCellsError
        More are.
    """
    rows, grid = _grid(_shown_groups(table), covered)
    nested = any(_has_table(cell) for row in rows for cell in row.cells)
    single = all(len(row.cells) <= 1 for row in rows)
    begun = [column for positions in grid for column, cell in positions if cell is not None]
    width = max(max(begun, default=0) + 1, _FEW_COLUMNS)
    for number, (row, positions) in enumerate(zip(rows, grid, strict=True), 1):
        if single or (nested and len(row.cells) <= 1) or any(_is_flow(cell) for cell in row.cells):
            for cell in row.cells:
                yield from cell.pieces
            continue
        cells = [
            (column, cell)
            for column, cell in positions
            if column < width and not (cell is not None and cell.absent and not cell.pieces)
        ]
        if cells and not (row.flat and not any(cell is not None and cell.pieces for _, cell in cells)):
            yield GridRow(table.number, number, row.line, cells)


def _shown_groups(table: Table) -> list[list[TableRow]]:
    """The groups of rows as browsers show them: the first head on top, the first foot at the bottom."""
    groups = list(table.groups)
    head = next((group for group in groups if group[0] == "thead"), None)
    foot = next((group for group in groups if group[0] == "tfoot"), None)
    between = [group for group in groups if group is not head and group is not foot]
    ordered = [*([head] if head else []), *between, *([foot] if foot else [])]
    return [rows for _, rows in ordered]


def _grid(groups: Sequence[list[TableRow]], covered: Allowance) -> tuple[list[TableRow], list[Positions]]:
    """All rows in order, and for each the positions of its grid that a cell takes or covers."""
    rows: list[TableRow] = []
    grid: list[Positions] = []
    for group in groups:
        # columns that cells above reach into, and for how many rows more; no cell reaches out of its group
        reach: dict[int, int] = {}
        for number, row in enumerate(group):
            positions = _positions(row, reach, len(group) - number, covered.left + len(row.cells))
            covered.left -= len(positions) - len(row.cells)
            rows.append(row)
            grid.append(positions)
            reach = {column: left - 1 for column, left in reach.items() if left > 1}
    return rows, grid


def _positions(row: TableRow, reach: dict[int, int], left: int, most: int) -> Positions:
    """The positions of one row, at most so many; `reach` takes up the cells that go on in the `left` rows below."""
    above = set(reach)
    positions: Positions = []
    column = 0
    for cell in row.cells:
        while column in above:
            positions.append((column, None))
            column += 1
        if len(positions) + cell.columns > most:
            raise TooManyCellsError
        span = cell.rows or left
        for here in range(column, column + cell.columns):
            positions.append((here, cell if here == column else None))
            if span > 1:
                reach[here] = max(reach.get(here, 0), span)
        column += cell.columns
    positions.extend((here, None) for here in sorted(above) if here >= column)
    if len(positions) > most:
        raise TooManyCellsError
    return positions


def _has_table(cell: TableCell) -> bool:
    return any(type(piece) is Table for piece in cell.pieces)


def _is_flow(cell: TableCell) -> bool:
    """Whether a cell holds a table or a run of paragraphs."""
    if len(cell.pieces) == 1 and type(cell.pieces[0]) is str:
        return False
    if _has_table(cell):
        return True
    lengths = [len(piece) for piece in cell.pieces if isinstance(piece, str)]
    return len(lengths) > 1 and sum(lengths) > _LONG_TEXT and max(lengths) > _LONG_LINE


def text_of(cell: TableCell) -> str:
    """The text that a cell shows, its lines parted by newlines."""
    pieces = cell.pieces
    if len(pieces) == 1 and type(pieces[0]) is str:
        return pieces[0]
    return "\n".join(piece for piece in pieces if isinstance(piece, str))
