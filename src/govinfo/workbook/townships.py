"""The main figures of each township year by year, and the outcomes of each report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from govinfo.checks.neighbours import township_reports
from govinfo.definitions.wording import say, words
from govinfo.questions.areas import township_reports_by_area
from govinfo.questions.comparison.main_figures import MainFigure, figures_of_reports, main_figures
from govinfo.questions.requests.request_outcomes import CATEGORIES, request_outcomes
from govinfo.workbook.figure_names import figure_name, figure_scope, figure_unit, is_amount
from govinfo.workbook.pages import Edition
from govinfo.workbook.sheets import Entry, Head, Sheet
from govinfo.workbook.years import number

_YEARS, _OUTCOMES = "sheet_years", "sheet_outcomes"
# statuses of a figure that has no number and should have one
_OPEN = ("ambiguous", "unreadable", "missing")
_MARKED = ("repaired", "corrected")
Record = Mapping[Any, Any]


def years_by_township(edition: Edition) -> Sheet:
    """The sheet 分乡镇对比: a row per township and main figure, a column per year; rows of nothing but 0 left out."""
    cells = figures_of_reports(edition.tables)
    reports = township_reports_by_area(edition.tables)
    places = township_reports(edition.tables).set_index("report_id")["place"].to_dict()
    years = [int(year) for year in sorted(reports["year"].unique())]
    keyed = reports.assign(place=reports["report_id"].map(places).fillna(reports["report_id"]))
    # a township is one row whatever it was called; it goes by its newest name
    last = keyed.drop_duplicates("place", keep="last")
    newest = {str(place): str(name) for place, name in zip(last["place"], last["township"], strict=True)}
    there = {(place, int(year)) for place, year in zip(keyed["place"], keyed["year"], strict=True)}
    cells = cells.assign(place=cells["report_id"].map(keyed.set_index("report_id")["place"].to_dict()))
    by_key: dict[tuple[str, str], dict[int, Record]] = {}
    for record in cells[["place", "figure", "year", "value", "status"]].to_dict("records"):
        by_key.setdefault((record["place"], record["figure"]), {})[int(record["year"])] = record
    areas = keyed.drop_duplicates("place").set_index("place")["area"].to_dict()
    rows, zeros = [], 0
    for place, name in newest.items():
        for figure in main_figures():
            own = by_key.get((place, figure.code))
            if own is None:
                continue
            if all(pd.notna(one["value"]) and one["value"] == 0 for one in own.values()):
                zeros += 1
                continue
            head = (Entry(areas[place]), Entry(name), Entry(figure_name(figure)), Entry(figure_unit(figure), "middle"))
            cells_of = [_cell(figure, own.get(year), (place, year) in there) for year in years]
            scope = Entry(figure_scope(figure), "middle")
            rows.append((*head, scope, *cells_of, _change(figure, own, edition.year)))
    return Sheet(
        name=say(_YEARS, "sheet_townships"),
        title=say(_YEARS, "townships_title"),
        remarks=(
            say(_YEARS, "townships_unit"),
            say(_YEARS, "townships_source", counted=edition.counted, date=edition.date, zeros=zeros),
        ),
        heads=_year_heads(years, edition.year),
        rows=tuple(rows),
        empty=say(_YEARS, "nothing"),
        frozen=3,
    )


def _year_heads(years: list[int], year: int | None) -> tuple[Head, ...]:
    text = words(_YEARS)
    return (
        Head(words("table_heads")["county"], 12, 20),
        Head(say("workbook", "head_township"), 14, 24),
        Head(text["head_figure"], 24, 32),
        Head(text["head_unit"], 7, 7),
        Head(text["head_scope"], 16, 26),
        *(Head(say(_YEARS, "head_year", year=each), 10, 14) for each in years),
        Head(say(_YEARS, "head_last_change", before=(year or 0) - 1, after=year or 0), 11, 14),
    )


def _cell(figure: MainFigure, record: Record | None, reported: bool) -> Entry:
    """The figure, or the word for why there is none."""
    if record is None:
        return Entry(say("workbook", "not_on_form") if reported else say(_YEARS, "no_report"), "word")
    status = str(record["status"])
    if pd.isna(record["value"]):
        return Entry(say("codes", f"status_{status}"), "word_open" if status in _OPEN else "word")
    return number(figure, record["value"], f"_{status}" if status in _MARKED else "")


def _change(figure: MainFigure, own: Mapping[int, Record], year: int | None) -> Entry:
    """The newest year less the one before, blank where one of the two has no figure."""
    pair = [own[each]["value"] for each in ((year or 0) - 1, year or 0) if each in own]
    if len(pair) < 2 or any(pd.isna(value) for value in pair):
        return Entry(None, "absent")
    change = number(figure, pair[1] - pair[0])
    return Entry(change.value, "change_amount" if is_amount(figure) else "change")


def outcomes_by_township(edition: Edition) -> Sheet:
    """The sheet 分乡镇办理结果: a row per counted report of a township that has a table of requests."""
    reports = township_reports_by_area(edition.tables)
    places = {str(record["report_id"]): record for record in reports.to_dict("records")}
    text = words(_OUTCOMES)
    names = [say("codes", f"category_{category}") for category in CATEGORIES]
    return Sheet(
        name=text["sheet_townships"],
        title=text["townships_title"],
        remarks=(
            text["townships_unit"],
            say(_OUTCOMES, "townships_source", counted=edition.counted, date=edition.date),
        ),
        heads=(
            Head(words("table_heads")["county"], 12, 20),
            Head(say("workbook", "head_township"), 14, 24),
            Head(words("table_heads")["year"], 7, 7),
            Head(text["head_decided"], 9, 9),
            *(Head(say(_OUTCOMES, "head_category", category=name), 9, 9) for name in names),
            *(Head(say(_OUTCOMES, "head_category_share", category=name), 9, 9) for name in names),
        ),
        rows=tuple(_outcome_rows(edition, places)),
        empty=text["townships_nothing"],
        frozen=3,
    )


def _outcome_rows(edition: Edition, places: Mapping[str, Record]) -> Iterator[tuple[Entry, ...]]:
    if edition.tables.requests.empty:
        return
    found: dict[str, dict[str, Record]] = {}
    for record in request_outcomes(edition.tables).to_dict("records"):
        found.setdefault(str(record["report_id"]), {})[str(record["category"])] = record
    for report_id, place in places.items():
        own = found.get(report_id)
        if own is None:
            continue
        parts = [own.get(category) for category in CATEGORIES]
        decided = next(iter(own.values()))["decided"]
        yield (
            Entry(str(place["area"])),
            Entry(str(place["township"])),
            Entry(int(place["year"]), "year"),
            _count(decided),
            *(_requests(one) for one in parts),
            *(_share(one) for one in parts),
        )


def _count(value: Any) -> Entry:
    return Entry(say(_OUTCOMES, "gap"), "word_open") if pd.isna(value) else Entry(int(value), "whole")


def _requests(record: Record | None) -> Entry:
    """The requests of an outcome, marked where one of its cells was repaired."""
    entry = _count(pd.NA if record is None else record["requests"])
    repaired = record is not None and entry.style == "whole" and record["repaired"] > 0
    return Entry(entry.value, "whole_repaired") if repaired else entry


def _share(record: Record | None) -> Entry:
    known = record is not None and pd.notna(record["share"])
    return Entry(float(record["share"]) if known and record is not None else None, "percent" if known else "absent")
