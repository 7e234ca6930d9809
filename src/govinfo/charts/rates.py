"""Shares with their intervals as horizontal bars; where too few stand behind them, the counts alone."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from govinfo.charts.bars import Heading, bars
from govinfo.charts.chart import Chart
from govinfo.charts.shown import Words
from govinfo.charts.style import COLOURS, HALO, INK, house_style, panel, wrap
from govinfo.charts.table import number
from govinfo.definitions.wording import say

# of fewer a share says nothing
LEAST = 10


def rates(frame: pd.DataFrame, heading: Heading, counted_as: str, mark: float | None = None) -> Chart | Words:
    """A bar for each row: its share, the interval as a thin line, and the count at its end.

    Parameters
    ----------
    frame : columns `name`, `count`, `of`, `share`, `low`, `high`, in the order to be drawn.
    heading : Heading
        Title, unit of the counts, what n counts, note.
    counted_as : what the counts are, for the legend of the chart that shows them alone.
    mark : a share with which all are compared: a dotted line.

    Returns
    -------
    Chart; of counts alone where `of` is below LEAST everywhere. Words where there is no row or nothing was counted.
    """
    if frame.empty or not (frame["of"] >= LEAST).fillna(False).any():
        plain = frame.assign(series=counted_as, value=frame["count"].astype("Float64"))
        return bars(plain, heading)
    unit = say("charts", "percent")
    caption = say("charts", "caption", unit=unit, counted=heading.n_counted)
    caption += say("charts", "interval", unit=heading.unit) + heading.note
    with house_style():
        figure, axes = panel(0.3 * len(frame) + 0.5, heading.title, caption)
        _draw(axes, frame)
        if mark is not None:
            axes.axvline(100 * mark, color=INK, linewidth=1, linestyle=":")
        figure.draw_without_rendering()
    return Chart(heading.name, figure, frame)


def _draw(axes: Axes, frame: pd.DataFrame) -> None:
    share, low, high = (100 * frame[column].astype(float).to_numpy() for column in ("share", "low", "high"))
    places = range(len(frame))
    axes.barh(places, share, height=0.62, color=frame["colour"] if "colour" in frame else COLOURS[0])
    axes.errorbar(share, places, xerr=[share - low, high - share], fmt="none", ecolor=INK, elinewidth=1, capsize=2)
    for at, end, count in zip(places, high, frame["count"], strict=True):
        look: Any = {"textcoords": "offset points", "va": "center", "fontsize": 9}
        axes.annotate(number(count), (end, at), xytext=(4, 0), path_effects=HALO, **look)
    axes.set_yticks(places, [wrap(name) for name in frame["name"]])
    axes.set_ylim(len(frame) - 0.5, -0.5)
    axes.set_xlim(0, min(100.0, 10 * math.ceil(high.max() / 10)) * 1.1)
    axes.xaxis.set_major_formatter("{x:.0f}%")
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)
