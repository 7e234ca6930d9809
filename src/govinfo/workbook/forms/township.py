"""A report's sheet in the layout of the form that it follows: its figures as read, and what the checks say of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from govinfo.definitions.form import Form
from govinfo.definitions.labels import column_spot, line_spot
from govinfo.definitions.rules import rule_book
from govinfo.definitions.wording import say, words
from govinfo.questions.coverage import SEVERITIES, severity_rank
from govinfo.tables import LISTED
from govinfo.workbook.forms.chosen import SET_ASIDE, County, FormReport, Record
from govinfo.workbook.forms.draw import comment, draw_above, draw_form, finish, height_of, top_of, widths_of
from govinfo.workbook.forms.grid import Area, Grid, grid_of
from govinfo.workbook.forms.looks import figure_style, fill
from govinfo.workbook.forms.marks import (
    comment_text,
    dismissed,
    findings_by_figure,
    findings_by_table,
    is_red,
    place_of,
    shown,
    spot_of,
    status_word,
)
from govinfo.workbook.origins import Origin, figure_origin
from govinfo.workbook.pages import Drawing, Page

# The statuses that have a look of their own, in the order of the legend.
_LEGEND = ("repaired", "corrected", "ambiguous", "blank", "not_applicable", "missing", "unreadable")
_TABS = {"error": "C00000", "warning": "FFC000"}


def township_pages(counties: Sequence[County]) -> Iterator[Page]:
    """A page for each report that follows a form, the county's own reports behind those of its townships."""
    names = [
        str(report.record["township"])
        for county in counties
        for report in county.reports
        if report.left_out != SET_ASIDE
    ]
    for county in counties:
        for report in (*county.reports, *county.own):
            if report.form is not None:
                yield _page(county, report, names.count(str(report.record["township"])) > 1)


def place_name(report: FormReport) -> str:
    """Whose report it is: township or county, else the issuer, else that it cannot be told."""
    record = report.record
    names = ("county", "issuer") if record["level"] == "county" else ("township", "issuer")
    return next((str(record[name]) for name in names if pd.notna(record[name])), say("workbook", "unknown_place"))


def form_name(form: Form) -> str:
    """What officials call a form; the title of one that the package has no name for."""
    return words("codes").get(f"form_{form.code}", form.title)


def count_text(findings: Sequence[Record]) -> str:
    """How many findings of each severity there are that nobody dismissed, in words."""
    kept = [finding["severity"] for finding in findings if not dismissed(finding)]
    return say("forms", "holds_found", **{severity: kept.count(severity) for severity in SEVERITIES})


def left_out_reason(report: FormReport, county: County) -> str:
    """Why a report is not added up, in words."""
    name = "" if report.form is None else form_name(report.form)
    return say("forms", str(report.left_out), form=name, own=form_name(county.form))


def _page(county: County, report: FormReport, twice: bool) -> Page:
    place = place_name(report)
    assert report.form is not None
    form, findings = form_name(report.form), count_text(report.findings)
    holds = say("forms", "holds_township", place=place, year=county.year, form=form, findings=findings)
    name = place
    if report in county.own:
        name = say("forms", "own_sheet", name=place)
    elif report.left_out == SET_ASIDE:
        name = say("forms", "set_aside_sheet", name=place)
    elif twice and county.name:
        name = say("forms", "place_of", township=place, county=county.name)
    return Page(report.key, name, holds, lambda drawing: _draw(drawing, county, report))


def _draw(drawing: Drawing, county: County, report: FormReport) -> None:
    assert report.form is not None  # only such reports have a page
    grid = grid_of(report.form, top_of(drawing.notice))
    where = "" if not county.name or county.name == place_name(report) else county.name
    title = say("forms", "title", place=where + place_name(report), year=county.year)
    remarks = [(_about(report, grid), "form_note"), _standing(drawing, county, report)]
    _draw_legend(drawing.page, draw_above(drawing, grid, title, remarks))
    draw_form(drawing, grid, {key: shown(report.figures.get(key)) for key in grid.figures})
    _draw_figures(drawing.page, report, grid)
    _add_validation(drawing.page, grid)
    last = _draw_findings(drawing.page, report, grid)
    finish(drawing, grid, last)
    severities = {finding["severity"] for finding in report.findings if not dismissed(finding)}
    color = next((_TABS[severity] for severity in _TABS if severity in severities), None)
    if color:
        drawing.page.sheet_properties.tabColor = color


def _about(report: FormReport, grid: Grid) -> str:
    record = report.record
    day = record["published_on"]
    published = words("forms")["published_unknown"]
    if pd.notna(day):
        published = say("forms", "published", date=day.date().isoformat())
    key = "about_list" if grid.form.table(LISTED) else "about"
    text = say("forms", key, source=record["source"], form=form_name(grid.form), published=published)
    return text if pd.isna(record["note"]) else f"{text}\n{record['note']}"


def _standing(drawing: Drawing, county: County, report: FormReport) -> tuple[str, str]:
    """Whether the report is added up, and the style of that text."""
    if report in county.own:
        return words("forms")["own_not_summed"], "form_note"
    if report.left_out is None:
        return say("forms", "summed", sheet=drawing.names[f"rollup:{county.name}"]), "form_note"
    return say("forms", "not_summed", reason=left_out_reason(report, county)), "form_flag"


def _draw_legend(page: Worksheet, row: int) -> None:
    column = 1
    for status in _LEGEND:
        fill(page, Area(row, column, 1, 2), status_word(status), f"legend_{status}")
        column += 2
    fill(page, Area(row, column, 1, 2), words("forms")["sample_found"], "legend_found")
    page.row_dimensions[row].height = 18


def _draw_figures(page: Worksheet, report: FormReport, grid: Grid) -> None:
    by_figure = findings_by_figure(report, grid)
    for key, area in grid.figures.items():
        figure, findings = report.figures.get(key), by_figure.get(key, [])
        status = "missing" if figure is None else figure.status
        fill(page, area, shown(figure), figure_style(grid.numbers[key], status, is_red(findings)))
        text = comment_text(report, figure, findings)
        if text:
            page.cell(area.row, area.column).comment = comment(text)
    for table, findings in findings_by_table(report, grid).items():
        cell = page.cell(grid.starts[table], 1)
        cell.comment = comment("\n".join(_said(finding) for finding in findings))
        if is_red(findings):
            title = next(text for text in grid.texts if text.area.row == grid.starts[table])
            fill(page, title.area, title.text, "form_table_found")


def _said(finding: Record) -> str:
    severity = say("codes", f"severity_{finding['severity']}")
    return say("forms", "finding", severity=severity, message=finding["message"])


def _add_validation(page: Worksheet, grid: Grid) -> None:
    """Warn of what is no figure where one is typed."""
    for number, least in (("count", "0"), ("amount", "0"), ("change", "-1000000")):
        cells = [area.address for key, area in grid.figures.items() if grid.numbers[key] == number]
        if not cells:
            continue
        rule = DataValidation(type="decimal" if number == "amount" else "whole", operator="greaterThanOrEqual")
        rule.formula1, rule.allowBlank, rule.errorStyle = least, True, "warning"
        rule.showErrorMessage = True
        rule.errorTitle, rule.error = words("forms")["must_title"], words("forms")[f"must_{number}"]
        for cell in cells:
            rule.add(cell)
        page.add_data_validation(rule)


def _draw_findings(page: Worksheet, report: FormReport, grid: Grid) -> int:
    """List the report's findings under its tables, worst first and dismissed ones last; the last row."""
    row, width = grid.last + 2, grid.width + 1
    if not report.findings:
        fill(page, Area(row, 1, 1, width), words("forms")["found_none"], "form_table")
        return row
    title = say("forms", "found_title", findings=count_text(report.findings))
    fill(page, Area(row, 1, 1, width), title, "form_table")
    ranks = severity_rank(pd.Series([finding["severity"] for finding in report.findings], dtype="object"))
    ordered = sorted(zip(report.findings, ranks, strict=True), key=lambda one: (dismissed(one[0]), one[1]))
    rest = sum(widths_of(grid)[6:])
    for finding, _ in ordered:
        row += 1
        gone = dismissed(finding)
        severity = words("forms")["found_dismissed"] if gone else say("codes", f"severity_{finding['severity']}")
        fill(page, Area(row, 1, 1, 2), severity, "middle" if gone else str(finding["severity"]))
        place = place_of(finding, _labels(finding, grid.form))
        fill(page, Area(row, 3, 1, 4), place, "text")
        fill(page, Area(row, 7, 1, width - 6), finding["message"], "text")
        height = max(height_of(str(finding["message"]), rest - 4), height_of(place, sum(widths_of(grid)[2:6]) - 4))
        page.row_dimensions[row].height = height
    return row


def _labels(finding: Record, form: Form) -> Mapping[str, Any]:
    table, line, column = spot_of(finding)
    return {
        "table": rule_book().tables[table].zh if table else None,
        "line": line_spot(form.code, table, line).label if table and line else None,
        "column": column_spot(form.code, table, column).label if table and column else None,
    }


def origins_of(counties: Sequence[County], names: Mapping[str, str], notice: str | None) -> Iterator[Origin]:
    """Where each figure of the reports' sheets came from; `names` are the sheets' names by the key of their pages."""
    for county in counties:
        for report in (*county.reports, *county.own):
            if report.form is None:
                continue
            grid = grid_of(report.form, top_of(notice))
            for key, figure in report.figures.items():
                if key in grid.figures:
                    cell = grid.figures[key].address
                    yield figure_origin(names[report.key], cell, report.record, key[0], figure.row)
