"""Characters that a line strikes out: text that its writers deleted, printed with its changes shown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from govinfo.readers.pdf.glyphs import Glyph
from govinfo.readers.pdf.rules import Rule

# In letters: between which heights over the baseline a stroke strikes, how near to a letter's edge its ends lie.
_LOWEST = 0.12
_HIGHEST = 0.5
_END = 0.2


def without_struck(glyphs: Sequence[Glyph], across: Sequence[Rule]) -> list[Glyph]:
    """The glyphs without those that are struck out.

    A stroke runs through the middle of letters and begins and ends where letters do; the lines of a table do not.
    """
    struck: set[int] = set()
    order = sorted(range(len(glyphs)), key=lambda index: glyphs[index].base)
    bases = [glyphs[index].base for index in order]
    largest = max((glyph.size for glyph in glyphs), default=0.0)
    for rule in across:
        near = order[bisect_left(bases, rule.at) : bisect_right(bases, rule.at + _HIGHEST * largest)]
        under = [index for index in near if _strikes(rule, glyphs[index])]
        if under and _spans(rule, [glyphs[index] for index in under]):
            struck.update(under)
    return [glyph for index, glyph in enumerate(glyphs) if index not in struck] if struck else list(glyphs)


def _strikes(rule: Rule, glyph: Glyph) -> bool:
    beside = _END * glyph.size
    return (
        glyph.base - _HIGHEST * glyph.size <= rule.at <= glyph.base - _LOWEST * glyph.size
        and rule.start - beside <= glyph.x0
        and glyph.x1 <= rule.stop + beside
    )


def _spans(rule: Rule, glyphs: Sequence[Glyph]) -> bool:
    first, last = min(glyphs, key=lambda glyph: glyph.x0), max(glyphs, key=lambda glyph: glyph.x1)
    return abs(first.x0 - rule.start) <= _END * first.size and abs(last.x1 - rule.stop) <= _END * last.size
