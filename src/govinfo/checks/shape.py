"""Whether the tables, lines and cells that the form asks for are there, and no others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import pandas as pd

from govinfo.checks.findings import Row, Spoken, Subject, make, null_free
from govinfo.definitions.form import Form, forms
from govinfo.definitions.labels import column_spot, form_of, has_groups, line_spot, table_title
from govinfo.definitions.rules import Said, rule_book
from govinfo.tables import FIGURE_KEYS, Tables

# The tables have been asked for since the report on this year (Regulations of 2019, art. 50).
FIRST_YEAR = 2019
# So many cells are named in a message; the others are counted.
_NAMED = 3
# What the detail of a missing cell ends in where the file holds its line and does not show it.
_HIDDEN = "hidden"
# Figures of a line as printed are joined by this in the column `printed`.
SEPARATOR = " | "


def shape_findings(tables: Tables, reports: Mapping[str, Subject]) -> Iterator[Row]:
    """Findings of the rules `table.*`."""
    yield from _tables_missing(tables, reports)
    for table in FIGURE_KEYS:
        cells: pd.DataFrame = getattr(tables, table)
        yield from _cells_missing(table, cells, reports)
        yield from _misshapen(table, cells, reports)
    yield from _unknown(tables.unknown_lines, reports)


def _tables_missing(tables: Tables, reports: Mapping[str, Subject]) -> Iterator[Row]:
    """Tables of the report's form without any cell; for a report without tables those of its year's form."""
    there = {name: _reports_with(getattr(tables, name)) for name in FIGURE_KEYS}
    for subject in reports.values():
        form = form_of(subject.form) or _form_of_year(subject.year)
        if form is None or not _asks_for_tables(form, subject.year):
            continue
        case = "lost" if form.code == subject.form else "no_tables"
        for table in form.tables:
            if subject.report_id not in there[table.name]:
                yield make(
                    subject,
                    "table.missing",
                    case,
                    Spoken(table.name),
                    expected=table.size,
                    found=0,
                    title=table_title(table),
                    cells=table.size,
                    year=subject.year,
                )


def _reports_with(cells: pd.DataFrame) -> set[str]:
    return set(cells.loc[cells["status"] != "missing", "report_id"])


def _asks_for_tables(form: Form, year: int | None) -> bool:
    return (form.years[0] or 0) >= FIRST_YEAR and (year is None or year >= FIRST_YEAR)


def _form_of_year(year: int | None) -> Form | None:
    if year is None:
        return None
    return next((form for form in forms() if form.covers(year)), None)


def _cells_missing(table: str, cells: pd.DataFrame, reports: Mapping[str, Subject]) -> Iterator[Row]:
    """Once for each table that is there and lacks cells."""
    lacking = set(cells.loc[cells["status"] == "missing", "report_id"]) & _reports_with(cells)
    for report_id, own in cells[cells["report_id"].isin(lacking)].groupby("report_id"):
        subject = reports[str(report_id)]
        lost = own[own["status"] == "missing"]
        found = own[own["status"] != "missing"]
        hidden = int(lost["status_detail"].str.endswith(_HIDDEN).sum())
        spoken = Spoken(table, locator=null_free(found["locator"].iloc[0]))
        yield make(
            subject,
            "table.cells_missing",
            "hidden" if hidden else "incomplete",
            spoken,
            expected=len(own),
            found=len(found),
            cells=len(own),
            missing=len(lost),
            hidden=hidden,
            named=_named(subject, table, lost),
        )


def _named(subject: Subject, table: str, cells: pd.DataFrame) -> Said:
    """The first few cells by line and column, and how many more there are."""
    line, column = FIGURE_KEYS[table]
    both = list(zip(cells[line], cells[column], strict=True))
    zh = [
        f"{line_spot(subject.form, table, code).label}-{column_spot(subject.form, table, head).label}"
        for code, head in both[:_NAMED]
    ]
    en = [f"{code} {head}" for code, head in both[:_NAMED]]
    words = rule_book().formula["and"]
    more = "" if len(both) <= _NAMED else " …"
    return Said(words.zh.join(zh) + more, words.en.join(en) + more)


def printed_lines(
    table: str, cells: pd.DataFrame, reports: Mapping[str, Subject]
) -> Iterator[tuple[Subject, str | None, pd.DataFrame]]:
    """The printed lines: the report, the line's code (None where the table is one line), its cells."""
    line = FIGURE_KEYS[table][0]
    for report_id, own in cells.groupby("report_id", sort=False):
        subject = reports[str(report_id)]
        if has_groups(subject.form, table):
            yield subject, None, own
        else:
            for code, row in own.groupby(line, sort=False):
                yield subject, str(code), row


def line_width(subject: Subject, table: str, row: pd.DataFrame) -> int:
    """How many figures the form has on the line of these cells."""
    return line_spot(subject.form, table, str(row[FIGURE_KEYS[table][0]].iloc[0])).width or len(row)


def _misshapen(table: str, cells: pd.DataFrame, reports: Mapping[str, Subject]) -> Iterator[Row]:
    """Once for each line that prints more or fewer figures than the form has columns."""
    for subject, code, row in printed_lines(table, cells[cells["printed"].notna()], reports):
        printed = str(row["printed"].iloc[0])
        count, width = len(printed.split(SEPARATOR)), line_width(subject, table, row)
        if count == width:
            continue
        statuses = Counter(row["status"])
        part = "line" if code else "table"
        yield make(
            subject,
            "table.shape",
            f"{part}_open" if statuses["ambiguous"] else f"{part}_repaired",
            Spoken(table, code, locator=null_free(row["locator"].iloc[0])),
            expected=width,
            found=count,
            count=count,
            width=width,
            printed=printed,
            repaired=statuses["repaired"],
            ambiguous=statuses["ambiguous"],
        )


def _unknown(lines: pd.DataFrame, reports: Mapping[str, Subject]) -> Iterator[Row]:
    """Once for each line with figures that the form does not have."""
    seen: Counter[tuple[str, ...]] = Counter()
    for record in lines.to_dict("records"):
        label, printed = null_free(record["label"]) or "", null_free(record["printed"]) or ""
        same = (record["report_id"], record["table"], label, printed)
        seen[same] += 1
        yield make(
            reports[record["report_id"]],
            "table.unknown_line",
            "line" if label else "no_label",
            Spoken(record["table"], locator=null_free(record["locator"])),
            found=printed,
            about=SEPARATOR.join((label, printed, str(seen[same]))),
            label=label,
            printed=printed,
        )
