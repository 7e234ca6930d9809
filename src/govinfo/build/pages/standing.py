"""What pages say of the reports that they rest on: how new they are, which years, which places."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from govinfo.charts.names import year_spans
from govinfo.definitions.wording import say
from govinfo.errors import TablesError
from govinfo.questions.areas import count_townships
from govinfo.questions.coverage import newest_date
from govinfo.questions.seats import COLUMNS, PLACES
from govinfo.tables import pick_reports, read_table


def asked_reports(reports: pd.DataFrame, parameters: Mapping[str, Any]) -> pd.DataFrame:
    """The reports that the lists of places and years among a page's parameters ask for, as far as they count."""
    places = {COLUMNS[knob]: parameters.get(knob) or () for knob in PLACES}
    return pick_reports(reports, places, parameters.get("years") or ())


def page_date(processed: Path, parameters: Mapping[str, Any]) -> str:
    """How new the reports of a page are, in words; "" where the folder has no tables."""
    try:
        reports = read_table(processed, "reports")
    except TablesError:
        return ""
    return dated(asked_reports(reports, parameters))


def dated(reports: pd.DataFrame) -> str:
    """How new these reports are, in words: the last day on which one came out or was fetched, else the last year."""
    newest, years = newest_date(reports), reports["year"].dropna()
    if newest is not None:
        return say("pages", "newest", date=newest.isoformat())
    return say("pages", "newest_none") if years.empty else say("pages", "newest_unknown", year=int(years.max()))


def span(reports: pd.DataFrame) -> str:
    """The years of these reports in words."""
    years = reports["year"].dropna()
    return say("pages", "no_year") if years.empty else say("pages", "years", years=year_spans(years))


def places(reports: pd.DataFrame) -> int:
    """How many townships these reports are of."""
    return count_townships(reports)
