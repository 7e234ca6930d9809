"""Which reports of one township there are, year by year, which are not, and what it was called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from govinfo.errors import ConfigError
from govinfo.gazetteer import Division, short_name
from govinfo.questions.coverage import coverage
from govinfo.questions.frames import shaped
from govinfo.questions.publication.expected import known_places
from govinfo.questions.publication.missing_reports import missing_reports
from govinfo.questions.township.one_township import Township
from govinfo.questions.township.township_figures import county_years

LEVELS = ("province", "city", "county", "township")
BY_YEAR = {
    "year": "Int16",
    **dict.fromkeys(("state", "reason", "report_id", "township", "form", "status"), "string"),
    **dict.fromkeys(("cells_found", "cells_expected"), "Int32"),
    **dict.fromkeys(("repaired", "uncertain", "errors", "warnings"), "Int64"),
    "published_on": "datetime64[ns]",
    **dict.fromkeys(("note", "source"), "string"),
}
NAMES = {
    **dict.fromkeys((*LEVELS, "division_code", "nbs_code"), "string"),
    "listed": "boolean",
    **dict.fromkeys(("first", "last"), "Int16"),
    "years": "string",
}


def reports_by_year(township: Township) -> pd.DataFrame:
    """The reports of a township, and the years without one: those asked for, or those that its county's reports span.

    Returns
    -------
    DataFrame, one row per report, and one per year without a report, in the order of years
        year, <NA> for reports that do not tell theirs; `state`: `there`, or as `missing_reports` judges it: `missing`,
        `uncertain` or `not_judged` (each with its reason, `county_unknown` where the lists have no such county), or
        `not_listed`: the list of that year does not have the township; of the report: report_id, township (what it
        was called), form, status, cells_found, cells_expected, repaired, uncertain, errors, warnings, published_on,
        note, source.
    """
    own = coverage(township.tables).assign(state="there")
    years = county_years(township)
    # a year that is asked for is told too where nobody has a report of it
    span = set(township.years) or (set(range(years[0], years[-1] + 1)) if years else set())
    absent = sorted(span - set(own["year"].dropna()))
    rows = pd.DataFrame(list(_absent(township, absent)), columns=["year", "state", "reason"])
    frame = pd.concat([shaped(own, BY_YEAR), shaped(rows, BY_YEAR)]) if len(rows) else own
    return shaped(frame.sort_values(["year", "report_id"], na_position="last", kind="stable"), BY_YEAR)


def names_of(township: Township) -> pd.DataFrame:
    """What the township is and was called, by its reports and by the lists of divisions.

    Returns
    -------
    DataFrame, one row per name, the newest last
        province, city, county, township; division_code, nbs_code; listed (whether the lists of divisions have the
        name), first and last (the years of the first and the last list that have it; <NA>: from the first list on, up
        to the newest); years (of the reports that bear it, with blanks between them).
        Names in the lists that differ only in their kind (东河乡, 东河镇) in the same county, and never stand in one
        list, are taken for former or later ones of the same place.
    """
    newest = township.newest
    if newest is None:
        return shaped(pd.DataFrame(), NAMES)
    rows: dict[tuple[str, ...], dict[str, Any]] = {}
    for one in _like(township, newest):
        path = tuple(part or "" for part in (one.province, one.city, one.county, one.township))
        rows[path] = {
            **dict(zip(LEVELS, path, strict=True)),
            "division_code": one.code,
            "nbs_code": one.nbs_code,
            "listed": True,
            "first": one.first,
            "last": one.last,
        }
    reports = township.ever.reports.sort_values(["year", "report_id"], na_position="first", kind="stable")
    for record in reports.to_dict("records"):
        names = tuple("" if pd.isna(record[level]) else str(record[level]) for level in LEVELS)
        row = rows.setdefault(names, {**dict(zip(LEVELS, names, strict=True)), "listed": False})
        for code in ("division_code", "nbs_code"):
            if not row.get(code) and pd.notna(record[code]):
                row[code] = record[code]
        if pd.notna(record["year"]):
            row.setdefault("seen", []).append(int(record["year"]))
    frame = pd.DataFrame(rows.values())
    frame["years"] = [" ".join(map(str, seen)) if isinstance(seen, list) else pd.NA for seen in _column(frame, "seen")]
    frame["_last"] = [max(seen) if isinstance(seen, list) else 0 for seen in _column(frame, "seen")]
    for level in LEVELS:
        frame[level] = frame[level].replace("", None)
    return shaped(frame.sort_values("_last", kind="stable"), NAMES)


def other_names_reports(township: Township) -> pd.DataFrame:
    """The counted reports of its county under a name that the lists take for a former or later one of the township.

    A change of kind (乡 → 镇) comes with a code of its own, and nothing but the lists tells that they are one place:
    these reports are not joined to those of the township. Rows of `reports`.
    """
    reports, own = township.everything.reports, set(township.ever.reports["township"])
    names = set(names_of(township)["township"]) - own
    newest = township.newest
    if newest is None or not names:
        return reports.iloc[:0]
    same = reports["township"].isin(names) & reports["counted"].fillna(True)
    for level in ("county", "city"):
        same &= (reports[level] == newest[level]).fillna(False) if pd.notna(newest[level]) else reports[level].isna()
    return reports[same].reset_index(drop=True)


def _column(frame: pd.DataFrame, name: str) -> list[Any]:
    return frame[name].tolist() if name in frame.columns else [None] * len(frame)


def _like(township: Township, newest: pd.Series[Any]) -> Iterator[Division]:
    """The divisions of its county that have its code, or its name but for the kind, in the order of their years."""
    county, city, province = (None if pd.isna(newest[name]) else str(newest[name]) for name in LEVELS[2::-1])
    if county is None and city is None:
        return
    places = known_places(township.everything)
    lists = [
        set(places.listed(year, county=county or city or "", city=city, province=province)) for year in places.editions
    ]
    listed = {one for there in lists for one in there if one.county == county}
    name, code = str(newest["township"]), newest["division_code"]
    same = {one for one in listed if one.name == name}
    short = {short_name(one) for one in same}
    # 城关镇 and 城关乡 that stand in one list are two places
    beside = {one for there in lists if there & same for one in there} - same
    for one in sorted(listed, key=lambda one: (one.last or 9999, one.first or 0, one.path)):
        alike = short_name(one) in short and one not in beside
        if one in same or alike or (pd.notna(code) and one.code == code):
            yield one


def _absent(township: Township, years: list[int]) -> Iterator[dict[str, Any]]:
    """What is known of the years without a report."""
    newest = township.newest
    if newest is None or not years:
        return
    place = {name: None if pd.isna(newest[name]) else str(newest[name]) for name in LEVELS[:3]}
    try:
        judged = missing_reports(township.everything, years=years, **place)  # type: ignore[arg-type]
    except ConfigError:
        # the lists do not have the county, or it is not told which of several it is
        yield from ({"year": year, "state": "not_judged", "reason": "county_unknown"} for year in years)
        return
    names, codes = set(township.ever.reports["township"]), set(township.ever.reports["division_code"].dropna())
    own = judged["township"].isna() | judged["township"].isin(names) | judged["division_code"].isin(codes)
    found = judged[own.fillna(False)].drop_duplicates("year").set_index("year")
    for year in years:
        if year in found.index:
            yield {"year": year, "state": found.loc[year, "status"], "reason": found.loc[year, "reason"]}
        else:
            yield {"year": year, "state": "not_listed", "reason": None}
