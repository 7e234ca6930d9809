"""Which townships a county had in a year: those whose reports are expected, and the list that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

import pandas as pd

from govinfo.errors import ConfigError
from govinfo.gazetteer import Division, Gazetteer, gazetteer, stood
from govinfo.tables import Tables

_NEAR, _CUTOFF = 8, 0.5


@dataclass(frozen=True, slots=True)
class Expected:
    """The townships of one county in one year.

    `edition` is the year of the list; `certain` are those that the lists leave no doubt of, `doubtful` those that are
    only in the list before a year without one, or only in the list after it. `reason` says why there are none:
    `before_lists`, `not_listed` (no county of that name in the list, or none of its townships), else null.
    """

    county: Division
    year: int
    edition: int | None
    certain: tuple[Division, ...] = ()
    doubtful: tuple[Division, ...] = ()
    reason: str | None = None


def known_places(tables: Tables) -> Gazetteer:
    """The gazetteer with the project's own places."""
    rows = tables.places.astype(object).where(tables.places.notna(), None)
    return gazetteer().extended(tuple(_own(row) for row in rows.to_dict("records")))


def expected_reports(
    places: Gazetteer, years: Iterable[int], county: str | None, city: str | None, province: str | None
) -> Iterator[Expected]:
    """The townships of a county, or of a city without counties, in each of the years.

    Raises
    ------
    ConfigError
        There is no such county (near names are given), several have that name, or a city with counties was named.
    """
    areas = _areas(places, county, city, province)
    for year in years:
        there = _one(area for area in areas if _spans(area, places.edition(year) or year))
        yield _expected(places, there or areas[-1], year, listed=there is not None)


def _own(row: Mapping[Any, Any]) -> Division:
    levels = {"province": "province", "city": "prefecture", "county": "county", "township": "township"}
    names = {column: None if row[column] is None else str(row[column]) for column in levels}
    column = next(column for column in reversed(levels) if names[column] is not None)
    first, last = (None if row[end] is None else int(str(row[end])) for end in ("first", "last"))
    code = None if row["division_code"] is None else str(row["division_code"])
    return Division(
        level=levels[column],
        name=str(names[column]),
        province=names["province"] or "",
        city=names["city"],
        county=names["county"],
        township=names["township"],
        code=code,
        first=first,
        last=last,
    )


def _areas(places: Gazetteer, county: str | None, city: str | None, province: str | None) -> tuple[Division, ...]:
    """What bears the name that was asked for, in all years, the newest last."""
    name = county or city
    if name is None:
        raise _error("no name", "a county, or a city without counties", "name it")
    levels = ("county", "prefecture") if county == name else ("prefecture",)
    found = [one for one in places.named(name) if one.level in levels]
    # a county of the project's own that only its townships name
    for one in (one for own in places.added.values() for one in own):
        if one.level == "township" and (one.county or one.city) == name:
            above = "county" if one.county else "prefecture"
            found.append(replace(one, level=above, name=name, township=None, code=None, first=None, last=None))
    fitting = [one for one in found if city in (None, one.city, one.name) and province in (None, one.province)]
    if not fitting:
        raise _unknown(places, name, found)
    whole = [one for one in fitting if one.level == "prefecture"]
    if len(whole) == len(fitting) and not any(
        _townships(places, one, year) for one in whole for year in places.editions
    ):
        raise _error(
            f"{name}, a city with counties",
            " or ".join(_counties(places, name)) or "a county",
            "name one of its counties",
        )
    return tuple(sorted(dict.fromkeys(fitting), key=lambda one: (one.last or 9999, one.first or 0, one.path)))


def _one(areas: Iterable[Division]) -> Division | None:
    """The county that is meant, None where there was none in that year."""
    there = {one.path: one for one in areas}
    if len(there) > 1:
        paths = ", ".join(" ".join(path) for path in there)
        raise _error(f"{next(iter(there.values())).name}, which are {len(there)}: {paths}", "one", "name its city too")
    return next(iter(there.values()), None)


def _expected(places: Gazetteer, area: Division, year: int, *, listed: bool) -> Expected:
    edition = places.edition(year)
    if edition is None:
        return Expected(area, year, None, reason="before_lists")
    townships = _townships(places, area, year) if listed else ()
    if not townships:
        return Expected(area, year, edition, reason="not_listed")
    certain = tuple(one for one in townships if stood(one, year))
    return Expected(area, year, edition, certain, tuple(one for one in townships if not stood(one, year)))


def _townships(places: Gazetteer, area: Division, year: int) -> tuple[Division, ...]:
    listed = places.listed(year, county=area.name, city=area.city, province=area.province)
    return tuple(one for one in listed if (one.city, one.county) == (area.city, area.county))


def _spans(one: Division, year: int) -> bool:
    return (one.first is None or one.first <= year) and (one.last is None or one.last >= year)


def _counties(places: Gazetteer, city: str) -> list[str]:
    """The counties of a city in the newest list."""
    ends = (one for name in places.area_names for one in places.named(name))
    return sorted({one.name for one in ends if one.level == "county" and one.city == city and one.last is None})


def _unknown(places: Gazetteer, name: str, elsewhere: Iterable[Division]) -> ConfigError:
    other = [" ".join(one.path) for one in elsewhere]
    if other:
        return _error(f"no {name} there", " or ".join(other), "correct the city or province")
    known = sorted(
        {*places.area_names, *(one.county or one.city or "" for own in places.added.values() for one in own)}
    )
    near = [each for each in known if each.startswith(name)] + get_close_matches(name, known, _NEAR, _CUTOFF)
    expected = " or ".join(list(dict.fromkeys(near))[:_NEAR]) or "the full name of a county, district or city"
    return _error(f"no county {name}", expected, "correct the name, or add its townships to places.csv")


def _error(found: str, expected: str, to_do: str) -> ConfigError:
    return ConfigError("county", found, expected, to_do)


def published_years(tables: Tables) -> int | None:
    """The newest year that any report is on, None where there are no reports."""
    newest = tables.reports["year"].max()
    return None if pd.isna(newest) else int(newest)
