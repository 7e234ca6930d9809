"""Charts of the problems that reports name."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from govinfo.charts.bars import Heading, bars
from govinfo.charts.shown import Table, Words
from govinfo.charts.table import code_word, tidy
from govinfo.definitions.wording import say
from govinfo.questions.problem_themes import KINDS


def theme_chart(totals: pd.DataFrame, statements: pd.DataFrame) -> Figure | Words:
    """How many statements name each theme, problems beside measures.

    `totals` is the answer of `theme_totals`, `statements` that of `problem_statements`. Themes that nothing
    names are told below the chart.
    """
    named = totals[(totals["problems"] > 0) | (totals["measures"] > 0)]
    silent = totals.loc[~totals["theme"].isin(set(named["theme"])), "theme_label"]
    parts = [
        named.assign(name=named["theme_label"], series=code_word(kind, "kind_"), value=named[column])
        for kind, column in (("problem", "problems"), ("measure", "measures"))
    ]
    note = say("charts", "themes_note")
    if len(silent) and len(named):
        note += say("charts", "themes_silent", names=say("opening", "join").join(silent))
    counted = say("charts", "n_statements", n=len(statements), reports=statements["report_id"].nunique())
    unit = say("charts", "unit_statements")
    heading = Heading(say("charts", "theme_title"), unit, len(statements), counted, note)
    return bars(pd.concat(parts, ignore_index=True), heading)


def theme_year_table(years: pd.DataFrame) -> Table | Words:
    """Themes by year: how many of the year's reports name each as a problem (answer of `theme_years`)."""
    named = years[years.groupby("theme")["named_by"].transform("sum") > 0]
    order = [say("charts", "year", year=year) for year in sorted(named["year"].unique())]
    cells = named.assign(
        column=[say("charts", "year", year=year) for year in named["year"]],
        cell=named["named_by"].astype("string") + " / " + named["reports"].astype("string"),
    )
    wide = cells.pivot(index="theme_label", columns="column", values="cell")
    wide = wide.reindex(named["theme_label"].drop_duplicates()).reset_index()
    return tidy(wide, ["theme_label", *order], caption=say("charts", "theme_years"))


def place_theme_table(counts: pd.DataFrame) -> Table | Words:
    """The themes that each township named in each year, with counts (answer of `problem_themes`)."""
    keys = ["county", "township", "year"]
    texts = [
        say("charts", "theme_count", theme=label, n=number)
        for label, number in zip(counts["theme_label"], counts["statements"], strict=True)
    ]
    told = counts.assign(text=pd.Series(texts, index=counts.index, dtype="string"))
    grouped = told.groupby([*keys, "kind"], sort=False, dropna=False)["text"]
    joined = grouped.agg(say("opening", "join").join).reset_index()
    wide = joined[keys].drop_duplicates()
    for kind in KINDS:
        part = joined[joined["kind"] == kind].rename(columns={"text": f"themes_{kind}"})
        wide = wide.merge(part.drop(columns="kind"), on=keys, how="left")
    columns = [*keys, *(f"themes_{kind}" for kind in KINDS)]
    return tidy(wide, columns, caption=say("charts", "place_themes"))
