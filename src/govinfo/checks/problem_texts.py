"""Section 五 of township reports, made comparable: without names, years, numbers and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from govinfo.checks.findings import null_free
from govinfo.definitions.patterns import patterns
from govinfo.gazetteer import Division, short_name
from govinfo.tables import Tables

# A shorter section is nothing, or so general that two may be the same by chance.
SHORT = 80
_NO_HAN = re.compile(r"[^\u4e00-\u9fff]+")
_PLACE = ("township", "county", "city")
_COLUMNS = ("report_id", *_PLACE, "province", "year", "source")


@dataclass(frozen=True, slots=True)
class ProblemText:
    """The section of one report. `place` tells the township under all its names; `clauses` joined are its text."""

    report_id: str
    place: str
    name: str
    year: int | None
    source: str
    clauses: tuple[str, ...]

    @property
    def text(self) -> str:
        """All clauses, one behind the other."""
        return "".join(self.clauses)


def problem_texts(tables: Tables) -> Iterator[ProblemText]:
    """The section of each counted report of a township whose place is told and that says enough, by year and source."""
    reports = tables.reports
    keep = (reports["level"] == "township").fillna(False) & reports["counted"].fillna(True)
    own = reports[keep & reports[["township", "county"]].notna().all(axis=1)].sort_values(["year", "source"])
    rows = tables.narrative[(tables.narrative["role"] == "problems").fillna(False) & tables.narrative["text"].notna()]
    rows = rows[rows["report_id"].isin(own["report_id"])].sort_values(["report_id", "order"], kind="stable")
    texts: dict[str, str] = {}
    for report_id, text in zip(rows["report_id"].astype(object), rows["text"].astype(object), strict=True):
        texts[report_id] = f"{texts[report_id]}\n{text}" if report_id in texts else text
    for row in zip(*(own[name].astype(object) for name in _COLUMNS), strict=True):
        record = dict(zip(_COLUMNS, row, strict=True))
        text = texts.get(record["report_id"], "")
        if len(text) < SHORT:
            continue
        names = [null_free(record[name]) for name in _PLACE]
        clauses = _clauses(text, [name for name in names if name])
        if sum(map(len, clauses)) >= SHORT:
            place = "/".join(
                (null_free(record["province"]) or "", *(_stem(name or "") for name in (names[1], names[0])))
            )
            year = None if pd.isna(record["year"]) else int(record["year"])
            name = f"{names[1]}{names[0]}"
            yield ProblemText(record["report_id"], place, name, year, str(record["source"]), clauses)


@lru_cache(maxsize=65536)
def _stem(name: str) -> str:
    """The name without its kind: 元马乡 is 元马镇 some years later, 偃师市 is 偃师区."""
    return short_name(Division("township", name, "")) if name else ""


def _clauses(text: str, names: list[str]) -> tuple[str, ...]:
    """The clauses of a text in characters alone, without what names its place, its year, and the numbers of points."""
    rules = patterns("texts")
    for name in names:
        text = text.replace(name, "")
    text = rules.one["self"].sub("", text)
    parts = rules.one["clause"].split(text)
    found = (characters(rules.one["point"].sub("", part)) for part in parts)
    return tuple(clause for clause in found if clause)


def characters(text: str) -> str:
    """The Chinese characters of a text, without figures, marks and spaces."""
    return _NO_HAN.sub("", text)
