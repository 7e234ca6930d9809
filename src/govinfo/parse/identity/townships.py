"""Townships that running text names, and what it says of itself (我镇, 全县)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from govinfo.definitions.patterns import Patterns, patterns
from govinfo.gazetteer import Division, Gazetteer
from govinfo.parse.identity.bodies import above_names, is_explained

_LONGEST = 12
_SHORTEST = 2
_FAR = 10
_FAR_BEFORE = 40
_PLAIN, _BODY, _ACTS = 1, 2, 3


@dataclass(frozen=True, slots=True)
class NamedTownship:
    """A township named in a line: what it may be, whether a place above it is printed right before it, and how much
    the line says that it is the issuer: as who acts, as a body, or at all."""

    name: str
    divisions: tuple[Division, ...]
    told: bool
    weight: int


def named_townships(line: str, known: Gazetteer) -> Iterator[NamedTownship]:
    """The townships that a line of simplified text without spaces names.

    A name counts from a boundary on: behind another character it may be the end of a longer one (大清溪镇). Where the
    text speaks of others (赴…学习, 借鉴…经验) it names no issuer.
    """
    rules = patterns("identity")
    for match in rules.one["township_end"].finditer(line):
        stop = match.end()
        for start in range(max(0, stop - _LONGEST), stop - _SHORTEST + 1):
            found = tuple(item for item in known.named(line[start:stop]) if item.level == "township")
            if not found:
                continue
            found_here = _township(line, start, stop, found, known, rules)
            if found_here is not None:
                yield found_here
            break
        else:
            yield from _unknown(line, stop, rules)


def _township(
    line: str, start: int, stop: int, found: tuple[Division, ...], known: Gazetteer, rules: Patterns
) -> NamedTownship | None:
    before = line[max(0, start - _FAR_BEFORE) : start]
    told = tuple(division for division in found if _follows_its_own(before, division, known))
    if not told and not rules.one["boundary"].search(before):
        return None
    ahead = [before, *(before.removesuffix(name) for one in told for names in above_names(one) for name in names)]
    if any(rules.one["ask"].search(text) for text in ahead) and rules.one["asked"].match(line[stop:]):
        return NamedTownship(line[start:stop], told or found, bool(told), _ACTS)
    if any(rules.one["elsewhere"].search(text) for text in ahead) or rules.one["others"].match(line[stop:]):
        return None
    weight = _PLAIN
    if rules.one["address"].search(before):
        weight = _ACTS
    elif any(rules.one["subject"].search(text) for text in ahead):
        # neither 与吕店镇人民政府签订 nor 向吕店镇人民政府提出
        weight = _weight(line[stop:], rules)
    return NamedTownship(line[start:stop], told or found, bool(told), weight)


def _weight(after: str, rules: Patterns) -> int:
    body = rules.one["body_words"].match(after)
    if rules.one["acts"].match(after[body.end() :] if body else after):
        return _ACTS
    return _BODY if body else _PLAIN


def _follows_its_own(before: str, division: Division, known: Gazetteer) -> bool:
    """Whether the county or city of a township stands right before it."""
    for names in above_names(division)[:2]:
        for name in names:
            # 伊川吕店镇, but not 和平和平镇: a short name alone may be any word
            if before.endswith(name) and is_explained(name, division, known):
                return True
    return False


def _unknown(line: str, stop: int, rules: Patterns) -> Iterator[NamedTownship]:
    """A township that the gazetteer does not have, where the words on both sides say that it is one."""
    for match in rules.one["township_in_text"].finditer(line[:stop] + line[stop : stop + _FAR]):
        name = match.group(1)
        if (
            match.end(1) == stop
            and rules.one["subject"].search(line[: match.start(1)])
            and not any(pattern.search(name) for pattern in rules.many["no_township"])
        ):
            yield NamedTownship(name, (), False, _ACTS)


def most_named(found: Iterable[NamedTownship], least: int) -> tuple[NamedTownship, ...]:
    """Where the township that is named most is named; none where two are named alike, or it is named too little.

    `least` is the weight that all these together need: who acts once weighs 3, a body named once 2, a name 1.
    """
    by_name: dict[str, list[NamedTownship]] = {}
    for one in found:
        by_name.setdefault(one.name, []).append(one)
    weights = Counter({name: sum(one.weight for one in group) for name, group in by_name.items()})
    most = weights.most_common(2)
    if not most or most[0][1] < least or (len(most) > 1 and most[0][1] < 2 * most[1][1]):
        return ()
    return tuple(by_name[most[0][0]])


def own_level(lines: Iterable[str]) -> str | None:
    """The level that a text speaks of itself as (我镇: township, 我局: department), None where it does not say.

    A city (我市) is a prefecture or a county, and 我区 may be an autonomous region: `unknown`.
    """
    rules = patterns("identity")
    said = "\n".join(lines)
    for words in ("own", "whole"):
        counts = Counter({level: len(rules.one[f"{words}_{level}"].findall(said)) for level in _LEVELS})
        (most, times), (_, second) = counts.most_common(2)
        if times > second:
            vague = most == "city" or (most == "county" and rules.one["region"].search(said) is not None)
            return "unknown" if vague else most
        if times:
            return None
    return None


_LEVELS = ("township", "department", "county", "city", "prefecture", "province")
