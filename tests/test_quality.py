"""How good the data are: what needs a hand, what broke which rule, what was read how, who published and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_tables import busy_tables, report, tables

from govinfo.charts.chart import Chart
from govinfo.charts.quality.cells import cell_chart, cell_table, reread_tables
from govinfo.charts.quality.finding_rules import finding_table, rule_chart, rule_name, rule_table
from govinfo.charts.quality.published import published_chart, published_tables
from govinfo.charts.quality.registers import (
    aside_words,
    correction_table,
    correction_words,
    reject_table,
    reject_words_of,
    remark_table,
    remark_words,
)
from govinfo.charts.quality.report_kinds import kind_chart, kind_table, report_table, told_tables, told_words
from govinfo.charts.quality.times import times_chart, times_table
from govinfo.charts.quality.work import MOST_OPEN, work_list, work_words
from govinfo.charts.shown import Table, Words
from govinfo.definitions.rules import rules
from govinfo.definitions.wording import say, words
from govinfo.questions.publication.publication_times import STATES as TIMES
from govinfo.questions.publication.publication_times import publication_times
from govinfo.questions.publication.published_places import PUBLISHED, published_places, unpublished_places
from govinfo.questions.publication.report_kinds import not_in_own_words, report_kinds, told_from
from govinfo.questions.publication.set_aside import all_reports, set_aside
from govinfo.questions.quality.cell_statuses import STATUSES, cell_statuses
from govinfo.questions.quality.finding_rules import STATES, findings_by_rule
from govinfo.questions.quality.worklist import KINDS, worklist
from govinfo.questions.study import Study
from govinfo.tables import Tables, typed

PLACE = {"province": "虚构省", "city": "示范市", "county": "某县"}


def study(made: Tables) -> Study:
    return Study(made.select(), made)


def finding(number: int, report_id: str, rule: str, severity: str, remark: str | None = None, **more: Any):
    row = {"finding_id": f"{number:016x}", "report_id": report_id, "rule": rule, "severity": severity}
    return {**row, "message": f"第{number}条", "remark_status": remark, **more}


def county(*years: int, townships: int = 3, **frames: Any) -> Tables:
    """A county of that many townships with a report each for each year; its own list of townships says so."""
    made = [
        (report(year * 100 + number, f"第{number}乡", year, **PLACE, division_code=f"9900010{number:02d}"), {})
        for year in years
        for number in range(townships)
    ]
    places = [
        {**PLACE, "township": f"第{number}乡", "division_code": f"9900010{number:02d}"} for number in range(townships)
    ]
    return tables(*made, places=places, **frames)


def text(shown: Any) -> str:
    if isinstance(shown, list | tuple):
        return "\n".join(map(text, shown))
    return f"{shown.title}\n{shown.caption}" if isinstance(shown, Chart) else shown.text


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["requests.balance", "table.shape", "publication.late"]),
            st.sampled_from([None, "confirmed", "dismissed", "fixed", "outdated"]),
        ),
        max_size=12,
    )
)
def test_every_finding_is_counted_once_and_a_remark_of_other_figures_leaves_it_open(told):
    severity = {code: rule.severity for code, rule in rules().items()}
    rows = [finding(number, "r1", rule, severity[rule], remark) for number, (rule, remark) in enumerate(told)]
    made = tables((report(1, "东河镇", 2021), {}), findings=rows)

    by_rule = findings_by_rule(made)

    assert int(by_rule[list(STATES)].to_numpy().sum()) == len(told)
    assert int(by_rule["open"].sum()) == sum(remark in (None, "outdated") for _, remark in told)
    chart = rule_chart(by_rule, 1)
    if not told:
        assert text(chart) == "核对 1 份报告，没有发现问题。"
    elif all(remark == "dismissed" for _, remark in told):
        assert isinstance(chart, Words)
    else:
        left = sum(remark != "dismissed" for _, remark in told)
        assert f"核对发现 {left} 条" in text(chart)


def test_every_rule_has_a_short_name_and_every_code_its_words():
    assert [code for code in rules() if rule_name(code) == code] == []
    for kind in KINDS:
        assert say("quality", f"kind_{kind}") and say("quality", f"todo_{kind}")
    for state in TIMES:
        assert say("quality", f"time_{state}")
    for key in words("workbook"):
        if key.startswith("reason_"):
            assert say("quality", key.replace("reason_", "reject_"))
    assert [status for status in STATUSES if status != "corrected" and f"status_{status}" not in words("codes")] == []


def test_what_needs_a_hand_stands_newest_first_and_what_is_settled_is_not_there():
    rows = [
        finding(1, "r202000", "requests.balance", "error"),
        finding(2, "r202100", "requests.balance", "error"),
        finding(3, "r202101", "requests.balance", "error", "dismissed"),
        finding(4, "r202102", "requests.balance", "error", "confirmed"),
        finding(5, "r202102", "table.shape", "warning"),
        finding(6, "r202102", "requests.row_total", "error", "outdated"),
    ]
    made = county(
        2020,
        2021,
        findings=rows,
        rejects=[
            {"source": "坏.doc", "reason": "encrypted", "message": "x"},
            {"source": "两份.txt", "reason": "duplicate_file", "message": "x"},
        ],
        corrections=[
            {"table": "requests", "line": "new", "column": "total", "state": state, "report_id": "r202000"}
            for state in ("applied", "other", "right")
        ],
    )

    work = worklist(study(made))

    assert list(work["kind"]) == [
        *("reject", "remark", "error_open", "error_confirmed", "correction", "correction_done", "error_open"),
    ]
    assert [None if pd.isna(year) else year for year in work["year"]] == [None, 2021, 2021, 2021, 2020, 2020, 2020]
    assert "第3条" not in text(work_list(work)) and "第5条" not in text(work_list(work))
    assert "要处理的事共 7 件" in text(work_words(work, 6))


def test_errors_of_a_report_that_is_set_aside_need_no_hand():
    made = county(2021, findings=[finding(1, "r202100", "requests.balance", "error")])
    made.reports.loc[made.reports["report_id"] == "r202100", "counted"] = False

    assert "error_open" not in set(worklist(study(made))["kind"])
    assert list(set_aside(all_reports(study(made)))["report_id"]) == ["r202100"]
    assert text(aside_words(set_aside(all_reports(study(made))))) == "1 份报告因重复搁置，不计入"


def test_a_report_without_a_year_comes_before_all_and_a_missing_township_is_named():
    made = county(2021, 2022)
    made.reports.loc[made.reports["report_id"] == "r202200", "year"] = pd.NA
    made.reports.loc[made.reports["report_id"] == "r202200", "division_code"] = pd.NA
    made.reports.loc[made.reports["report_id"] == "r202200", "township"] = "别处乡"

    work = worklist(study(made))

    assert list(work["kind"]) == ["unplaced", "missing"]
    assert "第0乡" in text(work_list(work)) and "年度不明" in text(work_list(work))


def test_many_things_to_do_stand_open_for_the_newest_and_folded_for_the_rest():
    rows = [finding(number, "r202100", "requests.balance", "error") for number in range(MOST_OPEN + 5)]
    shown = work_list(worklist(study(county(2021, findings=rows))))

    assert "<details>" not in shown[1].html and "<details>" in shown[2].html
    assert "其余 5 件" in shown[2].text


def test_nothing_to_do_is_said_and_not_that_all_have_published_where_nobody_can_tell():
    work = worklist(study(county(2021)))

    assert text(work_words(work, 3)).endswith("名录中的乡镇也没有未见报告的。")
    assert "无法判断" in text(work_words(work, 3, judged=False))
    assert text(work_words(work, 0)) == "所选范围内没有报告，也没有要处理的事。"


@pytest.mark.parametrize(
    ("found", "remark", "state"),
    [
        (None, None, "in_time"),
        ("2022-03-01", None, "late"),
        ("2022-03-01", "dismissed", "in_time"),
        ("2024-03-01", None, "long_after"),
        ("2021-05-01", None, "too_early"),
    ],
)
def test_a_report_is_late_where_the_rule_says_so_and_nobody_has_dismissed_it(found, remark, state):
    rows = [finding(1, "r202100", "publication.late", "info", remark, expected="2022-01-31", found=found)]
    made = county(2021, findings=rows if found else [])
    made.reports["published_on"] = pd.Timestamp(date(2022, 1, 20))

    times = publication_times(made).set_index("report_id")

    assert times.loc["r202100", "state"] == state
    assert set(times.loc[["r202101", "r202102"], "state"]) == {"in_time"}
    assert ("没有一份逾期公布" in text(times_chart(publication_times(made)))) == (state == "in_time")


def test_reports_without_a_date_are_not_in_time():
    made = county(2021)

    assert set(publication_times(made)["state"]) == {"undated"}
    assert text(times_chart(publication_times(made))) == "有没有逾期公布，无法判断：3 份报告没有可用的公布日期。"


def test_the_cells_of_a_table_are_counted_once_and_a_corrected_one_is_told_as_such():
    made = busy_tables()
    first = made.requests.index[0]
    made.requests.loc[first, "status_detail"] = "corrected by the register: printed 21"

    cells = cell_statuses(made)

    whole = len(made.disclosure) + len(made.requests) + len(made.disputes)
    assert int(cells["cells"].sum()) == whole
    assert cells.groupby(["table", "form"])["share"].sum().astype(float).round(9).eq(1).all()
    assert cells.set_index("status").loc["corrected", "cells"] == 1
    assert "按登记更正 1 格" in text(cell_chart(cells))


def test_a_blank_is_not_told_as_lost():
    made = tables((report(1, "东河镇", 2021), {"requests": {("new", "total"): None}}))

    assert "没有一格丢失或无法确定" in text(cell_chart(cell_statuses(made)))


def test_a_county_whose_townships_all_have_a_report_lacks_none():
    asked = study(county(2021, 2022))

    published = published_places(asked)

    assert list(published["published"]) == [3, 3] and list(published["missing"]) == [0, 0]
    assert text(published_chart(published)).startswith("某县2022年度：3 个乡镇（街道）都有报告")


def test_the_title_counts_who_is_missing_and_the_table_names_them():
    made = county(2021, 2022)
    kept = made.reports["report_id"] != "r202201"
    asked = study(replace(made, reports=made.reports[kept].reset_index(drop=True)))

    published, unpublished = published_places(asked), unpublished_places(asked)

    assert "3 个乡镇（街道）中 2 个有报告，1 个未见报告" in text(published_chart(published))
    assert "第1乡" in text(published_tables(published, unpublished))


def test_a_county_in_no_list_is_not_told_to_have_published():
    made = county(2021)
    made = replace(made, places=typed("places"))

    published = published_places(study(made))

    assert list(published["reason"]) == ["unknown_county"] and not published["judged"].any()
    assert text(published_chart(published)) == ("谁没有公布，无法判断：名录中没有这个县区。这不等于都已公布。")


def test_several_counties_are_told_each_in_its_newest_year():
    published = pd.DataFrame(
        [
            {"area": area, "year": year, "judged": True, "listed": 4, "published": 4 - gone, "missing": gone}
            for area, year, gone in (("甲县", 2021, 1), ("甲县", 2022, 2), ("乙县", 2020, 0))
        ]
    )
    frame = pd.concat([pd.DataFrame(columns=list(PUBLISHED)), published]).astype(PUBLISHED)

    assert text(published_chart(frame)).startswith(
        "各县区最近可判断的年度（2020、2022），名录中的 8 个乡镇（街道）有 6 个有报告，2 个未见报告"
    )


def test_reports_told_by_their_file_name_or_not_at_all_are_listed():
    made = county(2021)
    made.reports["place_source"] = ["title", "filename", "title"]
    made.reports["year_source"] = ["title", "title", None]

    odd = not_in_own_words(made)

    assert list(odd["report_id"]) == ["r202101", "r202102"]
    assert text(told_words(told_from(made), odd)).startswith("1／3 份报告的地方和年度都由报告本身的文字认定")
    assert "文件名" in text(told_tables(told_from(made), odd))


def test_the_registers_say_what_was_applied_and_what_not():
    made = replace(
        county(2021),
        corrections=typed(
            "corrections",
            [
                {"table": "requests", "line": "new", "column": "total", "state": "applied", "report_id": "r202100"},
                {"table": "requests", "line": "new", "column": "total", "state": "other", "reason": "<b>错</b>"},
            ],
        ),
        remarks=typed("remarks", [{"finding_id": "1" * 16, "status": "fixed", "state": "gone"}]),
    )

    assert text(correction_words(made)) == "登记的更正 2 条：采用 1 条，没有采用 1 条"
    html = correction_table(made)[0].html
    assert "&lt;b&gt;错" in html and html.index("未采用") < html.index("已采用")
    assert text(remark_words(made)).endswith("；1 条所说的核对结果已不再出现")
    assert "核对结果已不再出现" in text(remark_table(made))


def test_files_that_gave_no_report_are_listed_with_what_to_do():
    made = replace(county(2021), rejects=typed("rejects", [{"source": "a.doc", "reason": "encrypted"}]))

    assert text(reject_words_of(made)) == "1 个文件没有读成报告：已加密 1 个"
    assert "换一份没有密码的文件" in text(reject_table(made))


def test_text_of_findings_is_escaped():
    rows = [finding(1, "r202100", "requests.balance", "error", message="<script>alert(1)</script>")]
    made = county(2021, findings=rows)

    for shown in (*finding_table(made), *work_list(worklist(study(made)))):
        if isinstance(shown, Table):
            assert "<script>" not in shown.html


def test_nothing_at_all_gives_sentences_and_no_chart():
    nothing = Tables()
    asked = study(nothing)
    charts = [
        rule_chart(findings_by_rule(nothing), 0),
        published_chart(published_places(asked)),
        times_chart(publication_times(nothing)),
        cell_chart(cell_statuses(nothing)),
        kind_chart(report_kinds(nothing)),
    ]
    listed = [
        *rule_table(findings_by_rule(nothing)),
        *finding_table(nothing),
        *published_tables(published_places(asked), unpublished_places(asked)),
        *times_table(publication_times(nothing)),
        *cell_table(cell_statuses(nothing)),
        *reread_tables(nothing),
        *kind_table(report_kinds(nothing)),
        *report_table(nothing),
        *work_list(worklist(asked)),
    ]

    assert all(isinstance(chart, Words) and chart.text for chart in charts)
    assert listed == []


def test_kinds_count_each_report_once_and_duplicates_beside_them():
    made = county(2021, 2022)
    made.reports.loc[0, "counted"] = False
    made.reports.loc[1, "status"] = "partial"

    kinds = report_kinds(made)

    assert int(kinds["reports"].sum()) == 5 and int(kinds["set_aside"].sum()) == 1
    assert text(kind_chart(kinds)).startswith("5 份报告，2021—2022年度；1 份表格不完整")
    assert list(kinds["year"]) == sorted(kinds["year"], reverse=True)
