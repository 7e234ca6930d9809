"""The list of findings, with cells in which officials say what became of each; `govinfo remarks import` reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from govinfo.definitions.labels import column_spot, line_spot
from govinfo.definitions.locator_words import spot_text
from govinfo.definitions.wording import say, words
from govinfo.questions.areas import area_names
from govinfo.questions.coverage import DISMISSED, count_by_severity, severity_rank
from govinfo.tables import Tables
from govinfo.workbook.cells import day_text, number_or_text, table_number, text_of
from govinfo.workbook.figures import place_entry
from govinfo.workbook.pages import Drawing, Edition, Page
from govinfo.workbook.place_links import link_reports
from govinfo.workbook.sheets import Entry, Head, Sheet, fill_sheet, first_row

_SECTION = "sheet_findings"
_ORDER = ["province", "city", "county", "township", "year", "report_id"]
# what an official may say of a finding, as the register of remarks knows it
STATUSES = ("confirmed", "dismissed", "fixed")
# the columns in their order, and the bounds of their widths; those behind `remark_on` are for looking things up
_WIDTHS: Mapping[str, tuple[float, float]] = {
    "severity": (8, 8),
    "county": (12, 18),
    "township": (14, 20),
    "year": (7, 7),
    "table": (8, 12),
    "line": (16, 28),
    "column": (9, 18),
    "message": (50, 64),
    "remark_status": (10, 10),
    "remark": (24, 30),
    "remark_by": (10, 12),
    "remark_on": (12, 12),
    "should": (8, 14),
    "is": (8, 20),
    "locator": (14, 22),
    "source": (20, 30),
    "rule": (14, 24),
    "id": (22, 22),
}
_COLUMNS = tuple(_WIDTHS)
_PRINTED = _COLUMNS.index("remark_on") + 1
_TOWNSHIP = _COLUMNS.index("township") + 1
_STATUS, _DATE = _COLUMNS.index("remark_status") + 1, _COLUMNS.index("remark_on") + 1


def findings_page(edition: Edition) -> Sequence[Page]:
    """The page of the sheet 问题清单: the list, drop-down lists in its cells for remarks, and its print area."""
    frame = _ordered(edition.tables)
    sheet = _sheet(edition, frame)

    def draw(drawing: Drawing) -> None:
        page, top = drawing.page, first_row(sheet, drawing.notice)
        last = fill_sheet(page, sheet, drawing.notice)
        if not sheet.rows:
            return
        spots = enumerate(frame["report_id"], start=top)
        link_reports(drawing, ((row, _TOWNSHIP, str(report_id)) for row, report_id in spots))
        chosen = ",".join(say("codes", f"remark_{status}") for status in STATUSES)
        status = DataValidation(type="list", formula1=f'"{chosen}"', allow_blank=True, showErrorMessage=True)
        status.promptTitle, status.prompt = say(_SECTION, "status_title"), say(_SECTION, "status_prompt")
        status.errorTitle, status.error = say(_SECTION, "status_title"), say(_SECTION, "status_error", known=chosen)
        date = DataValidation(allow_blank=True, promptTitle=say(_SECTION, "date_title"))
        date.prompt = say(_SECTION, "date_prompt")
        for rule, column in ((status, _STATUS), (date, _DATE)):
            rule.showInputMessage = True
            letter = get_column_letter(column)
            rule.add(f"{letter}{top}:{letter}{last}")
            page.add_data_validation(rule)

    return (Page("findings", sheet.name, sheet.title, draw),)


def _ordered(tables: Tables) -> pd.DataFrame:
    """The findings with who and when, errors first, then by place and year; dismissed ones at the end."""
    ordered = tables.reports.sort_values(_ORDER, na_position="last", kind="stable")
    ordered = ordered.assign(area=area_names(ordered))
    reports = ordered[["report_id", "area", "township", "level", "year", "form", "source"]]
    frame = tables.findings.merge(reports.assign(_place=range(len(reports))), on="report_id", how="left")
    frame["_severity"] = severity_rank(frame["severity"])
    frame["_dismissed"] = (frame["remark_status"] == DISMISSED).fillna(False)
    return frame.sort_values(["_dismissed", "_severity", "_place"], kind="stable")


def _sheet(edition: Edition, frame: pd.DataFrame) -> Sheet:
    """The sheet 问题清单: one row per finding."""
    counts = count_by_severity(edition.tables.findings)
    said = {**counts, "sheet": say("workbook", "sheet_notes"), "counted": edition.counted}
    return Sheet(
        name=say("workbook", "sheet_findings"),
        title=say("workbook", "findings_title"),
        remarks=(
            say("workbook", "findings_unit"),
            say("workbook", "findings_source", **said),
            say(_SECTION, "fill_in"),
        ),
        heads=tuple(Head(_head(name), *bounds) for name, bounds in _WIDTHS.items()),
        rows=tuple(_finding(record) for record in frame.to_dict("records")),
        empty=say("workbook", "no_findings"),
        frozen=4,
        printed=_PRINTED,
    )


def _head(name: str) -> str:
    return words("table_heads")["county"] if name == "county" else say("workbook", f"head_{name}")


def _finding(record: Mapping[Any, Any]) -> tuple[Entry, ...]:
    form, table = str(record["form"]), record["table"]
    line, column, year = record["line"], record["column"], record["year"]
    cells = {
        "severity": Entry(say("codes", f"severity_{record['severity']}"), record["severity"]),
        "county": Entry(text_of(record["area"])),
        "township": place_entry(record["township"], record["level"]),
        "year": Entry(say("workbook", "unknown_year"), "word") if pd.isna(year) else Entry(int(year), "year"),
        "table": Entry(table_number(table), "middle"),
        "line": Entry(None if pd.isna(line) else line_spot(form, str(table), str(line)).label),
        "column": Entry(None if pd.isna(column) else column_spot(form, str(table), str(column)).label),
        "should": number_or_text(record["expected"]),
        "is": number_or_text(record["found"]),
        "id": Entry(text_of(record["finding_id"])),
        "locator": Entry(spot_text(text_of(record["locator"]), text_of(record["source"]))),
        **{name: Entry(text_of(record[name])) for name in ("message", "source", "rule")},
        **_remark(record),
    }
    return tuple(cells[name] for name in _COLUMNS)


def _remark(record: Mapping[Any, Any]) -> dict[str, Entry]:
    """What an official said of the finding, who and when: cells to fill in."""
    status = text_of(record["remark_status"])
    return {
        "remark_status": Entry(say("codes", f"remark_{status}") if status else None, "entry_middle"),
        "remark": Entry(text_of(record["remark"]), "entry"),
        "remark_by": Entry(text_of(record["remark_by"]), "entry"),
        "remark_on": Entry(day_text(record["remark_on"]), "entry_middle"),
    }
