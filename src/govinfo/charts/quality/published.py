"""Who has published and who has not, county by county."""

from __future__ import annotations

import pandas as pd

from govinfo.charts.chart import Chart
from govinfo.charts.names import year_spans
from govinfo.charts.part_bars import BAD, DOUBT, GOOD, SOFT, Bars, part_bars
from govinfo.charts.parts import Part
from govinfo.charts.quality.finding_rules import newest_first
from govinfo.charts.shown import Table, Words
from govinfo.charts.table import tidy
from govinfo.definitions.wording import say, words

MOST_ROWS = 20
_PARTS = ("published", "missing", "uncertain", "not_due")
_COLOURS = {"published": GOOD, "missing": BAD, "uncertain": DOUBT, "not_due": SOFT}


def published_chart(published: pd.DataFrame) -> Chart | Words:
    """How many townships have published: of one county by year, of several each in its newest year.

    `published` is the answer of `published_places`.
    """
    judged = published[published["judged"].fillna(False)]
    if judged.empty:
        if published.empty:
            return Words((say("quality", "published_no_places"),))
        return Words((say("quality", "published_none", why=_why(published)) + _unplaced(published),))
    several = published["area"].nunique() > 1
    newest = judged.sort_values("year", kind="stable").drop_duplicates("area", keep="last")
    shown = newest.sort_values(["missing", "area"], ascending=[False, True], kind="stable") if several else judged
    shown = shown if several else shown.sort_values("year", ascending=False, kind="stable")
    drawn = shown.iloc[:MOST_ROWS]
    labels = [
        say("quality", "published_row", area=area if several else "", year=year).strip()
        for area, year in zip(drawn["area"], drawn["year"], strict=True)
    ]
    caption = say("quality", "published_caption", n=published["area"].nunique()) + _unjudged(published)
    caption += _unplaced(judged)
    if len(shown) > len(drawn):
        caption += say("quality", "published_left_out", all=len(shown), shown=len(drawn))
    parts = {key: Part(say("quality", f"part_{key}"), _COLOURS[key], key != "missing") for key in _PARTS}
    title = _title(newest, several) + _earlier(judged, newest, several)
    heading = Bars("published", title, caption)
    return part_bars(drawn[list(_PARTS)].set_axis(labels).fillna(0), parts, heading, shown)


def _title(newest: pd.DataFrame, several: bool) -> str:
    sums = {key: int(newest[key].sum()) for key in ("listed", "published", "missing", "uncertain")}
    if several:
        unsure = say("quality", "published_open", **sums) if sums["uncertain"] else ""
        return say("quality", "published_title_areas", years=year_spans(newest["year"]), open=unsure, **sums)
    one = newest.iloc[0]
    key = "published_title"
    if not sums["missing"] and not sums["uncertain"] and sums["published"] >= sums["listed"]:
        key = "published_title_all"
    elif sums["uncertain"]:
        key = "published_title_open"
    return say("quality", key, area=one["area"], year=one["year"], **sums)


def _earlier(judged: pd.DataFrame, newest: pd.DataFrame, several: bool) -> str:
    """How many reports are missing in the years before, of a county whose title tells the newest."""
    before = int(judged["missing"].sum()) - int(newest["missing"].sum())
    return say("quality", "published_earlier", n=before) if before and not several else ""


def _unplaced(published: pd.DataFrame) -> str:
    most = int(published["unplaced"].fillna(0).max()) if len(published) else 0
    return say("quality", "published_unplaced", n=most) if most else ""


def _why(published: pd.DataFrame) -> str:
    reasons = dict.fromkeys(str(reason) for reason in published["reason"].dropna())
    return say("quality", "semicolon").join(say("quality", f"reason_{reason}") for reason in reasons)


def _unjudged(published: pd.DataFrame) -> str:
    """Which years of which counties could not be judged, and why."""
    rows = published[~published["judged"].fillna(False)]
    if rows.empty:
        return ""
    several = published["area"].nunique() > 1
    told = []
    for (area, reason), part in rows.groupby(["area", "reason"], sort=False):
        span = year_spans(part["year"])
        why = say("quality", f"reason_{reason}")
        told.append(say("quality", "published_unjudged_one", area=area if several else "", span=span, why=why))
    return say("quality", "published_unjudged", years=say("quality", "join").join(told))


def published_tables(published: pd.DataFrame, unpublished: pd.DataFrame) -> list[Table | Words]:
    """Each county year by year, and the townships without a report (answer of `unpublished_places`)."""
    shown: list[Table | Words] = []
    if len(published):
        rows = published.assign(reason=_reasons(published)).rename(columns={"uncertain": "doubted"})
        columns = ["area", "year", "listed", "published", "missing", "doubted", "due", "reason"]
        columns = [name for name in columns if name != "reason" or rows["reason"].notna().any()]
        shown.append(tidy(newest_first(rows), columns, caption=say("quality", "published_by_year"), folded=True))
    named = unpublished[unpublished["township"].notna()]
    if len(named):
        rows = named.assign(reason=_reasons(named), publishing=[_status(status) for status in named["status"]])
        columns = ["year", "area", "township", "publishing", "reason", "due"]
        columns = [name for name in columns if name != "reason" or rows["reason"].notna().any()]
        shown.append(tidy(newest_first(rows), columns, caption=say("quality", "published_table"), folded=True))
    return shown


def _status(status: object) -> str:
    return say("missing", f"status_{status}")


def _reasons(rows: pd.DataFrame) -> pd.Series[str]:
    own, known = words("quality"), words("missing")
    keys = [None if pd.isna(reason) else f"reason_{reason}" for reason in rows["reason"]]
    told = [pd.NA if key is None else own.get(key, known.get(key, key)) for key in keys]
    return pd.Series(told, index=rows.index, dtype="string")
