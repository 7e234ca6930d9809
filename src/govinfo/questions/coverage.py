"""How many reports stand behind an answer, and which of their figures to distrust."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from govinfo.definitions.labels import figure_labels
from govinfo.questions.frames import PLACE, count_cells, located, shaped
from govinfo.tables import FIGURE_KEYS, Tables

SEVERITIES = ("error", "warning", "info")
UNCERTAIN = ("ambiguous", "unreadable")
DISMISSED = "dismissed"

COVERAGE = {
    **PLACE,
    "status": "string",
    "cells_expected": "Int32",
    "cells_found": "Int32",
    "repaired": "Int64",
    "uncertain": "Int64",
    "blank": "Int64",
    "errors": "Int64",
    "warnings": "Int64",
    "infos": "Int64",
    "published_on": "datetime64[ns]",
    "note": "string",
    "source": "string",
}
COUNTS = {"group": "string", "reports": "Int64"}
DISTRUST = {
    **PLACE,
    "severity": "string",
    "rule": "string",
    "table": "string",
    "message": "string",
    "locator": "string",
}
REREAD = {
    **PLACE,
    "table": "string",
    "line": "string",
    "line_label": "string",
    "printed": "string",
    "status_detail": "string",
    "repaired": "Int64",
    "uncertain": "Int64",
    "locator": "string",
}


def severity_rank(severities: pd.Series[str]) -> pd.Series[int]:
    """0 for an error, 1 for a warning and so on: what findings are ordered by, worst first."""
    return severities.map({severity: rank for rank, severity in enumerate(SEVERITIES)})


def standing(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings that count: all but those that an official has dismissed in the register of remarks.

    What was confirmed counts, and what is said to be fixed too: it still stands in the file that was read.
    """
    return findings[(findings["remark_status"] != DISMISSED).fillna(True)]


def count_by_severity(findings: pd.DataFrame) -> dict[str, int]:
    """How many findings of each severity there are that nobody has dismissed."""
    counted = standing(findings)
    return {severity: int((counted["severity"] == severity).sum()) for severity in SEVERITIES}


def count_dismissed(findings: pd.DataFrame) -> int:
    """How many findings an official has dismissed."""
    return len(findings) - len(standing(findings))


def newest_date(reports: pd.DataFrame) -> date | None:
    """The latest day on which one of the reports was published or retrieved, None where no such day is known."""
    days = pd.concat([reports["published_on"], reports["retrieved_on"]]).dropna()
    return None if days.empty else days.max().date()


def coverage(tables: Tables, names: Sequence[str] = tuple(FIGURE_KEYS)) -> pd.DataFrame:
    """How much of each report was found, and how sure its figures are.

    Returns
    -------
    DataFrame, one row per report
        who, when, form; `cells_expected` and `cells_found` of the whole form; of the tables in `names` the
        `repaired` cells (their number was forced by the form's arithmetic), the `uncertain` ones (no number:
        ambiguous or unreadable) and the `blank` ones; findings by severity, dismissed ones left out; the manifest's
        `note`.
    """
    none = tables.disclosure[["report_id", "status"]].iloc[:0]
    cells = pd.concat([none, *(getattr(tables, name)[["report_id", "status"]] for name in names)])
    counts = {
        "repaired": count_cells(cells, ("repaired",)),
        "uncertain": count_cells(cells, UNCERTAIN),
        "blank": count_cells(cells, ("blank",)),
    }
    counted = standing(tables.findings)
    for severity in SEVERITIES:
        found = counted[counted["severity"] == severity]
        counts[f"{severity}s"] = found.groupby("report_id").size()
    frame = tables.reports.drop(columns=[column for column in PLACE if column != "report_id"])
    for column, series in counts.items():
        frame[column] = frame["report_id"].map(series.to_dict()).astype("Int64").fillna(0)
    return located(frame, tables, COVERAGE)


def reports_by(tables: Tables, column: str) -> pd.DataFrame:
    """How many reports there are by `column` of the reports (township, year, form, status …).

    Returns
    -------
    DataFrame, one row per value that occurs, in order of the value
        group (as text, <NA> where it could not be told), reports.
    """
    counts = tables.reports.groupby(column, dropna=False).size().reset_index(name="reports")
    counts = counts.sort_values(column, na_position="last", kind="stable")
    return shaped(counts.rename(columns={column: "group"}), COUNTS)


def distrust(tables: Tables, names: Sequence[str] = ()) -> pd.DataFrame:
    """What the checks found in these tables and nobody dismissed, errors first.

    `names` are the tables to which findings belong (`reports` for identity, `narrative` for text); none
    given: all.

    Returns
    -------
    DataFrame, one row per finding
        who, when, form, severity, rule, table, message (Chinese), locator.
    """
    findings = standing(tables.findings)
    if names:
        findings = findings[findings["table"].isin(list(names))]
    frame = located(findings, tables, DISTRUST)
    return frame.iloc[severity_rank(frame["severity"]).argsort(kind="stable")].reset_index(drop=True)


def reread_lines(tables: Tables, name: str) -> pd.DataFrame:
    """Lines of the table `name` whose figures did not stand where the form wants them, or could not be read.

    Returns
    -------
    DataFrame, one row per line
        who, when, form, line with its official label, `printed` (the line's figures as they stand in the
        source), how many cells were `repaired` and how many stay `uncertain` (no number), locator.
    """
    line, column = FIGURE_KEYS[name]
    cells: pd.DataFrame = getattr(tables, name)
    cells = cells[cells["status"].isin(("repaired", *UNCERTAIN))]
    frame = pd.DataFrame(
        {
            "report_id": cells["report_id"],
            "line": cells[line],
            "column": cells[column],
            "printed": cells["printed"].fillna(cells["raw"]),
            "status_detail": cells["status_detail"],
            "repaired": (cells["status"] == "repaired").astype("Int64"),
            "uncertain": cells["status"].isin(UNCERTAIN).astype("Int64"),
            "locator": cells["locator"],
        }
    )
    how = {
        "column": "first",
        "printed": "first",
        "status_detail": "first",
        "repaired": "sum",
        "uncertain": "sum",
    }
    groups = frame.groupby(["report_id", "line"], sort=False)
    lines = groups.agg({**how, "locator": "first"}).reset_index()
    form = lines["report_id"].map(tables.reports.set_index("report_id")["form"].to_dict())
    lines["line_label"] = [
        figure_labels(str(code), name, where, col)[0]
        for code, where, col in zip(form, lines["line"], lines["column"], strict=True)
    ]
    lines["table"] = name
    return located(lines, tables, REREAD)
