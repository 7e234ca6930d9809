"""The register of known misprints: read, and applied to the tables while the source still prints what it says."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from govinfo.build.registers.entries import Entry, broken, day, needed, read_register
from govinfo.definitions.labels import Spot, column_spot, form_of, line_spot
from govinfo.definitions.wording import words
from govinfo.errors import RegisterError
from govinfo.tables import CORRECTED, FIGURE_KEYS, LISTED, Tables, as_printed, typed
from govinfo.text import fold_width, squeeze

CORRECTIONS = "corrections.csv"
COLUMNS = (
    *("source", "sha256", "table", "line", "column", "as_printed", "corrected", "reason"),
    *("decided_by", "decided_on"),
)
REQUIRED = tuple(name for name in COLUMNS if name not in ("source", "sha256", "column", "as_printed"))
# so many digits of the hash are a report's id, and enough to name it
_ID_LENGTH = 16
_HASH = re.compile(rf"[0-9a-f]{{{_ID_LENGTH},64}}")
NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,10})?")
# statuses of figures that were read from the cell itself; any other becomes `read` when a person has read the cell
_READ = ("read", "aligned")
_BETWEEN_FIGURES = re.compile(r"[|\s]+")


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the register. `sha256` is the hash of the file's bytes or its first 16 digits, or empty."""

    entry: Entry
    source: str
    sha256: str
    table: str
    line: str
    column: str
    as_printed: str
    corrected: Decimal
    reason: str
    decided_by: str
    decided_on: date


class _Key(NamedTuple):
    """Where a figure stands in its table: its row, its line and its column."""

    row: int
    line: str
    column: str


@dataclass(frozen=True, slots=True)
class _Cell:
    """A figure that a correction names: its row in its table, and what stands there."""

    row: int
    line: str
    column: str
    record: Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a correction; `cell` is None where there is none, `report_id` where there is no report."""

    correction: Correction
    state: str
    report_id: str | None = None
    cell: _Cell | None = None


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections of a register.

    The file is UTF-8 CSV with the columns source, sha256, table, line, column, as_printed, corrected, reason,
    decided_by and decided_on. A report is named by `sha256` (whole, or its `report_id`), so that the correction
    survives a new name and expires with new bytes; with a blank one by `source`, its path in the folder of reports.
    `table`, `line` and `column` are codes of the data contract or printed labels; `corrected` is a number in the unit
    of the data contract.

    Raises
    ------
    RegisterError
        It cannot be read, or a line lacks who, when or why, names no report, table or line, or gives no number; the
        message names the line.
    """
    return tuple(_correction(entry) for entry in read_register(path, COLUMNS, REQUIRED))


def apply_corrections(
    tables: Tables, corrections: Sequence[Correction], *, below: str = "", whole: bool = True
) -> Tables:
    """The same tables with the corrections in them, and the table `corrections`, which says what became of each.

    A corrected cell has another `value`, a `status_detail` that says what is printed and who decided, and the status
    `read` unless it was read or aligned; `raw` stays. Nothing is corrected where the file's bytes are not those that
    the register names (`changed`), where the cell no longer prints `as_printed` (`other`, or `right` where it prints
    the corrected number), or where the form has no such cell (`no_cell`); `no_report` is not among the reports.

    Parameters
    ----------
    below : what stands before a source in the register's paths, e.g. `2021/`.
    whole : whether `tables` hold all reports of the folder; if not, a correction of another report says nothing.

    Raises
    ------
    RegisterError
        Two lines correct one cell, or a corrected number cannot be a figure of its cell.
    """
    if not corrections:
        return tables
    judged = [one for one in judge(tables, corrections, below) if whole or one.state != "no_report"]
    _check_unlike(judged)
    frames: dict[str, pd.DataFrame] = {"corrections": typed("corrections", map(_row, judged))}
    for table in FIGURE_KEYS:
        own = [one for one in judged if one.state == "applied" and one.correction.table == table]
        if own:
            frames[table] = _changed(getattr(tables, table), own)
    return replace(tables, **frames)


def _correction(entry: Entry) -> Correction:
    source, sha256 = entry["source"].replace("\\", "/"), entry["sha256"].lower()
    if sha256 and not _HASH.fullmatch(sha256):
        expected = f"the 64 hexadecimal digits of the file's SHA-256, or the {_ID_LENGTH} of its report_id"
        raise broken(entry.path, entry.line, f"sha256 {entry['sha256']}", expected)
    if not source and not sha256:
        raise broken(entry.path, entry.line, "neither sha256 nor source", "one of them, so that the report is known")
    corrected = fold_width(needed(entry, "corrected", "the number that should stand there")).replace(",", "")
    if not NUMBER.fullmatch(corrected):
        raise broken(entry.path, entry.line, f"corrected {entry['corrected']!r}", "a number without words or unit")
    table = _table(entry)
    return Correction(
        entry,
        source,
        sha256,
        table,
        needed(entry, "line", "the line's code or printed label"),
        entry["column"] if table == LISTED else needed(entry, "column", "the column's code or printed label"),
        entry["as_printed"],
        Decimal(corrected),
        needed(entry, "reason", "why it is a misprint"),
        needed(entry, "decided_by", "who decided it"),
        day(entry, "decided_on"),
    )


def _table(entry: Entry) -> str:
    said = needed(entry, "table", "one of " + ", ".join(FIGURE_KEYS))
    titles = {code: words("codes")[code] for code in FIGURE_KEYS}
    for code, title in titles.items():
        if said in (code, title, title.split()[0]):
            return code
    raise broken(entry.path, entry.line, f"table {said}", "one of " + ", ".join(FIGURE_KEYS))


def judge(tables: Tables, corrections: Sequence[Correction], below: str = "") -> Iterator[Judged]:
    """What becomes of each correction, in their order; see `apply_corrections` for the states.

    Raises
    ------
    RegisterError
        A corrected number cannot be a figure of its cell.
    """
    asked = list(zip(corrections, _reports_of(tables, corrections, below), strict=True))
    ids = {report_id for _, (report_id, _) in asked if report_id is not None}
    forms = dict(zip(tables.reports["report_id"], tables.reports["form"].astype(str), strict=True))
    keys = {name: _keys(name, getattr(tables, name), ids) for name in dict.fromkeys(one.table for one in corrections)}
    for one, (report_id, same_bytes) in asked:
        if report_id is None:
            yield Judged(one, "no_report")
            continue
        key = _named(keys[one.table].get(report_id, []), forms[report_id], one)
        cell = None if key is None else _cell(getattr(tables, one.table), key)
        if not same_bytes:
            yield Judged(one, "changed", report_id, cell)
        elif cell is None:
            yield Judged(one, "no_cell", report_id)
        else:
            _check_number(one, forms[report_id], cell)
            yield Judged(one, _state(one, cell), report_id, cell)


def _reports_of(tables: Tables, corrections: Sequence[Correction], below: str) -> Iterator[tuple[str | None, bool]]:
    """The report of each correction, None where it is not there, and whether its bytes are those of the register."""
    by_hash: dict[str, tuple[str, str]] = {}
    by_source: dict[str, str] = {}
    names = ("report_id", "source", "sha256")
    for report_id, source, sha256 in zip(*(tables.reports[name] for name in names), strict=True):
        by_hash[str(sha256)[:_ID_LENGTH]] = (report_id, str(sha256))
        by_source[f"{below}{source}"] = report_id
    copies = tables.rejects[tables.rejects["reason"] == "duplicate_file"]
    for source, sha256 in zip(copies["source"], copies["sha256"], strict=True):
        if str(sha256)[:_ID_LENGTH] in by_hash:
            by_source[f"{below}{source}"] = by_hash[str(sha256)[:_ID_LENGTH]][0]
    for one in corrections:
        report_id, sha256 = by_hash.get(one.sha256[:_ID_LENGTH], (None, ""))
        same = report_id is not None and sha256.startswith(one.sha256)
        yield (report_id, True) if same else (by_source.get(one.source), not one.sha256)


def _keys(table: str, frame: pd.DataFrame, ids: Collection[str]) -> Mapping[str, list[_Key]]:
    """Where the cells of these reports stand: row, line and column of each."""
    line, column = FIGURE_KEYS[table]
    rows = frame["report_id"].isin(ids).to_numpy(dtype=bool).nonzero()[0]
    found: dict[str, list[_Key]] = {}
    columns = (frame[name].iloc[rows].to_list() for name in ("report_id", line, column))
    for row, report_id, own_line, own_column in zip(rows.tolist(), *columns, strict=True):
        found.setdefault(report_id, []).append(_Key(row, str(own_line), str(own_column)))
    return found


def _cell(frame: pd.DataFrame, key: _Key) -> _Cell:
    return _Cell(*key, frame.iloc[key.row : key.row + 1].to_dict("records")[0])


def _named(own: Sequence[_Key], form: str, one: Correction) -> _Key | None:
    """The cell of one report's table that a correction names, by codes or by labels that only one of them has."""
    lines = dict.fromkeys(cell.line for cell in own)
    line = _code(one.line, {code: line_spot(form, one.table, code) for code in lines})
    fitting = [cell for cell in own if cell.line == line]
    if one.table != LISTED or one.column:
        columns = dict.fromkeys(cell.column for cell in fitting)
        column = _code(one.column, {code: column_spot(form, one.table, code) for code in columns})
        fitting = [cell for cell in fitting if cell.column == column]
    return fitting[0] if len(fitting) == 1 else None


def _code(said: str, spots: Mapping[str, Spot]) -> str | None:
    if said in spots:
        return said
    wanted = squeeze(said)
    fitting = [
        code
        for code, spot in spots.items()
        if wanted and wanted in (squeeze(spot.label), squeeze(spot.plain), squeeze(spot.short))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _state(one: Correction, cell: _Cell) -> str:
    printed = as_printed(cell.record)
    if prints_same(printed, one.as_printed):
        return "applied"
    return "right" if prints_same(printed, str(one.corrected)) else "other"


def prints_same(printed: str, said: str) -> bool:
    """Whether a register says what is printed: widths and blanks aside; spreadsheets drop commas and zeros of numbers.

    A register may have an apostrophe before a text that a spreadsheet would take for a formula.
    """
    first, *seconds = (_BETWEEN_FIGURES.sub("|", fold_width(text).strip()) for text in (printed, said, said[1:]))
    if first == seconds[0] or (said.startswith("'") and first == seconds[1]):
        return True
    try:
        return Decimal(first.replace(",", "")) == Decimal(seconds[0].replace(",", ""))
    except InvalidOperation:
        return False


def misfit(form: str, table: str, line: str, column: str, number: Decimal) -> str | None:
    """Why a number cannot be a figure of a cell: `whole` (it is a fraction), `below` (it is negative); else None."""
    sheet = form_of(form)
    printed = None if sheet is None else sheet.table(table)
    for block in () if printed is None else printed.blocks:
        for own in block.lines:
            for head in block.columns:
                if (head.group or own.code, column if table == LISTED else head.code) != (line, column):
                    continue
                if head.number != "amount" and number != number.to_integral_value():
                    return "whole"
                if head.number != "change" and number < 0:
                    return "below"
    return None


def _check_number(one: Correction, form: str, cell: _Cell) -> None:
    """Raise where the corrected number cannot be a figure of that cell: a half request, a negative amount."""
    why = misfit(form, one.table, cell.line, cell.column, one.corrected)
    if why is not None:
        expected = {"whole": "a whole number", "below": "a number that is not below 0"}[why]
        raise broken(one.entry.path, one.entry.line, f"corrected {one.corrected}", expected)


def _check_unlike(judged: Sequence[Judged]) -> None:
    seen: dict[tuple[str | None, str, int], Entry] = {}
    for one in judged:
        if one.cell is None:
            continue
        entry = one.correction.entry
        first = seen.setdefault((one.report_id, one.correction.table, one.cell.row), entry)
        if first is not entry:
            found = f"a second correction of the cell that line {first.line} corrects"
            to_do = "leave one of the two lines in the file"
            raise RegisterError(f"{entry.path}:{entry.line}", found, "one correction for each cell", to_do)


def _changed(frame: pd.DataFrame, applied: Sequence[Judged]) -> pd.DataFrame:
    """The table with the corrected figures in it."""
    pairs = [(one.correction, one.cell) for one in applied if one.cell is not None]
    changes = [_changes(one, cell) for one, cell in pairs]
    rows = [cell.row for _, cell in pairs]
    frame = frame.copy()
    for name in ("value", "status", "status_detail"):
        frame.loc[frame.index[rows], name] = [change[name] for change in changes]
    return frame


def _changes(one: Correction, cell: _Cell) -> dict[str, Any]:
    """The columns of the cell's row that change."""
    record = cell.record
    was = str(record["status"])
    parts = [
        f"{CORRECTED}: {as_printed(record) or 'nothing'} is printed",
        f"{one.reason} ({one.decided_by}, {one.decided_on.isoformat()})",
        *([] if was in _READ else [f"was {was}"]),
        *([] if pd.isna(record["status_detail"]) else [str(record["status_detail"])]),
    ]
    whole = one.table in ("requests", "disputes")
    return {
        "value": int(one.corrected) if whole else float(one.corrected),
        "status": was if was in _READ else "read",
        "status_detail": "; ".join(parts),
    }


def _row(one: Judged) -> dict[str, Any]:
    """A row of the table `corrections`."""
    said, cell = one.correction, one.cell
    return {
        "source": said.source or None,
        "sha256": said.sha256 or None,
        "table": said.table,
        "line": cell.line if cell else said.line,
        "column": cell.column if cell else said.column or None,
        "as_printed": said.as_printed or None,
        "corrected": str(said.corrected),
        "reason": said.reason,
        "decided_by": said.decided_by,
        "decided_on": said.decided_on,
        "report_id": one.report_id,
        "state": one.state,
        "printed": (as_printed(cell.record) or None) if cell else None,
        "locator": None if cell is None or pd.isna(cell.record["locator"]) else str(cell.record["locator"]),
    }
