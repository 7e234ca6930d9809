"""Whether a report was published in time, by the Regulations that were in force."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest
from filled_reports import filled, together
from hypothesis import given
from hypothesis import strategies as st
from one_check import findings_of

from govinfo.checks import set_aside
from govinfo.checks.publication import due, publication_findings
from govinfo.checks.versions import set_aside_reports
from govinfo.tables import Tables


def late(*reports: Tables) -> pd.DataFrame:
    tables = set_aside(together(*reports))
    aside = set_aside_reports(tables)
    return findings_of(tables, lambda tables, reports: publication_findings(tables, aside, reports))


def published(day: str | None, year: int | None = 2022, **said) -> Tables:
    code = "2021" if year and year > 2018 else "none"
    return filled(code, published_on=None if day is None else pd.Timestamp(day), year=year, **said)


@pytest.mark.parametrize(
    ("year", "level", "day"),
    [
        (2022, "township", "2023-01-31"),
        (2019, "township", "2020-01-31"),
        (2022, "department", "2023-01-31"),
        (2018, "township", "2019-03-31"),
        (2012, "township", "2013-03-31"),
        (2022, "county", "2023-03-31"),
        (2022, "prefecture", "2023-03-31"),
        (2022, "province", "2023-03-31"),
        (2022, "unknown", "2023-03-31"),
    ],
)
def test_the_last_day_is_in_time_and_the_day_after_is_late(year, level, day):
    after = str((pd.Timestamp(day) + pd.Timedelta(days=1)).date())

    assert late(published(day, year, level=level)).empty
    (finding,) = late(published(after, year, level=level)).to_dict("records")
    assert (finding["severity"], finding["table"]) == ("info", "reports")
    assert (finding["expected"], finding["found"]) == (day, after)
    assert "晚1天" in finding["message"]
    assert "1 days late" in finding["message_en"]


def test_nothing_is_said_without_a_date_or_a_year():
    assert late(published(None)).empty
    assert late(published("2023-06-01", None)).empty


def test_a_page_dated_years_later_is_not_called_late_but_perhaps_put_online_anew():
    (message,) = late(published("2019-05-06", 2012))["message"]

    assert "重新发布" in message
    assert "不宜认定为逾期" in message


@pytest.mark.parametrize(("day", "told"), [("2022-11-30", True), ("2022-01-20", True), ("2022-12-31", False)])
def test_a_date_before_the_reported_year_has_ended_is_doubted_but_for_its_last_month(day, told):
    """2022-01-20 on a report on 2022 is mostly the report on 2021; on the last days of the year some do publish."""
    found = late(published(day))

    assert len(found) == int(told)
    assert all("早于" in message for message in found["message"])


def test_of_several_files_of_one_report_the_first_publication_is_judged():
    """The correction of March, which counts, does not make a report late that was published in January."""
    names = {"province": "新疆维吾尔自治区", "city": "塔城地区"}
    first = published("2023-01-20", report_id="r1", source="1.txt", **names)
    corrected = published("2023-03-20", report_id="r2", source="2更正.txt", **names)
    other = published("2023-04-20", report_id="r3", source="3.txt", township="西山乡", **names)

    assert late(first, corrected).empty
    assert list(late(corrected, other)["report_id"]) == ["r2", "r3"]


@given(
    level=st.sampled_from(["township", "county", "prefecture", "province", "department", "unknown"]),
    year=st.integers(min_value=2008, max_value=2030),
)
def test_the_day_lies_in_the_first_quarter_of_the_next_year_and_ends_a_month(level, year):
    day = due(level, year)

    assert (day.year, day.month) in {(year + 1, 1), (year + 1, 3)}
    assert (day + timedelta(days=1)).day == 1
