"""Which county a report belongs to, in one word that tells it from the others."""

from __future__ import annotations

import pandas as pd

from govinfo.checks.same_place import place_keys
from govinfo.tables import Tables

LEVELS = ["province", "city", "county"]


def area_names(reports: pd.DataFrame) -> pd.Series[str]:
    """The county of each row, or its city where that has no counties; null where neither is told.

    Where two counties of one name are among the rows, the names above them go before it.
    """
    own = reports["county"].astype("string").fillna(reports["city"].astype("string"))
    paths = pd.DataFrame({"path": _path(reports), "name": own}).drop_duplicates().dropna(subset=["name"])
    twice = set(paths.loc[paths["name"].duplicated(keep=False), "name"])
    return own.mask(own.isin(twice), _path(reports)).astype("string")


def township_reports_by_area(tables: Tables) -> pd.DataFrame:
    """The counted reports of townships whose county, name and year are told, in the order of places and years.

    Returns
    -------
    DataFrame, one row per report
        report_id, area (see `area_names`), province, city, county, township, year (int), form, source.
    """
    reports = tables.reports
    own = reports[(reports["level"] == "township").fillna(False) & reports["counted"].fillna(True)]
    own = own.assign(area=area_names(own)).dropna(subset=["area", "township", "year"])
    own = own.sort_values([*LEVELS, "township", "year", "report_id"], na_position="last", kind="stable")
    own = own.assign(year=own["year"].astype("int64"))
    return own[["report_id", "area", *LEVELS, "township", "year", "form", "source"]].reset_index(drop=True)


def of_townships(reports: pd.DataFrame) -> pd.Series[bool]:
    """Which of these reports are of a township or street office that is named."""
    return ((reports["level"] == "township").fillna(False) & reports["township"].notna()).astype(bool)


def count_townships(reports: pd.DataFrame) -> int:
    """How many townships these reports are of: one counts once, whatever it was called in a year.

    Where nothing tells which of its name it is, each name counts once, with what is known of where it lies.
    """
    own = reports[of_townships(reports)]
    keys = place_keys(own, per=())
    return int(keys.nunique()) + len(own.loc[keys.isna(), [*LEVELS, "township"]].drop_duplicates())


def reports_by_year(reports: pd.DataFrame) -> dict[tuple[str, int], int]:
    """How many of these reports (see `township_reports_by_area`) there are of each area and year."""
    counts = reports.groupby(["area", "year"]).size().reset_index(name="n")
    return {
        (str(area), int(year)): int(n)
        for area, year, n in zip(counts["area"], counts["year"], counts["n"], strict=True)
    }


def left_out(tables: Tables) -> int:
    """How many counted reports of townships, or of bodies of an unknown level, have no county, township or year."""
    reports = tables.reports
    own = reports[reports["level"].isin(["township", "unknown"]).fillna(False) & reports["counted"].fillna(True)]
    return len(own) - int(own["report_id"].isin(township_reports_by_area(tables)["report_id"]).sum())


def _path(reports: pd.DataFrame) -> pd.Series[str]:
    parts = [reports[level].astype("string").fillna("") for level in LEVELS]
    return parts[0] + parts[1] + parts[2]
