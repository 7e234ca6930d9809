"""The cover: what this is, of which places and years, from how many reports, and how to read it."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from openpyxl.workbook import Workbook

from govinfo.definitions.wording import say, words
from govinfo.tables import Tables
from govinfo.workbook.explain import STATUSES
from govinfo.workbook.issues import severity_counts
from govinfo.workbook.sheets import Entry, set_page
from govinfo.workbook.style import put, row_height

_WIDTHS = (24.0, 96.0)
_ORDER = ["province", "city", "county", "township", "year"]
_SWATCHES = {
    "repaired": "whole_repaired",
    "ambiguous": "word_open",
    "missing": "word_open",
    "unreadable": "word_open",
}
Line = tuple[str, Entry]


def add_cover(book: Workbook, tables: Tables) -> None:
    """Write the sheet 封面 at the end of the workbook."""
    page = book.create_sheet(say("workbook", "sheet_cover"))
    for letter, width in zip("AB", _WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    put(page, 1, 1, say("workbook", "title"), "title")
    page.row_dimensions[1].height = 34
    lines = [*_about(tables), *_checked(tables), *_notes(tables.reports), *_reading(), *_legend()]
    for row, (label, entry) in enumerate(lines, start=3):
        style = _SWATCHES.get(label, "label")
        put(
            page.cell(row, 1),
            say("workbook", "legend", status=_status(label)) if _is_status(label) else label,
            style,
        )
        put(page, row, 2, entry.value, entry.style)
        page.row_dimensions[row].height = row_height([label, str(entry.value)], _WIDTHS)
    page.print_area = f"A1:B{len(lines) + 2}"
    set_page(page)


def data_date(reports: pd.DataFrame) -> str:
    """Of what date the data are, in words: the newest day of publication or retrieval, else the year."""
    newest = pd.concat([reports["published_on"], reports["retrieved_on"]]).max()
    if pd.notna(newest):
        return say("workbook", "date_published", date=newest.strftime("%Y-%m-%d"))
    year = reports["year"].max()
    return say("workbook", "date_none") if pd.isna(year) else say("workbook", "date_year", year=year)


def _about(tables: Tables) -> Iterator[Line]:
    reports, text = tables.reports, words("workbook")
    yield text["what"], Entry(text["what_text"])
    yield text["places"], Entry(_places(reports) or text["nothing"])
    years = sorted({int(year) for year in reports["year"].dropna()})
    yield text["span"], Entry(text["join"].join(str(year) for year in years) or text["unknown_year"])
    counts = {
        name: int((reports["status"] == name).sum()) for name in ("complete", "partial", "narrative_only")
    }
    counts["narrative"] = counts.pop("narrative_only")
    yield text["reports"], Entry(say("workbook", "reports_text", n=len(reports), **counts))
    yield text["data_date"], Entry(data_date(reports))


def _places(reports: pd.DataFrame) -> str:
    """Each township with its county and the years of its reports."""
    years: dict[str, list[str]] = {}
    for record in reports.sort_values(_ORDER, na_position="last", kind="stable").to_dict("records"):
        parts = [str(record[name]) for name in ("county", "township") if pd.notna(record[name])]
        place = "".join(parts) if pd.notna(record["township"]) else say("workbook", "unknown_place")
        year = say("workbook", "unknown_year") if pd.isna(record["year"]) else str(record["year"])
        years.setdefault(place, []).append(year)
    join = say("workbook", "join")
    return join.join(
        say("workbook", "place_years", place=place, years=join.join(dict.fromkeys(own)))
        for place, own in years.items()
    )


def _checked(tables: Tables) -> Iterator[Line]:
    text = words("workbook")
    counts = severity_counts(tables)
    yield text["checked"], Entry(say("workbook", "checked_text", sheet=text["sheet_findings"], **counts))
    if len(tables.rejects):
        said = say("workbook", "rejected_text", n=len(tables.rejects), sheet=text["sheet_rejects"])
        yield text["rejected"], Entry(said)


def _notes(reports: pd.DataFrame) -> Iterator[Line]:
    """What the manifest says of reports, e.g. that they are abridged, each note once."""
    notes = [
        say("workbook", "report_note", n=n, note=note) for note, n in reports.groupby("note").size().items()
    ]
    if notes:
        yield say("workbook", "report_notes"), Entry("\n".join(notes))


def _reading() -> Iterator[Line]:
    text = words("workbook")
    for number, name in enumerate(("overview", "findings", "notes")):
        label = text["reading"] if number == 0 else ""
        yield label, Entry(say("workbook", f"reading_{name}", sheet=text[f"sheet_{name}"]))
    yield "", Entry(text["reading_print"])


def _legend() -> Iterator[Line]:
    for status in STATUSES:
        yield status, Entry(say("workbook", f"status_{status}"))


def _is_status(label: str) -> bool:
    return label in STATUSES


def _status(label: str) -> str:
    return say("codes", f"status_{label}")
