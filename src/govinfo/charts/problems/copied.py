"""How much of section 五 is copied, year by year, and from whom."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from govinfo.charts.chart import Chart
from govinfo.charts.names import report_names
from govinfo.charts.parts import Part, draw_parts, key_to, whole
from govinfo.charts.shown import Table, Words, beside
from govinfo.charts.style import GREY, STEPS, house_style, panels
from govinfo.charts.table import tidy
from govinfo.definitions.wording import say
from govinfo.questions.problems.copied_text import COMPARED

# What share of a section was found elsewhere: the lower ends of the steps.
EDGES = (0.0, 0.1, 0.25, 0.5, 0.75)
HALF = 0.5
MOST_ROWS = 100
_SHARES = ("from_last_year", "from_others")


def copied_chart(copied: pd.DataFrame) -> Chart | Words:
    """How many reports of each year share how much with last year's, and with another township's.

    `copied` is the answer of `copied_text`. Years without a report that could be compared stay empty.
    """
    compared = copied[copied["state"] == COMPARED]
    known = compared[compared[list(_SHARES)].notna().any(axis=1)]
    if copied.empty:
        return Words((say("problems", "none_to_compare"),))
    if known.empty:
        return Words((say("problems", "not_compared", n=len(copied), short=len(copied) - len(compared)),))
    if known["copied"].max() < EDGES[1]:
        return Words((say("problems", "nothing_copied", n=len(known), most=EDGES[1]) + _left_out(copied),))
    years = range(int(known["year"].max()), int(known["year"].min()) - 1, -1)
    parts = {str(step): Part(_step(step), STEPS[step], step < 3) for step in range(len(EDGES))}
    with house_style():
        caption = say("problems", "copied_caption", n=len(known)) + _left_out(copied)
        figure, axes = panels(2 * 0.27 * len(years) + 1.4, _title(known), caption, rows=2)
        counts = [_counts(known, column, years) for column in _SHARES]
        width = float(max(one.sum(axis=1).max() for one in counts))
        for one, column, number in zip(axes, _SHARES, counts, strict=True):
            _draw(one, number, parts, width)
            one.set_title(say("problems", f"copied_{column}"), fontsize=10, loc="left", pad=4)
        axes[0].set_yticks(range(len(years)), [say("charts", "year", year=year) for year in years])
        # above the title of the first picture, which is as high as a row
        key_to(axes[0], parts, above=1 + 1 / len(years))
        figure.draw_without_rendering()
    return Chart("copied_text", figure, known)


def _step(step: int) -> str:
    low, high = EDGES[step], (*EDGES[1:], 1.0)[step]
    if not step or high == 1:
        return say("problems", "step_last" if step else "step_first", low=low, high=high)
    return say("problems", "step", low=100 * low, high=100 * high)


def _counts(known: pd.DataFrame, column: str, years: range) -> pd.DataFrame:
    told = known[known[column].notna()]
    steps = pd.cut(told[column].astype(float), [*EDGES, 1.01], right=False, labels=False).astype(int).astype(str)
    counts = pd.crosstab(told["year"].astype(int), steps)
    return whole(counts, [str(step) for step in range(len(EDGES))]).reindex(list(years), fill_value=0)


def _draw(axes: Axes, counts: pd.DataFrame, parts: dict[str, Part], width: float) -> None:
    draw_parts(axes, counts, parts, width)
    for at, number in enumerate(counts.sum(axis=1)):
        if not number:
            axes.text(0, at, say("problems", "nothing_to_compare"), va="center", fontsize=8.5, color=GREY)
    axes.set_xlim(0, width * 1.02)
    axes.xaxis.set_major_locator(MaxNLocator("auto", integer=True))


def _title(known: pd.DataFrame) -> str:
    if not (known[list(_SHARES)] >= HALF).fillna(False).any(axis=None):
        most = known.assign(name=report_names(known)).sort_values("copied").iloc[-1]
        return say("problems", "copied_none", n=len(known), place=most["name"], share=most["copied"])
    halves = {}
    for column, none in zip(_SHARES, ("copied_no_last", "copied_no_others"), strict=True):
        told = known[column].dropna()
        some = say("problems", "of", n=int((told >= HALF).sum()), of=len(told))
        halves[column] = some if len(told) else say("problems", none)
    return say("problems", "copied_title", last=halves["from_last_year"], others=halves["from_others"])


def _left_out(copied: pd.DataFrame) -> str:
    counts = copied.loc[copied["state"] != COMPARED, "state"].value_counts().sort_index()
    parts = [say("problems", f"state_{state}", n=number) for state, number in counts.items()]
    return say("problems", "copied_left_out", parts=say("opening", "join").join(parts)) if parts else ""


def copied_table(copied: pd.DataFrame) -> tuple[Table, ...]:
    """The reports that share most, and with whom."""
    rows = copied[(copied["copied"] >= EDGES[2]).fillna(False)].sort_values("copied", ascending=False, kind="stable")
    other = [
        pd.NA if pd.isna(year) else say("problems", f"other_{when}", county=county, township=township, year=year)
        for county, township, year, when in zip(
            rows["other_county"], rows["other_township"], rows["other_year"], rows["other_when"], strict=True
        )
    ]
    rows = rows.assign(other_place=pd.Series(other, index=rows.index, dtype="string"))
    columns = ["county", "township", "year", "characters", "from_last_year", "from_others", "other_place"]
    caption = say("problems", "copied_table", n=len(rows), share=EDGES[2])
    return beside(tidy(rows, columns, caption=caption, limit=MOST_ROWS, folded=True))
