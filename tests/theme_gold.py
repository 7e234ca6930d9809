"""The annotated statements, and which of them are set aside: a third by the hash of their ids, only ever measured."""

from __future__ import annotations

import csv
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

ASIDE_OF = 3
PUBLISHED = Path(os.environ.get("GOVINFO_GOLD", Path(__file__).parents[2] / "shared" / "gold"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A statement with the themes that a person gave it; none where it is no statement (`kind` is `none`)."""

    id: str
    kind: str
    text: str
    themes: frozenset[str]
    source: str


def set_aside(identifier: str) -> bool:
    """Whether a row belongs to the third that nobody looks at but to measure."""
    return int(hashlib.sha256(identifier.encode("utf-8")).hexdigest(), 16) % ASIDE_OF == 0


def read_labelled(path: Path) -> list[Labelled]:
    """The rows of a file with the columns id, kind, text, themes and source."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Labelled(
                row["id"],
                row["kind"],
                row["text"],
                frozenset(filter(None, row["themes"].split(";"))),
                row.get("source", ""),
            )
            for row in csv.DictReader(file)
        ]


def published() -> list[Labelled]:
    """The rows of the file that is not part of the project; none where it is not there."""
    path = PUBLISHED / "problem_statements.csv"
    return read_labelled(path) if path.exists() else []
