"""A loaded corpus held against its truth, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from govinfo.tables import FIGURE_KEYS, Tables

# which figures a status gives, told apart no further: how sure a reader is depends on the layout
SURE = {"read": "figure", "aligned": "figure", "repaired": "figure"}
Damaged = set[tuple[str, str, str | None]]


def damaged_lines(truth: Path) -> Damaged:
    """Source, table and line (None: the whole table) of every line that was damaged in print."""
    faults = pd.read_csv(truth / "faults.csv", dtype="string")
    rows = faults[faults["rule"] == "table.shape"].itertuples()
    return {(row.source, row.table, None if pd.isna(row.line) else row.line) for row in rows}


def differences(truth: Tables, loaded: Tables, damaged: Damaged = frozenset()) -> Iterator[tuple[Any, ...]]:  # type: ignore[assignment]
    """Every cell that was not read as it is: kind, source, table, line, column, true and read value and status.

    A cell of a damaged line may be null; no cell may have another number.
    """
    sources = truth.reports.set_index("report_id")["source"]
    for table, (line, column) in FIGURE_KEYS.items():
        keys = ["report_id", line, column] if table != "statistics" else ["report_id", line]
        true, read = getattr(truth, table), getattr(loaded, table)
        both = true.merge(read, on=keys, how="outer", suffixes=("", "_read"), indicator=True, validate="one_to_one")
        for row in both.astype(object).where(both.notna(), None).to_dict("records"):
            source = sources[row["report_id"]]
            hurt = bool({(source, table, row[line]), (source, table, None)} & damaged)
            kind = _difference(row, hurt)
            if kind:
                said = [row[name] for name in ("value", "value_read", "status", "status_read", "raw_read")]
                yield (kind, source, table, row[line], row.get(column), *said)


def _difference(row: dict[str, Any], hurt: bool) -> str | None:
    if row["_merge"] != "both":
        return "row"
    if hurt and row["value_read"] is None:
        return None
    true, read = row["value"], row["value_read"]
    if (true is None) != (read is None) or (true is not None and abs(true - read) > 1e-9):
        return "value"
    if hurt:
        return None
    if SURE.get(row["status"], row["status"]) != SURE.get(row["status_read"], row["status_read"]):
        return "status"
    return "raw" if row["raw"] != row["raw_read"] else None
