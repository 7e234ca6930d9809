"""How sure the figures are: cells by table, form and status."""

from __future__ import annotations

import pandas as pd

from govinfo.questions.frames import shaped
from govinfo.tables import CORRECTED, FIGURE_KEYS, Tables

# statuses in the order in which they are told; the register of corrections overrules how a cell was read
STATUSES = (
    *("read", "aligned", "corrected", "repaired"),
    *("ambiguous", "unreadable", "missing", "blank", "not_applicable"),
)
# a figure is there; none is, though the form asks for one and the office may have given one; the office gave none
KNOWN = ("read", "aligned", "corrected", "repaired")
LOST = ("ambiguous", "unreadable", "missing")
CELLS = {
    "table": "string",
    "form": "string",
    "status": "string",
    **dict.fromkeys(("cells", "of", "reports"), "Int64"),
    "share": "Float64",
}


def cell_statuses(tables: Tables) -> pd.DataFrame:
    """The cells of the reports that count, by table, form and status.

    Returns
    -------
    DataFrame, one row per table, form and status that occurs, in the order of the form and of `STATUSES`
        table, form; status: that of the data contract, or `corrected` where the register changed the figure; cells (how
        many have it), of (all cells of that table and form), share (0 to 1), reports (with at least one such cell).
    """
    reports = tables.reports.loc[tables.reports["counted"].fillna(True), ["report_id", "form"]]
    parts = [_counts(getattr(tables, name), reports, name) for name in FIGURE_KEYS]
    frame = pd.concat(parts, ignore_index=True)
    frame["of"] = frame.groupby(["table", "form"])["cells"].transform("sum")
    frame["share"] = frame["cells"].astype("Float64") / frame["of"].astype("Float64")
    return shaped(frame, CELLS)


def _counts(cells: pd.DataFrame, reports: pd.DataFrame, table: str) -> pd.DataFrame:
    corrected = cells["status_detail"].str.startswith(CORRECTED).fillna(False).astype(bool)
    rows = cells[["report_id"]].assign(status=cells["status"].mask(corrected, "corrected"))
    groups = rows.merge(reports, on="report_id").groupby(["form", "status"])
    counts = groups.agg(cells=("report_id", "size"), reports=("report_id", "nunique")).reset_index()
    rank = {status: number for number, status in enumerate(STATUSES)}
    counts = counts.assign(table=table, _rank=counts["status"].map(rank))
    return counts.sort_values(["form", "_rank"], ascending=[False, True], kind="stable")
