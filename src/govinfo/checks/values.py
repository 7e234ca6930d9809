"""Whether what is printed in a cell can be the figure that the form asks for there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from govinfo.checks.findings import Row, Spoken, Subject, make, null_free, number_text
from govinfo.checks.shape import SEPARATOR, line_width, printed_lines
from govinfo.definitions.labels import column_spot, line_spot
from govinfo.definitions.reading import reading
from govinfo.definitions.rules import Said, rule_book
from govinfo.tables import FIGURE_KEYS, Tables
from govinfo.text import fold_width

# In 万元: no township collects or spends CNY 100 million under one head of table two.
IMPLAUSIBLE = 10_000
_SMALL = ("township", "unknown")
# Which rule an unreadable cell breaks, and which of its messages says so, by what stands there.
_UNREADABLE = {
    "negative": ("value.negative", "cell"),
    "fraction": ("value.fraction", "cell"),
    "no unit": ("value.unit", "no_unit"),
}


def value_findings(tables: Tables, reports: Mapping[str, Subject]) -> Iterator[Row]:
    """Findings of the rules `value.*`."""
    for table in FIGURE_KEYS:
        cells: pd.DataFrame = getattr(tables, table)
        yield from _ambiguous(table, cells, reports)
        yield from _unreadable(table, cells[cells["status"] == "unreadable"], reports)
        if "unit" in cells:
            yield from _implausible(table, cells, reports)


def _ambiguous(table: str, cells: pd.DataFrame, reports: Mapping[str, Subject]) -> Iterator[Row]:
    """Once for each line with figures that could not be placed."""
    for subject, code, row in printed_lines(table, cells[cells["status"] == "ambiguous"], reports):
        printed = row["printed"].dropna()
        # a line that fits but was recognised in a picture has its figures in the cells
        shown = str(printed.iloc[0]) if len(printed) else SEPARATOR.join(row["raw"].dropna())
        yield make(
            subject,
            "value.ambiguous",
            "line" if code else "table",
            Spoken(table, code, locator=null_free(row["locator"].iloc[0])),
            found=shown or None,
            ambiguous=len(row),
            named=_columns(subject, table, row, by_group=code is None),
            printed=shown,
            width=line_width(subject, table, row),
        )


def _columns(subject: Subject, table: str, row: pd.DataFrame, by_group: bool) -> Said:
    """The columns of these cells; for a table that is one line its groups."""
    line, column = FIGURE_KEYS[table]
    codes = list(dict.fromkeys(row[line if by_group else column]))
    words = rule_book().formula["and"]
    labels = dict.fromkeys(_called(subject, table, code, by_group) for code in codes)
    return Said(words.zh.join(labels), words.en.join(codes))


def _called(subject: Subject, table: str, code: str, by_group: bool) -> str:
    find = line_spot if by_group else column_spot
    return find(subject.form, table, code).label


def _unreadable(table: str, cells: pd.DataFrame, reports: Mapping[str, Subject]) -> Iterator[Row]:
    """Once for each cell in which something is printed that is no figure for it."""
    line, column = FIGURE_KEYS[table]
    reasons = rule_book().reasons
    for record in cells.to_dict("records"):
        detail = null_free(record["status_detail"]) or "words"
        rule, case = _UNREADABLE.get(detail, ("value.unreadable", "cell"))
        printed = null_free(record["raw"]) or ""
        yield make(
            reports[record["report_id"]],
            rule,
            case,
            Spoken(table, record[line], record[column], null_free(record["locator"])),
            found=printed,
            printed=printed,
            reason=reasons.get(detail, reasons["words"]),
        )


def _implausible(table: str, cells: pd.DataFrame, reports: Mapping[str, Subject]) -> Iterator[Row]:
    """Once for each amount too large for its head's unit, where the cell names no unit of its own."""
    line, column = FIGURE_KEYS[table]
    large = cells[
        cells["unit"].isin(("CNY_10k", reading().ten_thousand_yuan)) & (cells["value"] > IMPLAUSIBLE).fillna(False)
    ]
    for record in large.to_dict("records"):
        subject, printed = reports[record["report_id"]], null_free(record["raw"]) or ""
        if subject.level not in _SMALL or _names_unit(printed):
            continue
        yield make(
            subject,
            "value.unit",
            "implausible",
            Spoken(table, record[line], record[column], null_free(record["locator"])),
            found=printed,
            value=number_text(record["value"]),
            printed=printed,
            limit=IMPLAUSIBLE,
        )


def _names_unit(printed: str) -> bool:
    folded = fold_width(printed)
    return any(unit in folded for unit in reading().money)
