"""What the equations leave open: nothing that could be true is dropped, and what is decided is forced."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govinfo.definitions.form import Block, Column, Equation, Line
from govinfo.parse.tables.arithmetic import (
    NOTHING,
    UNPRINTED,
    Cell,
    Reading,
    Sum,
    decided,
    settle,
    sums_of,
    unconfirmed,
)

KEYS = ("a", "b", "total")
LINES = ("first", "second", "sum")
BLOCK = Block(
    None,
    None,
    tuple(Column(key, key, (key,)) for key in KEYS),
    tuple(Line(code, code, (code,)) for code in LINES),
)
EQUATIONS = (
    Equation("t.row", "line", "total = a + b", ((1, "total"), (-1, "a"), (-1, "b"))),
    Equation("t.column", "column", "sum = first + second", ((1, "sum"), (-1, "first"), (-1, "second"))),
)
SUMS = sums_of(BLOCK, EQUATIONS)


def table(a: int, b: int, c: int, d: int) -> dict[Cell, int]:
    """A table that satisfies every equation."""
    rows = {"first": (a, b, a + b), "second": (c, d, c + d), "sum": (a + c, b + d, a + b + c + d)}
    return {(line, key): value for line, row in rows.items() for key, value in zip(KEYS, row, strict=True)}


def readings(printed: list[int]) -> tuple[Reading, ...]:
    """Every reading of one figure too few, none, or too many."""
    if len(printed) >= len(KEYS):
        return tuple(dict.fromkeys(combinations(printed, len(KEYS))))
    return tuple((*printed[:gap], UNPRINTED, *printed[gap:]) for gap in range(len(KEYS)))


def completions(options: dict[str, tuple[Reading, ...]], known: dict[Cell, int], top: int) -> Iterator[dict[Cell, int]]:
    """By brute force, every whole table in which no equation fails, with lost figures from 0 to `top`."""
    lines = list(options)
    for choice in product(*options.values()):
        spans = [range(top + 1) if said == UNPRINTED else (said,) for reading in choice for said in reading]
        for values in product(*spans):
            cells = dict(known)
            cells.update(zip(((line, key) for line in lines for key in KEYS), values, strict=True))
            if all(sum(factor * cells[cell] for factor, cell in item.terms) == 0 for item in SUMS):
                yield cells


figures = st.integers(0, 4)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    truth=st.builds(table, figures, figures, figures, figures),
    lines=st.sets(st.sampled_from(LINES), min_size=1, max_size=2),
    kinds=st.lists(st.sampled_from(["lost", "doubled"]), min_size=2, max_size=2),
    positions=st.lists(st.integers(0, 2), min_size=2, max_size=2),
)
def test_what_is_decided_is_what_all_tables_without_a_broken_equation_have(
    truth: dict[Cell, int], lines: set[str], kinds: list[str], positions: list[int]
) -> None:
    options = {}
    for line, kind, position in zip(sorted(lines), kinds, positions, strict=False):
        printed = [truth[line, key] for key in KEYS]
        printed[position : position + 1] = [] if kind == "lost" else [printed[position]] * 2
        options[line] = readings(printed)
    known = {cell: value for cell, value in truth.items() if cell[0] not in lines}

    allowed = settle(SUMS, known, {line: (KEYS, said) for line, said in options.items()})

    possible = list(completions(options, known, top=17))
    assert truth in possible
    for line, key in product(sorted(lines), KEYS):
        value = decided(allowed[line], (line, key))
        assert value in (None, truth[line, key])
        if value is not None:
            assert {cells[line, key] for cells in possible} == {value}


@settings(max_examples=100, deadline=None, derandomize=True)
@given(truth=st.builds(table, figures, figures, figures, figures), line=st.sampled_from(LINES), gap=st.integers(0, 2))
def test_no_reading_that_could_be_true_is_dropped(truth: dict[Cell, int], line: str, gap: int) -> None:
    printed = [truth[line, key] for key in KEYS]
    del printed[gap]
    known = {cell: value for cell, value in truth.items() if cell[0] != line}
    said = readings(printed)

    allowed = {reading for reading, _ in settle(SUMS, known, {line: (KEYS, said)})[line]}

    for reading in said:
        if any(completions({line: (reading,)}, known, top=17)):
            assert reading in allowed


def test_a_duplicated_column_is_told_by_the_rows_sum() -> None:
    known = table(1, 2, 3, 4)
    printed = readings([3, 3, 4, 7])
    rest = {cell: value for cell, value in known.items() if cell[0] != "second"}

    (option,) = settle(SUMS, rest, {"second": (KEYS, printed)})["second"]

    assert option[0] == (3, 4, 7)


def test_lines_shifted_in_the_same_way_are_decided_together() -> None:
    """Each of the two alone could be read in several ways."""
    known = table(0, 2, 0, 5)
    rest = {cell: value for cell, value in known.items() if cell[0] == "sum"}
    options = {"first": (KEYS, readings([2, 2])), "second": (KEYS, readings([5, 5]))}

    allowed = settle(SUMS, rest, options)

    for line, key in product(("first", "second"), KEYS):
        assert decided(allowed[line], (line, key)) == known[line, key]


def test_an_equation_with_an_unknown_cell_says_nothing() -> None:
    rest: dict[Cell, int | None] = {("sum", key): None for key in KEYS} | {("second", key): 1 for key in KEYS}

    allowed = settle((SUMS[-1],), rest, {"first": (KEYS, readings([1, 2]))})

    assert len(allowed["first"]) == 3


def test_where_no_reading_fits_nothing_is_decided() -> None:
    known = {cell: value for cell, value in table(1, 1, 1, 1).items() if cell[0] != "first"}

    allowed = settle(SUMS, known, {"first": (KEYS, readings([9, 9, 9, 9]))})

    assert allowed["first"] == []
    assert decided(allowed["first"], ("first", "a")) is None


@pytest.mark.parametrize("said", [NOTHING, UNPRINTED])
def test_a_cell_that_holds_no_number_is_not_decided_by_its_own_equation_alone(said: str) -> None:
    """A mark for none is no number; a lost figure that another line binds is one."""
    item = Sum(((1, ("x", "total")), (-1, ("x", "a")), (-1, ("x", "b"))))
    allowed = settle((item,), {}, {"x": (KEYS, ((1, said, 5),))})
    assert decided(allowed["x"], ("x", "b")) == (4 if said == UNPRINTED else None)


def test_equations_are_spelled_out_over_the_cells_that_have_them() -> None:
    assert len(SUMS) == len(KEYS) + len(LINES)
    assert all(len(item.terms) == 3 for item in SUMS)


def options(*chosen: Reading) -> list[tuple[Reading, dict[Cell, tuple[int, int | None]]]]:
    """Readings of the line `first` with what they say of its cells."""
    return [
        (
            reading,
            {
                ("first", key): (0, None) if said == UNPRINTED else (said, said)
                for key, said in zip(KEYS, reading, strict=True)
            },
        )
        for reading in chosen
    ]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ([(2, 3, 5)], set()),
        ([(2, 3, UNPRINTED)], {"first"}),
        ([(2, 3, 5), (2, 3, UNPRINTED)], {"first"}),
    ],
)
def test_a_lost_total_confirms_nothing(chosen: list[Reading], found: set[str]) -> None:
    """Figures that do not add up left only the reading in which each total was lost, and that was taken for true."""
    assert unconfirmed(SUMS, {}, {"first": KEYS}, {"first": options(*chosen)}) == found


def test_a_line_with_a_lost_total_is_confirmed_by_the_columns() -> None:
    known = table(2, 3, 4, 1)
    others = {cell: value for cell, value in known.items() if cell[0] != "first"}

    assert unconfirmed(SUMS, others, {"first": KEYS}, {"first": options((2, 3, UNPRINTED))}) == set()


def test_a_line_that_no_equation_touches_needs_no_confirmation() -> None:
    assert unconfirmed((), {}, {"first": KEYS}, {"first": options((2, 3, UNPRINTED))}) == set()
