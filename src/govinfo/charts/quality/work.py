"""What needs a hand: how much of it there is, what to do with each kind, and every single thing."""

from __future__ import annotations

from typing import Any

import pandas as pd

from govinfo.charts.shown import Table, Words
from govinfo.charts.table import code_word, tidy
from govinfo.definitions.labels import column_spot, line_spot
from govinfo.definitions.locator_words import spot_text
from govinfo.definitions.wording import say, words
from govinfo.questions.quality.worklist import KINDS

# so many things stand open to the eye, the rest is folded
MOST_OPEN = 20


def work_words(work: pd.DataFrame, reports: int, *, judged: bool = True) -> Words:
    """How many things need a hand, by kind, in one sentence (answer of `worklist` of so many reports).

    `judged` says whether for every county it could be told who has published.
    """
    if work.empty:
        if not reports:
            return Words((say("quality", "work_nothing"),))
        return Words((say("quality", "work_none" if judged else "work_none_unjudged"),))
    counts = work["kind"].value_counts()
    parts = [
        say("quality", "work_kind", kind=say("quality", f"kind_{kind}"), n=counts[kind])
        for kind in KINDS
        if kind in counts
    ]
    return Words((say("quality", "work_title", n=len(work), kinds=say("quality", "join").join(parts)),))


def work_list(work: pd.DataFrame) -> list[Words | Table]:
    """What to do with each kind, and all things in a table, the newest first (answer of `worklist`)."""
    if work.empty:
        return []
    counts = work["kind"].value_counts()
    lines = tuple(
        say(
            "quality",
            "work_line",
            kind=say("quality", f"kind_{kind}"),
            n=counts[kind],
            todo=say("quality", f"todo_{kind}"),
        )
        for kind in KINDS
        if kind in counts
    )
    # a sentence of a list stays one where there is no other
    shown: list[Words | Table] = [Words(lines, "standing")]
    rows = work.assign(
        work_of=(work["area"].fillna("") + work["township"].fillna("")).replace("", pd.NA),
        to_see=pd.Series([_what(row) for row in work.to_dict("records")], index=work.index, dtype="string"),
        where=_where(work),
    )
    columns = ["year", "work_of", "to_see", "where"]
    if len(rows) <= MOST_OPEN:
        return [*shown, tidy(rows, columns, caption=say("quality", "work_table"))]
    shown.append(tidy(rows.iloc[:MOST_OPEN], columns, caption=say("quality", "work_newest", n=MOST_OPEN)))
    rest = say("quality", "work_rest", n=len(rows) - MOST_OPEN)
    return [*shown, tidy(rows.iloc[MOST_OPEN:], columns, caption=rest, folded=True)]


def _where(work: pd.DataFrame) -> pd.Series[str]:
    """The file and the place in it; a place in a text begins with the file's name."""
    named = [
        pd.isna(locator) or pd.isna(source) or str(locator).startswith(str(source))
        for locator, source in zip(work["locator"], work["source"], strict=True)
    ]
    spots = pd.Series(
        [None if pd.isna(locator) else spot_text(str(locator)) for locator in work["locator"]],
        index=work.index,
        dtype="string",
    )
    own = spots.fillna(work["source"])
    return own.where(pd.Series(named, index=work.index, dtype="bool"), work["source"] + " " + spots)


def _what(row: dict[Any, Any]) -> str:
    """What is to be seen in that row, in words."""
    kind = str(row["kind"])
    return say("quality", "work_item", kind=say("quality", f"kind_{kind}"), what=_seen(kind, row))


def _seen(kind: str, row: dict[Any, Any]) -> str:
    """The same without its kind."""
    reason, text = row["reason"], "" if pd.isna(row["message"]) else str(row["message"])
    if kind == "reject":
        return reject_words(str(reason))
    if kind == "unplaced":
        return say("quality", f"reason_{reason}")
    if kind == "missing":
        return say("quality", "missing_n", n=reason, names=text)
    if kind in ("correction", "correction_done"):
        state = words("workbook")[f"state_{reason}"]
        return spot_words(str(row["spot"]), state)
    return text


def reject_words(reason: str) -> str:
    """Why a file gave no report, and what to do with it."""
    return say(
        "quality",
        "reason_unread",
        reason=words("workbook").get(f"reason_{reason}", reason),
        todo=words("quality").get(f"reject_{reason}", say("quality", "none")),
    )


def spot_words(spot: str, message: str, form: str = "2021") -> str:
    """A figure's table, line and column (codes, joined by |) as officials call them, and what is said of it."""
    table, line, column = spot.split("|")
    name = column_spot(form, table, column).plain if column else ""
    return say(
        "quality",
        "spot",
        table=code_word(table).split()[0],
        line=line_spot(form, table, line).plain,
        column=say("quality", "spot_column", column=name) if name else "",
        message=message,
    )
