"""Findings as a list that an official reads on the terminal: grouped by report, worst first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from govinfo.definitions.wording import say, words
from govinfo.questions.coverage import count_by_severity, severity_rank
from govinfo.tables import Tables

__all__ = ["count_by_severity", "exit_code", "findings_text", "has_unreadable", "reject_lines"]


def findings_text(tables: Tables) -> str:
    """Every finding of `tables` in words, grouped by report, then the files that gave no report, then the sums."""
    return "\n".join([*_by_report(tables), *_rejects(tables), say("check", "total", **_sums(tables))]) + "\n"


def exit_code(tables: Tables) -> int:
    """0 where nothing is wrong, 1 where there are warnings or errors, 2 where a file was unreadable."""
    if has_unreadable(tables):
        return 2
    return int(tables.findings["severity"].isin(["error", "warning"]).any())


def has_unreadable(tables: Tables) -> bool:
    """Whether a file gave no report; a second copy of one that did is no loss."""
    return bool((tables.rejects["reason"] != "duplicate_file").any())


def _sums(tables: Tables) -> Mapping[str, int]:
    return {
        **count_by_severity(tables.findings),
        "reports": len(tables.reports),
        "rejects": len(tables.rejects),
    }


def _by_report(tables: Tables) -> Iterator[str]:
    for _, report in tables.reports.iterrows():
        findings = tables.findings[tables.findings["report_id"] == report["report_id"]]
        if findings.empty:
            continue
        place = "".join(str(report[key]) for key in ("county", "township") if pd.notna(report[key]))
        year = report["year"] if pd.notna(report["year"]) else words("check")["unknown_year"]
        place = place or words("check")["unknown_place"]
        yield say("check", "report", place=place, year=year, source=report["source"])
        order = severity_rank(findings["severity"]).sort_values(kind="stable").index
        for _, finding in findings.loc[order].iterrows():
            severity = words("codes")[f"severity_{finding['severity']}"]
            place = "" if pd.isna(finding["locator"]) else f"  ({finding['locator']})"
            yield f"  [{severity}] {finding['rule']}  {finding['message']}{place}"
        yield ""


def _rejects(tables: Tables) -> Iterator[str]:
    for _, reject in tables.rejects.iterrows():
        yield from reject_lines(reject)


def reject_lines(reject: pd.Series[str]) -> list[str]:
    """A file that gave no report: which one, why, and what to do about it."""
    why = say("workbook", f"reason_{reject['reason']}")
    said = say("check", "reject", source=reject["source"], why=why, reason=reject["reason"])
    return [said, f"  {reject['message']}"]
