"""What became of reconsiderations and lawsuits over disclosure, added up over reports."""

from __future__ import annotations

import pandas as pd

from govinfo.questions.by_place import placed_reports
from govinfo.questions.chance.intervals import with_interval
from govinfo.questions.frames import shaped
from govinfo.questions.requests.request_outcomes import CHANNELS
from govinfo.tables import Tables

RESULTS = ("upheld", "corrected", "other", "pending")
# the two kinds of dispute of the statistics table of 2014 to 2018, which does not ask for pending ones
_OLD = ("reconsideration", "litigation")
DISPUTES = {
    **dict.fromkeys(("origin", "channel"), "string"),
    **dict.fromkeys((*RESULTS, "total", "closed"), "Int64"),
    **dict.fromkeys(("corrected_share", "low", "high"), "Float64"),
    **dict.fromkeys(("reports", "unfit"), "Int64"),
}


def dispute_results(tables: Tables) -> pd.DataFrame:
    """Reconsiderations and lawsuits by result over the reports of townships whose figures fit together (件).

    Returns
    -------
    DataFrame, one row per channel of which a report has figures
        origin: `disputes` (table 四; channels `reconsideration`, `litigation_direct`,
        `litigation_after_reconsideration`) or `statistics` (reports up to 2018; `reconsideration` and `litigation`, not
        to be added to the others: it has all lawsuits in one line, and none that is pending); upheld, corrected, other,
        pending (<NA> in the statistics table), total; closed (all but pending), corrected_share (of closed, <NA> where
        none is) with the ends low and high of its 95 % interval; reports (that have all figures of the channel, and
        they add up), unfit (that do not: they are in no count). Where reports is 0 all counts are <NA>.

    Source: 国办公开办函〔2021〕30号, table 4; 国办发〔2014〕32号; the interval is Wilson's (see `intervals`).
    """
    reports = placed_reports(tables)["report_id"]
    cells = tables.disputes[["report_id", "channel", "result", "value"]].assign(origin="disputes")
    cells = pd.concat([cells, _listed(tables)], ignore_index=True)
    cells = cells[cells["report_id"].isin(reports)]
    index = ["origin", "channel", "report_id"]
    wide = cells.pivot_table(index=index, columns="result", values="value", aggfunc="first", dropna=False)
    wide = wide.reindex(columns=[*RESULTS, "total"]).astype("Int64").reset_index()
    wide = wide.merge(cells[index].drop_duplicates(), on=index)
    asked = wide[list(RESULTS)].assign(pending=wide["pending"].mask(wide["origin"] == "statistics", 0))
    fits = wide["total"].notna() & asked.notna().all(axis=1)
    fits &= (asked.sum(axis=1) == wide["total"]).fillna(False)
    wide = wide.assign(reports=fits, unfit=~fits)
    wide[[*RESULTS, "total"]] = wide[[*RESULTS, "total"]].mask(~fits)
    frame = wide.groupby(["origin", "channel"], sort=False)[[*RESULTS, "total", "reports", "unfit"]].sum().reset_index()
    # the sum of no figures is no 0
    frame[[*RESULTS, "total"]] = frame[[*RESULTS, "total"]].mask(frame["reports"] == 0)
    frame["pending"] = frame["pending"].mask(frame["origin"] == "statistics")
    frame["closed"] = frame["total"] - frame["pending"].fillna(0)
    rank = frame["channel"].map({name: number for number, name in enumerate((*CHANNELS, *_OLD[1:]))})
    frame = frame.assign(_rank=rank).sort_values(["origin", "_rank"], kind="stable")
    return shaped(with_interval(frame, "corrected", "closed", "corrected_share"), DISPUTES)


def _listed(tables: Tables) -> pd.DataFrame:
    """The disputes of the statistics table: report_id, channel, result, value, origin."""
    names = {f"{channel}_{result}": (channel, result) for channel in _OLD for result in RESULTS[:3]}
    names |= {channel: (channel, "total") for channel in _OLD}
    rows = tables.statistics[tables.statistics["line"].isin(list(names))]
    pairs = [names[line] for line in rows["line"]]
    frame = rows[["report_id", "value"]].assign(
        channel=[channel for channel, _ in pairs], result=[result for _, result in pairs], origin="statistics"
    )
    return frame.astype({"value": "Float64", "channel": "string", "result": "string"})
