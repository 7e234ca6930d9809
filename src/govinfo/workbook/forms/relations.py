"""The equations of a form (勾稽关系) as formulas of a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from govinfo.definitions.form import Equation, FormTable

Key = tuple[str, str, str]
# Amounts are read from decimals: what is nearer than this is the same amount.
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Relation:
    """An equation for one column, line or group: the sum of `left` is the sum of `right`."""

    equation: Equation = field(hash=False)
    left: tuple[Key, ...]
    right: tuple[Key, ...]


def relations_of(table: FormTable) -> Iterator[Relation]:
    """Every instance of the table's equations of which the table has all figures, in the order of the form."""
    cells = {
        (column.group or line.code, column.code): None
        for block in table.blocks
        for line in block.lines
        for column in block.columns
    }
    for equation in table.equations:
        over_lines = equation.for_each == "column"
        for each in dict.fromkeys(column if over_lines else line for line, column in cells):
            terms = [(factor, (code, each) if over_lines else (each, code)) for factor, code in equation.terms]
            if all(spot in cells for _, spot in terms):
                left = tuple((table.name, *spot) for factor, spot in terms for _ in range(factor))
                right = tuple((table.name, *spot) for factor, spot in terms for _ in range(-factor))
                yield Relation(equation, left, right)


def difference_formula(left: Sequence[tuple[int, int]], right: Sequence[tuple[int, int]], unknown: str) -> str:
    """The formula of left side minus right side; `unknown`, a text, where a cell (row, column) holds no number."""
    there = ",".join((*_ranges(left), *_ranges(right)))
    sums = [f"SUM({','.join(_ranges(side))})" for side in (left, right)]
    count = len(left) + len(right)
    return f'=IF(COUNT({there})={count},ROUND({sums[0]}-{sums[1]},{_DECIMALS}),"{unknown}")'


def difference(relation: Relation, values: Mapping[Key, Any], unknown: str) -> float | str:
    """What the formula gives for these values: numbers; anything else is no number."""
    sides = [[values.get(key) for key in side] for side in (relation.left, relation.right)]
    if not all(isinstance(value, int | float) for side in sides for value in side):
        return unknown
    left, right = (sum(value for value in side if value is not None) for side in sides)
    return whole(round(left - right, _DECIMALS))


def whole(value: float) -> float:
    """The number without a fraction where it has none."""
    return int(value) if float(value).is_integer() else value


def _ranges(cells: Sequence[tuple[int, int]]) -> list[str]:
    """The cells as few ranges: runs down one column, or else along one row."""
    for across in (False, True):
        lines = sorted(cells) if across else sorted(cells, key=lambda cell: (cell[1], cell[0]))
        runs: list[list[tuple[int, int]]] = []
        for cell in lines:
            before = runs[-1][-1] if runs else None
            step = (0, 1) if across else (1, 0)
            if before is not None and (cell[0] - before[0], cell[1] - before[1]) == step:
                runs[-1].append(cell)
            else:
                runs.append([cell])
        if across or len(runs) < len(cells) or len(cells) == 1:
            break
    return [_range(run) for run in runs]


def _range(run: Sequence[tuple[int, int]]) -> str:
    ends = [f"{get_column_letter(column)}{row}" for row, column in (run[0], run[-1])]
    return ends[0] if ends[0] == ends[1] else ":".join(ends)
