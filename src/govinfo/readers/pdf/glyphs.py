"""A page of a PDF → its characters, upright, with y growing downwards."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from govinfo.readers.pdf.radicals import plain_ideograph

_QUARTER = math.pi / 2
# What the engine puts in for a hyphen at the end of a line.
_HYPHENS = (0x02, 0xFFFE)
_SPACES = frozenset({0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20})
_INVISIBLE = 3
_FLAT = 0.9
# In quarter turns: more than this is no cursive, and no page scanned a little askew.
_SLANT = 0.1

Point = tuple[float, float]


class Glyph(NamedTuple):
    """A character: its advance box, the height of its line and its baseline, in points from the top left.

    `run` tells the text objects of the page apart; `hidden` text is not painted (a recognised text behind a scan).
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    run: int
    hidden: bool


class _Run(NamedTuple):
    """A text object: its number, whether it is unpainted, and the size of its letters on the page."""

    number: int
    hidden: bool
    size: float


@dataclass(frozen=True, slots=True)
class Upright:
    """How to turn a page's coordinates so that its text runs from left to right and y grows downwards."""

    quarter: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """The width of the page as it is read."""
        return self.right - self.left if self.quarter % 2 == 0 else self.top - self.bottom

    @property
    def height(self) -> float:
        """The height of the page as it is read."""
        return self.top - self.bottom if self.quarter % 2 == 0 else self.right - self.left

    def point(self, x: float, y: float) -> Point:
        """A point of the page as it is read."""
        if self.quarter == 0:
            return x - self.left, self.top - y
        if self.quarter == 1:
            return y - self.bottom, x - self.left
        if self.quarter == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x


def page_glyphs(page: Any, text: Any) -> tuple[list[Glyph], Upright]:
    """The characters of a page that stand within its box, and how the page is turned.

    Parameters
    ----------
    page, text : the engine's page and text page.
    """
    runs: dict[int, _Run] = {}
    raw = [_raw(text, position, runs) for position in range(pdfium.FPDFText_CountChars(text))]
    upright, slanted = _upright(page, text, [item for item in raw if item is not None])
    width, height, point = upright.width, upright.height, upright.point
    glyphs = []
    for item in raw:
        if item is None:
            continue
        char, box, origin, run, _ = item
        if run.number in slanted:
            continue
        ax, ay = point(box[0], box[1])
        bx, by = point(box[2], box[3])
        x0, x1 = (ax, bx) if ax < bx else (bx, ax)
        if -1 <= (x0 + x1) / 2 <= width + 1 and -1 <= (ay + by) / 2 <= height + 1:
            base = point(*origin)[1]
            # fonts that say nothing of their height give the box of the ink, and that of a dash is flat
            size = max(abs(by - ay), _FLAT * run.size)
            glyphs.append(Glyph(char, x0, x1, base, size, run.number, run.hidden))
    return _without_hidden_copies(glyphs), upright


_Raw = tuple[str, tuple[float, float, float, float], Point, "_Run", int]


def _reader() -> Callable[[Any, int, dict[int, _Run]], _Raw | None]:
    """The function that asks the engine for one character; it keeps the buffers that the engine fills."""
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_at, x_at, y_at = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    unicode_of, box_of, origin_of = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetLooseCharBox,
        pdfium.FPDFText_GetCharOrigin,
    )
    object_of, address = pdfium.FPDFText_GetTextObject, ctypes.addressof

    def read(text: Any, position: int, runs: dict[int, _Run]) -> _Raw | None:
        code = unicode_of(text, position)
        if code in _SPACES:
            return None
        owner = object_of(text, position)
        if not owner or not box_of(text, position, box_at) or not origin_of(text, position, x_at, y_at):
            return None
        key = address(owner.contents)
        run = runs.get(key)
        if run is None:
            run = runs[key] = _run(owner, position)
        char = "-" if code in _HYPHENS else plain_ideograph(code)
        corners = (box.left, box.bottom, box.right, box.top)
        if not char or not all(map(math.isfinite, corners)):
            return None
        return char, corners, (x.value, y.value), run, position

    return read


def _run(owner: Any, position: int) -> _Run:
    hidden = pdfium.FPDFTextObj_GetTextRenderMode(owner) == _INVISIBLE
    size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
    if not pdfium.FPDFTextObj_GetFontSize(owner, size) or not pdfium.FPDFPageObj_GetMatrix(owner, matrix):
        return _Run(position, hidden, 0.0)
    height = abs(size.value) * math.hypot(matrix.c, matrix.d)
    return _Run(position, hidden, height if math.isfinite(height) else 0.0)


_raw = _reader()


def _upright(page: Any, text: Any, raw: list[_Raw]) -> tuple[Upright, frozenset[int]]:
    """The turn that most of the page's text asks for, its own where it has no text; and the runs of slanted text.

    Nothing of a report is printed aslant but what lies across a page as its mark.
    """
    first_of_runs = {item[3].number: item[4] for item in reversed(raw)}
    lengths = Counter(item[3].number for item in raw)
    turns: Counter[int] = Counter()
    slanted = set()
    for run, position in first_of_runs.items():
        angle = pdfium.FPDFText_GetCharAngle(text, position)
        # the engine counts clockwise
        angle = angle / _QUARTER if math.isfinite(angle) else 0.0
        if abs(angle - round(angle)) > _SLANT:
            slanted.add(run)
        else:
            turns[-round(angle) % 4] += lengths[run]
    quarter = turns.most_common(1)[0][0] if turns else pdfium.FPDFPage_GetRotation(page) % 4
    left, bottom, right, top = page.get_cropbox()
    return Upright(quarter, left, bottom, right, top), frozenset(slanted)


def _without_hidden_copies(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs without those that lie unpainted beneath painted ones."""
    if not any(glyph.hidden for glyph in glyphs):
        return glyphs
    taken: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        if not glyph.hidden:
            for column in range(int(glyph.x0 // 20), int(glyph.x1 // 20) + 1):
                taken.setdefault((column, int(glyph.base // 20)), []).append(glyph)
    return [glyph for glyph in glyphs if not glyph.hidden or not _lies_under(glyph, taken)]


def _lies_under(glyph: Glyph, taken: dict[tuple[int, int], list[Glyph]]) -> bool:
    middle, height = (glyph.x0 + glyph.x1) / 2, glyph.base - glyph.size * 0.35
    near = int(glyph.base // 20)
    return any(
        other.x0 <= middle <= other.x1 and other.base - other.size <= height <= other.base + other.size * 0.2
        for row in (near - 1, near, near + 1)
        for other in taken.get((int(middle // 20), row), ())
    )
