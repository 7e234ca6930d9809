"""Charts of how many reports name which problem, and how that changed."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes

from govinfo.charts.chart import Chart
from govinfo.charts.shown import Table, Words
from govinfo.charts.style import COLOURS, GREY, INK, house_style, panel, panels
from govinfo.charts.table import tidy
from govinfo.definitions.themes import UNCLASSIFIED
from govinfo.definitions.wording import say
from govinfo.questions.chance.intervals import CONFIDENCE, change

MOST_PANELS = 6
_ACROSS = 2
# a share of fewer says little
FEW = 10
# with fewer in all years but one nothing is compared
LEAST = 3


def share_chart(shares: pd.DataFrame) -> Chart | Words:
    """What share of the reports names each theme as a problem (answer of `theme_shares` by `all`)."""
    if shares.empty or not shares["reports"].iloc[0]:
        return Words((say("problems", "none_read", unread=0 if shares.empty else int(shares["unread"].iloc[0])),))
    reports = int(shares["reports"].iloc[0])
    named = shares[shares["named_by"] > 0].sort_values("named_by", ascending=False, kind="stable")
    named = pd.concat([named[named["theme"] != UNCLASSIFIED], named[named["theme"] == UNCLASSIFIED]])
    if named.empty:
        return Words((say("problems", "none_named", n=reports),))
    caption = say("problems", "shares_caption", n=reports) + _unread(shares)
    with house_style():
        figure, axes = panel(0.27 * len(named) + 0.5, _most_named(named), caption)
        _draw_shares(axes, named)
        figure.draw_without_rendering()
    return Chart("theme_shares", figure, named)


def _most_named(named: pd.DataFrame) -> str:
    top = named[named["theme"] != UNCLASSIFIED]
    top = top[top["named_by"] == top["named_by"].max()]
    if top.empty:
        return say("problems", "only_unclassified")
    first = top.iloc[0]
    names = say("opening", "join").join(top["theme_label"])
    key = "most_named" if len(top) == 1 else "most_named_tie"
    percent = percent_of(first["named_by"], first["reports"])
    return say("problems", key, names=names, n=first["named_by"], of=first["reports"], percent=percent)


def percent_of(count: int, of: int) -> str:
    """The share in brackets; nothing where it is of so few that it says no more than the two numbers."""
    return say("problems", "percent", share=count / of) if of >= FEW else ""


def _unread(shares: pd.DataFrame) -> str:
    """What is to be said of the reports that name nothing, and of those of which nothing is known."""
    one = shares.iloc[0]
    text = say("problems", "silent", n=one["silent"]) if one["silent"] else ""
    return text + (say("problems", "unread", n=one["unread"]) if one["unread"] else "")


def _draw_shares(axes: Axes, named: pd.DataFrame) -> None:
    share, low, high = (100 * named[column].astype(float).to_numpy() for column in ("share", "low", "high"))
    colours = [GREY if theme == UNCLASSIFIED else COLOURS[0] for theme in named["theme"]]
    places = range(len(named))
    ends = [share - low, high - share]
    axes.barh(places, share, height=0.62, color=colours)
    axes.errorbar(share, places, xerr=ends, fmt="none", ecolor=INK, elinewidth=1, capsize=2)
    for at, end, count in zip(places, high, named["named_by"], strict=True):
        axes.annotate(str(count), (end, at), xytext=(4, 0), textcoords="offset points", va="center", fontsize=9)
    axes.set_yticks(places, named["theme_label"])
    axes.set_ylim(len(named) - 0.5, -0.5)
    axes.set_xlim(0, min(100.0, 10 * math.ceil(high.max() / 10)) * 1.08)
    axes.xaxis.set_major_formatter("{x:.0f}%")
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)


def trend_chart(shares: pd.DataFrame) -> Chart | Words:
    """How the shares of the themes named most changed over the years (answer of `theme_shares` by `year`).

    A small picture for each theme, the line broken where a year has no report that was read.
    """
    known = shares[shares["year"].notna() & (shares["reports"] > 0)]
    years = sorted(int(year) for year in known["year"].unique())
    if len(years) < 2:
        key = "one_year" if years else "no_year"
        return Words((say("problems", key, year=years[0] if years else ""),))
    most = sorted(known.groupby("year")["reports"].first())[-2:]
    if most[0] < LEAST:
        return Words((say("problems", "too_few", n=int(known.groupby("year")["reports"].first().sum()), least=LEAST),))
    known = known[known["theme"] != UNCLASSIFIED]
    totals = known.groupby("theme", sort=False)["named_by"].sum().sort_values(ascending=False, kind="stable")
    chosen = list(totals[totals > 0].index[:MOST_PANELS])
    if not chosen:
        return Words((say("problems", "none_named", n=int(known.groupby("year")["reports"].first().sum())),))
    rows = -(-len(chosen) // _ACROSS)
    with house_style():
        caption = _trend_caption(known, years, len(chosen), int((totals > 0).sum()))
        figure, axes = panels(1.35 * rows, _changed(known, years), caption, rows, _ACROSS)
        for one, theme in zip(axes, chosen, strict=False):
            _draw_trend(one, known[known["theme"] == theme], years)
        for one in axes[len(chosen) :]:
            one.set_visible(False)
        figure.draw_without_rendering()
    return Chart("theme_shares_by_year", figure, known[known["theme"].isin(chosen)])


def _trend_caption(known: pd.DataFrame, years: list[int], shown: int, there: int) -> str:
    counts = known.groupby("year")["reports"].first()
    parts = [say("problems", "year_n", year=year, n=counts[year]) for year in years]
    told = say("opening", "join").join(parts)
    if counts.nunique() == 1:
        told = say("problems", "each_year_n", first=years[0], last=years[-1], n=counts.iloc[0])
    text = say("problems", "trend_caption", counts=told)
    text += say("problems", "few", few=FEW) if (counts < FEW).any() else ""
    return text + (say("problems", "panels", shown=shown, all=there) if there > shown else "")


def _changed(known: pd.DataFrame, years: list[int]) -> str:
    """Which theme rose and which fell most from the first year to the last, if any did beyond chance.

    So many themes are looked at that one of them may move by chance: the intervals are wider by as much (Bonferroni).
    """
    first, last = (known[known["year"] == year] for year in (years[0], years[-1]))
    both = first.merge(last, on=["theme", "theme_label"], suffixes=("_first", "_last"))
    told = 1 - (1 - CONFIDENCE) / len(both)
    found = []
    for row in both.to_dict("records"):
        ends = ((row["named_by_first"], row["reports_first"]), (row["named_by_last"], row["reports_last"]))
        difference, low, high = change(*ends, told)
        if low > 0 or high < 0:
            found.append((difference, row["theme_label"], row["share_first"], row["share_last"]))
    span = {"first": years[0], "last": years[-1]}
    if not found:
        return say("problems", "no_change", **span)
    parts = [
        say("problems", "rose" if difference > 0 else "fell", theme=label, before=before, after=after)
        for difference, label, before, after in dict.fromkeys((max(found), min(found)))
    ]
    return say("problems", "changed", what=say("problems", "stop").join(parts), **span)


def _draw_trend(axes: Axes, theme: pd.DataFrame, years: list[int]) -> None:
    whole = range(years[0], years[-1] + 1)
    rows = theme.set_index("year").reindex(whole)
    share, low, high = (100 * rows[column].astype("Float64").astype(float) for column in ("share", "low", "high"))
    axes.errorbar(
        list(whole),
        share,
        yerr=[share - low, high - share],
        fmt="o-",
        color=COLOURS[0],
        ecolor="#9DB7CC",
        ms=3.5,
        clip_on=False,
    )
    axes.set_title(theme["theme_label"].iloc[0], fontsize=10, loc="left", pad=3)
    step = -(-len(whole) // 7)
    ticks = [year for year in whole if (year - years[-1]) % step == 0]
    axes.set_xticks(ticks, [f"{year % 100:02d}" for year in ticks], fontsize=8.5)
    axes.set_ylim(0, 100)
    axes.set_yticks([0, 50, 100], ["0", "50%", "100%"], fontsize=8.5)
    axes.grid(visible=False, axis="x")


def share_table(shares: pd.DataFrame) -> Table | Words:
    """The figures behind the two charts: a row per year and theme that is named."""
    columns = ["year", "theme_label", "named_by", "reports_read", "share_of_reports", "low", "high", "statements_named"]
    heads = {"reports": "reports_read", "share": "share_of_reports", "statements": "statements_named"}
    named = shares[shares["named_by"] > 0].rename(columns=heads)
    return tidy(named, columns, caption=say("problems", "share_table"), folded=True)
