"""Which column a figure belongs to where the heads are printed in another order than the form's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import pytest
from mutated_reports import HEAD, TAIL, read

from govinfo.definitions.form import Form, FormTable, forms
from govinfo.definitions.sheet import sheet
from govinfo.demo.figures import consistent_figures

REQUEST_FORMS = [form for form in forms() if form.code in ("2019", "2021")]
on_each_form = pytest.mark.parametrize("form", REQUEST_FORMS, ids=lambda form: form.code)


def requests_table(form: Form) -> FormTable:
    return next(table for table in form.tables if table.name == "requests")


def requests_of(form: Form, lines: Sequence[str]) -> dict[tuple[str, str], Any]:
    rows = read([*HEAD, requests_table(form).title, *lines, "", *TAIL]).rows["requests"]
    return {(row["line"], row["applicant"]): row["value"] for row in rows}


def row_of(label: str, figures: Mapping[str, int], order: Sequence[str]) -> str:
    return "| " + " | ".join([label, *(str(figures[key]) for key in order)]) + " |"


@on_each_form
def test_heads_of_several_rows_that_run_together_do_not_order_the_columns(form: Form) -> None:
    """With each cell on a line after a tab the whole head looked like one row, and 总计, which spans two rows of the
    head and so stands before the kinds of bodies, took the figures of the column beside 自然人."""
    figures = consistent_figures(form, Random(4), 9)["requests"]
    table = requests_table(form)
    rows = sheet(table, {cell: str(value) for cell, value in figures.items()})
    lines = ["\t" + cell.text for row in rows for cell in row.cells if cell.text]

    assert requests_of(form, lines) == figures


@pytest.mark.parametrize("follow", [True, False], ids=["follow", "do not follow"])
def test_the_sums_of_the_lines_say_whether_figures_follow_a_head_in_another_order(follow: bool) -> None:
    """A head in one row puts 总计 first; the figures beneath it were taken in that order, whatever they added up to."""
    form = REQUEST_FORMS[0]
    table = requests_table(form)
    block = table.blocks[0]
    figures = consistent_figures(form, Random(4), 9)["requests"]
    keys = [column.key for column in block.columns]
    moved = [keys[-1], *keys[:-1]]
    labels = {column.key: column.labels[0] for column in block.columns}
    assert table.corner is not None
    lines = ["| " + " | ".join([table.corner, *(labels[key] for key in moved)]) + " |"]
    for line in block.lines:
        own = {key: figures[line.code, key] for key in keys}
        lines.append(row_of(line.labels[0], own, moved if follow else keys))

    found = requests_of(form, lines)

    assert {cell: found[cell] for cell in figures if cell[0] == "new"} == {
        cell: value for cell, value in figures.items() if cell[0] == "new"
    }
    assert all(found[cell] in (None, value) for cell, value in figures.items())
