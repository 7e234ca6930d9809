"""What the narrative says held against the tables and against itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from filled_reports import Cell, filled
from one_check import findings_of

from govinfo.build.loading.load import load
from govinfo.checks.narrative import narrative_findings
from govinfo.demo.corpus import write_corpus
from govinfo.parse.mentions.mentions import read_mentions
from govinfo.parse.prose.sections import NarrativeSection
from govinfo.tables import Tables, typed

WHOLE = (
    "共收到申请2207件，上年结转41件，全年答复2190件，结转下年58件；行政复议266件，其中维持51件、纠正48件、其他139件、"
    "未审结28件；行政诉讼38件，其中维持21件、纠正3件、其他9件、未审结5件。"
)
WHOLE_CELLS: dict[Cell, int] = {
    **{("requests", line, "natural_person"): value for line, value in (("new", 2207), ("carried_over", 41))},
    **{("requests", line, "total"): value for line, value in (("new", 2207), ("carried_over", 41), ("total", 2190))},
    ("requests", "carried_forward", "total"): 58,
    **{
        ("disputes", "reconsideration", result): value
        for result, value in zip(
            ("upheld", "corrected", "other", "pending", "total"), (51, 48, 139, 28, 266), strict=True
        )
    },
    **{
        ("disputes", "litigation_direct", result): value
        for result, value in zip(("upheld", "corrected", "other", "pending", "total"), (20, 3, 9, 4, 36), strict=True)
    },
    **{
        ("disputes", "litigation_after_reconsideration", result): value
        for result, value in zip(("upheld", "corrected", "other", "pending", "total"), (1, 0, 0, 1, 2), strict=True)
    },
}


def telling(
    *texts: str, values: Mapping[Cell, Any] | None = None, code: str = "2021", cells: Any = None, **report: Any
) -> Tables:
    """A report that tells these texts, one a section, beside its tables."""
    tables = filled(code, values, cells, **report)
    sections = [NarrativeSection(i, i + 1, "overview", None, text) for i, text in enumerate(texts)]
    mentions = [{"report_id": "r1", **asdict(mention)} for mention in read_mentions(sections, 2022, "township")]
    rows = [
        {"report_id": "r1", "order": s.order, "section": s.number, "role": s.role, "text": s.text} for s in sections
    ]
    return replace(tables, narrative=typed("narrative", rows), mentions=typed("mentions", mentions))


def found(tables: Tables) -> pd.DataFrame:
    findings = findings_of(tables, narrative_findings)
    return findings[findings["rule"].str.startswith("narrative.")].reset_index(drop=True)


def rules(*texts: str, **more: Any) -> list[str]:
    return sorted(found(telling(*texts, **more))["rule"].str.removeprefix("narrative."))


def new(value: int, over: int = 0) -> dict[Cell, int]:
    return {("requests", "new", "total"): value, ("requests", "carried_over", "total"): over}


def test_a_sentence_of_fourteen_figures_is_compared_whole_without_a_false_alarm() -> None:
    tables = telling(WHOLE, values=WHOLE_CELLS)
    assert len(tables.mentions) == 14
    assert found(tables).empty


@pytest.mark.parametrize("number", range(14))
def test_each_of_its_figures_is_held_against_the_tables(number: int) -> None:
    """Changed in print, each is found: by its table, by the list in which it stands, or by both."""
    tables = telling(WHOLE, values=WHOLE_CELLS)
    mention = tables.mentions.iloc[number]
    figure = str(int(mention["value"]))
    evidence = mention["evidence"]
    place = WHOLE.index(evidence) + evidence.rindex(figure)
    wrong = WHOLE[:place] + str(int(figure) + 1) + WHOLE[place + len(figure) :]
    raised = set(rules(wrong, values=WHOLE_CELLS))
    assert raised & {"requests", "disputes"}
    assert raised <= {"requests", "disputes", "breakdown"}


def test_received_means_newly_received_unless_the_text_says_that_it_includes_those_carried_over() -> None:
    values = new(30, over=2)
    assert rules("依申请公开方面，共收到32件(含上年结转2件)。", values=values) == []
    assert rules("收到政府信息公开申请32件（含结转），均已答复。", values=values) == []
    assert rules("收到政府信息公开申请32件，其中上年结转2件。", values=values) == []
    assert rules("收到政府信息公开申请30件，上年结转2件。", values=values) == []
    assert rules("收到政府信息公开申请32件，上年结转2件。", values=values) == ["requests"]
    (finding,) = found(telling("共收到申请33件(含上年结转2件)。", values=values)).to_dict("records")
    assert (finding["expected"], finding["found"]) == ("32", "33")
    assert "连同上年结转为33" in finding["message"]


@pytest.mark.parametrize(
    "text",
    [
        "受理政府信息公开申请32件，其中本年新收30件、上年结转2件。",
        "受理政府信息公开申请32件，其中上年结转2件，新收30件。",
        "受理政府信息公开申请32件（新收30件，结转2件）。",
        "全年新收申请30件，加上上年结转2件，共32件。",
    ],
)
def test_the_new_ones_and_those_carried_over_are_told_apart_in_either_order(text: str) -> None:
    assert rules(text, values=new(30, over=2)) == []
    assert "requests" in rules(text.replace("32", "34").replace("30", "33"), values=new(30, over=2))


def test_what_was_answered_is_held_against_the_table_where_the_rest_is_as_it_says() -> None:
    cells = {
        ("requests", line, "total"): value
        for line, value in zip(("new", "carried_over", "total", "carried_forward"), (9, 1, 8, 2), strict=True)
    }
    assert rules("收到申请9件，上年结转1件，答复8件，结转下年度2件。", values=cells) == []
    assert rules("收到申请9件，上年结转1件，答复11件，结转下年度2件。", values=cells) == ["requests"]
    assert rules("收到申请9件，答复11件。", values=cells) == []


@pytest.mark.parametrize(
    "text",
    [
        "行政诉讼共5件，其中未经复议直接起诉4件（维持3件、纠正1件），复议后起诉1件（其他1件）。",
        "公开信息90条，其中图片信息20条、文字信息70条；全部信息中政策解读4条。",
        "公开信息90条，其中机构类12条、民生类30条，其他信息若干。",
        "公开信息90条，其中重点领域信息21条、公告4条。",
    ],
)
def test_parts_of_a_part_and_lists_of_some_subjects_break_no_total(text: str) -> None:
    assert not {"breakdown", "contradiction"} & set(rules(text))


def test_shares_behind_semicolons_are_added_up() -> None:
    text = "公开信息200条，机构信息50条，占25%；政策50条，占25%；民生60条，占30%；其他40条，占{}%。"
    assert rules(text.format(20)) == []
    assert "shares" in rules(text.format(29))


@pytest.mark.parametrize("unit", ["件", "份", "条", "宗", "起"])
def test_units_other_than_the_usual_one_count(unit: str) -> None:
    assert rules(f"全年收到政府信息公开申请5{unit}。", values=new(4)) == ["requests"]
    assert rules(f"全年收到政府信息公开申请5{unit}。", values=new(5)) == []


@pytest.mark.parametrize(
    "text",
    [
        "全年收到政府信息公开申请20余件。",
        "去年收到政府信息公开申请14件。",
        "历年累计受理政府信息公开申请106件。",
        "收到信访件28件，办结28件。",
        "公开透明办理各类事项2600件。",
        "全年主动公开政府信息120条。",
    ],
)
def test_what_is_approximate_of_another_year_or_another_thing_is_not_compared(text: str) -> None:
    assert rules(text, values=new(3)) == []


def test_a_null_figure_is_compared_with_nothing() -> None:
    cells = {("requests", "new", "total"): {"value": None, "raw": None, "status": "blank"}}
    assert rules("全年收到政府信息公开申请5件。", cells=cells) == []
    assert rules("全年收到政府信息公开申请5件。", code="none") == []


def test_none_received_is_a_figure_too() -> None:
    assert rules("本年度未收到政府信息公开申请。", values=new(0)) == []
    assert rules("本年度未收到政府信息公开申请。", values=new(2)) == ["requests"]


def test_a_finding_names_both_places_in_both_languages() -> None:
    (finding,) = found(telling("全年收到政府信息公开申请12件。", values=new(21))).to_dict("records")
    assert (finding["table"], finding["expected"], finding["found"]) == ("narrative", "21", "12")
    assert "全年收到政府信息公开申请12件" in finding["message"]
    assert "表三“本年新收政府信息公开申请数量 总计”为21，相差9" in finding["message"]
    assert "new.total gives 21" in finding["message_en"]


def test_documents_are_held_against_those_issued_or_on_the_older_form_made() -> None:
    issued = {("disclosure", "normative_documents", "issued"): 2}
    made = {
        ("disclosure", "normative_documents", "made"): 2,
        ("disclosure", "normative_documents", "total_disclosed"): 9,
    }
    assert rules("全年制发规范性文件2件。", values=issued) == []
    assert rules("全年制发规范性文件3件。", values=issued) == ["documents"]
    assert rules("全年制发规范性文件2件。", values=made, code="2019", year=2020) == []
    assert rules("全年制发规范性文件9件。", values=made, code="2019", year=2020) == ["documents"]


def test_litigations_are_those_of_both_kinds_together() -> None:
    values = {
        ("disputes", "litigation_direct", "total"): 2,
        ("disputes", "litigation_after_reconsideration", "total"): 1,
        ("disputes", "litigation_direct", "upheld"): 2,
        ("disputes", "litigation_after_reconsideration", "upheld"): 1,
    }
    assert rules("因政府信息公开被提起行政诉讼3件。", values=values) == []
    assert rules("因政府信息公开被提起行政诉讼2件。", values=values) == ["disputes"]


def test_parts_add_up_to_their_total() -> None:
    assert rules("主动公开政府信息50条，其中政策文件类20条，工作动态类30条。") == []
    (finding,) = found(telling("主动公开政府信息50条，其中政策文件类46条，工作动态类34条。")).to_dict("records")
    assert finding["rule"] == "narrative.breakdown"
    assert (finding["expected"], finding["found"]) == ("80", "50")
    assert "46＋34＝80，相差30" in finding["message"]


@pytest.mark.parametrize(
    "text",
    [
        "主动公开政府信息50条，其中政策文件类20条，工作动态类20条等。",
        "主动公开政府信息50条，主要有政策文件类20条，工作动态类20条。",
        "主动公开政府信息50条，包括政策文件类20条，工作动态类20条。",
        "主动公开政府信息50条，其中政策文件类20条。",
        "主动公开政府信息50余条，其中政策文件类20条，工作动态类20条。",
        "主动公开政府信息50条，其中政策文件类20余条，工作动态类20条。",
        "主动公开政府信息380条，其中政府网站285条，微信公众号116条。",
        "主动公开政府信息50条，政策文件20条，收到政府信息公开申请3件。",
        "收到政府信息公开申请6件，其中自然人3件、法人3件，网上申请4件、信函申请2件。",
        "收到政府信息公开申请8件，其中上年结转1件，已答复7件。",
        "主动公开政府信息50条（其中政策文件类20条、工作动态类30条），网站公开50条。",
    ],
)
def test_a_list_that_need_not_add_up_is_left_alone(text: str) -> None:
    values = new(8) if "结转" in text else new(6) if "自然人" in text else new(3) if "申请3件" in text else None
    raised = rules(text, values=values)
    assert "breakdown" not in raised
    assert "contradiction" not in raised


def test_channels_with_a_part_for_all_others_add_up() -> None:
    text = "主动公开政府信息{}条，其中通过政府网站公开20条，通过微信公众号公开10条，通过公开栏等其他方式公开5条。"
    assert rules(text.format(35)) == []
    assert rules(text.format(36)) == ["breakdown"]


def test_shares_add_up_to_a_hundred_and_fit_their_counts() -> None:
    """Thirds may add up to 99 or 99.9; 25, 25 and 75 may not add up."""
    thirds = "全年公开信息90条。其中，甲类30条，占33%；乙类30条，占33%；丙类30条，占33%。"
    assert rules(thirds) == []
    assert rules(thirds.replace("33%", "33.3%")) == []
    assert rules("全年公开信息4条。其中，甲类1条，占25%；乙类1条，占25%；丙类2条，占75%。") == ["shares", "shares"]
    assert rules("全年公开信息10条。其中，甲类4条，占60%；乙类6条，占40%。") == ["shares"]
    assert rules("收到政府信息公开申请4件，办结率100%，答复率98%。", values=new(4)) == []


def test_one_measure_has_one_figure_in_the_whole_report() -> None:
    assert rules("全年主动公开政府信息120条。", "2022年主动公开政府信息120条。") == []
    (finding,) = found(telling("全年主动公开政府信息120条。", "2022年主动公开政府信息102条。")).to_dict("records")
    assert finding["rule"] == "narrative.contradiction"
    assert "120（“全年主动公开政府信息120条”）、102" in finding["message"]
    assert rules("历年累计受理依申请公开106件。", "历年累计受理依申请公开160件。") == ["contradiction"]
    assert rules("本年度未收到政府信息公开申请。", "全年收到政府信息公开申请3件。", values=new(3)) == [
        "contradiction",
        "requests",
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("全年主动公开政府信息120条，去年为110条。",),
        ("历年累计公开政府信息846条，本年新增36条。",),
        ("全镇主动公开政府信息568条。", "镇政府主动公开政府信息247条。"),
        ("主动公开政府信息120条。", "全年发布信息80条。"),
        ("举办政务公开培训2次。", "举办新媒体业务培训1次。"),
        ("主动公开政府信息120余条。", "主动公开政府信息126条。"),
        ("“甲”微信公众号发布信息80条。", "“乙”微信公众号发布信息30条。"),
        ("共收到32件(含上年结转2件)，其中新收30件。",),
    ],
)
def test_figures_of_different_times_scopes_or_things_do_not_contradict_each_other(texts: tuple[str, ...]) -> None:
    assert "contradiction" not in rules(*texts, values=new(30, over=2))


def test_a_finding_keeps_its_id_when_the_figures_change() -> None:
    one = found(telling("全年收到政府信息公开申请12件。", values=new(21)))
    other = found(telling("全年收到政府信息公开申请13件。", values=new(21)))
    assert one["finding_id"].tolist() == other["finding_id"].tolist()


@pytest.mark.parametrize("seed", [2, 9])
def test_no_alarm_on_the_made_up_county(seed: int, tmp_path: Path) -> None:
    write_corpus(tmp_path, townships=4, years=range(2016, 2025), seed=seed, formats=["txt", "html"])
    findings = load(tmp_path / "raw").findings
    assert findings[findings["rule"].str.startswith("narrative.")]["message"].tolist() == []


def test_the_published_reports_raise_what_a_careful_reader_would(published: Path, expected: dict[str, Any]) -> None:
    tables = load(published)
    for source, report_id in zip(tables.reports["source"], tables.reports["report_id"], strict=True):
        own = tables.findings[tables.findings["report_id"] == report_id]["rule"]
        raised = Counter(rule for rule in own if rule.startswith("narrative."))
        assert raised == Counter(rule for rule in expected[source]["findings"] if rule.startswith("narrative.")), source
