"""Where problems recur: a grid of townships and themes, and the texts side by side."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from govinfo.charts.chart import Chart
from govinfo.charts.names import place_names
from govinfo.charts.shown import Table, Words, beside
from govinfo.charts.style import INK, STEPS, house_style, panel, wrap
from govinfo.charts.table import tidy
from govinfo.definitions.themes import themes
from govinfo.definitions.wording import say

MOST_PLACES = 25
MOST_PAIRS = 100


def run_grid(runs: pd.DataFrame) -> Chart | Words:
    """How many years running each township named each theme, at the longest (answer of `longest_runs`)."""
    places = runs.assign(name=place_names(runs))
    followed = places[places["possible_run"] > 1]
    alone = places.loc[places["possible_run"] < 2, "name"].nunique()
    if followed.empty:
        return Words((say("problems", "no_run_years", n=alone),))
    longest = followed[followed["longest_run"] == followed["longest_run"].max()]
    townships = followed["name"].nunique()
    if longest["longest_run"].iloc[0] < 2:
        return Words((say("problems", "no_runs", n=townships),))
    often = followed[followed["longest_run"] > 1].groupby("name")["longest_run"].agg(["max", "sum"])
    order = often.sort_values(["max", "sum"], ascending=False, kind="stable").index
    shown = followed[followed["name"].isin(order[:MOST_PLACES])]
    with house_style():
        names = [name for name in order if name in set(shown["name"])]
        caption = _caption(townships, len(order), len(names), alone)
        figure, axes = panel(0.27 * len(names) + 1.1, _title(longest, townships, len(order)), caption)
        _draw(axes, shown, names)
        figure.draw_without_rendering()
    return Chart("recurring_problems", figure, shown)


def _title(longest: pd.DataFrame, townships: int, recurring: int) -> str:
    one = longest.iloc[0]
    what = say("problems", "run", place=one["name"], theme=one["theme_label"], n=one["longest_run"])
    what += say("problems", "run_years", first=one["run_first"], last=one["run_last"])
    what += say("problems", "run_more", n=len(longest)) if len(longest) > 1 else ""
    return say("problems", "runs_title", recurring=recurring, townships=townships, what=what)


def _caption(townships: int, recurring: int, shown: int, alone: int) -> str:
    text = say("problems", "runs_caption", n=townships)
    text += say("problems", "runs_left_out", shown=shown, all=recurring) if shown < recurring else ""
    return text + (say("problems", "runs_alone", n=alone) if alone else "")


def _draw(axes: Axes, shown: pd.DataFrame, names: list[str]) -> None:
    there = set(shown["theme"])
    labels = {theme.code: theme.label for theme in themes() if theme.code in there}
    column = {theme: number for number, theme in enumerate(labels)}
    row = {name: number for number, name in enumerate(names)}
    for name, theme, run in zip(shown["name"], shown["theme"], shown["longest_run"], strict=True):
        at = column[theme], row[name]
        colour = STEPS[min(int(run), len(STEPS)) - 1]
        axes.add_patch(Rectangle((at[0] - 0.46, at[1] - 0.44), 0.92, 0.88, color=colour, linewidth=0))
        ink = "white" if colour in STEPS[-2:] else INK
        axes.text(*at, str(run), ha="center", va="center", fontsize=9, color=ink)
    axes.set_xlim(-0.5, len(labels) - 0.5)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xticks(range(len(labels)), ["\n".join(label) for label in labels.values()], fontsize=9, linespacing=1.1)
    read = shown.drop_duplicates("name").set_index("name")["years_read"]
    axes.set_yticks(
        range(len(names)), [wrap(say("problems", "place_years", name=name, n=read[name])) for name in names]
    )
    axes.tick_params(length=0, labeltop=True, labelbottom=False)
    axes.grid(visible=False)
    axes.spines[["left", "bottom"]].set_visible(False)


def recurring_table(recurring: pd.DataFrame) -> tuple[Table, ...]:
    """Both texts of the problems that came back, those of the longest runs first (answer of `recurring_problems`)."""
    order = ["years_running", "alike"]
    rows = recurring.sort_values(order, ascending=False, kind="stable").rename(columns={"text": "again_text"})
    columns = ["township", "theme_label", "earlier_year", "earlier_text", "year", "again_text", "alike", "between"]
    caption = say("problems", "recurring_table", n=len(rows))
    return beside(tidy(rows, columns, caption=caption, limit=MOST_PAIRS, folded=True))
