"""The texts of reports as checks look at them: title and sections, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from govinfo.checks.findings import null_free
from govinfo.definitions.rules import Said, rule_book
from govinfo.tables import Tables

TITLE = "title"
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a report: its title (`role` is then `title`) or a section of its narrative."""

    role: str
    heading: str | None
    text: str

    @property
    def called(self) -> Said:
        """How messages call it: a section by its heading, or by what it is."""
        if self.role == TITLE:
            return rule_book().sources[TITLE]
        words = rule_book().aspects
        return words["section"].fill(heading=self.heading, role=self.role) if self.heading else words["opening"]


def passages(tables: Tables) -> Iterator[tuple[str, list[Passage]]]:
    """The texts of each report that has any, by `report_id`, in the order of the table `reports`."""
    sections = _sections(tables)
    for report_id, title in zip(tables.reports["report_id"], tables.reports["title"], strict=True):
        found = [] if null_free(title) is None else [Passage(TITLE, None, str(title))]
        found += sections.get(report_id, [])
        if found:
            yield report_id, found


def _sections(tables: Tables) -> Mapping[str, list[Passage]]:
    rows = tables.narrative.sort_values(["report_id", "order"], kind="stable")
    columns = [rows[name].astype(object).tolist() for name in ("report_id", "role", "heading", "text")]
    found = {}
    for report_id, own in groupby(zip(*columns, strict=True), key=lambda row: row[0]):
        made = [
            Passage(_text(role) or "unknown", _text(heading) or None, _text(text)) for _, role, heading, text in own
        ]
        found[report_id] = made
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def around(text: str, start: int, end: int) -> str:
    """What stands at a place of a text, with a few characters on both sides, on one line."""
    first, last = max(0, start - _SHOWN), min(len(text), end + _SHOWN)
    shown = " ".join(text[first:last].split())
    return ("…" if first else "") + shown + ("…" if last < len(text) else "")
