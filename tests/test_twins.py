"""The statistics table: labels that stand in two of its parts, and other years' figures beside this year's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from mutated_reports import HEAD, TAIL, cells_of, read

from govinfo.definitions.form import forms
from govinfo.definitions.sheet import SheetCell, SheetRow, sheet
from govinfo.demo.figures import consistent_figures
from govinfo.demo.layouts import TEXT_LAYOUTS
from govinfo.parse.report import Report

FORM = next(form for form in forms() if form.code == "statistics")
TABLE = FORM.tables[0]
LAYOUTS = ["pipes", "cells", "tabs", "plain", "dropped", "lone", "run", "trailing", "upright"]
Figures = dict[tuple[str, str], int]


def figures_of(seed: int, most: int = 200) -> Figures:
    return consistent_figures(FORM, Random(seed), most)["statistics"]


def rows_of(figures: Figures) -> list[SheetRow]:
    return list(sheet(TABLE, {cell: str(value) for cell, value in figures.items()}))


def read_rows(rows: Sequence[SheetRow], layout: str) -> Report:
    return read([*HEAD, TABLE.title, *TEXT_LAYOUTS[layout].printer(rows).split("\n"), "", *TAIL])


def assert_nothing_wrong(report: Report, figures: Figures) -> int:
    """How many figures were read, none of them wrong."""
    assert report.form is FORM
    values = [(row["value"], figures[cell]) for _, cell, row in cells_of(report)]
    assert all(value in (None, truth) for value, truth in values)
    return sum(value is not None for value, _ in values)


@pytest.mark.parametrize("layout", ["plain", "pipes", "run"])
@pytest.mark.parametrize("seed", [0, 4])
def test_whatever_a_page_break_takes_no_part_gets_the_figures_of_its_twin(layout: str, seed: int) -> None:
    """Between 四、行政复议 and 五、行政诉讼 the lost lines let 被依法纠错数 of the one be read as the other's."""
    figures = figures_of(seed)
    rows = rows_of(figures)
    codes = [row.line.code if row.line else "" for row in rows]
    first, last = codes.index("reconsideration"), codes.index("litigation_other")
    for start in range(first, last + 1):
        for stop in range(start + 1, last + 2):
            report = read_rows([*rows[:start], *rows[stop:]], layout)
            assert_nothing_wrong(report, figures)


def test_a_part_whose_twin_is_lost_is_read_where_nothing_is_left_for_it() -> None:
    figures = figures_of(0) | {(line.code, "value"): 0 for block in TABLE.blocks[3:5] for line in block.lines}
    rows = rows_of(figures)
    codes = [row.line.code if row.line else "" for row in rows]

    report = read_rows([*rows[: codes.index("litigation")], *rows[codes.index("complaints") :]], "plain")

    assert assert_nothing_wrong(report, figures) == len(figures) - 4


def beside(figures: Figures, others: Figures, heads: tuple[str, str], own: int) -> list[SheetRow]:
    """The rows with two columns of figures, this year's in column `own`."""
    found = []
    for row, other in zip(rows_of(figures), rows_of(others), strict=True):
        cells = list(row.cells)
        if row.head:
            at = next(i for i, cell in enumerate(cells) if cell.text == "统计数")
            cells[at : at + 1] = [SheetCell(head) for head in heads]
        elif row.line is not None:
            both = [row.cells[row.first], other.cells[row.first]]
            cells[row.first : row.first + 1] = both if own == 0 else both[::-1]
        else:
            cells.append(SheetCell(""))
        found.append(replace(row, cells=tuple(cells)))
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("heads", "own"), [(("统计数", "上年数"), 0), (("上年数", "统计数"), 1), (("数量", "历年累计"), 0)]
)
def test_the_heads_tell_this_years_column_from_last_years(layout: str, heads: tuple[str, str], own: int) -> None:
    """Where this year's sum was misprinted, last year's figures were the only ones that added up, and were read."""
    figures = figures_of(1)
    figures["requests_received", "value"] += 1

    report = read_rows(beside(figures, figures_of(2), heads, own), layout)

    read_in_all = assert_nothing_wrong(report, figures)
    assert read_in_all == len(figures) or layout == "upright"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    "heads", [("2017年", "2016年"), ("", ""), ("统计数", ""), ("统计数", "统计数"), ("本年", "上年")]
)
def test_where_the_heads_do_not_tell_the_columns_nothing_is_read(layout: str, heads: tuple[str, str]) -> None:
    report = read_rows(beside(figures_of(1), figures_of(2), heads, 0), layout)

    assert {row["value"] for _, _, row in cells_of(report)} == {None}
    assert {row["status"] for _, _, row in cells_of(report)} <= {"ambiguous", "missing"}
