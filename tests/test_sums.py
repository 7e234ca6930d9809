"""Sums over a county's townships, their changes and shares: only of what every report has."""

from __future__ import annotations

import pandas as pd
import pytest
from filled_reports import together
from hypothesis import given, settings
from hypothesis import strategies as st
from town_reports import GRANTED, TOTAL, TOWNS, report, with_value

from govinfo.questions.comparison.year_on_year import changes_between, sums_by_year
from govinfo.questions.requests.outcome_sums import outcome_sums


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(st.none() | st.integers(0, 10**6), min_size=2, max_size=2), min_size=1, max_size=4))
def test_a_sum_is_there_only_where_every_report_has_a_figure_and_says_who_has_none(values):
    tables = together(
        *(with_value(TOWNS[n], 2021 + k, value) for n, pair in enumerate(values) for k, value in enumerate(pair))
    )

    rows = sums_by_year(tables).query("figure == 'all.requests.new.total'").set_index("year")

    for k, year in enumerate((2021, 2022)):
        own = [pair[k] for pair in values]
        known = [value for value in own if value is not None]
        assert rows.loc[year, ["reports", "with_figure"]].tolist() == [len(own), len(known)]
        if len(known) == len(own):
            assert rows.loc[year, "value"] == sum(known)
            assert pd.isna(rows.loc[year, "without"])
        else:
            assert pd.isna(rows.loc[year, "value"])
            lacking = [TOWNS[n] for n, value in enumerate(own) if value is None]
            assert sorted(rows.loc[year, "without"].split("、")) == sorted(lacking)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(*[st.none() | st.integers(0, 1000)] * 2), min_size=1, max_size=4))
def test_a_change_is_over_the_townships_that_have_both_years(pairs):
    tables = together(
        *(with_value(TOWNS[n], 2021 + k, value) for n, pair in enumerate(pairs) for k, value in enumerate(pair))
    )

    rows = changes_between(tables, 2022).query("figure == 'all.requests.new.total'")

    both = [(before, after) for before, after in pairs if before is not None and after is not None]
    if not both:
        assert rows.empty
    else:
        assert rows["townships"].item() == len(both)
        assert rows["change"].item() == sum(after - before for before, after in both)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=4))
def test_a_share_is_of_all_that_was_decided_and_none_where_nothing_was(pairs):
    reports = [
        report(TOWNS[n], 2022, values={GRANTED: granted, TOTAL: granted + rest})
        for n, (granted, rest) in enumerate(pairs)
    ]

    row = outcome_sums(together(*reports)).query("category == 'granted' and line.isna()").iloc[0]

    decided = sum(map(sum, pairs))
    assert (row["requests"], row["decided"]) == (sum(granted for granted, _ in pairs), decided)
    if decided:
        assert row["share"] == pytest.approx(row["requests"] / decided)
    else:
        assert pd.isna(row["share"])


def test_two_counties_of_one_name_are_two():
    one = with_value("甲镇", 2022, 3)
    other = with_value("乙镇", 2022, 4, province="另一省", city="另一市", report_id="other")

    rows = sums_by_year(together(one, other)).query("figure == 'all.requests.new.total'")

    assert sorted(rows["value"]) == [3, 4]
    assert set(rows["area"]) == {"虚构省示范市示例县", "另一省另一市示例县"}
