"""Section five is cut where the report lists its points: `statement_sections.yaml` has a section of each style."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from govinfo.parse.prose.sections import NarrativeSection
from govinfo.parse.prose.statements import read_statements

SECTIONS = yaml.safe_load((Path(__file__).parent / "statement_sections.yaml").read_text(encoding="utf-8"))
USUAL = "五、存在的主要问题及改进情况"


def plain(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def found_in(case: dict[str, Any]) -> list[tuple[str, str]]:
    section = NarrativeSection(5, 5, "problems", case.get("heading", USUAL), case["text"])
    statements = read_statements([section])
    assert all(case["text"][one.start : one.end].replace("\n", "") == one.text for one in statements)
    return [(one.kind, plain(one.text)) for one in statements]


def expected_of(case: dict[str, Any]) -> list[tuple[str, str]]:
    return [("problem", plain(text)) for text in case["problems"]] + [
        ("measure", plain(text)) for text in case["measures"]
    ]


@pytest.mark.parametrize("case", SECTIONS, ids=lambda case: case["name"])
def test_the_statements_are_the_points_that_the_section_lists(case: dict[str, Any]) -> None:
    assert sorted(found_in(case)) == sorted(expected_of(case))


def test_over_all_styles_nearly_every_boundary_is_found() -> None:
    right = wrong = lost = 0
    for case in SECTIONS:
        found, expected = Counter(found_in(case)), Counter(expected_of(case))
        right += sum((found & expected).values())
        wrong += sum((found - expected).values())
        lost += sum((expected - found).values())

    assert len(SECTIONS) >= 40
    assert 2 * right / (2 * right + wrong + lost) >= 0.97


PIECES = [
    "一是",
    "二是",
    "1.",
    "2、",
    "（一）",
    "①",
    "•",
    "问题：",
    "改进措施：",
    "下一步，",
    "更新慢",
    "不够",
    "。",
    "；",
    "：",
    "，",
    "\n",
    " ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_whatever_the_text_statements_stand_in_it_one_after_the_other(text: str) -> None:
    statements = read_statements([NarrativeSection(5, 5, "problems", USUAL, text)])

    assert all(one.text and one.kind in ("problem", "measure") for one in statements)
    assert all(text[one.start : one.end].replace("\n", "") == one.text for one in statements)
    assert all(before.end <= after.start for before, after in pairwise(statements))


def test_very_many_points_are_cut_in_order() -> None:
    """Enumerators that lost a character were looked for among all those before them, each time anew."""
    text = "存在的问题：" + "一是更新慢；二内容少；" * 2_000

    assert len(read_statements([NarrativeSection(5, 5, "problems", USUAL, text)])) == 4_000
