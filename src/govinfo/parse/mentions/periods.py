"""Of which time the figures of a sentence are, and whether they are this body's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from govinfo.parse.mentions.pieces import FIGURE, MARK, QUOTE, Piece

YEAR, OTHER, CUMULATIVE = "year", "other", "cumulative"
_NUMBER = re.compile(r"(?:19|20)\d\d")
_SKIPPED = frozenset({MARK, QUOTE, "enumerator", "filler", "particle"})
_OPENING = frozenset({"year", "last_year", "this_year", "whole_year", "we"})


@dataclass(frozen=True, slots=True)
class Time:
    """What a piece of a sentence stands under: a period (None: none that a row could have), another body."""

    period: str | None
    foreign: bool


@dataclass(slots=True)
class _Clock:
    period: str | None
    foreign: bool = False
    as_of: bool = False
    named: int | None = None
    ahead: bool = False


def times(found: Sequence[Piece], year: int | None, default: str | None) -> list[Time]:
    """The time of each piece, by the words before it in its sentence; `default` holds before any of them."""
    clock = _Clock(default)
    result = []
    for position, piece in enumerate(found):
        _turn(clock, piece, year)
        period = None if clock.ahead else clock.period
        if piece.kind == FIGURE and position and found[position - 1].kind == "compare":
            period = OTHER
        result.append(Time(period, clock.foreign))
    return result


def opening(found: Sequence[Piece], year: int | None, default: str | None) -> str | None:
    """The period that the following sentences of a paragraph are of: what this one opens with, else as before."""
    first = next((piece for piece in found if piece.kind not in _SKIPPED), None)
    if first is None or first.kind not in _OPENING:
        return default
    clock = _Clock(YEAR)
    _turn(clock, first, year)
    return clock.period


def _turn(clock: _Clock, piece: Piece, year: int | None) -> None:
    kind = piece.kind
    if kind in ("year", "whole_year"):
        clock.named = int(_NUMBER.findall(piece.text)[-1])
        clock.period = _of_year(clock.named, year)
        clock.as_of = False
        clock.ahead = year is not None and clock.named > year
    elif kind in ("this_year", "change_to"):
        clock.period, clock.named, clock.as_of, clock.ahead = YEAR, None, False, False
    elif kind == "last_year":
        clock.period, clock.named = OTHER, None
    elif kind == "ever":
        clock.period = CUMULATIVE
    elif kind == "since":
        clock.period = YEAR if clock.named is None or clock.named == year else CUMULATIVE
    elif kind in ("years", "part_year", "month"):
        clock.period = None
    elif kind == "as_of":
        clock.as_of = True
    elif kind == "tally" and clock.as_of and clock.period == YEAR:
        # 截至年底累计 may be of the year or of all years
        clock.period = None
    elif kind == "ahead":
        clock.ahead = True
    elif kind == "others":
        clock.foreign = True
    elif kind in ("we", "place_end"):
        clock.foreign = False


def _of_year(named: int, year: int | None) -> str | None:
    if year is None or named == year:
        return YEAR
    return OTHER if named < year else None
