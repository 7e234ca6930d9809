"""What one year's report leaves to the next of the same township."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from filled_reports import filled, lost, together
from one_check import findings_of

from govinfo.checks.rollup import rollup_findings
from govinfo.checks.years import year_findings
from govinfo.tables import Tables

FORWARD = ("requests", "carried_forward", "business")
OVER = ("requests", "carried_over", "business")
PEOPLE = ("requests", "carried_over", "natural_person")


def report(on: int, values: dict[tuple[str, str, str], int] | None = None, code: str = "2021", **more: Any) -> Tables:
    said = {"report_id": f"r{on}", "source": f"{on}.txt", "sha256": str(on) * 16, "province": "新疆维吾尔自治区"}
    return filled(code, values, **(said | {"year": on} | more))


def found(*parts: Tables, rule: str = "years.") -> pd.DataFrame:
    findings = findings_of(together(*parts), year_findings, rollup_findings)
    return findings[findings["rule"].str.startswith(rule)].reset_index(drop=True)


def documents(issued: int = 0, repealed: int = 0, in_force: int = 0, item: str = "normative_documents") -> Any:
    figures = {"issued": issued, "repealed": repealed, "in_force": in_force}
    return {("disclosure", item, measure): value for measure, value in figures.items()}


def test_what_was_carried_over_is_what_the_year_before_carried_forward():
    assert found(report(2021, {FORWARD: 3}), report(2022, {OVER: 3})).empty


@pytest.mark.parametrize(("first", "second"), [("2019", "2021"), ("2021", "2021"), ("2019", "2019")])
def test_another_number_is_an_error_of_the_later_report_in_its_column(first, second):
    """The forms of 2019 and 2021 have the same two lines."""
    findings = found(report(2020, {FORWARD: 3}, first), report(2021, {OVER: 1}, second))

    assert findings[["report_id", "rule", "severity"]].values.tolist() == [["r2021", "years.carry_over", "error"]]
    row = findings.iloc[0]
    assert row[["table", "line", "column"]].tolist() == list(OVER)
    assert (row["expected"], row["found"]) == ("3", "1")
    assert row["locator"].startswith("a.txt:")
    assert "商业企业”一列为1，而2020年度报告（2020.txt）“结转下年度继续办理”为3，相差2" in row["message"]
    assert (
        "business is 1, but the report on 2020 (2020.txt) carried forward 3; the difference is 2" in row["message_en"]
    )


def test_each_applicant_has_a_finding_of_its_own():
    findings = found(report(2021), report(2022, {OVER: 1, PEOPLE: 2}))

    assert sorted(findings["column"]) == ["business", "natural_person"]
    assert findings["finding_id"].is_unique


@pytest.mark.parametrize("of", ["before", "after"])
@pytest.mark.parametrize("status", ["blank", "ambiguous", "missing", "not_applicable"])
def test_a_null_figure_on_either_side_says_nothing(of, status):
    gone = lost(status=status)
    before = report(2021, {FORWARD: 3}, cells={FORWARD: gone} if of == "before" else {})
    after = report(2022, {OVER: 1}, cells={OVER: gone} if of == "after" else {})

    assert found(before, after).empty


@pytest.mark.parametrize(
    "other",
    [
        {"year": 2020},  # a year is missing between them
        {"township": "柳屯镇"},
        {"county": "辉县市"},
        {"county": pd.NA},
        {"level": "county"},
        {"level": "department"},
        {"counted": False},
        {"year": pd.NA},
    ],
)
def test_only_the_report_of_the_same_township_on_the_year_before_is_compared(other):
    year = {"year": 2021} | other
    before = report(2021, {FORWARD: 3})
    before = filled(
        "2021", {FORWARD: 3}, **before.reports.iloc[0].drop("report_id").to_dict() | {"report_id": "x"} | year
    )

    assert found(before, report(2022)).empty


def test_a_code_tells_a_township_whose_county_got_another_name():
    code = {"division_code": "654202105"}
    before = report(2021, {FORWARD: 3}, county="乌苏县", **code)

    assert list(found(before, report(2022, **code))["column"]) == ["business"]


def test_two_counted_reports_of_one_year_leave_open_which_of_them_is_meant():
    before = report(2021, {FORWARD: 3}), report(2021, {FORWARD: 1}, report_id="again")

    assert found(*before, report(2022)).empty


def test_the_statistics_table_carries_nothing_over():
    assert found(report(2018, code="statistics"), report(2019, {OVER: 1}, "2019")).empty


@pytest.mark.parametrize("item", ["normative_documents", "regulations"])
def test_documents_in_force_follow_from_last_years_and_what_came_and_went(item):
    before = report(2021, documents(in_force=14, item=item))
    right = report(2022, documents(issued=3, repealed=1, in_force=16, item=item))
    wrong = report(2022, documents(issued=3, repealed=1, in_force=3, item=item))

    assert found(before, right).empty
    findings = found(before, wrong)
    assert findings[["report_id", "rule", "severity"]].values.tolist() == [["r2022", "years.in_force", "warning"]]
    row = findings.iloc[0]
    assert row[["table", "line", "column"]].tolist() == ["disclosure", item, "in_force"]
    assert (row["expected"], row["found"]) == ("16", "3")
    assert "为3，而上年现行有效14＋本年制发3－本年废止1＝16，相差13" in row["message"]
    assert "is 3, but last year's 14 + issued 3 − repealed 1 = 16; the difference is 13" in row["message_en"]


def test_what_the_form_of_2019_counted_as_disclosed_is_no_stock_of_the_next_form():
    before = report(2020, {("disclosure", "normative_documents", "total_disclosed"): 20}, "2019")

    assert found(before, report(2021, documents(issued=2, in_force=2))).empty


@pytest.mark.parametrize("measure", ["issued", "repealed", "in_force"])
def test_a_blank_among_the_documents_says_nothing(measure):
    gone = {("disclosure", "normative_documents", measure): lost(status="blank")}

    assert found(report(2021, documents(in_force=5)), report(2022, documents(in_force=1), cells=gone)).empty


def test_finding_ids_stay_when_files_are_renamed_or_the_order_changes():
    parts = report(2021, {FORWARD: 3}), report(2022, documents(issued=2))
    renamed = report(2021, {FORWARD: 3}, source="z.txt"), report(2022, documents(issued=2), source="y.txt")

    assert list(found(*parts)["finding_id"]) == list(found(*reversed(renamed))["finding_id"])


def county(values: dict[tuple[str, str, str], Any], **more: Any) -> Tables:
    said = {"report_id": "c", "level": "county", "township": pd.NA, "sha256": "c" * 64, "issuer": "乌苏市人民政府"}
    return report(2022, values, **(said | more))


def towns(*values: dict[tuple[str, str, str], Any], **more: Any) -> list[Tables]:
    names = ("百泉镇", "头台乡", "西湖镇")
    return [
        report(2022, v, report_id=f"t{n}", township=names[n], sha256=str(n) * 64, **more) for n, v in enumerate(values)
    ]


NEW = ("requests", "new", "total")
LICENCES = ("disclosure", "administrative_licensing", "decisions")


def test_a_county_below_the_sum_of_its_townships_is_told_at_the_figure():
    findings = found(
        county({NEW: 4, LICENCES: 7}), *towns({NEW: 2, LICENCES: 1}, {NEW: 3, LICENCES: 6}), rule="county."
    )

    assert findings[["report_id", "rule", "severity"]].values.tolist() == [["c", "county.rollup", "info"]]
    row = findings.iloc[0]
    assert row[["table", "line", "column", "expected", "found"]].tolist() == [*NEW, "5", "4"]
    assert "为4，小于所属2个乡镇（街道）报告之和5" in row["message"]


@pytest.mark.parametrize(
    "other", [{"county": "沙湾市"}, {"province": "河南省"}, {"year": 2021}, {"counted": False}, {"level": "department"}]
)
def test_townships_of_other_counties_and_years_do_not_count(other):
    assert found(county({}), *towns({NEW: 2}, **other), rule="county.").empty


def test_null_figures_of_townships_are_left_out_of_the_sum_and_a_null_of_the_county_says_nothing():
    blank = towns({NEW: 9}, {NEW: 3})
    blank[0] = report(2022, report_id="t0", cells={NEW: lost(status="blank")})

    assert list(found(county({NEW: 2}), *blank, rule="county.")["expected"]) == ["3"]
    assert found(county({}, cells={NEW: lost(status="blank")}), *blank, rule="county.").empty


def test_items_of_the_lists_of_powers_are_not_summed_up():
    """Each township has the same items: together they have no more."""
    items = {("disclosure", "administrative_licensing", "items_last_year"): 20}

    assert found(county(items, code="2019"), *towns(items, items, code="2019"), rule="county.").empty


def test_a_county_that_reports_of_itself_alone_is_told_once_for_the_table():
    lines = ("granted", "granted_in_part", "unavailable_not_held", "declined_petition", "total")
    values = {("requests", line, column): 2 for line in (*lines, "new") for column in ("natural_person", "total")}

    findings = found(county({}), *towns(values, values), rule="county.")

    assert findings[["table", "line", "column"]].fillna("").values.tolist() == [["requests", "", ""]]
    assert "表三有12个数小于所属乡镇" in findings.loc[0, "message"]
    assert "（0，各乡镇之和4）" in findings.loc[0, "message"]
