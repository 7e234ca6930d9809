"""A page turned straight → its characters: what stands in the cells of its tables and in lines around them.

In a table nothing is looked for by the engine: whatever ink a cell holds is cut out and read, line by line, so that no
figure is passed over and none is read together with its neighbour. Around tables the engine finds the lines.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import cv2
import numpy as np

from govinfo.readers.pdf.glyphs import Glyph
from govinfo.readers.pdf.grid import Grid, find_grids
from govinfo.readers.scan.engine import Box, Read, find_lines, read_lines
from govinfo.readers.scan.picture import Picture, Straight

# What stands for a character of a figure that the engine is not sure of.
UNSURE = "?"
_SURE = 0.9
# a word has so many ideographs
_WORD = 3
# A line is at least so high, in points; what is lower belongs to the line above or below it.
_LOWEST, _HIGHEST, _USUAL = 4.0, 20.0, 9.0
_APART = 0.8
# how far above its foot a line has its middle, in heights of a line
_MIDDLE = 0.36
_LEVEL = 0.1
_MARGIN, _WIDE_MARGIN = 0.3, 0.55
_SHRINK = 0.7
_DETECT_DPI = 110
_MAX_CROPS = 4000
# the engine is shown so many heights of a line above and below what it looks at
_ROOM = 2
# of a ring alone the engine cannot tell whether it is a letter; no other digit is one
_ROUND = str.maketrans("oO", "00")
_ENUMERATOR = re.compile(r"^\d{1,2}[.,\u3001\uff0e\uff0c]")


class Crop(NamedTuple):
    """Ink to be read: its box, and the first row of the line it stands in and the row behind its last."""

    box: Box
    top: int
    bottom: int


class Characters(NamedTuple):
    """The characters of a page, and the share of them that stand in words that the engine is sure of.

    Of a page on its side or on its head the engine may be sure of figures (a 0 stays a 0), but hardly of words.
    """

    glyphs: list[Glyph]
    worded: float


def page_characters(page: Straight, scale: float) -> Characters:
    """The characters recognised in a page of `scale` points a pixel."""
    grids = find_grids(page.rules)
    cells = [box for grid in grids for box in _cell_boxes(grid, scale, page.ink.shape)]
    height = _line_height(page.ink, cells, scale)
    crops = [crop for cell in cells for crop in _crops(page.ink, cell, height)]
    crops += _crops_around(page, grids, scale, height)
    crops = crops[:_MAX_CROPS]
    reads = _read_twice(page.grey, [crop.box for crop in crops], height)
    # letters of any kind and figures have one middle, but not one foot
    middles = _levelled([(crop.top + crop.bottom) / 2 for crop in crops], _LEVEL * height)
    glyphs: list[Glyph] = []
    for run, (crop, middle, read) in enumerate(zip(crops, middles, reads, strict=True)):
        glyphs.extend(_glyphs(crop, middle, read, run, height, scale))
    words = sum(len(read.text) for read in reads if _is_sure_word(read))
    return Characters(glyphs, words / max(1, sum(len(read.text) for read in reads)))


def _read_twice(grey: Picture, boxes: Sequence[Box], height: int) -> list[Read]:
    """What stands in the boxes; figures are read again from another cut, and none is sure that is not read the same.

    Arithmetic finds a figure that is misread, but not a digit that is misread the same way wherever it stands.
    """
    reads = read_lines([_cut(grey, box, height, _MARGIN) for box in boxes])
    figures = [at for at, read in enumerate(reads) if read.text and not _has_words(read.text)]
    again = read_lines([_smaller(_cut(grey, boxes[at], height, _WIDE_MARGIN)) for at in figures])
    for at, other in zip(figures, again, strict=True):
        first = reads[at]
        same = first.text.strip() in (other.text.strip(), other.text.strip().translate(_ROUND))
        reads[at] = Read(first.text, first.sure if same else (0.0,) * len(first.text))
    return reads


def _smaller(picture: Picture) -> Picture:
    shrunk = cv2.resize(picture, None, fx=_SHRINK, fy=_SHRINK, interpolation=cv2.INTER_AREA)
    return np.asarray(shrunk, np.uint8)


def _has_words(text: str) -> bool:
    return any(unicodedata.category(character) == "Lo" for character in text)


def _is_sure_word(read: Read) -> bool:
    ideographs = sum(unicodedata.category(character) == "Lo" for character in read.text)
    return ideographs >= _WORD and sum(read.sure) >= _SURE * len(read.sure)


def _levelled(heights: Sequence[float], reach: float) -> list[float]:
    """The heights of lines with those that differ by next to nothing made one."""
    order = sorted(range(len(heights)), key=lambda index: heights[index])
    groups: list[list[int]] = []
    for index in order:
        if (
            not groups
            or heights[index] - heights[groups[-1][-1]] > reach
            or heights[index] - heights[groups[-1][0]] > 3 * reach
        ):
            groups.append([])
        groups[-1].append(index)
    found = list(heights)
    for group in groups:
        mean = sum(heights[index] for index in group) / len(group)
        for index in group:
            found[index] = mean
    return found


def _cell_boxes(grid: Grid, scale: float, shape: tuple[int, ...]) -> Iterator[Box]:
    for region in grid.regions:
        x0, x1 = grid.xs[region.column], grid.xs[region.column + region.columns]
        y0, y1 = grid.ys[region.row], grid.ys[region.row + region.rows]
        box = Box(round(x0 / scale), round(y0 / scale), round(x1 / scale), round(y1 / scale))
        yield Box(max(box.x0, 0), max(box.y0, 0), min(box.x1, shape[1]), min(box.y1, shape[0]))


def _line_height(ink: Picture, cells: Sequence[Box], scale: float) -> int:
    """How high the lines of the page's tables are, in pixels."""
    heights = [
        stop - start
        for cell in cells
        for start, stop in _runs(ink[cell.y0 : cell.y1, cell.x0 : cell.x1].any(axis=1))
        if _LOWEST <= (stop - start) * scale <= _HIGHEST
    ]
    return round(float(np.percentile(heights, 75))) if heights else max(1, round(_USUAL / scale))


def _runs(used: Any) -> list[tuple[int, int]]:
    """The stretches of an array of truths that are true."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], np.asarray(used, np.int8), [0]))))
    return [(int(start), int(stop)) for start, stop in zip(edges[::2], edges[1::2], strict=True)]


def _joined(runs: Sequence[tuple[int, int]], height: float) -> list[tuple[int, int]]:
    """Stretches that together are no higher than a line made one: the strokes of one character."""
    lines: list[tuple[int, int]] = []
    for start, stop in runs:
        if lines and stop - lines[-1][0] <= height:
            lines[-1] = (lines[-1][0], stop)
        else:
            lines.append((start, stop))
    return lines


def _crops(ink: Picture, cell: Box, height: int) -> Iterator[Crop]:
    """The ink of a cell, line by line, cut where wide spaces part it."""
    part = ink[cell.y0 : cell.y1, cell.x0 : cell.x1]
    for top, bottom in _joined(_runs(part.any(axis=1)), 1.2 * height):
        yield from _segments(part, top, bottom, cell.x0, cell.y0, height)


def _segments(part: Picture, top: int, bottom: int, left: int, above: int, height: int) -> Iterator[Crop]:
    line = part[top:bottom]
    segments: list[tuple[int, int]] = []
    for start, stop in _runs(line.any(axis=0)):
        if segments and start - segments[-1][1] <= _APART * height:
            segments[-1] = (segments[-1][0], stop)
        else:
            segments.append((start, stop))
    for start, stop in segments:
        rows = np.flatnonzero(line[:, start:stop].any(axis=1))
        y0, y1 = top + int(rows[0]), top + int(rows[-1]) + 1
        yield Crop(Box(left + start, above + y0, left + stop, above + y1), above + top, above + bottom)


def _crops_around(page: Straight, grids: Sequence[Grid], scale: float, height: int) -> Iterator[Crop]:
    """The lines outside tables."""
    grey, ink = page.grey.copy(), page.ink.copy()
    for grid in grids:
        x0, x1, y0, y1 = (round(value / scale) for value in (grid.xs[0], grid.xs[-1], grid.ys[0], grid.ys[-1]))
        grey[max(y0, 0) : y1 + 1, max(x0, 0) : x1 + 1] = 255
        ink[max(y0, 0) : y1 + 1, max(x0, 0) : x1 + 1] = 0
    shrink = min(1.0, _DETECT_DPI * scale / 72)
    for above, below in _bands(ink, height):
        band = grey[above:below]
        small = cv2.resize(band, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        for found in find_lines(np.asarray(small, np.uint8)):
            x0, y0, x1, y1 = (round(value / shrink) for value in found)
            box = Box(x0, above + y0, x1, above + y1)
            part = page.ink[box.y0 : box.y1, box.x0 : box.x1]
            rows = np.flatnonzero(part.any(axis=1))
            if rows.size:
                least = max(height, (box.y1 - box.y0) // 2)
                yield from _segments(part, int(rows[0]), int(rows[-1]) + 1, box.x0, box.y0, least)


def _bands(ink: Picture, height: int) -> list[tuple[int, int]]:
    """The rows of a page that hold ink, with room around: what the engine looks at costs by its area."""
    bands: list[tuple[int, int]] = []
    for start, stop in _runs(ink.any(axis=1)):
        start, stop = max(0, start - _ROOM * height), min(len(ink), stop + _ROOM * height)
        if bands and start <= bands[-1][1]:
            bands[-1] = (bands[-1][0], stop)
        else:
            bands.append((start, stop))
    return bands


def _cut(grey: Picture, box: Box, height: int, around: float) -> Picture:
    """The picture of a line with a margin around its ink."""
    margin = max(2, round(around * min(height, box.y1 - box.y0)))
    y0, x0 = max(box.y0 - margin, 0), max(box.x0 - margin, 0)
    return grey[y0 : box.y1 + margin, x0 : box.x1 + margin]


def _glyphs(crop: Crop, middle: float, read: Read, run: int, height: int, scale: float) -> Iterator[Glyph]:
    """The characters of a line, side by side over its ink."""
    text = without_guesses(read)
    widths = [0.5 if character.isascii() else 1.0 for character in text]
    starts = [0.0, *itertools.accumulate(widths)]
    step = (crop.box.x1 - crop.box.x0) / starts[-1]
    size = max(height, crop.bottom - crop.top) * scale
    base = middle * scale + _MIDDLE * size
    for character, start, width in zip(text, starts, widths, strict=False):
        if character.isspace():
            continue
        x0 = (crop.box.x0 + start * step) * scale
        yield Glyph(character, x0, x0 + width * step * scale, base, size, run, True)


def without_guesses(read: Read) -> str:
    """What was read, with a mark in place of each character of a figure of which the engine is not sure.

    Words may be guessed at, for a label with a wrong character is no label; the number before a label too.
    """
    text = read.text
    if not text.strip():
        # there is ink: what it says is not known
        return UNSURE
    words = _has_words(text)
    numbered = len(text) - len(_ENUMERATOR.sub("", text)) if words else 0
    return "".join(
        UNSURE if sure < _SURE and at >= numbered and not (words and not character.isdigit()) else character
        for at, (character, sure) in enumerate(zip(text, read.sure, strict=True))
    )
