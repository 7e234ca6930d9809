"""The figures that reports state in their narrative, as the checks use them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from govinfo.definitions.rules import Said, rule_book
from govinfo.tables import Tables

YEAR = "year"
_COLUMNS = ("report_id", "order", "measure", "value", "unit", "approximate", "period", "evidence", "start", "end")


@dataclass(frozen=True, slots=True)
class Stated:
    """One row of `mentions` that is exact."""

    order: int
    measure: str
    value: float
    unit: str
    period: str
    evidence: str
    start: int
    end: int


def stated_by_report(tables: Tables) -> Mapping[str, list[Stated]]:
    """The exact figures of each report, in the order of its text; a report without any has no entry."""
    rows = tables.mentions[~tables.mentions["approximate"].fillna(False) & tables.mentions["value"].notna()]
    found: dict[str, list[Stated]] = {}
    filled = rows.assign(
        unit=rows["unit"].fillna(""), period=rows["period"].fillna("other"), evidence=rows["evidence"].fillna("")
    ).fillna({"order": -1, "start": -1, "end": -1})
    columns = (filled[name].tolist() for name in _COLUMNS)
    for report_id, order, measure, value, unit, _, period, evidence, start, end in zip(*columns, strict=True):
        stated = Stated(int(order), measure, float(value), unit, period, evidence, int(start), int(end))
        found.setdefault(report_id, []).append(stated)
    return found


def called(measure: str) -> Said:
    """What messages call a measure."""
    return rule_book().measures.get(measure, Said(measure, measure))
