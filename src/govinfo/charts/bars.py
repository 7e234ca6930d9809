"""Horizontal bars: one row per report or theme, one colour per series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from govinfo.charts.chart import Chart
from govinfo.charts.shown import Words
from govinfo.charts.style import COLOURS, GREY, house_style, legend, panel, wrap
from govinfo.charts.table import number
from govinfo.definitions.wording import say

MOST_ROWS = 30


@dataclass(frozen=True)
class Heading:
    """What a chart says of itself: title, unit (as officials write it), what n counts, and a note.

    `name` is that of its files, see `Chart`.
    """

    name: str
    title: str
    unit: str
    n: int
    counted: str = ""
    note: str = ""

    @property
    def n_counted(self) -> str:
        """What the answer rests on."""
        return self.counted or say("charts", "n_reports", n=self.n)

    @property
    def caption(self) -> str:
        """Unit, n and note in one line."""
        return say("charts", "caption", unit=self.unit, counted=self.n_counted) + self.note


def bars(frame: pd.DataFrame, heading: Heading, most: int = MOST_ROWS) -> Chart | Words:
    """Grouped horizontal bars, each with its figure at its end.

    Parameters
    ----------
    frame : columns `name` (a row of the chart), `series` (a colour) and `value`, in the order to be drawn.
        A null value leaves a gap with a word in it; it is never drawn as 0.
    heading : Heading
        Title, unit, what n counts, note.
    most : of more names than these only those with the largest figures are drawn; the caption says so.

    Returns
    -------
    Chart, or Words where there is nothing to draw: no row, no figure, or only zeros.
    """
    words = _nothing_to_draw(frame, heading)
    if words is not None:
        return words
    frame, note = without_zeros(frame)
    names, left_out = _names(frame, most)
    series = list(frame["series"].drop_duplicates())
    if left_out:
        note += say("charts", "left_out", shown=len(names), all=len(names) + left_out)
    heading = replace(heading, note=heading.note + note)
    with house_style():
        height = (0.22 + 0.2 * len(series)) * len(names)
        figure, axes = panel(height + 0.5 + 0.1 * len(series), heading.title, heading.caption)
        _draw(axes, frame, names, series)
        figure.draw_without_rendering()
    return Chart(heading.name, figure, frame)


def without_zeros(frame: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The series that are not 0 everywhere, and a note that names those that are."""
    zero = frame.groupby("series", sort=False)["value"].agg(lambda values: bool((values == 0).all()))
    flat = [str(name) for name in zero[zero.fillna(False)].index]
    if not flat:
        return frame, ""
    note = say("charts", "flat", names=say("opening", "join").join(flat))
    return frame[~frame["series"].isin(flat)], note


def _nothing_to_draw(frame: pd.DataFrame, heading: Heading) -> Words | None:
    values = frame["value"].astype("Float64")
    if frame.empty:
        return Words((say("charts", "empty", title=heading.title),))
    if values.isna().all():
        return Words((say("charts", "unknown", title=heading.title, counted=heading.n_counted),))
    if (values.dropna() != 0).any():
        return None
    gaps = int(values.isna().sum())
    key = "zeros_and_gaps" if gaps else "zeros"
    return Words((say("charts", key, title=heading.title, counted=heading.n_counted, gaps=gaps),))


def _names(frame: pd.DataFrame, most: int) -> tuple[list[str], int]:
    """The rows to draw, in order, and how many were left out: the smallest, where there are too many."""
    names = list(frame["name"].drop_duplicates())
    if len(names) <= most:
        return names, 0
    largest = frame.groupby("name")["value"].max().astype("Float64").fillna(-1)
    keep = set(largest.sort_values(ascending=False, kind="stable").index[:most])
    return [name for name in names if name in keep], len(names) - most


def _draw(axes: Axes, frame: pd.DataFrame, names: Sequence[str], series: Sequence[str]) -> None:
    row = {name: position for position, name in enumerate(names)}
    thick = 0.8 / len(series)
    for rank, label in enumerate(series):
        part = frame[(frame["series"] == label) & frame["name"].isin(row)]
        place = [row[name] + (rank - (len(series) - 1) / 2) * thick for name in part["name"]]
        known = part["value"].astype("Float64").fillna(0.0).astype(float)
        axes.barh(place, known, height=thick * 0.9, color=COLOURS[rank % len(COLOURS)], label=label)
        for at, width, value in zip(place, known, part["value"], strict=True):
            missing = pd.isna(value)
            text = say("charts", "gap") if missing else number(value)
            axes.annotate(
                text,
                (max(width, 0.0), at),
                xytext=(3, 0),
                textcoords="offset points",
                va="center",
                fontsize=8.5,
                color=GREY if missing or value == 0 else None,
            )
    axes.set_yticks(range(len(names)), [wrap(name) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.margins(x=0.12)
    axes.grid(visible=False, axis="y")
    whole = bool((frame["value"].dropna() % 1 == 0).all())
    axes.xaxis.set_major_locator(MaxNLocator("auto", integer=whole))
    axes.tick_params(axis="y", length=0)
    legend(axes, series)
