"""What the form's equations leave open: readings of damaged lines, filtered until nothing more falls.

A damaged line has readings, each a choice of what stands in its columns. The equations of the form hold
in one table together, so a reading is dropped when no whole numbers from 0 up, in the cells that nobody
knows, satisfy every equation that it touches. Dropping is sound: no reading that could be true is dropped,
so a cell on which all that remain agree is known, and any other cell is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod
from typing import cast

from govinfo.definitions.form import Block, Equation

Cell = tuple[str, str]
Number = int | Decimal
# A cell's lowest and highest value; None as the highest is no bound.
Bounds = tuple[Number, Number | None]
# The same of a term of an equation: one with a negative coefficient may have no lowest value.
Span = tuple[Number | None, Number | None]
# What a reading says of a column: a number, UNPRINTED (some number that was lost) or NOTHING (no number).
UNPRINTED = "unprinted"
NOTHING = "nothing"
Reading = tuple[Number | str, ...]
# A reading with the bounds that it gives to its cells; cells in which it has no number are absent.
Option = tuple[Reading, dict[Cell, Bounds]]

_MAX_JOINT = 3000
_MAX_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Sum:
    """An equation over cells: the sum of coefficient x cell is 0."""

    terms: tuple[tuple[int, Cell], ...]

    def is_known_but_for(self, line: str, known: Mapping[Cell, Number | None]) -> bool:
        """Whether the equation holds a cell of `line` and every cell of other lines in it has a number."""
        own = [cell for _, cell in self.terms if cell[0] == line]
        return bool(own) and all(known.get(cell) is not None for _, cell in self.terms if cell[0] != line)


@dataclass(frozen=True, slots=True)
class _OpenSum:
    """An equation with the numbers that are known summed up: `known` + sum of coefficient x cell is 0."""

    known: Number
    terms: tuple[tuple[int, Cell], ...]
    cells: frozenset[Cell]


def sums_of(block: Block, equations: Iterable[Equation]) -> tuple[Sum, ...]:
    """The equations of one block, spelled out over its cells (line code, column key)."""
    lines = {line.code for line in block.lines}
    columns = {column.key: column for column in block.columns}
    sums = []
    for equation in equations:
        codes = {code for _, code in equation.terms}
        if equation.for_each == "column" and codes <= lines:
            sums += [Sum(tuple((k, (code, key)) for k, code in equation.terms)) for key in columns]
        elif equation.for_each == "line" and codes <= set(columns):
            sums += [Sum(tuple((k, (line, code)) for k, code in equation.terms)) for line in lines]
        elif equation.for_each == "group":
            groups = dict.fromkeys(column.group for column in block.columns)
            for group in groups:
                keys = {column.code: column.key for column in block.columns if column.group == group}
                if codes <= set(keys):
                    sums += [
                        Sum(tuple((k, (line, keys[code])) for k, code in equation.terms)) for line in sorted(lines)
                    ]
    return tuple(sums)


def adds_up(sums: Iterable[Sum], known: Mapping[Cell, Number | None]) -> bool:
    """Whether every equation holds whose cells all have numbers."""
    for item in sums:
        values = [(factor, known.get(cell)) for factor, cell in item.terms]
        numbers = [factor * value for factor, value in values if value is not None]
        if len(numbers) == len(values) and sum(numbers) != 0:
            return False
    return True


def settle(
    sums: Sequence[Sum],
    known: Mapping[Cell, Number | None],
    damaged: Mapping[str, tuple[tuple[str, ...], Sequence[Reading]]],
) -> dict[str, list[Option]]:
    """The readings of damaged lines that the equations allow.

    Parameters
    ----------
    sums : the equations; one that needs a cell without a number says nothing.
    known : the cells of lines that are not damaged; None where there is no number.
    damaged : for each damaged line its column keys and its readings.

    Returns
    -------
    For each damaged line its allowed readings with the bounds of their cells. An empty list: none is allowed.
    """
    usable = [item for item in sums if all(cell[0] in damaged or known.get(cell) is not None for _, cell in item.terms)]
    open_sums = [_without_known(item, known) for item in usable]
    touching: dict[str, list[_OpenSum]] = defaultdict(list)
    for item in open_sums:
        for line in {cell[0] for cell in item.cells if cell[0] in damaged}:
            touching[line].append(item)
    readings = {
        line: [(reading, _bounds(line, keys, reading)) for reading in dict.fromkeys(options)]
        for line, (keys, options) in damaged.items()
    }
    hulls = {line: _hull(options) for line, options in readings.items()}
    for _ in range(_MAX_ROUNDS):
        if not _filter_round(touching, readings, hulls):
            break
    # where the readings of every line agree already, trying all their combinations could decide nothing more
    is_open = any(bounds != options[0][1] for options in readings.values() for _, bounds in options)
    if is_open and len(readings) > 1 and prod(len(options) for options in readings.values()) <= _MAX_JOINT:
        readings = _joint(open_sums, readings)
    return readings


def unconfirmed(
    sums: Sequence[Sum],
    known: Mapping[Cell, Number | None],
    keys: Mapping[str, Sequence[str]],
    readings: Mapping[str, Sequence[Option]],
) -> frozenset[str]:
    """The damaged lines of which a reading rests on nothing but numbers that nobody printed.

    A lost total fits whatever is printed, so it shows nothing of whether the figures add up at all. A reading is
    confirmed by an equation that it touches in which each of its own cells is printed and those of other lines are
    certain. Lines that no equation touches are left out: nothing but their own figures decides about them.
    """
    certain = {cell for cell, value in known.items() if value is not None}
    for line, options in readings.items():
        certain |= {(line, key) for key in keys[line] if decided(options, (line, key)) is not None}
    equations = [{cell for _, cell in item.terms} for item in sums]
    found = set()
    for line, options in readings.items():
        own = {(line, key) for key in keys[line]}
        touching = [cells for cells in equations if not cells.isdisjoint(own)]
        # what must be printed of this line for the equation to speak, where all else in it is certain
        needed = [cells & own for cells in touching if cells - own <= certain]
        printed = (_printed_cells(line, keys[line], reading) for reading, _ in options)
        if touching and not all(any(cells <= here for cells in needed) for here in printed):
            found.add(line)
    return frozenset(found)


def _printed_cells(line: str, keys: Sequence[str], reading: Reading) -> set[Cell]:
    return {(line, key) for key, said in zip(keys, reading, strict=True) if isinstance(said, int | Decimal)}


def decided(options: Sequence[Option], cell: Cell) -> Number | None:
    """The number that all readings give `cell`; None where they differ, leave it open, or there is none."""
    values = {bounds.get(cell) for _, bounds in options}
    if len(values) != 1:
        return None
    bounds = values.pop()
    return bounds[0] if bounds is not None and bounds[0] == bounds[1] else None


def _bounds(line: str, keys: Sequence[str], reading: Reading) -> dict[Cell, Bounds]:
    found: dict[Cell, Bounds] = {}
    for key, said in zip(keys, reading, strict=True):
        if isinstance(said, int | Decimal):
            found[line, key] = (said, said)
        elif said == UNPRINTED:
            found[line, key] = (0, None)
    return found


def _without_known(item: Sum, known: Mapping[Cell, Number | None]) -> _OpenSum:
    numbers = [factor * value for factor, cell in item.terms if (value := known.get(cell)) is not None]
    terms = tuple((factor, cell) for factor, cell in item.terms if known.get(cell) is None)
    return _OpenSum(sum(numbers), terms, frozenset(cell for _, cell in terms))


def _filter_round(
    touching: Mapping[str, Sequence[_OpenSum]], readings: dict[str, list[Option]], hulls: dict[str, dict[Cell, Bounds]]
) -> bool:
    """Drop and tighten readings once over all lines; returns whether anything changed.

    `hulls` are the hulls of the lines' readings and are kept so.
    """
    changed = False
    for line, options in readings.items():
        near = frozenset().union(*(item.cells for item in touching[line]))
        others = {
            cell: bounds
            for other, hull in hulls.items()
            if other != line
            for cell, bounds in hull.items()
            if cell in near
        }
        kept = []
        for reading, bounds in options:
            tightened = _tighten(touching[line], {**others, **bounds})
            if tightened is not None:
                kept.append((reading, {cell: tightened[cell] for cell in bounds}))
        if kept != options:
            changed = True
            readings[line] = kept
            hulls[line] = _hull(kept)
    return changed


def _hull(options: Sequence[Option]) -> dict[Cell, Bounds]:
    """For each cell of a line the narrowest bounds that hold all its readings; absent where one has no number."""
    every = [bounds for _, bounds in options]
    hull: dict[Cell, Bounds] = {}
    for cell in set(every[0]).intersection(*every[1:]) if every else ():
        said = {bounds[cell] for bounds in every}
        highs = [high for _, high in said]
        bounded = [high for high in highs if high is not None]
        hull[cell] = (min(low for low, _ in said), max(bounded) if len(bounded) == len(highs) else None)
    return hull


def _tighten(sums: Sequence[_OpenSum], bounds: dict[Cell, Bounds]) -> dict[Cell, Bounds] | None:
    """`bounds` narrowed by the equations until nothing moves; None where an equation cannot hold."""
    moved: set[Cell] = set()
    for number in range(_MAX_ROUNDS):
        before, moved = moved, set()
        for item in sums:
            # an equation none of whose cells moved since has nothing more to say
            if number and item.cells.isdisjoint(before) and item.cells.isdisjoint(moved):
                continue
            if not _tighten_one(item, bounds, moved):
                return None
        if not moved:
            break
    return bounds


def _tighten_one(item: _OpenSum, bounds: dict[Cell, Bounds], moved: set[Cell]) -> bool:
    """Narrow the cells of one equation and note which moved; False where it cannot hold."""
    terms: list[Span] = []
    lowest = highest = item.known
    no_low = no_high = 0
    for factor, cell in item.terms:
        own = bounds.get(cell)
        if own is None:
            return True
        low, high = span = own if factor > 0 else _negative(own)
        terms.append(span)
        if low is None:
            no_low += 1
        else:
            lowest += low
        if high is None:
            no_high += 1
        else:
            highest += high
    if (not no_low and lowest > 0) or (not no_high and highest < 0):
        return False
    for (factor, cell), (low, high) in zip(item.terms, terms, strict=True) if no_low < 2 or no_high < 2 else ():
        # a term is minus the sum of the rest, so it lies between these
        least = None if no_high > (high is None) else -(highest - (high or 0))
        most = None if no_low > (low is None) else -(lowest - (low or 0))
        new_low = least if low is None or (least is not None and least > low) else low
        new_high = most if high is None or (most is not None and most < high) else high
        if (new_low, new_high) != (low, high):
            narrowed = (new_low, new_high)
            bounds[cell] = cast(Bounds, narrowed if factor > 0 else _negative(narrowed))
            moved.add(cell)
    return True


def _negative(span: Span) -> Span:
    low, high = span
    return (None if high is None else -high), (None if low is None else -low)


def _joint(sums: Sequence[_OpenSum], readings: dict[str, list[Option]]) -> dict[str, list[Option]]:
    """The readings that stand in some allowed choice of one reading for every line at once."""
    allowed: dict[str, list[Option]] = {line: [] for line in readings}
    for choice in product(*readings.values()):
        together: dict[Cell, Bounds] = {}
        for _, bounds in choice:
            together.update(bounds)
        tightened = _tighten(sums, together)
        if tightened is None:
            continue
        for line, (reading, bounds) in zip(readings, choice, strict=True):
            narrowed = (reading, {cell: tightened[cell] for cell in bounds})
            if narrowed not in allowed[line]:
                allowed[line].append(narrowed)
    return allowed
