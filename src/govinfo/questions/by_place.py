"""The reports of townships that can be put in a grid of places and years."""

from __future__ import annotations

import pandas as pd

from govinfo.checks.neighbours import township_reports
from govinfo.questions.frames import shaped
from govinfo.tables import Tables

PLACED = {
    **dict.fromkeys(("report_id", "place", "county", "township"), "string"),
    "year": "Int16",
    "form": "string",
}
_ORDER = ["province", "city", "county", "township", "place", "year"]


def placed_reports(tables: Tables) -> pd.DataFrame:
    """The counted reports of townships whose place and year are told.

    Returns
    -------
    DataFrame, one row per place and year, in this order
        report_id; place (what tells it, whatever it was called in a year); county and township as its newest report
        names them; year; form.
    """
    names = tables.reports[["report_id", "province", "city", "county", "township", "form"]]
    found = township_reports(tables).merge(names, on="report_id").sort_values("year", kind="stable")
    newest = found.drop_duplicates("place", keep="last").set_index("place")
    for column in ("province", "city", "county", "township"):
        found[column] = found["place"].map(newest[column].to_dict()).astype("string")
    return shaped(found.sort_values(_ORDER, na_position="last", kind="stable"), PLACED)


def unplaced(tables: Tables) -> int:
    """How many counted reports `placed_reports` leaves out: of no township, or of an unknown place or year."""
    return int(tables.reports["counted"].fillna(True).sum()) - len(placed_reports(tables))
