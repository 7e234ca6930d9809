"""How many requests came in, by township and year, and who had none for how long."""

from __future__ import annotations

import pandas as pd

from govinfo.questions.by_place import PLACED, placed_reports
from govinfo.questions.frames import shaped
from govinfo.tables import Tables

# Where the figure stands: table 三, the statistics table of older reports, or the text alone.
TABLE, LISTED, TOLD = "requests", "statistics", "narrative"
SOME, ZERO, UNKNOWN = "some", "zero", "unknown"
RECEIVED = {**PLACED, "origin": "string", "state": "string", "value": "Int64", "status": "string"}
NONE_YEARS = {
    **dict.fromkeys(("place", "county", "township"), "string"),
    **dict.fromkeys(("reports", "some", "zero", "unknown", "requests"), "Int64"),
    **dict.fromkeys(("first_year", "last_year", "last_request"), "Int16"),
    "zero_run": "Int64",
    **dict.fromkeys(("run_first", "run_last"), "Int16"),
}
# measure, line of table 三, line of the statistics table
_FLOW = {
    "received": ("new", "requests_received"),
    "carried_over": ("carried_over", None),
    "decided": ("total", "requests_completed"),
    "carried_forward": ("carried_forward", None),
}
FLOW_BY_YEAR = {
    "year": "Int16",
    **dict.fromkeys(("measure", "origin"), "string"),
    **dict.fromkeys(("total", "reports", "with_figure", "repaired"), "Int64"),
}


def requests_received(tables: Tables) -> pd.DataFrame:
    """How many requests for information each report says came in during its year (件).

    Returns
    -------
    DataFrame, one row per report of `placed_reports`
        origin: `requests` (本年新收, all applicants), `statistics` (收到申请数 of reports up to 2018), `narrative` (the
        text, where the tables give none and it tells one exact figure), <NA> where nothing does; state: `some`, `zero`
        (0 is printed, or the text says that none came), `unknown` (no figure, which is not 0); value; status of the
        cell, <NA> for the text.
    """
    reports = placed_reports(tables)
    cells = tables.requests[(tables.requests["applicant"] == "total") & (tables.requests["line"] == "new")]
    listed = tables.statistics[tables.statistics["line"] == "requests_received"]
    found = pd.concat(
        [cells.assign(origin=TABLE), listed.assign(origin=LISTED), _told(tables)], ignore_index=True
    ).dropna(subset=["value"])
    found = found.drop_duplicates("report_id")[["report_id", "origin", "value", "status"]]
    frame = reports.merge(found, on="report_id", how="left")
    state = pd.Series(SOME, index=frame.index, dtype="string").mask((frame["value"] == 0).fillna(False), ZERO)
    return shaped(frame.assign(state=state.mask(frame["value"].isna(), UNKNOWN)), RECEIVED)


def years_without_requests(tables: Tables) -> pd.DataFrame:
    """For how many years each township had no request, as far as its reports tell.

    Returns
    -------
    DataFrame, one row per township that has a report
        place, county, township; reports (years with a report); some, zero, unknown (of these, with requests, with none,
        and without a figure); requests (件, of all years with a figure), first_year, last_year (of its reports);
        last_request (the last year with one, <NA> if none); zero_run (the longest row of years, one after the other,
        that all print 0), run_first, run_last. A year without a report or without a figure ends the row: it is not 0.
    """
    rows = requests_received(tables)
    groups = rows.groupby("place", sort=False)
    frame = groups.agg(
        county=("county", "first"),
        township=("township", "first"),
        reports=("year", "size"),
        requests=("value", lambda values: values.sum(min_count=1)),
        first_year=("year", "min"),
        last_year=("year", "max"),
    )
    for state in (SOME, ZERO, UNKNOWN):
        frame[state] = (rows["state"] == state).groupby(rows["place"], sort=False).sum()
    frame["last_request"] = rows[rows["state"] == SOME].groupby("place")["year"].max()
    frame = frame.join(_longest(rows[rows["state"] == ZERO]))
    frame["zero_run"] = frame["zero_run"].fillna(0)
    return shaped(frame.reset_index(), NONE_YEARS)


def request_flow_by_year(tables: Tables) -> pd.DataFrame:
    """Requests that came in, were carried over, decided and carried forward, added up by year (件).

    Returns
    -------
    DataFrame, one row per year, origin and measure
        year; measure (`received`, `carried_over`, `decided`, `carried_forward`); origin (`requests`, or `statistics`,
        where received and decided alone have a counterpart); total, <NA> unless every report of the year has it;
        reports (all of that year), with_figure (of these), repaired (of these).
    """
    reports = placed_reports(tables)
    parts = []
    for measure, (line, old) in _FLOW.items():
        cells = tables.requests[(tables.requests["applicant"] == "total") & (tables.requests["line"] == line)]
        listed = tables.statistics[tables.statistics["line"] == old]
        for origin, rows in ((LISTED, listed), (TABLE, cells)):
            parts.append(rows[["report_id", "value", "status"]].assign(measure=measure, origin=origin))
    rows = pd.concat(parts, ignore_index=True).merge(reports[["report_id", "year"]], on="report_id")
    rows = rows.assign(repaired=rows["status"] == "repaired")
    groups = rows.groupby(["measure", "origin", "year"], sort=False)
    frame = groups.agg(total=("value", "sum"), with_figure=("value", "count"), repaired=("repaired", "sum"))
    frame = frame.reset_index()
    frame["reports"] = frame["year"].map(reports.groupby("year").size().to_dict())
    frame["total"] = frame["total"].mask(frame["with_figure"] < frame["reports"])
    rank = frame["measure"].map({name: number for number, name in enumerate(_FLOW)})
    frame = frame.assign(_rank=rank).sort_values(["_rank", "year", "origin"], kind="stable")
    return shaped(frame, FLOW_BY_YEAR)


def _told(tables: Tables) -> pd.DataFrame:
    """The one exact figure that the text tells for its year: report_id, value, origin, status.

    None where the text tells of requests carried over too: what came in may be told with them.
    """
    rows = tables.mentions
    carried = rows[(rows["measure"] == "requests_carried_over") & (rows["value"] != 0).fillna(True)]
    rows = rows[~rows["report_id"].isin(carried["report_id"])]
    rows = rows[(rows["measure"] == "requests_received") & (rows["period"] == "year") & rows["value"].notna()]
    groups = rows.groupby("report_id")
    sure = (groups["value"].nunique() == 1) & ~groups["approximate"].any()
    values = groups["value"].first()[sure]
    frame = pd.DataFrame({"report_id": values.index, "value": values.to_numpy(), "origin": TOLD})
    return frame.assign(status=pd.Series(pd.NA, index=frame.index, dtype="string"))


def _longest(zero: pd.DataFrame) -> pd.DataFrame:
    """The longest row of years of each place, the newest of several: zero_run, run_first, run_last."""
    rows = zero.sort_values(["place", "year"], kind="stable")
    run = rows["year"].astype("int64") - rows.groupby("place").cumcount()
    runs = rows.groupby([rows["place"], run.rename("_run")])["year"].agg(
        zero_run="size", run_first="min", run_last="max"
    )
    best = runs.reset_index().sort_values(["zero_run", "run_last"], ascending=False, kind="stable")
    return best.drop_duplicates("place").set_index("place")[["zero_run", "run_first", "run_last"]]
