"""Figures told in words: 未收到政府信息公开申请, 依申请公开情况：无, 无专职人员."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govinfo.parse.mentions.pieces import MARK, PAUSE, QUOTE, Piece, group, words

_FREE = frozenset(
    {
        "asker",
        "ogi",
        "info",
        "person",
        "filler",
        "particle",
        "small",
        "join",
        "count",
        "copula",
        "tail",
        "we",
        "place_end",
        "others",
    }
)
_BEFORE = _FREE | {
    "receive",
    "happen",
    "publish",
    "disclose",
    "this_year",
    "year",
    "whole_year",
    "by",
    "answer",
    QUOTE,
    PAUSE,
}
_BEHIND = _FREE | {QUOTE}
# 和, 及: what follows is said to be none, too
_STOPS = frozenset({MARK, PAUSE, "join"})
_RECEIVED = frozenset({"receive", "happen"})


def zeros(found: Sequence[Piece], headings: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """The index of the word of none, and the kind of the object that there is none of."""
    for index, piece in enumerate(found):
        kind = None
        if piece.kind == "neither":
            kind = _none_of(found, index) or _is_none(found, index, headings)
        elif piece.kind == "zero" or (piece.kind == "rest" and piece.text == "0"):
            kind = _is_none(found, index, ())
        if kind is not None:
            yield index, kind


def _none_of(found: Sequence[Piece], index: int) -> str | None:
    """The object of 未收到…, 没有…, 无… where nothing else stands between or behind."""
    objects = words().zero_measures
    receives = answers = False
    for position in range(index + 1, len(found)):
        kind = found[position].kind
        if kind in objects:
            last = _last_object(found, position)
            plain = found[last].kind == "application" and not receives and not _speaks(found[index:last])
            if plain or (answers and not receives) or not _ends(found, last + 1):
                return None
            return found[last].kind
        if kind not in _BEFORE:
            return None
        receives = receives or kind in _RECEIVED or found[position].kind == "receive"
        answers = answers or kind == "answer"
    return None


def _last_object(found: Sequence[Piece], position: int) -> int:
    """The last of the objects that follow one another (依申请公开政府信息的申请)."""
    last = position
    for i in range(position + 1, len(found)):
        if found[i].kind in words().zero_measures:
            last = i
        elif found[i].kind not in ("particle", "small", "tail", "info"):
            break
    return last


def _speaks(found: Sequence[Piece]) -> bool:
    return any(piece.kind in group("about_disclosure") for piece in found)


def _ends(found: Sequence[Piece], position: int) -> bool:
    """Whether the clause says no more of its object than how much there is of it."""
    for piece in found[position:]:
        if piece.kind in _STOPS:
            return True
        if piece.kind not in _BEHIND:
            return False
    return True


def _is_none(found: Sequence[Piece], index: int, headings: tuple[str, ...]) -> str | None:
    """The object before a word of none (申请为零, 依申请公开情况：无), or the heading's where the word stands alone."""
    following = found[index + 1] if index + 1 < len(found) else None
    behind = ("receive",) if found[index].kind == "zero" else ()
    if following is not None and following.kind not in (MARK, PAUSE, "info", "tail", *behind):
        return None
    crossed = False
    for position in range(index - 1, -1, -1):
        piece = found[position]
        if piece.kind in words().zero_measures:
            return piece.kind if _leads(found[:position], piece.kind) else None
        if piece.kind == MARK and piece.text in ":：" and not crossed:
            crossed = True
        elif piece.kind not in _BEHIND | {"receive", "this_year", "year", "by"}:
            return None
    alone = found[index].kind == "neither" and index == 0
    return next((kind for kind in headings if kind in words().zero_measures), None) if alone else None


def _leads(before: Sequence[Piece], kind: str) -> bool:
    """Whether nothing before the object in its clause makes it part of something else."""
    for piece in reversed(before):
        if piece.kind == MARK:
            return True
        if piece.kind not in _BEFORE | {"last_year", "enumerator", "ordinal"} or (
            piece.kind == "answer" and kind != "request"
        ):
            return False
    return True
