"""Who reports and on which year, over a table of shapes that titles, headers and texts of reports take.

A wrong place or year is never right; a place or year that is left open is right only where the case says so.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd
import pytest
from identity_cases import NULL, RIGHT, WRONG, cases, judge, write_cases

import govinfo
from govinfo.tables import Tables

CASES = cases()
IDENTIFYING = ("level", "province", "city", "county", "township", "division_code", "year")
# of the cases whose text tells place and year, so many must not be left open
LEAST_RESOLVED = 0.9


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return govinfo.load(write_cases(tmp_path_factory.mktemp("in"), CASES))


def row_of(tables: Tables, case: dict[str, Any]) -> dict[str, Any]:
    rows = tables.reports[tables.reports["source"] == case["source"]]
    assert len(rows) == 1, tables.rejects.loc[tables.rejects["source"] == case["source"], "message"].to_list()
    row = {str(column): None if pd.isna(value) else value for column, value in rows.iloc[0].items()}
    if row["published_on"] is not None:
        row["published_on"] = row["published_on"].date()
    return row


def rules_of(tables: Tables, report_id: str) -> set[str]:
    rules = tables.findings.loc[tables.findings["report_id"] == report_id, "rule"]
    return {rule for rule in rules if rule.startswith("identity.")}


def outcome_of(tables: Tables, case: dict[str, Any]) -> str:
    """The worst of what became of the columns that say who and when."""
    outcomes = {verdict.outcome for verdict in judge(case, row_of(tables, case)) if verdict.column in IDENTIFYING}
    return WRONG if WRONG in outcomes else NULL if NULL in outcomes else RIGHT


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_report_is_placed_and_dated_as_its_text_allows(case: dict[str, Any], tables: Tables) -> None:
    row = row_of(tables, case)
    wrong = [
        f"{'WRONG' if verdict.outcome == WRONG else 'left open'} {verdict.column}: {verdict.found!r}, "
        f"right is {' or '.join(map(repr, verdict.expected))}"
        for verdict in judge(case, row)
        if not verdict.allowed
    ]
    assert not wrong, "\n".join([case["name"], *wrong])


@pytest.mark.parametrize(
    "case", [case for case in CASES if "rules" in case or "quiet" in case], ids=lambda case: case["name"]
)
def test_what_was_inferred_or_contradicts_is_a_finding(case: dict[str, Any], tables: Tables) -> None:
    found = rules_of(tables, row_of(tables, case)["report_id"])
    assert found >= set(case.get("rules", ())), f"missing: {set(case['rules']) - found}"
    assert not (case.get("quiet") and found), f"nothing is in doubt here: {found}"


def test_a_township_or_year_left_open_is_always_a_finding(tables: Tables) -> None:
    """A blank without a word why looks like a report that nobody read."""
    for case in CASES:
        row = row_of(tables, case)
        found = rules_of(tables, row["report_id"])
        if row["year"] is None:
            assert found, case["name"]
        if row["level"] == "township" and row["province"] is None:
            assert "identity.place" in found, case["name"]


def test_no_shape_is_resolved_wrong_and_few_are_left_open(tables: Tables) -> None:
    outcomes = Counter(outcome_of(tables, case) for case in CASES)
    assert outcomes[WRONG] == 0, [case["name"] for case in CASES if outcome_of(tables, case) == WRONG]
    assert outcomes[RIGHT] >= LEAST_RESOLVED * len(CASES), outcomes


def test_an_id_belongs_to_one_finding_only(tables: Tables) -> None:
    ids = tables.findings["finding_id"]

    assert list(ids[ids.duplicated()]) == []
