"""Made-up figures that satisfy the form's arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from random import Random

from govinfo.definitions.form import Block, Column, Equation, Form, FormTable, Line

Figures = dict[tuple[str, str], int | Decimal]


def consistent_figures(form: Form, random: Random, most: int = 9) -> dict[str, dict[tuple[str, str], int]]:
    """Whole figures for the tables of `form`, by table, line code and column key, that break none of its equations.

    Parameters
    ----------
    random : where the figures come from; the same state gives the same figures.
    most : the largest figure of a cell that is no total.
    """
    return {table.name: _figures(table, random, most) for table in form.tables}


def _figures(table: FormTable, random: Random, most: int) -> dict[tuple[str, str], int]:
    figures = {(line.code, column.key): random.randint(0, most) for _, line, column in cells_of(table)}
    if table.name == "requests":
        _balance_requests(table, figures)
    else:
        add_up(table, figures)
    return figures


def cells_of(table: FormTable) -> Iterator[tuple[Block, Line, Column]]:
    """Block, line and column of every cell of a table, in the form's order."""
    return ((block, line, column) for block in table.blocks for line in block.lines for column in block.columns)


def _balance_requests(table: FormTable, figures: dict[tuple[str, str], int]) -> None:
    """Make the totals and the balance hold: first in the six applicants' columns, then in their total."""
    (block,) = table.blocks
    columns = [column.key for column in block.columns if column.code != "total"]
    outcomes = outcome_lines(block)
    for column in columns:
        total = sum(figures[code, column] for code in outcomes)
        figures["total", column] = total
        # what came in is what was decided and what is left; a part of it came over from the year before
        everything = total + figures["carried_forward", column]
        figures["carried_over", column] = min(figures["carried_over", column], everything)
        figures["new", column] = everything - figures["carried_over", column]
    add_up(table, figures)


def outcome_lines(block: Block) -> list[str]:
    """The lines of the table of requests that say how requests were decided."""
    return [line.code for line in block.lines if line.category not in ("received", "total", "carried_forward")]


def add_up(table: FormTable, figures: dict[tuple[str, str], int]) -> None:
    """Set every figure that an equation of `table` says is the sum of others, the innermost sums first."""
    sums = [(equation, total) for equation in table.equations if (total := equation.total) is not None]
    # a sum may be a part of another: as many rounds as there are sums are enough
    for _ in sums:
        for equation, total in sums:
            for cells in equation_cells(table, equation):
                figures[cells[total]] = sum(figures[cell] for code, cell in cells.items() if code != total)


def equation_cells(table: FormTable, equation: Equation) -> Iterator[Mapping[str, tuple[str, str]]]:
    """Line code and column key of each code of `equation`, once for each of its axis."""
    codes = [code for _, code in equation.terms]
    for block in table.blocks:
        if equation.for_each == "column":
            if {line.code for line in block.lines} >= set(codes):
                yield from ({code: (code, column.key) for code in codes} for column in block.columns)
            continue
        for line in block.lines:
            for group in dict.fromkeys(column.group for column in block.columns):
                keys = {column.code: column.key for column in block.columns if column.group == group}
                if keys.keys() >= set(codes):
                    yield {code: (line.code, keys[code]) for code in codes}
