"""Lines of the register of corrections that no longer fit their report: none is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from govinfo.checks.findings import Row, Spoken, Subject, make, null_free
from govinfo.definitions.labels import column_spot, line_spot
from govinfo.definitions.rules import Said, rule_book
from govinfo.tables import LISTED, Tables


def correction_findings(tables: Tables, reports: Mapping[str, Subject]) -> Iterator[Row]:
    """Findings of the rule `correction.not_applied`: one for each correction that its report does not take."""
    for record in tables.corrections.to_dict("records"):
        if pd.isna(record["report_id"]) or record["state"] == "applied":
            continue
        subject = reports[record["report_id"]]
        said = {str(name): null_free(value) for name, value in record.items() if name != "decided_on"}
        table, line, column = said["table"] or "", said["line"] or "", said["column"]
        nothing = rule_book().formula["blank"]
        yield make(
            subject,
            "correction.not_applied",
            record["state"],
            Spoken(table, line, column, said["locator"]),
            expected=said["as_printed"],
            found=said["printed"],
            about=said["sha256"] or "",
            spot=_spot(subject.form, table, line, column),
            as_printed=said["as_printed"] or nothing,
            printed=said["printed"] or nothing,
            corrected=said["corrected"],
        )


def _spot(form: str, table: str, line: str, column: str | None) -> Said:
    label = line_spot(form, table, line).label
    if column is None or table == LISTED:
        return Said(label, line)
    return Said(f"{label}-{column_spot(form, table, column).label}", f"{line} {column}")
