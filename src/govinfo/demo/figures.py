"""Made-up figures that satisfy the form's arithmetic."""

from __future__ import annotations

from random import Random

from govinfo.definitions.form import Form, FormTable

Figures = dict[tuple[str, str], int]


def consistent_figures(form: Form, random: Random, most: int = 9) -> dict[str, Figures]:
    """Figures for the tables of `form`, by table, line code and column key, that break none of its equations.

    Parameters
    ----------
    random : where the figures come from; the same state gives the same figures.
    most : the largest figure of a cell that is no total.
    """
    return {table.name: _figures(table, random, most) for table in form.tables}


def _figures(table: FormTable, random: Random, most: int) -> Figures:
    figures = {
        (line.code, column.key): random.randint(0, most)
        for block in table.blocks
        for line in block.lines
        for column in block.columns
    }
    if table.name == "requests":
        _balance_requests(table, figures)
    elif table.name == "disputes":
        _total_disputes(table, figures)
    return figures


def _balance_requests(table: FormTable, figures: Figures) -> None:
    """Make the totals and the balance hold: first in the six applicants' columns, then in their total."""
    (block,) = table.blocks
    columns = [column.key for column in block.columns if column.code != "total"]
    outcomes = [line.code for line in block.lines if line.category not in ("received", "total", "carried_forward")]
    for column in columns:
        total = sum(figures[code, column] for code in outcomes)
        figures["total", column] = total
        # what came in is what was decided and what is left; a part of it came over from the year before
        everything = total + figures["carried_forward", column]
        figures["carried_over", column] = min(figures["carried_over", column], everything)
        figures["new", column] = everything - figures["carried_over", column]
    for line in block.lines:
        figures[line.code, "total"] = sum(figures[line.code, column] for column in columns)


def _total_disputes(table: FormTable, figures: Figures) -> None:
    (block,) = table.blocks
    (line,) = block.lines
    for column in block.columns:
        if column.code == "total":
            parts = [other.key for other in block.columns if other.group == column.group and other.code != "total"]
            figures[line.code, column.key] = sum(figures[line.code, key] for key in parts)
