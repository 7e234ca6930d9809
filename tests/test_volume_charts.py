"""Charts of volume and of requests: titles that answer, gaps and bounds that show, shares only of enough."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from made_tables import report, tables
from matplotlib.figure import Figure
from test_request_questions import LINE, decided
from told_figures import told

from govinfo.charts import (
    Chart,
    Words,
    answers,
    channel_chart,
    dispute_chart,
    flow_chart,
    kind_chart,
    outcome_chart,
    outcomes_by_year,
    place_chart,
    reason_chart,
    received_chart,
    silence_words,
    totals_chart,
    totals_table,
    volume_charts,
)
from govinfo.charts.bars import Heading
from govinfo.charts.spread import spread_panels
from govinfo.questions.frames import shaped
from govinfo.questions.requests.dispute_results import dispute_results
from govinfo.questions.requests.request_outcomes import CATEGORIES
from govinfo.questions.requests.request_shares import answered_shares, outcome_shares, reason_shares
from govinfo.questions.requests.requests_received import request_flow_by_year, requests_received, years_without_requests
from govinfo.questions.volume.disclosed import (
    LISTED,
    STATED,
    TOTALS,
    disclosed_channels,
    disclosed_kinds,
    disclosed_totals,
)
from govinfo.questions.volume.volume_by_year import volumes
from govinfo.tables import Tables, typed

HEADING = Heading("made_up", "标题", "件", 2)


def drawn(chart: object) -> Figure:
    assert isinstance(chart, Chart), chart
    return chart.figure


def title(chart: object) -> str:
    assert isinstance(chart, Chart), chart
    return chart.title


def texts(chart: object) -> list[str]:
    return [text.get_text() for axes in drawn(chart).axes for text in axes.texts]


def totals(*rows: tuple[str, int, float | None, dict[str, Any]]) -> pd.DataFrame:
    """The answer of `disclosed_totals`, a row each: township, year, value, what else there is."""
    made = [
        {
            **{"report_id": f"r{number}", "place": name, "township": name, "county": "某县", "year": year},
            **{"form": "2021", "value": value, "state": "silent" if value is None else "stated", "approximate": False},
            **more,
        }
        for number, (name, year, value, more) in enumerate(rows)
    ]
    return shaped(pd.DataFrame(made), TOTALS)


def test_the_total_of_a_year_is_given_only_where_every_report_tells_one() -> None:
    whole = totals_chart(totals(("东河镇", 2022, 100, {}), ("西山乡", 2022, 50, {})))
    part = totals_chart(totals(("东河镇", 2022, 100, {}), ("西山乡", 2022, None, {})))

    assert "共 150 条" in title(whole)
    assert "150" not in title(part)
    assert "2 份报告中只有东河镇说了公开总条数：100 条" in title(part)


def test_a_cell_says_whether_its_figure_is_round_a_bound_contradicted_or_not_told() -> None:
    chart = totals_chart(
        totals(
            ("东河镇", 2021, 300, {}),
            ("东河镇", 2022, 450, {"approximate": True}),
            ("西山乡", 2021, None, {"state": "parts", "at_least": 206}),
            ("西山乡", 2022, None, {"state": "contradicted"}),
            ("南溪镇", 2022, None, {}),
        )
    )

    assert sorted(texts(chart)) == sorted(["300", "约 450", "≥206", "矛盾", "—"])
    assert "约" in title(chart)


def test_of_many_townships_the_largest_are_drawn_and_the_caption_says_so() -> None:
    chart = totals_chart(totals(*((f"第{number}乡", 2022, number, {}) for number in range(1, 301))))

    assert len(drawn(chart).axes[0].get_yticklabels()) == 25
    assert isinstance(chart, Chart)
    assert "共 300 个" in chart.caption


@pytest.mark.parametrize("said", [[], [("disclosed_website", 20, False)]])
def test_one_report_that_tells_no_total_is_told_in_words(said: list[Any]) -> None:
    words = totals_chart(disclosed_totals(told(said)))

    assert isinstance(words, Words)
    assert words.text.startswith("1 份报告没有说")


def test_channels_of_one_report_are_told_one_by_one() -> None:
    made = told([("disclosed_website", 122, False), ("disclosed_wechat", 70, True)])

    assert (
        title(channel_chart(disclosed_channels(made), 1)) == "东河镇2018年分渠道公开：政府网站 122 条、政务微信约 70 条"
    )


def test_the_middle_of_the_old_table_and_of_the_texts_are_never_taken_together() -> None:
    made = told([("disclosed_website", 122, False)])
    both = pd.concat([disclosed_channels(made)] * 3, ignore_index=True)
    both = both.assign(report_id=["a", "b", "c"], year=[2018, 2021, 2022], state=[LISTED, STATED, STATED])
    both["value"] = pd.array([500.0, 10.0, 30.0], dtype="Float64")

    assert title(channel_chart(both, 3)).endswith("（统计表 1 份，居中的一份 500 条；正文 2 份，居中的一份 20 条）")


def test_kinds_of_one_report_are_told_by_their_largest() -> None:
    made = told([("disclosed_category", 9, False), ("disclosed_category", 31, False)], category="x")
    made.mentions["category"] = pd.array(["机构职能类", "财政信息"], dtype="string")

    assert title(kind_chart(disclosed_kinds(made), 1)) == "东河镇2018年列出 2 类，最多的是“财政”，31 条"


def documents(*rows: tuple[str, int, int | None]) -> Tables:
    """Reports that issued so many documents: township, year, number."""
    entries = (
        (report(number, name, year), {"disclosure": {("normative_documents", "issued"): value}})
        for number, (name, year, value) in enumerate(rows)
    )
    return tables(*entries)


def test_a_sum_is_told_where_all_have_the_figure_and_else_how_many_have_it() -> None:
    whole = documents(("东河镇", 2021, 1), ("西山乡", 2021, 1), ("东河镇", 2022, 4), ("西山乡", 2022, 2))
    part = documents(("东河镇", 2021, 1), ("西山乡", 2021, 1), ("东河镇", 2022, 4), ("西山乡", 2022, None))

    (summed,), (gap,) = (volume_charts(volumes(made), "documents") for made in (whole, part))

    assert title(summed) == "2022年 2 份报告合计：行政规范性文件制发 6 件（2021年格式）"
    assert title(gap) == "2022年 2 份报告：行政规范性文件制发只有 1 份有数，居中的一份 4 件（2021年格式）"
    assert "缺1" in texts(gap)


def test_documents_of_two_forms_are_never_in_one_chart() -> None:
    made = tables(
        (report(1, "东河镇", 2020, "2019"), {"disclosure": {("normative_documents", "made"): 9}}),
        (report(2, "东河镇", 2021), {"disclosure": {("normative_documents", "issued"): 4}}),
    )

    charts = volume_charts(volumes(made), "documents")

    assert [title(chart).split("（")[1] for chart in charts] == ["2021年格式）", "2019年格式）"]
    assert len({chart.name for chart in charts if isinstance(chart, Chart)}) == 2


def test_items_and_money_of_one_year_are_never_on_one_axis() -> None:
    cells = {("government_procurement", "items"): 3, ("government_procurement", "amount"): 359.7}
    made = tables((report(1, "东河镇", 2020, "2019"), {"disclosure": cells}))

    charts = volume_charts(volumes(made), "procurement")

    assert [title(chart) for chart in charts] == [
        "东河镇2020年政府集中采购项目 3 项（2019年格式）",
        "东河镇2020年政府集中采购金额 359.7 万元（2019年格式）",
    ]


def test_townships_that_are_each_there_for_one_year_are_not_joined_by_a_line() -> None:
    (chart,) = volume_charts(volumes(documents(("东河镇", 2021, 3), ("西山乡", 2022, 1))), "documents")

    assert not drawn(chart).axes[0].lines
    assert "每个乡镇只有一年" in title(chart)


def test_a_figure_far_beyond_all_others_leaves_them_room_and_is_named() -> None:
    rows = [(f"第{number}乡", year, 1 + number % 4) for number in range(10) for year in (2021, 2022)]
    frame = pd.DataFrame([*rows, ("错乡", 2022, 61089)], columns=["name", "year", "value"]).assign(panel="收费")

    chart = spread_panels(frame.astype({"value": "Float64"}), HEADING)

    assert drawn(chart).axes[0].get_ylim()[1] < 10
    assert isinstance(chart, Chart)
    assert "错乡2022年 61,089" in chart.caption


def received(*rows: tuple[str, int, int | None]) -> Tables:
    entries = (
        (report(number, name, year), {"requests": {("new", "total"): value}})
        for number, (name, year, value) in enumerate(rows)
    )
    return tables(*entries)


def test_none_came_no_figure_and_no_report_look_different() -> None:
    made = received(("东河镇", 2021, 5), ("东河镇", 2022, 0), ("西山乡", 2022, None))

    chart = received_chart(requests_received(made))

    assert sorted(texts(chart)) == sorted(["5", "0", "—"])
    assert len(drawn(chart).axes[0].patches) == 3


def test_requests_of_a_year_are_added_up_only_where_every_report_has_a_figure() -> None:
    whole = received_chart(requests_received(received(("东河镇", 2022, 5), ("西山乡", 2022, 0))))
    part = received_chart(requests_received(received(("东河镇", 2022, 5), ("西山乡", 2022, None))))

    assert title(whole) == "2022年 2 份报告共收到申请 5 件，1 份没有收到"
    assert "不给合计" in title(part)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("东河镇", 2021, 0), ("东河镇", 2022, 0)], "都写明没有收到申请：东河镇（2年）"),
        ([("东河镇", 2021, 0), ("东河镇", 2022, None)], "另有年份没有可用的数：东河镇（2年）"),
        ([("东河镇", 2022, None)], "不能说没有申请：东河镇（1年）"),
    ],
)
def test_a_township_without_requests_is_told_as_what_it_is(rows: list[Any], said: str) -> None:
    words = silence_words(years_without_requests(received(*rows)))[0]

    assert isinstance(words, Words)
    assert said in words.text


def test_a_flow_that_lacks_a_report_is_no_bar() -> None:
    made = received(("东河镇", 2021, 5), ("西山乡", 2021, 2), ("东河镇", 2022, 5), ("西山乡", 2022, None))

    chart = flow_chart(request_flow_by_year(made), requests_received(made))

    assert "缺1" in texts(chart)
    assert "本年新收只有 1 份有数，不给合计" in title(chart)


def counts(**found: int) -> dict[str, int]:
    return {**dict.fromkeys(CATEGORIES, 0), **found}


def test_few_requests_have_counts_and_no_shares() -> None:
    few = outcome_chart(outcome_shares(tables(decided(1, counts(granted=4, refused=2)))))
    many = outcome_chart(outcome_shares(tables(decided(1, counts(granted=15, refused=5)))))

    assert title(few) == "共办结 6 件（太少，不算占比）：予以公开 4 件、不予公开 2 件"
    assert "75%，95% 区间" in title(many)


def test_reports_whose_figures_do_not_fit_stand_beside_the_chart() -> None:
    made = tables(decided(1, counts(granted=15)), decided(2, counts(granted=5), 1))

    chart = outcome_chart(outcome_shares(made))

    assert isinstance(chart, Chart)
    assert "办结的 15 件中" in chart.title
    assert "另有 1 份缺数或与总计不符" in chart.caption


def test_an_outcome_that_rose_beyond_chance_is_named_with_both_shares() -> None:
    def year(number: int, year: int, **found: int) -> Any:
        made, cells = decided(number, counts(**found))
        return {**made, "year": year}, cells

    clear = tables(year(1, 2021, granted=90, refused=10), year(1, 2022, granted=10, refused=90))
    alike = tables(year(1, 2021, granted=9, refused=4), year(1, 2022, granted=6, refused=6))
    for made in (clear, alike):
        made.reports["report_id"] = pd.array(["a", "b"], dtype="string")
        made.requests["report_id"] = pd.array(
            ["a"] * (len(made.requests) // 2) + ["b"] * (len(made.requests) // 2), dtype="string"
        )

    rose, none = (title(outcomes_by_year(outcome_shares(made, by="year"))) for made in (clear, alike))

    assert "不予公开由 10% 升至 90%" in rose
    assert "予以公开由 90% 降至 10%" in rose
    assert "没有超出偶然" in none


def test_a_township_is_named_only_where_it_differs_from_all_beyond_chance() -> None:
    same = [decided(number, counts(granted=20, refused=20)) for number in range(5)]
    odd = decided(9, counts(granted=1, refused=60))

    alike, other = (place_chart(answered_shares(tables(*rows))) for rows in (same, [*same, odd]))

    assert "没有超出偶然" in title(alike)
    assert "第9乡的公开比例低于全体" in title(other)


def test_the_reason_of_most_refusals_is_named_in_the_words_of_the_form() -> None:
    chart = reason_chart(reason_shares(tables(decided(1, counts(refused=3, unavailable=1)))))

    assert title(chart) == "没有公开的 4 件中，理由最多的是“保护第三方合法权益”（不予公开），3 件"
    assert LINE["refused"] == "refused_third_party"


def disputed(*values: dict[tuple[str, str], object]) -> Any:
    """The chart of the disputes of a report each."""
    made = [(report(at, f"第{at}号乡", 2021), {"disputes": value}) for at, value in enumerate(values)]
    return dispute_chart(dispute_results(tables(*made)))


def test_a_channel_of_which_no_report_has_figures_is_not_said_to_be_0() -> None:
    one = {("reconsideration", "upheld"): 3, ("reconsideration", "total"): 3, ("litigation_direct", "upheld"): None}

    told = title(disputed(one))

    assert "未经复议直接起诉没有一份有可用的数" in told
    assert "未经复议直接起诉 0 件" not in told


def test_only_reports_that_say_so_are_told_to_have_no_dispute() -> None:
    (told,) = disputed({}, {("litigation_direct", "upheld"): None}).lines

    assert "行政复议有数的 2 份都是 0" in told
    assert "未经复议直接起诉有数的 1 份都是 0" in told
    assert told.endswith("另有 1 处缺数或与总计不符，未计入。")


def test_a_title_says_that_its_counts_leave_reports_out() -> None:
    one = {("reconsideration", "upheld"): 3, ("reconsideration", "total"): 3}
    whole = dict.fromkeys([("granted", "total"), ("total", "total"), ("new", "total")], 12)
    lost = {**whole, ("refused_inquiry", "total"): None}
    made = [(report(1, "东河镇", 2021), {"requests": whole}), (report(2, "西山乡", 2021), {"requests": lost})]

    for chart in (disputed(one, {("reconsideration", "upheld"): None}), outcome_chart(outcome_shares(tables(*made)))):
        assert title(chart).startswith("只计数齐的报告，")
    for chart in (disputed(one), outcome_chart(outcome_shares(tables(made[0])))):
        assert "只计数齐" not in title(chart)


def test_years_and_townships_without_figures_are_not_said_to_have_decided_nothing() -> None:
    whole = dict.fromkeys([("granted", "total"), ("total", "total"), ("new", "total")], 12)
    lost = {**whole, ("refused_inquiry", "total"): None}
    lone = tables((report(1, "东河镇", 2021), {"requests": lost}))
    both = tables((report(1, "东河镇", 2021), {"requests": lost}), (report(2, "东河镇", 2022), {"requests": whole}))

    for words in (outcomes_by_year(outcome_shares(lone, by="year")), place_chart(answered_shares(lone))):
        assert isinstance(words, Words)
        assert words.text == "1 份报告的办理结果缺数或与总计不符，不能算占比。"
    told = outcomes_by_year(outcome_shares(both, by="year"))
    assert isinstance(told, Words)
    assert told.text.startswith("只计数齐的报告，有办结申请的报告只有2022年的")
    assert "另有 1 份缺数" in told.text


def test_a_table_has_the_whole_figure_where_a_cell_of_the_picture_has_room_for_a_short_one() -> None:
    made = totals(("东河镇", 2021, 123456.0, {}), ("东河镇", 2022, 54321.0, {}))

    assert "12.3万" in texts(totals_chart(made))
    (table,) = totals_table(made)
    assert "123,456" in table.text
    assert "54,321" in table.text


def test_a_sum_that_rests_on_the_text_of_a_report_says_so() -> None:
    figures = received(("东河镇", 2022, 5), ("西山乡", 2022, None))
    row = {"report_id": figures.reports["report_id"].iloc[1], "order": 0, "measure": "requests_received", "value": 4.0}
    row |= {"unit": "件", "approximate": False, "period": "year", "evidence": "收到4件", "start": 0, "end": 4}
    both = Tables(**{**vars(figures), "mentions": typed("mentions", [row])})

    assert title(received_chart(requests_received(both))) == (
        "2022年 2 份报告共收到申请 9 件，每份都有（其中 1 份表中没有可用的数，取自正文）"
    )


def test_disputes_have_a_rate_only_where_enough_are_closed() -> None:
    few = {("reconsideration", "corrected"): 1, ("reconsideration", "total"): 1}
    many = {("reconsideration", "upheld"): 9, ("reconsideration", "corrected"): 3, ("reconsideration", "total"): 12}

    titles = [
        title(dispute_chart(dispute_results(tables((report(1, "东河镇", 2021), {"disputes": cells})))))
        for cells in (few, many)
    ]

    assert titles[0].startswith("行政复议 1 件，其中纠正 1 件；")
    assert "占已结 12 件的 25%" in titles[1]


def test_zeros_everywhere_are_told_in_words_each_once() -> None:
    made = tables((report(1, "东河镇", 2021), {}), (report(2, "西山乡", 2021), {}))
    rows = requests_received(made)
    shown = [
        received_chart(rows),
        flow_chart(request_flow_by_year(made), rows),
        outcome_chart(outcome_shares(made)),
        outcomes_by_year(outcome_shares(made, by="year")),
        reason_chart(reason_shares(made)),
        dispute_chart(dispute_results(made)),
        *volume_charts(volumes(made), "decisions"),
    ]

    assert all(isinstance(part, Words) for part in shown)
    lines = answers(*shown).lines
    assert len(lines) == len(set(lines)) == 6


def test_of_many_townships_of_one_year_only_the_largest_have_bars() -> None:
    rows = [
        {"panel": name, "name": f"第{number}乡", "year": 2022, "value": number}
        for number in range(90)
        for name in "甲乙"
    ]

    chart = spread_panels(pd.DataFrame(rows).astype({"value": "Float64"}), HEADING)

    assert drawn(chart).get_size_inches()[1] < 16
    assert isinstance(chart, Chart)
    assert "共 90 行，只画数值最大的 20 行" in chart.caption
