"""Whether the reports were published in time, by year."""

from __future__ import annotations

import pandas as pd

from govinfo.charts.chart import Chart
from govinfo.charts.names import report_names
from govinfo.charts.part_bars import BAD, DOUBT, GOOD, SOFT, Bars, part_bars
from govinfo.charts.parts import Part
from govinfo.charts.quality.finding_rules import newest_first
from govinfo.charts.shown import Table, Words
from govinfo.charts.table import tidy
from govinfo.definitions.wording import say
from govinfo.questions.publication.publication_times import LATE, LONG_AFTER, STATES, TOO_EARLY, UNDATED

_COLOURS = dict(zip(STATES, (GOOD, BAD, DOUBT, "#CC79A7", SOFT), strict=True))


def times_chart(times: pd.DataFrame) -> Chart | Words:
    """How many reports of each year were published in time (answer of `publication_times`)."""
    if times.empty:
        return Words((say("quality", "times_none"),))
    dated = times[times["state"] != UNDATED]
    if dated.empty:
        return Words((say("quality", "times_undated", n=len(times)),))
    years = times["year"].dropna()
    counts = pd.crosstab(times["year"].fillna(0).astype(int), times["state"])
    newest = [*sorted({int(year) for year in years}, reverse=True), *([0] if len(years) < len(times) else [])]
    labels = [say("charts", "year", year=year) if year else say("charts", "no_year") for year in newest]
    caption = say("quality", "times_caption", n=len(times))
    caption += say("quality", "times_long_after") if (times["state"] == LONG_AFTER).any() else ""
    parts = {state: Part(say("quality", f"time_{state}"), _COLOURS[state], state != LATE) for state in STATES}
    heading = Bars("publication_times", _title(dated) + _undated(times), caption)
    return part_bars(counts.reindex(newest).set_axis(labels), parts, heading, times)


def _title(dated: pd.DataFrame) -> str:
    late = dated[dated["state"] == LATE]
    if not len(late):
        odd = dated["state"].isin([LONG_AFTER, TOO_EARLY]).any()
        return say("quality", "times_title" if odd else "times_in_time", n=len(dated), late=0, worst="")
    worst = late.assign(name=report_names(late)).sort_values("days_late", ascending=False, kind="stable").iloc[0]
    told = say("quality", "times_worst", name=worst["name"], days=worst["days_late"])
    return say("quality", "times_title", n=len(dated), late=len(late), worst=told)


def _undated(times: pd.DataFrame) -> str:
    number = int((times["state"] == UNDATED).sum())
    return say("quality", "times_undated_too", n=number) if number else ""


def times_table(times: pd.DataFrame) -> list[Table | Words]:
    """The reports that were late, or whose date is doubtful; nothing where there is none."""
    odd = newest_first(times[times["state"].isin([LATE, LONG_AFTER, TOO_EARLY])])
    if odd.empty:
        return []
    odd = odd.assign(timing=[say("quality", f"time_{state}") for state in odd["state"]])
    columns = ["year", "county", "township", "timing", "published_on", "due", "days_late", "source"]
    return [tidy(odd, columns, caption=say("quality", "times_table"))]
