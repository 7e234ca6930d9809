"""Which reports of a year stand on form sheets, and which of them are added up: a county at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from govinfo.checks.neighbours import township_reports
from govinfo.definitions.form import Form, forms
from govinfo.definitions.labels import form_of
from govinfo.definitions.wording import say, words
from govinfo.questions.areas import LEVELS, area_names
from govinfo.questions.publication.chasing import to_chase
from govinfo.tables import CORRECTED, FIGURE_KEYS, LISTED, Tables
from govinfo.workbook.forms.grid import Key

Record = Mapping[Any, Any]
# why the one of two reports of a township and year is not added up, as a key of the words
SET_ASIDE = "left_out_twice"
# how the one column of a list is called in the form
_VALUE = "value"


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell of a report: its row of the table, with `status` `corrected` where the register changed it."""

    status: str
    row: Record = field(hash=False)

    @property
    def value(self) -> float | int | None:
        """The number, whole where the table's numbers are; None where there is none."""
        value = self.row["value"]
        if pd.isna(value):
            return None
        return int(value) if float(value).is_integer() else float(value)


def report_key(report_id: str) -> str:
    """The key of the page with a report's figures."""
    return f"report:{report_id}"


@dataclass(frozen=True)
class FormReport:
    """A report with its figures; `left_out` is the key of the words that say why it is not added up."""

    record: Record = field(repr=False)
    form: Form | None
    figures: Mapping[Key, Figure] = field(repr=False)
    findings: tuple[Record, ...] = field(repr=False)
    left_out: str | None = None

    @property
    def key(self) -> str:
        """The key of its sheet's page."""
        return report_key(str(self.record["report_id"]))


@dataclass(frozen=True)
class County:
    """The reports of one county and year: `form` is the one whose reports are added up.

    `name` is None for reports of which no county is told; `absent` are the townships with a report of another year
    only, `undated` those with one of an unknown year, `unlisted` those with one of another year that the list of this
    year's townships does not have (renamed, or gone), `unseen` those of which that list tells and no report does,
    `own` the county's own reports.
    """

    name: str | None
    year: int
    form: Form
    reports: tuple[FormReport, ...]
    absent: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    own: tuple[FormReport, ...] = ()
    unlisted: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()

    @property
    def summed(self) -> tuple[FormReport, ...]:
        """The reports that are added up."""
        return tuple(report for report in self.reports if report.left_out is None)


def counties_of(tables: Tables, year: int | None, everything: Tables | None = None) -> tuple[County, ...]:
    """The counties with a township's report of `year`, in the order of their names; none where the year is None.

    `everything` are all tables, where `tables` are those of some places.
    """
    if year is None:
        return ()
    reports = tables.reports.assign(area=area_names(tables.reports))
    reports = reports.sort_values([*LEVELS, "township", "report_id"], na_position="last", kind="stable")
    townships = reports[(reports["level"] == "township").fillna(False)]
    # one place whatever it was called
    places = townships["report_id"].map(township_reports(tables).set_index("report_id")["place"])
    townships = townships.assign(place=places.astype("string").fillna(townships["report_id"]))
    now = townships[(townships["year"] == year).fillna(False)]
    own = reports[(reports["level"] == "county").fillna(False) & (reports["year"] == year).fillna(False)]
    own = own[own["counted"].fillna(True)]
    ids = {*now["report_id"], *own["report_id"]}
    figures, findings = _figures(tables, ids), _findings(tables, ids)
    listed = _without_report(tables, year, everything)

    def read(frame: pd.DataFrame) -> Iterator[FormReport]:
        for record in frame.to_dict("records"):
            name = record["report_id"]
            yield FormReport(record, form_of(str(record["form"])), figures.get(name, {}), findings.get(name, ()))

    found = []
    for area, rows in now.groupby("area", sort=False, dropna=False):
        name = None if pd.isna(area) else str(area)
        there = tuple(read(rows))
        form = _form(there, year)
        if form is None:
            continue
        same = townships[(townships["area"] == area).fillna(False)]
        there_now = same["township"].isin(rows["township"]) | same["place"].isin(rows["place"])
        undated = dict.fromkeys(same.loc[~there_now & same["year"].isna(), "township"].dropna())
        absent = dict.fromkeys(same.loc[~there_now & ~same["township"].isin(undated), "township"].dropna())
        judged = tuple(_judged(report, form, name) for report in there)
        governments = tuple(read(own[(own["area"] == area).fillna(False)]))
        list_of_year = listed.get(name or "")
        gone = [one for one in absent if name and list_of_year is not None and one not in list_of_year]
        known = tuple(one for one in absent if name and one not in gone)
        unseen = tuple(one for one in list_of_year or () if one not in absent and one not in undated)
        open_years = tuple(undated) if name else ()
        found.append(County(name, year, form, judged, known, unseen, governments, tuple(gone), open_years))
    return tuple(found)


def named_sheets(counties: Sequence[County], key: str) -> Iterator[tuple[County, str]]:
    """Each county that is told, and what its sheet is called (`key`): with its name where there are several."""
    named = [county for county in counties if county.name is not None]
    for county in named:
        yield county, say("forms", f"{key}_of", county=county.name) if len(named) > 1 else words("forms")[key]


def _without_report(tables: Tables, year: int, everything: Tables | None) -> dict[str, tuple[str, ...]]:
    """The townships that have no report of the year, by area; areas of which no list tells are left out."""
    absent, counts = to_chase(tables, everything)
    judged = counts.loc[(counts["year"] == year) & counts["judged"].fillna(False), "area"]
    own = absent[(absent["year"] == year) & absent["township"].notna()]
    return {str(area): tuple(map(str, own.loc[own["area"] == area, "township"])) for area in judged}


def _form(reports: Sequence[FormReport], year: int) -> Form | None:
    """The official form of the year; where no report follows it, the one that most follow, or else any known."""
    followed = Counter(report.form for report in reports if report.form is not None and _counts(report))
    official = [form for form in forms() if form.covers(year)]
    used = [form for form in official if form in followed]
    most = [form for form, _ in followed.most_common(1)]
    return next(iter((*used, *most, *official)), None)


def _counts(report: FormReport) -> bool:
    counted = report.record["counted"]
    return bool(pd.isna(counted) or counted)


def _judged(report: FormReport, form: Form, county: str | None) -> FormReport:
    reason = None
    if not _counts(report):
        reason = SET_ASIDE
    elif report.form is None:
        reason = "left_out_no_tables"
    elif county is None or pd.isna(report.record["township"]):
        reason = "left_out_no_place"
    elif report.form != form:
        reason = "left_out_form"
    return FormReport(report.record, report.form, report.figures, report.findings, reason)


def _figures(tables: Tables, ids: set[str]) -> dict[str, dict[Key, Figure]]:
    """The figures of these reports, by report."""
    found: dict[str, dict[Key, Figure]] = {}
    for table, (line, column) in FIGURE_KEYS.items():
        frame: pd.DataFrame = getattr(tables, table)
        frame = frame[frame["report_id"].isin(ids)]
        corrected = frame["status_detail"].str.startswith(CORRECTED).fillna(False).to_numpy(dtype=bool)
        statuses = frame["status"].mask(corrected, "corrected")
        for row, status in zip(frame.to_dict("records"), statuses, strict=True):
            key = (table, str(row[line]), _VALUE if table == LISTED else str(row[column]))
            found.setdefault(row["report_id"], {})[key] = Figure(str(status), row)
    return found


def _findings(tables: Tables, ids: set[str]) -> dict[str, tuple[Record, ...]]:
    frame = tables.findings[tables.findings["report_id"].isin(ids)]
    found: dict[str, list[Record]] = {}
    for row in frame.to_dict("records"):
        found.setdefault(row["report_id"], []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}
