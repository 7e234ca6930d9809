"""Charts of table 二: documents, decisions, fees and procurement, a picture for each figure."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from govinfo.charts.bars import Heading
from govinfo.charts.chart import Chart
from govinfo.charts.names import place_names, report_names
from govinfo.charts.shown import Table, Words, beside
from govinfo.charts.spread import is_followed, spread_panels
from govinfo.charts.table import code_word, number, tidy
from govinfo.definitions.form import forms
from govinfo.definitions.wording import say, words
from govinfo.questions.by_place import unplaced
from govinfo.tables import Tables

# What stands together in a chart: the measures, and the items where not all of them.
GROUPS = {
    "documents": ("issued", "repealed", "in_force", "made", "newly_disclosed", "total_disclosed"),
    "decisions": ("decisions",),
    "money": ("amount",),
}
_OLD = ("normative_issued", "disclosed_normative")
_PROCUREMENT = "government_procurement"
_TITLED = 3  # figures that a title has room for
_PAIRED = ("items", "amount")


@dataclass(frozen=True)
class _Part:
    """What one chart shows: figures of one kind that reports of one form, or of all, count alike; name of its files."""

    name: str
    scope: str
    rows: pd.DataFrame


def volume_charts(volumes: pd.DataFrame, group: str) -> list[Chart | Words]:
    """Charts of `documents`, `decisions`, `money` or `procurement` (answer of `volumes`), one for each form's count.

    Words where there is nothing to draw. Figures that forms count differently are never in one chart.
    """
    parts = _parts(volumes, group)
    what = say("volume", f"group_{group}")
    if not parts:
        return [Words((say("volume", "nothing_asked" if len(volumes) else "no_reports", what=what),))]
    return [_chart(part, what) for part in parts]


def left_out_note(tables: Tables) -> list[Words]:
    """How many reports no chart can place; nothing where all are."""
    number_out = unplaced(tables)
    return [Words((say("volume", "unplaced", n=number_out),))] if number_out else []


def _parts(volumes: pd.DataFrame, group: str) -> list[_Part]:
    """The charts of a group: one for each scope, the newest form first."""
    measures = volumes["measure"]
    if group == "procurement":
        rows = volumes[(volumes["item"] == _PROCUREMENT) & measures.isin(_PAIRED)]
    else:
        rows = volumes[measures.isin(GROUPS[group]) & (volumes["item"] != _PROCUREMENT)]
        if group == "documents":
            rows = pd.concat([rows, volumes[volumes["item"].isin(_OLD)]])
    scopes = [*(form.code for form in forms()), "all"]
    found = []
    for scope in scopes:
        own = rows[rows["scope"] == scope].reset_index(drop=True)
        # figures that are not followed over years stand on one axis, and so must be of one unit
        units = list(own["unit"].drop_duplicates()) if own.groupby("place")["year"].nunique().max() < 2 else []
        if len(units) < 2:
            found += [_Part(f"{group}_{scope}", scope, own)] if len(own) else []
            continue
        for unit in units:
            part = own[own["unit"] == unit].reset_index(drop=True)
            found.append(_Part(f"{group}_{scope}_{part['measure'].iloc[0]}", scope, part))
    return found


def _chart(part: _Part, what: str) -> Chart | Words:
    rows = part.rows.assign(panel=_labels(part.rows), name=place_names(part.rows))
    known = rows[rows["value"].notna()]
    scope = _scope(part.scope)
    if rows["series"].nunique() == 1:
        what = _item(rows["item"].iloc[0], rows["item_label"].iloc[0]) + _verb(
            rows["item"].iloc[0], rows["measure"].iloc[0]
        )
    if known.empty or (known["value"] == 0).all():
        gaps = len(rows) - len(known)
        key = "unknown" if known.empty else "zero_gaps" if gaps else "zero"
        counted = rows if known.empty else known
        return Words((say("volume", key, what=what, scope=scope, n=counted["report_id"].nunique(), gaps=gaps),))
    units = say("opening", "join").join(dict.fromkeys(code_word(str(unit), "unit_") for unit in rows["unit"]))
    title = _title(rows, scope)
    heading = Heading(part.name, title, units, rows["report_id"].nunique())
    return spread_panels(rows, heading)


def _labels(rows: pd.DataFrame) -> list[str]:
    """The title of a panel: what is counted, and the unit."""
    columns = (rows[name] for name in ("item", "item_label", "measure", "unit"))
    return [
        say("volume", "panel", label=_item(item, label) + _verb(item, measure), unit=code_word(str(unit), "unit_"))
        for item, label, measure, unit in zip(*columns, strict=True)
    ]


def _item(item: str, label: str) -> str:
    """What an item is called: as its form prints it, or shorter."""
    return words("volume").get(f"item_{item}", label)


def _verb(item: str, measure: str) -> str:
    """What of an item is counted, in as few characters as it takes."""
    known = words("volume")
    return known.get(f"verb_{item}_{measure}", known.get(f"verb_{measure}", ""))


def _scope(scope: str) -> str:
    return "" if scope == "all" else words("scopes").get(scope, scope)


def _title(rows: pd.DataFrame, scope: str) -> str:
    """What the newest year says of the figures that are not 0 everywhere, the first few."""
    year, scattered = _newest_year(rows), rows["year"].nunique() > 1 and not is_followed(rows)
    newest = rows if scattered else rows[rows["year"] == year]
    reports, there = newest["report_id"].nunique(), int(newest["in_year"].iloc[0])
    facts, before, whole = [], "", True
    for name in _telling(rows, newest):
        own = newest[newest["series"] == name]
        whole &= bool(own["value"].notna().all())
        one = own.iloc[0]
        # an item is named once, and what is counted of it after that
        item = "" if one["item"] == before else _item(one["item"], one["item_label"])
        facts.append(_fact(own, item + _verb(one["item"], one["measure"])))
        before = one["item"]
    told = (say("opening", "join") if whole else say("problems", "stop")).join(facts)
    if scattered:
        return say("volume", "facts_scattered", n=reports, scope=scope, facts=told)
    if there > reports:
        return say("volume", "facts_some", year=year, n=reports, there=there, scope=scope, facts=told)
    if reports == 1:
        return say("volume", "facts_one", name=newest["name"].iloc[0], year=year, scope=scope, facts=told)
    return say("volume", "facts_all" if whole else "facts_mixed", year=year, n=reports, scope=scope, facts=told)


def _newest_year(rows: pd.DataFrame) -> int:
    """The newest year with more than half as many reports as the year of the most: one late report is no year."""
    counts = rows.groupby("year")["report_id"].nunique()
    return int(counts[counts > counts.max() / 2].index.max())


def _telling(rows: pd.DataFrame, newest: pd.DataFrame) -> list[str]:
    """The series for a title: not 0 everywhere, asked of half the reports of the year; last what no township issues."""
    totals = rows.groupby("series", sort=False)["value"].agg(lambda values: float(values.abs().sum()))
    asked = newest.groupby("series")["report_id"].nunique()
    names = [str(name) for name, total in totals.items() if total > 0 and asked.get(name, 0) >= asked.max() / 2]
    last = set(rows.loc[rows["item"] == "regulations", "series"])
    return sorted(names, key=lambda name: name in last)[:_TITLED]


def _fact(rows: pd.DataFrame, label: str) -> str:
    """One figure of one year: its sum where every report has it, else the middle one."""
    known = rows["value"].dropna()
    values = {"label": label, "unit": code_word(str(rows["unit"].iloc[0]), "unit_"), "have": len(known)}
    if known.empty:
        return say("volume", "fact_none", **values)
    if len(known) < len(rows):
        return say("volume", "fact_some", median=_number(known.median()), **values)
    return say("volume", "fact_whole", total=_number(known.sum()), **values)


def _number(value: float) -> str:
    return number(round(float(value), 2))


def volume_tables(volumes: pd.DataFrame) -> list[Table | Words]:
    """Every figure, as the forms ask: a table for each form and unit, a row a report; folded."""
    shown: list[Table | Words] = []
    for scope in [form.code for form in forms()]:
        own = volumes[volumes["form"] == scope]
        for unit, rows in own.groupby("unit", sort=False):
            shown.append(_table(rows, code_word(str(unit), "unit_"), _scope(scope)))
    return shown


def spread_table(spread: pd.DataFrame) -> tuple[Table, ...]:
    """Sum and spread of each figure of each year that is not 0 everywhere (answer of `spread_by_year`); folded."""
    told = spread[spread.groupby("series")["largest"].transform("max") > 0]
    labels = _labels(told)
    totals = [
        say("volume", "have", have=have, all=reports) if pd.isna(total) else number(round(total, 2))
        for total, have, reports in zip(told["total"], told["with_figure"], told["reports"], strict=True)
    ]
    names = {"median": "middle", "low": "quarter_low", "high": "quarter_high"}
    alike = say("volume", "both_forms")
    scopes = [_scope(str(scope)).strip(say("volume", "brackets")) or alike for scope in told["scope"]]
    rounded = told[[*names, "largest"]].astype("Float64").round(2)
    rows = told.assign(**{name: rounded[name] for name in (*names, "largest")}).rename(columns=names)
    rows = rows.assign(figure_name=labels, asked_by=scopes, sum_of_year=totals)
    columns = ["figure_name", "asked_by", "year", "sum_of_year", *names.values(), "largest"]
    return beside(tidy(rows, columns, caption=say("volume", "spread_table"), folded=True))


def _table(rows: pd.DataFrame, unit: str, scope: str) -> Table | Words:
    """A row a report, a column a figure; the mark of what is repaired, and words where there is no figure."""
    labels = _labels(rows)
    cells = [_cell(value, str(status)) for value, status in zip(rows["value"], rows["status"], strict=True)]
    rows = rows.assign(label=labels, cell=cells)
    wide = rows.pivot_table(index="report_id", columns="label", values="cell", aggfunc="first", sort=False)
    wide = wide.assign(name=report_names(rows).set_axis(rows["report_id"]).groupby(level=0).first())
    pairs = zip(rows["item"], rows["item_label"], strict=True)
    what = say("opening", "join").join(dict.fromkeys(_item(item, label) for item, label in pairs))
    caption = say("volume", "table", what=what, scope=scope, n=len(wide), unit=unit)
    return tidy(wide, ["name", *dict.fromkeys(labels)], caption=caption, folded=True)


def _cell(value: float, status: str) -> str:
    """A figure as text, marked where it was repaired; where there is none, why."""
    if pd.isna(value):
        return code_word(status, "status_")
    return say("charts", "repaired", value=number(value)) if status == "repaired" else number(value)
