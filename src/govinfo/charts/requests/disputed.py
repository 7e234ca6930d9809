"""A chart of what became of reconsiderations and lawsuits."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.ticker import MaxNLocator

from govinfo.charts.chart import Chart
from govinfo.charts.parts import Part, draw_parts, key_to
from govinfo.charts.rates import LEAST
from govinfo.charts.requests.outcomes import whole_only
from govinfo.charts.shown import Table, Words, beside
from govinfo.charts.style import COLOURS, PALE, house_style, panel, wrap
from govinfo.charts.table import number, tidy
from govinfo.definitions.wording import say
from govinfo.questions.requests.dispute_results import RESULTS

# points that the labels leave for a legend
_KEY = 190
_COLOUR = {"upheld": COLOURS[0], "corrected": COLOURS[5], "other": COLOURS[4], "pending": "#d5d5d5"}


def dispute_chart(disputes: pd.DataFrame) -> Chart | Words:
    """Results of reconsiderations and lawsuits, a bar for each channel (answer of `dispute_results`)."""
    if disputes.empty:
        return Words((say("requests", "dispute_none"),))
    unfit = int(disputes["unfit"].sum())
    left_out = say("requests", "dispute_unfit", n=unfit) if unfit else ""
    reports = int(disputes.groupby("origin")["reports"].max().sum())
    if not reports:
        return Words((say("requests", "dispute_unfit_all", n=int(disputes.groupby("origin")["unfit"].max().sum())),))
    if not disputes["total"].sum():
        return Words((_none_told(disputes, reports) + left_out,))
    rows = disputes[disputes["total"] > 0]
    caption = say("requests", "dispute_caption", n=reports, least=LEAST) + left_out
    old = rows["origin"] == "statistics"
    caption += say("requests", "dispute_old") if old.any() else ""
    parts = {
        code: Part(say("requests", f"result_{code}"), _COLOUR[code], _COLOUR[code] in PALE or code == "pending")
        for code in RESULTS
        if rows[code].fillna(0).sum()
    }
    counts = rows[list(parts)].fillna(0).reset_index(drop=True)
    labels = [
        say("requests", "dispute_channel_old", channel=_channel(code)) if is_old else _channel(code)
        for code, is_old in zip(rows["channel"], old, strict=True)
    ]
    width = float(rows["total"].max())
    with house_style():
        figure, axes = panel(0.42 * len(rows) + 0.7, _title(disputes), caption)
        draw_parts(axes, counts, parts, width)
        for at, total in enumerate(rows["total"]):
            look: Any = {"textcoords": "offset points", "va": "center", "fontsize": 9}
            axes.annotate(say("requests", "dispute_all", n=number(total)), (total, at), xytext=(4, 0), **look)
        axes.set_xlim(0, width * 1.2)
        axes.xaxis.set_major_locator(MaxNLocator("auto", integer=True))
        axes.set_yticks(range(len(rows)), [wrap(label) for label in labels])
        key_to(axes, parts, room=_KEY)
        figure.draw_without_rendering()
    return Chart("disputes", figure, rows)


def _channel(code: str) -> str:
    return say("requests", f"channel_{code}")


def _none_told(disputes: pd.DataFrame, reports: int) -> str:
    """That there was no dispute: by channel, with the number of reports that say so, where some do not."""
    if not disputes["unfit"].sum():
        return say("requests", "dispute_zero", n=reports)
    facts = [
        say(
            "requests",
            "dispute_fact_zero" if one["reports"] else "dispute_fact_unknown",
            channel=say("requests", "dispute_channel_old", channel=_channel(one["channel"]))
            if one["origin"] == "statistics"
            else _channel(one["channel"]),
            n=one["reports"],
        )
        for one in disputes.to_dict("records")
    ]
    return say("requests", "dispute_zero_some", facts=say("opening", "join").join(facts))


def _title(disputes: pd.DataFrame) -> str:
    """Each channel of table 四 with its number, and how many were corrected; without any those of old reports."""
    new = disputes[disputes["origin"] == "disputes"]
    rows = new if new["total"].sum() else disputes[disputes["origin"] == "statistics"]
    facts = []
    for one in rows.to_dict("records"):
        channel = _channel(one["channel"])
        if not one["reports"]:
            facts.append(say("requests", "dispute_fact_unknown", channel=channel))
            continue
        if not one["total"]:
            facts.append(say("requests", "dispute_fact_none", channel=channel))
            continue
        rate = ""
        if one["closed"] >= LEAST:
            ends = {"share": one["corrected_share"], "low": one["low"], "high": one["high"]}
            rate = say("requests", "dispute_rate", closed=number(one["closed"]), **ends)
        told = {"total": number(one["total"]), "corrected": number(one["corrected"]), "rate": rate}
        facts.append(say("requests", "dispute_fact", channel=channel, **told))
    title = say("requests", "dispute_title", facts=say("problems", "stop").join(facts))
    return whole_only(int(rows["unfit"].sum())) + title


def dispute_table(disputes: pd.DataFrame) -> tuple[Table, ...]:
    """The results of each channel with how many reports stand behind them; folded."""
    rows = disputes.assign(
        channel_name=[_channel(code) for code in disputes["channel"]],
        origin=[say("requests", f"origin_{code}") for code in disputes["origin"]],
    )
    columns = ["channel_name", "origin", *RESULTS, "total", "reports", "unfit"]
    return beside(tidy(rows, columns, caption=say("requests", "dispute_table"), folded=True))
