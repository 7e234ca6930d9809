"""The list of findings, the register of corrections, and the list of files that gave no report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from govinfo.definitions.labels import column_spot, line_spot
from govinfo.definitions.wording import say, words
from govinfo.questions.coverage import DISMISSED, count_by_severity, severity_rank
from govinfo.tables import Tables
from govinfo.workbook.figures import place_entry
from govinfo.workbook.sheets import Entry, Head, Sheet

_ORDER = ["province", "city", "county", "township", "year", "report_id"]


def findings_sheet(tables: Tables, counted: str) -> Sheet:
    """The sheet 问题清单: one row per finding, errors first, then by place and year; dismissed ones at its end."""
    ordered = tables.reports.sort_values(_ORDER, na_position="last", kind="stable")
    reports = ordered[["report_id", "county", "township", "year", "form", "source"]]
    frame = tables.findings.merge(reports.assign(_place=range(len(reports))), on="report_id", how="left")
    frame["_severity"] = severity_rank(frame["severity"])
    frame["_dismissed"] = (frame["remark_status"] == DISMISSED).fillna(False)
    frame = frame.sort_values(["_dismissed", "_severity", "_place"], kind="stable")
    sheet = say("workbook", "sheet_notes")
    return Sheet(
        name=say("workbook", "sheet_findings"),
        title=say("workbook", "findings_title"),
        remarks=(
            say("workbook", "findings_unit"),
            say("workbook", "findings_source", sheet=sheet, counted=counted, **count_by_severity(tables.findings)),
        ),
        heads=_finding_heads(),
        rows=tuple(_finding(record) for record in frame.to_dict("records")),
        empty=say("workbook", "no_findings"),
        frozen=4,
    )


def _finding_heads() -> tuple[Head, ...]:
    text = words("workbook")
    return (
        Head(text["head_severity"], 8),
        Head(words("table_heads")["county"], 14, 18),
        Head(text["head_township"], 14, 18),
        Head(text["head_year"], 8),
        Head(text["head_table"], 8, 12),
        Head(text["head_line"], 16, 30),
        Head(text["head_column"], 8, 18),
        Head(text["head_should"], 8, 14),
        Head(text["head_is"], 8, 20),
        Head(text["head_message"], 40, 72),
        Head(text["head_locator"], 14, 22),
        Head(text["head_source"], 14, 20),
        Head(text["head_rule"], 14, 20),
        Head(text["head_id"], 22, 22),
        Head(text["head_remark_status"], 10, 12),
        Head(text["head_remark"], 12, 40),
        Head(text["head_remark_by"], 8, 12),
        Head(text["head_remark_on"], 12, 12),
    )


def _finding(record: Mapping[Any, Any]) -> tuple[Entry, ...]:
    codes = words("codes")
    form, table = str(record["form"]), record["table"]
    line, column, year = record["line"], record["column"], record["year"]
    return (
        Entry(codes[f"severity_{record['severity']}"], record["severity"]),
        Entry(_text(record["county"])),
        place_entry(record["township"]),
        Entry(say("workbook", "unknown_year"), "word") if pd.isna(year) else Entry(int(year), "year"),
        Entry(_table_name(table), "middle"),
        Entry(None if pd.isna(line) else line_spot(form, str(table), str(line)).label),
        Entry(None if pd.isna(column) else column_spot(form, str(table), str(column)).label),
        _number_or_text(record["expected"]),
        _number_or_text(record["found"]),
        Entry(_text(record["message"])),
        Entry(_text(record["locator"])),
        Entry(_text(record["source"])),
        Entry(_text(record["rule"])),
        Entry(_text(record["finding_id"])),
        *_remark(record),
    )


def _remark(record: Mapping[Any, Any]) -> tuple[Entry, ...]:
    """What an official said of the finding, who and when."""
    status = _text(record["remark_status"])
    return (
        Entry(words("codes")[f"remark_{status}"] if status else None, "middle"),
        Entry(_text(record["remark"])),
        Entry(_text(record["remark_by"])),
        _day(record["remark_on"]),
    )


def _day(value: Any) -> Entry:
    return Entry(None if pd.isna(value) else value.date().isoformat(), "middle")


def _table_name(table: Any) -> str | None:
    """The table's official number alone, as officials call it."""
    if pd.isna(table):
        return None
    return words("codes").get(str(table), str(table)).split()[0]


def _number_or_text(value: Any) -> Entry:
    if pd.isna(value):
        return Entry(None)
    text = str(value)
    return Entry(int(text), "whole") if text.isascii() and text.isdigit() and len(text) < 13 else Entry(text)


def _text(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)


def corrections_sheet(tables: Tables, counted: str) -> Sheet:
    """The sheet 更正登记: one row per line of the register, what is printed, and whether it was applied."""
    text = words("workbook")
    reports = tables.reports[["report_id", "county", "township", "year", "form", "source"]]
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
    form, table, line, column = (_text(record[name]) or "" for name in ("form", "table", "line", "column"))
    there = record["state"] not in ("no_report", "no_cell")
    return (
        Entry(_text(record["county"])),
        Entry(_text(record["township"])),
        Entry(None if pd.isna(record["year"]) else int(record["year"]), "year"),
        Entry(text[f"state_{record['state']}"], "middle" if record["state"] == "applied" else "word_open"),
        Entry(_table_name(table), "middle"),
        Entry(line_spot(form, table, line).label),
        Entry(column_spot(form, table, column).label),
        Entry((_text(record["printed"]) or text["blank"]) if there else None),
        Entry(_text(record["as_printed"]) or text["blank"]),
        Entry(_text(record["corrected"])),
        Entry(_text(record["reason"])),
        Entry(_text(record["decided_by"])),
        _day(record["decided_on"]),
        Entry(_text(record["locator"])),
        Entry(_text(record["source"])),
    )


def rejects_sheet(tables: Tables, counted: str) -> Sheet:
    """The sheet 未读文件: one row per file that gave no report, and why."""
    text = words("workbook")
    rows = tuple(
        (
            Entry(_text(record["source"])),
            Entry(text.get(f"reason_{record['reason']}", _text(record["reason"]))),
            Entry(_text(record["message"])),
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
            Head(text["head_detail"], 30, 80),
        ),
        rows=rows,
    )
