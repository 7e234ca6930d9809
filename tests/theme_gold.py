"""The annotated statements of published reports, which are no part of the project."""

from __future__ import annotations

import os
from pathlib import Path

from govinfo.themes.labelled import Labelled, read_labelled

PUBLISHED = Path(os.environ.get("GOVINFO_GOLD", Path(__file__).parents[2] / "shared" / "gold"))


def published() -> list[Labelled]:
    """The statements of the file, without rows that are none; nothing where the file is not there."""
    path = PUBLISHED / "problem_statements.csv"
    return [row for row in read_labelled(path) if row.kind != "none"] if path.exists() else []
