"""Which themes a statement names, by the cue words of `definitions/themes.yaml`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pandas as pd

from govinfo.definitions.themes import UNCLASSIFIED, themes
from govinfo.tables import typed
from govinfo.text import fold_width, simplify, squeeze

__all__ = ["cues_in", "tag_themes"]

_BETWEEN = " | "
# No report makes one point so long; what is longer is text that was not cut up.
_LONGEST = 2_000


def tag_themes(problems: pd.DataFrame) -> pd.DataFrame:
    """The themes of each statement of section 五 (the table `problems`).

    Returns
    -------
    DataFrame of the table `problem_themes`, one row per statement and theme
        every theme of which a cue occurs in the text, in the order of the taxonomy; `evidence` holds the
        words, joined by ` | `. A statement without any cue carries `unclassified`, its evidence null.

    Source: the taxonomy of `definitions/themes.yaml`.
    """
    rows: list[dict[str, Any]] = []
    for report_id, kind, ordinal, text in zip(
        problems["report_id"], problems["kind"], problems["ordinal"], problems["text"], strict=True
    ):
        found = cues_in("" if pd.isna(text) else str(text)) or {UNCLASSIFIED: ()}
        for theme, words in found.items():
            evidence = _BETWEEN.join(words) or None
            key = {"report_id": report_id, "kind": kind, "ordinal": ordinal}
            rows.append({**key, "theme": theme, "evidence": evidence})
    return typed("problem_themes", rows)


def cues_in(text: str) -> dict[str, tuple[str, ...]]:
    """The themes that `text` names, each with the words that betray it, in the order of the taxonomy.

    Of a text longer than any statement only the beginning is looked at.
    """
    printed = squeeze(fold_width(text[:_LONGEST]))
    folded = simplify(printed)
    found: dict[str, tuple[str, ...]] = {}
    for code, cues, excluded in _compiled():
        seen = folded if excluded is None else excluded.sub(_cut, folded)
        words = tuple(dict.fromkeys(printed[match.start() : match.end()] for match in cues.finditer(seen)))
        if words:
            found[code] = words
    return found


def _cut(match: re.Match[str]) -> str:
    """A gap that no cue spans, in place of words that speak of another theme."""
    return "\n" * len(match.group())


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    """One pattern for all cues of a theme; `.` stays within a line, so it cannot cross what was cut."""
    return tuple(
        (
            theme.code,
            re.compile("|".join(f"(?:{cue})" for cue in theme.cues)),
            re.compile("|".join(f"(?:{cue})" for cue in theme.excluded)) if theme.excluded else None,
        )
        for theme in themes()
        if theme.cues
    )
