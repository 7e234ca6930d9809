"""The statements of townships by theme, where the same township can be followed from year to year."""

from __future__ import annotations

import pandas as pd

from govinfo.checks.alike import likeness
from govinfo.checks.neighbours import township_reports
from govinfo.checks.problem_texts import characters
from govinfo.questions.problems.section_five import UNREAD, problem_sections
from govinfo.tables import Tables

# Where a statement stands: these columns go with its text into an answer.
SPOT = ("ordinal", "text", "order", "start", "end")


def followed_reports(tables: Tables) -> pd.DataFrame:
    """The reports of townships that can be followed: report_id, place, year, read (whether section 五 was read).

    One report for each place and year; a place is the same by its division, whatever it was called in a year.
    """
    state = problem_sections(tables).set_index("report_id")["state"].to_dict()
    found = township_reports(tables)
    read = [state.get(report_id, UNREAD) != UNREAD for report_id in found["report_id"]]
    return found.assign(read=pd.array(read, dtype="bool"))


def stated_themes(tables: Tables, followed: pd.DataFrame) -> pd.DataFrame:
    """The statements of these reports, a row for each theme of each.

    report_id, place, year, kind, theme, and `ordinal`, `text`, `order`, `start`, `end` of the statement.
    """
    keys = ["report_id", "kind", "ordinal"]
    tags = tables.problem_themes[[*keys, "theme"]].drop_duplicates()
    statements = tables.problems[["report_id", "kind", *SPOT]].merge(tags, on=keys)
    found = statements.merge(followed[["report_id", "place", "year"]], on="report_id")
    return found.sort_values(["place", "year", "theme", "kind", "ordinal"], kind="stable").reset_index(drop=True)


def renamed(statements: pd.DataFrame, prefix: str) -> pd.DataFrame:
    """Report, theme and statement alone, under names that begin with `prefix`; the theme keeps its name."""
    columns = ["report_id", *SPOT]
    return statements[["theme", *columns]].rename(columns={name: f"{prefix}{name}" for name in columns})


def with_likeness(frame: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """`frame` with `alike`: how alike the texts of two columns are, from 0 to 1; null where one is null."""
    words: dict[str, str] = {}
    pairs = zip(frame[one].astype(object), frame[other].astype(object), strict=True)
    found = [
        None if pd.isna(first) or pd.isna(second) else likeness(_words(first, words), _words(second, words))
        for first, second in pairs
    ]
    return frame.assign(alike=pd.array(found, dtype="Float64"))


def nearest(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Of the rows with the same `keys` the one whose texts are most alike, the first of several."""
    best = frame.assign(_row=range(len(frame))).sort_values(
        ["alike", "_row"], ascending=[False, True], na_position="last", kind="stable"
    )
    return best.drop_duplicates(keys).sort_values("_row").drop(columns="_row").reset_index(drop=True)


def _words(text: str, known: dict[str, str]) -> str:
    found = known.get(text)
    if found is None:
        found = known[text] = characters(text)
    return found
