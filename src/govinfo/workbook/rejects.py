"""The list of files that gave no report."""

from __future__ import annotations

from govinfo.definitions.wording import say, words
from govinfo.tables import Tables
from govinfo.workbook.cells import text_of
from govinfo.workbook.sheets import Entry, Head, Sheet


def rejects_sheet(tables: Tables, counted: str) -> Sheet:
    """The sheet 未读文件: one row per file that gave no report, why, and what to do."""
    text, to_do = words("workbook"), words("quality")
    rows = tuple(
        (
            Entry(text_of(record["source"])),
            Entry(text.get(f"reason_{record['reason']}", text_of(record["reason"]))),
            Entry(to_do.get(f"reject_{record['reason']}", to_do["none"])),
            Entry(text_of(record["message"])),
        )
        for record in tables.rejects.to_dict("records")
    )
    return Sheet(
        name=text["sheet_rejects"],
        title=text["rejects_title"],
        remarks=(text["rejects_unit"], say("workbook", "rejects_source", counted=counted, n=len(rows))),
        heads=(
            Head(text["head_source"], 20, 40),
            Head(text["head_reason"], 12, 24),
            Head(text["head_reject_to_do"], 16, 30),
            Head(text["head_detail"], 30, 70),
        ),
        rows=rows,
    )
