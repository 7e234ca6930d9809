"""Bars of parts: what a whole consists of, side by side for several wholes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from govinfo.charts.style import INK, columns

# A narrower part, of the whole width, has no room for its number.
_ROOM = 0.022
# How many points wide a legend may be.
_KEY_POINTS = 268


@dataclass(frozen=True)
class Part:
    """One part: its name in the legend, its colour, whether its number is written in white, and a hatch if any."""

    label: str
    colour: str
    pale: bool = True
    hatch: str = ""


def draw_parts(axes: Axes, counts: pd.DataFrame, parts: Mapping[str, Part], width: float) -> None:
    """A bar for each row of `counts` (a column for each key of `parts`), from the top, numbers in it.

    `width` is how much a bar of the full width counts; rows without anything stay empty.
    """
    left = pd.Series(0.0, index=counts.index)
    for key, part in parts.items():
        size = counts[key].astype(float)
        look: Any = {"hatch": part.hatch, "edgecolor": "white" if not part.hatch else "#8a8a8a"}
        # a bar without width would still show its edge
        there = size > 0
        places = [at for at, seen in enumerate(there) if seen]
        axes.barh(places, size[there], left=left[there], height=0.66, color=part.colour, **look)
        for at, (value, start) in enumerate(zip(size, left, strict=True)):
            digits = len(f"{value:.0f}")
            if value and value >= _ROOM * width * (0.6 + 0.4 * digits):
                ink = INK if part.pale else "white"
                box = {"facecolor": part.colour, "pad": 0.8, "linewidth": 0} if part.hatch else None
                axes.text(
                    start + value / 2, at, f"{value:.0f}", ha="center", va="center", fontsize=8.5, color=ink, bbox=box
                )
        left += size
    axes.set_ylim(len(counts) - 0.5, -0.5)
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)


def key_to(axes: Axes, parts: Mapping[str, Part], above: float = 1.0, room: float = _KEY_POINTS) -> None:
    """The legend of these parts at the left above the axes, in as many columns as `room` (in points) has place for."""
    longest = max(columns(part.label) for part in parts.values())
    marks = [
        Patch(facecolor=part.colour, label=part.label, hatch=part.hatch, edgecolor="#8a8a8a" if part.hatch else None)
        for part in parts.values()
    ]
    across = max(1, min(len(parts), int(room // (longest * 4.5 + 22))))
    place: Any = {"loc": "lower left", "bbox_to_anchor": (0, above), "borderaxespad": 0.1}
    axes.legend(
        handles=marks, ncols=across, fontsize=9, handlelength=1.0, handletextpad=0.5, columnspacing=1.0, **place
    )


def whole(counts: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """`counts` with a column for each of `keys`, 0 where it had none."""
    return counts.reindex(columns=list(keys), fill_value=0)
