"""What needs a hand: files, corrections, remarks, errors and places that no program can settle, the newest first."""

from __future__ import annotations

import pandas as pd

from govinfo.questions.areas import area_names
from govinfo.questions.frames import shaped
from govinfo.questions.publication.published_places import unpublished_places
from govinfo.questions.publication.report_kinds import not_in_own_words
from govinfo.questions.publication.set_aside import all_reports
from govinfo.questions.quality.finding_rules import finding_states
from govinfo.questions.study import Study
from govinfo.tables import Tables

# in the order in which they are to be dealt with: what is not in the figures at all comes first
KINDS = (
    *("reject", "unplaced", "correction", "correction_done", "remark", "missing"),
    *("error_open", "error_confirmed", "error_fixed"),
)
WORK = {
    "kind": "string",
    "year": "Int16",
    **dict.fromkeys(("area", "township", "reason", "message", "spot", "locator", "source", "finding_id"), "string"),
}
# files that nobody misses
_NO_LOSS = ("duplicate_file",)
_ERROR_KIND = {"open": "error_open", "confirmed": "error_confirmed", "fixed": "error_fixed"}
_JOIN = "、"


def worklist(study: Study) -> pd.DataFrame:
    """What a person has to look at, in the places and years that were asked for.

    Returns
    -------
    DataFrame, one row per thing to do, the newest year first (of no known year before all others), then as in `KINDS`
        kind: `reject` (a file that gave no report; `reason` is its code), `unplaced` (a report of which place or year
        is not known), `correction` (a line of the register that was not applied; `reason` is its state),
        `correction_done` (one that the source no longer needs), `remark` (one that was made of other figures),
        `error_open` (nobody has judged it), `error_confirmed` (it is so: the office has to mend it), `error_fixed`
        (said to be mended, but the file that was read still has it), `missing` (a county's townships without a report
        in its newest year that can be judged);
        year, area, township; reason; message (what was found, as the tables say it); spot (table, line and column of a
        correction); locator, source, finding_id.
    """
    tables = all_reports(study)
    parts = [
        _rejects(tables),
        _unplaced(tables),
        _corrections(tables),
        _remarks(tables),
        _errors(tables),
        _missing(study),
    ]
    frame = shaped(pd.concat([shaped(part, WORK) for part in parts], ignore_index=True), WORK)
    rank = frame["kind"].map({kind: number for number, kind in enumerate(KINDS)})
    frame = frame.assign(_rank=rank, _age=-frame["year"].astype("Int64").fillna(9999))
    order = ["_age", "_rank", "area", "township", "source", "locator"]
    return shaped(frame.sort_values(order, na_position="last", kind="stable"), WORK)


def _rejects(tables: Tables) -> pd.DataFrame:
    rows = tables.rejects[~tables.rejects["reason"].isin(_NO_LOSS)]
    return rows.assign(kind="reject")


def _unplaced(tables: Tables) -> pd.DataFrame:
    own = tables.reports
    low = own["level"].isin(["township", "unknown"]) | own["level"].isna()
    rows = not_in_own_words(tables)
    nowhere = own["township"].isna() | (own["county"].isna() & own["city"].isna())
    ids = own.loc[own["year"].isna() | (low & nowhere), "report_id"]
    rows = rows[rows["report_id"].isin(ids)]
    reason = pd.Series("place", index=rows.index).mask(rows["year"].isna(), "year")
    return _placed(rows.assign(kind="unplaced", reason=reason, message=rows["title"]), tables)


def _corrections(tables: Tables) -> pd.DataFrame:
    """Those of the reports that were asked for, and those of no report."""
    rows = tables.corrections
    there = rows["report_id"].isin(tables.reports["report_id"]) | rows["report_id"].isna()
    rows = rows[(rows["state"] != "applied") & there]
    kind = pd.Series("correction", index=rows.index).mask(rows["state"] == "right", "correction_done")
    spot = rows["table"] + "|" + rows["line"] + "|" + rows["column"].fillna("")
    return _placed(rows.assign(kind=kind, reason=rows["state"], message=rows["reason"], spot=spot), tables)


def _remarks(tables: Tables) -> pd.DataFrame:
    rows = tables.findings[(tables.findings["remark_status"] == "outdated").fillna(False)]
    return _placed(rows.assign(kind="remark"), tables)


def _errors(tables: Tables) -> pd.DataFrame:
    """Errors of reports that count and that nobody has dismissed; of warnings those that are said to be so."""
    states = finding_states(tables.findings)
    told = (tables.findings["severity"] == "error") & (states != "dismissed")
    told |= (tables.findings["severity"] == "warning") & states.isin(["confirmed", "fixed"])
    told &= (tables.findings["remark_status"] != "outdated").fillna(True)
    aside = tables.reports.loc[~tables.reports["counted"].fillna(True), "report_id"]
    rows = tables.findings[told.fillna(False) & ~tables.findings["report_id"].isin(aside)]
    return _placed(rows.assign(kind=states[rows.index].map(_ERROR_KIND)), tables)


def _missing(study: Study) -> pd.DataFrame:
    """The newest year of each county that can be judged and lacks a report."""
    rows = unpublished_places(study)
    rows = rows[(rows["status"] == "missing").fillna(False)]
    newest = rows.groupby("area")["year"].transform("max")
    groups = rows[rows["year"] == newest].groupby(["area", "year"], sort=False)
    frame = groups["township"].agg(message=_JOIN.join, reason="size").reset_index()
    return frame.assign(kind="missing", reason=frame["reason"].astype("string"))


def _placed(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """`rows` with year, area, township and source of their reports."""
    where = tables.reports.assign(area=area_names(tables.reports))[["report_id", "area", "township", "year", "source"]]
    rows = rows.drop(columns=["area", "township", "year"], errors="ignore")
    frame = rows.merge(where, on="report_id", how="left", suffixes=("_said", None))
    if "source_said" in frame:
        frame["source"] = frame["source"].fillna(frame["source_said"])
    return frame
