"""Of which reports section 五 could be read, and whether it names a problem."""

from __future__ import annotations

import pandas as pd

from govinfo.definitions.patterns import patterns
from govinfo.questions.frames import shaped
from govinfo.tables import Tables

# The section names problems; it was read and names none; there is none, or nothing could be read in it.
PROBLEMS, SILENT, UNREAD = "problems", "silent", "unread"
SECTIONS = {
    **dict.fromkeys(("report_id", "province", "city", "county", "township"), "string"),
    "year": "Int16",
    "state": "string",
}


def problem_sections(tables: Tables) -> pd.DataFrame:
    """What became of section 五 of each counted report of a township.

    Returns
    -------
    DataFrame, one row per report
        report_id, province, city, county, township, year; state: `problems` (it names at least one), `silent` (it says
        that there are none, or lists measures only), `unread` (no such section, or a text in which no statement was
        found although it does not say that there is nothing to state): such a report does not name nothing.
    """
    reports = tables.reports
    own = reports[(reports["level"] == "township").fillna(False) & reports["counted"].fillna(True)]
    stated = tables.problems[["report_id", "kind"]].drop_duplicates()
    problems = set(stated.loc[stated["kind"] == "problem", "report_id"])
    silent = set(stated["report_id"]) | _says_none(tables, set(own["report_id"]) - set(stated["report_id"]))
    state = pd.Series(UNREAD, index=own.index, dtype="string")
    state = state.mask(own["report_id"].isin(silent), SILENT).mask(own["report_id"].isin(problems), PROBLEMS)
    return shaped(own.assign(state=state), SECTIONS)


def _says_none(tables: Tables, asked: set[str]) -> set[str]:
    """The reports among `asked` whose section says that there is nothing to state."""
    rows = tables.narrative
    rows = rows[rows["report_id"].isin(asked) & (rows["role"] == "problems").fillna(False) & rows["text"].notna()]
    nothing = patterns("texts").one["nothing"]
    found = [nothing.fullmatch(text.strip()) is not None for text in rows["text"]]
    return set(rows.loc[found, "report_id"])
