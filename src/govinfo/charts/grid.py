"""A grid of places and years: a figure in each cell, nothing where there is no report."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from govinfo.charts.bars import Heading
from govinfo.charts.chart import Chart
from govinfo.charts.style import GREY, INK, STEPS, WIDTH_INCHES, columns, house_style, panel, wrap
from govinfo.charts.table import number
from govinfo.definitions.wording import say

MOST_PLACES = 25
MOST_YEARS = 9
_MANY = 10_000  # a larger figure is written in 万, or it would not fit its cell


def year_grid(frame: pd.DataFrame, heading: Heading, later: int | None = None) -> Chart:
    """A row for each place, a column for each year; the darker a cell, the larger its figure.

    Parameters
    ----------
    frame : columns `name`, `year`, `value` and `text`, a row a report. What is null in `value` is not coloured, `text`
        stands in its cell all the same; where `text` is null too, a dash. A cell without a row stays empty.
    heading : Heading
        Title, unit, what n counts, note.
    later : the first year of which the figures are not of the same kind as those before: a line stands before it.

    Returns
    -------
    Chart. Of many places those with the largest sums of figures are drawn, of many years the newest; the caption says
    how many others there are.
    """
    rows = frame.dropna(subset=["year"])
    years = range(int(rows["year"].min()), int(rows["year"].max()) + 1)
    all_years, years = len(years), years[-MOST_YEARS:]
    rows = rows[rows["year"].isin(list(years))]
    sums = rows.groupby("name", sort=False)["value"].agg(lambda values: values.sum(min_count=1))
    order = list(sums.astype("Float64").fillna(-1).sort_values(ascending=False, kind="stable").index)
    names = order[:MOST_PLACES]
    note = heading.note
    if len(order) > len(names):
        note += say("charts", "grid_places", shown=len(names), all=len(order))
    if all_years > len(years):
        note += say("charts", "grid_years", first=years[0])
    shown = rows[rows["name"].isin(names)]
    with house_style():
        caption = say("charts", "caption", unit=heading.unit, counted=heading.n_counted) + note
        figure, axes = panel(0.27 * len(names) + 0.4, heading.title, caption)
        _draw(axes, shown, names, years)
        if later is not None and years[0] < later <= years[-1]:
            axes.axvline(later - years[0] - 0.5, color=GREY, linewidth=1.2)
        figure.draw_without_rendering()
    return Chart(heading.name, figure, shown)


def first_new_year(reports: pd.DataFrame) -> tuple[int | None, bool]:
    """The first year from which on most reports follow a form of 2019 or later, and whether single ones do not fit.

    `reports` has `year` and `form`. None where all reports stand on one side.
    """
    old = (reports["form"] == "statistics").fillna(False)
    share = old.groupby(reports["year"]).mean()
    before = share[share >= 0.5]
    if before.empty or before.index.max() == share.index.max():
        return None, bool(old.any() and not old.all())
    later = int(before.index.max()) + 1
    fits = old == (reports["year"] < later)
    return later, not bool(fits.all())


def short(value: float) -> str:
    """A figure as short as a cell is narrow."""
    if value < _MANY:
        return number(round(value, 1)).replace(",", "")
    return say("charts", "ten_thousands", value=number(round(value / _MANY, 1)))


def _draw(axes: Axes, shown: pd.DataFrame, names: list[str], years: range) -> None:
    most = shown["value"].max()
    labels = [wrap(name) for name in names]
    widest = max(columns(line) for label in labels for line in label.split("\n"))
    room = (72 * WIDTH_INCHES - 5.2 * widest - 12) / len(years) - 4
    row = {name: number for number, name in enumerate(names)}
    cells = zip(shown["name"], shown["year"], shown["value"], shown["text"], strict=True)
    for name, year, value, text in cells:
        at = int(year) - years[0], row[name]
        known = not pd.isna(value)
        step = _step(float(value), float(most)) if known else None
        colour = "white" if step is None else STEPS[step]
        edge = "#d5d5d5" if step is None else colour
        axes.add_patch(
            Rectangle((at[0] - 0.46, at[1] - 0.44), 0.92, 0.88, facecolor=colour, edgecolor=edge, linewidth=0.6)
        )
        ink = "white" if step is not None and step > 2 else INK if step is not None else GREY
        said = say("charts", "none") if pd.isna(text) else str(text)
        axes.text(*at, said, ha="center", va="center", fontsize=_size(said, room), color=ink)
    axes.set_xlim(-0.5, len(years) - 0.5)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xticks(range(len(years)), [str(year) for year in years], fontsize=9)
    axes.set_yticks(range(len(names)), labels)
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    axes.grid(visible=False)
    axes.spines[["left", "bottom"]].set_visible(False)


def _size(said: str, room: float) -> float:
    """The size of letters at which a text fits `room` points; all but Latin letters and digits are twice as wide."""
    wide = sum(0.58 if char.isascii() else 1.0 for char in said)
    return min(8.5, room / max(wide, 1.0))


def _step(value: float, most: float) -> int | None:
    """How dark a figure is; 0 is not coloured."""
    if value <= 0:
        return None
    return min(len(STEPS) - 1, int(len(STEPS) * math.sqrt(value / most)))
