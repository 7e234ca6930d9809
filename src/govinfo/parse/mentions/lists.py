"""Lists that share out a figure: where they open, what their parts are called, where they end."""

from __future__ import annotations

from govinfo.parse.mentions import disclosed
from govinfo.parse.mentions.pieces import QUOTE, Piece, group, kinds, words
from govinfo.parse.mentions.segments import Pieces, Segment, is_neutral
from govinfo.parse.mentions.told import Context, FigureList, Told

Named = tuple[str | None, str | None, str]
_OPENERS = frozenset({"among", "include", "open_list"})
_OPEN = frozenset({"include", "open_list"})
_ENDING = frozenset({"answer", "hold", "issue", "distribute", "reception", "make", "receive", "supply", "review"})
_CARRIED = frozenset({"carry_over", "carry_forward", "carry_year"})


def open_list(segment: Segment, context: Context, lists: list[FigureList]) -> None:
    """Open a list where this figure is the first part of one (其中…, 120条：…, 66条(…)."""
    total = context.total
    opener = _opener(segment)
    direct = context.previous is not None and context.previous is total and _follows(segment)
    if total is None or not (opener or direct):
        return
    family = words().families[str(total.measure)]
    if context.current is not None and segment.mark != "(":
        context.current.is_nested = True
    context.current = FigureList(total, family, total.amount.unit, is_open=opener is not None and opener.kind in _OPEN)
    lists.append(context.current)


def _opener(segment: Segment) -> Piece | None:
    for clause in (segment.own, *segment.clauses[-1:]):
        first = next((piece for piece in clause if piece.kind not in (QUOTE, "particle")), None)
        if first is not None and first.kind in _OPENERS:
            return first
    return None


def _follows(segment: Segment) -> bool:
    """Whether only a colon or a bracket stands between this figure's clause and the figure before."""
    return segment.mark in (":", "：", "(") and not segment.clauses


def in_list(segment: Segment, context: Context) -> Named | None:
    """Measure, category and name of a part of a list, None where the figure is no part of one."""
    own = segment.own
    found = kinds(own)
    if found & group("veto") or found & (group("verbs") - group("publish")):
        return None
    current = context.current
    if current is not None and current.family == "disclosed":
        part = disclosed.item(segment)
        return None if part is None else (*part[0], part[1])
    if current is not None and current.family == "requests":
        # 其中网上申请3件 is no count of all requests
        return None if found & _CARRIED else (None, None, disclosed.text_of(own))
    if current is None and not found & group("publish") and _goes_on(segment, context):
        part = disclosed.item(segment)
        return None if part is None else (*part[0], part[1])
    return None


def _goes_on(segment: Segment, context: Context) -> bool:
    """Whether a clause without a verb is a part of what is published: after another part, or under such a heading."""
    if not disclosed.ends_as_subject(segment.own):
        return False
    previous = context.previous
    before = previous is not None and words().families.get(str(previous.measure)) == "disclosed"
    return before or "info" in context.headings


def take(segment: Segment, told: Told, context: Context) -> None:
    """Take a figure into the open list, end that list, or note the figure as one that a list may share out."""
    current = context.current
    found = kinds(segment.own)
    if current is not None and found & _ENDING and not _opener(segment):
        context.current = current = None
    if current is not None and told.amount.unit == current.unit:
        current.parts.append(told)
        behind = segment.right[:1]
        current.is_open = current.is_open or any(piece.text in words().and_so_on for piece in behind)
    if told.measure in words().families:
        context.total = told


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
