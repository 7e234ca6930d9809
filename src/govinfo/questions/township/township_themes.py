"""What one township names as problems and promises to do, year by year."""

from __future__ import annotations

import pandas as pd

from govinfo.definitions.themes import UNCLASSIFIED, themes
from govinfo.questions.frames import shaped, theme_labels
from govinfo.questions.problems.section_five import UNREAD, problem_sections
from govinfo.tables import Tables

THEMES = {
    "year": "Int16",
    "report_id": "string",
    "state": "string",
    **dict.fromkeys(("theme", "theme_label"), "string"),
    **dict.fromkeys(("problem", "measure"), "boolean"),
}
RUNS = {"theme": "string", "theme_label": "string", **dict.fromkeys(("years", "first", "last"), "Int64")}


def themes_by_year(tables: Tables) -> pd.DataFrame:
    """Which themes the reports of one township name as problems, and on which they announce measures.

    Returns
    -------
    DataFrame, one row per report with a year and theme that any of them names, in the order of years and the taxonomy
        year, report_id, state (see `problem_sections`), theme, theme_label, problem, measure: <NA> where section 五
        could not be read. Statements that no theme fits are left out. A report has one row of a null theme where no
        report names any theme.
    """
    sections = problem_sections(tables).dropna(subset=["year"]).sort_values(["year", "report_id"], kind="stable")
    tags = tables.problem_themes[["report_id", "kind", "theme"]].drop_duplicates()
    tags = tags[tags["report_id"].isin(sections["report_id"]) & (tags["theme"] != UNCLASSIFIED)]
    there = set(tags["theme"])
    order = [theme.code for theme in themes() if theme.code in there]
    order += sorted(there - set(order))
    # without any theme there is still a row for each report
    column: list[str | None] = [*order] or [None]
    there_or_none = pd.DataFrame({"theme": column}).astype("string")
    grid = sections[["year", "report_id", "state"]].merge(there_or_none, how="cross")
    asked = list(zip(grid["report_id"], grid["theme"], strict=True))
    for kind in ("problem", "measure"):
        named = tags[tags["kind"] == kind]
        pairs = set(zip(named["report_id"], named["theme"], strict=True))
        found = pd.Series([pair in pairs for pair in asked], index=grid.index, dtype="boolean")
        grid[kind] = found.mask(grid["state"] == UNREAD)
    return shaped(grid.assign(theme_label=theme_labels(grid["theme"].astype("string"))), THEMES)


def theme_runs(by_year: pd.DataFrame) -> pd.DataFrame:
    """The longest run of years in which each theme is named as a problem, the longest first (`themes_by_year`).

    Returns
    -------
    DataFrame, one row per theme named as a problem at least once
        theme, theme_label; years (running), first, last: those of the newest of the longest runs. A year without a
        report, or of which section 五 could not be read, ends a run.
    """
    rows = []
    named = by_year[by_year["problem"].fillna(False).astype(bool) & by_year["theme"].notna()]
    for (theme, label), part in named.groupby(["theme", "theme_label"], sort=False):
        runs: list[list[int]] = []
        for year in sorted({int(year) for year in part["year"]}):
            if runs and runs[-1][-1] == year - 1:
                runs[-1].append(year)
            else:
                runs.append([year])
        best = max(runs, key=lambda run: (len(run), run[-1]))
        rows.append({"theme": theme, "theme_label": label, "years": len(best), "first": best[0], "last": best[-1]})
    frame = pd.DataFrame(rows, columns=list(RUNS))
    return shaped(frame.sort_values("years", ascending=False, kind="stable"), RUNS)
