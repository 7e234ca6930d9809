"""Rows of the `findings` table: ids that stay the same, messages filled in, a fixed order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from govinfo.definitions.labels import column_spot, line_spot
from govinfo.definitions.rules import Said, rule_book, rules
from govinfo.errors import DefinitionError
from govinfo.tables import FIGURE_KEYS, LISTED, Tables, typed

_PLACE = ("province", "city", "county", "township")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """The report that findings speak of. `key` is its place and year, or its hash where they are unknown."""

    report_id: str
    key: str
    rank: int
    form: str
    level: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """Where in a report a finding stands: codes of the contract, null where the rule has none."""

    table: str
    line: str | None = None
    column: str | None = None
    locator: str | None = None


def subjects(tables: Tables) -> Mapping[str, Subject]:
    """The reports by `report_id`, in the order of places and years."""
    order = [*_PLACE, "year", "report_id"]
    found = {}
    reports = tables.reports.sort_values(order, na_position="last", kind="stable")
    for rank, record in enumerate(reports.to_dict("records")):
        year = _plain(record["year"])
        subject = Subject(
            report_id=record["report_id"],
            key=_key(record),
            rank=rank,
            form=_plain(record["form"]) or "none",
            level=_plain(record["level"]) or "unknown",
            year=None if year is None else int(year),
        )
        found[subject.report_id] = subject
    return found


def _key(record: Mapping[Any, Any]) -> str:
    """Place and year; the hash of the bytes where they do not tell this report from others.

    So where they are unknown or another report stands for them; of a township whose county is unknown there may be
    namesakes (a city without counties has codes for its townships), and of its departments there may be several.
    """
    place = [_plain(record[name]) or "" for name in _PLACE]
    year, counted = _plain(record["year"]), _plain(record["counted"])
    known = bool(place[-1]) and (bool(place[-2]) or _plain(record["division_code"]) is not None)
    if known and year is not None and counted is not False and _plain(record["level"]) != "department":
        return "/".join((*place, str(year)))
    return str(_plain(record["sha256"]) or record["report_id"])


def make(
    subject: Subject,
    rule: str,
    case: str,
    spoken: Spoken,
    *,
    expected: Any = None,
    found: Any = None,
    about: str = "",
    **figures: Any,
) -> Row:
    """One row of `findings`.

    `case` says which of the rule's messages it is; `expected` and `found` are kept as text, null where the
    rule has none; `about` tells two findings of one rule at one place apart (the label of an unknown line);
    `figures` are what the message names beside {table}, {line} and {column}.

    Raises
    ------
    DefinitionError
        A form has an equation, or a check speaks, of a rule that `rules.yaml` does not have.
    """
    if rule not in rules():
        raise DefinitionError("rules.yaml", None, f"no rule `{rule}`", "each rule that a form or a check names")
    defined = rules()[rule]
    line, column = spoken.line, spoken.column
    names = {
        "table": rule_book().tables[spoken.table],
        "line": _called(line, line_spot(subject.form, spoken.table, line).label if line else None),
        "column": _called(column, column_spot(subject.form, spoken.table, column).label if column else None),
    }
    message = defined.messages[case].fill(**(names | figures))
    parts = (rule, subject.key, spoken.table, line or "", column or "", about)
    return {
        "finding_id": hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16],
        "report_id": subject.report_id,
        "rule": rule,
        "severity": defined.severity,
        "table": spoken.table,
        "line": line,
        "column": None if spoken.table == LISTED else column,
        "expected": None if expected is None else number_text(expected),
        "found": None if found is None else number_text(found),
        "message": message.zh,
        "message_en": message.en,
        "locator": spoken.locator,
    }


def assemble(rows: Iterable[Row], reports: Mapping[str, Subject]) -> pd.DataFrame:
    """The rows as the typed frame `findings`: by report, then rule, then the order of the form."""
    rule_rank = {code: rank for rank, code in enumerate(rules())}
    table_rank = {name: rank for rank, name in enumerate(FIGURE_KEYS)}

    def order(row: Row) -> tuple[int | str, ...]:
        subject, table = reports[row["report_id"]], row["table"]
        line = line_spot(subject.form, table, row["line"]).rank if row["line"] else -1
        column = column_spot(subject.form, table, row["column"]).rank if row["column"] else -1
        place = (subject.rank, rule_rank[row["rule"]], table_rank.get(table, len(table_rank)), line, column)
        return (*place, str(row["finding_id"]))

    ordered = sorted(rows, key=order)
    return typed("findings", ordered)


def number_text(value: Any) -> str:
    """`value` as text: whole numbers without a decimal point, others as short as they are exact."""
    if isinstance(value, str):
        return value
    number = float(value)
    return str(int(number)) if number.is_integer() else repr(number)


def null_free(value: Any) -> str | None:
    """A cell of a string column as text, None where it is null."""
    return None if pd.isna(value) else str(value)


def _called(code: str | None, label: str | None) -> Said:
    """A line or column in messages: its printed label in Chinese, its code in English."""
    return Said(label or "", code or "")


def _plain(value: Any) -> Any:
    return None if pd.isna(value) else value
