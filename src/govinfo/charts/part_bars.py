"""One bar of parts for each row, with the house's title, caption and key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.ticker import MaxNLocator

from govinfo.charts.chart import Chart
from govinfo.charts.parts import Part, draw_parts, key_to, whole
from govinfo.charts.style import COLOURS, GREY, STEPS, house_style, panel, wrap

# What is as it should be is pale; what is not stands out. White letters are read on the dark ones.
GOOD, SOFT = STEPS[1], STEPS[0]
BAD, DOUBT = COLOURS[5], COLOURS[1]
_LABEL_WIDTH = 28


@dataclass(frozen=True)
class Bars:
    """What stands around the bars: the name of the files, title, caption, and how the axis writes its numbers."""

    name: str
    title: str
    caption: str
    axis: str = "{x:.0f}"


def part_bars(
    counts: pd.DataFrame, parts: Mapping[str, Part], heading: Bars, frame: pd.DataFrame, ends: Sequence[str] = ()
) -> Chart:
    """A bar for each row of `counts` (named by its index, a column for each key of `parts`), the first at the top.

    Parts that no row has are left out of the key. `frame` is what is kept as CSV. `ends` are written behind the bars.
    """
    counts = whole(counts, list(parts)).astype(float)
    shown = {key: part for key, part in parts.items() if counts[key].sum() > 0}
    width = float(counts.sum(axis=1).max()) or 1.0
    lines = [wrap(str(label), _LABEL_WIDTH) for label in counts.index]
    height = sum(max(0.3, 0.19 * (line.count("\n") + 1)) for line in lines)
    with house_style():
        figure, axes = panel(height + 0.45 + 0.17 * len(shown) / 2, heading.title, heading.caption)
        draw_parts(axes, counts[list(shown)], shown, width)
        for at, (total, end) in enumerate(zip(counts.sum(axis=1), ends, strict=False)):
            axes.annotate(
                end,
                (total, at),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                fontsize=8.5,
                color=GREY,
            )
        axes.set_yticks(range(len(lines)), lines)
        axes.set_xlim(0, width * (1.02 if not len(ends) else 1.3))
        whole_numbers = bool((counts.to_numpy() % 1 == 0).all())
        axes.xaxis.set_major_locator(MaxNLocator("auto", integer=whole_numbers))
        axes.xaxis.set_major_formatter(heading.axis)
        key_to(axes, shown)
        figure.draw_without_rendering()
    return Chart(heading.name, figure, frame)
