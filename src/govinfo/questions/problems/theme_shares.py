"""How many reports name each theme as a problem, and how sure such a share is."""

from __future__ import annotations

import pandas as pd

from govinfo.definitions.themes import themes
from govinfo.errors import ConfigError
from govinfo.questions.chance.intervals import with_interval
from govinfo.questions.frames import shaped
from govinfo.questions.problems.section_five import SILENT, UNREAD, problem_sections
from govinfo.tables import Tables

# What reports are put together by: places of one name in two provinces stay two.
GROUPS = {
    "all": (),
    "year": ("year",),
    "province": ("province", "year"),
    "city": ("province", "city", "year"),
    "county": ("province", "city", "county", "year"),
}
_KEYS = {"province": "string", "city": "string", "county": "string", "year": "Int16"}
SHARES = {
    **_KEYS,
    "theme": "string",
    "theme_label": "string",
    "named_by": "Int64",
    "reports": "Int64",
    **dict.fromkeys(("share", "low", "high"), "Float64"),
    **dict.fromkeys(("statements", "silent", "unread"), "Int64"),
}


def theme_shares(tables: Tables, by: str = "county") -> pd.DataFrame:
    """The share of townships' reports that name each theme as a problem, by place and year.

    Parameters
    ----------
    by : `county`, `city` or `province` (each by year), `year`, or `all` (all years together).

    Returns
    -------
    DataFrame, one row per place, year and theme of the taxonomy (columns that `by` does not ask for are <NA>)
        named_by (reports that name the theme; a report counts once, however often it does), reports (whose section 五
        was read), share (0 to 1) with the ends low and high of its 95 % interval, <NA> where no report was read;
        statements (problems that name the theme), silent (of `reports` those that name no problem at all), unread
        (reports beside them of which nothing is known: no section 五, or none that could be read).
        Only counted reports of townships. A year without a report has no row: it is a gap, not 0.
        The interval is for reports taken as a sample; where all reports of a county are there it still says how easily
        one more or one less would move the share.

    Raises
    ------
    ConfigError
        There is no such `by`.

    Source: section 五 of 国办公开办函〔2021〕30号; the interval is Wilson's (see `intervals`).
    """
    if by not in GROUPS:
        raise ConfigError("theme_shares", f"by={by!r}", ", ".join(GROUPS), "name one of these")
    sections = problem_sections(tables)
    keys = list(GROUPS[by])
    sections["group"] = sections.groupby(keys, dropna=False).ngroup() if keys else 0
    groups = sections.drop_duplicates("group").set_index("group")[keys].sort_index()
    read = sections[sections["state"] != UNREAD]
    counts = pd.DataFrame(
        {
            "reports": read.groupby("group").size(),
            "silent": (read["state"] == SILENT).groupby(read["group"]).sum(),
            "unread": (sections["state"] == UNREAD).groupby(sections["group"]).sum(),
        },
        index=groups.index,
    ).fillna(0)
    named = _named(tables, read)
    order = pd.DataFrame({"theme": [one.code for one in themes()], "theme_label": [one.label for one in themes()]})
    frame = groups.join(counts).reset_index().merge(order, how="cross").merge(named, on=["group", "theme"], how="left")
    frame[["named_by", "statements"]] = frame[["named_by", "statements"]].fillna(0)
    return shaped(with_interval(frame, "named_by", "reports"), SHARES)


def _named(tables: Tables, read: pd.DataFrame) -> pd.DataFrame:
    """How many reports of each group name each theme, and in how many statements."""
    problems = tables.problem_themes[tables.problem_themes["kind"] == "problem"]
    problems = problems.drop_duplicates(["report_id", "ordinal", "theme"]).merge(read[["report_id", "group"]])
    counted = problems.groupby(["group", "theme"])["report_id"].agg(["nunique", "size"]).reset_index()
    return counted.rename(columns={"nunique": "named_by", "size": "statements"})
