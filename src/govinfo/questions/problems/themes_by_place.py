"""Which problems each township's report names, theme by theme, and how many reports of the county name them."""

from __future__ import annotations

import pandas as pd

from govinfo.definitions.themes import themes
from govinfo.questions.areas import township_reports_by_area
from govinfo.questions.frames import shaped
from govinfo.questions.problems.section_five import problem_sections
from govinfo.tables import Tables

PLACES = {
    **dict.fromkeys(("report_id", "area", "township"), "string"),
    "year": "Int16",
    "state": "string",
    "statements": "Int64",
}
COUNTS = {"report_id": "string", "theme": "string", "statements": "Int64"}


def themes_by_place(tables: Tables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The problems that each counted report of a township names.

    Returns
    -------
    (DataFrame, DataFrame)
        one row per report whose county, name and year are told: report_id, area, township, year; state (`problems`,
        `silent`, `unread`, see `problem_sections`); statements, how many problems it lists (<NA> where unread).
        One row per such report and theme that it names: report_id, theme, statements. A statement of two themes is
        counted under both.
    """
    reports = township_reports_by_area(tables)
    state = problem_sections(tables).set_index("report_id")["state"].to_dict()
    problems = tables.problems[tables.problems["kind"] == "problem"]
    listed = problems.groupby("report_id").size().to_dict()
    places = reports.assign(
        state=reports["report_id"].map(state),
        statements=reports["report_id"].map(listed).astype("Int64").fillna(0),
    )
    places["statements"] = places["statements"].mask(places["state"] == "unread")
    tags = tables.problem_themes[tables.problem_themes["kind"] == "problem"]
    tags = tags[tags["report_id"].isin(reports["report_id"])].drop_duplicates(["report_id", "ordinal", "theme"])
    counts = tags.groupby(["report_id", "theme"]).size().reset_index(name="statements")
    return shaped(places, PLACES), shaped(counts, COUNTS)


def themes_by_frequency(counts: pd.DataFrame) -> list[str]:
    """All themes of the taxonomy, those that most reports of `counts` (see above) name first."""
    named = counts.groupby("theme")["report_id"].nunique().to_dict()
    codes = [theme.code for theme in themes()]
    return sorted(codes, key=lambda code: (-named.get(code, 0), codes.index(code)))
