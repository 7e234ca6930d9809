"""The brief of one township: it is of one, never mixed; gaps are gaps; others are told only where there are enough."""

from __future__ import annotations

import itertools
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_tables import busy_tables, report, tables

from govinfo.charts import Chart, Words
from govinfo.charts.township.profile import (
    findings_tables,
    findings_words,
    profile_head,
    profile_opening,
    reports_table,
    statements_table,
    who_table,
)
from govinfo.charts.township.profile_figures import beside_chart, beside_table, figures_table
from govinfo.charts.township.profile_requests import refusal_reasons, requests_table, township_requests
from govinfo.charts.township.profile_themes import promise_words, theme_chart
from govinfo.errors import ConfigError
from govinfo.gazetteer import gazetteer
from govinfo.questions.problems.promises import promises
from govinfo.questions.study import Study, open_study
from govinfo.questions.township.one_township import Township, one_township
from govinfo.questions.township.township_figures import BESIDE, FIGURES, LEAST, beside_county, township_figures
from govinfo.questions.township.township_reports import BY_YEAR, NAMES, names_of, reports_by_year
from govinfo.questions.township.township_themes import THEMES, theme_runs, themes_by_year
from govinfo.tables import CORRECTED, Tables, write_tables

NEW = ("new", "total")


def study(made: Tables, **lists: Any) -> Study:
    known = {name: tuple(values) for name, values in lists.items()}
    places = {name: values for name, values in known.items() if name != "years"}
    return Study(made.select(**places, years=known.get("years", ())), made, **known)


def profile(made: Tables, *townships: str, **lists: Any) -> Township:
    return one_township(study(made, townships=townships, **lists))


def county(received: dict[str, dict[int, int | None]], **more: Any) -> Tables:
    """A report for each township and year that says how many requests came in; the rest of each is 0."""
    number = itertools.count(1)
    return tables(
        *(
            (report(next(number), name, year, **more), {"requests": {NEW: n, ("total", "total"): n}})
            for name, years in received.items()
            for year, n in years.items()
        )
    )


def whole_brief(township: Township) -> list[Any]:
    """All that the notebook shows, in its order."""
    shown: list[Any] = [profile_head(township), *profile_opening(township), township_requests(township)]
    shown += [beside_chart(township), theme_chart(township), promise_words(promises(township.ever))]
    shown += [findings_words(township), *who_table(township), *reports_table(township), *figures_table(township)]
    shown += [*refusal_reasons(township), *requests_table(township), *beside_table(township)]
    return [*shown, *statements_table(township), *findings_tables(township)]


def said(shown: list[Any]) -> str:
    return "\n".join(one.title + one.caption if isinstance(one, Chart) else one.text for one in shown)


# of one township


@pytest.mark.parametrize("asked", [(), ("东河镇", "西山乡")])
def test_a_brief_is_of_one_township_and_the_error_names_those_there_are(asked):
    made = county({"东河镇": {2021: 1}, "西山乡": {2021: 2}})

    with pytest.raises(ConfigError, match=r"2 townships: 东河镇, 西山乡"):
        profile(made, *asked)


def test_the_only_township_of_the_data_need_not_be_named():
    assert profile(county({"东河镇": {2021: 1, 2022: 2}})).name == "东河镇"


def test_a_name_that_is_nearly_right_is_told_before_anything_is_shown(tmp_path: Path):
    write_tables(county({"东河镇": {2021: 1}, "西山乡": {2021: 2}}), tmp_path)

    with pytest.raises(ConfigError, match="东河镇"):
        open_study(tmp_path, townships=["东湖镇"])


def test_townships_of_one_name_in_two_counties_are_never_mixed():
    made = tables(
        (report(1, "城关镇", 2021, county="甲县"), {"requests": {NEW: 3}}),
        (report(2, "城关镇", 2022, county="乙县"), {"requests": {NEW: 50}}),
    )
    with pytest.raises(ConfigError, match=r"2 places called 城关镇: (甲县, 乙县|乙县, 甲县)"):
        profile(made, "城关镇")

    one = profile(made, "城关镇", counties=["甲县"])

    assert set(one.tables.reports["county"]) == {"甲县"}
    assert set(one.tables.requests["report_id"]) == {"r1"}
    assert "乙县" in said(profile_opening(one))
    assert "50" not in said([township_requests(one), *figures_table(one)])


def test_a_report_that_does_not_tell_its_county_is_not_taken_for_the_townships_own():
    made = tables(
        (report(1, "城关镇", 2021), {}),
        (report(2, "城关镇", 2022, county=None), {"requests": {NEW: 9}}),
    )
    one = profile(made, "城关镇")

    assert set(one.tables.reports["report_id"]) == {"r1"}
    assert "另有 1 份同名乡镇（街道）的报告没有写明属于哪个县" in said(profile_opening(one))


def test_without_any_county_the_brief_says_that_it_may_be_of_several():
    one = profile(tables((report(1, "城关镇", 2022, county=None), {"requests": {NEW: 9}})), "城关镇")

    assert "可能不是同一个乡镇" in said(profile_opening(one))
    assert isinstance(beside_chart(one), Words)


def test_a_township_keeps_its_years_when_it_is_renamed():
    made = tables(
        (report(1, "东河乡", 2020, division_code="123456789"), {"requests": {NEW: 1}}),
        (report(2, "东河镇", 2021, division_code="123456789"), {"requests": {NEW: 2}}),
    )
    for name in ("东河乡", "东河镇"):
        one = profile(made, name)
        assert one.name == "东河镇"
        assert reports_by_year(one)["township"].tolist() == ["东河乡", "东河镇"]
        assert names_of(one)["township"].tolist() == ["东河乡", "东河镇"]


def test_years_that_are_asked_for_cut_the_brief_but_not_who_it_is_of():
    made = county({"东河镇": {2020: 1, 2021: 2}, "西山乡": {2020: 5}})
    one = profile(made, "东河镇", years=[2021])

    assert one.tables.reports["year"].tolist() == [2021]
    assert one.ever.reports["year"].tolist() == [2020, 2021]
    assert reports_by_year(one)["year"].tolist() == [2021]


def test_a_report_that_is_set_aside_is_named_and_not_counted():
    made = tables(
        (report(1, "东河镇", 2021), {"requests": {NEW: 3}}),
        (report(2, "东河镇", 2021, counted=False, source="第二份.txt"), {"requests": {NEW: 4}}),
    )
    one = profile(made, "东河镇")

    assert set(one.tables.reports["report_id"]) == {"r1"}
    assert "第二份.txt" in said(profile_opening(one))


# which reports there are


def test_a_year_without_a_report_between_those_of_the_county_has_a_row_and_no_figure():
    made = county({"东河镇": {2019: 1, 2022: 4}, "西山乡": {2020: 2, 2023: 2}})
    by_year = reports_by_year(profile(made, "东河镇"))

    assert by_year["year"].tolist() == [2019, 2020, 2021, 2022, 2023]
    assert (by_year["state"] == "there").tolist() == [True, False, False, True, False]
    assert by_year.loc[by_year["state"] != "there", "reason"].eq("county_unknown").all()
    assert "没有报告的年度：2020、2021、2023" in said(profile_opening(profile(made, "东河镇")))


def test_the_lists_of_townships_say_whether_a_report_is_missing():
    place = {"province": "新疆维吾尔自治区", "city": "塔城地区", "county": "乌苏市", "division_code": "654202105"}
    made = tables(
        (report(1, "百泉镇", 2020, **place), {}),
        (report(2, "百泉镇", 2023, **place), {}),
    )
    one = profile(made, "百泉镇")

    assert set(reports_by_year(one)["state"]) == {"there", "missing"}
    assert names_of(one)["listed"].tolist() == [True]


# figures


@pytest.mark.slow
@settings(deadline=None, max_examples=20)
@given(
    own=st.integers(0, 60),
    others=st.lists(st.one_of(st.none(), st.integers(0, 60)), min_size=0, max_size=9),
)
def test_the_range_is_that_of_the_others_with_a_figure_and_told_only_where_they_are_enough(own, others):
    made = county({"东河镇": {2021: own}, **{f"第{at}乡": {2021: n} for at, n in enumerate(others)}})
    row = beside_county(profile(made, "东河镇")).query("figure == 'all.requests.new.total'").iloc[0]
    known = [n for n in others if n is not None]

    assert (row["value"], row["others"], row["with_figure"]) == (own, len(others), len(known))
    if len(known) < LEAST:
        assert row[["low", "median", "high"]].isna().all()
    else:
        assert (row["low"], row["median"], row["high"]) == (min(known), median(known), max(known))


def test_forms_that_count_differently_are_not_held_against_each_other():
    mine = (report(1, "东河镇", 2020, "2019"), {"disclosure": {("normative_documents", "made"): 3}})
    others = [
        (report(at, f"第{at}乡", 2020, "2021"), {"disclosure": {("normative_documents", "issued"): 50}})
        for at in range(2, 9)
    ]
    beside = beside_county(profile(tables(mine, *others), "东河镇")).set_index("figure")

    assert beside.loc["2019.disclosure.normative_documents.made", "with_figure"] == 0
    assert beside.loc["all.requests.new.total", "with_figure"] == len(others)


def test_townships_of_another_county_are_no_neighbours():
    mine = (report(1, "东河镇", 2021), {})
    others = [(report(at, f"第{at}乡", 2021, county="乙县"), {}) for at in range(2, 9)]

    assert beside_county(profile(tables(mine, *others), "东河镇"))["others"].eq(0).all()


def test_each_figure_has_its_place_and_its_status():
    made = county({"东河镇": {2021: 7, 2022: None}})
    made.requests.loc[made.requests["value"] == 7, "status"] = "repaired"
    new = township_figures(made).query("figure == 'all.requests.new.total'")

    assert new["value"].tolist()[0] == 7
    assert pd.isna(new["value"].tolist()[1])
    assert new["status"].tolist() == ["repaired", "blank"]
    assert new["locator"].tolist() == ["东河镇2021.txt:1", "东河镇2022.txt:1"]
    shown = said(figures_table(profile(made, "东河镇")))
    assert "7＊" in shown
    assert "空白" in shown
    assert "文字表示没有可用的数，不是 0" in shown


def test_a_corrected_figure_is_marked():
    made = county({"东河镇": {2021: 7}})
    made.requests.loc[made.requests["value"] == 7, "status_detail"] = f"{CORRECTED}: 12"

    assert "7＃" in said(figures_table(profile(made, "东河镇")))


def test_a_figure_of_another_form_is_a_gap_in_words_and_not_a_0():
    made = tables(
        (report(1, "东河镇", 2020, "2019"), {"disclosure": {("normative_documents", "made"): 3}}),
        (report(2, "东河镇", 2021), {"disclosure": {("normative_documents", "issued"): 4}}),
    )
    shown = said(figures_table(profile(made, "东河镇")))

    assert "规范性文件本年制发\t件\t·\t4" in shown
    assert "规范性文件本年新制作\t件\t3\t·" in shown


# requests


def test_the_newest_year_is_the_title_and_a_year_without_a_report_says_so():
    made = tables(
        (report(1, "东河镇", 2020), {"requests": {NEW: 2, ("granted", "total"): 2, ("total", "total"): 2}}),
        (
            report(2, "东河镇", 2022),
            {"requests": {NEW: 5, ("granted", "total"): 3, ("total", "total"): 5, ("declined_repeated", "total"): 2}},
        ),
    )
    chart = township_requests(profile(made, "东河镇"))

    assert isinstance(chart, Chart)
    assert chart.title == "2022年新收申请 5 件，办结 5 件：予以公开 3 件、其余 2 件"
    assert chart.frame["words"].tolist()[1] == "无报告"
    assert chart.frame["received"].isna().tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ({2021: 0}, "2021年新收和办结的申请都是 0 件"),
        ({2021: 0, 2022: 0}, "有表三的 2 份报告（2021—2022年），新收和办结的申请都是 0 件"),
        ({2021: None}, "没有可用的申请件数，不作图；这不等于 0"),
    ],
)
def test_zeros_and_gaps_are_words_and_no_chart(figures, message):
    shown = township_requests(profile(county({"东河镇": figures}), "东河镇"))

    assert isinstance(shown, Words)
    assert message in shown.text


def test_reasons_are_not_added_up_over_reports_of_which_one_has_no_figure():
    made = tables(
        (report(1, "东河镇", 2020), {"requests": {("refused_inquiry", "total"): 2, ("declined_petition", "total"): 3}}),
        (
            report(2, "东河镇", 2021),
            {"requests": {("refused_inquiry", "total"): 1, ("declined_petition", "total"): None}},
        ),
    )
    (words,) = refusal_reasons(profile(made, "东河镇"))

    assert "属于行政查询事项 3 件" in words.text
    assert "信访" not in words.text
    assert "另有 1 种原因，有的年份没有可用的数，不合计" in words.text


# problems


def named(made: Tables, *tags: tuple[str, str, str]) -> Tables:
    """The tables with a statement of one theme for each (report, kind, theme)."""
    rows = [
        {"report_id": one, "kind": kind, "ordinal": at, "theme": theme} for at, (one, kind, theme) in enumerate(tags)
    ]
    frames = vars(made).copy()
    frames["problems"] = pd.concat([made.problems, pd.DataFrame(rows).drop(columns="theme").assign(text="某句")])
    frames["problem_themes"] = pd.concat([made.problem_themes, pd.DataFrame(rows)])
    return Tables(**frames)


def test_a_run_ends_at_a_year_without_a_report():
    made = county({"东河镇": {2018: 1, 2019: 1, 2021: 1, 2022: 1, 2023: 1}})
    made = named(made, *((f"r{at}", "problem", "timeliness") for at in range(1, 6)), ("r1", "measure", "skills"))
    grid = themes_by_year(made)
    run = theme_runs(grid).iloc[0]

    assert (run["theme"], run["years"], run["first"], run["last"]) == ("timeliness", 3, 2021, 2023)
    chart = theme_chart(profile(made, "东河镇"))
    assert isinstance(chart, Chart)
    assert "“时效”连续 3 年（2021—2023年）" in chart.title
    assert "斜线是没有报告或读不出" in chart.caption


def test_a_section_that_could_not_be_read_names_neither_something_nor_nothing():
    made = named(county({"东河镇": {2021: 1, 2022: 1}}), ("r1", "problem", "timeliness"))
    grid = themes_by_year(made).set_index("year")

    assert bool(grid.loc[2021, "problem"])
    assert pd.isna(grid.loc[2022, "problem"])


# findings, and the whole


def test_findings_stand_newest_first_and_dismissed_ones_are_only_counted():
    made = county({"东河镇": {2021: 1, 2022: 1}})
    row = {"rule": "x", "severity": "warning", "table": "requests", "message_en": "x"}
    found = pd.DataFrame(
        [
            {**row, "finding_id": "a", "report_id": "r1", "message": "旧的"},
            {**row, "finding_id": "b", "report_id": "r2", "message": "新的"},
            {**row, "finding_id": "c", "report_id": "r2", "message": "无误的", "remark_status": "dismissed"},
        ]
    )
    frames = vars(made).copy()
    frames["findings"] = pd.concat([made.findings, found])
    one = profile(Tables(**frames), "东河镇")
    shown = said(findings_tables(one))

    assert shown.index("新的") < shown.index("旧的\t")
    assert "无误的" not in shown
    assert findings_words(one).text == "核对发现错误 0 条、警告 2 条，最近的在2022年"
    assert "另有 1 条经核实无误，不列" in said(profile_opening(one))


def test_the_brief_of_nothing_says_so_in_every_section():
    nothing = one_township(Study(Tables(), Tables()))
    shown = whole_brief(nothing)

    assert "没有符合条件的报告" in said(shown)
    assert not any(isinstance(one, Chart) for one in shown)


def test_answers_have_their_columns_when_there_is_nothing():
    nothing = one_township(Study(Tables(), Tables()))

    assert list(reports_by_year(nothing)) == list(BY_YEAR)
    assert list(names_of(nothing)) == list(NAMES)
    assert list(township_figures(nothing.tables)) == list(FIGURES)
    assert list(beside_county(nothing)) == list(BESIDE)
    assert list(themes_by_year(nothing.tables)) == list(THEMES)


@pytest.mark.parametrize("name", ["东河镇", "西山乡"])
def test_text_of_reports_is_escaped_in_the_whole_brief(name):
    shown = whole_brief(profile(busy_tables(), name))
    html = "".join(one._repr_mimebundle_()[0]["text/html"] for one in shown if not isinstance(one, Chart))

    assert "<script>alert" not in html
    assert "<b>" not in html


def test_a_report_without_year_or_tables_does_not_stop_the_brief():
    made = tables(
        (report(1, "东河镇", 2021, "none", status="narrative_only"), {}),
        (report(2, "东河镇", None), {"requests": {NEW: 3}}),  # type: ignore[arg-type]
    )
    shown = said(whole_brief(profile(made, "东河镇")))

    assert "年度不明" in shown


def test_a_promise_without_a_next_report_is_open_and_not_kept():
    made = named(county({"东河镇": {2021: 1}}), ("r1", "measure", "timeliness"), ("r1", "problem", "timeliness"))

    assert promise_words(promises(made)).text == "承诺改进的 1 项都没有次年可读的报告，不知下文。"


def test_a_change_of_kind_is_told_by_the_lists_and_its_reports_are_named_not_joined():
    place = {"province": "福建省", "city": "三明市", "county": "将乐县"}
    made = tables(
        (report(1, "南口乡", 2018, **place), {}),
        (report(2, "南口镇", 2022, **place), {}),
    )
    one = profile(made, "南口镇")

    assert names_of(one)[["township", "last"]].iloc[0].tolist() == ["南口乡", 2018]
    assert set(one.tables.reports["report_id"]) == {"r2"}
    assert "南口乡，可能是本乡镇的曾用名；它的 1 份报告（2018年）没有并入" in said(profile_opening(one))


def test_two_places_that_stand_in_one_list_are_no_names_of_each_other():
    everything = gazetteer()
    year = everything.editions[-1]
    for county in ("民勤县", "安化县", "伊川县", "乌苏市", "将乐县"):
        listed = everything.listed(year, county=county)
        for one in listed[:3]:
            place = {"province": one.province, "city": one.city, "county": one.county, "division_code": one.code}
            found = names_of(profile(tables((report(1, one.name, year, **place), {}))))
            assert {*found["township"]} & {other.name for other in listed} == {one.name}
