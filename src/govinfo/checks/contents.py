"""What reports say, made comparable: their words, their figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import pandas as pd

from govinfo.tables import FIGURE_KEYS, Tables

# by table, line and column
Figures = Mapping[tuple[str, str, str], float]
_NO_WORDS = r"[^\u4e00-\u9fff0-9]+"
_SHINGLE = 8
_NEAR = 0.8


def report_texts(tables: Tables, ids: Iterable[str]) -> Mapping[str, str]:
    """The words and numbers of each report's narrative, without marks and blanks; one without any has no entry."""
    rows = tables.narrative[tables.narrative["report_id"].isin(list(ids))].sort_values(["report_id", "order"])
    both = (rows["heading"].fillna("") + rows["text"].fillna("")).str.replace(_NO_WORDS, "", regex=True)
    return {str(report_id): "".join(parts) for report_id, parts in both.groupby(rows["report_id"])}


def figure_rows(tables: Tables, ids: Iterable[str]) -> pd.DataFrame:
    """The figures of these reports: report_id, table, line, column, value (float), status, locator; no nulls."""
    wanted, parts = list(ids), []
    for table, (line, column) in FIGURE_KEYS.items():
        cells: pd.DataFrame = getattr(tables, table)
        cells = cells[cells["report_id"].isin(wanted) & cells["value"].notna()]
        values = cells["value"].to_numpy(dtype=float)
        part = {
            "report_id": cells["report_id"],
            "table": table,
            "line": cells[line],
            "column": cells[column].fillna(""),
        }
        parts.append(pd.DataFrame({**part, "value": values, "status": cells["status"], "locator": cells["locator"]}))
    return pd.concat(parts, ignore_index=True)


def report_figures(tables: Tables, ids: Iterable[str]) -> Mapping[str, Figures]:
    """The figures of each report; one without any has no entry."""
    found: dict[str, dict[tuple[str, str, str], float]] = {}
    rows = figure_rows(tables, ids)
    columns = (rows[name].tolist() for name in ("report_id", "table", "line", "column", "value"))
    for report_id, table, line, column, value in zip(*columns, strict=True):
        found.setdefault(report_id, {})[table, line, column] = value
    return found


def agree(one: Figures, other: Figures) -> bool:
    """Whether no cell has two figures; one that only one of them gives is no contradiction."""
    return all(other.get(cell, value) == value for cell, value in one.items())


def near(one: str, other: str) -> bool:
    """Whether two texts are the same but for a few words, or one is a part of the other; nothing is a part of all."""
    shorter, longer = sorted((one, other), key=len)
    if shorter in longer:
        return True
    pieces = _shingles(shorter)
    return len(pieces & _shingles(longer)) >= _NEAR * len(pieces)


# the texts of one place and year are each compared with many others
@lru_cache(maxsize=1024)
def _shingles(text: str) -> frozenset[str]:
    return frozenset(text[start : start + _SHINGLE] for start in range(max(1, len(text) - _SHINGLE + 1)))
