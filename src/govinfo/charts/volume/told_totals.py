"""How much each report says it disclosed in all, as it says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from govinfo.charts.bars import Heading, bars
from govinfo.charts.chart import Chart
from govinfo.charts.quality.finding_rules import newest_first
from govinfo.charts.shown import Table, Words
from govinfo.charts.table import number, tidy
from govinfo.definitions.wording import say
from govinfo.questions.volume.told_totals import CONTRADICTS, TOLD, UNTOLD


def totals_chart(totals: pd.DataFrame, year: int | None) -> Chart | Words:
    """The totals of one year, the largest first (answer of `told_totals`); approximate ones are marked."""
    own = totals[(totals["year"] == year).fillna(False)] if year is not None else totals.iloc[:0]
    if own.empty:
        return Words((say("county", "totals_no_reports"),))
    told = own[own["state"] == TOLD].sort_values("value", ascending=False, kind="stable")
    if told.empty:
        return Words((say("county", "totals_none", year=year, n=len(own)),))
    rows = pd.concat([told, own[own["state"] == CONTRADICTS]])
    frame = pd.DataFrame(
        {
            "name": [_name(row) for row in rows.assign(place=places(rows)).to_dict("records")],
            "series": [say("county", f"totals_series_{origin}") for origin in rows["origin"]],
            "value": rows["value"],
        }
    )
    heading = Heading("told_totals", _title(own, told, year), say("county", "unit_pieces"), len(own))
    heading = Heading(heading.name, heading.title, heading.unit, heading.n, note=say("county", "totals_caption"))
    return bars(frame.reset_index(drop=True), heading)


def places(rows: pd.DataFrame) -> pd.Series[str]:
    """The township of each row, with its county before it where there are several."""
    return rows["township"] if rows["area"].nunique() < 2 else rows["area"] + rows["township"]


def _name(row: Mapping[Any, Any]) -> str:
    if row["state"] == CONTRADICTS:
        return say("county", "contradicts_name", name=row["place"])
    return say("county", "about_name", name=row["place"]) if _about(row["approximate"]) else str(row["place"])


def total_words(value: Any, approximate: Any) -> str:
    """A total as it is told: 约 before it where the report says about."""
    text = number(value)
    return say("county", "about", value=text) if _about(approximate) else text


def _about(approximate: Any) -> bool:
    return bool(approximate) if pd.notna(approximate) else False


def _title(own: pd.DataFrame, told: pd.DataFrame, year: int | None) -> str:
    ends = told.assign(place=places(told)).iloc[[0, -1]]
    rest = "".join(
        say("county", f"totals_{key}", n=number)
        for key, state in (("rest", UNTOLD), ("contradicts", CONTRADICTS))
        if (number := int((own["state"] == state).sum()))
    )
    value, least = (total_words(*one) for one in zip(ends["value"], ends["approximate"], strict=True))
    key = "totals_title" if len(told) > 1 else "totals_one"
    said = {"most": ends["place"].iloc[0], "value": value, "least": least}
    return say("county", key, year=year, told=len(told), rest=rest, **said)


def totals_table(totals: pd.DataFrame) -> list[Table | Words]:
    """The totals of all years with the words that tell them; nothing where there is none."""
    rows = newest_first(totals[totals["state"] != UNTOLD])
    if rows.empty:
        return []
    values = [
        say("charts", "none") if pd.isna(value) else total_words(value, approximate)
        for value, approximate in zip(rows["value"], rows["approximate"].astype(object), strict=True)
    ]
    rows = rows.assign(
        told_value=values, told_in=[say("county", f"totals_series_{origin}") for origin in rows["origin"]]
    )
    columns = ["year", "area", "township", "told_value", "told_in", "evidence"]
    return [tidy(rows, columns, caption=say("county", "totals_table"), folded=True)]
