"""Section five is cut where the report lists its points: `statement_sections.yaml` has a section of each style."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

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
