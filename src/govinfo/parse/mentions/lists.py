"""Lists that share out a figure: where they open, what their parts are called, where they end."""

from __future__ import annotations

from govinfo.parse.mentions import disclosed
from govinfo.parse.mentions.pieces import QUOTE, Piece, group, kinds, words
from govinfo.parse.mentions.segments import Pieces, Segment, is_neutral
from govinfo.parse.mentions.told import Context, FigureList, Told

Named = tuple[str | None, str | None, str]
_COLONS = (":", "：")
_OPENERS = frozenset({"among", "include", "open_list"})
_OPEN = frozenset({"include", "open_list"})
_ENDING = frozenset({"answer", "hold", "issue", "distribute", "reception", "make", "receive", "supply", "review"})
_DIFFERENCE = frozenset({"change", "apiece"})
_CARRIED = frozenset({"carry_over", "carry_forward", "carry_year"})


def open_list(segment: Segment, context: Context, lists: list[FigureList]) -> None:
    """Open a list where this figure is the first part of one (其中…, 120条：…), end those whose bracket was closed."""
    while context.current is not None and context.current.depth > segment.depth:
        context.current = context.current.around
    total = context.total
    opener = _opener(segment)
    direct = context.previous is not None and context.previous is total and _follows(segment)
    if segment.mark == "(" and not segment.clauses and context.previous is not None:
        # what a bracket shares out is the figure before it, whatever that is of
        total, direct = context.previous, True
    if total is not None and (opener or direct):
        around = context.current if segment.mark == "(" else None
        if context.current is not None and around is None:
            context.current.is_mixed = True
        context.current = FigureList(
            total,
            words().families.get(str(total.measure), "other"),
            total.amount.unit,
            is_open=opener is not None and opener.kind in _OPEN,
            is_among=opener is not None and opener.kind == "among",
            depth=segment.depth,
            around=around,
        )
        lists.append(context.current)
    elif context.current is None and (_goes_on(segment, context) or (opener and _is_of_information(segment))):
        unit = segment.piece.amount.unit if segment.piece.amount else ""
        is_open = opener is not None and opener.kind in _OPEN
        context.current = FigureList(None, "disclosed", unit, is_open=is_open, depth=segment.depth)
        lists.append(context.current)


def _opener(segment: Segment) -> Piece | None:
    """The word that opens a list before this figure: first in its clause or the one before, or before a colon."""
    for clause in (segment.own, *segment.clauses[-1:]):
        first = next((piece for piece in clause if piece.kind not in (QUOTE, "particle")), None)
        if first is not None and first.kind in _OPENERS:
            return first
    if segment.clauses and segment.mark in _COLONS and segment.clauses[-1][-1].kind in _OPENERS:
        return segment.clauses[-1][-1]
    return None


def is_among(segment: Segment) -> bool:
    """Whether the clause of a figure says first that the figure is a part (其中村干部40人次)."""
    first = next((piece for piece in segment.own if piece.kind not in (QUOTE, "particle")), None)
    return first is not None and first.kind == "among"


def _follows(segment: Segment) -> bool:
    """Whether only a colon or a bracket stands between this figure's clause and the figure before."""
    return segment.mark in (*_COLONS, "(") and not segment.clauses


def in_list(segment: Segment, context: Context) -> Named | None:
    """Measure, category and name of a part of a list, None where the figure is no part of one."""
    own = segment.own
    found = kinds(own)
    if found & group("veto") or found & (group("verbs") - group("publish")):
        return None
    current = context.current
    if current is None:
        return None
    if current.family == "disclosed" and (
        current.total is not None or current.shares or disclosed.ends_as_subject(own)
    ):
        part = disclosed.item(segment)
        if part is not None and not _is_counted_alike(segment, current, part[0][0]):
            return None, None, part[1]
        return None if part is None else (*part[0], part[1])
    if current.family == "requests":
        # 其中网上申请3件 is no count of all requests
        return None if found & _CARRIED else (None, None, disclosed.text_of(own))
    return None


def _is_counted_alike(segment: Segment, current: FigureList, measure: str) -> bool:
    """Whether a subject is counted in the unit of its list, or called a document (120条，其中公告3份)."""
    amount = segment.piece.amount
    alike = amount is not None and amount.unit == current.unit
    return alike or measure != disclosed.CATEGORY or disclosed.ends_as_document(segment.own)


def _goes_on(segment: Segment, context: Context) -> bool:
    """Whether a clause without a verb is a part of what is published: after another part, or under such a heading."""
    if kinds(segment.own) & (group("verbs") | group("veto")) or not disclosed.ends_as_subject(segment.own):
        return False
    previous = context.previous
    before = previous is not None and words().families.get(str(previous.measure)) == "disclosed"
    return before or "info" in context.headings


def _is_of_information(segment: Segment) -> bool:
    """Whether the clause before the colon speaks of published information (公开内容主要包括：…)."""
    return bool(segment.clauses) and bool(kinds(segment.clauses[-1]) & {"info", "disclose"})


def take(segment: Segment, told: Told, context: Context) -> None:
    """Take a figure into the open list, end that list, or note the figure as one that a list may share out."""
    current = context.current
    if current is not None and kinds(segment.own) & _ENDING and not _opener(segment) and not _is_new(segment, current):
        context.current = current = None
    if current is not None and told.amount.unit == current.unit:
        current.parts.append(told)
        current.is_open = current.is_open or any(piece.text in words().and_so_on for piece in segment.right[:1])
    elif current is not None and told.measure == "share" and context.previous is not None:
        current.shares.append((told, context.previous))
    elif current is not None and told.amount.unit in words().units["items"]:
        current.is_mixed = True
    if told.measure in words().families:
        context.total = told
    if told.amount.unit not in words().units["percent"] and not kinds(segment.own) & _DIFFERENCE:
        context.previous = told
        context.listed = current is not None


def _is_new(segment: Segment, current: FigureList) -> bool:
    """Whether the figure is of the new ones beside those carried over (15件，其中上年结转3件，新收12件)."""
    carried = any(part.measure == "requests_carried_over" for part in current.parts)
    return "receive" in kinds(segment.own) and (carried or (segment.depth > 0 and segment.depth == current.depth))


def close(context: Context) -> None:
    """End the list at the end of a sentence; a sentence that begins with 其中 may still share out the last figure."""
    context.current = None
    context.previous = None


def share(segment: Segment, context: Context) -> Named:
    """A percentage that the figure before has of its total (45条，占50%)."""
    nothing = (None, None, "")
    previous, own = context.previous, segment.own
    if previous is None or not kinds(own) & {"share_of"} or not _only_share(own):
        return nothing
    name = previous.label or previous.category
    if not name or previous.amount.unit == "%":
        return nothing
    return "share", name, name


def _only_share(own: Pieces) -> bool:
    return is_neutral(tuple(piece for piece in own if piece.kind not in ("share_of", "info", "disclose", "publish")))
