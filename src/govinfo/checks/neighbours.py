"""The report of the year before, of the same township."""

from __future__ import annotations

import pandas as pd

from govinfo.checks.same_place import place_keys
from govinfo.tables import Tables


def township_reports(tables: Tables) -> pd.DataFrame:
    """The counted reports of townships whose place is told: report_id, place (what tells it), year (int).

    Reports without a year, and those of which two still stand for one place and year, are left out.
    """
    reports = tables.reports
    keep = (reports["level"] == "township").fillna(False) & reports["counted"].fillna(True) & reports["year"].notna()
    own = reports[keep]
    found = own[["report_id"]].assign(place=place_keys(own, per=()), year=own["year"].astype("int64"))
    found = found[found["place"].notna()]
    return found[~found.duplicated(["place", "year"], keep=False)].reset_index(drop=True)


def year_pairs(tables: Tables) -> pd.DataFrame:
    """Pairs of reports of one township on two years running: report_id of the later one, before of the earlier."""
    own = township_reports(tables)
    before = own.rename(columns={"report_id": "before"}).assign(year=own["year"] + 1)
    return own.merge(before, on=["place", "year"])[["report_id", "before"]]
