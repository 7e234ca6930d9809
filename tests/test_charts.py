"""Charts and tables: Chinese glyphs everywhere, gaps for what is missing, words for what cannot be drawn."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from pathlib import Path

import matplotlib
import pandas as pd
import pytest
from made_tables import busy_tables
from matplotlib.image import imread

from govinfo.charts import (
    Chart,
    Table,
    Words,
    applicant_chart,
    bars,
    channel_chart,
    copied_chart,
    copied_table,
    dispute_chart,
    emerging_chart,
    emerging_table,
    flow_chart,
    kind_chart,
    opening,
    outcome_chart,
    outcomes_by_year,
    place_chart,
    promise_chart,
    promise_table,
    reason_chart,
    received_chart,
    recurring_table,
    reply_chart,
    reread_note,
    run_grid,
    share_chart,
    share_table,
    silence_words,
    tidy,
    totals_chart,
    trend_chart,
    volume_charts,
)
from govinfo.charts.bars import Heading
from govinfo.charts.names import place_names, report_names
from govinfo.charts.shown import picture, show
from govinfo.charts.style import columns, font_file, png, svg, wrap
from govinfo.questions.problems.copied_text import copied_text
from govinfo.questions.problems.emerging_themes import emerging_themes
from govinfo.questions.problems.problem_themes import problem_statements
from govinfo.questions.problems.promises import promises
from govinfo.questions.problems.recurring_problems import longest_runs, recurring_problems
from govinfo.questions.problems.theme_shares import theme_shares
from govinfo.questions.requests.dispute_results import dispute_results
from govinfo.questions.requests.request_shares import (
    answered_shares,
    applicant_shares,
    outcome_shares,
    reason_shares,
    reply_shares,
)
from govinfo.questions.requests.requests_received import request_flow_by_year, requests_received, years_without_requests
from govinfo.questions.study import Study
from govinfo.questions.volume.disclosed import disclosed_channels, disclosed_kinds, disclosed_totals
from govinfo.questions.volume.volume_by_year import volumes
from govinfo.tables import Tables

VOLUME_GROUPS = ("documents", "decisions", "money", "procurement")
HEADING = Heading("made_up", "标题", "件", 2)


def everything(made: Tables) -> Iterator[object]:
    study = Study(made, made)
    totals, received = disclosed_totals(made), requests_received(made)
    parts = [
        *opening(study, "requests", "disputes"),
        reread_note(study, "requests"),
        totals_chart(totals),
        channel_chart(disclosed_channels(made), len(totals)),
        kind_chart(disclosed_kinds(made), len(totals)),
        *(part for group in VOLUME_GROUPS for part in volume_charts(volumes(made), group)),
        received_chart(received),
        *silence_words(years_without_requests(made)),
        flow_chart(request_flow_by_year(made), received),
        outcome_chart(outcome_shares(made)),
        outcomes_by_year(outcome_shares(made, by="year")),
        place_chart(answered_shares(made)),
        reason_chart(reason_shares(made)),
        applicant_chart(applicant_shares(made)),
        reply_chart(reply_shares(made)),
        dispute_chart(dispute_results(made)),
        share_chart(theme_shares(made, by="all")),
        trend_chart(theme_shares(made, by="year")),
        share_table(theme_shares(made, by="year")),
        run_grid(longest_runs(made)),
        *recurring_table(recurring_problems(made)),
        promise_chart(promises(made)),
        *promise_table(promises(made)),
        copied_chart(copied_text(made)),
        *copied_table(copied_text(made)),
        emerging_chart(emerging_themes(made), problem_statements(made)),
        *emerging_table(emerging_themes(made)),
    ]
    yield from parts


def frame(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["name", "series", "value"]).astype({"value": "Float64"})


def test_every_chart_draws_without_a_warning_or_a_missing_glyph(caplog: pytest.LogCaptureFixture):
    with warnings.catch_warnings(), caplog.at_level(logging.WARNING):
        warnings.simplefilter("error")
        figures = [part for part in everything(busy_tables()) if isinstance(part, Chart)]
        drawn = [png(figure.figure) for figure in figures]

    assert len(drawn) > 8
    assert not caplog.records


def test_townships_of_one_name_are_told_apart_in_a_table_without_a_column_of_counties():
    rows = pd.DataFrame(
        {"county": ["甲县", "乙县", "甲县"], "township": ["城关镇", "城关镇", "东河镇"], "text": ["一", "二", "三"]}
    ).astype("string")

    table = tidy(rows, ["township", "text"], caption="陈述")
    assert [line.split("\t")[0] for line in table.text.splitlines()[2:]] == ["甲县城关镇", "乙县城关镇", "东河镇"]


def test_a_name_is_told_apart_from_those_of_other_rows_too():
    one = pd.DataFrame({"county": ["甲县"], "township": ["城关镇"]}).astype("string")
    others = pd.DataFrame({"county": ["乙县", "甲县", pd.NA], "township": ["城关镇", "城关镇", pd.NA]}).astype("string")

    assert place_names(one).tolist() == ["城关镇"]
    assert place_names(one, others).tolist() == ["甲县城关镇"]


def test_a_character_that_the_font_lacks_becomes_a_box_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = bars(frame(("\U00020bb7河镇", "甲", 1.0)), HEADING)
        assert isinstance(figure, Chart)
        assert png(figure.figure)
        assert svg(figure.figure)


def test_a_chart_is_drawn_with_the_font_of_the_wheel_and_settings_are_put_back():
    before = dict(matplotlib.rcParams)
    figure = bars(frame(("东河镇", "甲", 1.0)), HEADING)

    assert isinstance(figure, Chart)
    assert figure.figure.findobj(matplotlib.text.Text)[0].get_fontname() == "Noto Sans SC"
    assert font_file().is_file()
    assert dict(matplotlib.rcParams) == before


def test_the_same_figures_give_the_same_bytes():
    first, second = (bars(frame(("东河镇", "甲", 1.0)), HEADING) for _ in range(2))
    assert isinstance(first, Chart)
    assert isinstance(second, Chart)

    assert png(first.figure) == png(second.figure)
    assert svg(first.figure) == svg(second.figure)
    assert imread(io.BytesIO(png(first.figure))).shape[1] > 800


def test_no_reports_give_words_not_empty_panels():
    for part in everything(Tables()):
        assert isinstance(part, Words)
        assert part.text.strip()


def test_zeros_are_told_in_words():
    words = bars(frame(("东河镇", "甲", 0.0), ("西山乡", "甲", 0.0)), HEADING)

    assert isinstance(words, Words)
    assert "2 份报告" in words.text
    assert "都是 0" in words.text


def test_what_is_not_known_is_not_told_as_zero():
    unknown = bars(frame(("东河镇", "甲", None)), HEADING)
    mixed = bars(frame(("东河镇", "甲", None), ("西山乡", "甲", 0.0)), HEADING)

    assert isinstance(unknown, Words)
    assert "不等于 0" in unknown.text
    assert isinstance(mixed, Words)
    assert "1 处没有可用的数" in mixed.text


def test_a_gap_has_a_word_and_a_zero_its_figure():
    figure = bars(frame(("东河镇", "甲", None), ("西山乡", "甲", 0.0), ("南河乡", "甲", 7.5)), HEADING)

    assert isinstance(figure, Chart)
    texts = [text.get_text() for text in figure.figure.axes[0].texts]
    assert texts == ["无可用数", "0", "7.5"]


def test_series_that_are_zero_everywhere_are_named_below():
    figure = bars(frame(("东河镇", "甲", 1.0), ("东河镇", "乙", 0.0)), HEADING)

    assert isinstance(figure, Chart)
    assert "乙" in figure.caption
    assert len(figure.figure.axes[0].patches) == 1


def test_too_many_rows_are_cut_to_the_largest_and_the_chart_says_so():
    figure = bars(frame(*((f"第{number}乡", "甲", float(number)) for number in range(50))), HEADING)

    assert isinstance(figure, Chart)
    assert "共 50 行，只画数值最大的 30 行" in figure.caption
    assert figure.figure.axes[0].get_yticklabels()[0].get_text() == "第20乡"


def test_a_table_escapes_what_reports_say():
    made = busy_tables()
    table = tidy(problem_statements(made), ["township", "text"], caption="<陈述>")

    assert isinstance(table, Table)
    assert "<script>" not in table.html
    assert "&lt;script&gt;" in table.html
    assert "&lt;陈述&gt;" in table.html
    notes = Words(tuple(note for note in made.reports["note"].dropna()))
    assert "<b>" not in notes._repr_mimebundle_()[0]["text/html"]


def test_places_in_files_are_said_in_words():
    frame = pd.DataFrame({"locator": ["p.2 table 1 row 5 cell 3", "镇/a.txt:12", "表3!C7", None]})

    shown = tidy(frame, ["locator"], caption="").html

    assert all(f">{text}<" in shown for text in ("第2页第1个表格第5行第3格", "镇/a.txt:12", "表3!C7", "—"))


def test_a_missing_cell_is_a_dash_and_a_long_table_says_what_it_leaves_out():
    made = pd.DataFrame({"township": ["甲"] * 5, "received": pd.array([1, None, 2, 3, 4], dtype="Int64")})
    table = tidy(made, ["township", "received"], caption="申请", limit=2)

    assert isinstance(table, Table)
    assert '<td class="n">—</td>' in table.html
    assert table.html.count("<tr>") == 3
    assert "共 5 行，只列前 2 行" in table.html


def test_the_opening_says_what_was_asked_and_what_to_distrust():
    made = busy_tables()
    study = Study(made, made, townships=("东河镇", "无此镇"))
    text = "\n".join(part.text for part in opening(study, "requests"))

    assert "乡镇：东河镇、无此镇" in text
    assert "没有任何报告的：无此镇" in text
    assert "依据 3 份报告" in text
    assert "7 格依勾稽关系还原" in text
    assert "总计 5 与各行之和不符" in text
    assert "1 个文件没有读成报告" in text


def test_a_picture_says_in_words_what_it_shows():
    figure = bars(frame(("东河镇", "甲", 1.0)), HEADING)
    assert isinstance(figure, Chart)

    data, metadata = picture(figure)._repr_mimebundle_()

    assert metadata["image/png"]["alt"] == "标题 单位：件；依据 2 份报告。"
    assert set(data) == {"image/png", "image/svg+xml", "text/csv", "text/plain"}


def test_a_chart_is_kept_as_picture_drawing_and_frame(tmp_path: Path) -> None:
    """The frame opens in Excel as UTF-8, a gap stays a gap, and no name becomes a formula."""
    chart = bars(frame(("东河镇", "甲", 1.0), ("=1+1", "甲", None)), HEADING)

    show([chart], folder=tmp_path / "charts")

    files = {path.name: path.read_bytes() for path in (tmp_path / "charts").iterdir()}
    assert set(files) == {"made_up.png", "made_up.svg", "made_up.csv"}
    assert files["made_up.csv"].decode("utf-8-sig").splitlines() == ["name,series,value", "东河镇,甲,1.0", "'=1+1,甲,"]
    assert b"<text" not in files["made_up.svg"]


def test_two_places_of_one_name_are_told_apart():
    made = pd.DataFrame(
        {
            "report_id": ["a", "b", "c", "d"],
            "township": ["百泉镇", "百泉镇", "东河镇", "东河镇"],
            "county": ["乌苏市", "辉县市", "某县", "某县"],
            "year": pd.array([2023, 2023, 2021, 2021], dtype="Int16"),
        }
    )

    assert report_names(made).tolist() == [
        "乌苏市百泉镇 2023",
        "辉县市百泉镇 2023",
        "东河镇 2021 (1)",
        "东河镇 2021 (2)",
    ]


def test_closing_punctuation_does_not_begin_a_line():
    assert wrap("一二三四，五六", 8) == "一二三四，\n五六"
    assert columns("a一") == 3


def test_a_long_table_is_folded_and_its_summary_says_how_long_it_is():
    made = pd.DataFrame({"text": [str(number) for number in range(21)]})

    assert "<summary>标题（21 行，点开查看）</summary>" in tidy(made, ["text"], caption="标题").html
    assert "<details>" not in tidy(made[:20], ["text"], caption="标题").html
