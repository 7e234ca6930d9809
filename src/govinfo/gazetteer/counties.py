"""The areas above the townships over the years: from the yearly lists, and before them from the changes of names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from govinfo.gazetteer.sources import Area, Listed
from govinfo.gazetteer.words import Words

# reports on open government information begin in 2008; the changes before that are less sure
_EARLIEST = 2008
# the code of a county or a county-level city, which becomes a district as a whole; that of a district does not match
_COUNTY = re.compile(r"^\d\d(?:[23]\d{3}|\d\d[238]\d)$")


@dataclass(slots=True)
class Held:
    """An area and what is known of it while the tables are made; `renamed` is the area that it became by name only."""

    area: Area
    codes: dict[int, str] = field(default_factory=dict)
    civil: str | None = None
    first: int | None = None
    last: int | None = None
    renamed: Area | None = None
    zone: bool = False

    @property
    def level(self) -> str:
        """The code of its level."""
        return "county" if self.area.county else "prefecture" if self.area.city else "province"

    @property
    def code(self) -> str | None:
        """The newest code of the statistical lists, or the one that it had before them."""
        return self.codes[max(self.codes)] if self.codes else None


def areas_of_lists(rows: Iterable[Listed], years: Sequence[int]) -> dict[Area, Held]:
    """Each area of the lists with the years in which it stands; null where the first or the newest list has it.

    Of zones the newest list is the last statistical one: no other has them.
    """
    found: dict[Area, Held] = {}
    for row in rows:
        held = found.setdefault(row.area, Held(row.area, zone=row.zone))
        if row.year is None:
            continue
        if row.civil:
            held.civil = row.code
        held.codes[row.year] = row.code
    for held in found.values():
        held.first = None if min(held.codes) == years[0] else min(held.codes)
        held.last = None if max(held.codes) >= (years[-2] if held.zone else years[-1]) else max(held.codes)
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """An area that got another name, place or code in a year, or was abolished (`new` None), or made (`old` None)."""

    year: int
    old: Area | None
    new: Area | None
    code: str | None


def changes_before(events: Iterable[Mapping[str, Any]], first_list: int, words: Words) -> list[Change]:
    """The changes from 2008 up to the first list that say both places and codes, the latest first."""
    provinces: dict[str, str] = {}
    for event in events:
        for side in ("old", "new"):
            path, code = event.get(f"{side}_path"), (event[side] or {}).get("code")
            if path and code and len(path) > 1:
                provinces.setdefault(code[:2], path[0])
    known = [
        (event, _area(event, "old", words), _area(event, "new", words))
        for event in events
        if _EARLIEST <= event["year"] <= first_list
    ]
    kinds = words.cleaning
    made = {(event["year"], new) for event, _, new in known if event["type"] in kinds["made"]}
    pairs = {(event["year"], old, new) for event, old, new in known if old and new}
    sharing = Counter((year, new) for year, _, new in pairs)
    changes = set()
    for event, old, new in known:
        year, code = event["year"], (event["old"].get("code") or "")[:6] or None
        alone = new is not None and sharing[year, new] == 1
        if event["type"] in kinds["changes"]:
            alone = alone and old != new
        elif event["type"] in kinds["abolished"]:
            alone = alone and (year, new) in made and code is not None and _COUNTY.match(code) is not None
        elif event["type"] not in kinds["made"]:
            continue
        if old and new and alone:
            changes.add(Change(year, old, new, code))
        elif old and old != new:
            changes.add(Change(year, old, None, code))
    whole = {(change.year, change.new) for change in changes}
    for event, old, new in known:
        if (
            new
            and event["type"] in kinds["made"] + kinds["changes"]
            and old != new
            and (event["year"], new) not in whole
        ):
            changes.add(Change(event["year"], None, new, None))
    return sorted(changes, key=lambda one: (-one.year, one.new is None or one.new.county is None, str(one)))


def _area(event: Mapping[str, Any], side: str, words: Words) -> Area | None:
    """The area of one side of an event; None where it is not said in full."""
    code, path = event[side].get("code"), event.get(f"{side}_path")
    if not code or not path or event["level"] not in (2, 3):
        return None
    municipality = words.cleaning["municipalities"].get(code[:2])
    path = [name for name in path if not re.search(words.cleaning["no_city"], name)]
    if municipality:
        return Area(municipality, None, path[-1])
    if event["level"] == 2:
        return Area(path[0], path[1]) if len(path) == 2 else None
    if len(path) == 3:
        return Area(*path)
    return Area(path[0], None, path[1]) if len(path) == 2 and code[2] == "9" else None


def add_former(areas: dict[Area, Held], changes: Sequence[Change]) -> list[Change]:
    """Add to `areas` what they were before the first list, going back year by year; gives changes that fit nothing."""
    standing = {area: held for area, held in areas.items() if held.first is None and not held.zone}
    odd = []
    for change in changes:
        if not _undo(change, areas, standing):
            odd.append(change)
    return odd


def _undo(change: Change, areas: dict[Area, Held], standing: dict[Area, Held]) -> bool:
    """Go back behind one change; False where it does not fit what stood after it."""
    if change.new is None:
        if change.old is None or change.old in standing or change.old in areas:
            return False
        _former(change.old, change, areas, standing)
        return True
    held = standing.get(change.new)
    if held is None:
        known = areas.get(change.new)
        if known is not None and known.first is not None and change.year < known.first and change.old is None:
            known.first = change.year
            return True
        return False
    if change.old is None:
        held.first = change.year
        del standing[change.new]
        return True
    if change.old in areas:
        return False
    held.first = change.year
    del standing[change.new]
    _former(change.old, change, areas, standing).renamed = change.new
    if change.new.county is None and change.new.city is not None:
        _below(change, areas, standing)
    return True


def _former(area: Area, change: Change, areas: dict[Area, Held], standing: dict[Area, Held]) -> Held:
    held = Held(area, {0: change.code} if change.code else {}, last=change.year - 1)
    areas[area] = standing[area] = held
    return held


def _below(change: Change, areas: dict[Area, Held], standing: dict[Area, Held]) -> None:
    """The counties of a prefecture that got another name were those of the former one."""
    if change.old is None or change.new is None:
        return
    for area in [area for area in standing if area.county and (area.province, area.city) == _city(change.new)]:
        old = replace(area, city=change.old.city)
        if old in areas:
            continue
        held = standing.pop(area)
        held.first = change.year
        code = held.code if held.code and change.code and held.code[:4] == change.code[:4] else None
        _former(old, Change(change.year, old, area, code), areas, standing).renamed = area


def _city(area: Area) -> tuple[str, str | None]:
    return area.province, area.city
