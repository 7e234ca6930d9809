"""Small multiples over the years: a picture for each figure, a dot for each report, a line through the middle ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from govinfo.charts.bars import Heading, bars
from govinfo.charts.chart import Chart
from govinfo.charts.grid import short
from govinfo.charts.shown import Words
from govinfo.charts.style import COLOURS, GREY, HALO, house_style, panels
from govinfo.charts.table import number
from govinfo.definitions.wording import say

MOST_PANELS = 8
# of bars in one picture
MOST_ROWS = 40
_ACROSS = 2
_TICKS = 7
_LABELLED = 8  # years of which each has room for a figure
# of so many figures those that are so many times larger than nearly all others leave no room for these
_MANY, _TIMES, _NEARLY_ALL = 12, 10, 0.95
_BEYOND_NAMED = 3


def spread_panels(frame: pd.DataFrame, heading: Heading) -> Chart | Words:
    """How the reports of each year are spread, a picture for each `panel`; bars where no place has two years.

    Parameters
    ----------
    frame : columns `panel` (its title), `name` (of the place), `year` and `value`, a row a report whose form has the
        figure. A null is no dot; years with one say of how many reports how many have a figure.
    heading : Heading
        Title, unit, what n counts, note.

    Returns
    -------
    Chart, or Words where there is no row, no figure, or only zeros. Panels of zeros are named in the caption.
    """
    if not is_followed(frame):
        named = frame.assign(series=frame["panel"])
        if frame["year"].nunique() > 1:
            named["name"] = named["name"] + " " + named["year"].astype("string")
        return bars(named, heading, MOST_ROWS // named["panel"].nunique())
    sums = frame.groupby("panel", sort=False)["value"].agg(lambda values: values.abs().sum(min_count=1))
    flat = [str(name) for name, total in sums.items() if not pd.isna(total) and total == 0]
    blank = [str(name) for name, total in sums.items() if pd.isna(total)]
    names = [str(name) for name in sums.index if name not in flat and name not in blank]
    if not names:
        return bars(frame.assign(series=frame["panel"]), heading)
    note = heading.note + say("charts", "spread_note")
    join = say("opening", "join")
    note += say("charts", "flat", names=join.join(flat)) if flat else ""
    note += say("charts", "blank", names=join.join(blank)) if blank else ""
    shown = frame[frame["panel"].isin(names[:MOST_PANELS])]
    far = pd.concat([_beyond(shown[shown["panel"] == name]) for name in names[:MOST_PANELS]])
    note += _named_beyond(far) if len(far) else ""
    gaps = bool(shown["value"].isna().any())
    heading = replace(heading, note=note + (say("charts", "spread_gaps") if gaps else ""))
    names = names[:MOST_PANELS]
    across = min(_ACROSS, len(names))
    rows = -(-len(names) // across)
    years = range(int(frame["year"].min()), int(frame["year"].max()) + 1)
    with house_style():
        figure, axes = panels(1.5 * rows, heading.title, heading.caption, rows, across, one_scale=False)
        for one, name in zip(axes, names, strict=False):
            _draw(one, shown[shown["panel"] == name], years, far[far["panel"] == name])
            one.set_title(name, fontsize=10, loc="left", pad=10)
        for one in axes[len(names) :]:
            one.set_visible(False)
        figure.draw_without_rendering()
    return Chart(heading.name, figure, shown)


def is_followed(frame: pd.DataFrame) -> bool:
    """Whether a place (`name`) has reports of two years: what else lies between years is no change."""
    return bool((frame.groupby("name")["year"].nunique() > 1).any())


def year_ticks(axes: Axes, years: range) -> None:
    """The last two digits of the years, as many as have room, the newest among them."""
    step = -(-len(years) // _TICKS)
    ticks = [year for year in years if (year - years[-1]) % step == 0]
    axes.set_xticks(ticks, [f"{year % 100:02d}" for year in ticks], fontsize=8.5)
    axes.tick_params(labelbottom=True)
    axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)


def _beyond(panel: pd.DataFrame) -> pd.DataFrame:
    """The rows whose figures are so much larger than nearly all others that these would lie on the ground."""
    values = panel["value"].dropna()
    most = float(values.quantile(_NEARLY_ALL)) if len(values) >= _MANY else 0.0
    return panel[(panel["value"] > _TIMES * most).fillna(False)] if most > 0 else panel.iloc[:0]


def _named_beyond(far: pd.DataFrame) -> str:
    """Which figures lie beyond the pictures, the largest by name."""
    rows = far.sort_values("value", ascending=False, kind="stable")[:_BEYOND_NAMED]
    told = [
        say("charts", "beyond_one", name=name, year=year, value=number(value))
        for name, year, value in zip(rows["name"], rows["year"], rows["value"], strict=True)
    ]
    names = say("opening", "join").join(told)
    return say("charts", "beyond", names=say("charts", "and_more", names=names) if len(far) > len(rows) else names)


def _draw(axes: Axes, panel: pd.DataFrame, years: range, far: pd.DataFrame) -> None:
    known = panel.dropna(subset=["value"])
    middle = known.groupby("year")["value"].median()
    known = known.drop(index=far.index)
    if panel["name"].nunique() > 1:
        axes.plot(known["year"].astype(int), known["value"].astype(float), "o", ms=3.2, color="#9DB7CC", alpha=0.7)
    values = [float(middle[year]) if year in middle.index else float("nan") for year in years]
    axes.plot(list(years), values, "o-", color=COLOURS[0], ms=4, linewidth=1.5)
    low, high = min(0.0, float(known["value"].min())), float(known["value"].max())
    high = max(high, *(value for value in values if value == value))
    axes.set_ylim(low, low + (high - low) * 1.22)
    if len(far):
        axes.plot(far["year"].astype(int), [low + (high - low) * 1.17] * len(far), "^", ms=5, color=COLOURS[5])
    axes.yaxis.set_major_locator(MaxNLocator(3, integer=bool((known["value"] % 1 == 0).all())))
    axes.tick_params(axis="y", labelsize=8.5)
    year_ticks(axes, years)
    axes.grid(visible=False, axis="x")
    if len(years) <= _LABELLED:
        for year, value in zip(years, values, strict=True):
            if value == value:
                at = (year, value)
                look: Any = {"textcoords": "offset points", "ha": "center", "fontsize": 8}
                axes.annotate(short(value), at, xytext=(0, 4), path_effects=HALO, **look)
    _say_gaps(axes, panel)


def _say_gaps(axes: Axes, panel: pd.DataFrame) -> None:
    """Above the years of which a report has no figure: how many lack one."""
    for year, part in panel.groupby("year"):
        lacking = int(part["value"].isna().sum())
        if lacking:
            said = say("charts", "lacking", n=lacking)
            place = (int(str(year)), 1.0)
            axes.annotate(
                said, place, xycoords=("data", "axes fraction"), ha="center", va="bottom", fontsize=7.5, color=GREY
            )
