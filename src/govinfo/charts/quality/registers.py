"""The registers that people keep, the files that gave no report, and the reports that are set aside."""

from __future__ import annotations

from typing import Any

import pandas as pd

from govinfo.charts.quality.finding_rules import newest_first
from govinfo.charts.quality.work import reject_words
from govinfo.charts.shown import Table, Words
from govinfo.charts.table import code_word, tidy
from govinfo.definitions.form import forms
from govinfo.definitions.labels import column_spot, line_spot
from govinfo.definitions.wording import say, words
from govinfo.tables import Tables

_FORMS = tuple(form.code for form in forms())


def correction_words(tables: Tables) -> Words:
    """How many corrections of the register were applied."""
    state = tables.corrections["state"]
    if state.empty:
        return Words((say("quality", "corrections_none"),))
    applied = int((state == "applied").sum())
    return Words((say("quality", "corrections_title", n=len(state), applied=applied, left=len(state) - applied),))


def correction_table(tables: Tables) -> list[Table | Words]:
    """Every correction, whether it was applied and why, those that were not first; nothing where there is none."""
    if tables.corrections.empty:
        return []
    where = tables.reports[["report_id", "county", "township", "year", "form", "source"]]
    rows = tables.corrections.merge(where, on="report_id", how="left", suffixes=("_said", None))
    tables_of = pd.Series([code_word(table).split()[0] for table in rows["table"]], index=rows.index, dtype="string")
    rows = rows.assign(
        source=rows["source"].fillna(rows["source_said"]),
        applied=pd.Series([words("workbook").get(f"state_{state}", state) for state in rows["state"]], dtype="string"),
        work_of=(rows["county"].fillna("") + rows["township"].fillna("")).replace("", pd.NA),
        correction_spot=tables_of + " " + _spots(rows, "line") + " " + _spots(rows, "column").fillna(""),
        why_corrected=rows["reason"],
        _left=rows["state"] == "applied",
    ).sort_values("_left", kind="stable")
    columns = [
        "applied",
        "year",
        "work_of",
        "correction_spot",
        "as_printed",
        "corrected_to",
        "why_corrected",
        "decided_by",
        "decided_on",
        "source",
    ]
    rows = rows.rename(columns={"corrected": "corrected_to"})
    return [tidy(rows, columns, caption=say("quality", "corrections_table"))]


def _spots(rows: pd.DataFrame, which: str) -> pd.Series[str]:
    spot = line_spot if which == "line" else column_spot
    found = []
    for form, table, code in zip(rows["form"], rows["table"], rows[which], strict=True):
        known = [] if pd.isna(code) else [spot(one, str(table), str(code)) for one in (str(form), *_FORMS)]
        # a line that the report's form does not have is called as another form calls it
        told = next((one for one in known if one.rank >= 0), known[0] if known else None)
        found.append(pd.NA if told is None else told.plain)
    return pd.Series(found, index=rows.index, dtype="string")


def remark_words(tables: Tables) -> Words:
    """How many remarks there are in the register, and whether they still have their finding."""
    rows = tables.remarks
    if rows.empty:
        return Words((say("quality", "remarks_none"),))
    counts = {name: int((rows["status"] == name).sum()) for name in ("confirmed", "dismissed", "fixed")}
    states = {name: int((rows["state"] == name).sum()) for name in ("outdated", "gone")}
    rest = "".join(say("quality", f"remarks_{name}", n=number) for name, number in states.items() if number)
    return Words((say("quality", "remarks_title", n=len(rows), rest=rest, **counts),))


def remark_table(tables: Tables) -> list[Table | Words]:
    """Every remark of the register, those that no longer count first; nothing where there is none."""
    if tables.remarks.empty:
        return []
    said = tables.findings.set_index("finding_id")["message"].to_dict()
    rows = tables.remarks.assign(
        remark_state=[say("quality", f"remark_state_{state}") for state in tables.remarks["state"]],
        judged=[say("quality", f"state_{status}") for status in tables.remarks["status"]],
        message=tables.remarks["finding_id"].map(said).astype("string").fillna(tables.remarks["message"]),
        _rank=tables.remarks["state"].map({"outdated": 0, "gone": 1, "joined": 2}),
    ).sort_values("_rank", kind="stable")
    columns = ["remark_state", "judged", "message", "remark", "who", "when", "finding_id"]
    return [tidy(rows, columns, caption=say("quality", "remarks_table"), folded=True)]


def reject_words_of(tables: Tables) -> Words:
    """How many files gave no report, and why, in one sentence."""
    rows = tables.rejects
    if rows.empty:
        return Words((say("quality", "rejects_none"),))
    known = words("workbook")
    parts = [
        say("quality", "reject_n", reason=known.get(f"reason_{reason}", reason), n=number)
        for reason, number in rows["reason"].value_counts().sort_index().items()
    ]
    return Words((say("quality", "rejects_title", n=len(rows), reasons=say("quality", "join").join(parts)),))


def reject_table(tables: Tables) -> list[Table | Words]:
    """Every file that gave no report, why, and what to do; nothing where there is none."""
    if tables.rejects.empty:
        return []
    rows = tables.rejects.assign(
        to_do=[reject_words(str(reason)) for reason in tables.rejects["reason"]],
        detail=[_found(message) for message in tables.rejects["message"].astype(object)],
    ).sort_values(["reason", "source"], kind="stable")
    return [tidy(rows, ["source", "to_do", "detail"], caption=say("quality", "rejects_table"))]


def _found(message: Any) -> str:
    """What was found in the file: the line of the message that says so, or all of it."""
    text = "" if message is None or pd.isna(message) else str(message)
    lines = [line.strip() for line in text.splitlines()]
    return next((line.removeprefix("found").strip() for line in lines if line.startswith("found")), text)


def aside_words(aside: pd.DataFrame) -> Words:
    """How many reports are set aside (answer of `set_aside`)."""
    key = "aside_title" if len(aside) else "aside_none"
    return Words((say("quality", key, n=len(aside)),))


def aside_table(aside: pd.DataFrame) -> list[Table | Words]:
    """The reports that are set aside, and which one counts instead."""
    if aside.empty:
        return []
    columns = ["year", "county", "township", "message", "source"]
    return [tidy(newest_first(aside), columns, caption=say("quality", "aside_table"))]
