"""Which reports are of one place and year.

A report that is wrongly taken for another's copy is lost to every answer, so a place must be told: by its code, or by
its names down to the county. A township whose county is not known is the same as another only by what it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from govinfo.checks.contents import Figures, agree, report_figures, report_texts
from govinfo.tables import Tables

# The names that a place of each level has. A county's and a city's names stand in more than one province.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "township": ("province", "city", "county", "township"),
    "county": ("province", "city", "county"),
    "prefecture": ("province", "city"),
    "province": ("province",),
}
# What must be known for the names alone to tell a place.
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "township": ("county", "township"),
    "county": ("province", "county"),
    "prefecture": ("province", "city"),
    "province": ("province",),
}
_ABOVE = ("province", "city", "county", "division_code")
# A shorter text, and fewer different figures above 0, may be the same in two places of one name by chance.
_LEAST_TEXT = 200
_LEAST_FIGURES = 3
_JOINT = "\x1f"


@dataclass
class _Same:
    """Reports found to be of one place and year so far, what they know of the place, and what they say."""

    members: list[str] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)
    said: set[object] = field(default_factory=set)
    figures: list[Figures] = field(default_factory=list)


def same_reports(tables: Tables) -> pd.Series[str]:
    """The reports that share place and year with another one.

    Returns
    -------
    Series, `report_id` → the `report_id` that its group is called by
        in the order of sources; reports that stand alone are left out.
        Townships are the same by division code, or by names where the county is known; where it is not, only if no
        name contradicts and text or figures are the same. Governments above them are the same by names and issuing
        body. Departments and reports without a year have no double.
    """
    reports = tables.reports.sort_values(["source", "report_id"], kind="stable")
    keys = place_keys(reports)
    groups: dict[str, str] = {}
    told = keys[keys.duplicated(keep=False) & keys.notna()]
    first = told.groupby(told).transform(lambda ids: ids.index[0]) if len(told) else told
    ids = reports["report_id"]
    groups.update(zip(ids[told.index], ids[first], strict=True))
    for same in _by_content(tables, reports, keys):
        # a group that its names tell keeps its name
        name = next((groups[member] for member in same if member in groups), same[0])
        groups.update(dict.fromkeys(same, name))
    order = [report_id for report_id in ids if report_id in groups]
    return pd.Series([groups[each] for each in order], index=order, dtype="str")


def place_keys(reports: pd.DataFrame, per: tuple[str, ...] = ("year",)) -> pd.Series[str]:
    """What tells a report's place, and its year or what else `per` names; null where nothing does.

    The series is on the index of `reports`. Two reports with one key are of one place.
    """
    keys = pd.Series(pd.NA, index=reports.index, dtype="string")
    for level, names in _NAMES.items():
        rows = reports[(reports["level"] == level).fillna(False) & reports[list(per)].notna().all(axis=1)]
        if rows.empty:
            continue
        columns = names if level == "township" else (*names, "issuer")
        named = _joined(rows, (*columns, *per), level)
        named = named.where(rows[list(_NEEDED[level])].notna().all(axis=1))
        if level == "township":
            named = _by_code(rows, named, per)
        keys.loc[rows.index] = named
    return keys


def _by_code(rows: pd.DataFrame, named: pd.Series[str], per: tuple[str, ...]) -> pd.Series[str]:
    """The code of each township in the place of its names, where it has one or others of its names have only one."""
    per_name = rows["division_code"].groupby(named)
    several = per_name.transform("nunique") > 1
    code = rows["division_code"].fillna(per_name.transform("first").mask(several))
    told = named.mask(several)
    return told.mask(code.notna(), _joined(rows.assign(division_code=code), ("division_code", *per), "township"))


def _joined(rows: pd.DataFrame, columns: Iterable[str], first: str) -> pd.Series[str]:
    joined = pd.Series(first, index=rows.index, dtype="string")
    for column in columns:
        joined = joined + _JOINT + rows[column].astype("string").fillna("")
    return joined


def _by_content(tables: Tables, reports: pd.DataFrame, keys: pd.Series[str]) -> Iterator[list[str]]:
    """Groups of townships of one name and year, at least one of them without a known county, that say the same."""
    open_rows = reports[
        (reports["level"] == "township").fillna(False) & reports[["township", "year"]].notna().all(axis=1)
    ]
    untold = keys[open_rows.index].isna()
    alike = ["township", "year"]
    beside = untold.groupby([open_rows[column] for column in alike]).transform("any")
    rows = open_rows[beside & open_rows.duplicated(alike, keep=False)]
    if rows.empty:
        return
    ids = rows["report_id"].tolist()
    texts, figures = report_texts(tables, ids), report_figures(tables, ids)
    said = {report_id: _said(texts.get(report_id, ""), figures.get(report_id, {})) for report_id in ids}
    asked = _candidates(tables, ids)
    buckets: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for record in _records(rows.assign(key=keys[rows.index]), ("report_id", "key", *alike, *_ABOVE)):
        buckets.setdefault(tuple(record[column] for column in alike), []).append(record)
    for bucket in buckets.values():
        for same in _joined_by_content(bucket, said, figures, asked):
            if len(same.members) > 1:
                yield same.members


def _records(rows: pd.DataFrame, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The rows with these columns; null is None."""
    values = [rows[column].astype(object).where(rows[column].notna(), None).tolist() for column in columns]
    for row in zip(*values, strict=True):
        yield dict(zip(columns, row, strict=True))


def _joined_by_content(
    bucket: Sequence[Mapping[str, Any]],
    said: Mapping[str, frozenset[object]],
    figures: Mapping[str, Figures],
    asked: Mapping[str, frozenset[str]],
) -> list[_Same]:
    """The bucket's reports: those that their key tells together, the others where exactly one group says the same."""
    found: dict[str, _Same] = {}
    # those of whom more is known come first, so that the order of names does not matter
    known = {record["report_id"]: sum(record[column] is not None for column in _ABOVE) for record in bucket}
    for record in sorted(bucket, key=lambda each: (each["key"] is None, -known[each["report_id"]])):
        report_id = record["report_id"]
        own = figures.get(report_id, {})
        if record["key"] is not None:
            same = found.setdefault(record["key"], _Same())
        else:
            fitting = [
                each
                for each in found.values()
                if said[report_id] & each.said
                and _may_be(record, each, asked.get(report_id, frozenset()))
                and all(agree(own, other) for other in each.figures)
            ]
            same = fitting[0] if len(fitting) == 1 else found.setdefault(f"{_JOINT}{report_id}", _Same())
        same.members.append(report_id)
        same.said.update(said[report_id])
        if own not in same.figures:
            same.figures.append(own)
        same.known.update({column: record[column] for column in _ABOVE if record[column] is not None})
    return list(found.values())


def _may_be(record: Mapping[str, Any], same: _Same, asked: frozenset[str]) -> bool:
    """Whether nothing that is known of the place speaks against it."""
    code = same.known.get("division_code")
    if asked and code is not None and code not in asked:
        return False
    return all(record[column] is None or same.known.get(column, record[column]) == record[column] for column in _ABOVE)


def _said(text: str, figures: Figures) -> frozenset[object]:
    """What can be the same in two reports only if they are one: the whole text, all figures."""
    said: list[object] = [text] if len(text) >= _LEAST_TEXT else []
    if len({value for value in figures.values() if value != 0}) >= _LEAST_FIGURES:
        said.append(frozenset(figures.items()))
    return frozenset(said)


def _candidates(tables: Tables, ids: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """The division codes between which a report leaves the choice, for those that name any."""
    rows = tables.identity
    rows = rows[rows["report_id"].isin(list(ids)) & (rows["role"] == "candidate").fillna(False)]
    rows = rows[(rows["aspect"] == "place").fillna(False) & rows["division_code"].notna()]
    return {str(report_id): frozenset(codes) for report_id, codes in rows.groupby("report_id")["division_code"]}
