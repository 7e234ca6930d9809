"""The figures that the sections of a report tell, and the lists that share them out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from govinfo.parse.mentions.disclosed import ALL
from govinfo.parse.mentions.governing import governed, remember
from govinfo.parse.mentions.lists import close, in_list, open_list, share, take
from govinfo.parse.mentions.once import is_again, is_part, is_sum, without_rivals
from govinfo.parse.mentions.paragraphs import folded, is_heading, paragraphs, sentences
from govinfo.parse.mentions.periods import YEAR, Time, opening, times
from govinfo.parse.mentions.pieces import MARK, Amount, Piece, group, kinds, pieces, words
from govinfo.parse.mentions.segments import Segment, is_neutral, segments
from govinfo.parse.mentions.told import Context, FigureList, Told
from govinfo.parse.mentions.zeros import zeros
from govinfo.parse.prose.sections import NarrativeSection
from govinfo.text import simplify

# a sentence that opens with a year, or with words for one, sets the time of those that follow
_OPENING = 16
# no sentence of a report is so long: what was run together is not read
_LONGEST = 4000
_RESULTS = ("upheld", "corrected", "other_result", "pending")
_CARRIED = frozenset({"carry_over", "carry_forward", "carry_year"})


@dataclass(frozen=True, slots=True)
class SectionFigures:
    """The figures of one section, in the order of its text, and its lists."""

    order: int
    told: tuple[Told, ...]
    lists: tuple[FigureList, ...]


@dataclass(slots=True)
class _Reader:
    """What is known of the report, and what was found in the section so far."""

    year: int | None
    wide: bool
    text: str
    told: list[Told]
    lists: list[FigureList]


@lru_cache(maxsize=1)
def _telling() -> re.Pattern[str]:
    return re.compile(words().shapes["telling"])


def read_figures(sections: Iterable[NarrativeSection], year: int | None, level: str) -> tuple[SectionFigures, ...]:
    """The figures of each section, in the order of sections.

    Parameters
    ----------
    year : the year reported on; where it is unknown every year that is named is taken for it.
    level : the level of the body; in a township's report figures of its county (全县) are none of its own.
    """
    known = words()
    return tuple(
        _section(section, year, level in known.wide_levels)
        for section in sections
        if section.role not in known.left_out and section.text
    )


def _section(section: NarrativeSection, year: int | None, wide: bool) -> SectionFigures:
    # characters are simplified one by one, so a place in the one text is the same place in the other
    reader = _Reader(year, wide, simplify(section.text), [], [])
    if not _telling().search(reader.text):
        return SectionFigures(section.order, (), ())
    above = _topics(simplify(section.heading or ""))
    headings = above
    for paragraph in paragraphs(reader.text):
        if paragraph.heading:
            headings = (*_topics(reader.text[paragraph.start : paragraph.end]), *above)
        else:
            _paragraph(reader, list(sentences(reader.text, paragraph)), headings)
    return SectionFigures(section.order, tuple(reader.told), tuple(reader.lists))


@lru_cache(maxsize=4096)
def _topics(heading: str) -> tuple[str, ...]:
    """The kinds of objects that a heading names, the last first, and whether it speaks of platforms."""
    found = pieces(folded(heading, 0, len(heading)).text)
    objects = group("objects") | {"platform"}
    return tuple(dict.fromkeys(piece.kind for piece in reversed(found) if piece.kind in objects))


def _paragraph(reader: _Reader, spans: Sequence[tuple[int, int]], headings: tuple[str, ...]) -> None:
    context = Context(headings)
    default: str | None = YEAR
    before: tuple[int, int] | None = None
    for number, (start, end) in enumerate(spans):
        part = reader.text[start:end]
        if end - start > _LONGEST:
            continue
        if not _telling().search(part):
            if number == 0 and is_heading(part.strip().rstrip("。"), part):
                context.headings = (*_topics(part), *headings)
                continue
            before = start, end
            if words().year_word.search(part[:_OPENING]):
                default = opening(pieces(folded(reader.text, start, end).text), reader.year, default)
            continue
        if before is not None and before[1] == start:
            _recall(pieces(folded(reader.text, *before).text), context)
        sentence = folded(reader.text, start, end)
        found = pieces(sentence.text)
        when = times(found, reader.year, default)
        default = opening(found, reader.year, default)
        _sentence(reader, found, when, sentence.places, context)


def _recall(found: Sequence[Piece], context: Context) -> None:
    """Take in a sentence without figures, clause by clause."""
    clause: list[Piece] = []
    for piece in found:
        if piece.kind == MARK:
            if clause:
                remember(tuple(clause), context)
            clause = []
        else:
            clause.append(piece)
    context.previous = context.current = None
    if clause:
        remember(tuple(clause), context)


def _sentence(
    reader: _Reader, found: Sequence[Piece], when: Sequence[Time], places: Sequence[int], context: Context
) -> None:
    own = [_zero(found, index, kind, when[index], places) for index, kind in zeros(found, context.headings)]
    context.previous = None
    context.ways, context.yearly = set(), set()
    sofar: list[Told] = []
    first = len(reader.lists)
    above = context.headings
    if kinds(found) & _CARRIED:
        # nothing but requests is carried over
        context.headings = (*above, "request")
        if context.topic in ("response", "hotline"):
            context.topic = "other"
        elif context.topic in ("reconsideration", "litigation", "litigation_part", *_RESULTS):
            context.topic = None
    for segment in segments(found):
        time = when[segment.position]
        for clause in segment.clauses:
            remember(clause, context)
        open_list(segment, context, reader.lists)
        told = _told(reader, segment, time, found, places, context)
        if told.measure is None and told.period == YEAR and is_sum(segment, told.amount, sofar):
            told = replace(told, measure=ALL)
        sofar.append(told)
        take(segment, told, context)
        if told.measure and told.period == YEAR:
            context.yearly.add(told.measure)
        remember((*segment.own, *segment.right), context)
        own += _with_twin(told, segment)
    close(context)
    context.headings = above
    if "some" in kinds(found):
        for opened in reader.lists[first:]:
            opened.is_open = True
    own = without_rivals(own, reader.lists[first:])
    reader.told += sorted((told for told in own if told.measure), key=lambda told: told.number)


def _with_twin(told: Told, segment: Segment) -> list[Told]:
    """The figure as a row, if it is one; 行政复议、行政诉讼均为0件 tells two, and with another figure none."""
    if told.measure is None:
        return []
    twins = {"reconsiderations": "litigation", "litigations": "reconsideration"}
    twin = twins.get(told.measure)
    if twin is None or twin not in kinds(segment.own):
        return [told]
    return [] if told.amount.value else [replace(told, measure=f"{twin}s"), told]


def _told(
    reader: _Reader, segment: Segment, time: Time, found: Sequence[Piece], places: Sequence[int], context: Context
) -> Told:
    amount = segment.piece.amount or Amount(Decimal(0), "", False)
    measure, category, label = _measure(reader, segment, amount, context)
    if time.period is None or (time.foreign and not reader.wide):
        measure = None
    if measure is not None and measure.startswith("procurement_amount"):
        amount = replace(amount, unit=words().money)
    start, end = _clause(segment, found, places)
    return Told(
        measure=measure,
        category=category,
        amount=amount,
        approximate=_is_approximate(segment, amount),
        period=time.period,
        start=start,
        end=end,
        label=label,
        number=places[segment.piece.start],
        evidence=reader.text[start:end],
    )


def _measure(reader: _Reader, segment: Segment, amount: Amount, context: Context) -> tuple[str | None, str | None, str]:
    """Measure, category and name of a figure."""
    if amount.unit in words().units["percent"]:
        return share(segment, context)
    part = in_list(segment, context)
    if part is not None:
        return part
    measure = governed(segment, context, reader.year)
    if measure is None or is_part(measure[0], segment, context) or is_again(measure[0], segment, context):
        return None, None, ""
    return *measure, ""


def _is_approximate(segment: Segment, amount: Amount) -> bool:
    before = segment.own[-1].kind if segment.own else ""
    after = segment.right[0].kind if segment.right else ""
    return amount.approximate or before == "about" or after == "about_after"


def _clause(segment: Segment, found: Sequence[Piece], places: Sequence[int]) -> tuple[int, int]:
    """Start and end of the figure's clause; where it says nothing more, with the one before the colon."""
    first = _edge(found, segment.position)
    bare = is_neutral(segment.own) and is_neutral(segment.right)
    if bare and segment.clauses and first and found[first - 1].text in ":：":
        first = _edge(found, first - 1)
    return _span(found, first, segment.position, places)


def _span(found: Sequence[Piece], first: int, position: int, places: Sequence[int]) -> tuple[int, int]:
    last = position
    while last + 1 < len(found) and not _ends(found[last + 1]):
        last += 1
    return places[found[first].start], places[found[last].end - 1] + 1


def _edge(found: Sequence[Piece], position: int) -> int:
    first = position
    while first and not _ends(found[first - 1]):
        first -= 1
    return first


def _ends(piece: Piece) -> bool:
    return piece.kind == MARK and piece.text not in "()"


def _zero(found: Sequence[Piece], index: int, kind: str, time: Time, places: Sequence[int]) -> Told:
    first = _edge(found, index)
    if first and found[first - 1].text in ":：" and index == first:
        first = _edge(found, first - 1)
    start, end = _span(found, first, index, places)
    measure = words().zero_measures[kind] if time.period is not None and not time.foreign else None
    amount = Amount(Decimal(0), words().zero_units[kind], False)
    return Told(measure, None, amount, False, time.period, start, end, number=places[found[index].start], in_words=True)
