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
_MOST_ABOVE = 30


@dataclass(frozen=True, slots=True)
class Mention:
    """A township named in a line: what it may be, what is printed right before it, whether as who acts."""

    name: str
    divisions: tuple[Division, ...]
    told: bool
    acts: bool


def mentions(line: str, known: Gazetteer) -> Iterator[Mention]:
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
            mention = _mention(line, start, stop, found, known, rules)
            if mention is not None:
                yield mention
            break
        else:
            yield from _unknown(line, stop, rules)


def _mention(
    line: str, start: int, stop: int, found: tuple[Division, ...], known: Gazetteer, rules: Patterns
) -> Mention | None:
    before = line[max(0, start - _MOST_ABOVE) : start]
    told = tuple(division for division in found if _follows_its_own(before, division, known))
    if not told and not rules.one["boundary"].search(before):
        return None
    if rules.one["elsewhere"].search(line[max(0, start - _FAR_BEFORE) : start]):
        return None
    acts = rules.one["acts"].match(line[stop:]) is not None
    return Mention(line[start:stop], told or found, bool(told), acts)


def _follows_its_own(before: str, division: Division, known: Gazetteer) -> bool:
    """Whether the county or city of a township stands right before it."""
    for names in above_names(division)[:2]:
        for name in names:
            # 伊川吕店镇, but not 和平和平镇: a short name alone may be any word
            if before.endswith(name) and is_explained(name, division, known):
                return True
    return False


def _unknown(line: str, stop: int, rules: Patterns) -> Iterator[Mention]:
    """A township that the gazetteer does not have, where the words on both sides say that it is one."""
    for match in rules.one["township_in_text"].finditer(line[:stop] + line[stop : stop + _FAR]):
        name = match.group(1)
        if match.end(1) == stop and not any(pattern.search(name) for pattern in rules.many["no_township"]):
            yield Mention(name, (), False, True)


def most_named(found: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions of the township that is named most, as one who acts above all; none where two are named alike."""
    by_name: dict[str, list[Mention]] = {}
    for mention in found:
        by_name.setdefault(mention.name, []).append(mention)
    weights = Counter({name: sum(3 if one.acts else 1 for one in group) for name, group in by_name.items()})
    most = weights.most_common(2)
    if not most or not any(mention.acts for mention in by_name[most[0][0]]):
        return ()
    if len(most) > 1 and most[0][1] < 2 * most[1][1]:
        return ()
    return tuple(by_name[most[0][0]])


def own_level(lines: Iterable[str]) -> str | None:
    """The level that a text speaks of itself as (我镇: township, 我局: department), None where it does not say.

    A city (我市) is a prefecture or a county: `unknown`.
    """
    rules = patterns("identity")
    said = "\n".join(lines)
    for words in ("own", "whole"):
        counts = Counter({level: len(rules.one[f"{words}_{level}"].findall(said)) for level in _LEVELS})
        (most, times), (_, second) = counts.most_common(2)
        if times > second:
            return "unknown" if most == "city" else most
        if times:
            return None
    return None


_LEVELS = ("township", "department", "county", "city", "prefecture", "province")
