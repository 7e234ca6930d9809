"""A table of the form as the sheet of paper: cells with spans, laid out from the definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from govinfo.definitions.form import Block, Column, FormTable, Line

# What is printed in each figure's cell, by line code and column key.
Texts = Mapping[tuple[str, str], str]
# what the column of units prints beside a caption
_NO_UNIT = "——"


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell of a sheet. `merged` says that it is covered: by its left neighbour or by the cell above."""

    text: str = ""
    merged: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet. `line` is the line whose figures stand in it, from the column `first` on.

    `head`: it is one of the rows that a table printed over several pages prints again.
    """

    cells: tuple[SheetCell, ...]
    line: Line | None = None
    first: int = 0
    head: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A cell that is not covered, with the rows and columns that it takes; `row` and `column` count from 0."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


LEFT = SheetCell(merged="left")
ABOVE = SheetCell(merged="above")


def sheet(table: FormTable, texts: Texts) -> tuple[SheetRow, ...]:
    """The rows of `table` with `texts` in its figures' cells, all of one width."""
    if table.unit_column is not None:
        return tuple(_list_rows(table, texts))
    width = max(block.label_columns + len(block.columns) for block in table.blocks)
    labels = max(block.label_columns for block in table.blocks)
    if all(line.label is None for block in table.blocks for line in block.lines):
        labels, width = 0, width - 1
    rows: list[SheetRow] = []
    for block in table.blocks:
        rows.extend(_head_rows(table, block, labels, width))
        rows.extend(_line_rows(block, texts, labels, width))
    return tuple(rows)


def spans(rows: Sequence[SheetRow]) -> Iterator[Span]:
    """The cells of `rows` that are not covered, in reading order, with what they cover."""
    for i, row in enumerate(rows):
        for j, cell in enumerate(row.cells):
            if cell.merged:
                continue
            columns = 1
            while j + columns < len(row.cells) and row.cells[j + columns].merged == "left":
                columns += 1
            down = 1
            while i + down < len(rows) and all(
                below.merged == "above" for below in rows[i + down].cells[j : j + columns]
            ):
                down += 1
            yield Span(cell.text, i, j, down, columns)


def _list_rows(table: FormTable, texts: Texts) -> Iterator[SheetRow]:
    """A table with a column of units: one head, and captions in rows of their own."""
    head = table.blocks[0].columns[0].label
    yield SheetRow(tuple(SheetCell(text or "") for text in (table.corner, table.unit_column, head)), head=True)
    for block in table.blocks:
        (column,) = block.columns
        before: tuple[str, ...] = ()
        if block.caption:
            yield SheetRow((SheetCell(block.caption), SheetCell(_NO_UNIT), SheetCell()))
        for line in block.lines:
            for level, caption in enumerate(line.captions):
                if before[: level + 1] != line.captions[: level + 1]:
                    yield SheetRow((SheetCell(caption), SheetCell(_NO_UNIT), SheetCell()))
            before = line.captions
            figure = texts.get((line.code, column.key), "")
            yield SheetRow(tuple(SheetCell(text or "") for text in (line.label, line.unit, figure)), line, 2)


def _head_rows(table: FormTable, block: Block, labels: int, width: int) -> list[SheetRow]:
    rows = []
    if block.caption:
        rows.append(_padded([SheetCell(block.caption), *[LEFT] * (width - 1)], width))
    depth = max(len(column.captions) for column in block.columns) + 1
    for level in range(depth):
        corner = [SheetCell(table.corner or ""), *[LEFT] * (labels - 1)] if level == 0 else [ABOVE] * labels
        heads = [_head_cell(block.columns, position, level) for position in range(len(block.columns))]
        cells = _padded([*(corner if labels else []), *heads], width).cells
        rows.append(SheetRow(cells, head=not block.caption))
    return rows


def _head_cell(columns: tuple[Column, ...], position: int, level: int) -> SheetCell:
    path = (*columns[position].captions, columns[position].label)
    if level >= len(path):
        return ABOVE
    here = path[: level + 1]
    if position and level < len(path) - 1:
        left = columns[position - 1]
        if (*left.captions, left.label)[: level + 1] == here:
            return LEFT
    return SheetCell(here[-1])


def _line_rows(block: Block, texts: Texts, labels: int, width: int) -> list[SheetRow]:
    rows = []
    before: tuple[str, ...] = ()
    for line in block.lines:
        cells: list[SheetCell] = []
        for level, caption in enumerate(line.captions):
            same = before[: level + 1] == line.captions[: level + 1]
            cells.append(ABOVE if same else SheetCell(caption))
        if line.label is not None:
            cells.append(SheetCell(line.label))
            cells.extend([LEFT] * (labels - len(cells)))
        first = len(cells)
        cells.extend(SheetCell(texts.get((line.code, column.key), "")) for column in block.columns)
        rows.append(SheetRow(_padded(cells, width).cells, line, first))
        before = line.captions
    return rows


def _padded(cells: list[SheetCell], width: int) -> SheetRow:
    return SheetRow(tuple(cells + [LEFT] * (width - len(cells))))
