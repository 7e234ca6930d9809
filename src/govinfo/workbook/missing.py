"""The sheet for chasing: which townships have not published, by county and year, with cells to note what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from govinfo.definitions.wording import say, words
from govinfo.questions.publication.chasing import to_chase
from govinfo.workbook.cells import day_text, text_of
from govinfo.workbook.pages import Edition
from govinfo.workbook.sheets import Entry, Head, Sheet

_SECTION = "sheet_missing"
_ENTRIES = 4
_STYLES = {"missing": "error", "uncertain": "warning"}
Record = Mapping[Any, Any]
Row = tuple[Entry, ...]


def missing_sheet(edition: Edition) -> Sheet:
    """The sheet 缺报催报: for each county and year how many have published, then a row per township that has not."""
    absent, counts = to_chase(edition.tables, edition.everything)
    rows: list[Row] = []
    below = {key: own.to_dict("records") for key, own in absent.groupby(["area", "year"], sort=False)}
    for record in counts.to_dict("records"):
        rows.append(_of_year(record))
        rows += [_of_township(one) for one in below.get((record["area"], record["year"]), ()) if _named(one)]
    statuses = absent["status"].value_counts()
    numbers = {name: int(statuses.get(name, 0)) for name in ("missing", "uncertain", "not_judged")}
    remarks = [
        say(_SECTION, "unit"),
        say(_SECTION, "source", counted=edition.counted, date=edition.date, **numbers),
    ]
    unplaced = int(counts["unplaced"].fillna(0).max()) if len(counts) else 0
    if unplaced:
        sheets = {"sources": say("sheet_sources", "sheet"), "rejects": say("workbook", "sheet_rejects")}
        remarks.append(say(_SECTION, "unplaced", n=unplaced, **sheets))
    return Sheet(
        name=say(_SECTION, "sheet"),
        title=say(_SECTION, "title"),
        remarks=tuple(remarks),
        heads=_heads(),
        rows=tuple(rows),
        empty=say(_SECTION, "nothing"),
        frozen=3,
    )


def _heads() -> tuple[Head, ...]:
    text, known = words(_SECTION), words("missing")
    return (
        Head(known["head_county"], 14, 22),
        Head(known["head_year"], 8, 8),
        Head(known["head_township"], 16, 26),
        Head(known["head_division_code"], 13, 13),
        Head(known["head_status"], 12, 26),
        Head(known["head_reason"], 16, 36),
        Head(text["head_count"], 8, 8),
        Head(text["head_published"], 8, 8),
        Head(known["head_due"], 13, 13),
        Head(text["head_contact"], 12, 12),
        Head(text["head_phone"], 16, 16),
        Head(text["head_chased"], 13, 13),
        Head(text["head_answer"], 24, 24),
    )


def _named(record: Record) -> bool:
    return bool(pd.notna(record["township"]))


def _of_year(record: Record) -> Row:
    """How many of a county have published in a year, or why that cannot be told."""
    reason = record["reason"]
    said: str | None = None if pd.isna(reason) else _reason(str(reason))
    return (
        Entry(text_of(record["area"]), "sum_text"),
        Entry(int(record["year"]), "sum_middle"),
        Entry(say(_SECTION, "whole"), "sum_text"),
        Entry(None, "sum_text"),
        Entry(_year_status(record), "sum_middle"),
        Entry(said, "sum_text"),
        _count(record["listed"]),
        _count(record["published"]),
        Entry(day_text(record["due"]), "sum_middle"),
        *(Entry(None, "sum_text") for _ in range(_ENTRIES)),
    )


def _year_status(record: Record) -> str:
    if not record["judged"]:
        return say(_SECTION, "year_not_judged")
    parts = [
        say(_SECTION, f"year_{name}", **{name: int(record[name])}) for name in ("missing", "uncertain") if record[name]
    ]
    return say(_SECTION, "join").join(parts) or say(_SECTION, "year_all")


def _of_township(record: Record) -> Row:
    status, reason = str(record["status"]), record["reason"]
    return (
        Entry(text_of(record["area"])),
        Entry(int(record["year"]), "year"),
        Entry(text_of(record["township"])),
        Entry(text_of(record["division_code"]), "middle"),
        Entry(say("missing", f"status_{status}"), _STYLES.get(status, "word")),
        Entry(None if pd.isna(reason) else _reason(str(reason))),
        Entry(None),
        Entry(None),
        Entry(day_text(record["due"]), "middle"),
        *(Entry(None, "entry") for _ in range(_ENTRIES)),
    )


def _reason(code: str) -> str:
    known = words("missing")
    return say(_SECTION, f"reason_{code}") if f"reason_{code}" in words(_SECTION) else known[f"reason_{code}"]


def _count(value: Any) -> Entry:
    return Entry(None if pd.isna(value) else int(value), "sum_whole")
