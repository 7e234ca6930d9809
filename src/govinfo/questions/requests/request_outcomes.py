"""What became of disclosure requests, and of the disputes that followed: tables 三 and 四."""

from __future__ import annotations

import pandas as pd

from govinfo.errors import MissingFiguresError
from govinfo.questions.frames import PLACE, located
from govinfo.tables import Tables

CATEGORIES = ("granted", "granted_in_part", "refused", "unavailable", "declined", "other")
CHANNELS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
RESULTS = ("upheld", "corrected", "other", "pending", "total")

OUTCOMES = {
    **PLACE,
    "category": "string",
    "requests": "Int64",
    "decided": "Int64",
    "share": "Float64",
    "repaired": "Int64",
    "unknown": "Int64",
}
# The line of the form behind each column of the flow.
FLOW_LINES = {
    "received": "new",
    "carried_over": "carried_over",
    "decided": "total",
    "carried_forward": "carried_forward",
}
FLOW = {**PLACE, **dict.fromkeys(FLOW_LINES, "Int64")}


def with_request_tables(tables: Tables) -> Tables:
    """The same tables, cut to the reports whose form has a request table (none of before 2019 has one)."""
    ids = set(tables.requests["report_id"])
    kept = tables.reports["report_id"].isin(ids)
    return Tables(
        reports=tables.reports[kept].reset_index(drop=True),
        requests=tables.requests,
        disputes=tables.disputes[tables.disputes["report_id"].isin(ids)].reset_index(drop=True),
        findings=tables.findings[tables.findings["report_id"].isin(ids)].reset_index(drop=True),
        rejects=tables.rejects,
    )


def request_outcomes(tables: Tables) -> pd.DataFrame:
    """Share of disclosure requests by outcome (本年度办理结果).

    Returns
    -------
    DataFrame, one row per report and outcome category
        report_id, county, township, year, form, category, requests (件), decided (件, the form's own 总计),
        share (0 to 1). `requests` is <NA> where one of the lines of the category has no figure: a sum of
        what is left would be too small. `share` is <NA> where nothing was decided: 0 of 0 is not 0 %.
        `repaired` and `unknown` count the cells behind `requests` that were repaired, or have no figure.

    Raises
    ------
    MissingFiguresError
        There are reports, but none has a request table: all predate the 2019 form.

    Source: Regulations on Open Government Information (2019), art. 50; 国办公开办函〔2021〕30号, table 3.
    """
    _require_requests(tables)
    totals = tables.requests[tables.requests["applicant"] == "total"]
    parts = totals[totals["category"].isin(CATEGORIES)]
    parts = parts.assign(repaired=parts["status"] == "repaired", known=parts["value"].notna())
    groups = parts.groupby(["report_id", "category"], sort=False)
    frame = groups.agg(
        requests=("value", "sum"),
        cells=("line", "size"),
        known=("known", "sum"),
        repaired=("repaired", "sum"),
    ).reset_index()
    frame["unknown"] = frame["cells"] - frame["known"]
    frame["requests"] = frame["requests"].mask(frame["unknown"] > 0)
    decided = totals[totals["line"] == "total"].set_index("report_id")["value"]
    frame["decided"] = frame["report_id"].map(decided.to_dict()).astype("Int64")
    divisor = frame["decided"].mask(frame["decided"] == 0).astype("Float64")
    frame["share"] = frame["requests"].astype("Float64") / divisor
    order = frame["category"].map({category: rank for rank, category in enumerate(CATEGORIES)})
    return located(frame.iloc[order.argsort(kind="stable")], tables, OUTCOMES)


def request_flow(tables: Tables) -> pd.DataFrame:
    """Requests that came in, were carried over, decided, and carried forward (一、二、总计、四).

    Returns
    -------
    DataFrame, one row per report with a request table
        report_id, county, township, year, form, received, carried_over, decided, carried_forward (件, all
        applicants); <NA> where the report gives no usable figure.

    Raises
    ------
    MissingFiguresError
        There are reports, but none has a request table.
    """
    _require_requests(tables)
    totals = tables.requests[tables.requests["applicant"] == "total"]
    frame = pd.DataFrame({"report_id": totals["report_id"].drop_duplicates()})
    for column, line in FLOW_LINES.items():
        values = totals[totals["line"] == line].set_index("report_id")["value"]
        frame[column] = frame["report_id"].map(values.to_dict()).astype("Int64")
    return located(frame, tables, FLOW)


def _require_requests(tables: Tables) -> None:
    if len(tables.reports) and tables.requests.empty:
        raise MissingFiguresError(
            f"requests\n  found     {len(tables.reports)} reports, none with a request table\n"
            "  expected  a report that follows the form of 2019 or 2021\n"
            "  to do     ask about reports on 2019 and later"
        )
