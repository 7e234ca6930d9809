"""Charts of requests and disputes."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from govinfo.charts.bars import Heading, bars, newest
from govinfo.charts.chart import Chart
from govinfo.charts.lines import lines
from govinfo.charts.names import place_names, report_names
from govinfo.charts.shown import Words
from govinfo.charts.style import COLOURS, GREY, INK, PALE, house_style, legend, panel, wrap
from govinfo.charts.table import code_word, number
from govinfo.definitions.wording import say, words
from govinfo.questions.request_outcomes import CATEGORIES, FLOW_LINES, RESULTS

MOST_ROWS = 30
SMALLEST_LABELLED = 6.0  # percent: a narrower part has no room for its number


def flow_chart(flow: pd.DataFrame) -> Chart | Words:
    """Requests received, carried over, decided and carried forward, per report (answer of `request_flow`)."""
    flow, note = newest(flow.assign(name=report_names(flow)))
    parts = [flow.assign(series=words("table_heads")[column], value=flow[column]) for column in FLOW_LINES]
    heading = Heading("request_flow", say("charts", "flow_title"), code_word("unit_decisions"), len(flow), note=note)
    return bars(pd.concat(parts, ignore_index=True), heading)


def flow_lines(flow: pd.DataFrame) -> Chart | Words:
    """Requests received over the years, one line per township (answer of `request_flow`)."""
    named = flow.assign(name=place_names(flow), value=flow["received"]).drop_duplicates(["name", "year"])
    return lines(
        named, Heading("requests_by_year", say("charts", "flow_years_title"), code_word("unit_decisions"), len(flow))
    )


def outcome_chart(outcomes: pd.DataFrame) -> list[Chart | Words]:
    """Shares of outcomes, one full bar per report that decided something; words on those that have none."""
    reports = outcomes.drop_duplicates("report_id")
    if reports.empty:
        return [Words((say("charts", "empty", title=say("charts", "outcome_title")),))]
    nothing = int((reports["decided"] == 0).sum())
    unknown = int(reports["decided"].isna().sum())
    drawn, note = newest(outcomes[outcomes["decided"].fillna(0) > 0])
    shown: list[Chart | Words] = []
    if len(drawn):
        shown.append(_shares(drawn, note))
    if nothing or unknown:
        key = "outcomes_rest" if len(drawn) else "outcomes_none"
        shown.append(Words((say("charts", key, n=len(reports), nothing=nothing, unknown=unknown),)))
    return shown


def _shares(outcomes: pd.DataFrame, note: str) -> Chart:
    outcomes = outcomes.assign(name=report_names(outcomes))
    largest = outcomes.drop_duplicates("report_id").sort_values("decided", ascending=False, kind="stable")
    keep = set(largest["report_id"][:MOST_ROWS])
    names = list(outcomes.loc[outcomes["report_id"].isin(keep), "name"].drop_duplicates())
    note = say("charts", "shares_note") + note
    if len(largest) > len(keep):
        note += say("charts", "left_out", shown=len(keep), all=len(largest))
    heading = Heading("request_outcomes", say("charts", "outcome_title"), "%", len(largest), note=note)
    with house_style():
        figure, axes = panel(0.46 * len(names) + 0.9, heading.title, heading.caption)
        _draw(axes, outcomes, names)
        decided = outcomes.drop_duplicates("name").set_index("name")["decided"]
        labels = [wrap(say("charts", "decided_of", name=name, n=number(decided[name]))) for name in names]
        axes.set_yticks(range(len(names)), labels)
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_xticks([0, 25, 50, 75, 100], ["0", "25%", "50%", "75%", "100%"])
        axes.grid(visible=False, axis="y")
        axes.tick_params(axis="y", length=0)
        figure.draw_without_rendering()
    return Chart(heading.name, figure, outcomes[outcomes["report_id"].isin(keep)])


def _draw(axes: Axes, outcomes: pd.DataFrame, names: list[str]) -> None:
    """One bar of parts per report; where a part has no figure, the bar says so at its end."""
    left = pd.Series(0.0, index=names)
    gap = pd.Series(False, index=names)
    for rank, category in enumerate(CATEGORIES):
        part = outcomes[outcomes["category"] == category].set_index("name").reindex(names)
        width = part["share"].fillna(0).astype(float) * 100
        gap |= part["share"].isna()
        colour, label = COLOURS[rank], code_word(category, "category_")
        axes.barh(range(len(names)), width, left=left, color=colour, label=label, height=0.6, edgecolor="white")
        for at, (size, start, count) in enumerate(zip(width, left, part["requests"], strict=True)):
            if size >= SMALLEST_LABELLED:
                ink = INK if colour in PALE else "white"
                axes.text(start + size / 2, at, number(count), ha="center", va="center", fontsize=9, color=ink)
        left += width
    for at, (start, open_end) in enumerate(zip(left, gap, strict=True)):
        if open_end:
            axes.text(start + 1, at, say("charts", "gap"), va="center", fontsize=8.5, color=GREY)
    axes.set_xlim(0, max(100.0, float(left.max())))
    legend(axes, [code_word(category, "category_") for category in CATEGORIES])


def dispute_chart(disputes: pd.DataFrame) -> Chart | Words:
    """Reconsiderations and lawsuits by result, summed over reports (answer of `disputes_summary`).

    Where one of the reports has no figure there is a gap: the sum of the others would be too small.
    """
    heading = Heading(
        "disputes", say("charts", "dispute_title"), code_word("unit_decisions"), disputes["report_id"].nunique()
    )
    rows = [
        {
            "name": code_word(str(channel)),
            "series": words("table_heads")[result],
            "value": _whole_sum(group[result]),
        }
        for channel, group in disputes.groupby("channel", sort=False)
        for result in RESULTS
        if result != "total"
    ]
    return bars(pd.DataFrame(rows, columns=["name", "series", "value"]).astype({"value": "Float64"}), heading)


def _whole_sum(values: pd.Series[int]) -> int | None:
    return None if values.isna().any() else int(values.sum())
