"""Whatever is printed from the definition of a form is read back as it was.

The real reports are nearly all zeros and prove nothing about alignment; here every cell has a figure of its
own, and damaged lines are held against an oracle that tries every reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govinfo.definitions.form import Form, FormTable, forms
from govinfo.demo.figures import consistent_figures
from govinfo.demo.layouts import Damage
from govinfo.demo.report import print_report
from govinfo.parse.report import lay_out, parse_report
from govinfo.parse.tables.placed import PlacedCell
from govinfo.parse.tables.placing import place_table
from govinfo.readers.plain.text import read_text

SEEDS = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
# those that the published reports of townships use most
LAYOUTS = ("pipes", "cells", "tabs", "indented", "shifted")
FORMS = {form.code: form for form in forms()}
CASES = [(code, layout) for code in FORMS for layout in LAYOUTS]
Texts = dict[str, dict[tuple[str, str], str]]


def read_back(form: Form, texts: Texts, layout: str, damage: Damage | None = None) -> dict[str, list[PlacedCell]]:
    """The cells of every table of a report printed from `texts`."""
    printed = print_report(form, texts, layout, township="测试镇", year=2022, damage=damage)
    document = read_text(printed.encode(), "report.txt")
    layouted = lay_out(document.cells, form, [form])
    return {table.name: place_table(table, layouted.tables.get(table.name)) for table in form.tables}


def cell_names(form: Form) -> Iterator[tuple[str, str, str, str]]:
    """Table, line, column and kind of number of every cell of a form."""
    for table in form.tables:
        for block in table.blocks:
            for line in block.lines:
                for column in block.columns:
                    yield table.name, line.code, column.key, column.number


@st.composite
def distinct_texts(draw: st.DrawFn, form: Form) -> Texts:
    """A different number in every cell, here and there a blank or a mark for none."""
    names = list(cell_names(form))
    random = Random(draw(st.integers(0, 10**9)))
    numbers = random.sample(range(1, 5000), len(names))
    odd = draw(st.floats(0, 0.3))
    texts: Texts = {table.name: {} for table in form.tables}
    for (table, line, column, _), number in zip(names, numbers, strict=True):
        text = str(number) if random.random() >= odd else random.choice(["", "/"])
        texts[table][line, column] = text
    return texts


@pytest.mark.parametrize(("code", "layout"), CASES)
def test_every_cell_of_an_undamaged_table_comes_back(code: str, layout: str) -> None:
    form = FORMS[code]

    @SEEDS
    @given(distinct_texts(form))
    def holds(texts: Texts) -> None:
        for table, cells in read_back(form, texts, layout).items():
            for cell in cells:
                text = texts[table][cell.line.code, cell.column.key]
                if cell.column.number == "amount" and code == "2019" and text not in ("", "/"):
                    # the national form of 2019 prints no unit beside this amount, so it cannot be read
                    assert (cell.status, cell.value, cell.raw) == ("unreadable", None, text)
                elif text == "":
                    assert (cell.status, cell.value, cell.raw) == ("blank", None, None), cell
                elif text == "/":
                    assert (cell.status, cell.value, cell.raw) == ("not_applicable", None, "/"), cell
                else:
                    assert cell.status in ("read", "aligned"), cell
                    assert (cell.value, cell.raw) == (int(text), text), cell

    holds()


@pytest.mark.parametrize(("code", "layout"), CASES)
def test_a_damaged_line_is_read_as_far_as_the_arithmetic_forces_it(code: str, layout: str) -> None:
    """Every other line is whole; of the damaged one each cell with one reading only is repaired."""
    form = FORMS[code]

    @SEEDS
    @given(st.integers(0, 10**9), st.sampled_from([1, 3, 60]))
    def holds(seed: int, most: int) -> None:
        random = Random(seed)
        figures = consistent_figures(form, random, most)
        # the table with most equations more often than the others
        name = random.choice(["requests", "requests", *(item.name for item in form.tables)])
        table = form.table(name) or form.tables[0]
        name = table.name
        assert table is not None
        block = random.choice(table.blocks)
        line, kind = random.choice(block.lines), random.choice(["lost", "doubled", "surplus"])
        if kind == "lost" and len(block.columns) == 1:
            kind = "doubled"
        damage = Damage(name, line.code, kind, random.randrange(len(block.columns)), str(random.randint(0, most)))
        texts = {key: {cell: str(value) for cell, value in table.items()} for key, table in figures.items()}

        read = read_back(form, texts, layout, damage)

        printed = damaged_figures([figures[name][line.code, c.key] for c in block.columns], damage)
        forced = oracle(table, figures[name], line.code, [c.key for c in block.columns], printed)
        for other, cells in read.items():
            for cell in cells:
                truth = figures[other][cell.line.code, cell.column.key]
                if cell.column.number == "amount" and code == "2019" and truth:
                    assert cell.value is None
                elif other == name and cell.line.code == line.code:
                    expected = forced[cell.column.key]
                    assert (cell.status, cell.value) == (
                        "ambiguous" if expected is None else "repaired",
                        expected,
                    )
                    assert expected in (None, truth)
                    assert cell.printed == " | ".join(map(str, printed))
                else:
                    assert cell.value == truth, cell
                    assert cell.status in ("read", "aligned")

    holds()


def damaged_figures(figures: list[int], damage: Damage) -> list[int]:
    """The figures of a line as they stand there after the damage."""
    printed = list(figures)
    if damage.kind == "lost":
        del printed[damage.position]
    elif damage.kind == "doubled":
        printed.insert(damage.position, printed[damage.position])
    else:
        printed.insert(damage.position, int(damage.text))
    return printed


def oracle(
    table: FormTable, truth: Mapping[tuple[str, str], int], line: str, keys: list[str], printed: list[int]
) -> dict[str, int | None]:
    """For each column the one figure that all readings give which break no equation; None where they differ.

    A lost figure is tried with every number up to the largest sum that could ask for it: of its line, or of a column.
    """
    columns = [sum(value for (_, column), value in truth.items() if column == key) for key in keys]
    top = sum(printed) + max(columns)
    readings = [
        reading for reading in all_readings(printed, len(keys), top) if allowed(table, truth, line, keys, reading)
    ]
    # a figure that no equation binds could be any number: trying one more than all the others shows it
    return {
        key: readings[0][i] if readings and len({reading[i] for reading in readings}) == 1 else None
        for i, key in enumerate(keys)
    }


def all_readings(printed: list[int], width: int, top: int) -> Iterator[tuple[int, ...]]:
    if len(printed) >= width:
        yield from dict.fromkeys(combinations(printed, width))
        return
    assert len(printed) == width - 1
    for gap in range(width):
        for lost in range(top + 1):
            yield (*printed[:gap], lost, *printed[gap:])
    # or none was lost and the border between two was: 30 and 12 stand as 3012
    for position, figure in enumerate(map(str, printed)):
        for cut in range(1, len(figure)):
            first, second = figure[:cut], figure[cut:]
            if second == "0" or second[0] != "0":
                yield (*printed[:position], int(first), int(second), *printed[position + 1 :])


def allowed(
    table: FormTable,
    truth: Mapping[tuple[str, str], int],
    line: str,
    keys: list[str],
    reading: tuple[int, ...],
) -> bool:
    """Whether the table with this reading of `line` breaks none of its equations, evaluated one by one.

    Those in which the line does not stand hold, for the truth breaks none.
    """
    read = dict(zip(keys, reading, strict=True))
    (block,) = [block for block in table.blocks if any(item.code == line for item in block.lines)]
    lines = {item.code for item in block.lines}
    for equation in table.equations:
        if equation.for_each == "column":
            codes = {code for _, code in equation.terms}
            if line not in codes or not codes <= lines:
                continue
            for key in keys:
                if sum(k * (read[key] if code == line else truth[code, key]) for k, code in equation.terms):
                    return False
        else:
            groups = {column.group for column in block.columns}
            for group in groups:
                named = {column.code: column.key for column in block.columns if column.group == group}
                if sum(k * read[named[code]] for k, code in equation.terms):
                    return False
    return True


@pytest.mark.parametrize(("code", "layout"), CASES)
def test_a_printed_report_is_one_report_of_its_form(code: str, layout: str) -> None:
    form = FORMS[code]
    figures = consistent_figures(form, Random(5))
    texts = {name: {cell: str(value) for cell, value in table.items()} for name, table in figures.items()}
    printed = print_report(form, texts, layout, township="测试镇", year=2022)

    report = parse_report(read_text(printed.encode(), "report.txt"), forms())

    assert report.form is form
    assert report.status == "complete"
    assert (report.identity.township, report.identity.year) == ("测试镇", 2022)
    middle = () if code == "statistics" else ("disclosure", "requests", "disputes")
    assert [row["role"] for row in report.rows["narrative"]] == [*("overview", *middle, "problems", "other")]
    assert [row["kind"] for row in report.rows["problems"]] == ["problem", "problem", "measure", "measure"]
    assert not report.rows["unknown_lines"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", range(3))
def test_a_table_that_contradicts_itself_decides_nothing_about_a_damaged_line(layout: str, seed: int) -> None:
    """A misprint elsewhere left only false readings of the damaged line, and what they agreed on was taken for true."""
    form, random = FORMS["2021"], Random(seed)
    figures = consistent_figures(form, random, 9)
    texts: Texts = {name: {cell: str(value) for cell, value in found.items()} for name, found in figures.items()}
    misprinted = ("refused_inquiry", random.choice(["natural_person", "total"]))
    texts["requests"][misprinted] = str(int(texts["requests"][misprinted]) + 1)

    cells = read_back(form, texts, layout, Damage("requests", "granted", "lost", random.randrange(6)))["requests"]

    assert {cell.value for cell in cells if cell.line.code == "granted"} == {None}
    assert all(
        str(cell.value) == texts["requests"][cell.line.code, cell.column.key]
        for cell in cells
        if cell.value is not None
    )
