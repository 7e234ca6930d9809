"""Requests over the years, a small picture for each township or county, and who changed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from govinfo.charts.chart import Chart
from govinfo.charts.comparison.funnel import few, unit_of
from govinfo.charts.shown import Words
from govinfo.charts.style import COLOURS, house_style, panels, wrap
from govinfo.charts.table import number
from govinfo.definitions.wording import say
from govinfo.questions.comparison.compared import CHANGE, by_county
from govinfo.questions.comparison.rates import RECEIVED

MOST_PANELS = 12
_ACROSS = 3
_TITLE_WIDTH = 20


def years_chart(rows: pd.DataFrame, judged: pd.DataFrame, year: int | None, span: str) -> Chart | Words:
    """Requests received in each year (answers of `rates` and `stand_outs`), those with the most first.

    Of counties it is the requests per report, in years of which every report has a figure.
    """
    counties = by_county(rows)
    frame = _by_year(rows, "area" if counties else "place")
    known = frame.dropna(subset=["value"])
    often = known.groupby("key")["year"].nunique()
    if not (often > 1).any():
        unit = say("county", "county" if counties else "township")
        return Words((say("county", "years_none", unit=unit),))
    if not (known["value"] > 0).any():
        return Words((say("county", "years_zero", n=known["key"].nunique(), unit=unit_of(counties)),))
    sums = known[known["key"].isin(often[often > 1].index)].groupby("key")["value"].sum()
    order = list(sums.sort_values(ascending=False, kind="stable").index)
    odd = judged[(judged["measure"] == CHANGE) & judged["side"].notna()]
    names = frame.drop_duplicates("key", keep="last").set_index("key")["name"]
    # who changed is drawn, however few its requests are
    order.sort(key=lambda key: names[key] not in set(odd["name"]))
    shown = order[:MOST_PANELS]
    caption = _caption(judged, len(shown), len(order), span, counties)
    drawn = frame[frame["key"].isin(shown)]
    years = range(int(known["year"].min()), int(known["year"].max()) + 1)
    with house_style():
        high = -(-len(shown) // _ACROSS)
        figure, axes = panels(1.25 * high, _title(judged, year, counties), caption, high, min(_ACROSS, len(shown)))
        for one, key in zip(axes, shown, strict=False):
            _draw(one, drawn[drawn["key"] == key], years, names[key])
        for one in axes[len(shown) :]:
            one.set_visible(False)
        # the lowest picture of each column carries the years, also where the row below it is not full
        for one in axes[max(len(shown) - _ACROSS, 0) : len(shown)]:
            one.tick_params(labelbottom=True)
        axes[0].set_ylim(0, float(drawn["value"].max()) * 1.12)
        axes[0].yaxis.set_major_locator(MaxNLocator(3, integer=True))
        figure.draw_without_rendering()
    return Chart("requests_over_years", figure, drawn)


def _by_year(rows: pd.DataFrame, key: str) -> pd.DataFrame:
    own = rows[rows["measure"] == RECEIVED]
    own = own.assign(key=own[key], name=own["area" if key == "area" else "township"], whole=own["count"].notna())
    groups = own.sort_values(["key", "year", "report_id"], kind="stable").groupby(["key", "year"])
    frame = groups.agg(name=("name", "last"), count=("count", "sum"), of=("whole", "size"), whole=("whole", "all"))
    frame = frame.reset_index()
    # a mean of some of the reports would pass for that of all
    return frame.assign(value=(frame["count"].astype("Float64") / frame["of"]).where(frame["whole"]))


def _caption(judged: pd.DataFrame, shown: int, there: int, span: str, counties: bool) -> str:
    left_out = say("county", "years_mixed") if counties else ""
    left_out += say("county", "years_left_out", all=there, shown=shown) if shown < there else ""
    rows = judged[judged["measure"] == CHANGE]
    tests = say("county", "years_tests", tests=int(rows["tests"].iloc[0])) if len(rows) else ""
    spread = float(rows["spread"].max()) if len(rows) else 1.0
    tests += say("county", "years_widened", spread=spread) if spread > 1 else ""
    unit = say("county", "unit_requests_each" if counties else "unit_requests")
    compared = unit_of(counties)
    return say(
        "county", "years_caption", unit=unit, n=there, compared=compared, span=span, left_out=left_out, tests=tests
    )


def _title(judged: pd.DataFrame, year: int | None, counties: bool) -> str:
    rows = judged[judged["measure"] == CHANGE]
    if rows.empty:
        return say("county", "change_none", year=year)
    parts = []
    for side, key in (("above", "change_up"), ("below", "change_down")):
        odd = rows[(rows["side"] == side).fillna(False)]
        each = [
            say("county", "change_each", name=name, count=number(count), before=number(of - count))
            for name, count, of in zip(odd["name"], odd["count"], odd["of"], strict=True)
        ]
        if each:
            parts.append(say("county", key, names=few(each)))
    if parts:
        return say("county", "change_odd", year=year, parts=say("county", "semicolon").join(parts))
    if len(rows) == 1:
        return say("county", "change_one", year=year, name=rows["name"].iloc[0])
    return say("county", "change_level", year=year, n=len(rows), unit=unit_of(counties))


def _draw(axes: Axes, part: pd.DataFrame, years: Sequence[int], name: str) -> None:
    values = (
        part.set_index("year")["value"].reindex(list(years)).astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    )
    axes.plot(list(years), values, "o-", color=COLOURS[0], ms=3.5, clip_on=False)
    axes.set_title(wrap(str(name), _TITLE_WIDTH), fontsize=9, loc="left", pad=3)
    step = -(-len(years) // 5)
    ticks = [year for year in years if (year - years[-1]) % step == 0]
    axes.set_xticks(ticks, [f"{year % 100:02d}" for year in ticks], fontsize=8.5)
    axes.tick_params(axis="y", labelsize=8.5)
    axes.grid(visible=False, axis="x")
