"""Findings as a file: a list for a spreadsheet (.csv, .xlsx) that can be filled in, or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl.workbook import Workbook

from govinfo.build.files import write_whole
from govinfo.build.terminal.listing import listed, section, severity_word, unplaced_corrections
from govinfo.build.terminal.show import plain
from govinfo.definitions.labels import column_spot, line_spot
from govinfo.definitions.rules import rule_book
from govinfo.definitions.wording import say, words
from govinfo.errors import ConfigError
from govinfo.questions.coverage import SEVERITIES, newest_date
from govinfo.sheet_text import harmless
from govinfo.tables import Tables
from govinfo.workbook.package import save
from govinfo.workbook.sheets import Entry, Head, Sheet, add_sheet
from govinfo.workbook.style import add_styles

SUFFIXES = (".csv", ".xlsx", ".json")
# the columns of the list; their heads are `head_…` of the wording, widths are the bounds of a sheet's column
_WIDTHS: Mapping[str, tuple[float, float]] = {
    "severity": (8, 10),
    "county": (12, 18),
    "township": (12, 18),
    "year": (8, 8),
    "table": (8, 14),
    "line": (16, 30),
    "column": (8, 18),
    "expected": (8, 14),
    "found": (8, 20),
    "message": (40, 72),
    "locator": (14, 22),
    "source": (14, 24),
    "rule": (14, 24),
    "finding_id": (20, 20),
    "status": (10, 12),
    "remark": (16, 40),
    "who": (8, 12),
    "when": (12, 12),
}
_NUMBERS = ("year", "expected", "found")
# a sheet keeps 15 digits of a number
_MOST_DIGITS = 13
_Row = dict[str, str | None]


def check_suffix(path: Path) -> None:
    """Raise where findings cannot be written to a file of that name.

    Raises
    ------
    ConfigError
        Its suffix is none of `SUFFIXES`.
    """
    if path.suffix.lower() not in SUFFIXES:
        expected = "a name that ends in " + ", ".join(SUFFIXES)
        raise ConfigError(str(path), f"the suffix {path.suffix!r}", expected, "name the file so")


def write_findings(path: Path, tables: Tables, severity: str | None = None, lang: str = "zh") -> None:
    """Write the findings of `tables` to `path`, as its suffix says; a file of that name is replaced.

    A spreadsheet has a line for each finding, in the order of the terminal; then for each file that gave no report,
    each correction whose report is not there, and each remark whose finding is not there. Text is never a formula,
    and the same tables give the same bytes.

    Parameters
    ----------
    path : `.csv` (UTF-8 with the mark that spreadsheets look for), `.xlsx` or `.json` (UTF-8; all columns).
    severity : only findings of this severity and worse; None writes all.
    lang : `zh`: Chinese heads, labels and messages; `en`: English ones, with codes. JSON has both.

    Raises
    ------
    ConfigError
        The suffix is another one.
    """
    check_suffix(path)
    suffix = path.suffix.lower()
    if suffix == ".json":
        write_whole(path, _json(tables, severity).encode("utf-8"))
    elif suffix == ".csv":
        write_whole(path, _csv(list(_rows(tables, severity, lang)), lang).encode("utf-8-sig"))
    else:
        book = Workbook()
        book.remove(book.worksheets[0])
        add_styles(book)
        add_sheet(book, _sheet(list(_rows(tables, severity, lang)), lang))
        save(book, path, dated=newest_date(tables.reports))


def _rows(tables: Tables, severity: str | None, lang: str) -> Iterator[_Row]:
    for record in listed(tables, severity).to_dict("records"):
        yield _finding(record, lang)
    for record in tables.rejects.to_dict("records"):
        severity_said = words(section(lang))["severity_unread"]
        yield {"severity": severity_said, **{name: record[name] for name in ("message", "source")}} | {
            "rule": record["reason"]
        }
    for message in unplaced_corrections(tables, lang):
        yield {"severity": severity_word("warning", lang), "message": message}
    for record in tables.remarks[tables.remarks["state"] == "gone"].to_dict("records"):
        yield {
            "severity": words(section(lang))["severity_gone"],
            "message": _text(record["message"]),
            "finding_id": record["finding_id"],
            **_remark(record, "status", "who", "when", lang),
        }


def _finding(record: Mapping[Any, Any], lang: str) -> _Row:
    row = {name: _text(record.get(name)) for name in _WIDTHS}
    row["message"] = _text(record["message" if lang == "zh" else "message_en"])
    row["severity"] = severity_word(record["severity"], lang)
    if lang == "zh":
        form, table, line, column = str(record["form"]), row["table"], row["line"], row["column"]
        if table:
            row["table"] = rule_book().tables[table].zh
            row["line"] = line_spot(form, table, line).label if line else None
            row["column"] = column_spot(form, table, column).label if column else None
    return row | _remark(record, "remark_status", "remark_by", "remark_on", lang)


def _remark(record: Mapping[Any, Any], status: str, who: str, when: str, lang: str) -> _Row:
    said = _text(record[status])
    return {
        "status": words("codes")[f"remark_{said}"] if said and lang == "zh" else said,
        "remark": _text(record["remark"]),
        "who": _text(record[who]),
        "when": None if pd.isna(record[when]) else record[when].date().isoformat(),
    }


def _heads(lang: str) -> list[str]:
    said = words(section(lang))
    return [said[f"head_{name}"] for name in _WIDTHS]


def _csv(rows: list[_Row], lang: str) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(_heads(lang))
    for row in rows:
        writer.writerow([harmless(row.get(name) or "") for name in _WIDTHS])
    return target.getvalue()


def _sheet(rows: list[_Row], lang: str) -> Sheet:
    part = section(lang)
    heads = zip(_heads(lang), _WIDTHS.values(), strict=True)
    return Sheet(
        name=say(part, "sheet"),
        title=say(part, "title"),
        remarks=(say(part, "fill_in"),),
        heads=tuple(Head(text, *widths) for text, widths in heads),
        rows=tuple(tuple(_entry(name, row.get(name), lang) for name in _WIDTHS) for row in rows),
        frozen=4,
    )


def _entry(name: str, text: str | None, lang: str) -> Entry:
    """A cell of the sheet: severities in their colours, years and whole numbers of cells as numbers, else text."""
    if name == "severity":
        return Entry(text, {severity_word(code, lang): code for code in SEVERITIES}.get(text or "", "middle"))
    if text and name in _NUMBERS and text.isascii() and text.isdigit() and len(text) < _MOST_DIGITS:
        return Entry(int(text), "year" if name == "year" else "whole")
    return Entry(text)


def _json(tables: Tables, severity: str | None) -> str:
    """Findings with place, year and source of their reports, rejects, and what became of the registers' lines."""
    frames = {
        "findings": listed(tables, severity),
        "rejects": tables.rejects,
        "corrections": tables.corrections,
        "remarks": tables.remarks,
    }
    data = {name: [plain(row) for row in frame.to_dict("records")] for name, frame in frames.items()}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _text(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)
