"""What one township names as problems and promises to do about them, over the years."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from govinfo.charts.chart import Chart
from govinfo.charts.shown import Words
from govinfo.charts.style import COLOURS, house_style, panel
from govinfo.charts.township.profile_requests import years_said
from govinfo.definitions.wording import say
from govinfo.questions.problems.promises import OUTCOMES
from govinfo.questions.problems.section_five import UNREAD
from govinfo.questions.township.one_township import Township
from govinfo.questions.township.township_reports import reports_by_year
from govinfo.questions.township.township_themes import theme_runs, themes_by_year

MOST_THEMES = 12
MOST_NAMED = 3
_SECTION = "profile"
_NAMED, _PROMISED = "#2F75B5", COLOURS[1]


def theme_chart(township: Township) -> Chart | Words:
    """A row per theme, a column per year: named as a problem, promised to be mended, both, or not known."""
    grid = themes_by_year(township.tables)
    read = grid[grid["state"] != UNREAD]
    if grid.empty and len(township.tables.reports):
        return Words((say(_SECTION, "themes_no_year"),))
    if read.empty:
        return Words((say(_SECTION, "themes_none_read"),))
    counts = grid.groupby("theme", sort=False).agg(
        problems=("problem", "sum"), measures=("measure", "sum"), label=("theme_label", "first")
    )
    counts = counts[(counts["problems"] + counts["measures"]) > 0]
    if counts.empty:
        return Words((say(_SECTION, "themes_silent", n=read["report_id"].nunique()),))
    order = counts.sort_values(["problems", "measures"], ascending=False, kind="stable").index[:MOST_THEMES]
    shown = grid[grid["theme"].isin(order)]
    years = _years(township, shown)
    with house_style():
        unread = set(years) - {int(year) for year in shown.loc[shown["state"] != UNREAD, "year"]}
        caption = say(_SECTION, "themes_caption", unread=say(_SECTION, "themes_unread") if unread else "")
        if len(counts) > len(order):
            caption += say(_SECTION, "themes_left_out", shown=len(order), all=len(counts))
        figure, axes = panel(0.22 * len(order) + 0.55, _title(read), caption)
        _draw(axes, shown, list(order), years)
        figure.draw_without_rendering()
    return Chart("themes", figure, shown)


def promise_words(promised: pd.DataFrame) -> Words:
    """What became of the promises (answer of `promises`), in a sentence.

    A report's promise on a theme counts once, in however many measures it is made.
    """
    once = promised.drop_duplicates(["report_id", "theme"])
    counts = once["outcome"].value_counts().to_dict()
    number = {name: int(counts.get(name, 0)) for name in OUTCOMES}
    followed = number["back"] + number["later"] + number["not_named"]
    if not followed:
        vague = number["unknown"] == 0
        key = "promises_none" if promised.empty else "promises_vague" if vague else "promises_open"
        n = len(promised.drop_duplicates(["report_id", "ordinal"])) if vague else number["unknown"]
        return Words((say(_SECTION, key, n=n),))
    again = once[once["outcome"] == "back"]["theme_label"].value_counts(sort=False)
    often = list(again.sort_values(ascending=False, kind="stable").index[:MOST_NAMED])
    names = say(_SECTION, "join").join(often)
    names = say(_SECTION, "promise_themes", names=names) if often else ""
    rest = {"back": number["back"], "later": number["later"], "rest": number["not_named"]}
    return Words((say(_SECTION, "promises", n=followed, themes=names, **rest),))


def _years(township: Township, shown: pd.DataFrame) -> list[int]:
    years = {int(year) for year in reports_by_year(township)["year"].dropna()} | {int(year) for year in shown["year"]}
    return list(range(min(years), max(years) + 1))


def _title(read: pd.DataFrame) -> str:
    named = read[read["problem"].fillna(False).astype(bool)]
    runs = theme_runs(read)
    reports, kinds = read["report_id"].nunique(), named["theme"].nunique()
    if not kinds:
        return say(_SECTION, "themes_measures_only", n=reports)
    if reports == 1:
        names = say(_SECTION, "join").join(named["theme_label"])
        return say(_SECTION, "themes_title_one", years=years_said(read["year"]), themes=kinds, names=names)
    longest = runs[runs["years"] == runs["years"].max()]
    first = longest.iloc[0]
    if first["years"] < 2:
        what = say(_SECTION, "no_repeat")
    elif len(longest) == 1:
        span = {name: int(first[name]) for name in ("years", "first", "last")}
        what = say(_SECTION, "longest", theme=first["theme_label"], **span)
    else:
        names = say(_SECTION, "join").join(say(_SECTION, "quoted", name=name) for name in longest["theme_label"])
        what = say(_SECTION, "longest_more", names=names, years=int(first["years"]))
    return say(_SECTION, "themes_title", n=reports, themes=kinds, what=what)


def _draw(axes: Axes, shown: pd.DataFrame, order: list[str], years: list[int]) -> None:
    row = {theme: at for at, theme in enumerate(order)}
    column = {year: at for at, year in enumerate(years)}
    read = shown[shown["state"] != UNREAD]
    for theme, year, problem, measure in zip(
        read["theme"], read["year"], read["problem"], read["measure"], strict=True
    ):
        at = column[int(year)], row[theme]
        axes.add_patch(Rectangle((at[0] - 0.47, at[1] - 0.42), 0.94, 0.84, color="#EEF2F6", linewidth=0))
        if bool(problem):
            axes.add_patch(Rectangle((at[0] - 0.47, at[1] - 0.42), 0.94, 0.84, color=_NAMED, linewidth=0))
        if bool(measure):
            axes.plot(*at, "o", markersize=5.5, color=_PROMISED, markeredgecolor="white", markeredgewidth=0.8)
    unknown = set(years) - {int(year) for year in read["year"]}
    for year in unknown:
        frame = Rectangle((column[year] - 0.47, -0.42), 0.94, len(order) - 0.16, fill=False, hatch="////")
        frame.set(edgecolor="#b5b5b5", linewidth=0)
        axes.add_patch(frame)
    labels = shown.drop_duplicates("theme").set_index("theme")["theme_label"]
    axes.set_yticks(range(len(order)), [labels[theme] for theme in order])
    axes.set_xticks(range(len(years)), [str(year) for year in years])
    axes.set_xlim(-0.5, max(len(years), 4) - 0.5)
    axes.set_ylim(len(order) - 0.5, -0.5)
    axes.tick_params(length=0)
    axes.grid(visible=False)
    axes.spines[["left", "bottom"]].set_visible(False)
    _key(axes, bool(unknown))


def _key(axes: Axes, unknown: bool) -> None:
    dot = Line2D([], [], linestyle="", marker="o", markersize=5.5, color=_PROMISED, label=say(_SECTION, "key_measure"))
    marks: list[Patch | Line2D] = [Patch(facecolor=_NAMED, label=say(_SECTION, "key_problem")), dot]
    if unknown:
        label = say(_SECTION, "key_unread")
        marks.append(Patch(facecolor="white", edgecolor="#b5b5b5", hatch="////", label=label))
    axes.legend(handles=marks, ncols=3, loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.1, fontsize=9)
