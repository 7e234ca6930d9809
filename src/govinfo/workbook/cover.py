"""The cover: what this is, of which places and years, from how many reports, and how to read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from govinfo.definitions.wording import say, words
from govinfo.questions.areas import area_names
from govinfo.questions.coverage import count_by_severity, count_dismissed, newest_date
from govinfo.tables import Tables
from govinfo.workbook.explain import STATUSES
from govinfo.workbook.figures import level_name
from govinfo.workbook.pages import Drawing, Edition, Page
from govinfo.workbook.sheets import Entry, set_page
from govinfo.workbook.style import put, row_height

# More places than this are told by county.
_MANY = 40
# so many files are named
_NAMED = 10
_WIDTHS = (24.0, 96.0)
_ORDER = ["province", "city", "county", "township", "year"]
# How the overview marks the statuses that need a second look.
_MARKED = {"repaired": "label_repaired", "ambiguous": "label_open", "missing": "label_open"}
_MARKED |= {"unreadable": "label_open"}
Line = tuple[Entry, str]


def cover_page(edition: Edition) -> Page:
    """The sheet 封面."""
    name = say("workbook", "sheet_cover")
    return Page("cover", name, name, lambda drawing: _draw(drawing, edition))


def _draw(drawing: Drawing, edition: Edition) -> None:
    page, tables, notice = drawing.page, edition.tables, edition.notice
    for letter, width in zip("AB", _WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    above = [(notice, "notice")] if notice else []
    above.append((say("workbook", "title"), "title"))
    for row, (text, style) in enumerate(above, start=1):
        put(page, row, 1, text, style)
        page.row_dimensions[row].height = 34
    lines = [*_about(edition), *_checked(tables), *_notes(tables.reports)]
    lines += [*_reading(edition, drawing.names), *_legend()]
    for row, (label, meaning) in enumerate(lines, start=len(above) + 2):
        put(page, row, 1, label.value, label.style)
        put(page, row, 2, meaning, "text")
        page.row_dimensions[row].height = row_height([str(label.value), meaning], _WIDTHS)
    page.print_area = f"A1:B{len(lines) + len(above) + 1}"
    set_page(page, notice)


def data_date(reports: pd.DataFrame) -> str:
    """Of what date the data are, in words: the newest day of publication or retrieval, else the year."""
    newest = newest_date(reports)
    if newest is not None:
        return say("workbook", "date_published", date=newest.isoformat())
    year = reports["year"].max()
    return say("workbook", "date_none") if pd.isna(year) else say("workbook", "date_year", year=year)


def _about(edition: Edition) -> Iterator[Line]:
    reports, text = edition.tables.reports, words("workbook")
    yield _line(text["what"], text["what_text"])
    yield _line(text["places"], _places(reports) or text["nothing"])
    years = [int(year) for year in reports["year"].dropna()]
    yield _line(text["span"], _spans(years) or text["unknown_year"])
    if edition.counties:
        yield _line(text["forms_year"], say("workbook", "forms_year_text", year=edition.year))
    elif edition.year is not None:
        yield _line(text["forms_year"], say("workbook", "forms_year_none", year=edition.year))
    counts = {name: int((reports["status"] == name).sum()) for name in ("complete", "partial", "narrative_only")}
    counts["narrative"] = counts.pop("narrative_only")
    yield _line(text["reports"], say("workbook", "reports_text", n=len(reports), **counts))
    yield _line(text["data_date"], data_date(reports))
    if edition.undecided:
        n, names = len(edition.undecided), text["join"].join(edition.undecided[:_NAMED])
        key = "undecided_more" if n > _NAMED else "undecided_text"
        yield _line(text["undecided"], say("workbook", key, n=n, names=names))


def _places(reports: pd.DataFrame) -> str:
    """Each township with its county and the years of its reports."""
    years: dict[str, list[int | None]] = {}
    ordered = reports.assign(area=area_names(reports)).sort_values(_ORDER, na_position="last", kind="stable")
    for record in ordered.to_dict("records"):
        parts = [str(record[name]) for name in ("area", "township") if pd.notna(record[name])]
        level = level_name(record["level"])
        if pd.isna(record["township"]):
            own = parts and level and say("workbook", "place_own", place="".join(parts), level=level)
            parts = [own or level or say("workbook", "unknown_place")]
        place = "".join(parts)
        years.setdefault(place, []).append(None if pd.isna(record["year"]) else int(record["year"]))
    join = say("workbook", "join")
    if len(years) > _MANY:
        return join.join(_counties(reports))
    return join.join(say("workbook", "place_years", place=place, years=_spans(own)) for place, own in years.items())


def _counties(reports: pd.DataFrame) -> Iterator[str]:
    """Each county with the number of its townships."""
    own = reports.assign(area=area_names(reports)).dropna(subset=["township"])
    for area, rows in own.groupby("area", dropna=False, sort=True):
        name = say("workbook", "unknown_place") if pd.isna(area) else str(area)
        yield say("workbook", "place_count", place=name, n=rows["township"].nunique())


def _spans(years: Sequence[int | None]) -> str:
    """The years in words: three and more in a row as a span, an unknown one last."""
    known = sorted({year for year in years if year is not None})
    runs: list[list[int]] = []
    for year in known:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    parts: list[str] = []
    for run in runs:
        span = say("opening", "span", first=run[0], last=run[-1])
        parts += [span] if len(run) > 2 else [str(year) for year in run]
    if None in set(years):
        parts.append(say("workbook", "unknown_year"))
    return say("workbook", "join").join(parts)


def _checked(tables: Tables) -> Iterator[Line]:
    text = words("workbook")
    counts = count_by_severity(tables.findings)
    yield _line(text["checked"], say("workbook", "checked_text", sheet=text["sheet_findings"], **counts))
    dismissed = count_dismissed(tables.findings)
    if dismissed:
        yield _line(text["dismissed"], say("workbook", "dismissed_text", n=dismissed, sheet=text["sheet_findings"]))
    if len(tables.corrections):
        applied = int((tables.corrections["state"] == "applied").sum())
        left = len(tables.corrections) - applied
        said = say("workbook", "corrected_text", applied=applied, left=left, sheet=text["sheet_corrections"])
        yield Entry(text["corrected"], "label_corrected"), said
    if len(tables.rejects):
        said = say("workbook", "rejected_text", n=len(tables.rejects), sheet=text["sheet_rejects"])
        yield _line(text["rejected"], said)


def _notes(reports: pd.DataFrame) -> Iterator[Line]:
    """What the manifest says of reports, e.g. that they are abridged, each note once."""
    notes = [say("workbook", "report_note", n=n, note=note) for note, n in reports.groupby("note").size().items()]
    if notes:
        yield _line(say("workbook", "report_notes"), "\n".join(notes))


def _reading(edition: Edition, names: Mapping[str, str]) -> Iterator[Line]:
    text = words("workbook")
    for number, name in enumerate(("overview", "figures", "findings", "notes")):
        label = text["reading"] if number == 0 else ""
        yield _line(label, say("workbook", f"reading_{name}", sheet=text[f"sheet_{name}"]))
    if edition.counties:
        sums = [names[key] for key in names if key.startswith("rollup:")]
        if sums:
            # those of several counties begin with the same word
            name = sums[0] if len(sums) == 1 else say("forms", "sheet_rollup")
            yield _line("", say("workbook", "reading_sums", sheet=name))
        yield _line("", text["reading_townships"])
        yield _line("", text["reading_formulas"])
    yield _line("", text["reading_print"])


def _legend() -> Iterator[Line]:
    for status in STATUSES:
        name = say("workbook", "legend", status=say("codes", f"status_{status}"))
        yield Entry(name, _MARKED.get(status, "label")), say("workbook", f"status_{status}")


def _line(label: str, text: str) -> Line:
    return Entry(label, "label"), text
