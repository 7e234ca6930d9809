"""Which figures of a report its findings speak of, and what a cell's comment says of where its figure came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from govinfo.definitions.form import FormTable
from govinfo.definitions.locator_words import spot_text
from govinfo.definitions.wording import say, words
from govinfo.questions.coverage import DISMISSED
from govinfo.tables import LISTED, as_printed
from govinfo.workbook.forms.chosen import Figure, FormReport, Record
from govinfo.workbook.forms.grid import Grid, Key

PLAIN = ("read", "aligned")
# findings of these severities make a cell red
_RED = ("error", "warning")


def findings_by_figure(report: FormReport, grid: Grid) -> dict[Key, list[Record]]:
    """The findings that nobody dismissed, by the figures that they speak of."""
    found: dict[Key, list[Record]] = {}
    for finding in report.findings:
        if not dismissed(finding):
            for key in _keys(finding, grid):
                found.setdefault(key, []).append(finding)
    return found


def findings_by_table(report: FormReport, grid: Grid) -> dict[str, list[Record]]:
    """The findings that nobody dismissed and that speak of a table of the form as a whole."""
    found: dict[str, list[Record]] = {}
    for finding in report.findings:
        if not dismissed(finding) and finding["table"] in grid.starts and not _keys(finding, grid):
            found.setdefault(str(finding["table"]), []).append(finding)
    return found


def dismissed(finding: Record) -> bool:
    """Whether an official has said that the finding is none."""
    return bool(finding["remark_status"] == DISMISSED) if pd.notna(finding["remark_status"]) else False


def is_red(findings: list[Record]) -> bool:
    """Whether one of the findings is an error or a warning."""
    return any(finding["severity"] in _RED for finding in findings)


def spot_of(finding: Record) -> tuple[str | None, str | None, str | None]:
    """The codes of the finding's table, line and column."""
    table, line, column = (finding[name] for name in ("table", "line", "column"))
    return _text(table), _text(line), _text(column)


def _text(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)


def _keys(finding: Record, grid: Grid) -> tuple[Key, ...]:
    table, line, column = spot_of(finding)
    if table is None or table not in grid.starts or (line is None and column is None):
        return ()
    own = [key for key in grid.figures if key[0] == table]
    if line is not None and (column is None or table == LISTED):
        return tuple(key for key in own if key[1] == line)
    if line is not None:
        return tuple(key for key in own if key[1:] == (line, column))
    form_table = grid.form.table(table)
    terms = set(_terms(form_table, str(finding["rule"]))) if form_table else set()
    return tuple(key for key in own if key[2] == column and (not terms or key[1] in terms))


def _terms(table: FormTable, rule: str) -> Iterator[str]:
    """The lines of the equations of that rule."""
    for equation in table.equations:
        if equation.rule == rule and equation.for_each == "column":
            yield from (code for _, code in equation.terms)


def shown(figure: Figure | None) -> Any:
    """What stands in a figure's cell: the number, or the sign for why there is none; nothing for a blank."""
    if figure is None:
        return say("forms", "sign_missing")
    if figure.value is not None:
        return figure.value
    return words("forms").get(f"sign_{figure.status}")


def comment_text(report: FormReport, figure: Figure | None, findings: list[Record]) -> str | None:
    """What the comment of a figure's cell says; None where it is plainly read and nothing was found."""
    text, status = words("forms"), "missing" if figure is None else figure.status
    if status in PLAIN and not findings:
        return None
    lines = [say("forms", "finding", severity=_severity(finding), message=finding["message"]) for finding in findings]
    lines.append(say("forms", "comment_source", source=report.record["source"]))
    if figure is not None:
        if pd.notna(figure.row["locator"]):
            spot = spot_text(str(figure.row["locator"]), str(report.record["source"]))
            lines.append(say("forms", "comment_locator", locator=spot))
        lines.append(say("forms", "comment_printed", printed=as_printed(figure.row) or text["nothing_printed"]))
    name = status_word(status)
    lines.append(say("forms", "comment_status", status=name))
    return "\n".join(lines)


def status_word(status: str) -> str:
    """What officials call a status."""
    return words("codes").get(f"status_{status}") or say("forms", f"status_{status}")


def _severity(finding: Record) -> str:
    return say("codes", f"severity_{finding['severity']}")


def place_of(finding: Record, labels: Mapping[str, Any]) -> str:
    """Where a finding is, in words: table, line and column."""
    return say("forms", "comma").join(part for part in (labels["table"], labels["line"], labels["column"]) if part)
