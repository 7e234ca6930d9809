"""One township in several lists is one: by its name, another spelling of it, or what a zone or an office is called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from govinfo.gazetteer.sources import Area, Listed
from govinfo.gazetteer.words import Words, without_peoples
from govinfo.text import simplify


@dataclass(slots=True)
class Township:
    """A township of one name in one area while the tables are made: in which lists it stands, with which codes."""

    area: Area
    name: str
    years: set[int] = field(default_factory=set)
    code: str | None = None
    nbs_code: str | None = None
    aliases: set[str] = field(default_factory=set)
    # a list names it as abolished
    former: bool = False


Held = dict[Area, dict[str, Township]]


def townships_of_lists(rows: Sequence[Listed], years: Sequence[int], words: Words, counts: Counter[str]) -> Held:
    """The townships of each area, with those that are the same one under several names made one."""
    held: Held = {}
    for row in _without_zones(rows, counts):
        one = held.setdefault(row.area, {}).setdefault(row.township or "", Township(row.area, row.township or ""))
        if row.year is not None:
            one.years.add(row.year)
        one.former |= row.year is None
        if row.civil:
            one.code = row.code
        elif one.nbs_code is None or row.year == max(one.years):
            one.nbs_code = row.code
    for own in held.values():
        _same_spelling(own, words, counts)
        _area_offices(own, words, counts)
        _two_styles(own, years, words, counts)
        _same_code(own, years, words, counts)
    return held


def _without_zones(rows: Iterable[Listed], counts: Counter[str]) -> Iterable[Listed]:
    """The rows with each township of a zone in the county that another list has it in, where that is only one."""
    rows = list(rows)
    places: dict[tuple[str, str | None, str | None], dict[Area, set[int | None]]] = {}
    for row in rows:
        if not row.zone:
            key = (row.area.province, row.area.city, row.township)
            places.setdefault(key, {}).setdefault(row.area, set()).add(row.year)
    for row in rows:
        if not row.zone:
            yield row
            continue
        known = places.get((row.area.province, row.area.city, row.township), {})
        free = [area for area, years in known.items() if row.year not in years]
        counts["in a zone"] += 1
        if len(free) == 1:
            counts["in a zone, given to its county"] += 1
            yield Listed(row.year, free[0], row.code, row.township)
        else:
            yield row


def _merge(own: dict[str, Township], kept: Township, other: Township) -> None:
    """Make two names of one township one."""
    kept.years |= other.years
    kept.aliases |= {other.name, *other.aliases} - {kept.name}
    kept.code = kept.code or other.code
    kept.nbs_code = kept.nbs_code or other.nbs_code
    del own[other.name]


def _better(one: Township, other: Township) -> tuple[Township, Township]:
    """The two with the one first whose name counts: the civil-affairs one, else the newer."""
    return (
        (one, other)
        if (one.code is not None, max(one.years, default=0))
        >= (
            other.code is not None,
            max(other.years, default=0),
        )
        else (other, one)
    )


def _same_spelling(own: dict[str, Township], words: Words, counts: Counter[str]) -> None:
    """Make one what differs by variant characters only."""
    table = str.maketrans(words.cleaning["variants"])
    by_key: dict[str, Township] = {}
    for one in list(own.values()):
        key = simplify(one.name).translate(table)
        other = by_key.get(key)
        if other is None:
            by_key[key] = one
        elif one.years.isdisjoint(other.years):
            kept, gone = _better(other, one)
            _merge(own, kept, gone)
            by_key[key] = kept
            counts["same but for variant characters"] += 1


def _area_offices(own: dict[str, Township], words: Words, counts: Counter[str]) -> None:
    """Make X地区 one with the town or township X of the same county, where there is one."""
    kind = words.cleaning["other_kinds"][0]
    for one in [one for one in own.values() if one.name.endswith(kind) and one.code is None]:
        core = one.name.removesuffix(kind)
        same = [
            other
            for other in own.values()
            if other.code
            and one.years.isdisjoint(other.years)
            and _core(other.name, words) in {(core, end) for end in words.kinds}
        ]
        if len(same) == 1:
            _merge(own, same[0], one)
            counts["an area office made one with its town"] += 1


def _core(name: str, words: Words) -> tuple[str, str]:
    """The name without what the lists write in different ways, and its kind."""
    kind = next((kind for kind in words.kinds if name.endswith(kind)), "")
    plain = re.sub(words.cleaning["street_word"], "", name).removesuffix(kind)
    return without_peoples(plain), kind


def _two_styles(own: dict[str, Township], years: Sequence[int], words: Words, counts: Counter[str]) -> None:
    """Make one what two lists of different style write differently: the first list, and the civil-affairs one.

    Only where no list has both, and a name ends with the list in which the other's style ends.
    """
    for before, after in ((years[0], years[1]), (years[-2], years[-1])):
        olds = [one for one in own.values() if one.years and max(one.years) == before]
        news = [one for one in own.values() if one.years and min(one.years) == after]
        for old in olds:
            same = [new for new in news if new.name in own and _core(new.name, words) == _core(old.name, words)]
            others = [one for one in olds if one.name in own and _core(one.name, words) == _core(old.name, words)]
            if len(same) == 1 and len(others) == 1:
                _merge(own, *_better(same[0], old))
                counts[f"same but for style, {before} and {after}"] += 1


def _same_code(own: dict[str, Township], years: Sequence[int], words: Words, counts: Counter[str]) -> None:
    """Make one what the civil-affairs list and the last statistical one have under one code, as one kind, and alike.

    Alike is a character in common: what was given a wholly new name is another one from then on.
    """
    olds = {one.nbs_code: one for one in own.values() if one.years and max(one.years) == years[-2]}
    for new in [one for one in own.values() if one.years and min(one.years) == years[-1]]:
        old = olds.get(new.code)
        if old is None or new.nbs_code is not None:
            continue
        (core, kind), (old_core, old_kind) = _core(new.name, words), _core(old.name, words)
        if kind == old_kind and set(core) & set(old_core):
            _merge(own, new, old)
            counts["same code, spelled otherwise"] += 1
