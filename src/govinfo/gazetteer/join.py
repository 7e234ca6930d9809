"""One township in several lists is one: by its name, another spelling of it, or what a zone or an office is called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from govinfo.gazetteer.sources import Area, Listed
from govinfo.gazetteer.words import Words, without_peoples
from govinfo.text import simplify


@dataclass(slots=True)
class Township:
    """A township of one name in one area while the tables are made: in which lists it stands, with which codes."""

    area: Area
    name: str
    years: set[int] = field(default_factory=set)
    codes: dict[int, str] = field(default_factory=dict)
    code: str | None = None
    aliases: set[str] = field(default_factory=set)
    # a list names it as abolished
    former: bool = False


# characters of a name that say something by themselves
_LEAST = 2
# how alike two spellings of one name are at least
_ALIKE = 0.5

Held = dict[Area, dict[str, Township]]


def townships_of_lists(rows: Sequence[Listed], areas: Sequence[Listed], words: Words, counts: Counter[str]) -> Held:
    """The townships of each area, with those that are the same one under several names made one."""
    held: Held = {}
    years = words.editions
    for row in _without_zones(rows, {(row.area, row.year) for row in areas}, counts):
        one = held.setdefault(row.area, {}).setdefault(row.township or "", Township(row.area, row.township or ""))
        if row.year is not None:
            one.years.add(row.year)
            one.codes.setdefault(row.year, row.code)
        one.former |= row.year is None
        if row.civil:
            one.code = row.code
    for own in held.values():
        _same_spelling(own, words, counts)
        _area_offices(own, words, counts)
        _two_styles(own, years, words, counts)
        _same_code(own, years, words, counts)
        _with_prefix(own, words, counts)
    return held


def _without_zones(
    rows: Iterable[Listed], standing: set[tuple[Area, int | None]], counts: Counter[str]
) -> Iterable[Listed]:
    """The rows with each township of a zone in the county that another list has it in, where that is only one.

    `standing` holds each area with the years of its lists.
    """
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
        free = [area for area, own in known.items() if row.year not in own and (area, row.year) in standing]
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
    kept.codes = other.codes | kept.codes
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
    """Make one what differs by traditional characters only, and what `spelled` names."""
    spelled = words.cleaning["spelled"]
    by_key: dict[str, Township] = {}
    for one in list(own.values()):
        key = simplify(spelled.get(one.name, one.name) if spelled.get(one.name) in own else one.name)
        other = by_key.get(key)
        if other is None:
            by_key[key] = one
        elif one.years.isdisjoint(other.years):
            kept, gone = _better(other, one)
            _merge(own, kept, gone)
            by_key[key] = kept
            counts["spelled otherwise"] += 1


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
            and (other.name == core or _core(other.name, words)[0] == core)
        ]
        if len(same) == 1:
            _merge(own, same[0], one)
            counts["an area office made one with its town"] += 1


def _core(name: str, words: Words) -> tuple[str, str]:
    """The name without what the lists write in different ways, and its kind."""
    kind = next((kind for kind in words.kinds if name.endswith(kind)), "")
    for pattern, instead in words.cleaning["styles"]:
        name = re.sub(pattern, instead, name)
    return without_peoples(name.removesuffix(kind), autonomous=True), kind


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
    """Make one what two lists that follow each other have under one code, as one kind, and spelled alike.

    What was given a name of another kind, or a wholly new one, is another division from then on; `renamed` names those
    whose new name is only like the old one.
    """
    for before, after in pairwise(years):
        olds = {one.codes[before]: one for one in own.values() if before in one.years and after not in one.years}
        for new in [one for one in own.values() if one.years and min(one.years) == after]:
            old = olds.get(new.codes[after])
            if old is None or not old.years.isdisjoint(new.years):
                continue
            if words.cleaning["renamed"].get(old.name) == new.name:
                continue
            (core, kind), (old_core, old_kind) = _core(new.name, words), _core(old.name, words)
            if kind == old_kind and SequenceMatcher(None, core, old_core).ratio() >= _ALIKE:
                kept, gone = _better(new, old)
                _merge(own, kept, gone)
                del olds[new.codes[after]]
                counts["same code, spelled otherwise"] += 1


def _with_prefix(own: dict[str, Township], words: Words, counts: Counter[str]) -> None:
    """Make one what the statistical lists write with a zone or a place before it (大亚湾澳头街道)."""
    for old in [one for one in own.values() if one.code is None]:
        same = [
            new
            for new in own.values()
            if new.code is not None
            and len(old.name) - len(new.name) >= _LEAST
            and old.name.endswith(new.name)
            and len(_core(new.name, words)[0]) >= _LEAST
            and old.years.isdisjoint(new.years)
        ]
        if len(same) == 1:
            _merge(own, same[0], old)
            counts["a place's name before its own"] += 1
