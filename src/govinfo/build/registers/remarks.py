"""The register of what officials said of findings: read, and joined to the findings; written by `imports/` alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from govinfo.build.registers.entries import Entry, broken, day, needed, read_register
from govinfo.definitions.wording import words
from govinfo.errors import RegisterError
from govinfo.tables import Tables, typed

REMARKS = "remarks.csv"
STATUSES = ("confirmed", "dismissed", "fixed")
COLUMNS = ("finding_id", "status", "remark", "who", "when", "message")
FINDING_ID = re.compile(r"[0-9a-f]{16}")
_FIGURES = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of the register. `message`, where it has one, is the finding as it was when the remark was made.

    `line` is where it stands in the register, 0 where it stands in none.
    """

    finding_id: str
    status: str
    remark: str
    who: str
    when: date
    message: str = ""
    line: int = 0


def read_remarks(path: Path) -> tuple[Remark, ...]:
    """The remarks of a register.

    The file is UTF-8 CSV with the columns finding_id, status (confirmed, dismissed or fixed), remark, who and when,
    and if wanted message. So the list that `govinfo check -o` writes can be filled in and saved as it: its lines
    without a status and a remark are left out.

    Raises
    ------
    RegisterError
        It cannot be read, a finding stands twice, or a line lacks its status, who or when; the message names the line.
    """
    found: dict[str, int] = {}
    remarks = []
    for entry in read_register(path, COLUMNS, COLUMNS[:-1]):
        if not entry["status"] and not entry["remark"]:
            continue
        one = _remark(entry)
        first = found.setdefault(one.finding_id, entry.line)
        if first != entry.line:
            to_do = "make one line of the two"
            text = f"finding {one.finding_id} a second time, after line {first}"
            raise RegisterError(f"{path}:{entry.line}", text, "each finding once", to_do)
        remarks.append(one)
    return tuple(remarks)


def join_remarks(tables: Tables, remarks: Sequence[Remark], *, whole: bool = True) -> Tables:
    """The same tables with the remarks beside their findings, and the table `remarks`, which says what became of each.

    `findings.remark_status` is the remark's status, or `outdated` where the remark was made of a message with other
    figures: it then counts for nothing. A remark whose finding is there no more is kept in `remarks` (`gone`).

    Parameters
    ----------
    whole : whether `tables` hold all reports of the folder; if not, remarks on findings of others are left out.
    """
    if not remarks and tables.remarks.empty:
        return tables
    findings = tables.findings
    said = dict(zip(findings["finding_id"], zip(findings["message"], findings["message_en"], strict=True), strict=True))
    rows = [row for row in _rows(remarks, said) if whole or row["state"] != "gone"]
    by_id = {row["finding_id"]: row for row in rows}
    state = {name: row["status"] if row["state"] == "joined" else row["state"] for name, row in by_id.items()}
    columns: dict[str, dict[str, Any]] = {"remark_status": state}
    for column, name in (("remark", "remark"), ("remark_by", "who"), ("remark_on", "when")):
        columns[column] = {key: row[name] for key, row in by_id.items()}
    joined = findings.copy()
    for column, told in columns.items():
        joined[column] = [told.get(key) for key in findings["finding_id"]]
    return replace(tables, findings=typed("findings", joined), remarks=typed("remarks", rows))


def status_codes() -> dict[str, str]:
    """What may stand for a status, in Chinese or as its code, to its code."""
    said = words("codes")
    return {said[f"remark_{code}"]: code for code in STATUSES} | {code: code for code in STATUSES}


def same_figures(one: str, other: str) -> bool:
    """Whether two messages of a finding tell the same figures."""
    return _figures(one) == _figures(other)


def _remark(entry: Entry) -> Remark:
    if not FINDING_ID.fullmatch(entry["finding_id"]):
        expected = "16 digits and letters a to f (a spreadsheet may have made a number of it: look in the list again)"
        raise broken(entry.path, entry.line, f"finding_id {entry['finding_id']!r}", expected)
    codes = status_codes()
    status = codes.get(needed(entry, "status", f"one of {', '.join(codes)}").lower())
    if status is None:
        raise broken(entry.path, entry.line, f"status {entry['status']!r}", f"one of {', '.join(codes)}")
    return Remark(
        entry["finding_id"],
        status,
        entry["remark"],
        needed(entry, "who", "who says so"),
        day(entry, "when"),
        entry["message"],
        entry.line,
    )


def _rows(remarks: Sequence[Remark], said: dict[str, tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """The rows of the table `remarks`, in the order of the register."""
    for one in remarks:
        messages = said.get(one.finding_id)
        if messages is None:
            state = "gone"
        elif one.message and not any(same_figures(one.message, message) for message in messages):
            state = "outdated"
        else:
            state = "joined"
        yield {
            "finding_id": one.finding_id,
            "status": one.status,
            "remark": one.remark or None,
            "who": one.who,
            "when": one.when,
            "message": one.message or None,
            "state": state,
        }


def _figures(message: str) -> list[str]:
    return [] if pd.isna(message) else _FIGURES.findall(message)
