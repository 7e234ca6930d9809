"""Requests: who had none and for how long, what share ended how, what became of disputes; with known truth."""

from __future__ import annotations

from itertools import groupby

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_tables import report, tables
from told_figures import statistics, told

from govinfo.errors import ConfigError
from govinfo.questions.requests.dispute_results import dispute_results
from govinfo.questions.requests.request_outcomes import CATEGORIES
from govinfo.questions.requests.request_shares import (
    answered_shares,
    applicant_shares,
    outcome_shares,
    reason_shares,
    reply_shares,
)
from govinfo.questions.requests.requests_received import request_flow_by_year, requests_received, years_without_requests
from govinfo.tables import Tables, typed

# a line of the form for each outcome
LINE = {
    **{"granted": "granted", "granted_in_part": "granted_in_part", "refused": "refused_third_party"},
    **{"unavailable": "unavailable_not_held", "declined": "declined_petition", "other": "other_other"},
}


def made(*received: int | None, first: int = 2019, township: str = "东河镇") -> Tables:
    """Reports of one township, a year each, with so many new requests."""
    entries = [
        (report(number, township, first + number), {"requests": {("new", "total"): value}})
        for number, value in enumerate(received)
    ]
    return tables(*entries)


def test_none_came_and_no_figure_are_two_things() -> None:
    rows = requests_received(made(0, None, 3))

    assert rows["state"].tolist() == ["zero", "unknown", "some"]


@pytest.mark.parametrize(
    ("said", "state", "value"),
    [
        ([("requests_received", 0, False)], "zero", 0),
        ([("requests_received", 5, False), ("requests_received", 5, False)], "some", 5),
        ([("requests_received", 5, False), ("requests_received", 6, False)], "unknown", None),
        ([("requests_received", 20, True)], "unknown", None),
        ([("requests_received", 32, False), ("requests_carried_over", 2, False)], "unknown", None),
    ],
)
def test_where_no_table_has_the_figure_the_text_may_tell_it(said, state: str, value: int | None) -> None:
    """Not where it rounds, tells two, or may have counted what was carried over."""
    (row,) = requests_received(told(said, {})).to_dict("records")

    assert row["state"] == state
    assert pd.isna(row["value"]) if value is None else (row["value"], row["origin"]) == (value, "narrative")


def test_the_old_table_stands_beside_the_new_one() -> None:
    old = told([], {"requests_received": 4})

    assert requests_received(old)[["origin", "value"]].values.tolist() == [["statistics", 4]]


@given(
    st.lists(st.sampled_from([0, 1, None, "absent"]), min_size=1, max_size=9).filter(lambda it: set(it) != {"absent"})
)
@settings(deadline=None, max_examples=30)
def test_years_without_a_request_end_where_a_year_is_not_known(years: list[int | str | None]) -> None:
    entries = [
        (report(number, "东河镇", 2014 + number), {"requests": {("new", "total"): value}})
        for number, value in enumerate(years)
        if value != "absent"
    ]

    (row,) = years_without_requests(tables(*entries)).to_dict("records")

    assert (row["zero"], row["some"], row["unknown"]) == tuple(years.count(kind) for kind in (0, 1, None))
    assert row["zero_run"] == max(
        (len(list(run)) for zero, run in groupby(years, lambda it: it == 0) if zero), default=0
    )


def test_a_flow_is_added_up_only_where_every_report_has_the_figure() -> None:
    both = tables(
        (report(1, "东河镇", 2021), {"requests": {("new", "total"): 3}}),
        (report(2, "西山乡", 2021), {"requests": {("new", "total"): None, ("total", "total"): 2}}),
    )

    flow = request_flow_by_year(both).set_index("measure")

    assert pd.isna(flow.loc["received", "total"])
    assert (flow.loc["received", "with_figure"], flow.loc["received", "reports"]) == (1, 2)
    assert flow.loc["decided", "total"] == 2


counts = st.fixed_dictionaries({category: st.integers(0, 9) for category in CATEGORIES})


def decided(number: int, found: dict[str, int], off: int = 0):
    """A report that decided so many; its printed total is `off` by so much."""
    cells: dict[tuple[str, str], object] = {(LINE[category], "total"): count for category, count in found.items()}
    cells["total", "total"] = sum(found.values()) + off
    return report(number, f"第{number}乡", 2022), {"requests": cells}


@given(st.lists(counts, min_size=1, max_size=4), counts, st.integers(1, 3))
@settings(deadline=None, max_examples=20)
def test_shares_are_of_the_reports_whose_figures_fit_together(found, wrong, off: int) -> None:
    rows = outcome_shares(tables(*(decided(n, one) for n, one in enumerate(found)), decided(9, wrong, off)))

    whole = sum(sum(one.values()) for one in found)
    assert rows["count"].tolist() == [sum(one[category] for one in found) for category in CATEGORIES]
    assert (rows["of"] == whole).all()
    assert (rows["reports"] == len(found)).all()
    assert (rows["unfit"] == 1).all()
    if whole:
        assert float(rows["share"].sum()) == pytest.approx(1)
        assert ((rows["low"] <= rows["share"]) & (rows["share"] <= rows["high"])).all()
    else:
        assert rows["share"].isna().all()


def test_what_was_disclosed_in_part_was_disclosed_too() -> None:
    one = {**dict.fromkeys(CATEGORIES, 0), "granted": 2, "granted_in_part": 1, "refused": 1}

    (row,) = answered_shares(tables(decided(1, one))).to_dict("records")

    assert (row["count"], row["of"], row["share"]) == (3, 4, 0.75)


def test_reasons_are_those_of_requests_that_were_not_answered() -> None:
    one = {**dict.fromkeys(CATEGORIES, 0), "granted": 5, "refused": 3, "unavailable": 1}

    rows = reason_shares(tables(decided(1, one)))

    assert rows["count"].sum() == 4
    assert rows.set_index("line").loc["refused_third_party", ["count", "of", "share"]].tolist() == [3, 3, 1.0]
    assert not rows["category"].isin(["granted", "granted_in_part"]).any()


def test_applicants_are_counted_where_they_add_up() -> None:
    cells = {("new", "natural_person"): 3, ("new", "business"): 1, ("new", "total"): 4}
    broken = {("new", "natural_person"): 3, ("new", "total"): 4}
    both = tables((report(1, "东河镇", 2021), {"requests": cells}), (report(2, "西山乡", 2021), {"requests": broken}))

    rows = applicant_shares(both).set_index("applicant")

    assert rows.loc["natural_person", ["count", "of", "reports", "unfit"]].tolist() == [3, 4, 1, 1]


def test_what_shares_may_be_asked_by_is_told() -> None:
    with pytest.raises(ConfigError, match="all, year, place"):
        outcome_shares(Tables(), by="month")


def test_old_answers_are_counted_apart() -> None:
    lines = statistics({"r1": {"reply_granted": 2, "reply_refused": 1}}, "replies")
    old = Tables(
        reports=typed("reports", [report(1, "东河镇", 2016, "statistics")]),
        statistics=pd.concat([statistics({"r1": {"replies": 3}}), lines], ignore_index=True),
    )

    assert reply_shares(old)["count"].tolist() == [2, 1]
    assert outcome_shares(old).empty


def test_disputes_of_the_old_table_are_never_added_to_those_of_the_new() -> None:
    new = {("reconsideration", "upheld"): 2, ("reconsideration", "corrected"): 1, ("reconsideration", "total"): 3}
    both = tables((report(1, "东河镇", 2021), {"disputes": new}), (report(2, "东河镇", 2016, "statistics"), {}))
    names = ("reconsideration", "reconsideration_upheld", "reconsideration_corrected", "reconsideration_other")
    both = Tables(
        **{**vars(both), "statistics": statistics({"r2": dict(zip(names, (5.0, 1.0, 4.0, 0.0), strict=True))})}
    )

    rows = dispute_results(both).query("channel == 'reconsideration'").set_index("origin")

    assert rows["total"].to_dict() == {"disputes": 3, "statistics": 5}
    assert rows["corrected_share"].to_dict() == {"disputes": pytest.approx(1 / 3), "statistics": 0.8}
    assert pd.isna(rows.loc["statistics", "pending"])


def test_a_dispute_without_a_figure_leaves_its_channel_alone() -> None:
    cells = {("reconsideration", "upheld"): None, ("litigation_direct", "upheld"): 1, ("litigation_direct", "total"): 1}

    rows = dispute_results(tables((report(1, "东河镇", 2021), {"disputes": cells}))).set_index("channel")

    assert rows.loc["reconsideration", ["reports", "unfit"]].tolist() == [0, 1]
    assert rows.loc["reconsideration", ["upheld", "total", "closed"]].isna().all()
    assert rows.loc["litigation_direct", ["upheld", "total", "reports"]].tolist() == [1, 1, 1]
