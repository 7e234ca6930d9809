"""A report to learn on, and what stands where one of its figures was read."""

from __future__ import annotations

from pathlib import Path

from govinfo.errors import MissingFiguresError
from govinfo.readers.charset import decode_text
from govinfo.readers.plain.text import text_lines
from govinfo.tables import Tables

_BEFORE = 7


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
            f"no report with a request table (table 3) among {len(tables.reports)}: they are on 2018 or before, or hold"
            " only text; ask for other places or years"
        )
    return str(own.sort_values(["cells_found", "source"], ascending=[False, True], kind="stable")["source"].iloc[0])


def printed_lines(file: Path, locator: str) -> str:
    """The line of a text file in which a figure stands, and the few before it; "" where `locator` names no line."""
    _, _, line = locator.rpartition(":")
    if not line.isdigit():
        return ""
    lines = text_lines(decode_text(file.read_bytes(), file.name))
    return "\n".join(lines[max(0, int(line) - 1 - _BEFORE) : int(line)])
