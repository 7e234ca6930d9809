"""Characters → the smallest pieces of text that must not be taken apart, and these → lines and text.

A piece is a number with its point, commas and sign, or a single other character. Pieces are joined again where
they stand in one line; two numbers are never joined, and what overlaps a number is kept apart from it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from govinfo.readers.pdf.glyphs import Glyph

_SAME_LINE = 0.35
_SAME_BASE = 0.15
_TWICE = 0.15
_TIGHT = 0.2
_WIDE = 1.0
_THIN_SPACE = 0.6
_OVER = 0.25
_DIGITS = frozenset("0123456789\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19")
_WITHIN = _DIGITS | frozenset(".,\uff0e\uff0c%")
_SIGNS = frozenset("+-\u2212\uff0b\uff0d")


class Piece(NamedTuple):
    """A number or a single character, with its box, its baseline and the size of its letters."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    glyphs: tuple[Glyph, ...]
    hidden: bool

    @property
    def is_number(self) -> bool:
        """Whether it has a digit."""
        return not _DIGITS.isdisjoint(self.text)

    @property
    def middle(self) -> tuple[float, float]:
        """The point that says in which cell it stands."""
        return (self.x0 + self.x1) / 2, self.base - self.size * 0.35


class Segment(NamedTuple):
    """A piece of a line with wide space around it."""

    text: str
    x0: float
    x1: float
    hidden: bool


_Item = TypeVar("_Item", Glyph, Piece)


class Line(NamedTuple):
    """A printed line: its pieces from left to right."""

    pieces: tuple[Piece, ...]
    base: float
    size: float

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(piece.x1 for piece in self.pieces)

    @property
    def text(self) -> str:
        """What it says."""
        return line_text(self.pieces)

    @property
    def hidden(self) -> bool:
        """Whether some of it is not painted: recognised text behind a scan."""
        return any(piece.hidden for piece in self.pieces)


def pieces_of(glyphs: Sequence[Glyph]) -> list[Piece]:
    """The pieces of a page, line by line; a character drawn twice at one place counts once."""
    found = []
    for line in _grouped(sorted(glyphs, key=lambda glyph: (glyph.base, glyph.x0))):
        row: list[Glyph] = []
        for glyph in _once(line):
            if row and not _belongs(row, glyph):
                found.append(piece_of(row))
                row = []
            row.append(glyph)
        if row:
            found.append(piece_of(row))
    return found


def piece_of(glyphs: Sequence[Glyph]) -> Piece:
    """The piece that the characters make."""
    first = glyphs[0]
    if len(glyphs) == 1:
        return Piece(first.text, first.x0, first.x1, first.base, first.size, (first,), first.hidden)
    text = "".join(glyph.text for glyph in glyphs)
    hidden = any(glyph.hidden for glyph in glyphs)
    return Piece(text, first.x0, glyphs[-1].x1, first.base, first.size, tuple(glyphs), hidden)


def lines_of(pieces: Iterable[Piece]) -> list[Line]:
    """The pieces in lines, from the top, each from left to right."""
    lines = []
    for group in _grouped(sorted(pieces, key=lambda piece: (piece.base, piece.x0))):
        ordered = _in_order(group)
        lines.append(Line(ordered, group[0].base, max(piece.size for piece in group)))
    return lines


def _in_order(group: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of a line from left to right; of texts printed over each other one after the other."""
    ordered = sorted(group, key=lambda piece: piece.x0)
    if not any(lies_over(before, piece) for before, piece in itertools.pairwise(ordered)):
        return tuple(ordered)
    starts: dict[int, float] = {}
    for piece in ordered:
        starts.setdefault(piece.glyphs[0].run, piece.x0)
    return tuple(sorted(ordered, key=lambda piece: (starts[piece.glyphs[0].run], piece.glyphs[0].run, piece.x0)))


def lies_over(before: Piece, piece: Piece) -> bool:
    """Whether a piece of another text is printed over the one before."""
    return piece.x0 - before.x1 < -_OVER * min(before.size, piece.size) and piece.glyphs[0].run != before.glyphs[0].run


def line_text(pieces: Sequence[Piece]) -> str:
    """The text of pieces that stand side by side."""
    text = pieces[0].text
    for before, piece in itertools.pairwise(pieces):
        text += _between(before, piece) + piece.text
    return text


def joined_text(lines: Sequence[str]) -> str:
    """Printed lines as one text. A line break between two digits stays: nobody knows whether they are one number."""
    text = lines[0] if lines else ""
    for line in lines[1:]:
        if text[-1:].isdecimal() and line[:1].isdecimal():
            text += "\n"
        elif text[-1:].isascii() and line[:1].isascii() and (text[-1:].isalpha() or line[:1].isalpha()):
            text += " "
        text += line
    return text


def _grouped(items: Sequence[_Item]) -> list[list[_Item]]:
    """Items sorted by baseline in groups that share one."""
    groups: list[list[_Item]] = []
    for item in items:
        if not groups or item.base - groups[-1][0].base > _SAME_LINE * min(item.size, groups[-1][0].size):
            groups.append([])
        groups[-1].append(item)
    return groups


def _once(line: list[Glyph]) -> list[Glyph]:
    """The characters of a line from left to right without second strokes of the same one (printed bold)."""
    kept: list[Glyph] = []
    for glyph in sorted(line, key=lambda glyph: glyph.x0):
        near = _TWICE * glyph.size
        if not any(
            other.text == glyph.text and glyph.x0 - other.x0 <= near and abs(glyph.base - other.base) <= 2 * near
            for other in kept[-4:]
        ):
            kept.append(glyph)
    return kept


def _belongs(row: Sequence[Glyph], glyph: Glyph) -> bool:
    """Whether a character goes on with the number begun."""
    last = row[-1]
    if not (last.text in _WITHIN or (len(row) == 1 and last.text in _SIGNS)) or glyph.text not in _WITHIN:
        return False
    return _in_touch(last.x1, last.base, last.size, glyph)


def _in_touch(x1: float, base: float, size: float, after: Glyph | Piece) -> bool:
    """Whether what follows stands next to it, on the same baseline and in letters of the same size."""
    small = min(size, after.size)
    if abs(base - after.base) > _SAME_BASE * small or max(size, after.size) > 1.3 * small:
        return False
    return -_TIGHT * small <= after.x0 - x1 <= _TIGHT * small


def _between(before: Piece, piece: Piece) -> str:
    """What goes between two pieces of a line."""
    gap, size = piece.x0 - before.x1, min(before.size, piece.size)
    numbers = (before.text[-1] in _WITHIN or before.text[-1] in _SIGNS) and piece.text[0] in _WITHIN
    if numbers and (before.is_number or piece.is_number):
        if _in_touch(before.x1, before.base, before.size, piece):
            return ""
        groups = _is_group(piece.text) and abs(before.base - piece.base) < 0.1 * size
        return " " if groups and _TIGHT * size < gap <= _THIN_SPACE * size else "\n"
    latin = before.text[-1].isascii() and piece.text[0].isascii()
    return " " if gap > (_TIGHT if latin else _WIDE) * size else ""


def _is_group(text: str) -> bool:
    """Whether a number can be three digits of a longer one, set apart by a thin space."""
    whole = text.partition(".")[0]
    return len(whole) == 3 and _DIGITS.issuperset(whole)
