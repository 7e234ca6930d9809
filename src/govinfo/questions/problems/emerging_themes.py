"""What reports name that no theme covers: statements that fit nothing, grouped."""

from __future__ import annotations

import pandas as pd

from govinfo.definitions.themes import UNCLASSIFIED
from govinfo.questions.frames import shaped
from govinfo.tables import Tables
from govinfo.themes.grouping import group_texts

EMERGING = {
    "group": "Int64",
    "name": "string",
    "statements": "Int64",
    "reports": "Int64",
    "townships": "Int64",
    "first_year": "Int16",
    "last_year": "Int16",
    "guess": "string",
    "example": "string",
    "examples": "string",
}
_EXAMPLES = 3


def emerging_themes(tables: Tables, *, kind: str = "problem", smallest: int = 3) -> pd.DataFrame:
    """Groups of like statements that no theme of the taxonomy covers: themes that nobody has defined yet.

    Parameters
    ----------
    kind : `problem` or `measure`.
    smallest : a group is shown from so many statements on.

    Returns
    -------
    DataFrame, one row per group, the largest first
        name (its most telling words, joined by 、), statements, reports and townships that have them (numbers),
        first_year, last_year, guess (the theme that most of them came nearest to, <NA> where none did), example
        (the most typical statement), examples (up to three, a line each). Only counted reports.

    A group becomes a theme by one entry of definitions/themes.yaml with its words as cues.
    """
    reports = tables.reports[tables.reports["counted"].fillna(True)]
    keys = ["report_id", "kind", "ordinal"]
    none = tables.problem_themes[tables.problem_themes["theme"] == UNCLASSIFIED]
    found = tables.problems[tables.problems["kind"] == kind].merge(none[[*keys, "guess"]], on=keys)
    found = found.merge(reports[["report_id", "county", "township", "year"]], on="report_id")
    by_text = dict(list(found.groupby("text", sort=False)))
    texts = [str(text) for text in by_text]
    groups = [
        (group, pd.concat([by_text[texts[i]] for i in group.members])) for group in group_texts(texts, smallest=1)
    ]
    groups = [(group, rows) for group, rows in groups if len(rows) >= smallest]
    groups.sort(key=lambda pair: -len(pair[1]))
    rows = [
        {
            "group": number,
            "name": "、".join(group.words) or texts[group.members[0]],
            "statements": len(rows),
            "reports": rows["report_id"].nunique(),
            "townships": len(rows[["county", "township"]].drop_duplicates()),
            "first_year": rows["year"].min(),
            "last_year": rows["year"].max(),
            "guess": next(iter(rows["guess"].mode()), pd.NA),
            "example": texts[group.members[0]],
            "examples": "\n".join(texts[i] for i in group.members[:_EXAMPLES]),
        }
        for number, (group, rows) in enumerate(groups, start=1)
    ]
    return shaped(pd.DataFrame(rows, columns=list(EMERGING)), EMERGING)
