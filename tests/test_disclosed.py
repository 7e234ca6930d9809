"""How much was disclosed: what is told once is a figure, what is told in parts a bound, what is told twice nothing."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_tables import report, tables
from told_figures import Said, told

from govinfo.questions.volume.disclosed import disclosed_channels, disclosed_kinds, disclosed_totals
from govinfo.questions.volume.volume_by_year import spread_by_year, volumes
from govinfo.tables import Tables

ALL = "disclosed"


def total(made: Tables) -> dict[str, object]:
    (row,) = disclosed_totals(made).to_dict("records")
    return row


@pytest.mark.parametrize(
    ("said", "listed", "state", "value", "approximate"),
    [
        ([(ALL, 508, False)], None, "stated", 508, False),
        ([(ALL, 508, False), (ALL, 508, False)], None, "stated", 508, False),
        ([(ALL, 450, True)], None, "stated", 450, True),
        ([(ALL, 500, True), (ALL, 508, False)], None, "stated", 508, False),
        ([], 120, "listed", 120, False),
        ([(ALL, 120, False)], 120, "listed", 120, False),
        ([(ALL, 100, True)], 110, "listed", 110, False),
        ([(ALL, 90, False)], None, "stated", 90, False),
        ([(ALL, 0, False)], None, "stated", 0, False),
    ],
)
def test_a_total_that_is_told_once_is_the_total(
    said: list[Said], listed: float | None, state: str, value: float, approximate: bool
) -> None:
    row = total(told(said, None if listed is None else {ALL: listed}))

    assert (row["state"], row["value"], row["approximate"]) == (state, value, approximate)


@pytest.mark.parametrize(
    ("said", "listed"),
    [
        ([(ALL, 508, False), (ALL, 580, False)], None),
        ([(ALL, 400, True), (ALL, 500, True)], None),
        ([(ALL, 100, True), (ALL, 508, False)], None),
        ([(ALL, 90, False)], 120),
        ([(ALL, 20, True)], 120),
    ],
)
def test_of_two_totals_none_is_taken(said: list[Said], listed: float | None) -> None:
    row = total(told(said, None if listed is None else {ALL: listed}))

    assert row["state"] == "contradicted"
    assert pd.isna(row["value"])
    assert pd.isna(row["at_least"])


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=3))
@settings(deadline=None, max_examples=10)
def test_channels_are_never_added_and_bound_the_total_from_below(values: list[int]) -> None:
    """One piece of information may go through several channels; no channel has more than there is."""
    names = ("disclosed_website", "disclosed_wechat", "disclosed_weibo")
    row = total(told([(name, value, False) for name, value in zip(names, values, strict=False)]))

    assert row["state"] == "parts"
    assert pd.isna(row["value"])
    assert row["at_least"] == max(values)


def test_a_round_part_is_no_bound() -> None:
    row = total(told([("disclosed_website", 450, True)]))

    assert row["state"] == "parts"
    assert pd.isna(row["at_least"])


@pytest.mark.parametrize("period", ["cumulative", "other"])
def test_a_total_of_other_years_is_not_that_of_the_year(period: str) -> None:
    row = total(told([(ALL, 2106, False)], period=period))

    assert row["state"] == "silent"
    assert pd.isna(row["value"])


def test_a_blank_line_is_not_zero() -> None:
    assert total(told([], {ALL: None}))["state"] == "silent"


def test_two_other_channels_are_not_one_figure() -> None:
    channels = disclosed_channels(
        told([("disclosed_other_channel", 20, False), ("disclosed_other_channel", 20, False)])
    )

    assert channels["state"].tolist() == ["contradicted"]
    assert channels["value"].isna().all()


def test_a_kind_has_one_name_whatever_it_ends_with() -> None:
    made = told([("disclosed_category", 3, False), ("disclosed_category", 3, False)], category="x")
    made.mentions["category"] = pd.array(["财政类信息", "财政 信息类"], dtype="string")

    kinds = disclosed_kinds(made)

    assert kinds[["kind", "value"]].values.tolist() == [["财政", 3.0]]


figures = st.lists(st.one_of(st.none(), st.integers(0, 50)), min_size=1, max_size=6)


@given(figures)
@settings(deadline=None, max_examples=10)
def test_a_year_is_added_up_only_where_every_report_has_the_figure(values: list[int | None]) -> None:
    made = tables(
        *(
            (report(number, f"第{number}乡", 2022), {"disclosure": {("administrative_licensing", "decisions"): value}})
            for number, value in enumerate(values)
        )
    )

    (row,) = spread_by_year(made).query("item == 'administrative_licensing'").to_dict("records")

    known = [value for value in values if value is not None]
    assert (row["reports"], row["with_figure"]) == (len(values), len(known))
    assert pd.isna(row["total"]) if len(known) < len(values) else row["total"] == sum(known)
    assert pd.isna(row["median"]) if not known else row["median"] == pd.Series(known).median()


def test_a_report_without_the_table_leaves_its_year_without_a_sum() -> None:
    made = tables((report(1, "东河镇", 2022), {}), (report(2, "西山乡", 2022, "none"), {}))

    spread = spread_by_year(made)

    assert (spread["on_form"] == 1).all()
    assert (spread["reports"] == 2).all()
    assert spread["total"].isna().all()
    assert (volumes(made)["in_year"] == 2).all()


def test_what_forms_count_differently_is_never_one_series() -> None:
    made = tables((report(1, "东河镇", 2020, "2019"), {}), (report(2, "东河镇", 2021), {}))

    forms = volumes(made).groupby("series")["form"].nunique()

    assert {name.split(".")[-1] for name in forms[forms > 1].index} == {"decisions"}
