"""Charts of problems over the years: titles that answer, gaps for what is not known, words for what is not drawn."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure
from test_over_time import LATE, measure, problem, reports

from govinfo.charts import (
    Chart,
    Words,
    answers,
    copied_chart,
    emerging_chart,
    promise_chart,
    promise_table,
    recurring_table,
    run_grid,
    share_chart,
    share_table,
    trend_chart,
)
from govinfo.charts.shown import Table
from govinfo.questions.frames import shaped
from govinfo.questions.problems.copied_text import COPIED, copied_text
from govinfo.questions.problems.emerging_themes import EMERGING, emerging_themes
from govinfo.questions.problems.problem_themes import problem_statements
from govinfo.questions.problems.promises import promises
from govinfo.questions.problems.recurring_problems import longest_runs, recurring_problems
from govinfo.questions.problems.theme_shares import theme_shares
from govinfo.tables import Tables


def shares(made: Tables, by: str) -> pd.DataFrame:
    return theme_shares(made, by=by)


def drawn(chart: object) -> Figure:
    assert isinstance(chart, Chart), chart
    return chart.figure


def title(chart: object) -> str:
    assert isinstance(chart, Chart), chart
    return chart.title


def caption(chart: object) -> str:
    assert isinstance(chart, Chart), chart
    return chart.caption


def many(years: dict[int, int], of: int) -> Tables:
    """`of` townships in each year, so many of which name the theme timeliness; all the others name skills."""
    entries = [
        {"at": (f"第{number}乡", year), "said": LATE if number < late else (problem("skills", "培训少"),)}
        for year, late in years.items()
        for number in range(of)
    ]
    return reports(*entries)


def test_the_title_names_the_theme_that_most_reports_name_and_how_many_they_are():
    made = many({2020: 3, 2021: 4}, of=5)

    figure = share_chart(shares(made, "all"))

    assert title(figure) == "提到最多的问题：时效，10 份报告中有 7 份（70%）"
    assert [text.get_text() for text in drawn(figure).axes[0].texts] == ["7", "3"]
    assert "95% 置信区间" in caption(figure)


def test_nothing_is_said_of_none():
    """That all of no statements fit a theme, or that none of no reports is copied, would be true of nothing."""
    for words in (
        emerging_chart(emerging_themes(Tables()), problem_statements(Tables())),
        copied_chart(copied_text(Tables())),
    ):
        assert isinstance(words, Words)
        assert words.text.startswith("没有")


def test_the_table_of_shares_says_what_they_are_shares_of():
    table = share_table(shares(many({2020: 3}, of=5), "year"))

    assert isinstance(table, Table)
    assert "占这些报告的比例" in table.text
    assert "占办结" not in table.text
    assert "60.0%" in table.text


def test_themes_that_as_many_reports_name_are_both_named():
    said = title(share_chart(shares(many({2020: 2}, of=4), "all")))

    assert said == "提到最多的问题：时效、业务能力，4 份报告中各有 2 份"


def test_reports_that_could_not_be_read_stand_beside_the_chart():
    made = reports({"at": ("东河镇", 2021), "said": LATE}, {"at": ("西山乡", 2021), "text": None})

    figure = share_chart(shares(made, "all"))

    assert "1 份报告中有 1 份" in title(figure)
    assert "另有 1 份没有第五部分或读不出" in caption(figure)


@pytest.mark.parametrize(
    ("entry", "said"),
    [({"text": None}, "另有 1 份没有第五部分或读不出"), ({"text": "无。"}, "1 份乡镇报告都没有指出问题")],
)
def test_nothing_named_is_told_in_words(entry: dict[str, Any], said: str):
    words = share_chart(shares(reports({"at": ("东河镇", 2021), **entry}), "all"))

    assert isinstance(words, Words)
    assert said in words.text


def test_a_theme_that_rose_beyond_chance_is_named_with_both_shares():
    figure = trend_chart(shares(many({2019: 2, 2020: 10, 2021: 18}, of=20), "year"))

    assert "“时效”由 10% 升至 90%" in title(figure)
    assert "“业务能力”由 90% 降至 10%" in title(figure)


def test_a_difference_that_chance_may_make_is_no_change():
    figure = trend_chart(shares(many({2019: 2, 2021: 4}, of=6), "year"))

    assert "没有超出偶然" in title(figure)
    assert "不足 10 份" in caption(figure)


def test_a_line_breaks_where_a_year_has_no_report():
    figure = drawn(trend_chart(shares(many({2018: 1, 2019: 2, 2021: 3}, of=4), "year")))

    values = [str(value) for value in figure.axes[0].lines[0].get_ydata()]
    assert values == ["25.0", "50.0", "nan", "75.0"]


@pytest.mark.parametrize(("years", "of", "said"), [({2021: 3}, 5, "只有2021年"), ({2020: 1, 2021: 1}, 2, "太少")])
def test_too_little_for_a_change_is_told_in_words(years: dict[int, int], of: int, said: str):
    words = trend_chart(shares(many(years, of), "year"))

    assert isinstance(words, Words)
    assert said in words.text


def test_the_longest_run_is_named_and_the_grid_says_how_long_each_one_is():
    entries = [{"at": ("东河镇", year), "said": LATE} for year in (2018, 2019, 2020)]
    entries += [{"at": ("西山乡", year), "said": (problem("skills", "培训少"),)} for year in (2018, 2019)]
    entries += [{"at": ("南溪镇", 2018), "said": LATE}]

    figure = run_grid(longest_runs(reports(*entries)))

    assert title(figure) == "2 个乡镇中 2 个连续两年以上指出同一问题；最久的是东河镇的“时效”，连续 3 年（2018—2020）"
    assert sorted(text.get_text() for text in drawn(figure).axes[0].texts) == ["2", "3"]
    assert "另有 1 个乡镇没有相邻两年的报告" in caption(figure)


@pytest.mark.parametrize(
    ("years", "said"), [((2018, 2020), "没有一个乡镇有相邻两年"), ((2018, 2019), "没有一个连续两年指出同一主题")]
)
def test_without_a_run_there_are_words_and_the_reason(years: tuple[int, int], said: str):
    first, second = years
    made = reports(
        {"at": ("东河镇", first), "said": LATE}, {"at": ("东河镇", second), "said": (problem("skills", "培训少"),)}
    )

    words = run_grid(longest_runs(made))

    assert isinstance(words, Words)
    assert said in words.text


def test_a_promise_without_a_next_report_is_not_among_those_that_are_judged():
    promise = (measure("timeliness"), measure("timeliness"), measure("skills", "培训"), measure("unclassified", "努力"))
    made = reports({"at": ("东河镇", 2020), "said": promise}, {"at": ("东河镇", 2021), "said": (*LATE, *promise)})

    figure = promise_chart(promises(made))

    assert title(figure).startswith("承诺改进而有下文可查的 2 项中，1 项次年又作为问题提出")
    assert "其中 2 项没有次年报告" in caption(figure)
    assert "另有 2 条措施看不出针对什么" in caption(figure)
    assert "没有再提不等于已解决" in caption(figure)
    legend = drawn(figure).axes[0].get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["次年又提出", "没有再提（不等于已解决）", "不知下文"]


def test_promises_of_one_year_only_are_told_in_words():
    words = promise_chart(promises(reports({"at": ("东河镇", 2020), "said": (measure("timeliness"),)})))

    assert isinstance(words, Words)
    assert "承诺改进 1 项" in words.text


def copied(*rows: tuple[int, float | None, float | None]) -> pd.DataFrame:
    """Answers of `copied_text`: year, share from last year, share from others."""
    made = [
        {"report_id": f"r{n}", "township": f"第{n}乡", "county": "某县", "year": year, "state": "compared"}
        | {"from_last_year": last, "from_others": others, "copied": max(last or 0, others or 0)}
        for n, (year, last, others) in enumerate(rows)
    ]
    return shaped(pd.DataFrame(made), COPIED)


def test_copies_are_counted_among_the_reports_that_could_be_compared():
    frame = copied((2020, None, 0.0), (2021, 0.6, 0.2), (2023, 0.1, 0.9))
    frame = pd.concat([frame, frame.iloc[:1].assign(report_id="x", state="short", copied=pd.NA)])

    figure = copied_chart(frame)

    assert title(figure) == "第五部分一半以上与本乡镇上年相同的：2 份中有 1 份；与其他乡镇相同的：3 份中有 1 份"
    assert "未比较：过短的 1 份" in caption(figure)
    first, second = drawn(figure).axes
    assert [label.get_text() for label in first.get_yticklabels()] == ["2023年", "2022年", "2021年", "2020年"]
    gaps = [[text.get_text() for text in axes.texts].count("没有可比的报告") for axes in (first, second)]
    assert gaps == [2, 1]


def test_where_nothing_is_copied_there_are_words():
    words = copied_chart(copied((2020, None, 0.05), (2021, 0.0, 0.0)))

    assert isinstance(words, Words)
    assert "不到 10%" in words.text


def test_where_no_half_is_copied_the_most_is_named():
    assert "第1乡 2021（40%）" in title(copied_chart(copied((2020, None, 0.0), (2021, 0.4, 0.1))))


def test_groups_that_no_theme_covers_are_called_by_what_is_said_in_them():
    said = "存量档案的整理进度慢，需要时间"
    entries = (
        {"at": (f"第{number}乡", 2020 + number), "said": (problem("unclassified", said),)} for number in range(3)
    )
    group = {"group": 1, "name": "档案", "statements": 3, "reports": 3, "townships": 3, "example": said}
    groups = shaped(pd.DataFrame([{**group, "first_year": 2020, "last_year": 2022, "examples": said}]), EMERGING)

    figure = emerging_chart(groups, problem_statements(reports(*entries)))

    assert "3 条问题中有 3 条归不进任何主题；相近的说法有 1 组" in title(figure)
    assert "“存量档案的整理进度慢”）见于 3 份报告" in title(figure)
    labels = [label.get_text().replace("\n", "") for label in drawn(figure).axes[0].get_yticklabels()]
    assert labels == ["1．存量档案的整理进度慢（2020—2022）"]


@pytest.mark.parametrize(("theme", "said"), [("timeliness", "都归入了主题"), ("unclassified", "看不出新的主题")])
def test_nothing_new_is_told_in_words(theme: str, said: str):
    made = reports({"at": ("东河镇", 2020), "said": (problem(theme),)})

    words = emerging_chart(emerging_themes(made), problem_statements(made))

    assert isinstance(words, Words)
    assert said in words.text


def test_the_answers_are_the_titles_in_one_list():
    words = share_chart(shares(Tables(), "all"))
    figure = share_chart(shares(many({2021: 3}, of=4), "all"))

    assert isinstance(words, Words)
    assert answers(figure, words).lines == (title(figure), words.text)


def test_what_a_chart_has_said_is_not_said_again_by_an_empty_table():
    assert recurring_table(recurring_problems(Tables())) == promise_table(promises(Tables())) == ()


def test_texts_side_by_side_are_escaped_and_years_are_no_figures():
    made = reports(
        {"at": ("东河镇", 2020), "said": (problem("timeliness", "<b>慢</b>"), measure("timeliness", "<i>快</i>"))},
        {"at": ("东河镇", 2021), "said": (problem("timeliness", "<b>慢</b>"),)},
    )

    for (table,) in (recurring_table(recurring_problems(made)), promise_table(promises(made))):
        assert "<b>" not in table.html and "&lt;b&gt;慢" in table.html
        assert "2020" in table.html and "2,020" not in table.html
        assert "100.0%" in table.html
