"""Every kind of fault that can be put into a made-up report, by the rule that it breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from govinfo.demo.faults import figures, shape, told, whose, words
from govinfo.demo.faults.fault import Maker


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: the rule that it breaks, where it is put (a table, `any`, `narrative`, `reports`), what makes it."""

    rule: str
    part: str
    make: Maker


KINDS: Mapping[str, Kind] = {
    "balance": Kind("requests.balance", "requests", figures.off_balance),
    "row": Kind("requests.row_total", "requests", figures.off_row),
    "outcomes": Kind("requests.outcome_total", "requests", figures.off_outcomes),
    "disputes": Kind("disputes.total", "disputes", figures.off_disputes),
    "statistics": Kind("statistics.sum", "statistics", figures.off_statistics),
    "lost table": Kind("table.missing", "any", shape.lost_table),
    "lost line": Kind("table.cells_missing", "disclosure", shape.lost_line),
    "damaged line": Kind("table.shape", "any", shape.damaged_line),
    "open line": Kind("value.ambiguous", "disclosure", shape.open_line),
    "foreign line": Kind("table.unknown_line", "disclosure", shape.foreign_line),
    "words": Kind("value.unreadable", "disclosure", figures.odd_value("value.unreadable")),
    "negative": Kind("value.negative", "disclosure", figures.odd_value("value.negative")),
    "fraction": Kind("value.fraction", "disclosure", figures.odd_value("value.fraction")),
    "unit": Kind("value.unit", "disclosure", figures.odd_value("value.unit")),
    "taken over": Kind("years.carry_over", "requests", figures.taken_over),
    "stock": Kind("years.in_force", "disclosure", figures.off_stock),
    "period": Kind("identity.year", "reports", whose.other_period),
    "no year": Kind("identity.inferred", "reports", whose.no_year),
    "manifest": Kind("identity.manifest", "reports", whose.other_manifest),
    "late": Kind("publication.late", "reports", whose.late),
    "second file": Kind("report.duplicate", "reports", whose.second_file),
    "told requests": Kind("narrative.requests", "narrative", told.wrong_requests),
    "told disputes": Kind("narrative.disputes", "narrative", told.wrong_disputes),
    "told total": Kind("narrative.breakdown", "narrative", told.wrong_total),
    "told twice": Kind("narrative.contradiction", "narrative", told.said_twice),
    "shares": Kind("narrative.shares", "narrative", told.shares),
    "documents": Kind("narrative.documents", "narrative", told.documents),
    "template": Kind("text.placeholder", "narrative", words.sentence("text.placeholder", "templates")),
    "betting": Kind("text.foreign", "narrative", words.sentence("text.foreign", "betting")),
    "elsewhere": Kind("text.foreign", "narrative", words.sentence("text.foreign", "elsewhere")),
    "twice": Kind("text.repeated", "narrative", words.sentence("text.repeated", "repeated")),
    "last year's": Kind("years.copied_text", "narrative", words.last_years_problems),
    "another's": Kind("places.copied_text", "narrative", words.another_towns_problems),
}
