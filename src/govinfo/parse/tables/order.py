"""The order of a table's columns: the form's, or another that the head prints."""

from __future__ import annotations

from collections.abc import Sequence

from govinfo.definitions.form import Block, Column, Equation
from govinfo.parse.tables.arithmetic import Number, Sum, adds_up, sums_of
from govinfo.parse.tables.figures import parse_figure
from govinfo.parse.tables.laid import LaidLine, LaidTable

Order = tuple[Column, ...]


def column_order(block: Block, laid: LaidTable, equations: Sequence[Equation]) -> Order:
    """The columns as a head printed in one row orders them; else the form's order.

    Heads on several rows say nothing: a head that spans two rows is read before those beneath its neighbour. The
    same is true of heads of several rows that were run together: the head of a group stands between those of
    columns. Where the two orders differ and the sums of the lines hold in one of them only, they decide.
    """
    for row, heads in laid.header_rows.items():
        order = tuple(column for _, column in heads)
        if order == block.columns or len(order) != len(block.columns) or set(order) != set(block.columns):
            continue
        for_form, for_head = _lines_that_add_up(block, laid, equations, block.columns, order)
        if for_form == for_head:
            return block.columns if row in laid.mixed_rows else order
        return order if for_head > for_form else block.columns
    return block.columns


def _lines_that_add_up(
    block: Block, laid: LaidTable, equations: Sequence[Equation], first: Order, second: Order
) -> tuple[int, int]:
    """How many lines add up in the first order and not in the second, and the other way round."""
    sums = [item for item in sums_of(block, equations) if len({line for _, (line, _) in item.terms}) == 1]
    counts = [0, 0]
    for line in laid.lines:
        if line.line is None or line.line not in block.lines:
            continue
        one, other = _adds_up(line, first, sums), _adds_up(line, second, sums)
        counts[0] += one and not other
        counts[1] += other and not one
    return counts[0], counts[1]


def _adds_up(line: LaidLine, order: Order, sums: Sequence[Sum]) -> bool:
    """Whether the line has a number for each column and its sums hold with the columns in this order."""
    assert line.line is not None
    if len(line.printed) != len(order):
        return False
    code = line.line.code
    numbers: dict[tuple[str, str], Number | None] = {
        (code, column.key): parse_figure(slot.text, column, None).value
        for column, slot in zip(order, line.printed, strict=True)
    }
    own = [item for item in sums if all(cell in numbers for _, cell in item.terms)]
    return bool(own) and None not in numbers.values() and adds_up(own, numbers)
