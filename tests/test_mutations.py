"""A printed report with one line mutated: never a wrong number, whatever was done to it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govinfo.definitions.form import forms
from govinfo.demo.figures import consistent_figures
from govinfo.demo.layouts import LAYOUTS
from govinfo.demo.report import print_report
from govinfo.parse.report import parse_report
from govinfo.readers.text import read_text

FORMS = {form.code: form for form in forms()}
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
KEYS = {
    "disclosure": ("item", "measure"),
    "requests": ("line", "applicant"),
    "disputes": ("channel", "result"),
    "statistics": ("line", None),
}


def insert(text: str) -> Callable[[list[str], int, Random], None]:
    return lambda lines, at, random: lines.insert(at, text)


def tear(lines: list[str], at: int, random: Random) -> None:
    """Anywhere but within a number at the end of a row of tabs: a page number on a line of its own looks the same."""
    text = lines[at]
    cuts = [i for i in range(1, len(text) - 1) if "|" in text or not text[i - 1 : i + 1].isdigit()]
    if len(text) > 6 and cuts:
        cut = random.choice(cuts)
        lines[at : at + 1] = [text[:cut], text[cut:]]


def lose_a_character(lines: list[str], at: int, random: Random) -> None:
    """Of a label, a bar or a tab: a digit lost from a figure is another figure, which nobody can see."""
    places = [i for i, char in enumerate(lines[at]) if not char.isdigit()]
    if places:
        cut = random.choice(places)
        lines[at] = lines[at][:cut] + lines[at][cut + 1 :]


def widen(lines: list[str], at: int, random: Random) -> None:
    lines[at] = lines[at].translate(FULL_WIDTH)


def lose(lines: list[str], at: int, random: Random) -> None:
    del lines[at]


def double(lines: list[str], at: int, random: Random) -> None:
    lines.insert(at, lines[at])


MUTATIONS = {
    "page mark": insert("- 3 -"),
    "page mark in words": insert("第 3 页 共 6 页"),
    "page number": insert("7"),
    "sentence with figures": insert("2022年度共收到申请12件，较上年增加3件。"),
    "torn line": tear,
    "lost character": lose_a_character,
    "full width": widen,
    "lost line": lose,
    "doubled line": double,
}


@pytest.mark.parametrize("name", MUTATIONS)
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9), code=st.sampled_from(sorted(FORMS)), layout=st.sampled_from(sorted(LAYOUTS)))
def test_no_number_is_wrong(name: str, seed: int, code: str, layout: str) -> None:
    random = Random(seed)
    figures = consistent_figures(FORMS[code], random, random.choice([1, 9, 200]))
    texts = {table: {cell: str(value) for cell, value in found.items()} for table, found in figures.items()}
    lines = print_report(FORMS[code], texts, layout, township="测试镇", year=2022).split("\n")
    title = FORMS[code].tables[0].title
    first = next(i for i, line in enumerate(lines) if line == title)
    last = next(i for i, line in enumerate(lines) if line.startswith("五、"))
    MUTATIONS[name](lines, random.randrange(first + 1, last), random)

    report = parse_report(read_text("\n".join(lines).encode(), "x.txt"), forms())

    assert report.form is FORMS[code]
    for table in (item.name for item in FORMS[code].tables):
        line, column = KEYS[table]
        for row in report.rows[table]:
            cell = (row[line], "value" if column is None else row[column])
            if table == "disputes":
                cell = ("figures", ".".join(cell))
            assert row["value"] in (None, figures[table][cell]), (table, cell, row)
