"""Values with their intervals, and the ranks that these leave open."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from govinfo.charts.chart import Chart
from govinfo.charts.shown import Table, Words
from govinfo.charts.style import COLOURS, GREY, house_style, panel, wrap
from govinfo.charts.table import number, tidy
from govinfo.definitions.wording import say

MOST_ROWS = 30
MOST_NAMED = 6
_LABEL_WIDTH = 24


def received_chart(frame: pd.DataFrame, year: int | None, *, counties: bool) -> Chart | Words:
    """Requests received in `year` (answer of `compared` for `received`), by township or by county."""
    unit = say("county", "unit_county" if counties else "unit_township")
    told = frame[frame["value"].notna()]
    if year is None:
        return Words((say("county", "received_no_reports"),))
    if told.empty:
        return Words((say("county", "received_none", year=year),))
    if not (told["count"] > 0).any():
        text = say("county", "received_zero", year=year, n=len(told), unit=unit)
        return Words((text + _unknown(frame),))
    if len(told) == 1:
        one = told.iloc[0]
        text = say("county", "received_one", year=year, name=one["name"], count=number(one["count"]), unit=unit)
        return Words((text + _unknown(frame),))
    shown = told.iloc[:MOST_ROWS]
    key = "received_caption_counties" if counties else "received_caption"
    reports = int(told["reports"].sum() - told["unknown"].sum())
    caption = say("county", key, n=reports, spread=_assumed(told["spread"].iloc[0])) + _unknown(frame)
    caption += say("county", "doubted") if (shown["doubted"] > 0).any() else ""
    caption += say("county", "left_out", all=len(told), shown=len(shown)) if len(shown) < len(told) else ""
    with house_style():
        figure, axes = panel(0.26 * len(shown) + 0.5, _title(told, frame, year, counties), caption)
        _draw(axes, shown)
        figure.draw_without_rendering()
    return Chart("requests_ranked", figure, told)


def _title(told: pd.DataFrame, frame: pd.DataFrame, year: int | None, counties: bool) -> str:
    """Who received most; of those that have a figure, where some have none: any of these may have received more."""
    unit = say("county", "unit_county" if counties else "unit_township")
    among = say("county", "among", n=len(told), unit=unit) if frame["unknown"].sum() else ""
    return among + _most(told, year, counties)


def _most(told: pd.DataFrame, year: int | None, counties: bool) -> str:
    first = told.iloc[0]
    value = say("county", "value_counties" if counties else "value", value=rounded(first["value"]))
    values = {"year": year, "name": first["name"], "value": value}
    if first["worst"] == 1:
        return say("county", "received_first", **values)
    if ((told["best"] == 1) & (told["worst"] == len(told))).all():
        return say("county", "received_level", unit=say("county", "county" if counties else "township"), **values)
    return say("county", "received_ties", k=int((told["best"] == 1).sum()), **values)


def _assumed(spread: float) -> str:
    """What the intervals take for granted of how requests come."""
    if pd.isna(spread):
        return say("county", "ranked_alone")
    return say("county", "ranked_widened", spread=spread) if spread > 1 else ""


def rounded(value: float) -> str:
    """A number of requests as it is written: one digit behind the point where it is no whole one."""
    return number(round(float(value), 1))


def marked(name: object, doubted: object) -> str:
    """The name, with a star where its figures are doubtful."""
    return f"{name}＊" if doubted else str(name)


def _unknown(frame: pd.DataFrame) -> str:
    """Who has reports without a usable figure."""
    rows = frame[frame["unknown"] > 0]
    if rows.empty:
        return ""
    parts = [
        say("county", "unknown_n", name=name, n=number)
        for name, number in zip(rows["name"], rows["unknown"], strict=True)
    ]
    names = say("county", "join").join(parts[:MOST_NAMED])
    return say(
        "county", "unknown", names=names if len(parts) <= MOST_NAMED else say("county", "more_names", names=names)
    )


def _draw(axes: Axes, shown: pd.DataFrame) -> None:
    value, low, high = (shown[column].astype(float).to_numpy() for column in ("value", "low", "high"))
    rows = range(len(shown))
    axes.errorbar(
        value, rows, xerr=[value - low, high - value], fmt="o", ms=5, color=COLOURS[0], ecolor="#9DB7CC", elinewidth=2
    )
    right = float(high.max())
    for at, middle, best, worst in zip(rows, value, shown["best"], shown["worst"], strict=True):
        # above the line, where no other row's mark stands
        axes.annotate(
            rounded(float(middle)),
            (middle, at),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=8,
        )
        text = say("county", "rank" if best == worst else "ranks", best=best, worst=worst)
        axes.annotate(text, (right * 1.03, at), va="center", fontsize=8.5, color=GREY, annotation_clip=False)
    names = [marked(name, doubted) for name, doubted in zip(shown["name"], shown["doubted"], strict=True)]
    axes.set_yticks(rows, [wrap(name, _LABEL_WIDTH) for name in names])
    axes.set_ylim(len(shown) - 0.5, -0.7)
    axes.set_xlim(0, right * 1.28)
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)


def received_table(frame: pd.DataFrame, year: int | None, *, counties: bool) -> list[Table | Words]:
    """All values, intervals and ranks; nothing where fewer than two can be compared."""
    told = frame[frame["value"].notna()]
    if len(told) < 2:
        return []
    ranks = [
        say("county", "rank" if best == worst else "ranks", best=best, worst=worst)
        for best, worst in zip(told["best"], told["worst"], strict=True)
    ]
    rows = told.assign(
        **{f"requests_{name}": [rounded(value) for value in told[name]] for name in ("value", "low", "high")},
        rank_range=ranks,
        reports_n=told["reports"],
    ).rename(columns={"name": "compared", "unknown": "without_figure"})
    columns = [
        "compared",
        "requests_value",
        "requests_low",
        "requests_high",
        "rank_range",
        "reports_n",
        "without_figure",
    ]
    unit = say("county", "county" if counties else "township")
    return [tidy(rows, columns, caption=say("county", "compared_table", unit=unit, year=year), folded=True)]
