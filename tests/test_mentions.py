"""Figures told in the narrative: each is of the measure that its sentence says, or it is left out.

Most of it is the table `mention_sentences.yaml`, where a sentence stands beside what a careful reader takes from it.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mention_cases import YEAR, Case, cases, mentions_of, rows_of

from govinfo.build.loading.load import load
from govinfo.demo.corpus import write_corpus
from govinfo.parse.mentions.mentions import Mention, read_mentions
from govinfo.parse.prose.sections import NarrativeSection
from govinfo.tables import SCHEMA, Tables, read_tables

CASES = cases()


def read(text: str, **about: Any) -> tuple[Mention, ...]:
    said = {"order": 0, "number": 1, "role": "overview", "heading": None, "text": text} | about
    return read_mentions([NarrativeSection(**said)], YEAR, "township")


def measured(text: str, **about: Any) -> list[tuple[str, float]]:
    return [(mention.measure, mention.value) for mention in read(text, **about)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_sentence_gives_what_a_careful_reader_takes_from_it(case: Case) -> None:
    assert rows_of(mentions_of(case)) == case.rows


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_evidence_is_what_stands_at_its_place_in_the_text(case: Case) -> None:
    for mention in mentions_of(case):
        assert case.section.text[mention.start : mention.end] == mention.evidence
        assert mention.evidence.strip() == mention.evidence


def test_the_table_is_large_and_holds_many_traps() -> None:
    assert len(CASES) >= 250
    assert sum(not case.rows and not case.left_out for case in CASES) >= 80
    assert sum(case.left_out.total() for case in CASES) <= 0.05 * sum(case.rows.total() for case in CASES)


def test_all_sentences_in_one_paragraph_give_the_same_figures_or_fewer() -> None:
    """What one sentence speaks of must not be lent to the figures of another."""
    plain = [case for case in CASES if case.section.role == "overview" and case.section.heading is None]
    text = "\n".join(case.section.text for case in plain)
    together = rows_of(read(text))
    apart: Counter[Any] = Counter()
    for case in plain:
        apart += case.rows
    assert together == apart


@pytest.fixture(scope="module", params=[3, 11])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Tables, Tables]:
    folder = tmp_path_factory.mktemp("demo")
    write_corpus(folder, townships=4, years=range(2016, 2025), seed=request.param, formats=["txt", "html", "docx"])
    return read_tables(folder / "truth"), load(folder / "raw")


def test_the_made_up_county_is_read_as_it_is(demo: tuple[Tables, Tables]) -> None:
    truth, loaded = (tables.mentions.sort_values(list(SCHEMA["mentions"])) for tables in demo)
    pd.testing.assert_frame_equal(loaded.reset_index(drop=True), truth.reset_index(drop=True))


def test_the_published_reports_tell_what_the_eye_reads(published: Path, expected: dict[str, Any]) -> None:
    tables = load(published)
    for source, report_id in zip(tables.reports["source"], tables.reports["report_id"], strict=True):
        found = tables.mentions[tables.mentions["report_id"] == report_id]
        rows = {
            (row.measure, row.value, bool(row.approximate), row.period, None if pd.isna(row.category) else row.category)
            for row in found.itertuples()
        }
        eye = {tuple(row) for row in expected[source]["mentions"]}
        assert {row[:4] for row in rows} == {row[:4] for row in eye}, source
        for *said, category in eye:
            named = [row[4] for row in rows if row[:4] == tuple(said)]
            assert any(name == category or (name and category and category in name) for name in named), (source, said)


WORDS = [
    "主动公开",
    "政府信息",
    "120条",
    "其中",
    "网站",
    "微信公众号",
    "，",
    "。",
    "；",
    "：",
    "（",
    "）",
    "、",
    "收到",
    "申请",
]
WORDS += [
    "3件",
    "占50%",
    "2021年",
    "去年",
    "未",
    "无",
    "行政复议",
    "维持",
    "培训",
    "2次",
    "56人次",
    "近",
    "百余份",
    "\n",
    " ",
    "1",
    ",",
]


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
@settings(max_examples=150, deadline=None)
def test_words_in_any_order_raise_nothing_and_evidence_stands_at_its_place(text: str) -> None:
    for mention in read(text, heading="（二）依申请公开"):
        assert text[mention.start : mention.end] == mention.evidence
        assert mention.period in ("year", "cumulative", "other")
        assert mention.value >= 0


@pytest.mark.parametrize("text", ["公开信息1条", "（其中公开1条", "未收到申请，", "1条、", "无" * 9 + "申请"])
def test_a_text_that_is_one_endless_sentence_is_left_alone(text: str) -> None:
    assert read(text * 20_000) == ()


def test_a_figure_recognised_in_a_picture_counts_only_where_something_confirms_it() -> None:
    """A misread digit looks like any other figure, and nothing beside a mention could say that it is less sure."""
    assert measured("全年主动公开政府信息120条。", recognised=True) == []
    added = "全年主动公开政府信息120条，其中政府网站100条，微信公众号20条。"
    assert measured(added, recognised=True) == [
        ("disclosed", 120),
        ("disclosed_website", 100),
        ("disclosed_wechat", 20),
    ]
    assert measured(added.replace("120", "128"), recognised=True) == []
    assert measured("本年度未收到政府信息公开申请。", recognised=True) == [("requests_received", 0)]


def test_a_county_speaks_of_all_its_parts_and_a_township_does_not() -> None:
    section = NarrativeSection(0, 1, "overview", None, "全县主动公开政府信息5600条。")
    assert [mention.value for mention in read_mentions([section], YEAR, "county")] == [5600]
    assert read_mentions([section], YEAR, "township") == ()


def test_money_is_in_yuan_whatever_the_unit_printed() -> None:
    (_, amount) = read("政府采购项目3个，采购金额359.7万元。")
    assert (amount.value, amount.unit) == (3_597_000, "CNY")


def test_plans_and_what_is_left_of_tables_are_not_read() -> None:
    assert measured("全年公开信息100条。", role="problems") == []
    assert measured("主动公开政府信息数 100条", role="appendix") == []


def test_a_report_whose_year_is_unknown_is_read_for_the_year_that_it_names() -> None:
    section = NarrativeSection(0, 1, "overview", None, "2020年主动公开政府信息50条，去年为40条。")
    found = read_mentions([section], None, "township")
    assert [(mention.value, mention.period) for mention in found] == [(50, "year"), (40, "other")]
