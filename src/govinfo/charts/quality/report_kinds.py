"""Which reports there are, by year and form, and what told whose they are."""

from __future__ import annotations

import pandas as pd

from govinfo.charts.chart import Chart
from govinfo.charts.names import year_spans
from govinfo.charts.part_bars import Bars, part_bars
from govinfo.charts.parts import Part
from govinfo.charts.quality.finding_rules import newest_first
from govinfo.charts.shown import Table, Words
from govinfo.charts.style import COLOURS, PALE
from govinfo.charts.table import code_word, tidy
from govinfo.definitions.rules import rule_book
from govinfo.definitions.wording import say
from govinfo.questions.coverage import coverage
from govinfo.tables import Tables

_FORMS = ("2021", "2019", "statistics", "none")


def kind_chart(kinds: pd.DataFrame) -> Chart | Words:
    """How many reports of each year follow which form (answer of `report_kinds`)."""
    total = int(kinds["reports"].sum())
    if not total:
        return Words((say("quality", "kinds_none"),))
    counts = kinds.assign(year=kinds["year"].astype("Int64").fillna(0).astype(int)).pivot_table(
        index="year", columns="form", values="reports", aggfunc="sum", fill_value=0
    )
    newest = [
        *sorted((year for year in counts.index if year), reverse=True),
        *(year for year in counts.index if not year),
    ]
    labels = [say("charts", "year", year=year) if year else say("charts", "no_year") for year in newest]
    forms = [*_FORMS, *sorted(set(kinds["form"].dropna()) - set(_FORMS))]
    parts = {
        form: Part(code_word(form, "form_"), COLOURS[rank % len(COLOURS)], COLOURS[rank % len(COLOURS)] in PALE)
        for rank, form in enumerate(forms)
    }
    aside = int(kinds["set_aside"].sum())
    caption = say("quality", "kinds_caption", aside=say("quality", "kinds_aside", n=aside) if aside else "")
    caption += _formats(kinds)
    return part_bars(counts.loc[newest].set_axis(labels), parts, Bars("report_kinds", _title(kinds), caption), kinds)


def _formats(kinds: pd.DataFrame) -> str:
    sums = kinds.groupby("format")["reports"].sum().sort_values(ascending=False, kind="stable")
    parts = [say("quality", "kinds_format", format=name, n=number) for name, number in sums.items() if number]
    return say("quality", "kinds_formats", formats=say("quality", "join").join(parts))


def _title(kinds: pd.DataFrame) -> str:
    years = kinds.loc[kinds["reports"] > 0, "year"].dropna()
    span = say("quality", "kinds_no_year") if years.empty else say("quality", "kinds_years", years=year_spans(years))
    counts = {"kinds_partial": int(kinds["partial"].sum()), "kinds_narrative": int(kinds["narrative_only"].sum())}
    broken = [say("quality", key, n=number) for key, number in counts.items() if number]
    whole = say("quality", "join").join(broken) or say("quality", "kinds_whole")
    return say("quality", "kinds_title", n=int(kinds["reports"].sum()), span=span, whole=whole)


def kind_table(kinds: pd.DataFrame) -> list[Table | Words]:
    """The figures behind the chart, with the formats of the files."""
    if kinds.empty:
        return []
    rows = kinds.rename(columns={"reports": "reports_n", "format": "file_format"})
    columns = ["year", "form", "file_format", "reports_n", "complete", "partial", "narrative_only", "set_aside"]
    return [tidy(rows, columns, caption=say("quality", "kinds_table"), folded=True)]


def told_words(told: pd.DataFrame, odd: pd.DataFrame) -> Words:
    """How many reports say themselves whose they are (answers of `told_from` and `not_in_own_words`)."""
    total = int(told["reports"].sum())
    if not total:
        return Words((say("quality", "told_none"),))
    if odd.empty:
        return Words((say("quality", "told_title_all", n=total),))
    text = say("quality", "told_title", own=total - len(odd), n=total)
    return Words((text + say("quality", "semicolon") + say("quality", "told_odd", n=len(odd)),))


def told_tables(told: pd.DataFrame, odd: pd.DataFrame) -> list[Table | Words]:
    """What told place and year, and the reports that do not say so themselves."""
    if told.empty:
        return []
    rows = _sources(told).rename(columns={"reports": "reports_n"})
    columns = ["place_from", "year_from", "reports_n", "without_place", "without_year"]
    shown: list[Table | Words] = [tidy(rows, columns, caption=say("quality", "told_table"))]
    if len(odd):
        columns = ["year", "county", "township", "place_from", "year_from", "title", "source"]
        shown.append(tidy(newest_first(_sources(odd)), columns, caption=say("quality", "told_odd_table")))
    return shown


def _sources(rows: pd.DataFrame) -> pd.DataFrame:
    """The codes of sources in words."""
    known = rule_book().sources
    names = {
        f"{aspect}_from": pd.Series(
            [
                say("quality", "told_nothing") if pd.isna(code) else known[code].zh if code in known else code
                for code in rows[f"{aspect}_source"].astype(object)
            ],
            index=rows.index,
            dtype="string",
        )
        for aspect in ("place", "year")
    }
    return rows.assign(**names)


def report_table(tables: Tables) -> list[Table | Words]:
    """Every report that counts, the newest first: its form, how whole it is, and what was found."""
    cover = newest_first(coverage(tables))
    if cover.empty:
        return []
    found = [
        pd.NA if pd.isna(expected) else say("opening", "cells", found=there, expected=expected)
        for there, expected in zip(cover["cells_found"], cover["cells_expected"], strict=True)
    ]
    rows = cover.assign(cells=pd.Series(found, index=cover.index, dtype="string"))
    columns = ["year", "county", "township", "form", "status", "cells", "repaired", "uncertain", "errors", "warnings"]
    columns += ["published_on", "source"]
    return [tidy(rows, columns, caption=say("quality", "reports_table"), folded=True)]
