"""Remarks on findings that officials wrote into a workbook or a list come into the register of remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from govinfo.build.imports.register import RegisterFile, open_register_file, write_register
from govinfo.build.imports.remark_list import ListRow, list_rows, remark_of
from govinfo.build.imports.told import Imported, Told
from govinfo.build.registers.remarks import COLUMNS, Remark, read_remarks, same_figures
from govinfo.definitions.wording import say, words
from govinfo.sheet_text import harmless
from govinfo.tables import Tables
from govinfo.workbook.style import clean_text

_MOST_TITLE = 48


def import_remarks(
    path: Path, tables: Tables, register: Path, *, by: str = "", on: date | None = None, dry_run: bool = False
) -> Imported:
    """Bring the remarks of a filled-in list into the register; what is said of each of its lines.

    A line is known by its finding's id, wherever it stands. Lines without a status and a remark say nothing, and
    nothing is ever taken out of the register: of two remarks on a finding the one with the later day stands.

    Parameters
    ----------
    path : a workbook of govinfo, or the list that `govinfo check -o` wrote (.xlsx, .csv), filled in.
    tables : with the findings of today; a remark on another finding that is not in the register is refused.
    register : remarks.csv; made where there is none.
    by, on : who and when, for lines that do not say so.
    dry_run : write nothing.

    Raises
    ------
    RegisterError
        The list or the register cannot be read, or the list has no columns for remarks.
    """
    file = open_register_file(register, COLUMNS, COLUMNS[:-1])
    known = {one.finding_id: one for one in read_remarks(register)} if register.exists() else {}
    titles = _titles(tables)
    messages: dict[str, str] = dict(zip(tables.findings["finding_id"], tables.findings["message"], strict=True))
    told, found, silent = _read(path, {*messages, *known}, set(known), lambda row: remark_of(row, titles, by, on))
    changed: dict[int, dict[str, str]] = {}
    added: list[dict[str, str]] = []
    for finding_id, own in found.items():
        outcome, write = _merge(own, known.get(finding_id), messages.get(finding_id), titles)
        told += outcome
        if write is not None and finding_id in known:
            changed[known[finding_id].line] = _cells(file, write)
        elif write is not None:
            added.append(_cells(file, write))
    told += _blank(set(known) - set(found) - silent, path)
    wrote = False if dry_run else write_register(file, changed, added)
    return Imported(tuple(told), wrote)


def _read(
    path: Path, findings: set[str], known: set[str], remark_of_row: Callable[[ListRow], Remark | Told]
) -> tuple[list[Told], dict[str, list[tuple[Remark, str]]], set[str]]:
    """What is said of lines that are no remarks, the remarks with their places, and the ids of outdated ones."""
    outdated = (words("codes")["remark_outdated"], "outdated")
    told: list[Told] = []
    found: dict[str, list[tuple[Remark, str]]] = {}
    silent: set[str] = set()
    for row in list_rows(path):
        if not row["status"].text and not row["remark"].text:
            continue
        if row["status"].text.lower() in outdated and row["finding_id"].text.lower() in known:
            # as it was written, of other figures than today's: nobody has said anything of these yet
            silent.add(row["finding_id"].text.lower())
            told.append(Told("unchanged", row.place("status"), ""))
            continue
        one = remark_of_row(row)
        if isinstance(one, Told):
            told.append(one)
        elif one.finding_id not in findings:
            told.append(Told("refused", row.place("finding_id"), say("imports", "id_unknown", found=one.finding_id)))
        else:
            found.setdefault(one.finding_id, []).append((one, row.place("status")))
    return told, found, silent


def _merge(
    own: Sequence[tuple[Remark, str]], old: Remark | None, message: str | None, titles: Mapping[str, str]
) -> tuple[list[Told], Remark | None]:
    """What is said of the lines with one finding's id, and the remark to write, None for none."""
    (one, place), *others = own
    if any(_said(other) != _said(one) for other, _ in others):
        return list(_twice(one.finding_id, [where for _, where in own])), None
    finding = titles.get(one.finding_id, one.finding_id)
    new = {"finding": finding, **_words(one)}
    # what it was said of: the finding as the list has it, else as it is today
    seen = replace(one, message=one.message or message or (old.message if old else ""))
    if old is None:
        return [Told("new", place, say("imports", "remark", **new))], seen
    was = {"finding": finding, **_words(old)}
    if _said(one) == _said(old):
        again = old.message and message and not same_figures(old.message, message)
        if again and same_figures(seen.message, message or ""):
            # it is said anew, of the figures of today
            return [Told("changed", place, say("imports", "remark", **new))], seen
        return [Told("unchanged", place, "")], None
    if one.when < old.when:
        return [Told("refused", place, say("imports", "older", **was))], None
    if one.when == old.when and _as_held(one.who) != _as_held(old.who):
        return [Told("refused", place, say("imports", "same_day", **was))], None
    told = say("imports", "remark_changed", **new, **{f"old_{name}": word for name, word in _words(old).items()})
    return [Told("changed", place, told)], seen


def _twice(finding_id: str, places: Sequence[str]) -> Iterator[Told]:
    for place in places:
        others = words("registers")["join"].join(other for other in places if other != place)
        yield Told("refused", place, say("imports", "id_twice", found=finding_id, other=others))


def _said(one: Remark) -> tuple[str, str, str, date]:
    """What a remark says, as a sheet can hold it and the register writes it."""
    return one.status, _as_held(one.remark), _as_held(one.who), one.when


def _as_held(text: str) -> str:
    # blanks may come to stand at an end only when characters that no sheet can hold are gone
    return harmless(clean_text(text).strip())


def _words(one: Remark) -> dict[str, str]:
    status = words("codes")[f"remark_{one.status}"]
    return {"status": status, "remark": one.remark, "who": one.who, "when": one.when.isoformat()}


def _cells(file: RegisterFile, one: Remark) -> dict[str, str]:
    """The cells of the register's line; its status in the language of the head."""
    in_code = "finding_id" in file.lines[file.head_line - 1]
    status = one.status if in_code else words("codes")[f"remark_{one.status}"]
    texts = (
        one.finding_id,
        status,
        harmless(one.remark),
        harmless(one.who),
        one.when.isoformat(),
        harmless(one.message),
    )
    return dict(zip(COLUMNS, texts, strict=True))


def _blank(unsaid: set[str], path: Path) -> Iterator[Told]:
    """That remarks of the register of which the list says nothing stay."""
    if unsaid:
        yield Told("kept", path.name, say("imports", "blank_kept", n=len(unsaid)))


def _titles(tables: Tables) -> dict[str, str]:
    """How each finding is called: township, year, and what it says, cut."""
    reports = tables.reports.set_index("report_id")[["township", "year"]]
    joined = tables.findings[["finding_id", "report_id", "message"]].join(reports, on="report_id")
    return {
        row["finding_id"]: _title(row["township"], row["year"], str(row["message"]))
        for row in joined.to_dict("records")
    }


def _title(township: Any, year: Any, message: str) -> str:
    place = "" if pd.isna(township) else f"{township} "
    when = "" if pd.isna(year) else f"{year} "
    return f"{place}{when}{message[:_MOST_TITLE]}{'…' if len(message) > _MOST_TITLE else ''}"
