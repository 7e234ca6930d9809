"""Which rules the reports break, how often, and what officials have said of it."""

from __future__ import annotations

import pandas as pd

from govinfo.definitions.rules import rules
from govinfo.questions.coverage import SEVERITIES
from govinfo.questions.frames import shaped
from govinfo.tables import Tables

# What became of a finding: nobody has judged it (or of other figures), it is so, it was mended, it is none.
STATES = ("open", "confirmed", "fixed", "dismissed")
BY_RULE = {
    **dict.fromkeys(("severity", "rule", "holds", "why"), "string"),
    **dict.fromkeys((*STATES, "reports"), "Int64"),
    "newest_year": "Int16",
}


def finding_states(findings: pd.DataFrame) -> pd.Series[str]:
    """The state of each finding: one of `STATES`; a remark that was made of other figures leaves it `open`."""
    return findings["remark_status"].where(findings["remark_status"].isin(STATES[1:]).fillna(False), STATES[0])


def findings_by_rule(tables: Tables) -> pd.DataFrame:
    """How often each rule is broken.

    Returns
    -------
    DataFrame, one row per rule that is broken, worst severity first, then the most frequent
        severity, rule; holds (what should hold) and why (what a breach usually means), in Chinese; how many findings
        are `open`, `confirmed`, `fixed` (said to be mended, but still so in the file that was read) and `dismissed`;
        reports (that have one which is not dismissed), newest_year (of these).
    """
    rows = tables.findings[["report_id", "rule", "severity"]].assign(state=finding_states(tables.findings))
    rows = rows.merge(tables.reports[["report_id", "year"]], on="report_id", how="left")
    keys = ["severity", "rule"]
    counts = rows.groupby([*keys, "state"]).size().unstack("state").reindex(columns=list(STATES)).fillna(0)
    left = rows[rows["state"] != "dismissed"].groupby(keys)
    counts = counts.join(left.agg(reports=("report_id", "nunique"), newest_year=("year", "max"))).reset_index()
    counts["reports"] = counts["reports"].fillna(0)
    known = rules()
    rank = {severity: number for number, severity in enumerate(SEVERITIES)}
    counts = counts.assign(
        holds=[known[rule].holds.zh if rule in known else rule for rule in counts["rule"]],
        why=[known[rule].why.zh if rule in known else "" for rule in counts["rule"]],
        _rank=counts["severity"].map(rank),
        _left=-(counts["open"] + counts["confirmed"] + counts["fixed"]),
    )
    return shaped(counts.sort_values(["_rank", "_left", "rule"], kind="stable"), BY_RULE)
