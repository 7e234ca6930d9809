"""Of which time the figures of a sentence are, and whether they are this body's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from govinfo.parse.mentions.pieces import FIGURE, MARK, QUOTE, REST, Piece

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


def _copy(clock: _Clock) -> _Clock:
    return _Clock(clock.period, clock.foreign, clock.as_of, clock.named, clock.ahead)


@dataclass(slots=True)
class _Scope:
    """What holds again behind a clause or a bracket, and whether a figure stands in it."""

    before: _Clock
    is_aside: bool = False
    has_figure: bool = False


def times(found: Sequence[Piece], year: int | None, default: str | None) -> list[Time]:
    """The time of each piece, by the words before it in its sentence; `default` holds before any of them."""
    clock = _Clock(default)
    clause = _Scope(_copy(clock))
    brackets: list[_Scope] = []
    titles = 0
    result = []
    for position, piece in enumerate(found):
        before = found[position - 1].kind if position else ""
        if piece.kind == MARK:
            clock = _bounds(piece, before, clock, clause, brackets)
            clause = _Scope(_copy(clock))
        elif piece.kind == QUOTE:
            titles = max(0, titles + piece.text.count("《") - piece.text.count("》"))
        elif piece.kind == FIGURE:
            for scope in (clause, *brackets):
                scope.has_figure = True
        elif not titles:
            _aside(clause, piece, before)
            _turn(clock, piece, year)
        period = None if clock.ahead else clock.period
        if piece.kind == FIGURE and before == "compare":
            period = OTHER
        result.append(Time(period, clock.foreign))
    return result


def _bounds(piece: Piece, before: str, clock: _Clock, clause: _Scope, brackets: list[_Scope]) -> _Clock:
    """The clock behind a mark: an aside without a figure, and a bracket with one, say nothing of what follows."""
    if clause.is_aside and not clause.has_figure:
        clock = _copy(clause.before)
    if piece.text == "(":
        brackets.append(_Scope(_copy(clock)))
        if before == "compare":
            clock = _Clock(OTHER, clock.foreign, clock.as_of, None, clock.ahead)
    elif piece.text == ")" and brackets:
        scope = brackets.pop()
        if scope.has_figure:
            clock = scope.before
    return clock


def _aside(clause: _Scope, piece: Piece, before: str) -> None:
    """Note that a year is only of its clause: a word that no list knows leads it (根据2021年…), or a basis follows."""
    if piece.kind == "basis" or (piece.kind == "year" and before == REST):
        clause.is_aside = True
    elif piece.kind in ("since", "ever"):
        clause.is_aside = False


def opening(found: Sequence[Piece], year: int | None, default: str | None) -> str | None:
    """The period that the following sentences of a paragraph are of: what this one opens with, else as before."""
    first = next((piece for piece in found if piece.kind not in _SKIPPED), None)
    if first is None or first.kind not in _OPENING:
        return default
    clock = _Clock(YEAR)
    _turn(clock, first, year)
    if clock.period != OTHER:
        return clock.period
    # 去年9件，今年12件: what follows is of this year
    return YEAR if any(time.period == YEAR for time in times(found, year, OTHER)) else OTHER


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
    elif kind == "from_year":
        clock.named = int(_NUMBER.findall(piece.text)[-1])
        clock.period = YEAR if clock.named == year else None
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
