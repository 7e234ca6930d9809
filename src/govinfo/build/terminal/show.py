"""One report as a person wants to see it: who, when, the tables with statuses, the findings."""

from __future__ import annotations

import json
from typing import Any
from unicodedata import east_asian_width

import pandas as pd

from govinfo.build.terminal.listing import reject_lines
from govinfo.definitions.labels import column_spot, figure_labels, line_spot
from govinfo.definitions.wording import say, words
from govinfo.questions.coverage import DISMISSED
from govinfo.tables import CORRECTED, FIGURE_KEYS, LISTED, SCHEMA, Tables

# Widths on the terminal, in columns of which a Chinese character takes two.
_LABEL = 38
_FIGURE = 14


def show_text(tables: Tables) -> str:
    """The reports and rejects in `tables` as text, in Chinese; each figure that is not plainly read is marked."""
    parts = [_report_text(tables.select(counted_only=False), row) for _, row in tables.reports.iterrows()]
    parts += ["\n".join(reject_lines(row)) for _, row in tables.rejects.iterrows()]
    return "\n\n".join(parts) + "\n"


def show_json(tables: Tables) -> str:
    """The same tables as JSON: a list of records for each table, dates as YYYY-MM-DD, null where there is no value."""
    data = {name: [plain(row) for row in getattr(tables, name).to_dict("records")] for name in SCHEMA}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def plain(row: dict[Any, Any]) -> dict[str, Any]:
    """A row as JSON can hold it: days as YYYY-MM-DD, None where there is no value."""
    found: dict[str, Any] = {}
    for key, value in row.items():
        if pd.isna(value):
            found[key] = None
        elif isinstance(value, pd.Timestamp):
            found[key] = value.date().isoformat()
        else:
            found[key] = value.item() if hasattr(value, "item") else value
    return found


def _report_text(tables: Tables, report: pd.Series[Any]) -> str:
    lines = [_or_dash(report["title"]) if pd.notna(report["title"]) else report["source"]]
    lines += [f"{name}  {value}" for name, value in _identity(report)]
    for table in FIGURE_KEYS:
        frame = getattr(tables, table)
        frame = frame[frame["report_id"] == report["report_id"]]
        if len(frame):
            lines += ["", words("codes")[table], *_table_lines(frame, table, str(report["form"]))]
    if any((frame["status"] == "repaired").any() for frame in (getattr(tables, table) for table in FIGURE_KEYS)):
        lines += ["", say("show", "repaired")]
    lines += _corrections(tables, report)
    findings = tables.findings[tables.findings["report_id"] == report["report_id"]]
    lines += ["", say("show", "findings", count=len(findings))]
    for _, finding in findings.iterrows():
        dismissed = str(finding["remark_status"]) == DISMISSED
        severity = words("codes")[f"remark_{DISMISSED}" if dismissed else f"severity_{finding['severity']}"]
        lines.append(f"  [{severity}] {_or_dash(finding['locator'])}  {finding['message']}")
    return "\n".join(lines)


def _corrections(tables: Tables, report: pd.Series[Any]) -> list[str]:
    """The corrections that were applied to the report, one a line."""
    own = tables.corrections[tables.corrections["report_id"] == report["report_id"]]
    lines = []
    for record in own[own["state"] == "applied"].to_dict("records"):
        said = {str(name): _or_dash(value) for name, value in record.items()}
        line, column = figure_labels(str(report["form"]), said["table"], said["line"], said["column"])
        table = words("codes")[said["table"]].split()[0]
        lines.append(say("show", "correction", **said | {"table": table, "line": line, "column": column}))
    return ["", say("show", "corrected"), *lines] if lines else []


def _identity(report: pd.Series[Any]) -> list[tuple[str, str]]:
    heads, codes = words("show"), words("codes")
    place = " ".join(str(report[key]) for key in ("province", "city", "county", "township") if pd.notna(report[key]))
    year = _or_dash(report["year"])
    found = [
        (heads["place"], f"{place or heads['unknown']}{_source(report['place_source'])}"),
        (heads["year"], f"{year}{_source(report['year_source'])}"),
        (heads["issuer"], _or_dash(report["issuer"])),
        (heads["published"], _or_dash(report["published_on"])),
        (heads["form"], codes.get(f"form_{report['form']}", str(report["form"]))),
        (heads["status"], _completeness(report)),
        (heads["source"], f"{report['source']}  ({report['report_id']})"),
    ]
    if pd.notna(report["note"]):
        found.append((heads["note"], str(report["note"])))
    return found


def _completeness(report: pd.Series[Any]) -> str:
    status = words("codes")[f"report_{report['status']}"]
    return say("show", "cells", status=status, found=report["cells_found"], expected=report["cells_expected"])


def _source(value: Any) -> str:
    return "" if pd.isna(value) else say("show", "read_from", source=words("show").get(f"from_{value}", value))


def _or_dash(value: Any) -> str:
    if pd.isna(value):
        return "—"
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)


def _table_lines(frame: pd.DataFrame, table: str, form: str) -> list[str]:
    """The lines of a table with their figures and places; heads once where all lines have the same columns."""
    line_key, column_key = FIGURE_KEYS[table]
    groups = [(str(code), cells) for code, cells in frame.groupby(line_key, sort=False)]
    heads = {tuple(cells[column_key]) for _, cells in groups}
    lines = []
    if len(heads) == 1:
        names = (column_spot(form, table, str(column)).plain for column in next(iter(heads)))
        lines.append(("  " + _padded("", _LABEL) + "".join(_padded(name, _FIGURE) for name in names)).rstrip())
    for code, cells in groups:
        figures = [_figure(cell) for _, cell in cells.iterrows()]
        if table == LISTED:
            figures = [f"{figure} {unit}" for figure, unit in zip(figures, cells[column_key], strict=True)]
        elif len(heads) > 1:
            named = [column_spot(form, table, str(column)).plain for column in cells[column_key]]
            figures = [f"{name} {figure}  " for name, figure in zip(named, figures, strict=True)]
        label = _padded(_cut(line_spot(form, table, code).plain), _LABEL)
        lines.append(f"  {label}{''.join(_padded(figure, _FIGURE) for figure in figures)}{_places(cells['locator'])}")
    return lines


def _places(locators: pd.Series[str]) -> str:
    """Where the line's first figure stands and, where that is elsewhere, its last: `Sheet!C7 … I7`."""
    places = [str(locator) for locator in locators.dropna()]
    if not places:
        return "—"
    first, last = places[0], places[-1]
    if first == last:
        return first
    differ = (at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other)
    same = next(differ, min(len(first), len(last)))
    while same and first[same - 1] not in " !:":
        same -= 1
    return f"{first} … {last[same:]}"


def _figure(cell: pd.Series[Any]) -> str:
    """The number, marked where it was repaired or corrected; where there is none, the words that say why."""
    status = str(cell["status"])
    if pd.isna(cell["value"]):
        said = f"“{cell['raw']}”" if status == "unreadable" else ""
        return f"{words('codes')[f'status_{status}']}{said}"
    value = f"{cell['value']:.10g}" if isinstance(cell["value"], float) else str(cell["value"])
    if pd.notna(cell["status_detail"]) and str(cell["status_detail"]).startswith(CORRECTED):
        return f"{value}#"
    return f"{value}*" if status == "repaired" else value


def _cut(text: str) -> str:
    """The text, cut where it would run into the figures."""
    wide = 0
    for position, char in enumerate(text):
        wide += _width(char)
        if wide > _LABEL - 3:
            return text[:position] + "…"
    return text


def _width(char: str) -> int:
    return 2 if east_asian_width(char) in "WF" else 1


def _padded(text: str, width: int) -> str:
    """The text filled up to a width; at least a blank stands behind it."""
    return text + " " * max(1, width - sum(_width(char) for char in text))
