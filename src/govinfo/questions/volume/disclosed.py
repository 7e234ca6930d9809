"""How much reports say that they disclosed: in all, through which channels, of which kinds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from govinfo.definitions.wording import words
from govinfo.questions.by_place import PLACED, placed_reports
from govinfo.questions.frames import shaped
from govinfo.tables import Tables

# What is known of a figure: the statistics table has it; the text tells it; the two, or two places of the text,
# tell different ones (no value); only parts of it are told (no value); nothing is told.
LISTED, STATED, CONTRADICTED, PARTS, SILENT = "listed", "stated", "contradicted", "parts", "silent"
# measure of the text, line of the statistics table
CHANNELS = ("website", "wechat", "weibo", "gazette", "other")
_MEASURES = {f"disclosed_{name}": name for name in ("website", "wechat", "weibo")} | {
    "disclosed_other_channel": "other"
}
_LINES = {f"disclosed_{name}": name for name in CHANNELS}
_NEAR = 0.15  # a round figure (近600条) and an exact one may differ by so much of it and mean the same

_FIGURE = {"state": "string", "value": "Float64", "approximate": "boolean"}
TOTALS = {**PLACED, **_FIGURE, "at_least": "Float64", "said": "string"}
BY_CHANNEL = {**PLACED, "channel": "string", **_FIGURE, "said": "string"}
BY_KIND = {**PLACED, "kind": "string", **_FIGURE, "said": "string"}
_JOIN = "；"


class _Clause(NamedTuple):
    """One place of the text that tells a figure."""

    value: float
    rounded: bool
    text: str


def disclosed_totals(tables: Tables) -> pd.DataFrame:
    """How many pieces of information (条) each report says were disclosed in its year, each counted once.

    Returns
    -------
    DataFrame, one row per report of `placed_reports`
        state: `listed` (the statistics table of 2014 to 2018), `stated` (the text), `contradicted` (they tell
        different figures), `parts` (only channels or kinds are told), `silent`; value (条), <NA> but where listed or
        stated; approximate (约, 余, 近); at_least: where only parts are told the largest exact one of them, as no part
        is larger than the whole; said: the clauses.
        Channels are never added: one piece of information may go through several. Kinds are not either: nothing says
        that a list of them is whole. Totals of all years up to now (历年累计) are not used, nor differences of them.

    Source: 国办发〔2014〕32号 (不同渠道和方式公开相同信息计1条); the narrative of the report.
    """
    reports = placed_reports(tables)
    figures = _merged(_told(tables, {"disclosed": "all"}), _listed(tables, {"disclosed": "all"}))
    frame = reports.merge(figures, on="report_id", how="left")
    parts = pd.concat([disclosed_channels(tables), disclosed_kinds(tables)], ignore_index=True)
    # a part that the report contradicts is told too, but no bound
    told = parts["value"].mask(parts["approximate"].fillna(False))
    most = told.groupby(parts["report_id"]).max()
    frame["state"] = frame["state"].fillna(SILENT)
    only_parts = (frame["state"] == SILENT) & frame["report_id"].isin(parts["report_id"])
    frame["state"] = frame["state"].mask(only_parts, PARTS)
    bound = frame["report_id"].map(most.to_dict()).astype("Float64").where(only_parts)
    frame["at_least"] = bound.mask(bound == 0)
    said = parts.groupby("report_id", sort=False)["said"].agg(lambda texts: _joined(texts.dropna()))
    frame["said"] = frame["said"].fillna(frame["report_id"].map(said.to_dict()).where(only_parts).astype("string"))
    return shaped(frame, TOTALS)


def disclosed_channels(tables: Tables) -> pd.DataFrame:
    """How many pieces of information (条) each report says went through each channel in its year.

    Returns
    -------
    DataFrame, one row per report and channel that is told
        channel: `website`, `wechat`, `weibo`, `gazette`, `other`; state, value, approximate, said as in
        `disclosed_totals`. Of several `other` channels no figure is given: they are not one, and may overlap.
    """
    figures = _merged(_told(tables, _MEASURES), _listed(tables, _LINES))
    rank = figures["part"].map({name: number for number, name in enumerate(CHANNELS)})
    figures = figures.assign(_rank=rank).rename(columns={"part": "channel"})
    return _placed(figures, tables, BY_CHANNEL)


def disclosed_kinds(tables: Tables) -> pd.DataFrame:
    """How many pieces of information (条) of each kind the text of each report tells for its year.

    Returns
    -------
    DataFrame, one row per report and kind
        kind: as printed, without 类, 信息 at its end; state, value, approximate, said as in `disclosed_totals`.
        Kinds are the reports' own: they overlap, and no list is known to be whole.
    """
    rows = _year(tables, ("disclosed_category",))
    ends = rows["category"].str.replace(r"\s", "", regex=True)
    rows = rows.assign(part=ends.str.replace(words("volume")["kind_ends"], "", regex=True)).dropna(subset=["part"])
    nothing = _listed(tables, {})
    figures = _merged(rows[["report_id", "part", "value", "approximate", "evidence"]], nothing)
    return _placed(figures.assign(_rank=range(len(figures))).rename(columns={"part": "kind"}), tables, BY_KIND)


def _placed(figures: pd.DataFrame, tables: Tables, dtypes: dict[str, str]) -> pd.DataFrame:
    reports = placed_reports(tables)
    frame = reports.assign(_place=range(len(reports))).merge(figures, on="report_id")
    return shaped(frame.sort_values(["_place", "_rank"], kind="stable"), dtypes)


def _year(tables: Tables, measures: Iterable[str]) -> pd.DataFrame:
    """The mentions of these measures that speak of the year of their report."""
    rows = tables.mentions
    return rows[rows["measure"].isin(list(measures)) & (rows["period"] == "year") & rows["value"].notna()]


def _told(tables: Tables, parts: dict[str, str]) -> pd.DataFrame:
    rows = _year(tables, parts)
    rows = rows.assign(part=rows["measure"].map(parts).astype("string"))
    return rows[["report_id", "part", "value", "approximate", "evidence"]]


def _listed(tables: Tables, parts: dict[str, str]) -> pd.DataFrame:
    rows = tables.statistics[tables.statistics["line"].isin(list(parts)) & tables.statistics["value"].notna()]
    return rows.assign(part=rows["line"].map(parts).astype("string"))[["report_id", "part", "value"]]


def _merged(told: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """One figure for each report and part: report_id, part, state, value, approximate, said."""
    table = {(report, part): float(value) for report, part, value in listed.itertuples(index=False)}
    about = told["approximate"].fillna(False).astype(bool)
    said: dict[tuple[str, str], list[_Clause]] = {}
    columns = (told["report_id"], told["part"], told["value"].astype(float), about, told["evidence"].fillna(""))
    for report, part, value, rounded, text in zip(*columns, strict=True):
        said.setdefault((report, part), []).append(_Clause(value, rounded, text))
    rows = []
    for report, part in dict.fromkeys([*said, *table]):
        clauses = said.get((report, part), [])
        figure = _one_figure(clauses, table.get((report, part)), several=part == "other")
        rows.append((report, part, *figure, _joined(one.text for one in clauses) or pd.NA))
    frame = pd.DataFrame(rows, columns=["report_id", "part", *_FIGURE, "said"])
    return frame.astype({"report_id": "string", "part": "string", **_FIGURE, "said": "string"})


def _one_figure(clauses: Sequence[_Clause], listed: float | None, several: bool) -> tuple[str, float | None, bool]:
    """State, value and whether it is approximate, of all that is said of one figure.

    `several`: two clauses may speak of two things (two other channels), whatever they say.
    """
    exact = {one.value for one in clauses if not one.rounded} | ({listed} if listed is not None else set())
    rounded = {one.value for one in clauses if one.rounded}
    unclear = several and len({one.text for one in clauses}) > 1 and listed is None
    if len(exact) > 1 or (not exact and len(rounded) > 1) or unclear:
        return CONTRADICTED, None, False
    if not exact:
        return STATED, rounded.pop(), True
    (value,) = exact
    if any(abs(one - value) > _NEAR * max(value, 1.0) for one in rounded):
        return CONTRADICTED, None, False
    return (STATED if listed is None else LISTED), value, False


def _joined(texts: Iterable[str]) -> str:
    return _JOIN.join(dict.fromkeys(str(text) for text in texts))
