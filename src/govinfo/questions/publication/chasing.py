"""Whom to chase: the townships without a report, in every county that the tables hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from govinfo.errors import ConfigError
from govinfo.questions.areas import LEVELS, area_names, township_reports_by_area
from govinfo.questions.frames import shaped
from govinfo.questions.publication.missing_reports import BY_YEAR, MISSING, missing_reports, published_by_year
from govinfo.tables import Tables

# why a county cannot be judged at all: no list names it, or several have its name
UNKNOWN_COUNTY = "unknown_county"
TO_CHASE = {"area": "string", **MISSING}
PUBLISHED = {"area": "string", **BY_YEAR}


def to_chase(tables: Tables, among: Tables | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Who has not published, and how many have, for each county of which the tables hold a township's report.

    Judged are the years from the county's first report to the newest of all reports.

    Parameters
    ----------
    among : all tables, where `tables` are those of some places: a report that does not tell its county is in none of
        these, and may still be one of those that are missing.

    Returns
    -------
    (DataFrame, DataFrame)
        the rows of `missing_reports` and of `published_by_year`, with the area (see `area_names`); counties in order,
        newest year first. Years of a county that no list of townships names, or of whose name there are several, are
        `not_judged`, with the reason `unknown_county`.
    """
    reports = township_reports_by_area(tables)
    newest = int(reports["year"].max()) if len(reports) else 0
    absent: list[pd.DataFrame] = []
    counts: list[pd.DataFrame] = []
    for path, own in reports.groupby(LEVELS, dropna=False, sort=False):
        years = range(int(own["year"].min()), newest + 1)
        for found, kept in zip(_judged(among or tables, path, years), (absent, counts), strict=True):
            kept.append(found)
    return _joined(absent, TO_CHASE), _joined(counts, PUBLISHED)


def _judged(tables: Tables, path: Any, years: range) -> tuple[pd.DataFrame, pd.DataFrame]:
    where: dict[str, Any] = {
        level: None if pd.isna(name) else str(name) for level, name in zip(LEVELS, path, strict=True)
    }
    try:
        return missing_reports(tables, years=years, **where), published_by_year(tables, years=years, **where)
    except ConfigError:
        rows = pd.DataFrame({"year": list(years), "reason": UNKNOWN_COUNTY, **where})
        return rows.assign(status="not_judged"), rows.assign(judged=False)


def _joined(parts: list[pd.DataFrame], dtypes: dict[str, str]) -> pd.DataFrame:
    frames = list(_newest_first(parts))
    if not frames:
        return shaped(pd.DataFrame(columns=list(dtypes)), dtypes)
    frame = pd.concat(frames, ignore_index=True)
    # reports that tell more and less of the names above one county are of one county
    frame = frame.drop_duplicates([name for name in (*LEVELS, "year", "township") if name in frame])
    return shaped(frame.assign(area=area_names(frame)), dtypes)


def _newest_first(parts: list[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    for part in parts:
        if len(part):
            yield part.sort_values("year", ascending=False, kind="stable")
