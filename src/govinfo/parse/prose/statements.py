"""Section 五 cut into the problems and measures that the report itself lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from govinfo.definitions.patterns import Patterns, patterns
from govinfo.parse.prose.sections import NarrativeSection
from govinfo.text import is_traditional, simplify

_END = "。；;！!：:\n "
_OPENING_MARKS = " \n，,、。；;：:•*-"


@dataclass(frozen=True, slots=True)
class Statement:
    """One point of section 五; `start` and `end` are its place in the text of section `order`."""

    kind: str
    ordinal: int
    text: str
    order: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Paragraph:
    start: int
    end: int
    heading: bool


def read_statements(sections: Sequence[NarrativeSection]) -> tuple[Statement, ...]:
    """The statements of the sections whose role is `problems`, numbered from 1 for each kind."""
    rules = patterns("statements")
    counts = {"problem": 0, "measure": 0}
    found = []
    for section in sections:
        if section.role != "problems":
            continue
        # characters are simplified one by one, so a place in the one text is the same place in the other
        read = replace(section, text=simplify(section.text)) if is_traditional(section.text) else section
        for kind, start, end in _pieces(read, rules):
            start, end = _trimmed(read.text, start, end, rules)
            text = section.text[start:end].replace("\n", "")
            if not text or rules.one["no_statement"].match(text):
                continue
            counts[kind] += 1
            found.append(Statement(kind, counts[kind], text, section.order, start, end))
    return tuple(found)


def _pieces(section: NarrativeSection, rules: Patterns) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end of each statement of a section."""
    text = section.text
    paragraphs = _paragraphs(text, rules)
    headed = any(p.heading and _kind(text[p.start : p.end], rules) == "problem" for p in paragraphs)
    heading = section.heading or ""
    kind = "measure" if _kind(heading, rules) == "measure" else "problem"
    waiting = headed
    listed = False
    for paragraph in paragraphs:
        part = text[paragraph.start : paragraph.end]
        if paragraph.heading:
            kind = _kind(part, rules) or kind
            waiting = waiting and kind != "problem" and not listed
            listed = False
            continue
        points = _points(part, rules)
        if points:
            listed = True
            waiting = False
            lead = part[: points[0][0]]
            kind = _kind(lead, rules) or kind
            yield from _listed(part, paragraph.start, points, kind, rules)
            kind = _last_kind(part, points, kind, rules)
        elif not waiting and not listed:
            kind = _kind_of_prose(part, kind, rules)
            yield from ((kind, paragraph.start + a, paragraph.start + b) for a, b in _clauses(part, rules))


def _paragraphs(text: str, rules: Patterns) -> list[_Paragraph]:
    """The paragraphs: a line that does not end a sentence goes on in the next, unless that one is a point."""
    found: list[_Paragraph] = []
    for position, end in _lines(text, rules):
        line = text[position:end]
        outer = rules.one["outer"].match(line)
        heading = (
            outer is not None and len(line) - outer.end() <= rules.numbers["heading_length"] and "。" not in line[:-1]
        )
        heading = heading or (len(line) <= rules.numbers["heading_length"] and line.endswith(("：", ":")))
        heading = heading and not any(pattern.search(line) for pattern in rules.many["points"][:3])
        before = found[-1] if found else None
        goes_on = before is not None and not before.heading and text[before.end - 1 : before.end] not in _END
        if goes_on and before is not None and not heading and outer is None and not _points(line, rules, at_start=True):
            found[-1] = _Paragraph(before.start, end, False)
        else:
            found.append(_Paragraph(position, end, heading))
    return found


def _lines(text: str, rules: Patterns) -> Iterator[tuple[int, int]]:
    """Start and end of each line; where lines were run together a heading and what follows it are two."""
    position = 0
    for line in text.split("\n"):
        cuts = {0, len(line)}
        for match in rules.one["run_on"].finditer(line):
            if _kind(match.group(), rules) is not None:
                cuts.update(match.span())
        yield from ((position + start, position + end) for start, end in pairwise(sorted(cuts)))
        if not line:
            yield position, position
        position += len(line) + 1


def _points(part: str, rules: Patterns, at_start: bool = False) -> list[tuple[int, int]]:
    """Start and end of the enumerators that cut a paragraph: the first kind that it has, innermost first."""
    for pattern in rules.many["points"]:
        spans = [match.span() for match in pattern.finditer(part) if match.group()]
        if spans and (not at_start or spans[0][0] == 0):
            return spans
    outer = rules.one["outer"].match(part)
    return [outer.span()] if outer else []


def _listed(
    part: str, offset: int, points: Sequence[tuple[int, int]], kind: str, rules: Patterns
) -> Iterator[tuple[str, int, int]]:
    """The points of one paragraph; where a sentence leads in to the next list, it changes the kind."""
    for i, (_, start) in enumerate(points):
        last = i + 1 == len(points)
        end = len(part) if last else points[i + 1][0]
        lead = None if last else _lead_at_end(part[start:end], rules)
        stop = end if lead is None else start + lead[0]
        yield kind, offset + start, offset + stop
        if lead is not None:
            kind = lead[1]


def _last_kind(part: str, points: Sequence[tuple[int, int]], kind: str, rules: Patterns) -> str:
    for (_, start), (end, _) in pairwise(points):
        lead = _lead_at_end(part[start:end], rules)
        kind = kind if lead is None else lead[1]
    return kind


def _lead_at_end(piece: str, rules: Patterns) -> tuple[int, str] | None:
    """Where the sentence begins that ends a point but leads in to another list, and the kind of that list."""
    stop = piece.rstrip("。；; \n")
    if stop.endswith(("：", ":", "，", ",")) or not piece.rstrip().endswith(("。", "；", ";")):
        cut = max(piece.rfind("。", 0, len(stop) - 1), piece.rfind("\n", 0, len(stop) - 1))
        kind = _kind(piece[cut + 1 :], rules)
        if cut > 0 and kind is not None:
            return cut, kind
    return None


def _clauses(part: str, rules: Patterns) -> Iterator[tuple[int, int]]:
    """The statements of a paragraph without enumerators: its ；-clauses and sentences, lead-ins left out."""
    lead = rules.one["lead"].match(part)
    position = lead.end() if lead else 0
    for match in re.finditer(r"[^。；;！!]+", part[position:]):
        start, end = position + match.start(), position + match.end()
        if not rules.one["lead_in"].search(part[start:end].strip()) and not rules.one["praise"].search(part[start:end]):
            yield start, end


def _kind(text: str, rules: Patterns) -> str | None:
    """What the words of a heading or a lead-in announce; None where they announce both or neither."""
    measure = rules.one["measure"].search(text)
    problem = rules.one["problem"].search(text)
    if measure and problem:
        # 针对存在的问题，… announces measures; 问题及改进情况 announces both
        return "measure" if rules.one["answers"].search(text) else None
    return "measure" if measure else "problem" if problem else None


def _kind_of_prose(part: str, kind: str, rules: Patterns) -> str:
    found = _kind(part.split("。", 1)[0].split("，", 1)[0], rules)
    return found or kind


def _trimmed(text: str, start: int, end: int, rules: Patterns) -> tuple[int, int]:
    """The span without enumerators, labels and marks at its ends."""
    while start < end and text[start] in _OPENING_MARKS:
        start += 1
    opening = rules.one["opening"].match(text[start:end])
    if opening:
        start += opening.end()
    while end > start and text[end - 1] in _END:
        end -= 1
    return start, end
