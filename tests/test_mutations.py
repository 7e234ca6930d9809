"""A printed report with several lines mutated: never a wrong number, and every untouched line whole.

A line counts as touched where something was done to a line of text on which a part of it stands, or right beside it:
a lost label leaves its figures behind the line above. The one line of table four has no label, so whatever is done to
the heads above it touches it.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutated_reports import MUTATIONS, cells_of, mutate, print_lines, read

from govinfo.definitions.form import Form, forms
from govinfo.demo.figures import consistent_figures
from govinfo.demo.layouts import TEXT_LAYOUTS, Damage

FORMS = {form.code: form for form in forms()}


def damages(form: Form, random: Random, times: int) -> list[Damage]:
    """Cells lost, doubled or too many, one on each of so many lines."""
    lines = [(table.name, block, line) for table in form.tables for block in table.blocks for line in block.lines]
    return [
        Damage(
            table,
            line.code,
            random.choice(["lost", "doubled", "surplus"]),
            random.randrange(len(block.columns)),
            str(random.randint(0, 9)),
        )
        for table, block, line in random.sample(lines, times)
    ]


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("layout", TEXT_LAYOUTS)
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9), cells=st.integers(0, 3), texts=st.integers(0, 4))
def test_no_number_is_wrong_and_every_untouched_line_is_whole(
    layout: str, code: str, seed: int, cells: int, texts: int
) -> None:
    random, form = Random(seed), FORMS[code]
    figures = consistent_figures(form, random, random.choice([1, 9, 200]))
    printed = print_lines(form, figures, layout, damages(form, random, cells))
    lines = mutate(printed, form, layout, random, texts)

    report = read(lines)

    assert report.form is form
    for line, cell, row in cells_of(report):
        truth = figures[line[0]][cell]
        assert row["value"] in (None, truth), (line, cell, row)
        if code == "2019" and cell[1] == "amount" and truth:
            # the national form of 2019 prints no unit beside this amount, so it cannot be read
            continue
        if line not in printed.touched:
            assert (row["value"], row["status"] in ("read", "aligned")) == (truth, True), (line, cell, row)


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_mutation_does_something(name: str) -> None:
    assert MUTATIONS[name]("行政许可 | 12 | 34 |", Random(1)) != "行政许可 | 12 | 34 |"
