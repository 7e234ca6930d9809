"""The made-up sentences of `mention_sentences.yaml`, read, and held against what a careful reader takes from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from govinfo.parse.mentions.mentions import Mention, read_mentions
from govinfo.parse.prose.sections import NarrativeSection

YEAR = 2022
Row = tuple[str, float, bool, str, str | None]


@dataclass(frozen=True)
class Case:
    """A sentence in its section, the rows that it gives, and those that a careful reader would take besides."""

    group: str
    section: NarrativeSection
    rows: Counter[Row]
    left_out: Counter[Row]

    @property
    def name(self) -> str:
        return f"{self.group}: {self.section.text}"


def cases() -> list[Case]:
    data = yaml.safe_load((Path(__file__).parent / "mention_sentences.yaml").read_text(encoding="utf-8"))
    return [_case(group, entry) for group, entries in data.items() for entry in entries]


def _case(group: str, entry: dict[str, Any]) -> Case:
    text = entry.get("before", "") + entry["say"]
    section = NarrativeSection(0, None, entry.get("role", "overview"), entry.get("heading"), text)
    rows, left_out = (Counter(_row(str(row)) for row in entry.get(key, ())) for key in ("rows", "left_out"))
    return Case(group, section, rows, left_out)


def _row(text: str) -> Row:
    measure, value, *rest = text.split(" ")
    period = rest.pop(0)[1:] if rest and rest[0].startswith("@") else "year"
    return measure, float(value.rstrip("~")), value.endswith("~"), period, " ".join(rest) or None


def mentions_of(case: Case) -> tuple[Mention, ...]:
    return read_mentions([case.section], YEAR, "township")


def rows_of(mentions: tuple[Mention, ...]) -> Counter[Row]:
    return Counter((m.measure, m.value, m.approximate, m.period, m.category) for m in mentions)
