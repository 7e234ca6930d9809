"""Who has not published: the townships of a county that a list names and no report stands for, by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from govinfo.checks.publication import due
from govinfo.definitions.figure_keys import MOST_CANDIDATES
from govinfo.errors import ConfigError
from govinfo.gazetteer import Division, Gazetteer, short_name
from govinfo.questions.frames import shaped
from govinfo.questions.publication.expected import Expected, expected_reports, known_places, published_years
from govinfo.tables import Tables

_PLACE = {"province": "string", "city": "string", "county": "string", "year": "Int16"}
MISSING: Mapping[str, str] = {
    **_PLACE,
    "township": "string",
    "division_code": "string",
    "status": "string",
    "reason": "string",
    "edition": "Int16",
    "due": "datetime64[ns]",
    "listed": "Int64",
    "published": "Int64",
    "unplaced": "Int64",
}
BY_YEAR: Mapping[str, str] = {
    **_PLACE,
    "edition": "Int16",
    "judged": "boolean",
    "reason": "string",
    "due": "datetime64[ns]",
    **dict.fromkeys(("listed", "published", "missing", "uncertain", "not_due", "unplaced"), "Int64"),
}
# Files of these kinds are no report that could be one of the missing.
_NO_LOSS = ("duplicate_file", "not_a_report")
_Record = Mapping[str, Any]
_FIRST_YEAR, _LAST_YEAR = 1949, 9000


@dataclass(frozen=True, slots=True)
class _Judged:
    """One year: what was expected, and of each township what became of it (status and reason)."""

    expected: Expected
    reason: str | None
    townships: tuple[tuple[Division, str, str | None], ...]
    unplaced: int

    @property
    def counts(self) -> Counter[str]:
        """How many townships have each status."""
        return Counter(status for _, status, _ in self.townships)


def missing_reports(
    tables: Tables,
    *,
    county: str | None = None,
    years: Sequence[int] | int,
    city: str | None = None,
    province: str | None = None,
    today: date | None = None,
) -> pd.DataFrame:
    """The townships of a county without a report, by year, judged by the list of townships of that year.

    Parameters
    ----------
    county : full name of a county, district or county-level city; None with a `city` that has none (东莞市).
    years : the years reported on.
    city, province : tell counties of one name apart.
    today : reports whose day of publication is still to come on it are `not_due`, not missing.

    Returns
    -------
    DataFrame, one row per township without a report, and one (township null) per year that cannot be judged
        province, city, county, year, township, division_code;
        status: `missing`; `uncertain`, with a reason: `between_lists` (in a year without a list, only the list before
        it or only the one after it names the township), `place_unknown` or `year_unknown` (a report of a township of
        that name lacks its county or its year), `renamed` (there is one of a township of nearly that name that is not
        in the list); `not_due`; `not_judged`, with a reason: `before_lists`, `not_listed` (the list has no townships of
        that county), `year_ahead` (neither a list nor any report is on that year or a later one);
        edition, the year of the list; due, the last day for publishing; listed and published, how many townships that
        year has and how many of them have published; unplaced, how many reports without a place or a year, and files
        that could not be read, may be among the missing.
        A year of which all have published has no row; `published_by_year` has one for each.

    Raises
    ------
    ConfigError
        No county of that name (the message gives near ones), several of it, or no such year.

    Source: Regulations on Open Government Information (2019), art. 49; the lists that `govinfo.gazetteer` packages.
    """
    rows = []
    for judged in _judge(tables, county, years, city, province, today):
        head = _head(judged)
        if judged.reason is not None:
            rows.append({**head, "status": "not_judged", "reason": judged.reason})
        for one, status, reason in judged.townships:
            if status != "published":
                named = {"township": one.township, "division_code": one.code}
                rows.append({**head, **named, "status": status, "reason": reason})
    return shaped(pd.DataFrame(rows, columns=list(MISSING)), MISSING)


def published_by_year(
    tables: Tables,
    *,
    county: str | None = None,
    years: Sequence[int] | int,
    city: str | None = None,
    province: str | None = None,
    today: date | None = None,
) -> pd.DataFrame:
    """How many townships of a county have published, by year.

    Parameters and errors are those of `missing_reports`.

    Returns
    -------
    DataFrame, one row per year
        province, city, county, year, edition, judged, reason (why not), due; listed = published + missing + not_due
        + those `uncertain` that the lists leave no doubt of; uncertain; unplaced. Counts are null where not judged.
    """
    rows = []
    for judged in _judge(tables, county, years, city, province, today):
        counts = judged.counts
        known = judged.reason is None
        by_status = {status: counts[status] if known else None for status in ("missing", "uncertain", "not_due")}
        rows.append({**_head(judged), "judged": known, "reason": judged.reason, **by_status})
    return shaped(pd.DataFrame(rows, columns=list(BY_YEAR)), BY_YEAR)


def _head(judged: _Judged) -> dict[str, Any]:
    area, known = judged.expected.county, judged.reason is None
    doubted = sum(reason == "between_lists" for _, _, reason in judged.townships)
    return {
        "province": area.province,
        "city": area.city,
        "county": area.county,
        "year": judged.expected.year,
        "edition": judged.expected.edition,
        "due": pd.Timestamp(due("township", judged.expected.year)),
        "listed": len(judged.townships) - doubted if known else None,
        "published": judged.counts["published"] if known else None,
        "unplaced": judged.unplaced,
    }


def _judge(
    tables: Tables,
    county: str | None,
    years: Sequence[int] | int,
    city: str | None,
    province: str | None,
    today: date | None,
) -> Iterator[_Judged]:
    places, newest, reports = known_places(tables), published_years(tables), _records(tables)
    unread = int((~tables.rejects["reason"].isin(_NO_LOSS)).sum())
    for expected in expected_reports(places, _years(years), county, city, province):
        reason = expected.reason
        if reason is None and expected.year > max(newest or 0, places.editions[-1]) and today is None:
            reason = "year_ahead"
        ahead = today is not None and today <= due("township", expected.year)
        yield _judged_year(reports, places, expected, reason, ahead, unread)


def _years(years: Sequence[int] | int) -> list[int]:
    given = [years] if isinstance(years, int) else list(years)
    wanted = sorted({int(year) for year in given if str(year).isdigit()})
    if not wanted or len(wanted) < len(set(given)) or not _FIRST_YEAR <= wanted[0] <= wanted[-1] <= _LAST_YEAR:
        raise ConfigError("years", repr(years), "years as 2022", "correct the parameter years")
    return wanted


def _judged_year(
    reports: Sequence[_Record], places: Gazetteer, expected: Expected, reason: str | None, ahead: bool, unread: int
) -> _Judged:
    here = [each for each in reports if _is_of(each, expected.county)]
    of_year = [each for each in here if each["year"] == expected.year]
    known = (*expected.certain, *expected.doubtful)
    open_place = [each for each in reports if _may_be_of(each, expected, known)]
    unplaced = len(open_place) + sum(each["year"] is None for each in here) + unread
    if reason is not None:
        return _Judged(expected, reason, (), unplaced)
    published = _stand_for(places, of_year, known)
    by_doubt = {
        "place_unknown": _stand_for(places, [each for each in open_place if each["township"]], known),
        "year_unknown": _stand_for(places, [each for each in here if each["year"] is None], known),
        "renamed": _nearly(places, of_year, known),
    }
    townships = []
    for one in known:
        doubt = next((name for name, fits in by_doubt.items() if one in fits), None)
        if one in expected.doubtful:
            doubt = "between_lists"
        status = "published" if one in published else "not_due" if ahead else "uncertain" if doubt else "missing"
        townships.append((one, status, doubt if status in ("uncertain", "not_due") else None))
    return _Judged(expected, None, tuple(townships), unplaced)


def _records(tables: Tables) -> list[_Record]:
    """What tells the place and year of each report of a township, or of a body whose level is not known."""
    columns = ["report_id", "province", "city", "county", "township", "division_code", "nbs_code", "year"]
    reports = tables.reports[tables.reports["level"].isin(["township", "unknown"])][columns]
    records = reports.astype(object).where(reports.notna(), None).to_dict("records")
    candidates = _candidates(tables)
    told: list[_Record] = []
    for each in records:
        names, codes = candidates.get(each["report_id"], (set(), None))
        township = each["township"] or (next(iter(names)) if len(names) == 1 else None)
        told.append({str(key): value for key, value in each.items()} | {"township": township, "codes": codes})
    return told


def _candidates(tables: Tables) -> Mapping[str, tuple[set[str], set[str] | None]]:
    """The names of the townships that a report may be of, and their codes; None where these are not all."""
    rows = tables.identity.query("aspect == 'place' and role == 'candidate' and division_code.notna()")
    return {
        str(report_id): (
            {str(path).rpartition("/")[2] for path in own["value"].dropna()},
            set(own["division_code"]) if len(own) < MOST_CANDIDATES else None,
        )
        for report_id, own in rows.groupby("report_id")
    }


def _is_of(report: _Record, area: Division) -> bool:
    """Whether the report is of a township of that county, or of that city without counties."""
    if report["township"] is None or report["county"] != area.county:
        return False
    if area.county is None and report["city"] != area.city:
        return False
    return report["city"] in (None, area.city, area.province) and report["province"] in (None, area.province)


def _may_be_of(report: _Record, expected: Expected, known: Sequence[Division]) -> bool:
    """Whether a report that does not tell its county, or its township, may be of that year and of one of these."""
    area = expected.county
    told = report["township"] is not None and (report["county"] is not None or _is_of(report, area))
    if told or report["division_code"] is not None or report["year"] not in (None, expected.year):
        return False
    if report["county"] not in (None, area.county) or report["province"] not in (None, area.province):
        return False
    if report["city"] not in (None, area.city, area.province):
        return False
    if report["codes"] is not None and not report["codes"] & {one.code or one.nbs_code for one in known}:
        return False
    return report["township"] is None or report["township"] in {one.township for one in known}


def _stand_for(places: Gazetteer, reports: Iterable[_Record], known: Sequence[Division]) -> set[Division]:
    """The townships that one of the reports is of, by name or another spelling of it, else by code.

    A name that is in the list decides alone: the civil-affairs code of one township is often the statistical code of
    its neighbour, and a code can pass to another township when one is gone.
    """
    there, found = set(known), set[Division]()
    for name, code, nbs_code in {(each["township"], each["division_code"], each["nbs_code"]) for each in reports}:
        named = {one for one in known if one.township == name} or there.intersection(places.named(name or ""))
        found |= named or {one for one in known if _share_a_code(one, code, nbs_code)}
    return found


def _share_a_code(one: Division, code: str | None, nbs_code: str | None) -> bool:
    """Whether a township has the civil-affairs code of another, or its statistical one, which may be the same."""
    statistical = nbs_code or code
    return (code is not None and one.code == code) or (
        statistical is not None and (one.nbs_code or one.code) == statistical
    )


def _nearly(places: Gazetteer, reports: Iterable[_Record], known: Sequence[Division]) -> set[Division]:
    """The townships whose names differ only in their kind (乡, 镇, 街道) from that of a report that is of none."""
    strange = (each["township"] for each in reports if not _stand_for(places, [each], known))
    short = {short_name(replace(known[0], name=name, township=name)) for name in strange}
    return {one for one in known if short_name(one) in short}
