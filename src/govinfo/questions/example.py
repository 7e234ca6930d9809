"""A report to learn on."""

from __future__ import annotations

from govinfo.errors import MissingFiguresError
from govinfo.tables import Tables


def example_report(tables: Tables) -> str:
    """The `source` of the report in which most cells were found, of those with a request table; of several the first.

    Raises
    ------
    MissingFiguresError
        No report in `tables` has a request table: all predate the 2019 form, or hold only text.
    """
    own = tables.reports[tables.reports["report_id"].isin(tables.requests["report_id"])]
    if own.empty:
        raise MissingFiguresError(
            f"no report with a request table (表三) among {len(tables.reports)}: they are on 2018 or before, or hold"
            " only text; ask for other places or years"
        )
    return str(own.sort_values(["cells_found", "source"], ascending=[False, True], kind="stable")["source"].iloc[0])
