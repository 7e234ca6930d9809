"""Statements that a person gave themes: what the model learns from, and what it is measured on.

`made` were written for this, in several rounds; `given` came with the taxonomy, written by others. Of both a third
is set aside by the hash of the id: nothing is learned from it.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent / "data"
ASIDE_OF = 3


@dataclass(frozen=True, slots=True)
class Labelled:
    """A statement with its themes; none where it is no statement (`kind` is `none`)."""

    id: str
    kind: str
    text: str
    themes: frozenset[str]
    source: str


def is_set_aside(identifier: str) -> bool:
    """Whether the row with this id belongs to the third from which nothing is learned."""
    return int(hashlib.sha256(identifier.encode("utf-8")).hexdigest(), 16) % ASIDE_OF == 0


def read_labelled(path: Path) -> tuple[Labelled, ...]:
    """The rows of a file with the columns id, kind, text, themes (joined by `;`) and source."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Labelled(
                row["id"],
                row["kind"],
                row["text"],
                frozenset(filter(None, row["themes"].split(";"))),
                row["source"],
            )
            for row in csv.DictReader(file)
        )


@lru_cache(maxsize=1)
def labelled() -> tuple[Labelled, ...]:
    """The labelled statements of the package, without those that are none."""
    return tuple(row for row in read_labelled(HERE / "labelled.csv") if row.kind != "none")


def to_learn(rows: Sequence[Labelled]) -> list[Labelled]:
    """The rows that are not set aside."""
    return [row for row in rows if not is_set_aside(row.id)]


def set_aside(rows: Sequence[Labelled]) -> list[Labelled]:
    """The third that is only measured."""
    return [row for row in rows if is_set_aside(row.id)]
