"""What became of the requests that a county's townships decided: outcomes and reasons, added up by year."""

from __future__ import annotations

import pandas as pd

from govinfo.questions.areas import township_reports_by_area
from govinfo.questions.comparison.year_on_year import whole_sums
from govinfo.questions.frames import shaped
from govinfo.questions.requests.request_outcomes import CATEGORIES, request_outcomes
from govinfo.tables import Tables

# the lines of the form that are no outcome
FLOW = ("new", "carried_over", "total", "carried_forward")
OUTCOME_SUMS = {
    **dict.fromkeys(("area", "category", "line"), "string"),
    "year": "Int16",
    **dict.fromkeys(("requests", "decided"), "Int64"),
    "share": "Float64",
    **dict.fromkeys(("reports", "with_figure", "of_others"), "Int64"),
    "without": "string",
}


def outcome_sums(tables: Tables) -> pd.DataFrame:
    """Requests by what became of them and why, added up over the townships of each county, by year.

    Returns
    -------
    DataFrame, one row per county, line and year of which at least one report has a request table
        area; category (an outcome as `request_outcomes` has it; null for the lines of `FLOW`); line (the line of the
        form; null for the sum of a category); year; requests (件), <NA> unless every counted report of that county and
        year has a figure; decided (件, the sum of the form's own 总计, <NA> likewise); share (0 to 1, of decided; <NA>
        where nothing was decided or one of the two is no sum); reports (of that county and year), with_figure (of
        these, that have one); where requests is <NA>: of_others (the sum of those that have one) and without (the
        townships that have none, joined by 、).

    Source: Regulations on Open Government Information (2019), art. 50; 国办公开办函〔2021〕30号, table 3.
    """
    reports = township_reports_by_area(tables)
    cells = tables.requests[tables.requests["applicant"] == "total"][["report_id", "line", "category", "value"]]
    cells = cells[cells["category"].isin(CATEGORIES) | cells["line"].isin(FLOW)]
    known = reports[["report_id", "area", "township", "year"]]
    of_line = whole_sums(cells.merge(known, on="report_id"), reports, "line")
    category = cells.drop_duplicates("line").set_index("line")["category"].to_dict()
    of_line["category"] = of_line["line"].map({line: category[line] for line in category if line not in FLOW})
    parts = _categories(tables).drop(columns=["area", "township", "year"], errors="ignore")
    of_category = whole_sums(parts.merge(known, on="report_id"), reports, "category")
    frame = pd.concat([of_category, of_line], ignore_index=True).rename(columns={"value": "requests"})
    decided = of_line[of_line["line"] == "total"][["area", "year", "value"]].rename(columns={"value": "decided"})
    frame = frame.merge(decided, on=["area", "year"], how="left")
    outcome = frame["category"].notna() & (frame["decided"] > 0).fillna(False)
    frame["share"] = (frame["requests"] / frame["decided"].mask(frame["decided"] == 0)).where(outcome)
    return shaped(frame, OUTCOME_SUMS)


def _categories(tables: Tables) -> pd.DataFrame:
    """The requests of each report by category: report_id, category, value."""
    if tables.requests.empty:
        return pd.DataFrame({"report_id": [], "category": [], "value": []}).astype("string")
    rows = request_outcomes(tables)
    return rows[["report_id", "category", "requests"]].rename(columns={"requests": "value"})
