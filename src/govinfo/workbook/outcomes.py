"""What became of requests: outcomes and reasons of each county by year, with shares; and those of each report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from govinfo.definitions.form import forms
from govinfo.definitions.labels import line_spot
from govinfo.definitions.wording import say, words
from govinfo.questions.areas import reports_by_year, township_reports_by_area
from govinfo.questions.requests.outcome_sums import FLOW, outcome_sums
from govinfo.questions.requests.request_outcomes import CATEGORIES
from govinfo.workbook.cells import text_of
from govinfo.workbook.drawn import Chart, trimmed
from govinfo.workbook.pages import Edition
from govinfo.workbook.sheets import Entry, Head, Sheet
from govinfo.workbook.sums import without_text

KEY = "outcomes"
_SECTION = "sheet_outcomes"
_LEFT = 3
Record = Mapping[Any, Any]
# an outcome (or nothing) and a line of the form (or nothing)
Spot = tuple[str | None, str | None]


@dataclass(frozen=True)
class _Data:
    years: tuple[int, ...]
    areas: tuple[str, ...]
    sums: Mapping[tuple[str, Spot, int], Record]
    reports: Mapping[tuple[str, int], int]


def outcomes_part(edition: Edition) -> tuple[Sheet, list[Chart]]:
    """The sheet 办理结果 and its charts: a row per outcome and reason, columns for the requests and shares of years."""
    data = _data(edition)
    spots = list(_spots(data))
    rows = [row for area in data.areas for row in (_reports_row(area, data), *(_row(area, s, data) for s in spots))]
    remarks = [
        say(_SECTION, "unit"),
        say(_SECTION, "source", counted=edition.counted, date=edition.date, charts=say("sheet_charts", "sheet")),
    ]
    remarks.append(say("sheet_years", "static"))
    zeros = [area for area in data.areas if _all_zero(area, data)]
    if zeros:
        remarks.append(say(_SECTION, "zeros", areas=say(_SECTION, "join").join(zeros)))
    sheet = Sheet(
        name=say(_SECTION, "sheet"),
        title=say(_SECTION, "title"),
        remarks=tuple(remarks),
        heads=_heads(data.years),
        rows=tuple(rows),
        empty=say(_SECTION, "nothing"),
        frozen=3,
    )
    return sheet, list(_charts(sheet, data, spots))


def _data(edition: Edition) -> _Data:
    sums = outcome_sums(edition.tables)
    reports = township_reports_by_area(edition.tables)
    reports = reports[reports["area"].isin(sums["area"])]
    return _Data(
        tuple(sorted(int(year) for year in sums["year"].unique())),
        tuple(str(area) for area in reports["area"].unique()),
        {
            (str(one["area"]), (text_of(one["category"]), text_of(one["line"])), int(one["year"])): one
            for one in sums.to_dict("records")
        },
        reports_by_year(reports),
    )


def _spots(data: _Data) -> Iterator[Spot]:
    """The rows of one county: what came in, each outcome with its reasons, what was decided and what is left."""
    there = {spot for _, spot, _ in data.sums}
    lines = dict.fromkeys(line for form in forms() for line in _lines(form.code))
    for line in FLOW[:2]:
        yield None, line
    for category in CATEGORIES:
        yield category, None
        # an outcome that is a line of its own has no reasons
        yield from ((category, line) for line in lines if line != category and (category, line) in there)
    for line in FLOW[2:]:
        yield None, line


def _lines(code: str) -> tuple[str, ...]:
    table = next(form for form in forms() if form.code == code).table("requests")
    return () if table is None else tuple(line.code for block in table.blocks for line in block.lines)


def _heads(years: Sequence[int]) -> tuple[Head, ...]:
    text = words(_SECTION)
    return (
        Head(words("table_heads")["county"], 12, 20),
        Head(text["head_outcome"], 20, 24),
        Head(text["head_reason"], 26, 40),
        *(Head(say(_SECTION, "head_requests", year=year), 9, 12) for year in years),
        *(Head(say(_SECTION, "head_share", year=year), 9, 9) for year in years),
        Head(text["head_without"], 24, 60),
    )


def _reports_row(area: str, data: _Data) -> tuple[Entry, ...]:
    return (
        Entry(area, "sum_text"),
        Entry(say(_SECTION, "reports"), "sum_text"),
        Entry(None, "sum_text"),
        *(Entry(data.reports.get((area, year), 0), "sum_whole") for year in data.years),
        *(Entry(None, "sum_text") for _ in (*data.years, None)),
    )


def _row(area: str, spot: Spot, data: _Data) -> tuple[Entry, ...]:
    category, line = spot
    bold = line is None or category is None
    found = [data.sums.get((area, spot, year)) for year in data.years]
    above = [None if bold else data.sums.get((area, (category, None), year)) for year in data.years]
    pairs = zip(found, above, strict=True)
    lacking = [without_text(one) for one, outcome in pairs if one is not None and _lacks(one, outcome)]
    style = "sum_text" if bold else "text"
    return (
        Entry(area, style),
        Entry(_outcome(spot), style),
        Entry(_reason(spot), style),
        *(_count(one, bold) for one in found),
        *(_share(one, bold) for one in found),
        Entry(say(_SECTION, "semicolon").join(lacking) or None),
    )


def _lacks(record: Record, outcome: Record | None) -> bool:
    """Whether it is no sum and that has to be said: not where the outcome above it lacks the same reports."""
    told = outcome is not None and pd.isna(outcome["requests"]) and outcome["without"] == record["without"]
    return bool(pd.isna(record["requests"])) and not told


def _outcome(spot: Spot) -> str:
    category, line = spot
    return say(_SECTION, f"flow_{line}") if category is None else say("codes", f"category_{category}")


def _reason(spot: Spot) -> str | None:
    category, line = spot
    if category is None or line is None:
        return None
    known = (line_spot(form.code, "requests", line) for form in forms())
    return next((found.plain for found in known if found.rank >= 0), line)


def _count(record: Record | None, bold: bool) -> Entry:
    """A sum; blank where there is none, as a chart would draw a word as 0."""
    if record is None:
        return Entry(None, "absent")
    if pd.isna(record["requests"]):
        return Entry(None, "unknown")
    return Entry(int(record["requests"]), "sum_whole" if bold else "whole")


def _share(record: Record | None, bold: bool) -> Entry:
    if record is None or pd.isna(record["share"]):
        return Entry(None, "sum_text" if bold else "text")
    return Entry(float(record["share"]), "sum_percent" if bold else "percent")


def _all_zero(area: str, data: _Data) -> bool:
    known = [one["requests"] for (place, _, _), one in data.sums.items() if place == area]
    return all(pd.notna(value) and value == 0 for value in known)


def _charts(sheet: Sheet, data: _Data, spots: Sequence[Spot]) -> Iterator[Chart]:
    drawn = [(offset, spot) for offset, spot in enumerate(spots, start=1) if spot[0] and spot[1] is None]
    for number, area in enumerate(data.areas):
        top = number * (len(spots) + 1)
        parts = [[data.sums.get((area, spot, year)) for _, spot in drawn] for year in data.years]
        # a pile that lacks a part would look like a smaller whole
        whole = all(len({one is None or pd.isna(one["requests"]) for one in year}) == 1 for year in parts)
        rows = tuple(top + offset for offset, _ in drawn)
        yield Chart(
            kind="stacked" if whole else "bar",
            area=area,
            title=say(_SECTION, "chart"),
            unit=say(_SECTION, "chart_unit"),
            key=KEY,
            sheet=sheet,
            rows=rows,
            names=tuple(_outcome(spot) for _, spot in drawn),
            columns=trimmed(sheet, rows, (_LEFT, _LEFT + len(data.years) - 1)),
        )
