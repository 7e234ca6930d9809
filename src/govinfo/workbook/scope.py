"""Which places and which year a workbook is for."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from govinfo.questions.asked import check_asked
from govinfo.questions.seats import seats
from govinfo.tables import Tables


@dataclass(frozen=True, slots=True)
class Scope:
    """The places of a workbook (None: all that the tables have) and the year whose forms it shows (None: the newest).

    The year cuts nothing: the other sheets compare all years.
    """

    year: int | None = None
    county: str | None = None
    city: str | None = None
    province: str | None = None


def within(tables: Tables, scope: Scope) -> Tables:
    """The tables of the scope's places, reports that are set aside among them.

    Raises
    ------
    ConfigError
        No report is of that place or year; the message says what may have been meant.
    """
    counties, cities, provinces = (
        () if place is None else (place,) for place in (scope.county, scope.city, scope.province)
    )
    years = () if scope.year is None else (scope.year,)
    asked = {"counties": counties, "cities": cities, "provinces": provinces, "years": years}
    check_asked(asked, seats(tables.reports), some=True)
    if not (counties or cities or provinces):
        return tables
    return tables.select(counties=counties, cities=cities, provinces=provinces, counted_only=False)


def undecided(tables: Tables, scope: Scope) -> tuple[str, ...]:
    """The files of reports that may be of the scope's places, but do not tell their county, city or province.

    They are in none of the scope's tables; reports of bodies above the townships are left out.
    """
    reports = tables.reports
    asked = {name: getattr(scope, name) for name in ("county", "city", "province")}
    fits, told = (pd.Series(True, index=reports.index) for _ in range(2))
    for level, place in asked.items():
        if place is not None:
            fits &= reports[level].isna() | (reports[level] == place).fillna(False)
            told &= reports[level].notna()
    own = reports["level"].isin(["township", "unknown"]) & fits & ~told
    return tuple(str(source) for source in reports.loc[own, "source"].sort_values())


def year_shown(tables: Tables, scope: Scope) -> int | None:
    """The year whose forms are shown: the scope's, or the newest with a report that counts; None where none tells it.

    The newest is that of a township: a county's own report often comes before them, and there is nothing to add up.
    """
    if scope.year is not None:
        return scope.year
    counted = tables.reports[tables.reports["counted"].fillna(True)]
    years = [own["year"].dropna() for own in (counted[(counted["level"] == "township").fillna(False)], counted)]
    return next((int(own.max()) for own in years if len(own)), None)
