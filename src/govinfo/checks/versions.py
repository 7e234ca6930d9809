"""Several reports of one place and year: which of them counts, and how the others differ from it.

The rule, in this order:

1. A report with less than half of the figures of the fullest one does not count: a text whose tables stand in another
   file, a notice that prints only the lines that it corrects.
2. Reports in which no cell has two figures are one version. Of several versions one that says that it corrects goes
   before one that says nothing, and that before one that says that it was replaced or is a draft.
3. Else the version that was published later counts; a version is as old as the first publication of it. Where one of
   them has no date this tells nothing.
4. Else, and among the reports of one version, the one from which most figures were read, then most of them where they
   stand, then most sections; at last the first by path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from govinfo.checks.contents import figure_rows, near, report_texts
from govinfo.checks.same_place import same_reports
from govinfo.definitions.versions import version_said
from govinfo.tables import Tables

_CELL = ["table", "line", "column"]
_SURE = ("read", "aligned")
# What a report says of itself, the better first.
_SAID = ("corrected", None, "replaced")


@dataclass(frozen=True, slots=True)
class Member:
    """One of several reports of a place and year, and what tells which of them counts."""

    report_id: str
    source: str
    says: str | None
    published: date | None
    figures: int
    sure: int
    sections: int
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell in which two reports give different figures."""

    table: str
    line: str
    column: str
    own: float
    other: float
    locator: str | None


@dataclass(frozen=True, slots=True)
class SetAside:
    """A report that does not count, the one that counts instead, and how they compare.

    `shared` is the number of cells of which both give a figure. `texts_differ` is told only of two reports without
    figures. `own_day` and `other_day` are when their versions were first published. `reason` says why the other one
    counts: `same`, `same_text` (neither has figures), `no_figures` (this one has none), `parts` (their figures share
    no cell), `few` (this one says that it corrects, or is later, but has too few figures), `corrected`, `replaced`,
    `later`, or `conflict` where nothing tells which one is right.
    """

    own: Member
    other: Member
    reason: str
    shared: int
    differences: tuple[Difference, ...]
    texts_differ: bool
    own_day: date | None
    other_day: date | None


@dataclass(frozen=True, slots=True)
class _Cells:
    """The figures of the reports of one group; `split` are those of the cells that have more than one figure."""

    keys: Mapping[str, frozenset[Any]]
    split: Mapping[str, Mapping[tuple[str, str, str], tuple[float, str | None]]]


def set_aside_reports(tables: Tables) -> tuple[SetAside, ...]:
    """The reports that another one of their place and year stands for, in the order of sources."""
    groups = same_reports(tables)
    if groups.empty:
        return ()
    cells = figure_rows(tables, groups.index)
    members = _members(tables, groups.index, cells)
    cells["group"] = cells["report_id"].map(groups.to_dict())
    split = cells.groupby(["group", *_CELL])["value"].transform("nunique") > 1
    by_group: dict[str, list[Member]] = {}
    for report_id, group in groups.items():
        by_group.setdefault(group, []).append(members[str(report_id)])
    found = _Cells(_keys_of(cells), _split_of(cells[split]))
    return tuple(aside for own in by_group.values() for aside in _judged(own, found))


def _members(tables: Tables, ids: Iterable[str], cells: pd.DataFrame) -> Mapping[str, Member]:
    wanted = list(ids)
    reports = tables.reports[tables.reports["report_id"].isin(wanted)]
    figures = cells.groupby("report_id").size().to_dict()
    sure = cells[cells["status"].isin(_SURE)].groupby("report_id").size().to_dict()
    narrative = tables.narrative[tables.narrative["report_id"].isin(wanted)]
    sections = narrative.groupby("report_id")["role"].nunique().to_dict()
    texts = report_texts(tables, [each for each in wanted if each not in figures])
    return {
        record["report_id"]: Member(
            report_id=record["report_id"],
            source=str(record["source"]),
            says=version_said(
                *(None if pd.isna(record[name]) else record[name] for name in ("title", "source", "note"))
            ),
            published=None if pd.isna(record["published_on"]) else record["published_on"].date(),
            figures=figures.get(record["report_id"], 0),
            sure=sure.get(record["report_id"], 0),
            sections=sections.get(record["report_id"], 0),
            text=texts.get(record["report_id"], ""),
        )
        for record in reports.to_dict("records")
    }


def _keys_of(cells: pd.DataFrame) -> Mapping[str, frozenset[Any]]:
    """Which cells each report gives a figure for."""
    numbers = pd.factorize(cells["table"] + "\x1f" + cells["line"] + "\x1f" + cells["column"])[0]
    return {str(each): frozenset(own) for each, own in pd.Series(numbers, cells.index).groupby(cells["report_id"])}


def _split_of(cells: pd.DataFrame) -> Mapping[str, Mapping[tuple[str, str, str], tuple[float, str | None]]]:
    found: dict[str, dict[tuple[str, str, str], tuple[float, str | None]]] = {}
    for record in cells.to_dict("records"):
        locator = None if pd.isna(record["locator"]) else record["locator"]
        key = (record["table"], record["line"], record["column"])
        found.setdefault(record["report_id"], {})[key] = (record["value"], locator)
    return found


def _judged(group: Sequence[Member], cells: _Cells) -> Iterator[SetAside]:
    """Each report of one place and year but the one that counts."""
    versions = _versions(group, cells)
    chosen = _chosen(versions)
    for own in group:
        if own is not chosen:
            yield _compared(own, chosen, versions, cells)


def _versions(group: Sequence[Member], cells: _Cells) -> list[list[Member]]:
    """The reports by version, the fullest first in each; one that fits several goes to the first."""
    versions: list[list[Member]] = []
    for own in sorted(group, key=_fullness):
        fitting = (each for each in versions if not _differs_from(own, each, cells))
        version = next(fitting, None)
        if version is None:
            versions.append([own])
        else:
            version.append(own)
    return versions


def _fullness(own: Member) -> tuple[Any, ...]:
    return (-own.figures, -own.sure, -own.sections, own.source, own.report_id)


def _differs_from(own: Member, version: Sequence[Member], cells: _Cells) -> bool:
    if own.figures or version[0].figures:
        return any(True for other in version for _ in _differences(own, other, cells))
    return not near(own.text, version[0].text)


def _differences(own: Member, other: Member, cells: _Cells) -> Iterator[Difference]:
    theirs = cells.split.get(other.report_id, {})
    for key, (value, locator) in cells.split.get(own.report_id, {}).items():
        if key in theirs and theirs[key][0] != value:
            yield Difference(*key, value, theirs[key][0], locator)


def _chosen(versions: Sequence[Sequence[Member]]) -> Member:
    full = _full(versions)
    dated = all(_first_day(each) is not None for each in full)

    def order(version: Sequence[Member]) -> tuple[Any, ...]:
        day = _first_day(version) if dated else None
        return (_says(version), -day.toordinal() if day else 0, *_fullness(version[0]))

    best = min(full, key=order)
    return min(best, key=lambda own: (own.figures * 2 < best[0].figures, _SAID.index(own.says), *_fullness(own)))


def _full(versions: Sequence[Sequence[Member]]) -> list[Sequence[Member]]:
    """The versions with at least half of the figures of the fullest one."""
    most = max(version[0].figures for version in versions)
    return [version for version in versions if version[0].figures * 2 >= most]


def _says(version: Sequence[Member]) -> int:
    """Where the version stands by what its reports say of themselves: one that corrects makes it a correction."""
    said = {own.says for own in version}
    return next(rank for rank, each in enumerate(_SAID) if each in said)


def _first_day(version: Sequence[Member]) -> date | None:
    return min((own.published for own in version if own.published is not None), default=None)


def _compared(own: Member, chosen: Member, versions: Sequence[Sequence[Member]], cells: _Cells) -> SetAside:
    differences = tuple(_differences(own, chosen, cells))
    shared = len(cells.keys.get(own.report_id, frozenset()) & cells.keys.get(chosen.report_id, frozenset()))
    texts_differ = not own.figures and not chosen.figures and not near(own.text, chosen.text)
    mine, theirs = (next(version for version in versions if each in version) for each in (own, chosen))
    if differences or texts_differ:
        reason = _why(mine, theirs, _full(versions))
    elif own.figures and chosen.figures:
        reason = "same" if shared else "parts"
    else:
        reason = "no_figures" if chosen.figures else "same_text"
    return SetAside(own, chosen, reason, shared, differences, texts_differ, _first_day(mine), _first_day(theirs))


def _why(mine: Sequence[Member], theirs: Sequence[Member], full: Sequence[Sequence[Member]]) -> str:
    """Why the version that counts goes before one that differs from it."""
    said, other_said = _says(mine), _says(theirs)
    day, other_day = _first_day(mine), _first_day(theirs)
    if mine not in full and (said, not _later(day, other_day)) < (other_said, True):
        return "few"
    if said != other_said:
        return "replaced" if _SAID[said] == "replaced" else "corrected"
    dated = mine not in full or all(_first_day(version) is not None for version in full)
    return "later" if dated and _later(other_day, day) else "conflict"


def _later(day: date | None, other: date | None) -> bool:
    return day is not None and other is not None and day > other
