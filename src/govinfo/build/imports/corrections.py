"""Figures that officials corrected in a township's sheet come into the register of known misprints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from govinfo.build.imports.changed_cells import CellNow, read_cells
from govinfo.build.imports.originals import sums_today
from govinfo.build.imports.register import open_register_file, write_register
from govinfo.build.imports.told import Imported, Told
from govinfo.build.registers.corrections import (
    COLUMNS,
    REQUIRED,
    Correction,
    Judged,
    judge,
    misfit,
    prints_same,
    read_corrections,
)
from govinfo.build.registers.entries import Entry
from govinfo.definitions.form import forms
from govinfo.definitions.labels import figure_labels
from govinfo.definitions.wording import say, words
from govinfo.errors import RegisterError
from govinfo.sheet_text import harmless
from govinfo.tables import Tables
from govinfo.workbook.origins import Origin

_Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Decided:
    """Who decided what the workbook says, when, and why; a blank reason says in which cell it was corrected."""

    by: str
    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of reports and figures today; `sums` are the hashes of the files by source."""

    tables: Tables
    sums: Mapping[str, str | None]
    reports: Mapping[str, Mapping[Any, Any]]
    lines: Mapping[_Key, Judged]


def import_corrections(
    path: Path, tables: Tables, raw: Path, register: Path, decided: Decided, *, dry_run: bool = False
) -> Imported:
    """Bring the figures that were changed in a workbook into the register; what is said of each changed cell.

    A cell is taken where its report's file has still the bytes that the workbook was written from, prints what it
    printed then, and the new content is a number that can stand there. Nothing is ever taken out of the register:
    that a correction is set back is told.

    Parameters
    ----------
    path : a workbook that `govinfo export` wrote.
    tables : as loaded last.
    raw : the folder of reports, whose files are looked at anew.
    register : corrections.csv; made where there is none.
    dry_run : write nothing.

    Raises
    ------
    RegisterError
        The workbook or the register cannot be read, or it is not said who decided.
    """
    file = open_register_file(register, COLUMNS, REQUIRED)
    cells = list(read_cells(path))
    known = _known(tables, raw, read_corrections(register) if register.exists() else (), cells)
    told: list[Told] = []
    changed: dict[int, dict[str, str]] = {}
    added: list[dict[str, str]] = []
    for one in cells:
        if isinstance(one, Told):
            told.append(one)
            continue
        outcome, correction = _judged(one, known, decided, path)
        told += outcome
        if correction is None:
            continue
        line = known.lines.get(_key(one))
        if line is None:
            added.append(_cells(correction))
        else:
            changed[line.correction.entry.line] = _cells(correction)
    if (added or changed) and not decided.by and not dry_run:
        to_do = "say who decided it: --by NAME"
        raise RegisterError(str(path), "corrections without who decided them", "a name", to_do)
    wrote = False if dry_run else write_register(file, changed, added)
    return Imported(tuple(told), wrote)


def _known(tables: Tables, raw: Path, register: Sequence[Correction], cells: Sequence[CellNow | Told]) -> _Known:
    reports = {record["report_id"]: record for record in tables.reports.to_dict("records")}
    lines = {
        (judged.report_id, judged.correction.table, judged.cell.line, judged.cell.column): judged
        for judged in judge(tables, register)
        if judged.report_id is not None and judged.cell is not None
    }
    asked = {one.origin.report_id for one in cells if isinstance(one, CellNow) and one.number is not None}
    sums = sums_today(raw, (str(reports[name]["source"]) for name in asked if name in reports))
    return _Known(tables, sums, reports, lines)


def _key(one: CellNow) -> _Key:
    origin = one.origin
    return origin.report_id, origin.table, origin.line, origin.column


def _judged(one: CellNow, known: _Known, decided: Decided, path: Path) -> tuple[list[Told], Correction | None]:
    """What is said of a cell, and the correction to write, None for none."""
    line = known.lines.get(_key(one))
    applied = line if line is not None and line.state == "applied" else None
    if one.number is None and one.why is None:
        return _untouched(one, known, applied), None
    why = one.why or _refusal(one, known)
    if why is not None:
        return [_refused(one, known, why)], None
    if applied is not None:
        said, was = applied.correction, one.origin.value
        if said.corrected == one.number:
            return [Told("unchanged", one.place, "")], None
        telling = {"line": said.entry.line, "who": said.decided_by, "corrected": said.corrected}
        if was is None or said.corrected != Decimal(repr(was)):
            return [_refused(one, known, "conflict", **telling)], None
        if prints_same(one.origin.printed, str(one.number)):
            return [_refused(one, known, "back", **telling)], None
    correction = _correction(one, decided, path)
    [judged] = judge(known.tables, [correction])
    if judged.state != "applied":
        return [_refused(one, known, {"changed": "source"}.get(judged.state, judged.state))], None
    said_of = _words(one, known) | {"printed": one.origin.printed or say("imports", "blank_printed")}
    if line is None:
        return [Told("new", one.place, say("imports", "changed_cell", **said_of))], correction
    text = say("imports", "changed_line", was=line.correction.corrected, **said_of)
    return [Told("changed", one.place, text)], correction


def _untouched(one: CellNow, known: _Known, applied: Judged | None) -> list[Told]:
    """That the register corrects a cell which stands otherwise in the workbook: it is older, or was set back."""
    if applied is None:
        return []
    said, was = applied.correction, one.origin.value
    if was is not None and said.corrected == Decimal(repr(was)):
        return []
    line = {"number": said.entry.line, "corrected": said.corrected}
    return [Told("kept", one.place, say("imports", "differs", **_words(one, known), **line))]


def _refusal(one: CellNow, known: _Known) -> str | None:
    """Why the number cannot be a figure of the cell, or its report is not the one that the workbook was made from."""
    assert one.number is not None
    origin = one.origin
    report = known.reports.get(origin.report_id)
    if report is None:
        by_source = any(record["source"] == origin.source for record in known.reports.values())
        return "source" if by_source else "no_report"
    why = misfit(str(report["form"]), origin.table, origin.line, origin.column, one.number)
    if why is not None:
        return why
    found = known.sums[str(report["source"])]
    return "gone" if found is None else (None if found == origin.sha256 else "source")


def _correction(one: CellNow, decided: Decided, path: Path) -> Correction:
    origin = one.origin
    assert one.number is not None
    where = {"book": path.name, "sheet": one.sheet, "cell": origin.cell}
    return Correction(
        Entry(path, 0, {}),
        origin.source,
        origin.sha256,
        origin.table,
        origin.line,
        origin.column,
        origin.printed,
        one.number,
        decided.reason or say("imports", "reason", **where),
        decided.by,
        decided.on,
    )


def _cells(one: Correction) -> dict[str, str]:
    """The cells of the register's line; nothing in them is a formula."""
    texts = (one.source, one.sha256, one.table, one.line, one.column, one.as_printed, format(one.corrected, "f"))
    said = (*texts, one.reason, one.decided_by, one.decided_on.isoformat())
    return {name: harmless(text) for name, text in zip(COLUMNS, said, strict=True)}


def _refused(one: CellNow, known: _Known, why: str, **telling: Any) -> Told:
    words_of = _words(one, known)
    because = say("imports", f"why_{why}", printed=one.origin.printed or say("imports", "blank_printed"), **telling)
    return Told("refused", one.place, say("imports", "not_taken", **words_of, why=because))


def _words(one: CellNow, known: _Known) -> dict[str, str]:
    """Which figure it is, and its old and new content, as officials call them."""
    origin = one.origin
    report = known.reports.get(origin.report_id)
    line, column = _labels(report, origin)
    blank = say("imports", "blank_cell")
    return {
        "report": _report(report) or origin.source,
        "table": words("codes")[origin.table].split()[0],
        "line": line,
        "column": column,
        "old": blank if origin.value is None else format(Decimal(repr(origin.value)), "f"),
        "new": blank if one.number is None else format(one.number, "f"),
    }


def _labels(report: Mapping[Any, Any] | None, origin: Origin) -> tuple[str, str]:
    """The labels of a figure's line and column; of a report that is there no more those of a form that has both."""
    codes = [form.code for form in forms()] if report is None else [str(report["form"])]
    found = [figure_labels(code, origin.table, origin.line, origin.column) for code in codes]
    return next((own for own in found if not {origin.line, origin.column} & {*own}), found[0])


def _report(report: Mapping[Any, Any] | None) -> str:
    if report is None or pd.isna(report["township"]) or pd.isna(report["year"]):
        return ""
    return f"{report['township']}{report['year']}"
