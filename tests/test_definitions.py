"""The definitions are data: one loader reads them, and says which line is wrong."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from govinfo.definitions.form import Form, forms, load_form
from govinfo.errors import DefinitionError

GOOD = """\
form: "x1"
title: 虚构的格式
source: 虚构的通知
years: [2030, null]
tables:
  - table: requests
    title: 三、申请
    blocks:
      - columns:
          - {column: natural_person, label: 自然人}
          - {column: total, label: 总计}
        lines:
          - {line: new, label: 一、新收}
          - {line: total, label: 二、办结}
    equations:
      - {rule: requests.balance, for_each: column, formula: new = total}
"""


def load(tmp_path: Path, text: str) -> Form:
    path = tmp_path / "x1.yaml"
    path.write_text(dedent(text), encoding="utf-8")
    return load_form(path)


def test_the_official_forms_have_their_official_size() -> None:
    sizes = {form.code: [table.size for table in form.tables] for form in forms()}
    assert sizes["2021"] == [10, 175, 15]
    assert sizes["2019"] == [22, 161, 15]


def test_a_made_up_form_costs_one_file(tmp_path: Path) -> None:
    form = load(tmp_path, GOOD)
    assert [table.name for table in form.tables] == ["requests"]
    assert form.covers(form.years[0] or 0)


@pytest.mark.parametrize(
    ("old", "new", "line", "found"),
    [
        ("label: 总计}", "label: 总计, colour: red}", 11, "colour"),
        ("column: total", "column: natural_person", 10, "natural_person"),
        ("line: total, label: 二、办结", "line: new, label: 二、办结", 13, "`new` twice"),
        ("label: 二、办结", "label: 二、新收", 13, "新收"),
        ("formula: new = total", "formula: new = granted", 16, "granted"),
        ("formula: new = total", "formula: new = 2 total", 16, "2 total"),
        ("for_each: column", "for_each: row", 16, "for_each"),
        ("table: requests", "table: reqests", 6, "table"),
        ("source: 虚构的通知", "source: [", 5, ""),
        ("title: 三、申请", "title: 三、申请\n    title: 四", 8, "twice"),
    ],
)
def test_the_loader_says_which_line_is_wrong(tmp_path: Path, old: str, new: str, line: int, found: str) -> None:
    assert old in GOOD
    with pytest.raises(DefinitionError) as caught:
        load(tmp_path, GOOD.replace(old, new))
    assert found in str(caught.value)
    assert caught.value.line == line, caught.value
    assert str(caught.value).startswith("x1.yaml:")
