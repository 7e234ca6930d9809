"""Reports that do not count because another one of the same township and year does."""

from __future__ import annotations

import pandas as pd

from govinfo.questions.frames import PLACE, located
from govinfo.questions.study import Study
from govinfo.tables import Tables

SET_ASIDE = {
    **PLACE,
    "source": "string",
    "message": "string",
    "remark_status": "string",
}
_RULE = "report.duplicate"


def all_reports(study: Study) -> Tables:
    """The tables of the places and years that were asked for, reports that are set aside among them."""
    return study.everything.select(
        provinces=study.provinces,
        cities=study.cities,
        counties=study.counties,
        townships=study.townships,
        years=study.years,
        counted_only=False,
    )


def set_aside(tables: Tables) -> pd.DataFrame:
    """The reports of `tables` that do not count, and what was found when they were held against the one that does.

    Returns
    -------
    DataFrame, one row per report that is set aside
        who, when, form; source; message (that of `report.duplicate`: which file counts instead and where they differ);
        remark_status (what an official said of it).
    """
    aside = tables.reports.loc[~tables.reports["counted"].fillna(True), ["report_id", "source"]]
    said = tables.findings[tables.findings["rule"] == _RULE].drop_duplicates("report_id")
    frame = aside.merge(said[["report_id", "message", "remark_status"]], on="report_id", how="left")
    return located(frame, tables, SET_ASIDE)
