"""Who has published, county by county: of all counties of which there is a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pandas as pd

from govinfo.errors import ConfigError
from govinfo.questions.areas import LEVELS, township_reports_by_area
from govinfo.questions.frames import shaped
from govinfo.questions.publication.missing_reports import BY_YEAR, MISSING, missing_reports, published_by_year
from govinfo.questions.study import Study
from govinfo.tables import Tables

PUBLISHED = {"area": "string", **BY_YEAR}
UNPUBLISHED = {"area": "string", **MISSING}
# the county of the reports is in no list of counties
UNKNOWN_COUNTY = "unknown_county"


def published_places(study: Study) -> pd.DataFrame:
    """How many townships of each county that was asked for have published, by year.

    A county is judged as a whole, whatever townships were asked for, in the years asked for; none given: from its first
    report to the newest of all reports.

    Returns
    -------
    DataFrame, one row per county and year: area (see `area_names`), and the columns of `published_by_year`; `reason` is
        `unknown_county` too, where the county is in no list.
    """
    return _of_all(study, published_by_year, PUBLISHED)


def unpublished_places(study: Study) -> pd.DataFrame:
    """The townships of these counties without a report: area, and the columns of `missing_reports`."""
    return _of_all(study, missing_reports, UNPUBLISHED)


def _of_all(study: Study, question: Callable[..., pd.DataFrame], columns: dict[str, str]) -> pd.DataFrame:
    frames = [pd.DataFrame(columns=list(columns)).astype(columns)]
    for area, place, years in _areas(study):
        try:
            frame = question(study.everything, **place, years=years)
        except ConfigError:
            row = {"status": "not_judged", "judged": False, "reason": UNKNOWN_COUNTY}
            frame = pd.DataFrame([{**place, "year": year, **row} for year in years])
        frames.append(shaped(frame.assign(area=area), columns))
    return pd.concat(frames, ignore_index=True)


def _areas(study: Study) -> Iterator[tuple[str, dict[str, str | None], Sequence[int]]]:
    """The counties asked for: their name, the names that tell them, and the years to judge."""
    asked, whole = township_reports_by_area(study.tables), _first_years(study.everything)
    newest = study.everything.reports["year"].max()
    for row in asked.drop_duplicates(["area", *LEVELS]).to_dict("records"):
        place = {level: None if pd.isna(row[level]) else str(row[level]) for level in LEVELS}
        first = whole[tuple(place.values())]
        yield str(row["area"]), place, study.years or range(first, int(newest) + 1)


def _first_years(tables: Tables) -> dict[tuple[str | None, ...], int]:
    reports = township_reports_by_area(tables)
    names = reports[LEVELS].astype(object).where(reports[LEVELS].notna(), None)
    first: dict[tuple[str | None, ...], int] = {}
    for place, year in zip(names.itertuples(index=False, name=None), reports["year"], strict=True):
        first[place] = min(first.get(place, year), year)
    return first
