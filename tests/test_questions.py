"""What questions answer: fixed columns, blanks that stay blanks, figures apart that must not be mixed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from made_tables import busy_tables, report, tables

from govinfo.errors import ConfigError, MissingFiguresError, TablesError
from govinfo.questions.by_place import placed_reports
from govinfo.questions.coverage import coverage, distrust, reports_by, reread_lines
from govinfo.questions.problems.problem_themes import problem_statements, problem_themes
from govinfo.questions.requests.dispute_results import dispute_results
from govinfo.questions.requests.request_outcomes import (
    request_flow,
    request_outcomes,
    with_request_tables,
)
from govinfo.questions.requests.request_shares import answered_shares, applicant_shares, outcome_shares, reason_shares
from govinfo.questions.requests.requests_received import request_flow_by_year, requests_received, years_without_requests
from govinfo.questions.study import find_root, open_study
from govinfo.questions.volume.disclosed import disclosed_totals
from govinfo.questions.volume.disclosure_volume import disclosure_volume
from govinfo.questions.volume.volume_by_year import spread_by_year, volumes
from govinfo.tables import Tables, typed, write_tables


def by_form(made: Tables) -> pd.DataFrame:
    return reports_by(made, "form")


def reread_requests(made: Tables) -> pd.DataFrame:
    return reread_lines(made, "requests")


QUESTIONS = [
    coverage,
    by_form,
    distrust,
    reread_requests,
    disclosure_volume,
    request_outcomes,
    request_flow,
    placed_reports,
    disclosed_totals,
    volumes,
    spread_by_year,
    requests_received,
    years_without_requests,
    request_flow_by_year,
    outcome_shares,
    answered_shares,
    reason_shares,
    applicant_shares,
    dispute_results,
    problem_themes,
    problem_statements,
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.__name__)
def test_columns_do_not_depend_on_the_rows_that_came_back(question):
    full, empty = question(busy_tables()), question(Tables())

    assert dict(full.dtypes.astype(str)) == dict(empty.dtypes.astype(str))
    assert len(full) > 0
    assert list(full.index) == list(range(len(full)))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.__name__)
def test_the_order_of_reports_does_not_change_an_answer(question):
    made = busy_tables()
    turned = Tables(**{**vars(made), "reports": made.reports.iloc[::-1].reset_index(drop=True)})

    pd.testing.assert_frame_equal(question(made), question(turned))


def test_nothing_decided_has_no_share():
    outcomes = request_outcomes(tables((report(1, "东河镇", 2021), {})))

    assert (outcomes["decided"] == 0).all()
    assert outcomes["share"].isna().all()


def test_a_blank_line_gives_no_smaller_sum():
    """Two of the eight grounds of refusal are counted and one is blank: the sum is not known."""
    values = {("total", "total"): 5, ("refused_third_party", "total"): 2, ("refused_inquiry", "total"): None}
    outcomes = request_outcomes(tables((report(1, "东河镇", 2021), {"requests": values})))

    refused = outcomes.set_index("category").loc["refused"]
    assert pd.isna(refused["requests"])
    assert pd.isna(refused["share"])
    assert refused["unknown"] == 1


@pytest.mark.parametrize("code", ["2021", "2019"])
def test_shares_are_of_the_total_that_the_form_prints(code):
    values = {("total", "total"): 4, ("granted", "total"): 3, ("declined_petition", "total"): 1}
    outcomes = request_outcomes(tables((report(1, "东河镇", 2020, code), {"requests": values})))

    shares = outcomes.set_index("category")["share"]
    assert shares["granted"] == 0.75
    assert shares["declined"] == 0.25
    assert shares.sum() == 1


def test_reports_without_a_request_table_are_an_error_that_says_so():
    old = Tables(reports=typed("reports", [report(1, "东河镇", 2016, "statistics")]))

    with pytest.raises(MissingFiguresError, match="none with a request table"):
        request_outcomes(old)
    assert request_outcomes(with_request_tables(old)).empty


def test_an_unread_total_is_not_taken_for_zero():
    values = {("new", "total"): None}
    flow = request_flow(tables((report(1, "东河镇", 2021), {"requests": values})))

    assert pd.isna(flow.loc[0, "received"])
    assert flow.loc[0, "decided"] == 0


def test_only_decisions_share_a_series_across_forms():
    made = tables((report(1, "东河镇", 2020, "2019"), {}), (report(2, "东河镇", 2021), {}))
    volume = disclosure_volume(made)

    forms = volume.groupby("series")["form"].nunique()
    shared = set(forms[forms > 1].index)
    assert shared == {
        "all.administrative_licensing.decisions",
        "all.administrative_penalties.decisions",
        "all.administrative_coercion.decisions",
    }
    assert volume.groupby("series")["unit"].nunique().max() == 1


def test_volume_has_every_figure_of_table_two_with_the_forms_own_labels():
    volume = disclosure_volume(tables((report(1, "东河镇", 2020, "2019"), {}), (report(2, "东河镇", 2021), {})))

    assert volume.groupby("form").size().to_dict() == {"2019": 22, "2021": 10}
    documents = volume[volume["item"] == "normative_documents"].groupby("form")["item_label"].first()
    assert documents.to_dict() == {"2019": "规范性文件", "2021": "行政规范性文件"}


def test_figures_of_the_narrative_join_in_a_series_of_their_own():
    told = {"report_id": "r1", "order": 1, "value": 508.0, "unit": "条", "approximate": False}
    made = tables(
        (report(1, "元马镇", 2022), {}),
        mentions=[
            {**told, "measure": "disclosed", "period": "year", "evidence": "508条"},
            {
                **told,
                "measure": "disclosed",
                "period": "cumulative",
                "value": 2106.0,
                "evidence": "累计2106条",
            },
            {**told, "measure": "trainings", "period": "year", "evidence": "培训1次"},
        ],
    )

    told = disclosure_volume(made).query("origin == 'narrative'")
    assert told["series"].tolist() == ["narrative.disclosed.year", "narrative.disclosed.cumulative"]
    assert told["value"].tolist() == [508.0, 2106.0]


def test_the_old_statistics_table_counts_too():
    made = Tables(
        reports=typed("reports", [report(1, "东河镇", 2016, "statistics")]),
        statistics=typed(
            "statistics",
            [
                {
                    "report_id": "r1",
                    "line": "disclosed",
                    "label": "主动公开政府信息数",
                    "unit": "条",
                    "value": 120.0,
                },
                {"report_id": "r1", "line": "staff", "label": "工作人员数", "unit": "人", "value": 2.0},
            ],
        ),
    )

    volume = disclosure_volume(made)
    assert volume["series"].tolist() == ["statistics.disclosed"]
    assert volume["item_label"].tolist() == ["主动公开政府信息数"]


def test_coverage_counts_cells_and_findings_of_each_report():
    cover = coverage(busy_tables(), ["requests"]).set_index("report_id")

    assert cover.loc["r1", "repaired"] == 7
    assert cover.loc["r2", "errors"] == 1
    assert cover.loc["r2", "blank"] == 1
    assert cover.loc["r1", "infos"] == 1
    assert cover.loc["r1", "note"] == "节录：<b>叙述</b>从简"


def test_repaired_lines_come_with_the_figures_as_printed():
    lines = reread_lines(busy_tables(), "requests")

    assert lines[["line_label", "printed", "repaired", "uncertain"]].values.tolist() == [
        ["予以公开", "2 | 0 | 0 | 2", 7, 0]
    ]


def test_a_statement_of_two_themes_is_counted_under_both():
    counts = problem_themes(busy_tables())

    first = counts[(counts["year"] == 2021) & (counts["kind"] == "problem")]
    assert set(first["theme"]) == {"timeliness", "staffing"}
    assert problem_statements(busy_tables())["themes"].iloc[0] == "时效、人员力量"


def test_a_study_is_found_from_a_folder_below_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "govinfo.toml").touch()
    (tmp_path / "notebooks").mkdir()
    write_tables(busy_tables(), tmp_path / "data" / "processed")
    monkeypatch.chdir(tmp_path / "notebooks")

    study = open_study("data/processed", townships=["东河镇"], years=[2021, 2025])

    assert find_root() == tmp_path
    assert study.tables.reports["report_id"].tolist() == ["r1"]
    assert len(study.everything.reports) == 3
    assert study.absent() == ["2025"]


def test_what_is_no_year_or_no_list_is_refused(tmp_path: Path):
    write_tables(busy_tables(), tmp_path)

    with pytest.raises(ConfigError, match="whole numbers"):
        open_study(tmp_path, years=["去年"])  # type: ignore[list-item]
    with pytest.raises(TablesError, match="govinfo load"):
        open_study(tmp_path / "nowhere")
