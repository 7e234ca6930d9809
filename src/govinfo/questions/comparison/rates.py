"""What counties and townships can be compared by: counts, and what each is of, report by report."""

from __future__ import annotations

import pandas as pd

from govinfo.checks.same_place import place_keys
from govinfo.questions.areas import township_reports_by_area
from govinfo.questions.coverage import standing
from govinfo.questions.frames import shaped
from govinfo.questions.publication.publication_times import IN_TIME, LATE, publication_times
from govinfo.tables import CORRECTED, Tables

# requests received per report; of the requests decided, those granted wholly or in part; of the dated reports, the late
RECEIVED, GRANTED, PUBLISHED_LATE = "received", "granted", "late"
# what is no count among so many, but a number of cases in so many reports
PER_REPORT = (RECEIVED,)
RATES = {
    **dict.fromkeys(("report_id", "area", "place", "township"), "string"),
    "year": "Int16",
    "measure": "string",
    **dict.fromkeys(("count", "of"), "Int64"),
    "doubted": "boolean",
}
_LINES = {"new": "received", "granted": "granted", "granted_in_part": "in_part", "total": "decided"}


def rates(tables: Tables) -> pd.DataFrame:
    """What each township's report gives to compare it by.

    Returns
    -------
    DataFrame, one row per counted report of a township whose county and year are told, and measure
        report_id; area (its county), place (what tells the township, whatever it is called in a year), township, year;
        measure: `received` (requests received, of one report), `granted` (requests granted wholly or in part, of those
        decided), `late` (1 where published late, of one report that has a date); count and of: both <NA> where the
        report gives no usable figure, or where the outcomes are more than the form's own total. Reports on 2018 and
        before have no row of `received` and `granted`: their table asks after other things. doubted: whether one of the
        figures was repaired or corrected, or an error in their table was found that nobody has dismissed.

    Source: Regulations on Open Government Information (2019), art. 49 and 50; 国办公开办函〔2021〕30号, table 3.
    """
    reports = township_reports_by_area(tables)
    names = place_keys(tables.reports, per=())
    keys = dict(zip(tables.reports["report_id"], names, strict=True))
    own = reports["report_id"].map(keys).astype("string")
    reports = reports.assign(place=own.fillna(reports["area"] + " " + reports["township"]))
    parts = [_of_requests(tables, reports), _of_dates(tables, reports)]
    return shaped(pd.concat(parts, ignore_index=True), RATES)


def measured_years(rows: pd.DataFrame, measure: str) -> list[int]:
    """The years of which at least one report has a usable figure of that measure (answer of `rates`), in order."""
    known = rows[(rows["measure"] == measure) & rows["count"].notna()]
    return sorted({int(year) for year in known["year"]})


def _of_requests(tables: Tables, reports: pd.DataFrame) -> pd.DataFrame:
    cells = tables.requests[(tables.requests["applicant"] == "total") & tables.requests["line"].isin(list(_LINES))]
    wide = cells.pivot_table(index="report_id", columns="line", values="value", aggfunc="first", dropna=False)
    wide = wide.reindex(columns=list(_LINES)).rename(columns=_LINES).astype("Int64").reset_index()
    frame = reports.merge(wide, on="report_id")
    frame["doubted"] = frame["report_id"].isin(_doubted(tables, cells))
    granted = frame["granted"] + frame["in_part"]
    usable = (granted <= frame["decided"]).fillna(False)
    known = frame["received"].notna() & (frame["received"] >= 0).fillna(False)
    received = frame.assign(
        measure=RECEIVED, count=frame["received"].where(known), of=known.astype("Int64").where(known)
    )
    outcome = frame.assign(measure=GRANTED, count=granted.where(usable), of=frame["decided"].where(usable))
    return pd.concat([received, outcome], ignore_index=True)


def _doubted(tables: Tables, cells: pd.DataFrame) -> set[str]:
    """The reports of which one of these cells was repaired or corrected, or whose request table has an error."""
    mended = (cells["status"] == "repaired") | cells["status_detail"].str.startswith(CORRECTED)
    found = standing(tables.findings)
    wrong = found[(found["table"] == "requests") & (found["severity"] == "error")]
    return {*cells.loc[mended.fillna(False), "report_id"], *wrong["report_id"].dropna()}


def _of_dates(tables: Tables, reports: pd.DataFrame) -> pd.DataFrame:
    times = publication_times(tables)[["report_id", "state"]]
    frame = reports.merge(times, on="report_id")
    told = frame["state"].isin([IN_TIME, LATE])
    count = (frame["state"] == LATE).astype("Int64").where(told)
    of = told.astype("Int64").where(told)
    return frame.assign(measure=PUBLISHED_LATE, count=count, of=of, doubted=False)
