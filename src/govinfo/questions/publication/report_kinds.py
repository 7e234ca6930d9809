"""Which reports there are: by year, form and format; and what told whose they are."""

from __future__ import annotations

import pandas as pd

from govinfo.questions.frames import PLACE, located, shaped
from govinfo.tables import Tables

KINDS = {
    "year": "Int16",
    "form": "string",
    "format": "string",
    **dict.fromkeys(("reports", "complete", "partial", "narrative_only", "set_aside"), "Int64"),
}
TOLD = {
    "place_source": "string",
    "year_source": "string",
    **dict.fromkeys(("reports", "without_place", "without_year"), "Int64"),
}
DOUBTFUL = {
    **PLACE,
    "place_source": "string",
    "year_source": "string",
    "title": "string",
    "source": "string",
}
# what a report says of itself; all else was added by somebody or concluded from something
_OWN_WORDS = ("title", "period", "narrative", "signature")


def report_kinds(tables: Tables) -> pd.DataFrame:
    """How many reports there are of each year, form and file format, and how whole they are.

    Returns
    -------
    DataFrame, one row per year, form and format that occur, the newest year first, reports without a year last
        year, form, format; reports (that count), of these `complete`, `partial` and `narrative_only`; set_aside (beside
        them: duplicates, which do not count).
    """
    reports = tables.reports
    counted = reports["counted"].fillna(True).astype(bool)
    marks = {name: counted & (reports["status"] == name).fillna(False) for name in list(KINDS)[4:7]}
    keys = ["year", "form", "format"]
    frame = reports[keys].assign(reports=counted, **marks, set_aside=~counted)
    groups = frame.groupby(keys, dropna=False).sum().reset_index()
    order = groups.sort_values("year", ascending=False, na_position="last", kind="stable")
    return shaped(order, KINDS)


def told_from(tables: Tables) -> pd.DataFrame:
    """From what place and year of the reports that count were told (`place_source`, `year_source`).

    Returns
    -------
    DataFrame, one row per pair of sources that occurs, the most frequent first
        place_source, year_source (null where nothing told it); reports; without_place, without_year (of these, the
        reports of townships or of a body of unknown level of which place or year is not known).
    """
    own = _counted(tables)
    keys = ["place_source", "year_source"]
    groups = own.groupby(keys, dropna=False)
    frame = groups.agg(
        reports=("report_id", "size"), without_place=("_no_place", "sum"), without_year=("_no_year", "sum")
    )
    return shaped(frame.reset_index().sort_values("reports", ascending=False, kind="stable"), TOLD)


def not_in_own_words(tables: Tables) -> pd.DataFrame:
    """The reports that count whose place or year is not known, or stands in no title, period, text or signature.

    Returns
    -------
    DataFrame, one row per report: who, when, form; place_source, year_source; title, source.
    """
    own = _counted(tables)
    odd = pd.concat([~own[name].isin(_OWN_WORDS) for name in ("place_source", "year_source")], axis=1).any(axis=1)
    odd |= own["_no_place"] | own["_no_year"]
    columns = ["report_id", "place_source", "year_source", "title", "source"]
    return located(own.loc[odd, columns], tables, DOUBTFUL)


def _counted(tables: Tables) -> pd.DataFrame:
    own = tables.reports[tables.reports["counted"].fillna(True)]
    low = own["level"].isin(["township", "unknown"]) | own["level"].isna()
    no_place = low & (own["township"].isna() | (own["county"].isna() & own["city"].isna()))
    return own.assign(_no_place=no_place.astype(bool), _no_year=own["year"].isna().astype(bool))
