"""Who stands out: shares against the limits of chance, and the sentences that say it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from govinfo.charts.chart import Chart
from govinfo.charts.comparison.ranked import marked
from govinfo.charts.requests.outcomes import whole_only
from govinfo.charts.shown import Table, Words
from govinfo.charts.style import COLOURS, GREY, house_style, panel
from govinfo.charts.table import number, tidy
from govinfo.definitions.wording import say
from govinfo.questions.chance.control_limits import control_limits
from govinfo.questions.comparison.compared import CHANGE, LEAST
from govinfo.questions.comparison.rates import GRANTED, PUBLISHED_LATE

MOST_NAMED = 6


def unit_of(counties: bool) -> str:
    """What is counted: townships, or counties."""
    return say("county", "unit_county" if counties else "unit_township")


def stand_out_words(judged: pd.DataFrame) -> Words:
    """Who stands out in anything, or that nobody does (answer of `stand_outs`)."""
    if judged.empty:
        return Words((say("county", "odd_untested"),))
    tests = int(judged["tests"].iloc[0])
    parts = []
    for measure in (GRANTED, PUBLISHED_LATE, CHANGE):
        for side in ("above", "below"):
            rows = judged[(judged["measure"] == measure) & (judged["side"] == side).fillna(False)]
            if len(rows):
                which = say("county", f"side_{side}" if measure == GRANTED else f"side_{measure}_{side}")
                parts.append(say("county", f"odd_{measure}", side=which, names=few(list(rows["name"]))))
    if not parts:
        told = [say("county", f"measure_{measure}") for measure in judged["measure"].drop_duplicates()]
        return Words((say("county", "odd_none", tests=tests, measures=say("county", "join").join(told)),))
    return Words((say("county", "odd_some", tests=tests, parts=say("county", "semicolon").join(parts)),))


def few(names: list[str]) -> str:
    """The names, or the first few and how many there are."""
    text = say("county", "join").join(names[:MOST_NAMED])
    return text if len(names) <= MOST_NAMED else say("county", "late_more", names=text, n=len(names))


def granted_chart(judged: pd.DataFrame, frame: pd.DataFrame, span: str, *, counties: bool) -> Chart | Words:
    """The share of requests granted against how many were decided, with the limits of chance.

    `judged` is the answer of `stand_outs`, `frame` that of `compared` for `granted`, both over the years of `span`.
    """
    unit = unit_of(counties)
    told = frame[(frame["of"] > 0).fillna(False)]
    if told.empty:
        return Words((say("county", "granted_none"),))
    unknown = int(frame["unknown"].sum())
    left_out = say("county", "granted_left_out", n=unknown) if unknown else ""
    if len(told) < LEAST:
        each = say("county", "join").join(_each(told))
        return Words((say("county", "granted_few", n=len(told), unit=unit, each=each) + left_out,))
    of, count = int(told["of"].sum()), int(told["count"].sum())
    sums = {"n": len(told), "unit": unit, "of": number(of), "count": number(count)}
    if count in (0, of):
        every = say("county", "granted_all" if count else "granted_no")
        return Words((whole_only(unknown) + say("county", "granted_flat", all=every, **sums) + left_out,))
    rows = judged[judged["measure"] == GRANTED]
    spread = float(rows["spread"].iloc[0])
    widened = say("county", "widened", unit=unit, spread=spread) if spread > 1 else ""
    caption = say("county", "granted_caption", span=span, spread=widened, tests=int(rows["tests"].iloc[0]), **sums)
    caption += left_out
    caption += say("county", "doubted") if _labelled(rows)["doubted"].gt(0).any() else ""
    with house_style():
        figure, axes = panel(3.0, _title(rows, sums, unknown), caption)
        _draw(axes, rows)
        figure.draw_without_rendering()
    return Chart("granted_funnel", figure, rows)


def _title(rows: pd.DataFrame, sums: dict[str, object], unknown: int) -> str:
    share = f"{rows['expected'].iloc[0]:.0%}"
    parts = []
    for side, key in (("below", "granted_low"), ("above", "granted_high")):
        odd = rows[(rows["side"] == side).fillna(False)]
        if len(odd):
            parts.append(say("county", key, names=few(_each(odd))))
    if parts:
        return say("county", "granted_odd", parts=say("county", "semicolon").join(parts), share=share)
    return whole_only(unknown) + say("county", "granted_level", share=share, **sums)


def _labelled(rows: pd.DataFrame) -> pd.DataFrame:
    """Whose names are written: those that stand out; where nobody does, the two that are furthest from the middle."""
    odd = rows[rows["side"].notna()]
    if len(odd):
        return odd.iloc[:MOST_NAMED]
    away = (rows["count"] - rows["of"] * rows["expected"]) / (rows["of"].astype("Float64") ** 0.5)
    return rows.loc[list(dict.fromkeys([away.idxmax(), away.idxmin()]))]


def _draw(axes: Axes, rows: pd.DataFrame) -> None:
    expected, most = float(rows["expected"].iloc[0]), int(rows["of"].max())
    # so many steps that the curve looks smooth; its stairs are those of whole requests
    sizes = np.unique(np.geomspace(1, most * 1.1 + 1, 250).astype(int))
    limits = control_limits(sizes, expected, int(rows["tests"].iloc[0]), float(rows["spread"].iloc[0]))
    for end in (limits.low, limits.high):
        axes.plot(sizes, 100 * end / sizes, color=GREY, linewidth=1)
    axes.axhline(100 * expected, color=GREY, linestyle="--", linewidth=1)
    odd = rows["side"].notna()
    for part, colour in ((rows[~odd], COLOURS[0]), (rows[odd], COLOURS[5])):
        # marks that are not cut at the edge, of which there are none, would leave no room for the axes
        if len(part):
            share = 100 * part["share"].astype(float)
            axes.plot(part["of"].astype(float), share, "o", color=colour, ms=5, clip_on=False, alpha=0.8)
    for row in _labelled(rows).to_dict("records"):
        left = row["of"] > most * 0.5
        axes.annotate(
            marked(row["name"], row["doubted"]),
            (row["of"], 100 * row["share"]),
            xytext=(-6 if left else 6, 4 if row["share"] >= expected else -4),
            textcoords="offset points",
            ha="right" if left else "left",
            va="bottom" if row["share"] >= expected else "top",
            fontsize=8.5,
            bbox={"facecolor": "white", "alpha": 0.75, "linewidth": 0, "pad": 0.4},
        )
    axes.set_xlim(0, most * 1.1 + 1)
    axes.set_ylim(-3, 103)
    axes.yaxis.set_major_formatter("{x:.0f}%")
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))


def granted_table(judged: pd.DataFrame, span: str, *, counties: bool) -> list[Table | Words]:
    """The shares and limits behind the chart; nothing where there is no chart."""
    rows = judged[judged["measure"] == GRANTED]
    if rows.empty:
        return []
    shares = {name: [f"{share:.0%}" for share in rows[name]] for name in ("share", "lowest", "highest")}
    rows = rows.rename(columns={"name": "compared", "count": "granted_n", "of": "decided"}).assign(
        granted_share=shares["share"], lowest_share=shares["lowest"], highest_share=shares["highest"]
    )
    columns = ["compared", "granted_n", "decided", "granted_share", "lowest_share", "highest_share"]
    unit = say("county", "county" if counties else "township")
    return [tidy(rows, columns, caption=say("county", "granted_table", unit=unit, span=span), folded=True)]


def late_words(judged: pd.DataFrame, frame: pd.DataFrame, *, counties: bool) -> Words:
    """Who published late how often, and whether it is more than chance (`compared` for `late`)."""
    told = frame[(frame["of"] > 0).fillna(False)]
    if told.empty:
        return Words((say("county", "late_none"),))
    sums = {"of": int(told["of"].sum()), "count": int(told["count"].sum()), "unit": unit_of(counties)}
    if not sums["count"]:
        return Words((say("county", "late_zero", of=sums["of"]),))
    if len(told) < LEAST:
        return Words((say("county", "late_few", **sums),))
    late = told[told["count"] > 0].sort_values(["count", "name"], ascending=[False, True], kind="stable")
    names = few(_each(late))
    rows = judged[(judged["measure"] == PUBLISHED_LATE) & (judged["side"] == "above").fillna(False)]
    if rows.empty:
        return Words((say("county", "late_level", names=names, **sums),))
    return Words((say("county", "late_odd", odd=few(_each(rows)), names=names, **sums),))


def _each(rows: pd.DataFrame) -> list[str]:
    """Each name with its count and what it is of."""
    return [
        say("county", "count_of", name=name, count=number(count), of=number(of))
        for name, count, of in zip(rows["name"], rows["count"], rows["of"], strict=True)
    ]
