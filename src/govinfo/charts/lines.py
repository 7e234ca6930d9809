"""Lines over years: one line per place, broken where a year has no figure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from govinfo.charts.bars import Heading
from govinfo.charts.chart import Chart
from govinfo.charts.shown import Words
from govinfo.charts.style import COLOURS, MARKERS, house_style, legend, panel
from govinfo.charts.table import number
from govinfo.definitions.wording import say

MOST_LINES = 8
NUMBER_HEIGHT = 0.1  # of the height of the axes


def lines(frame: pd.DataFrame, heading: Heading) -> Chart | Words:
    """One line per `name` over the years.

    Parameters
    ----------
    frame : columns `name`, `year` and `value`; one row per name and year. Years without a row and null values
        break the line: what is not known is not joined.
    heading : Heading
        Title, unit, what n counts, note.

    Returns
    -------
    Chart, or Words where no name has figures of two years, or all figures are 0.
    """
    known, names = _known(frame)
    if not names:
        return Words((say("charts", "no_years", title=heading.title),))
    if not (known.loc[known["name"].isin(names), "value"] != 0).any():
        return Words((say("charts", "zero_years", title=heading.title, places=len(names)),))
    note = ""
    if len(names) > MOST_LINES:
        largest = known.groupby("name")["value"].max().reindex(names).sort_values(ascending=False, kind="stable")
        note = say("charts", "left_out", shown=MOST_LINES, all=len(names))
        names = [name for name in names if name in set(largest.index[:MOST_LINES])]
    known = known[known["name"].isin(names)]
    with house_style():
        heading = replace(heading, n=len(known), note=heading.note + note)
        figure, axes = panel(2.6 + 0.1 * len(names), heading.title, heading.caption)
        _draw(axes, known, names)
        figure.draw_without_rendering()
    return Chart(heading.name, figure, known)


def _known(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The rows with a year and a figure, and the names that have two years of them."""
    known = frame.dropna(subset=["year", "value"])
    often = known.groupby("name")["year"].nunique()
    return known, [name for name in frame["name"].drop_duplicates() if often.get(name, 0) > 1]


def _draw(axes: Axes, known: pd.DataFrame, names: Sequence[str]) -> None:
    years = range(int(known["year"].min()), int(known["year"].max()) + 1)
    for rank, name in enumerate(names):
        one = known[known["name"] == name].set_index("year")["value"]
        values = [float(one[year]) if year in one.index else float("nan") for year in years]
        axes.plot(years, values, label=name, color=COLOURS[rank], marker=MARKERS[rank], clip_on=False)
    axes.set_xticks(list(years), [str(year) for year in years])
    axes.margins(x=0.08, y=0.15)
    axes.set_ylim(bottom=min(0.0, float(known["value"].min())))
    axes.yaxis.set_major_locator(MaxNLocator("auto", integer=bool((known["value"] % 1 == 0).all())))
    axes.grid(visible=False, axis="x")
    legend(axes, names)
    _write_numbers(axes, known)


def _write_numbers(axes: Axes, known: pd.DataFrame) -> None:
    """Each figure above its point, but where another line's point of that year stands in the way."""
    low, high = axes.get_ylim()
    room = (high - low) * NUMBER_HEIGHT
    for year, part in known.groupby("year"):
        values = sorted({float(value) for value in part["value"]})
        for value, above in zip(values, [*values[1:], math.inf], strict=True):
            if above - value >= room:
                axes.annotate(
                    number(value),
                    (float(str(year)), value),
                    xytext=(0, 5),
                    textcoords="offset points",
                    ha="center",
                    fontsize=8.5,
                )
