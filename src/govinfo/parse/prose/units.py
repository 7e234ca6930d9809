"""The pieces of section 五: sentences and clauses, each with the enumerator or label that stands before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from govinfo.definitions.patterns import Patterns
from govinfo.text import HAN_NUMERAL, han_number

_END = "。;!:\n "
# In the order in which they are tried where two could stand at one place.
MARKS = ("is", "its", "nth", "han_bracket", "han", "bracket", "number", "circled", "pair", "bullet", "aspect")
_STOPS = re.compile(r"[。;!]")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of the section: `start` and `end` are its place without the enumerator.

    `mark` is the kind of enumerator before it, `number` what that counts; `whole` tells that it fills its
    paragraph, `leads` that an enumerated point follows it without a full stop between, `heads` that it ends
    its paragraph with a colon.
    """

    start: int
    end: int
    mark: str | None = None
    number: int | None = None
    whole: bool = False
    leads: bool = False
    heads: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    name: str
    start: int
    end: int
    number: int | None


def units(text: str, rules: Patterns) -> list[Unit]:
    """The units of a section's text (half-width marks), in order."""
    return [unit for start, end in _paragraphs(text, rules) for unit in _units(text, start, end, rules)]


def _paragraphs(text: str, rules: Patterns) -> list[tuple[int, int]]:
    """The paragraphs: a line that does not end a sentence goes on in the next, unless that is a point or a heading."""
    found: list[tuple[int, int]] = []
    broken = False
    for start, end in _lines(text, rules):
        line = text[start:end]
        if not line.strip():
            broken = False
            continue
        begins = _marks(line, rules)
        marked = bool(begins) and not line[: begins[0].start].strip()
        heading = is_title(line.strip(" :"), rules) is not None or _groups(line, rules)
        if found and broken and not marked and not heading:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        titled = heading or (marked and is_title(line[begins[0].end :].strip(" :"), rules) is not None)
        broken = not titled and line.rstrip()[-1:] not in _END
    return found


def _lines(text: str, rules: Patterns) -> Iterator[tuple[int, int]]:
    """Start and end of each line; where lines were run together a heading and what follows it are two."""
    position = 0
    for line in text.split("\n"):
        cuts = {0, len(line)}
        for match in rules.one["run_on"].finditer(line):
            if is_title(_MARK_AND_REST.sub("", match.group()).strip(" :"), rules) is not None:
                cuts.update(match.span())
        yield from ((position + start, position + end) for start, end in pairwise(sorted(cuts)))
        if not line:
            yield position, position
        position += len(line) + 1


_MARK_AND_REST = re.compile(r"^\s*\([^)]*\)")


def _groups(line: str, rules: Patterns) -> bool:
    short = len(line.strip()) <= rules.numbers["heading_length"] and not _STOPS.search(line)
    bare = line.strip().rstrip(": ")
    return short and (line.rstrip().endswith(":") or rules.one["group"].search(bare) is not None)


def is_title(text: str, rules: Patterns) -> str | None:
    """`problem` or `measure` where the text is nothing but a title of one of them."""
    if len(text) > rules.numbers["heading_length"] or not text:
        return None
    if rules.one["measure_word"].search(text) and rules.one["measure_title"].fullmatch(text):
        return "measure"
    if rules.one["problem_word"].search(text) and rules.one["problem_title"].fullmatch(text):
        return "problem"
    return None


def _units(text: str, start: int, end: int, rules: Patterns) -> Iterator[Unit]:
    part = text[start:end]
    marks = {mark.start: mark for mark in _marks(part, rules)}
    cuts = {0, len(part), *marks, *(match.end() for match in _STOPS.finditer(part))}
    cuts |= {at + 1 for at in _label_ends(part, marks, rules)}
    places = [pair for pair in pairwise(sorted(cuts)) if part[slice(*pair)].strip()]
    for i, (first, last) in enumerate(places):
        mark = marks.get(first)
        inner = mark.end if mark is not None else first
        following = marks.get(places[i + 1][0]) if i + 1 < len(places) else None
        ended = _STOPS.search(part[last - 1 : last]) is not None
        yield Unit(
            start + inner,
            start + last,
            mark.name if mark is not None else None,
            mark.number if mark is not None else None,
            whole=len(places) == 1,
            leads=following is not None and not ended and following.number in (1, None),
            heads=i + 1 == len(places) and part[first:last].rstrip().endswith(":"),
        )


def _label_ends(part: str, marks: dict[int, _Mark], rules: Patterns) -> Iterator[int]:
    """The colons after a title that stands at the beginning of a sentence or point: 改进措施：…."""
    begins = [0, *(mark.end for mark in marks.values()), *(match.end() for match in _STOPS.finditer(part))]
    for begin in begins:
        colon = part.find(":", begin, begin + rules.numbers["heading_length"] + 2)
        if colon > begin and is_title(part[begin:colon].strip(), rules) is not None:
            yield colon


def _marks(part: str, rules: Patterns) -> list[_Mark]:
    """The enumerators of a paragraph, none within another; those of an aspect only where there are no others."""
    found: list[_Mark] = []
    taken: set[int] = set()
    for name in MARKS:
        if name == "aspect" and any(mark.name != "pair" for mark in found):
            continue
        for match in rules.one[f"mark_{name}"].finditer(part):
            places = range(*match.span())
            if not taken.intersection(places) and len(places):
                taken.update(places)
                found.append(
                    _Mark(name, match.start(), match.end(), None if name == "aspect" else _number(match.group()))
                )
    found.sort(key=lambda mark: mark.start)
    return _with_short(part, found, rules)


def _with_short(part: str, found: list[_Mark], rules: Patterns) -> list[_Mark]:
    """With the enumerators that lost their last character, each the next number after one of the first kind."""
    counted = {mark.number for mark in found if mark.name == "is"}
    if not counted:
        return found
    short = [
        _Mark("short", match.start(), match.end(), number)
        for match in rules.one["mark_short"].finditer(part)
        if (number := _number(match.group())) is not None and number not in counted
    ]
    kept: list[_Mark] = []
    last: int | None = None
    for mark in sorted([*found, *short], key=lambda mark: mark.start):
        if mark.name == "short" and (last is None or mark.number != last + 1):
            continue
        if mark.name in ("is", "short"):
            last = mark.number
        kept.append(replace(mark, name="is") if mark.name == "short" else mark)
    return kept


def _number(mark: str) -> int | None:
    for char in mark:
        if char in _CIRCLED:
            return _CIRCLED.index(char) + 1
    digits = re.search(r"\d+", mark)
    if digits:
        return int(digits.group())
    numeral = "".join(char for char in mark if char in HAN_NUMERAL)
    return han_number(numeral)
