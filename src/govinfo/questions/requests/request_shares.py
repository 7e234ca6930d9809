"""What share of requests ended how, why, and who asked: over reports whose figures fit together, with intervals."""

from __future__ import annotations

import pandas as pd

from govinfo.errors import ConfigError
from govinfo.questions.by_place import placed_reports
from govinfo.questions.chance.intervals import with_interval
from govinfo.questions.frames import shaped
from govinfo.questions.requests.request_outcomes import CATEGORIES
from govinfo.tables import Tables

APPLICANTS = ("natural_person", "business", "research", "public_interest", "legal_services", "other")
GROUPS = {"all": (), "year": ("year",), "place": ("place", "county", "township")}
_KEYS = {"place": "string", "county": "string", "township": "string", "year": "Int16"}
_COUNTS = {
    **dict.fromkeys(("count", "of"), "Int64"),
    **dict.fromkeys(("share", "low", "high"), "Float64"),
    **dict.fromkeys(("reports", "idle", "unfit"), "Int64"),
}
OUTCOME_SHARES = {**_KEYS, "category": "string", **_COUNTS}
REASONS = {"category": "string", "line": "string", **_COUNTS}
ASKED_BY = {**_KEYS, "applicant": "string", **_COUNTS}
REPLIES = {"line": "string", "label": "string", **_COUNTS}


def outcome_shares(tables: Tables, by: str = "all") -> pd.DataFrame:
    """Shares of the requests decided by outcome, over all reports, by year, or by township.

    Parameters
    ----------
    by : `all`, `year` or `place`.

    Returns
    -------
    DataFrame, one row per group and outcome category (columns that `by` does not ask for are <NA>)
        place, county, township, year; category; count and of (件: ended so, decided in all), share (0 to 1) with the
        ends low and high of its 95 % interval, <NA> where nothing was decided; reports (whose figures fit together: all
        lines of outcomes have one, and they add up to 总计), idle (of these, that decided 0), unfit (reports with a
        request table beside them: a line has no figure, or the total is not the sum. They are in no count).
        Groups without a report with a request table have no row.

    Raises
    ------
    ConfigError
        There is no such `by`.

    Source: 国办公开办函〔2021〕30号, table 3; the interval is Wilson's (see `intervals`).
    """
    if by not in GROUPS:
        raise ConfigError("outcome_shares", f"by={by!r}", ", ".join(GROUPS), "name one of these")
    cells, totals = _decided(tables)
    reports = placed_reports(tables)
    return shaped(_shares(cells, totals, reports, "category", list(GROUPS[by]), CATEGORIES), OUTCOME_SHARES)


def answered_shares(tables: Tables) -> pd.DataFrame:
    """Which share of the requests decided each township disclosed, wholly or in part (予以公开 and 部分公开).

    Returns
    -------
    DataFrame, one row per township with a request table
        place, county, township; year (<NA>); count, of, share, low, high, reports, idle, unfit as in `outcome_shares`,
        over all its years.
    """
    rows = outcome_shares(tables, by="place")
    rows = rows[rows["category"].isin(CATEGORIES[:2])]
    found = rows.groupby("place", sort=False).agg(
        {**dict.fromkeys(("county", "township", "of", "reports", "idle", "unfit"), "first"), "count": "sum"}
    )
    return shaped(with_interval(found.reset_index(), "count", "of"), {**_KEYS, **_COUNTS})


def reason_shares(tables: Tables) -> pd.DataFrame:
    """On which grounds requests were not, or not wholly, answered: the lines of the form under its outcomes.

    Returns
    -------
    DataFrame, one row per line of the outcomes refused, unavailable, declined and other
        category, line; count (件), of (件, all lines of the category), share of them with its interval; reports, idle,
        unfit as in `outcome_shares`. 其他处理 is one line in the form of 2019 and three in that of 2021.
    """
    cells, totals = _decided(tables)
    reports = placed_reports(tables)
    counts = _shares(cells, totals, reports, "line", [], list(cells["line"].drop_duplicates()))
    category = cells.drop_duplicates("line").set_index("line")["category"].to_dict()
    counts["category"] = counts["line"].map(category).astype("string")
    counts = counts[counts["category"].isin(CATEGORIES[2:])]
    counts["of"] = counts.groupby("category")["count"].transform("sum")
    return shaped(with_interval(counts, "count", "of"), REASONS)


def applicant_shares(tables: Tables, by: str = "all") -> pd.DataFrame:
    """Who asked: the new requests by kind of applicant (本年新收), over all reports, by year, or by township.

    Returns
    -------
    DataFrame, one row per group and applicant
        columns as `outcome_shares` has them, with applicant; a report fits where all six applicants have a figure and
        add up to the total.

    Raises
    ------
    ConfigError
        There is no such `by`.
    """
    if by not in GROUPS:
        raise ConfigError("applicant_shares", f"by={by!r}", ", ".join(GROUPS), "name one of these")
    new = tables.requests[tables.requests["line"] == "new"]
    totals = new[new["applicant"] == "total"].set_index("report_id")["value"]
    cells = new[new["applicant"].isin(APPLICANTS)]
    reports = placed_reports(tables)
    return shaped(_shares(cells, totals, reports, "applicant", list(GROUPS[by]), APPLICANTS), ASKED_BY)


def reply_shares(tables: Tables) -> pd.DataFrame:
    """How requests were answered as the statistics table of 2014 to 2018 counts it (申请答复数 and its parts).

    Returns
    -------
    DataFrame, one row per part that stands directly under 申请答复数
        line, label; count (件), of, share with its interval; reports, idle, unfit as in `outcome_shares`. These answers
        are not the outcomes of later forms: they are counted by answer and cut otherwise.
    """
    rows = tables.statistics
    totals = rows[rows["line"] == "replies"].set_index("report_id")["value"]
    cells = rows[rows["parent"] == "replies"]
    parts = list(cells["line"].drop_duplicates())
    counts = _shares(cells, totals, placed_reports(tables), "line", [], parts)
    labels = cells.drop_duplicates("line").set_index("line")["label"].to_dict()
    return shaped(counts.assign(label=counts["line"].map(labels)), REPLIES)


def _decided(tables: Tables) -> tuple[pd.DataFrame, pd.Series[int]]:
    """The lines of the outcomes of all applicants together, and what was decided by report."""
    rows = tables.requests[tables.requests["applicant"] == "total"]
    decided = rows[rows["line"] == "total"].set_index("report_id")["value"]
    return rows[rows["category"].isin(CATEGORIES)], decided


def _shares(
    cells: pd.DataFrame,
    totals: pd.Series[int],
    reports: pd.DataFrame,
    part: str,
    keys: list[str],
    parts: list[str] | tuple[str, ...],
) -> pd.DataFrame:
    """Counts of each part by group over the reports of which the parts are known and add up to the total."""
    groups = cells.groupby("report_id")["value"]
    known, summed = groups.apply(lambda values: values.notna().all()), groups.sum()
    own = reports[reports["report_id"].isin(cells["report_id"])]
    total = own["report_id"].map(totals.to_dict()).astype("Float64")
    whole = own["report_id"].map(known.to_dict()).fillna(False).astype(bool)
    fits = whole & (own["report_id"].map(summed.to_dict()).astype("Float64") == total).fillna(False)
    own = own.assign(of=total.where(fits), fit=fits, idle=fits & (total == 0).fillna(False), unfit=~fits, _all=0)
    by = [*keys, "_all"]
    frame = own.groupby(by, sort=False, dropna=False)[["of", "fit", "idle", "unfit"]].sum().reset_index()
    frame = frame.merge(pd.DataFrame({part: list(parts)}).astype("string"), how="cross")
    counted = cells.merge(own[own["fit"]][["report_id", *by]], on="report_id")
    counted = counted.groupby([*by, part], dropna=False)["value"].sum().rename("count").reset_index()
    frame = frame.merge(counted, on=[*by, part], how="left").rename(columns={"fit": "reports"})
    return with_interval(frame.assign(count=frame["count"].fillna(0)), "count", "of")
