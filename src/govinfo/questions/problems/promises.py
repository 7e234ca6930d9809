"""What townships promised to do about a problem, and whether the problem came back."""

from __future__ import annotations

import pandas as pd

from govinfo.definitions.themes import UNCLASSIFIED
from govinfo.questions.frames import PLACE, located, shaped, theme_labels
from govinfo.questions.problems.stated import followed_reports, nearest, renamed, stated_themes, with_likeness
from govinfo.tables import Tables

OUTCOMES = ("back", "later", "not_named", "unknown", "untold")
_SPOT = {"ordinal": "Int16", "text": "string", "order": "Int8", "start": "Int32", "end": "Int32"}
PROMISES = {
    **PLACE,
    "theme": "string",
    "theme_label": "string",
    "outcome": "string",
    "reason": "string",
    **_SPOT,
    "source": "string",
    **{f"problem_{name}": dtype for name, dtype in _SPOT.items()},
    "back_year": "Int16",
    "back_report_id": "string",
    "back_source": "string",
    **{f"back_{name}": dtype for name, dtype in _SPOT.items()},
    "alike": "Float64",
}
_KEYS = ["report_id", "theme", "ordinal"]


def promises(tables: Tables) -> pd.DataFrame:
    """The measures that townships announce, and whether a problem of the same theme is named again afterwards.

    Returns
    -------
    DataFrame, one row per measure and theme, in the order of places and years
        the report that promises (report_id, county, township, year, form), theme, theme_label; `outcome`:

        - `back`: the report of the next year names the theme as a problem;
        - `later`: not that one (or it is not known), but a later one does;
        - `not_named`: the next report was read and does not name it, nor does a later one. That is no proof that the
          problem was mended: a report need not name it;
        - `unknown`: `reason` is `no_report` (none on the next year) or `unread` (its section 五 could not be read);
        - `untold`: the measure names nothing that could be looked for.

        ordinal, text, order, start, end, source: the measure and its place in the section's text; the same with
        problem_ for the problem of that theme in the same report, <NA> where it names none (the measure answers
        nothing that the report says); back_year, back_report_id and the same with back_ for the first problem of that
        theme afterwards; alike (0 to 1): how much the words of the two problems are the same.
    """
    followed = followed_reports(tables)
    stated = stated_themes(tables, followed)
    problems = stated[stated["kind"] == "problem"]
    made = stated[stated["kind"] == "measure"].drop(columns="kind")
    if made.empty:
        # columns without any row, as they come from a file, cannot be joined
        return shaped(pd.DataFrame(), PROMISES)
    found = _come_back(made, problems)
    own, back = renamed(problems, "problem_"), renamed(problems, "back_")
    both = found.merge(own, left_on=["report_id", "theme"], right_on=["problem_report_id", "theme"], how="left")
    both = both.merge(back, on=["back_report_id", "theme"], how="left")
    found = nearest(with_likeness(both, "problem_text", "back_text"), _KEYS)
    source = tables.reports.set_index("report_id")["source"].to_dict()
    found = _with_outcome(found, followed).assign(
        theme_label=theme_labels(found["theme"]),
        source=found["report_id"].map(source),
        back_source=found["back_report_id"].map(source),
    )
    return located(found.drop(columns="year"), tables, PROMISES)


def _come_back(made: pd.DataFrame, problems: pd.DataFrame) -> pd.DataFrame:
    """The measures with `back_year` and `back_report_id`: the first later report with a problem of the same theme."""
    named = problems.loc[problems["theme"] != UNCLASSIFIED, ["place", "theme", "year", "report_id"]].drop_duplicates()
    named = named.rename(columns={"report_id": "back_report_id"}).assign(back_year=named["year"])
    found = pd.merge_asof(
        made.sort_values("year", kind="stable"),
        named.sort_values("year", kind="stable"),
        on="year",
        by=["place", "theme"],
        direction="forward",
        allow_exact_matches=False,
    )
    return found.sort_values(["place", "year", "theme", "ordinal"], kind="stable").reset_index(drop=True)


def _with_outcome(found: pd.DataFrame, followed: pd.DataFrame) -> pd.DataFrame:
    read = followed.assign(year=followed["year"] - 1).set_index(["place", "year"])["read"].to_dict()
    following = [read.get(key) for key in zip(found["place"], found["year"], strict=True)]
    after = pd.Series(following, index=found.index, dtype="boolean")
    outcome = pd.Series("unknown", index=found.index, dtype="string")
    outcome = outcome.mask(after.fillna(False), "not_named").mask(found["back_year"].notna(), "later")
    outcome = outcome.mask(found["back_year"] == found["year"] + 1, "back")
    outcome = outcome.mask(found["theme"] == UNCLASSIFIED, "untold")
    reason = pd.Series("unread", index=found.index, dtype="string").mask(after.isna(), "no_report")
    return found.assign(outcome=outcome, reason=reason.where(outcome == "unknown"))
