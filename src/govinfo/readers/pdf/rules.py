"""A page of a PDF → the straight lines drawn on it that may rule a table.

Rules come as strokes, as thin filled rectangles, as rings of two rectangles, as images a point high, dashed,
dotted or doubled. What fills a cell is no rule.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from govinfo.readers.pdf.glyphs import Point, Upright

_THIN = 3.5
_RING = 4.0
_SLANT = 1.0
_MAX_DEPTH = 8
_DOUBLED = 2.2
_MAX_BUNDLE = 4.6
_GAP = 3.6
_SHORTEST = 6.0

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Rule(NamedTuple):
    """A horizontal or vertical line: where it lies across its direction, and from where to where it goes."""

    at: float
    start: float
    stop: float


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a page, joined where they are one line. `cut` says that there were too many to look at."""

    across: tuple[Rule, ...]
    down: tuple[Rule, ...]
    segments: int
    cut: bool = False


@dataclass(slots=True)
class _Budget:
    left: int


def page_rules(page: Any, upright: Upright, most: int) -> Rules:
    """The rules of a page.

    Parameters
    ----------
    upright : how the page is turned.
    most : no more objects and segments of paths than this are looked at.
    """
    budget = _Budget(most)
    across: list[Rule] = []
    down: list[Rule] = []
    count = pdfium.FPDFPage_CountObjects(page)
    get = pdfium.FPDFPage_GetObject
    for x0, y0, x1, y1 in _boxes((get(page, index) for index in range(count)), _SAME, 0, budget):
        (ax, ay), (bx, by) = upright.point(x0, y0), upright.point(x1, y1)
        left, right, top, bottom = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        if bottom - top <= _THIN:
            across.append(Rule((top + bottom) / 2, left, right))
        if right - left <= _THIN:
            down.append(Rule((left + right) / 2, top, bottom))
    return Rules(_joined(across), _joined(down), most - budget.left, budget.left <= 0)


_Box = tuple[float, float, float, float]


def _boxes(objects: Iterable[Any], matrix: Matrix, depth: int, budget: _Budget) -> Iterator[_Box]:
    """The thin boxes that the objects paint, in the page's own coordinates."""
    for item in objects:
        budget.left -= 1
        if budget.left <= 0:
            return
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield from _path_boxes(item, matrix, budget)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(item, matrix)
            if box is not None and _is_thin(box):
                yield box
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            count = pdfium.FPDFFormObj_CountObjects(item)
            inner = (pdfium.FPDFFormObj_GetObject(item, index) for index in range(max(count, 0)))
            yield from _boxes(inner, _times(_matrix(item), matrix), depth + 1, budget)


def _path_boxes(path: Any, matrix: Matrix, budget: _Budget) -> Iterator[_Box]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke) or not (fill.value or stroke.value):
        return
    if not stroke.value:
        box = _bounds(path, matrix)
        if box is not None and _is_thin(box):
            budget.left -= 1
            yield box
            return
    parts = _subpaths(path, _times(_matrix(path), matrix), budget)
    if stroke.value:
        for points in parts:
            for before, after in itertools.pairwise(points):
                if abs(before[0] - after[0]) <= _SLANT or abs(before[1] - after[1]) <= _SLANT:
                    yield _box_of((before, after))
        return
    boxes = [_box_of(points) for points in parts if len(points) > 1]
    thick = [box for box in boxes if not _is_thin(box)]
    yield from (box for box in boxes if _is_thin(box))
    for outer, inner in itertools.pairwise(thick):
        yield from _ring_sides(outer, inner)


def _ring_sides(one: _Box, other: _Box) -> Iterator[_Box]:
    """The four sides of the frame between two rectangles, where one lies closely within the other."""
    outer, inner = (one, other) if one[0] <= other[0] else (other, one)
    margins = (inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3])
    if all(0 <= margin <= _RING for margin in margins) and any(margins):
        x0, y0, x1, y1 = ((a + b) / 2 for a, b in zip(outer, inner, strict=True))
        yield from ((x0, y0, x0, y1), (x1, y0, x1, y1), (x0, y0, x1, y0), (x0, y1, x1, y1))


def _subpaths(path: Any, matrix: Matrix, budget: _Budget) -> list[list[Point]]:
    """The corners of each part of a path; a curve counts as a jump."""
    parts: list[list[Point]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    x_at, y_at = ctypes.byref(x), ctypes.byref(y)
    count = pdfium.FPDFPath_CountSegments(path)
    if count > budget.left:
        budget.left = 0
        return []
    budget.left -= max(count, 0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x_at, y_at):
            continue
        point = _apply(matrix, x.value, y.value)
        if pdfium.FPDFPathSegment_GetType(segment) != pdfium.FPDF_SEGMENT_LINETO or not parts:
            parts.append([])
        parts[-1].append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            parts[-1].append(parts[-1][0])
    return parts


def _box_of(points: Sequence[Point]) -> _Box:
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def _is_thin(box: _Box) -> bool:
    return box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN


def _bounds(item: Any, matrix: Matrix) -> _Box | None:
    values = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *values):
        return None
    x0, y0, x1, y1 = (value.value for value in values)
    return _box_of((_apply(matrix, x0, y0), _apply(matrix, x1, y1)))


def _matrix(item: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    if then is _SAME:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _joined(rules: list[Rule]) -> tuple[Rule, ...]:
    """The rules with the strokes of one line made one: doubled, dashed, dotted, drawn cell by cell."""
    found: list[Rule] = []
    bundle: list[Rule] = []
    for rule in sorted(rule for rule in rules if rule.at == rule.at):
        if bundle and (rule.at - bundle[-1].at > _DOUBLED or rule.at - bundle[0].at > _MAX_BUNDLE):
            found.extend(_one_line(bundle))
            bundle = []
        bundle.append(rule)
    found.extend(_one_line(bundle))
    return tuple(found)


def _one_line(bundle: list[Rule]) -> Iterator[Rule]:
    if not bundle:
        return
    at = sum(rule.at for rule in bundle) / len(bundle)
    ordered = sorted(bundle, key=lambda rule: rule.start)
    start, stop = ordered[0].start, ordered[0].stop
    for rule in ordered:
        if rule.start <= stop + _GAP:
            stop = max(stop, rule.stop)
            continue
        if stop - start >= _SHORTEST:
            yield Rule(at, start, stop)
        start, stop = rule.start, rule.stop
    if stop - start >= _SHORTEST:
        yield Rule(at, start, stop)
