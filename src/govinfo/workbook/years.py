"""The main figures of each county year on year: sums where they are sums, changes over townships that have both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from govinfo.definitions.wording import say, words
from govinfo.questions.areas import left_out, reports_by_year, township_reports_by_area
from govinfo.questions.comparison.main_figures import MainFigure, main_figures
from govinfo.questions.comparison.year_on_year import changes_between, sums_by_year
from govinfo.workbook.drawn import Chart, trimmed
from govinfo.workbook.figure_names import AMOUNT_DECIMALS, figure_name, figure_scope, figure_unit, is_amount
from govinfo.workbook.pages import Edition
from govinfo.workbook.sheets import Entry, Head, Sheet
from govinfo.workbook.sums import without_text

_SECTION = "sheet_years"
KEY = "years"
_LEFT = 4
# what is drawn: the words of the title, the kind, and the figures (table, line)
_CHARTS: Sequence[tuple[str, str, frozenset[tuple[str, str]]]] = (
    ("requests", "line", frozenset({("requests", "new"), ("requests", "total"), ("requests", "carried_forward")})),
    ("documents", "line", frozenset({("disclosure", "normative_documents")})),
    ("licences", "bar", frozenset({("disclosure", "administrative_licensing")})),
    (
        "penalties",
        "bar",
        frozenset({("disclosure", "administrative_penalties"), ("disclosure", "administrative_coercion")}),
    ),
    (
        "disputes",
        "bar",
        frozenset({("disputes", line) for line in ("reconsideration", "litigation_direct")})
        | {("disputes", "litigation_after_reconsideration")},
    ),
    ("statistics", "bar", frozenset({("statistics", "requests_received"), ("statistics", "requests_completed")})),
)
Record = Mapping[Any, Any]


@dataclass(frozen=True)
class _Data:
    """The answers by key: sums by (area, figure, year), changes by (area, figure), reports by (area, year)."""

    years: tuple[int, ...]
    sums: Mapping[tuple[str, str, int], Record]
    changes: Mapping[tuple[str, str], Record]
    reports: Mapping[tuple[str, int], int]
    areas: tuple[str, ...]


def years_part(edition: Edition) -> tuple[Sheet, list[Chart]]:
    """The sheet 年度对比 and its charts; nothing is joined that forms count differently."""
    data = _data(edition)
    rows: list[tuple[Entry, ...]] = []
    spots: list[tuple[str, MainFigure, int]] = []
    for area in data.areas:
        rows.append(_reports_row(area, data))
        for figure in main_figures():
            if any((area, figure.code, year) in data.sums for year in data.years):
                spots.append((area, figure, len(rows)))
                rows.append(_figure_row(area, figure, data))
    sheet = Sheet(
        name=say(_SECTION, "sheet"),
        title=say(_SECTION, "title"),
        remarks=tuple(_remarks(edition)),
        heads=_heads(data.years, edition.year),
        rows=tuple(rows),
        empty=say(_SECTION, "nothing"),
        frozen=2,
    )
    return sheet, list(_charts(sheet, spots, data))


def _data(edition: Edition) -> _Data:
    tables = edition.tables
    reports = township_reports_by_area(tables)
    sums, years = sums_by_year(tables), sorted(reports["year"].unique())
    changes = changes_between(tables, edition.year or 0)
    return _Data(
        tuple(int(year) for year in years),
        {(one["area"], one["figure"], int(one["year"])): one for one in sums.to_dict("records")},
        {(one["area"], one["figure"]): one for one in changes.to_dict("records")},
        reports_by_year(reports),
        tuple(str(area) for area in reports["area"].unique()),
    )


def _remarks(edition: Edition) -> Iterable[str]:
    yield say(_SECTION, "unit")
    yield say(_SECTION, "source", counted=edition.counted, date=edition.date, charts=say("sheet_charts", "sheet"))
    if edition.year is not None:
        yield say(_SECTION, "comparable", before=edition.year - 1, after=edition.year)
    yield say(_SECTION, "static")
    without = left_out(edition.tables)
    if without:
        yield say(_SECTION, "left_out", n=without)


def _heads(years: Sequence[int], year: int | None) -> tuple[Head, ...]:
    text = words(_SECTION)
    compared = () if year is None else (("before", year - 1), ("after", year))
    return (
        Head(words("table_heads")["county"], 12, 20),
        Head(text["head_figure"], 24, 32),
        Head(text["head_unit"], 7, 7),
        Head(text["head_scope"], 16, 26),
        *(Head(say(_SECTION, "head_year", year=each), 10, 14) for each in years),
        Head(text["head_townships"], 9, 9),
        *(Head(say(_SECTION, f"head_{name}", year=each), 10, 14) for name, each in compared),
        Head(text["head_change"], 10, 14),
        Head(text["head_without"], 24, 60),
    )


def _reports_row(area: str, data: _Data) -> tuple[Entry, ...]:
    """How many reports stand behind each year of a county."""
    compared = 5
    return (
        Entry(area, "sum_text"),
        Entry(say(_SECTION, "reports"), "sum_text"),
        Entry(say(_SECTION, "unit_reports"), "sum_middle"),
        Entry(None, "sum_text"),
        *(Entry(data.reports.get((area, year), 0), "sum_whole") for year in data.years),
        *(Entry(None, "sum_text") for _ in range(compared)),
    )


def _figure_row(area: str, figure: MainFigure, data: _Data) -> tuple[Entry, ...]:
    sums = [data.sums.get((area, figure.code, year)) for year in data.years]
    known = [one for one in sums if one is not None]
    said = [without_text(one) for one in known if bool(pd.isna(one["value"]))]
    return (
        Entry(area),
        Entry(figure_name(figure)),
        Entry(figure_unit(figure), "middle"),
        Entry(figure_scope(figure), "middle"),
        *(_sum(figure, one) for one in sums),
        *_change(figure, data.changes.get((area, figure.code))),
        Entry(say(_SECTION, "semicolon").join(said) or None),
    )


def _sum(figure: MainFigure, record: Record | None) -> Entry:
    """A sum; blank where there is none, as a chart would draw a word as 0."""
    if record is None:
        return Entry(None, "absent")
    return Entry(None, "unknown") if pd.isna(record["value"]) else number(figure, record["value"])


def number(figure: MainFigure, value: Any, style: str = "") -> Entry:
    """A figure with the number format of its unit; `style` is what its named style ends with."""
    if is_amount(figure):
        return Entry(round(float(value), AMOUNT_DECIMALS), f"amount{style}")
    return Entry(int(value), f"whole{style}")


def _change(figure: MainFigure, record: Record | None) -> tuple[Entry, ...]:
    if record is None:
        return tuple(Entry(None, "absent") for _ in range(4))
    change = number(figure, record["change"])
    return (
        Entry(int(record["townships"]), "whole"),
        number(figure, record["before"]),
        number(figure, record["after"]),
        Entry(change.value, "change_amount" if is_amount(figure) else "change"),
    )


def _charts(sheet: Sheet, spots: Sequence[tuple[str, MainFigure, int]], data: _Data) -> Iterable[Chart]:
    """The charts; `spots` say in which row of the table each county's figures stand."""
    for area in data.areas:
        for key, kind, wanted in _CHARTS:
            own = [(one, row) for place, one, row in spots if place == area and (one.table, one.line) in wanted]
            if own:
                yield Chart(
                    kind=kind,
                    area=area,
                    title=say(_SECTION, f"chart_{key}"),
                    unit=figure_unit(own[0][0]),
                    key=KEY,
                    sheet=sheet,
                    rows=tuple(row for _, row in own),
                    names=tuple(figure_name(one) for one, _ in own),
                    columns=trimmed(sheet, [row for _, row in own], (_LEFT, _LEFT + len(data.years) - 1)),
                )
