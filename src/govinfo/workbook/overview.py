"""The overview: a row per township, a column per year, a mark for what the checks found in each report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from govinfo.definitions.wording import say, words
from govinfo.questions.quality.review_marks import GREEN, RED, YELLOW, review_marks
from govinfo.tables import FIGURE_KEYS, Tables
from govinfo.workbook.pages import Drawing, Edition, Page
from govinfo.workbook.place_links import link_reports
from govinfo.workbook.sheets import Entry, Head, Sheet, fill_sheet, first_row

_SECTION = "sheet_overview"
# the named style of each mark
_STYLES = {RED: "error", YELLOW: "warning", GREEN: "clean"}
_NO_YEAR = -1
_WITHOUT_TABLES = "narrative_only"
Record = Mapping[Any, Any]


def overview_page(edition: Edition) -> Sequence[Page]:
    """The page of the sheet 总览; the name of a township with a sheet of its own is a link to it."""
    marks = _with_rows(review_marks(edition.tables))
    marks = marks.assign(gaps=marks["report_id"].map(_without_number(edition.tables)).fillna(0))
    sheet = _sheet(edition, marks)
    own = marks[marks["year"] == edition.year] if edition.year is not None else marks[:0]
    by_row = dict(zip(own["row"], own["report_id"], strict=True))
    linked = [by_row.get(records[0]["row"]) for records in _grouped(marks)]

    def draw(drawing: Drawing) -> None:
        fill_sheet(drawing.page, sheet, drawing.notice)
        top = first_row(sheet, drawing.notice)
        link_reports(drawing, ((row, 2, report_id) for row, report_id in enumerate(linked, start=top)))

    return (Page("overview", sheet.name, sheet.title, draw),)


def _without_number(tables: Tables) -> dict[str, int]:
    """How many cells of a report hold no number: no check speaks of blanks, and they are no zeros."""
    cells = pd.concat([getattr(tables, name)[["report_id", "value"]] for name in FIGURE_KEYS])
    return {str(name): int(n) for name, n in cells[cells["value"].isna()]["report_id"].value_counts().items()}


def _sheet(edition: Edition, marks: pd.DataFrame) -> Sheet:
    """The table. Only reports that count have a mark; those set aside as their doubles are named at the end."""
    years = sorted(year for year in marks["column"].unique() if year != _NO_YEAR)
    years += [_NO_YEAR] if (marks["column"] == _NO_YEAR).any() else []
    counts = {name: int((marks["mark"] == code).sum()) for name, code in zip(_NAMES, (RED, YELLOW, GREEN), strict=True)}
    source = {"findings": say("workbook", "sheet_findings"), "counted": edition.counted, "date": edition.date}
    remarks = [say(_SECTION, "unit"), say(_SECTION, "source", **source, **counts)]
    if marks["set_aside"].sum():
        remarks.append(say(_SECTION, "set_aside", n=int(marks["set_aside"].sum())))
    unplaced = int((marks[["area", "year"]].isna().any(axis=1) | _nameless(marks)).sum())
    if unplaced:
        remarks.append(say(_SECTION, "unplaced", n=unplaced))
    return Sheet(
        name=say("workbook", "sheet_overview"),
        title=say(_SECTION, "title"),
        remarks=tuple(remarks),
        heads=_heads(years),
        rows=tuple(_row(rows, years) for rows in _grouped(marks)),
        empty=say(_SECTION, "nothing"),
        frozen=2,
    )


_NAMES = ("red", "yellow", "green")


def _heads(years: Sequence[int]) -> tuple[Head, ...]:
    text = words(_SECTION)
    named = [text["no_year"] if year == _NO_YEAR else say(_SECTION, "head_year", year=year) for year in years]
    return (
        Head(words("table_heads")["county"], 14, 24),
        Head(say("workbook", "head_township"), 16, 30),
        *(Head(name, 12, 15) for name in named),
        Head(text["head_errors"], 8, 8),
        Head(text["head_warnings"], 8, 8),
        Head(text["head_others"], 22, 44),
    )


def _nameless(marks: pd.DataFrame) -> pd.Series[bool]:
    """Reports of a township, or of nobody knows what, whose name is not told."""
    return marks["township"].isna() & marks["level"].isin(["township", "unknown"]).fillna(True)


def _with_rows(marks: pd.DataFrame) -> pd.DataFrame:
    """`marks` with the row (a place; each report of no known place has its own) and the column (a year)."""
    column = marks["year"].astype("Int64").fillna(_NO_YEAR).astype("int64")
    row = marks["place"].fillna(marks["report_id"]).where(~_nameless(marks), marks["report_id"])
    # two reports of one place and year, neither of which is set aside, stand below each other
    again = marks.assign(row=row, column=column).groupby(["row", "column"]).cumcount()
    return marks.assign(row=row + "#" + again.astype(str), column=column)


def _grouped(marks: pd.DataFrame) -> list[list[Record]]:
    """The records of each row, oldest first, in the order of places; those of no known place last."""
    order = marks.assign(_last=marks["area"].isna() | _nameless(marks), _county=marks["township"].notna())
    keys = ["_last", "province", "city", "county", "_county", "township", "year"]
    order = order.sort_values(keys, na_position="last", kind="stable")
    rows: dict[str, list[Record]] = {}
    for record in order.to_dict("records"):
        rows.setdefault(str(record["row"]), []).append(record)
    return list(rows.values())


def _row(records: Sequence[Record], years: Sequence[int]) -> tuple[Entry, ...]:
    by_year = {record["column"]: record for record in records}
    newest = records[-1]
    errors, warnings = (sum(int(record[name]) for record in records) for name in ("errors", "warnings"))
    others = [
        say(_SECTION, "others", year=_year(record), names=record["others"]) for record in records if record["set_aside"]
    ]
    return (
        Entry(None if pd.isna(newest["area"]) else str(newest["area"])),
        _name(records),
        *(_mark(by_year.get(year), year) for year in years),
        Entry(errors, "whole"),
        Entry(warnings, "whole"),
        Entry(say(_SECTION, "semicolon").join(others) or None),
    )


def _year(record: Record) -> Any:
    return say(_SECTION, "no_year") if pd.isna(record["year"]) else int(record["year"])


def _name(records: Sequence[Record]) -> Entry:
    """The township as its newest report calls it, what it was called before in brackets; or the body above it."""
    newest = records[-1]
    if pd.isna(newest["township"]):
        if newest["level"] in ("township", "unknown") or pd.isna(newest["level"]):
            return Entry(str(newest["source"]), "word")
        return Entry(say("codes", f"level_{newest['level']}"), "sum_text")
    names = [str(record["township"]) for record in records]
    earlier = [name for name in dict.fromkeys(names) if name != names[-1]]
    if not earlier:
        return Entry(names[-1])
    return Entry(say(_SECTION, "renamed", name=names[-1], earlier=say(_SECTION, "join").join(earlier)))


def _mark(record: Record | None, year: int) -> Entry:
    if record is None:
        # nobody owes a report of an unknown year
        return Entry(None if year == _NO_YEAR else say(_SECTION, "no_report"), "word")
    errors, warnings = int(record["errors"]), int(record["warnings"])
    key = {RED: "red_and_yellow" if warnings else "red", YELLOW: "yellow", GREEN: "green"}[record["mark"]]
    text = say(_SECTION, key, errors=errors, warnings=warnings)
    if record["status"] == _WITHOUT_TABLES:
        text = say(_SECTION, "no_tables", mark=text)
    elif record["gaps"]:
        text = say(_SECTION, "gaps", mark=text, n=int(record["gaps"]))
    return Entry(text, _STYLES[record["mark"]])
