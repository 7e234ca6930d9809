"""The register of corrections: known misprints, and whether each was applied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from govinfo.definitions.labels import column_spot, line_spot
from govinfo.definitions.locator_words import spot_text
from govinfo.definitions.wording import say, words
from govinfo.questions.areas import area_names
from govinfo.tables import Tables
from govinfo.workbook.cells import day_text, table_number, text_of
from govinfo.workbook.sheets import Entry, Head, Sheet


def corrections_sheet(tables: Tables, counted: str) -> Sheet:
    """The sheet 更正登记: one row per line of the register, what is printed, and whether it was applied."""
    text = words("workbook")
    reports = tables.reports.assign(area=area_names(tables.reports))
    reports = reports[["report_id", "area", "township", "year", "form", "source"]]
    frame = tables.corrections.merge(reports, on="report_id", how="left", suffixes=("_said", None))
    frame["source"] = frame["source"].fillna(frame["source_said"])
    applied = int((frame["state"] == "applied").sum())
    said = {"counted": counted, "applied": applied, "left": len(frame) - applied}
    heads = ("state", "table", "line", "column", "printed", "as_printed", "corrected", "why", "decided_by")
    return Sheet(
        name=text["sheet_corrections"],
        title=text["corrections_title"],
        remarks=(text["corrections_unit"], say("workbook", "corrections_source", **said)),
        heads=(
            Head(words("table_heads")["county"], 14, 18),
            Head(text["head_township"], 14, 18),
            Head(text["head_year"], 8),
            *(Head(text[f"head_{name}"], 10, 30) for name in heads),
            Head(text["head_decided_on"], 12, 12),
            Head(text["head_locator"], 14, 22),
            Head(text["head_source"], 14, 20),
        ),
        rows=tuple(_correction(record) for record in frame.to_dict("records")),
        frozen=3,
    )


def _correction(record: Mapping[Any, Any]) -> tuple[Entry, ...]:
    text = words("workbook")
    form, table, line, column = (text_of(record[name]) or "" for name in ("form", "table", "line", "column"))
    there = record["state"] not in ("no_report", "no_cell")
    return (
        Entry(text_of(record["area"])),
        Entry(text_of(record["township"])),
        Entry(None if pd.isna(record["year"]) else int(record["year"]), "year"),
        Entry(text[f"state_{record['state']}"], "middle" if record["state"] == "applied" else "word_open"),
        Entry(table_number(table), "middle"),
        Entry(line_spot(form, table, line).label),
        Entry(column_spot(form, table, column).label),
        Entry((text_of(record["printed"]) or text["blank"]) if there else None),
        Entry(text_of(record["as_printed"]) or text["blank"]),
        Entry(text_of(record["corrected"])),
        Entry(text_of(record["reason"])),
        Entry(text_of(record["decided_by"])),
        Entry(day_text(record["decided_on"]), "middle"),
        Entry(spot_text(text_of(record["locator"]), text_of(record["source"]))),
        Entry(text_of(record["source"])),
    )
