"""What every answer shares: declared columns, and who and when each row speaks of."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from govinfo.definitions.themes import themes
from govinfo.tables import Tables

# Who and when: the first columns of every answer that has a row per report.
PLACE: Mapping[str, str] = {
    "report_id": "string",
    "county": "string",
    "township": "string",
    "year": "Int16",
    "form": "string",
}
_ORDER = ["province", "city", "county", "township", "year", "report_id"]


def shaped(frame: pd.DataFrame, dtypes: Mapping[str, str]) -> pd.DataFrame:
    """`frame` with exactly the columns and dtypes of `dtypes`; columns that it lacks are null."""
    data = {
        column: frame[column].astype(dtype)  # type: ignore[call-overload]
        if column in frame.columns
        else pd.Series(pd.NA, index=frame.index, dtype=dtype)
        for column, dtype in dtypes.items()
    }
    return pd.DataFrame(data, columns=list(dtypes)).reset_index(drop=True)


def located(frame: pd.DataFrame, tables: Tables, dtypes: Mapping[str, str]) -> pd.DataFrame:
    """`frame` (with a `report_id`) beside its place, year and form, in the order of places and years.

    The order of rows within a report is kept. Columns and dtypes are those of `dtypes`.
    """
    reports = tables.reports.sort_values(_ORDER, na_position="last", kind="stable")
    places = reports[list(PLACE)].assign(_rank=range(len(reports)))
    merged = frame.merge(places, on="report_id", how="inner").sort_values("_rank", kind="stable")
    return shaped(merged, dtypes)


def count_cells(cells: pd.DataFrame, statuses: tuple[str, ...]) -> pd.Series[int]:
    """How many cells of each report have one of these statuses, indexed by `report_id`."""
    return cells[cells["status"].isin(statuses)].groupby("report_id").size()


def theme_labels(codes: pd.Series[str]) -> pd.Series[str]:
    """The Chinese names of theme codes; a code that the taxonomy does not have stays as it is."""
    known = {theme.code: theme.label for theme in themes()}
    return codes.map(known).astype("string").fillna(codes.astype("string"))


def of_reports(answer: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """The rows of an answer that speak of reports of `tables`, where it was asked of more than these."""
    return answer[answer["report_id"].isin(tables.reports["report_id"])].reset_index(drop=True)
