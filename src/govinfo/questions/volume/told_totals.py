"""How much each report says it disclosed in all."""

from __future__ import annotations

import pandas as pd

from govinfo.questions.areas import township_reports_by_area
from govinfo.questions.frames import shaped
from govinfo.tables import Tables

TOTALS = {
    **dict.fromkeys(("report_id", "area", "township"), "string"),
    "year": "Int16",
    **dict.fromkeys(("form", "origin"), "string"),
    "value": "Float64",
    "approximate": "boolean",
    **dict.fromkeys(("state", "evidence"), "string"),
}
# one figure; several that differ; none
TOLD, CONTRADICTS, UNTOLD = "told", "contradicts", "untold"
_JOIN = " / "


def told_totals(tables: Tables) -> pd.DataFrame:
    """The overall number of pieces of information that a township's report says it disclosed in its year.

    Returns
    -------
    DataFrame, one row per counted report of a township whose county, name and year are told
        report_id, area, township, year, form; origin: `statistics` (the line 主动公开政府信息数 of the table of before
        2019) or `narrative` (the text: each report counts in its own way); value (条), <NA> unless there is one figure;
        approximate (约, 余 and the like); state: `told`, `contradicts` (the text has several that differ), `untold`;
        evidence (the clauses as printed).
    """
    reports = township_reports_by_area(tables)
    lines = tables.statistics[tables.statistics["line"] == "disclosed"]
    table = lines[lines["value"].notna()].drop_duplicates("report_id").set_index("report_id")
    said = tables.mentions[
        (tables.mentions["measure"] == "disclosed") & (tables.mentions["period"] == "year").fillna(False)
    ]
    said = said[said["value"].notna()]
    groups = said.groupby("report_id")
    one = pd.DataFrame(
        {
            "different": groups["value"].nunique(),
            "told": groups["value"].first(),
            "approximate": groups["approximate"].any(),
            "evidence": groups["evidence"].agg(lambda texts: _JOIN.join(dict.fromkeys(map(str, texts)))),
        }
    )
    frame = reports.assign(**{name: reports["report_id"].map(one[name].to_dict()) for name in one.columns})
    old = frame["report_id"].map(table["value"].to_dict()).astype("Float64")
    state = pd.Series(UNTOLD, index=frame.index, dtype="string")
    state = state.mask((frame["different"] == 1).fillna(False), TOLD)
    state = state.mask((frame["different"] > 1).fillna(False), CONTRADICTS).mask(old.notna(), TOLD)
    value = frame["told"].astype("Float64").where(frame["different"] == 1).mask(old.notna(), old)
    origin = pd.Series("narrative", index=frame.index).mask(old.notna(), "statistics")
    approximate = frame["approximate"].astype("boolean").mask(old.notna(), False)
    return shaped(frame.assign(state=state, value=value, origin=origin, approximate=approximate), TOTALS)
