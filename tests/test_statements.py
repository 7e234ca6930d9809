"""The points of section 五, where lines were run together."""

from __future__ import annotations

import pytest
from mutated_reports import HEAD, read


@pytest.mark.parametrize("between", [" ", "\n"], ids=["on one line", "on lines of their own"])
def test_headings_within_the_section_say_what_the_points_beneath_them_are(between: str) -> None:
    """On one line the first problem was lost, and all measures were problems."""
    texts = ["（一）存在的主要问题", "1.更新不够快。", "2.形式单一。", "（二）改进措施", "1.每月巡查。", "2.多用图表。"]

    found = read([*HEAD, "五、存在的主要问题及改进情况", between.join(texts)]).rows["problems"]

    assert [(row["kind"], row["text"]) for row in found] == [
        ("problem", "更新不够快"),
        ("problem", "形式单一"),
        ("measure", "每月巡查"),
        ("measure", "多用图表"),
    ]


def test_an_enumerator_in_a_sentence_is_no_heading() -> None:
    text = "1.对照（二）改进措施 1 逐条落实不够。2.人手不足。"

    found = read([*HEAD, "五、存在的主要问题及改进情况", text]).rows["problems"]

    assert [row["kind"] for row in found] == ["problem", "problem"]
