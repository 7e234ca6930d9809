"""The figures that reports state in their narrative, as the checks use them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from govinfo.definitions.mentions import mention_words
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


def is_including(one: Stated, text: str | None) -> bool:
    """Whether `text` says behind a number of requests that it includes those carried over."""
    if text is None or one.measure != "requests_received":
        return False
    printed = re.search(rf"(?<!\d){one.value:.0f}(?!\d)", one.evidence)
    # what stands before the number in its clause is of other numbers
    rest = one.evidence[printed.end() if printed else 0 :]
    return any(mention_words().including.search(part) for part in (rest, rest + _following(text, one.end)))


def _following(text: str, end: int) -> str:
    """What follows a mention in its sentence, as far as it may say what the number includes."""
    rest = text[end : end + 40]
    marks = [rest.find(mark) for mark in "。；;\n"]
    return rest[: min((place for place in marks if place >= 0), default=len(rest))][:32]
