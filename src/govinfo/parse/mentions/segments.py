"""Each figure of a sentence with the words around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govinfo.parse.mentions.pieces import FIGURE, MARK, PAUSE, QUOTE, REST, Piece, group, words

Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A figure and what may govern it.

    `own` stands before it in its clause, behind the figure before; `clauses` are those between the figure before and
    that clause; `right` follows it up to the next figure or mark. `mark` is the mark before `own`, `depth` the number
    of brackets around, `position` the index of the figure among the pieces.
    """

    piece: Piece
    position: int
    own: Pieces
    clauses: tuple[Pieces, ...]
    right: Pieces
    mark: str
    depth: int


def segments(found: Sequence[Piece]) -> list[Segment]:
    """The figures of a sentence in order; what stands in brackets is no part of the clause around them."""
    result: list[Segment] = []
    own: list[Piece] = []
    clauses: list[Pieces] = []
    around: list[list[Piece]] = []
    mark = ""
    for position, piece in enumerate(found):
        if piece.kind == MARK:
            if piece.text == ")":
                if around:
                    own = around.pop()
                continue
            if piece.text == "(":
                around.append(own)
            if own:
                clauses.append(tuple(own))
            own, mark = [], piece.text
        elif piece.kind == FIGURE:
            behind = right(found, position)
            if result and not mark and own and own[-1].kind == "join" and result[-1].right == tuple(own):
                own = []
            result.append(Segment(piece, position, tuple(own), tuple(clauses), behind, mark, len(around)))
            own, clauses, mark = [], [], ""
        elif piece.kind == PAUSE and result and not mark and result[-1].right == tuple(own):
            # 1名专职、1名兼职: what follows a figure up to here is said of that figure
            own = []
        elif own or piece.kind not in (PAUSE, QUOTE):
            own.append(piece)
    return result


def right(found: Sequence[Piece], position: int) -> Pieces:
    """What follows the piece at `position` in its clause, up to the next figure or mark."""
    end = position + 1
    while end < len(found) and found[end].kind not in (MARK, FIGURE, PAUSE):
        end += 1
    return tuple(found[position + 1 : end])


def last_of(found: Pieces, kinds: frozenset[str]) -> int | None:
    """The index of the last piece of one of `kinds`."""
    return next((i for i in range(len(found) - 1, -1, -1) if found[i].kind in kinds), None)


def is_neutral(found: Sequence[Piece]) -> bool:
    """Whether there is no word among the pieces that could govern a figure or be counted by it."""
    neutral = group("neutral")
    return all(piece.kind in neutral for piece in found)


def is_pure(found: Pieces, index: int) -> bool:
    """Whether the object at `index` has only neutral words before it, or words of disclosure."""
    known = group("about_disclosure")
    free = group("neutral") | words().pure
    verbs = group("verbs")
    for i in range(index - 1, -1, -1):
        if found[i].kind in known or found[i].kind in verbs:
            return True
        if found[i].kind not in free and not (found[index].kind == "leaflet" and found[i].text in words().of_policy):
            # 政务公开要点培训
            return i > 0 and found[i].kind == REST and found[i - 1].kind == "ogi"
    return True


def is_tight(found: Pieces, index: int) -> bool:
    """Whether nothing else is named between the object at `index` and the figure."""
    free = group("neutral") | group("verbs") | {found[index].kind, "platform"}
    return all(piece.kind in free for piece in found[index + 1 :])


def spoken(found: Sequence[Piece]) -> bool:
    """Whether there is a word among the pieces that no list knows."""
    return any(piece.kind == REST for piece in found)
