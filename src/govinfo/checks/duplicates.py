"""Two reports of one township and year: one is set aside, and a finding says so, with the cells that differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from govinfo.checks.findings import Row, Spoken, Subject, make, number_text
from govinfo.checks.versions import Difference, SetAside, set_aside_reports
from govinfo.definitions.labels import column_spot, line_spot
from govinfo.definitions.rules import Said, rule_book
from govinfo.tables import FIGURE_KEYS, LISTED, Tables

# So many cells are named in a message; the others are counted.
_NAMED = 5


def set_aside(tables: Tables) -> Tables:
    """The same tables, `counted` false for each report that another one of its place and year stands for.

    Nothing is taken out: a report that is set aside stays in all tables. Which one counts is decided by the rule of
    `govinfo.checks.versions`, from the reports alone: the same reports give the same answer in any order.
    """
    aside = [each.own.report_id for each in set_aside_reports(tables)]
    counted = (~tables.reports["report_id"].isin(aside)).astype("boolean")
    return replace(tables, reports=tables.reports.assign(counted=counted))


def duplicate_findings(aside: Iterable[SetAside], reports: Mapping[str, Subject]) -> Iterator[Row]:
    """Findings of the rule `report.duplicate`: one for each report that does not count."""
    for each in aside:
        subject = reports[each.own.report_id]
        first = min(each.differences, key=lambda cell: _place_in_form(subject.form, cell), default=None)
        yield make(
            subject,
            "report.duplicate",
            each.reason,
            Spoken("reports", locator=first.locator if first else None),
            about=each.other.report_id,
            own=each.own.source,
            other=each.other.source,
            shared=each.shared,
            figures=each.own.figures,
            most=each.other.figures,
            own_day=_day(each.own_day),
            day=_day(each.other_day),
            differences=_told(subject.form, each),
        )


def _told(form: str, each: SetAside) -> Said:
    """The cells that differ, with both figures, or that the texts do."""
    phrases = rule_book().formula
    if not each.differences:
        return phrases["texts"]
    ordered = sorted(each.differences, key=lambda cell: _place_in_form(form, cell))
    named = [_cell(form, cell) for cell in ordered[:_NAMED]]
    rest = len(each.differences) - len(named)
    more = phrases["more"].fill(count=rest) if rest else Said("", "")
    both = phrases["and"]
    return Said(both.zh.join(one.zh for one in named) + more.zh, both.en.join(one.en for one in named) + more.en)


def _place_in_form(form: str, cell: Difference) -> tuple[int, int, int]:
    line, column = line_spot(form, cell.table, cell.line), column_spot(form, cell.table, cell.column)
    return (tuple(FIGURE_KEYS).index(cell.table), line.rank, column.rank)


def _cell(form: str, cell: Difference) -> Said:
    line, column = line_spot(form, cell.table, cell.line), column_spot(form, cell.table, cell.column)
    listed = cell.table == LISTED
    spot = Said(line.label if listed else f"{line.label}-{column.label}", f"{cell.line} {cell.column}".strip())
    return (
        rule_book()
        .formula["two_figures"]
        .fill(
            table=rule_book().tables[cell.table],
            spot=spot,
            own=number_text(cell.own),
            other=number_text(cell.other),
        )
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
