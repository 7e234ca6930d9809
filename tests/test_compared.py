"""Townships and counties compared: ranks only as far as they can be told, and nobody stands out by chance."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest
from made_tables import report, tables

from govinfo.charts.chart import Chart
from govinfo.charts.comparison.funnel import granted_chart, late_words, stand_out_words
from govinfo.charts.comparison.ranked import received_chart, received_table
from govinfo.charts.names import year_spans
from govinfo.charts.one_year import marks_chart, scope_words, span_of, year_table
from govinfo.charts.opening import opening
from govinfo.charts.requests.request_years import MOST_PANELS, years_chart
from govinfo.charts.shown import Words
from govinfo.charts.volume.told_totals import totals_chart
from govinfo.questions.areas import count_townships
from govinfo.questions.comparison.compared import by_county, compared, stand_outs
from govinfo.questions.comparison.rates import RATES, measured_years, rates
from govinfo.questions.one_year import chosen_year, of_year, years_of
from govinfo.questions.quality.review_marks import review_marks
from govinfo.questions.study import Study
from govinfo.questions.volume.told_totals import told_totals
from govinfo.tables import Tables, typed


def rows(entries: list[tuple[str, int, int | None, int | None, int | None]], area: str = "某县") -> pd.DataFrame:
    """What `rates` gives: township, year, requests received, granted, decided; None is no usable figure."""
    made = []
    for number, (township, year, received, granted, decided) in enumerate(entries):
        head = {"report_id": f"{area}{number}", "area": area, "place": f"{area}{township}", "township": township}
        usable = granted is not None and decided is not None
        figures = {
            "received": (received, None if received is None else 1),
            "granted": (granted, decided) if usable else (None, None),
            "late": (0, 1),
        }
        made += [
            {**head, "year": year, "measure": measure, "count": count, "of": of, "doubted": False}
            for measure, (count, of) in figures.items()
        ]
    return pd.DataFrame(made, columns=list(RATES)).astype(RATES)


def county(*shares: tuple[int, int], year: int = 2022) -> pd.DataFrame:
    return rows([(f"第{number}乡", year, of, count, of) for number, (count, of) in enumerate(shares)])


def text(shown: Any) -> str:
    return f"{shown.title}\n{shown.caption}" if isinstance(shown, Chart) else shown.text


def test_the_one_that_was_planted_stands_out_and_no_other():
    made = county(*[(20 + number % 3, 42) for number in range(19)], (1, 40))

    judged = stand_outs(made, 2022)

    odd = judged[judged["side"].notna()]
    assert [*odd[["measure", "name", "side"]].itertuples(index=False, name=None)] == [("granted", "第19乡", "below")]
    assert text(stand_out_words(judged)) == "突出的（已计入同时比较 20 次）：公开占比偏低的 第19乡"
    chart = granted_chart(judged, compared(made, "granted"), "2022年度", counties=False)
    assert text(chart).startswith("公开的占比明显偏低的：第19乡 1／40（合计 ")


@pytest.mark.slow
def test_in_counties_whose_townships_are_alike_hardly_ever_one_stands_out():
    """Of 60 made counties of 20 townships each one in twenty may name one by chance; twice as many would be a fault."""
    named = 0
    for seed in range(60):
        chance = Random(seed)
        sizes = [chance.randint(1, 60) for _ in range(20)]
        made = county(*[(sum(chance.random() < 0.4 for _ in range(of)), of) for of in sizes])
        named += bool(stand_outs(made, 2022)["side"].notna().any())
    assert named <= 6


def test_a_year_is_held_against_the_years_before_of_the_same_township():
    steady = [(f"第{number}乡", year, 10, 5, 10) for number in range(6) for year in range(2019, 2024)]
    jumped = [
        (township, year, 40 if (township, year) == ("第2乡", 2023) else n, *rest) for township, year, n, *rest in steady
    ]

    judged = stand_outs(rows(jumped), 2023)

    odd = judged[judged["side"].notna()]
    assert [*odd[["measure", "name", "side"]].itertuples(index=False, name=None)] == [("change", "第2乡", "above")]
    chart = years_chart(rows(jumped), judged, 2023, "2019—2023年度")
    assert "明显增多的：第2乡（40 件，以前各年共 40 件）" in text(chart)
    assert stand_outs(rows(jumped), 2020)["measure"].eq("granted").all()


def test_a_township_without_a_usable_figure_is_no_zero():
    made = rows([("甲乡", 2022, 5, 2, 4), ("乙乡", 2022, None, None, None), ("丙乡", 2022, 0, 0, 0)])

    frame = compared(made, "received", [2022]).set_index("name")

    assert pd.isna(frame.loc["乙乡", "value"]) and frame.loc["乙乡", "unknown"] == 1
    assert frame.loc["丙乡", "value"] == 0 and frame.loc["丙乡", "high"] > 0
    assert "没有可用数的：乙乡 1 份" in text(received_chart(compared(made, "received", [2022]), 2022, counties=False))
    assert measured_years(rows([("甲乡", 2021, None, 1, 2), ("甲乡", 2022, 3, 1, 2)]), "received") == [2022]
    # 0 of 0 is no share
    assert pd.isna(compared(made, "granted").set_index("name").loc["丙乡", "value"])


def test_a_first_place_is_claimed_only_where_no_other_can_have_it():
    far = compared(county((1, 90), (1, 3), (1, 2)), "received")
    near = compared(county((1, 9), (1, 8), (1, 2)), "received")

    assert text(received_chart(far, 2022, counties=False)).startswith(
        "2022年收到申请最多的是第0乡（90 件），名次可以确定"
    )
    assert text(received_chart(near, 2022, counties=False)).startswith("2022年各乡镇（街道）收到的申请排不出名次")


def test_a_first_place_among_those_with_figures_is_none_among_all():
    """The one without a figure may have received more."""
    made = [("甲乡", 2022, 90, 1, 2), ("乙乡", 2022, 3, 1, 2), ("丙乡", 2022, None, None, None)]

    chart = received_chart(compared(rows(made), "received", [2022]), 2022, counties=False)

    assert text(chart).startswith("有数的 2 个乡镇（街道）中，2022年收到申请最多的是甲乡（90 件）")


def test_shares_say_that_they_leave_reports_out():
    made = rows([(f"第{at}乡", 2022, 9, 4, 9) for at in range(3)] + [("丁乡", 2022, 5, None, None)])

    chart = granted_chart(stand_outs(made, 2022), compared(made, "granted"), "2022年度", counties=False)

    assert text(chart).startswith("只计数齐的报告，")
    assert "另有 1 份报告没有可用的数，未计入。" in text(chart)


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ([], "2022年收到的申请：没有可用的数，无从比较，这不等于 0；2018年及以前的统计表另有口径，不在此列。"),
        ([(1, 5)], "2022年第0乡收到申请 5 件；只有一个乡镇（街道）有数，无从比较。"),
        ([(0, 0), (0, 0)], "2022年有数的 2 个乡镇（街道）没有收到申请（0 件）。"),
    ],
)
def test_one_township_none_and_zeros_are_told_in_words(shares, words):
    frame = compared(county(*shares), "received")

    assert text(received_chart(frame, 2022, counties=False)) == words
    assert len(received_table(frame, 2022, counties=False)) == (len(frame) > 1)


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ([(1, 5), (2, 4)], "只有 2 个乡镇（街道）办结过申请，不作比较：第1乡 2／4、第0乡 1／5。"),
        ([(0, 5), (0, 4), (0, 3)], "3 个乡镇（街道）合计办结 12 件，没有一件予以公开"),
        ([(5, 5), (4, 4), (3, 3)], "3 个乡镇（街道）合计办结 12 件，全部予以公开"),
        ([(0, 0)] * 4, "公开的占比：没有办结的申请"),
    ],
)
def test_shares_that_cannot_be_compared_are_told_in_words(shares, words):
    made = county(*shares)

    chart = granted_chart(stand_outs(made, 2022), compared(made, "granted"), "2022年度", counties=False)

    assert isinstance(chart, Words) and chart.text.startswith(words)


def test_several_counties_are_compared_as_counties_by_requests_per_report():
    made = pd.concat(
        [
            rows([(f"第{number}乡", 2022, 30, 3, 6) for number in range(4)], "甲县"),
            rows([(f"第{number}乡", 2022, 2, 3, 6) for number in range(2)], "乙县"),
        ],
        ignore_index=True,
    )

    frame = compared(made, "received", [2022])

    assert by_county(made) and list(frame["name"]) == ["甲县", "乙县"] and list(frame["value"]) == [30, 2]
    assert "最多的是甲县（平均每份报告 30 件），名次可以确定" in text(received_chart(frame, 2022, counties=True))


def test_counties_of_which_one_report_has_no_figure_have_a_gap_and_no_mean_in_that_year():
    made = pd.concat(
        [
            rows(
                [("一乡", 2021, 4, 1, 2), ("二乡", 2021, None, 1, 2), ("一乡", 2022, 4, 1, 2), ("一乡", 2020, 2, 1, 2)],
                "甲县",
            ),
            rows([("一乡", year, 3, 1, 2) for year in (2020, 2021, 2022)], "乙县"),
        ],
        ignore_index=True,
    )

    chart = years_chart(made, stand_outs(made, 2022), 2022, "2020—2022年度")

    assert isinstance(chart, Chart)
    own = chart.frame[chart.frame["name"] == "甲县"].set_index("year")["value"]
    assert pd.isna(own[2021]) and own[2022] == 4


def test_many_townships_are_cut_to_what_can_be_read_and_the_rest_is_counted():
    many = rows([(f"第{number}乡", year, number + 1, 1, 2) for number in range(300) for year in (2021, 2022)])
    judged = stand_outs(many, 2022)

    ranked = received_chart(compared(many, "received", [2022]), 2022, counties=False)
    over_years = years_chart(many, judged, 2022, "2021—2022年度")

    assert "共 300 个，只画数值最大的 30 个" in text(ranked)
    assert f"共 300 个，只画件数最多的 {MOST_PANELS} 个" in text(over_years)
    assert isinstance(ranked, Chart) and ranked.figure.get_figheight() < 12


def test_outcomes_that_are_more_than_the_total_give_no_share():
    made = tables(
        (report(1, "东河镇", 2021), {"requests": {("granted", "total"): 5, ("total", "total"): 3}}),
        (report(2, "西山乡", 2021), {"requests": {("granted", "total"): 2, ("total", "total"): 3}}),
    )

    granted = rates(made).query("measure == 'granted'").set_index("township")

    assert pd.isna(granted.loc["东河镇", "count"]) and granted.loc["西山乡", "count"] == 2


def test_figures_with_an_error_in_their_table_are_marked_and_still_told():
    wrong = {
        "finding_id": "f",
        "report_id": "r1",
        "rule": "requests.row_total",
        "severity": "error",
        "table": "requests",
    }
    made = tables(
        (report(1, "东河镇", 2021), {"requests": {("new", "total"): 5}}),
        (report(2, "西山乡", 2021), {"requests": {("new", "total"): 3}}),
        findings=[wrong],
    )

    frame = compared(rates(made), "received")

    assert list(frame["doubted"]) == [1, 0]
    assert "＊ 含还原或更正的数" in text(received_chart(frame, 2021, counties=False))


def told(*values: tuple[str, float, bool]) -> Tables:
    reports = [report(number, name, 2021) for number, name in enumerate(dict.fromkeys(name for name, _, _ in values))]
    number = {one["township"]: one["report_id"] for one in reports}
    mentions = [
        {
            "report_id": number[name],
            "measure": "disclosed",
            "value": value,
            "approximate": approximate,
            "period": "year",
            "evidence": f"公开{value:.0f}条",
        }
        for name, value, approximate in values
        if value
    ]
    return Tables(reports=typed("reports", reports), mentions=typed("mentions", mentions))


def test_totals_say_what_is_about_and_what_contradicts_itself_and_who_says_nothing():
    made = told(("甲乡", 450, True), ("乙乡", 30, False), ("乙乡", 40, False), ("丙乡", 0, False), ("丁乡", 20, False))

    totals = told_totals(made).set_index("township")

    assert list(totals["state"][["甲乡", "乙乡", "丙乡", "丁乡"]]) == ["told", "contradicts", "untold", "told"]
    assert pd.isna(totals.loc["乙乡", "value"]) and pd.isna(totals.loc["丙乡", "value"])
    chart = totals_chart(told_totals(made), 2021)
    assert text(chart).startswith(
        "2021年写明公开总数的有 2 份报告，各自所说：20 条—约 450 条；1 份没有写明；1 份前后不一，不取数"
    )
    assert isinstance(chart, Chart)
    assert list(chart.frame["name"]) == ["甲乡（约）", "丁乡", "乙乡（前后不一）"]


def test_the_page_says_which_year_it_looks_at_and_that_a_year_has_no_report():
    made = told(("甲乡", 450, True), ("乙乡", 30, False))

    assert chosen_year(made) == 2021 and chosen_year(made, 2019) == 2019 and chosen_year(Tables()) is None
    assert "比较某县的 2 个乡镇（街道）" in text(scope_words(made, 2021, years_of(made)))
    assert text(scope_words(made, 2019, years_of(made))) == "没有 2019年度的报告；有报告的年度：2021。"
    made.reports.loc[1, "county"] = pd.NA
    assert "另有 1 份报告没有写明县区、乡镇或年度，不在比较之内。" in text(scope_words(made, 2021, years_of(made)))
    assert "无从比较" in text(scope_words(made.select(townships=["甲乡"]), 2021, [2021]))


def test_nothing_at_all_gives_sentences_and_no_chart():
    nothing = rates(Tables())
    judged, year = stand_outs(nothing, None), chosen_year(Tables())
    frames = {measure: compared(nothing, measure) for measure in ("received", "granted", "late")}

    shown = [
        scope_words(Tables(), year, []),
        stand_out_words(judged),
        received_chart(frames["received"], year, counties=False),
        granted_chart(judged, frames["granted"], span_of([]), counties=False),
        late_words(judged, frames["late"], counties=False),
        years_chart(nothing, judged, year, span_of([])),
        totals_chart(told_totals(Tables()), year),
        marks_chart(review_marks(of_year(Tables(), year)), year, counties=False),
    ]

    assert all(isinstance(one, Words) and one.text and "None" not in one.text for one in shown)
    assert year_table(of_year(Tables(), year), nothing, told_totals(Tables()), year) == []


@pytest.mark.slow
def test_years_made_high_by_single_applicants_hardly_ever_let_a_township_stand_out():
    """Nothing changes here, but requests come in lots: a year's variance is five times that of chance."""
    named, numbers = 0, np.random.default_rng(1)
    for _ in range(60):
        counts = numbers.negative_binomial(2.0, 1 / 5, (12, 6))
        entries = [
            (f"第{place}乡", 2018 + year, int(n), None, None)
            for place, row in enumerate(counts)
            for year, n in enumerate(row, start=1)
        ]
        named += bool(stand_outs(rows(entries), 2024)["side"].notna().any())
    assert named <= 8


def test_requests_that_come_in_lots_leave_more_ranks_open_and_the_caption_says_so():
    steady = [(f"第{number}乡", year, 5 * number, 1, 2) for number in range(1, 7) for year in (2020, 2021, 2022)]
    uneven = [(name, year, n if year == 2022 else 2 * n * (year == 2021), 1, 2) for name, year, n, *_ in steady]
    alone = [one for one in steady if one[1] == 2022]

    def open_ranks(entries):
        frame = compared(rows(entries), "received", [2022])
        return int((frame["worst"] - frame["best"]).sum()), text(received_chart(frame, 2022, counties=False))

    (few, plain), (many, wider), (_, untold) = open_ranks(steady), open_ranks(uneven), open_ranks(alone)

    assert few < many
    assert "区间已相应放宽" in wider and "放宽" not in plain
    assert "假定各件申请互不相干" in untold


def test_a_county_and_a_township_under_its_older_name_are_no_further_townships():
    made = tables(
        (report(1, "甲乡", 2020, division_code="650202001"), {}),
        (report(2, "甲镇", 2021, division_code="650202001"), {}),
        (report(3, "乙镇", 2021), {}),
        (report(4, "乙镇", 2021, county=None), {}),
        (report(5, "", 2021) | {"level": "county", "township": None}, {}),
    )

    assert count_townships(made.reports) == 3
    assert "比较某县的 2 个乡镇" in scope_words(made, 2021, [2020, 2021]).text
    (_, standing, *_) = opening(Study(made, made), "requests")
    assert "依据 5 份报告，3 个乡镇（街道）" in standing.text and "其中 1 份不是乡镇（街道）的" in standing.text


def test_years_are_told_as_spans_and_none_that_has_no_report():
    assert year_spans([2020, 2014, 2018, 2019]) == "2014、2018—2020"
    assert year_spans([2021]) == "2021"
    assert span_of([2014, 2020]) == "2014、2020年度"
