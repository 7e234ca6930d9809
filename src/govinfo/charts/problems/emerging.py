"""What no theme covers: groups of like statements, largest first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from govinfo.charts.bars import Heading, bars
from govinfo.charts.chart import Chart
from govinfo.charts.shown import Table, Words, beside
from govinfo.charts.table import code_word, tidy
from govinfo.definitions.themes import themes
from govinfo.definitions.wording import say

MOST_GROUPS = 10
# A bar is called by the beginning of a statement: its first clause, or so many characters.
_CLAUSE = re.compile(r"[^，；,;]+")
_LONGEST = 22


def emerging_chart(groups: pd.DataFrame, statements: pd.DataFrame, kind: str = "problem") -> Chart | Words:
    """How many reports have statements of each group (answer of `emerging_themes` for `kind`).

    `statements` is the answer of `problem_statements`: it tells how many fit no theme.
    """
    none = themes()[-1].label
    alone = statements[(statements["kind"] == kind) & (statements["themes"] == none).fillna(False)]
    number = {"kind": code_word(kind, "kind_"), "n": len(alone), "all": int((statements["kind"] == kind).sum())}
    if not number["all"]:
        return Words((say("problems", "none_stated", **number),))
    if groups.empty:
        return Words((say("problems", "no_groups" if len(alone) else "all_fit", **number),))
    first = groups.iloc[0].to_dict()
    title = say("problems", "groups_title", **number, groups=len(groups), name=_name(first), reports=first["reports"])
    shown = groups.iloc[:MOST_GROUPS]
    frame = pd.DataFrame(
        {
            "name": [_called(row) for row in shown.to_dict("records")],
            "series": say("problems", "groups_series"),
            "value": shown["reports"],
        }
    )
    note = say("problems", "groups_note")
    note += say("problems", "groups_left_out", shown=len(shown), all=len(groups)) if len(groups) > len(shown) else ""
    counted = say("problems", "groups_counted", n=int(groups["statements"].sum()))
    return bars(frame, Heading(f"emerging_{kind}s", title, say("problems", "groups_unit"), len(groups), counted, note))


def _name(group: Mapping[Any, Any]) -> str:
    clause = _CLAUSE.match(group["example"])
    name: str = clause.group() if clause else group["example"]
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + say("problems", "cut")


def _called(group: Mapping[Any, Any]) -> str:
    """The group by its example and its years; two groups are never called the same."""
    years = {"first": group["first_year"], "last": group["last_year"]}
    if pd.isna(years["first"]):
        span = say("charts", "no_year")
    else:
        span = say("problems", "group_year" if years["first"] == years["last"] else "group_years", **years)
    return say("problems", "group", number=group["group"], name=_name(group), years=span)


def emerging_table(groups: pd.DataFrame, kind: str = "problem") -> tuple[Table, ...]:
    """The groups with their words and examples."""
    rows = groups.rename(columns={"name": "telling", "statements": "group_statements", "reports": "group_reports"})
    columns = ["group", "telling", "group_statements", "group_reports", "townships", "first_year", "last_year"]
    caption = say("problems", "groups_table", kind=code_word(kind, "kind_"), n=len(groups))
    return beside(tidy(rows, [*columns, "examples"], caption=caption, folded=True))
