"""The year that a comparison is of."""

from __future__ import annotations

from govinfo.questions.areas import township_reports_by_area
from govinfo.tables import Tables


def years_of(tables: Tables) -> list[int]:
    """The years of which there is a counted report of a township whose county and name are told, in order."""
    return sorted({int(year) for year in township_reports_by_area(tables)["year"]})


def chosen_year(tables: Tables, year: int = 0) -> int | None:
    """`year`, or where it is 0 the newest year of which there is a report; None where there is none."""
    there = years_of(tables)
    return year or (there[-1] if there else None)


def of_year(tables: Tables, year: int | None) -> Tables:
    """The tables cut to the reports of that year; None: to none."""
    return tables.select(years=[-1 if year is None else year])
