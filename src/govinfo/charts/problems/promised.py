"""What was promised, and whether the problem came back."""

from __future__ import annotations

import pandas as pd

from govinfo.charts.chart import Chart
from govinfo.charts.parts import Part, draw_parts, key_to, whole
from govinfo.charts.problems.theme_shares import percent_of
from govinfo.charts.shown import Table, Words, beside
from govinfo.charts.style import COLOURS, house_style, panel
from govinfo.charts.table import code_word, tidy
from govinfo.definitions.wording import say
from govinfo.questions.problems.promises import OUTCOMES

MOST_PAIRS = 100
# that a theme is not named again is no success: its colour is none of praise
_LOOKS = {
    "back": (COLOURS[5], False, ""),
    "later": (COLOURS[1], True, ""),
    "not_named": ("#C9D6E2", True, ""),
    "unknown": ("#FFFFFF", True, "////"),
}


def promise_chart(promised: pd.DataFrame) -> Chart | Words:
    """What became of the themes that townships promised to work on, by theme (answer of `promises`).

    A report's promise on a theme counts once, in however many measures it is made.
    """
    once = promised.drop_duplicates(["report_id", "theme"])
    told = once[once["outcome"] != "untold"]
    if told.empty:
        return Words((say("problems", "no_promises"),))
    known = told[told["outcome"] != "unknown"]
    if known.empty:
        return Words((say("problems", "promises_unknown", n=len(told)),))
    counts = whole(told.groupby(["theme_label", "outcome"]).size().unstack(fill_value=0), list(_LOOKS))
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    parts = {name: Part(code_word(name, "outcome_"), *look) for name, look in _LOOKS.items() if counts[name].any()}
    with house_style():
        figure, axes = panel(0.27 * len(counts) + 0.9, _title(told), _caption(promised, told))
        draw_parts(axes, counts, parts, float(counts.sum(axis=1).max()))
        axes.set_yticks(range(len(counts)), counts.index)
        key_to(axes, parts)
        figure.draw_without_rendering()
    return Chart("promises", figure, told)


def _title(told: pd.DataFrame) -> str:
    counts = told["outcome"].value_counts().to_dict()
    number = {name: counts.get(name, 0) for name in OUTCOMES}
    n = number["back"] + number["later"] + number["not_named"]
    percent = percent_of(number["back"], n)
    return say("problems", "promises_title", n=n, back=number["back"], later=number["later"], percent=percent)


def _caption(promised: pd.DataFrame, told: pd.DataFrame) -> str:
    untold = int((promised["outcome"] == "untold").sum())
    text = say("problems", "promises_caption", n=len(told), reports=told["report_id"].nunique())
    unknown = told[told["outcome"] == "unknown"]
    text += say("problems", "promises_open", n=len(unknown)) if len(unknown) else ""
    return text + (say("problems", "promises_untold", n=untold) if untold else "")


def promise_table(promised: pd.DataFrame) -> tuple[Table, ...]:
    """The promises after which the problem came back: problem, measure and problem again, side by side."""
    rows = promised[promised["outcome"].isin(("back", "later"))].rename(columns={"text": "promise"})
    rows = rows.sort_values("alike", ascending=False, na_position="last", kind="stable")
    columns = ["township", "theme_label", "year", "problem_text", "promise", "back_year", "back_text", "alike"]
    return beside(
        tidy(rows, columns, caption=say("problems", "promise_table", n=len(rows)), limit=MOST_PAIRS, folded=True)
    )
