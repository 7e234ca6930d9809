"""Figures of one measure in one sentence: parts of another, of another time, or of two bodies; they are no rows."""

from __future__ import annotations

from collections.abc import Sequence

from govinfo.parse.mentions.disclosed import ALL
from govinfo.parse.mentions.lists import is_among
from govinfo.parse.mentions.periods import YEAR
from govinfo.parse.mentions.pieces import Amount, group, kinds, words
from govinfo.parse.mentions.segments import Segment, is_neutral
from govinfo.parse.mentions.told import Context, FigureList, Told

_THIS_YEAR = frozenset({"this_year", "year", "whole_year"})
# a sentence that gives two of them tells of two bodies, or of what it does not say
_ONE = frozenset({"requests_received", "requests_answered", "reconsiderations", "litigations"})


def is_part(measure: str, segment: Segment, context: Context) -> bool:
    """Whether the figure is a part of one of its own measure (26篇，其中图解12篇), or of one that is not known."""
    total = context.current.total if context.current is not None else None
    if total is not None and total.measure == measure and words().families.get(measure) == "other":
        return True
    return is_among(segment) and not kinds(segment.own) & (group("verbs") | group("objects") | _THIS_YEAR)


def is_again(measure: str, segment: Segment, context: Context) -> bool:
    """Whether the sentence gave this measure before, and this is of all years (累计) or of those given (办结)."""
    if measure not in context.yearly:
        return False
    found = kinds(segment.own)
    if "tally" in found and not found & _THIS_YEAR:
        return True
    return measure == "responses" and not found & group("objects")


def is_sum(segment: Segment, amount: Amount, sofar: Sequence[Told]) -> bool:
    """Whether the clause only says that this is what the figures before it add up to, and it is (…，总计294条)."""
    if "count" not in kinds(segment.own) or not is_neutral(segment.own) or not is_neutral(segment.right):
        return False
    known = words().families
    same = all(
        known.get(told.measure or "") == "disclosed"
        and told.measure != ALL
        and told.amount.unit == amount.unit
        and told.period == YEAR
        and not told.approximate
        for told in sofar
    )
    return same and len(sofar) > 1 and sum(told.amount.value for told in sofar) == amount.value


def without_rivals(found: Sequence[Told], lists: Sequence[FigureList]) -> list[Told]:
    """The figures without those of one measure and the year that differ, where neither is a part of the other."""
    parts = {id(part) for one in lists for part in one.parts}
    values: dict[str, set[object]] = {}
    for told in found:
        if told.measure in _ONE and told.period == YEAR and id(told) not in parts:
            values.setdefault(told.measure, set()).add(told.amount.value)
    rivals = {measure for measure, several in values.items() if len(several) > 1}
    return [told for told in found if told.measure not in rivals or told.period != YEAR or id(told) in parts]
