"""How sure a figure is, and what chance alone explains: intervals, ranks and limits keep what they promise."""

from __future__ import annotations

from math import comb

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from govinfo.questions.chance.control_limits import control_limits, lumped_limits, overdispersion, spread_of_years
from govinfo.questions.chance.exact_intervals import exact_rates, exact_shares
from govinfo.questions.comparison.compared import rank_ranges

ENDS = st.lists(
    st.tuples(st.floats(0, 100), st.floats(0, 30), st.floats(0, 30)).map(lambda one: (one[0] - one[1], *one[::2])),
    min_size=1,
    max_size=12,
)


@given(ENDS)
def test_the_rank_of_any_values_inside_the_intervals_is_among_the_ranks_told(ends):
    low = np.array([lower for lower, _, _ in ends])
    value = np.array([middle for _, middle, _ in ends])
    high = value + np.array([more for _, _, more in ends])

    best, worst = rank_ranges(low, high)

    rank = 1 + (value[None, :] > value[:, None]).sum(axis=1)
    assert (best <= rank).all() and (rank <= worst).all()
    assert (best >= 1).all() and (worst <= len(ends)).all()


def test_intervals_that_do_not_meet_leave_one_rank_each_and_equal_ones_leave_all():
    assert [list(ends) for ends in rank_ranges([5, 3, 1], [6, 4, 2])] == [[1, 2, 3], [1, 2, 3]]
    assert [list(ends) for ends in rank_ranges([1, 1, 1], [2, 2, 2])] == [[1, 1, 1], [3, 3, 3]]
    best, worst = rank_ranges([5, np.nan, 1], [6, np.nan, 2])
    assert list(best[[0, 2]]) == [1, 2] and np.isnan(best[1]) and np.isnan(worst[1])


@settings(deadline=None)
@given(st.integers(1, 40), st.floats(0.02, 0.98), st.integers(1, 60))
def test_counts_outside_the_limits_are_as_rare_as_promised_and_those_inside_are_not(of, share, tests):
    tail = 0.05 / 2 / tests
    chance = [comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(of + 1)]

    limits = control_limits(of, share, tests)

    for count in range(of + 1):
        if count > limits.high:
            assert sum(chance[count:]) <= tail * (1 + 1e-9)
        if count < limits.low:
            assert sum(chance[: count + 1]) <= tail * (1 + 1e-9)


@settings(deadline=None)
@given(st.integers(1, 200), st.floats(0.05, 0.95), st.integers(1, 50), st.floats(1, 9))
def test_more_comparisons_and_more_spread_make_limits_wider(of, share, tests, spread):
    plain, wider = control_limits(of, share, tests), control_limits(of, share, tests + 20, spread)

    assert wider.low <= plain.low <= plain.high <= wider.high


def test_townships_that_differ_by_more_than_chance_anyhow_widen_the_limits():
    of = [100] * 20
    assert overdispersion([50] * 20, of, 0.5) == 1
    assert overdispersion([30, 70] * 10, of, 0.5) > 10
    assert overdispersion([30, 70], of[:2], 0.5) == 1


@settings(deadline=None)
@given(st.floats(0.01, 60), st.floats(0.5, 0.9999))
def test_exact_intervals_of_a_mean_hold_at_least_as_often_as_they_promise(mean, confidence):
    counts = np.arange(400)

    low, high = exact_rates(counts, np.ones(400), confidence)

    held = (low <= mean) & (mean <= high)
    assert poisson.pmf(counts, mean)[held].sum() >= confidence - 1e-9


@settings(deadline=None)
@given(st.integers(1, 80), st.integers(0, 10**6).map(lambda n: n / 10**6), st.floats(0.5, 0.9999))
def test_exact_intervals_of_a_share_hold_at_least_as_often_as_they_promise(of, share, confidence):
    counts = np.arange(of + 1)

    low, high = exact_shares(counts, np.full(of + 1, of), confidence)

    held = (low <= share) & (share <= high)
    assert binom.pmf(counts, of, share)[held].sum() >= confidence - 1e-9


def test_where_nothing_was_counted_of_nothing_there_is_no_interval():
    for ends in (exact_rates([0, 1], [0, 1]), exact_shares([0, 1], [0, 1])):
        assert [list(np.isnan(end)) for end in ends] == [[True, False], [True, False]]


@settings(deadline=None)
@given(st.integers(1, 60), st.floats(0.1, 0.9), st.integers(1, 50), st.floats(1, 12))
def test_where_cases_come_in_lots_a_year_has_to_differ_by_more(of, share, tests, spread):
    plain, wider = control_limits(of, share, tests), lumped_limits(of, share, tests, spread)

    assert wider.low <= plain.low <= plain.high <= wider.high
    assert wider.low >= 0 and wider.high <= of


def test_how_uneven_the_years_are_is_told_by_years_alone():
    ones = [[1] * 3] * 4
    assert spread_of_years([[5, 5, 5]] * 4, ones) == 1
    assert spread_of_years([[0, 0, 30]] * 4, ones) > 10
    # twice as many in twice as many reports is no change
    assert spread_of_years([[5, 10]], [[1, 2]]) == 1
    assert spread_of_years([[5], [9]], [[1], [1]]) is None
    assert spread_of_years([[0, 0, 0]], [[1, 1, 1]]) is None
