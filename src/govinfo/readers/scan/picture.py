"""A picture of a page → turned straight, its ink, and the lines that rule its tables.

A scan lies a little askew, its paper is not white and its lines are broken by noise; so everything is looked for in
the ink, which is what is darker than the paper around it, and lines may have small gaps and steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from govinfo.readers.pdf.rules import Rule, Rules

Picture = npt.NDArray[np.uint8]

# All in points but where said.
_AROUND = 20.0
_DARKER = 18  # levels of grey
_SPECK = 0.5
_SLIVER, _BESIDE = 0.8, 0.4
_GAP = 0.8
_THICK = 4.0
_HALF = 1.0
_ACROSS = 18.0
_DOWN = 10.5
_LONG = 50.0
_TOUCH = 3.2
_WIDEST_TURN = 4.0  # degrees
_SKEW_SIZE = 900  # pixels
# in dots an inch: finer pictures cost time, coarser ones are made finer
_FINE, _FINE_FROM, _FINEST = 160, 200, 240


@dataclass(frozen=True, slots=True)
class Straight:
    """A page turned straight: its greys without the rules of tables, where there is ink in it, and the rules."""

    grey: Picture
    ink: Picture
    rules: Rules


def sized(image: Picture, scale: float) -> tuple[Picture, float]:
    """The greys of a picture of `scale` points a pixel at a size at which characters are read well, and its scale."""
    grey = image if image.ndim == 2 else _grey(image)
    dots = 72 / scale
    if not _FINE <= dots <= _FINEST:
        factor = _FINE_FROM / dots
        kind = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
        grey = np.asarray(cv2.resize(grey, None, fx=factor, fy=factor, interpolation=kind), np.uint8)
        scale /= factor
    return grey, scale


def _grey(image: Picture) -> Picture:
    if image.shape[2] == 1:
        return image[:, :, 0]
    return np.asarray(cv2.cvtColor(image[:, :, :3], cv2.COLOR_RGB2GRAY), np.uint8)


def straighten(grey: Picture, scale: float) -> Straight:
    """The page in a picture of `scale` points a pixel, turned so that its lines lie level."""
    grey = _turned(grey, _skew(grey))
    ink = _ink(grey, scale)
    rules = _rules(ink, scale)
    mask = _drawn(rules, ink, scale)
    paper = cv2.medianBlur(cv2.dilate(grey, np.ones((5, 5), np.uint8)), 5)
    clean = np.where(mask > 0, paper, grey).astype(np.uint8)
    ink[mask > 0] = 0
    return Straight(clean, _without_specks(ink, mask, scale), rules)


def _skew(grey: Picture) -> float:
    """By how many degrees the lines of a page lie askew: the turn that makes its rows of ink sharpest."""
    shrink = min(1.0, _SKEW_SIZE / max(grey.shape))
    small = cv2.resize(grey, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    ink = (cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)).astype(
        np.uint8
    )
    angle = 0.0
    for step, reach in ((0.5, _WIDEST_TURN), (0.1, 0.5), (0.03, 0.1)):
        turns = np.arange(angle - reach, angle + reach + step / 2, step)
        # of turns that do equally well, as on an empty page, the smallest
        angle = float(max(turns, key=lambda turn: (_sharpness(ink, turn), -abs(turn))))
    return angle if abs(angle) >= 0.05 else 0.0


def _sharpness(ink: Picture, turn: float) -> float:
    rows = _turned(ink, turn, paper=0).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def _turned(grey: Picture, degrees: float, paper: int | None = None) -> Picture:
    if not degrees:
        return grey
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    around = int(np.median(grey)) if paper is None else paper
    kind = cv2.INTER_CUBIC if paper is None else cv2.INTER_NEAREST
    turned = cv2.warpAffine(grey, matrix, (width, height), flags=kind, borderValue=(around,))
    return np.asarray(turned, np.uint8)


def _ink(grey: Picture, scale: float) -> Picture:
    """Where a picture is darker than the paper around (255), and where not (0)."""
    size = max(3, round(_AROUND / scale) | 1)
    found = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, size, _DARKER)
    return np.asarray(found, np.uint8)


def _without_specks(ink: Picture, mask: Picture, scale: float) -> Picture:
    """The ink without specks, and without the slivers that are left beside rules of uneven thickness."""
    least, thin, reach = max(2, round((_SPECK / scale) ** 2)), max(2, round(_SLIVER / scale)), round(_BESIDE / scale)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    beside = cv2.dilate(mask, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    touching = np.zeros(count, bool)
    touching[np.unique(labels[beside > 0])] = True
    narrow = np.minimum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) <= thin
    kept = np.where((stats[:, cv2.CC_STAT_AREA] >= least) & ~(touching & narrow), 255, 0).astype(np.uint8)
    kept[0] = 0
    return np.asarray(kept[labels], np.uint8)


def _rules(ink: Picture, scale: float) -> Rules:
    across = _straight_runs(ink, scale, _ACROSS)
    down = _straight_runs(np.ascontiguousarray(ink.T), scale, _DOWN)
    # what is short is a rule only where it ends at others: strokes of characters do not
    across, down = _anchored(across, down), _anchored(down, across)
    return Rules(tuple(sorted(across)), tuple(sorted(down)), len(across) + len(down))


def _straight_runs(ink: Picture, scale: float, least: float) -> list[Rule]:
    """Level lines in the ink at least so long, small gaps and steps bridged."""
    gap, reach = max(3, round(_GAP / scale) | 1), max(5, round(least / scale))
    # first what is level by itself: strokes of characters that only together make a line are none
    runs = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    runs = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((1, max(3, reach * 3 // 5)), np.uint8))
    runs = cv2.dilate(runs, np.ones((3, 1), np.uint8))
    runs = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    runs = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((1, reach), np.uint8))
    count, _, stats, centres = cv2.connectedComponentsWithStats(runs, connectivity=8)
    found = []
    for index in range(1, count):
        x, _, width, _, area = (int(value) for value in stats[index])
        # the mean thickness, without what was added to bridge steps
        if (area / width - 2) * scale <= _THICK:
            found.append(Rule((float(centres[index][1]) + 0.5) * scale, x * scale, (x + width) * scale))
    return found


def _anchored(rules: Sequence[Rule], crossing: Sequence[Rule]) -> list[Rule]:
    return [
        rule
        for rule in rules
        if rule.stop - rule.start >= _LONG or (_meets(rule, rule.start, crossing) and _meets(rule, rule.stop, crossing))
    ]


def _meets(rule: Rule, end: float, crossing: Sequence[Rule]) -> bool:
    return any(
        abs(other.at - end) <= _TOUCH and other.start - _TOUCH <= rule.at <= other.stop + _TOUCH for other in crossing
    )


def _drawn(rules: Rules, ink: Picture, scale: float) -> Picture:
    """A mask of the ink of the rules, a little wider than they are."""
    mask = np.zeros_like(ink)
    half = max(1, round(_HALF / scale))

    def fill(rule: Rule, drawn: npt.NDArray[np.uint8]) -> None:
        at, start, stop = (round(value / scale) for value in rule)
        drawn[max(at - half, 0) : at + half + 1, max(start - half, 0) : stop + half + 1] = 255

    for rule in rules.across:
        fill(rule, mask)
    for rule in rules.down:
        fill(rule, mask.T)
    return mask
