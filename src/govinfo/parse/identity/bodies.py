"""A body's name as printed (河南省洛阳市伊川县吕店镇人民政府) → its level and the divisions that it may be of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from govinfo.definitions.patterns import Patterns, patterns
from govinfo.gazetteer import Division, Gazetteer, short_name, spoken_names
from govinfo.text import simplify

_LONGEST_NAME = 18
_SHORTEST_NAME = 2
_SHORTEST_ZONE = 3
_LONGEST_ZONE = 10
# the levels of places from the smallest up, as `reports` has columns for them
ABOVE = ("county", "city", "province")


@dataclass(frozen=True, slots=True)
class Body:
    """A body that a text names.

    `level` is the contract's; `name` the place as printed, without what stands before and behind it; `divisions` all
    that it may be of, none where the gazetteer has no such place; `before` what is printed before the name;
    `printed` the places above it that are printed, by level, `told` whether a county or city is among them that the
    divisions are known to belong to. `government` is true for the place's own government, false for its offices.
    """

    level: str
    name: str
    divisions: tuple[Division, ...]
    before: str = ""
    told: bool = False
    government: bool = True


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a name: where the place stands, what it may be, how it goes on."""

    start: int
    stop: int
    divisions: tuple[Division, ...]
    rest: str


def read_body(text: str, known: Gazetteer) -> Body | None:
    """The body that `text` names as a whole, None where it names none.

    Parameters
    ----------
    text : simplified, without spaces: a place with what is above it, and what its body is called.
    known : the divisions that there are.

    Of all ways to read it that explain every character the one with the longest name counts: 西乡塘街道 is no 西乡,
    湖镇镇 no 镇. A name that the gazetteer lacks is read by its ending, and has no divisions.
    """
    rules = patterns("identity")
    other = rules.one["no_government"].match(text)
    if other is not None and (found := read_body(text[other.end() :], known)) is not None:
        # 共青团伊川县委员会, 国家税务总局伊川县税务局
        return replace(found, level="department", government=False)
    text = rules.one["twice"].sub(r"\1", rules.one["before_body"].sub("", text))
    inner = rules.one["inner_body"].fullmatch(text)
    if inner is not None:
        return _with_brackets(inner.group(1), inner.group(2), inner.group(3), known)
    readings = list(_readings(text, known, rules)) or list(_readings(simplify(text), known, rules))
    if not readings:
        return _unknown(text, rules)
    # the body's kind says more than the length of the name: 镇赉县 is no 镇赉, 城关镇中心 no government
    best = max(readings, key=lambda reading: (reading.stop, reading.stop - reading.start))
    chosen = [reading for reading in readings if (reading.start, reading.stop) == (best.start, best.stop)]
    divisions = tuple(dict.fromkeys(division for reading in chosen for division in reading.divisions))
    return _body(text, best, divisions, rules)


def _with_brackets(outside: str, inside: str, rest: str, known: Gazetteer) -> Body | None:
    """A body with another name in brackets: 开发区(白洋街道), 吕店镇(伊川县)."""
    ways = (read_body(text + rest, known) for text in (inside + outside, inside, outside))
    found = [body for body in ways if body is not None]
    return next((body for body in found if body.level == "township" and body.divisions), next(iter(found), None))


def _readings(text: str, known: Gazetteer, rules: Patterns) -> Iterator[_Reading]:
    for stop in range(_SHORTEST_NAME, len(text) + 1):
        rest = text[stop:]
        kind = _kind(rest, rules)
        if kind is None:
            continue
        for start in range(max(0, stop - _LONGEST_NAME), stop - _SHORTEST_NAME + 1):
            for name in _spellings(text[start:stop], rest, rules):
                found = tuple(
                    division
                    for division in known.named(name)
                    if is_explained(text[:start], division, known)
                    and (kind != "department" or division.level != "township" or _is_of_town(start, rest, rules))
                )
                if found:
                    yield _Reading(start, stop, found, rest)


def _is_of_town(start: int, rest: str, rules: Patterns) -> bool:
    """Whether a department is one of a township: 乌镇国际旅游区 is none of a 乌镇, 古县乡村振兴局 none of a 古县乡."""
    return start > 0 and rules.one["town_office"].match(rest) is not None


def _spellings(name: str, rest: str, rules: Patterns) -> Iterator[str]:
    """The name, and what it is in full where its kind is left to the body: 城关办事处, 东丽湖街, 乌镇 for 乌镇镇."""
    yield name
    if name.endswith(rules.words["town"][0]):
        yield name + rules.words["town"][0]
    if rest.startswith(rules.words["street_office"][0]):
        yield name + rules.words["street"][0]
    if name.endswith(rules.words["street"][0][0]):
        yield name + rules.words["street"][0][1:]


def _kind(rest: str, rules: Patterns) -> str | None:
    """What follows a place's name: `government`, `office` (of the government), `department`; None: no body's name."""
    for kind in ("government", "office", "department"):
        if rules.one[f"{kind}_rest"].fullmatch(rest):
            return kind
    return None


def _body(text: str, reading: _Reading, divisions: tuple[Division, ...], rules: Patterns) -> Body:
    kind = _kind(reading.rest, rules)
    deepest = divisions[0].level
    own = kind == "government" or (kind == "office" and deepest == "township")
    level = deepest if own else "department"
    before = text[: reading.start]
    return Body(level, text[reading.start : reading.stop], divisions, before, bool(before), own)


def _unknown(text: str, rules: Patterns) -> Body | None:
    """A body whose place the gazetteer does not have, by how its name ends."""
    match = rules.one["printed_body"].fullmatch(text)
    if match is None:
        # what it is can be told also where its name is not to be believed
        if rules.one["township_body"].search(text) and not rules.one["empty_names"].search(text):
            return Body("township", "", ())
        return Body("department", "", ()) if rules.one["department_rest"].fullmatch(text) and text else None
    above, name, rest = match.group("above") or "", match.group("name"), match.group("rest") or ""
    kind = _kind(rest, rules)
    if kind is None:
        return None
    level = "township" if rules.one["township_name"].search(name) else _level_of(name, rules)
    if rules.one["empty_names"].search(name):
        # 我镇, XX镇: no name, but what it is
        return Body(level, "", ())
    own = kind == "government" or (kind == "office" and level == "township")
    return Body(level if own else "department", name, (), above, bool(above), own)


def _level_of(name: str, rules: Patterns) -> str:
    for level in ("province", "county"):
        if any(name.endswith(suffix) for suffix in rules.words[f"{level}_suffixes"]):
            return level
    return "unknown"


def is_explained(before: str, division: Division, known: Gazetteer) -> bool:
    """Whether what is printed before a division's name is nothing but places above it, in order, some left out."""
    return not before or _above(before, above_names(division), known)


def _above(before: str, levels: Sequence[tuple[str, ...]], known: Gazetteer) -> bool:
    before = patterns("identity").one["government_end"].sub("", before)
    if not before:
        return True
    for number, names in enumerate(levels):
        if any(before.endswith(name) and _above(before[: -len(name)], levels[number + 1 :], known) for name in names):
            return True
    return any(_above(before[: -len(zone)], levels[1:], known) for zone in _zones(before, known))


def _zones(before: str, known: Gazetteer) -> Iterator[str]:
    """The names at the end of `before` of zones (经济开发区), which are no divisions and stand between two levels."""
    if patterns("identity").one["zone"].search(before):
        for length in range(_SHORTEST_ZONE, min(len(before), _LONGEST_ZONE) + 1):
            if not known.named(before[-length:]):
                yield before[-length:]


@lru_cache(maxsize=8192)
def above_names(division: Division) -> tuple[tuple[str, ...], ...]:
    """What a division's places above may be called, from the nearest up; a level that it has none of is left out."""
    return tuple(
        names for level in ABOVE if level != OWN_COLUMN.get(division.level) and (names := level_names(division, level))
    )


@lru_cache(maxsize=8192)
def full_names(division: Division, column: str) -> tuple[str, ...]:
    """The name of the county, city or province of a division, and how else it is written; () where it has none.

    In simplified text 乾县 is 干县, and everyday writing says 元江县 for 元江哈尼族彝族傣族自治县.
    """
    name: str | None = getattr(division, column)
    return () if name is None else tuple(dict.fromkeys((name, simplify(name), *spoken_names(name, _LEVEL[column]))))


@lru_cache(maxsize=8192)
def level_names(division: Division, column: str) -> tuple[str, ...]:
    """All names of the county, city or province of a division, the short one last; () where it has none."""
    full = full_names(division, column)
    return full and tuple(dict.fromkeys((*full, short_name(replace(division, level=_LEVEL[column], name=full[0])))))


_LEVEL = {"county": "county", "city": "prefecture", "province": "province"}
# the column that a division's own name stands in, by its level
OWN_COLUMN = {"township": "township"} | {level: column for column, level in _LEVEL.items()}
