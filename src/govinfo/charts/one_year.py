"""What is compared in which year; how whole and sound its reports are; one row for each township."""

from __future__ import annotations

import pandas as pd

from govinfo.charts.chart import Chart
from govinfo.charts.comparison.funnel import few
from govinfo.charts.names import year_spans
from govinfo.charts.part_bars import BAD, DOUBT, GOOD, Bars, part_bars
from govinfo.charts.parts import Part
from govinfo.charts.shown import Table, Words
from govinfo.charts.table import number, tidy
from govinfo.charts.volume.told_totals import places, total_words
from govinfo.definitions.wording import say
from govinfo.questions.areas import count_townships, left_out, township_reports_by_area
from govinfo.questions.comparison.rates import GRANTED, RECEIVED
from govinfo.questions.coverage import coverage
from govinfo.questions.frames import theme_labels
from govinfo.questions.quality.review_marks import GREEN, RED, YELLOW
from govinfo.tables import Tables

MOST_ROWS = 20
# a year with fewer than this part of another year's reports is told to be thin
_THIN = 0.5


def span_of(years: list[int]) -> str:
    """Of which years, in words."""
    return say("county", "years", years=year_spans(years)) if years else say("charts", "no_year")


def scope_words(tables: Tables, year: int | None, years: list[int]) -> Words:
    """Whether townships or counties are compared, in which year, and whether that year is a good one to look at."""
    reports = township_reports_by_area(tables)
    if reports.empty or year is None:
        return Words((say("county", "scope_none"),))
    areas = list(reports["area"].drop_duplicates())
    if len(areas) > 1:
        lines = [say("county", "scope_counties", n=len(areas), names=few(areas), year=year, years=span_of(years))]
    else:
        n = count_townships(tables.reports[tables.reports["report_id"].isin(reports["report_id"])])
        key = "scope_townships" if n > 1 else "scope_alone"
        lines = [say("county", key, area=areas[0], n=n, year=year, years=span_of(years))]
    counts = reports["year"].value_counts().sort_index()
    if year not in counts:
        # nothing else is to be said of a year without reports
        return Words((say("county", "scope_no_year", year=year, years=say("county", "join").join(map(str, years))),))
    if counts[year] < _THIN * counts.max():
        most = {"other": counts.idxmax(), "most": counts.max()}
        lines.append(say("county", "scope_few", year=year, n=counts[year], **most))
    unplaced = left_out(tables)
    if unplaced:
        lines.append(say("county", "scope_left_out", n=unplaced))
    return Words(tuple(lines), "standing")


def marks_chart(marks: pd.DataFrame, year: int | None, *, counties: bool) -> Chart | Words:
    """How many errors and warnings each township's report of the year has (answer of `review_marks` of that year).

    Where `counties`: how many of each county's reports have any.
    """
    own = marks[(marks["level"] == "township").fillna(False) & marks["area"].notna() & marks["township"].notna()]
    if own.empty:
        return Words((say("county", "marks_none"),))
    counts = {mark: int((own["mark"] == mark).sum()) for mark in (RED, YELLOW, GREEN)}
    if counts[GREEN] == len(own):
        return Words((say("county", "marks_clean", year=year, n=len(own)),))
    keys = {RED: "marks_bad", YELLOW: "marks_warned", GREEN: "marks_unmarked"}
    errors = int(own["errors"].sum())
    told = [say("county", key, n=counts[mark], errors=errors) for mark, key in keys.items() if counts[mark]]
    title = say("county", "marks_title", year=year, n=len(own), parts=say("county", "marks_comma").join(told))
    table, parts, unit = _of_counties(own) if counties else _of_townships(own)
    shown = table.iloc[:MOST_ROWS]
    clean = say("county", "marks_some_clean", n=counts[GREEN]) if counts[GREEN] and not counties else ""
    caption = say("county", "marks_caption", unit=unit, n=len(own), clean=clean)
    caption += say("county", "marks_left_out", all=len(table), shown=len(shown)) if len(shown) < len(table) else ""
    return part_bars(shown, parts, Bars("findings_of_year", title, caption), own)


def _of_townships(own: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, Part], str]:
    rows = own.sort_values(["errors", "warnings"], ascending=False, kind="stable")
    rows = rows[(rows["errors"] > 0) | (rows["warnings"] > 0)]
    parts = {
        "errors": Part(say("county", "part_errors"), BAD, pale=False),
        "warnings": Part(say("county", "part_warnings"), DOUBT),
    }
    return rows[list(parts)].set_axis(list(rows["township"])), parts, say("county", "unit_findings")


def _of_counties(own: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, Part], str]:
    table = pd.crosstab(own["area"], own["mark"]).reindex(columns=[RED, YELLOW, GREEN], fill_value=0)
    table = table.sort_values([RED, YELLOW], ascending=False, kind="stable")
    parts = {
        RED: Part(say("county", "part_error"), BAD, pale=False),
        YELLOW: Part(say("county", "part_warning"), DOUBT),
        GREEN: Part(say("county", "part_clean"), GOOD),
    }
    return table, parts, say("county", "unit_reports")


def year_table(tables: Tables, rows: pd.DataFrame, totals: pd.DataFrame, year: int | None) -> list[Table | Words]:
    """One row for each report of the year: how whole, what was found, requests, granted, disclosed in all, problems.

    `tables` are those of the year; `rows` and `totals` the answers of `rates` and `told_totals`.
    """
    reports = township_reports_by_area(tables)
    if reports.empty:
        return []
    cover = coverage(tables).drop(columns=["county", "township", "year", "form", "source"])
    frame = reports.merge(cover, on="report_id").merge(
        tables.reports[["report_id", "level"]], on="report_id", how="left"
    )
    none = say("charts", "none")
    figures = {(row["report_id"], row["measure"]): row for row in rows.to_dict("records")}
    told = totals.set_index("report_id")
    themes = _themes(tables)
    cells: dict[str, list[str]] = {"cells": [], "got": [], "granted_of": [], "told_value": [], "named": []}
    for row in frame.to_dict("records"):
        received, granted = (figures.get((row["report_id"], name)) for name in (RECEIVED, GRANTED))
        total = told.loc[row["report_id"]]
        whole = pd.isna(row["cells_expected"])
        found = {"found": row["cells_found"], "expected": row["cells_expected"]}
        cells["cells"].append(none if whole else say("opening", "cells", **found))
        cells["got"].append(none if received is None or pd.isna(received["count"]) else number(received["count"]))
        shares = granted is not None and not pd.isna(granted["count"])
        cells["granted_of"].append(say("county", "share_of", **_numbers(granted)) if granted and shares else none)
        unknown = pd.isna(total["value"])
        cells["told_value"].append(none if unknown else total_words(total["value"], total["approximate"]))
        cells["named"].append(themes.get(row["report_id"], none))
    frame = frame.assign(compared=places(frame), **cells)
    columns = ["compared", "cells", "errors", "warnings", "got", "granted_of", "told_value"]
    unit = say("county", "township")
    caption = say("county", "one_row_table", year=year, unit=unit)
    return [tidy(frame, [*columns, "published_on", "named"], caption=caption)]


def _numbers(row: dict[object, object]) -> dict[str, object]:
    return {name: number(row[name]) for name in ("count", "of")}


def _themes(tables: Tables) -> dict[str, str]:
    """The problems that each report names, in words."""
    rows = tables.problem_themes[(tables.problem_themes["kind"] == "problem").fillna(False)]
    rows = rows.assign(label=theme_labels(rows["theme"])).drop_duplicates(["report_id", "label"])
    join = say("county", "join")
    return {str(key): join.join(part["label"]) for key, part in rows.groupby("report_id", sort=False)}
