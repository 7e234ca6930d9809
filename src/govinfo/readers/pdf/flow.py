"""Printed lines → paragraphs: a line that fills its width goes on in the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from govinfo.readers.pdf.words import Line
from govinfo.text import has_enumerator, top_numeral

# In letters: how far from the margin a full line may end, how far from it a line that goes on may begin, how far apart
# lines of one paragraph stand.
_SHORT_OF = 2.2
_INDENT = 0.8
_APART = 3.0
_END = frozenset("。！？；：.!?;:")


@dataclass(frozen=True, slots=True)
class Margins:
    """Between which places across the page running text stands."""

    left: float
    right: float


def margins_of(lines: Iterable[Line]) -> Margins:
    """The margins that most lines of running text keep to; page numbers and titles are shorter."""
    lefts: Counter[int] = Counter()
    right = 0.0
    for line in lines:
        lefts[round(line.x0)] += 1
        right = max(right, line.x1)
    if not lefts:
        return Margins(0.0, 0.0)
    # a line or two may hang out to the left; a margin is where lines begin again and again
    often = [left for left, count in lefts.items() if count > 2] or list(lefts)
    return Margins(float(min(often)), right)


def paragraphs(lines: Sequence[Line], margins: Margins) -> Iterator[tuple[Line, ...]]:
    """The lines that make up each paragraph, in order."""
    part: list[Line] = []
    for line in lines:
        if part and not _goes_on(part, line, margins):
            yield tuple(part)
            part = []
        part.append(line)
    if part:
        yield tuple(part)


def _goes_on(part: Sequence[Line], line: Line, margins: Margins) -> bool:
    """Whether `line` continues the paragraph begun; on the next page heights say nothing."""
    before = part[-1]
    size = min(before.size, line.size)
    if max(before.size, line.size) > 1.3 * size or before.x1 < margins.right - _SHORT_OF * size:
        return False
    if line.x0 > margins.left + _INDENT * size or line.base - before.base > _APART * size:
        return False
    if before.text[-1] not in _END or not has_enumerator(line.text):
        return True
    # where paragraphs begin further in, a numbered line at the margin is a heading or no new one
    return part[0].x0 > margins.left + _INDENT * size and top_numeral(line.text) is None
