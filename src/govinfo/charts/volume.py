"""Charts and tables of how much is disclosed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from govinfo.charts.bars import Heading, bars, newest, without_zeros
from govinfo.charts.chart import Chart
from govinfo.charts.lines import has_lines, lines
from govinfo.charts.names import place_names, report_names
from govinfo.charts.shown import Table, Words
from govinfo.charts.style import COLOURS
from govinfo.charts.table import code_word, number, tidy
from govinfo.definitions.form import Block, Form, forms
from govinfo.definitions.wording import say, words

# Figures of one scope and one unit may stand on one axis.
GROUP = ["scope", "unit"]
MOST_LINE_CHARTS = 8


def volume_charts(volume: pd.DataFrame) -> list[Chart | Words | Table]:
    """A bar chart and a table for each group of figures that may stand on one axis.

    `volume` is the answer of `disclosure_volume`. Figures of different units, and of forms that count
    differently, are never in one chart; where both forms count the same (decisions), they are. Series that
    are 0 in every report are named below the chart and not drawn.
    """
    if volume.empty:
        return [Words((say("charts", "no_volume"),))]
    named = volume.assign(name=report_names(volume), label=_labels(volume))
    shown: list[Chart | Words | Table] = []
    groups = named.groupby(GROUP, sort=False, dropna=False)
    for (scope, unit), group in sorted(groups, key=lambda entry: _rank(*entry[0])):
        for measure, part in _readable(group):
            heading = _heading(str(scope), str(unit), measure, part)
            shown.append(_chart(heading, part))
            if not (part["value"] == 0).fillna(False).all():
                shown.append(_table(heading, part, volume["report_id"].drop_duplicates()))
    return shown


def _readable(group: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The group whole, or where it has more series than there are colours a part for each measure, with its name."""
    if group["label"].nunique() <= len(COLOURS):
        return [("", group)]
    return [(str(part["measure_label"].iloc[0]), part) for _, part in group.groupby("measure", sort=False)]


def _rank(scope: object, unit: object) -> tuple[int, int]:
    """Where a group stands: the newest form first, then the older ones, what both count alike, the text."""
    scopes = [*(form.code for form in forms()), "all", "statistics", "narrative"]
    units = [column.unit for form in forms() for block in _blocks(form) for column in block.columns]
    place = scopes.index(str(scope)) if scope in scopes else len(scopes)
    return place, units.index(str(unit)) if unit in units else len(units)


def _blocks(form: Form) -> tuple[Block, ...]:
    table = form.table("disclosure")
    return () if table is None else table.blocks


def _heading(scope: str, unit: str, measure: str, part: pd.DataFrame) -> Heading:
    key = f"volume_{scope}" if scope in ("narrative", "statistics") else f"volume_{unit}"
    what = words("charts").get(key, unit)
    if measure:
        what += say("charts", "colon") + measure
    title = say("charts", "volume_title", what=what, scope=words("scopes").get(scope, scope))
    name = "_".join(["volume", scope, unit, *([str(part["measure"].iloc[0])] if measure else [])])
    return Heading(name, title, code_word(unit, "unit_"), part["report_id"].nunique())


def _chart(heading: Heading, group: pd.DataFrame) -> Chart | Words:
    drawn, note = newest(group)
    if bool(drawn["approximate"].fillna(False).any()):
        note += say("charts", "approximate")
    heading = replace(heading, n=drawn["report_id"].nunique(), note=note)
    return bars(drawn.assign(series=drawn["label"]), heading)


def _table(heading: Heading, group: pd.DataFrame, reports: pd.Series[str]) -> Table | Words:
    """A row per report, a column per item and measure that is not 0 everywhere; words where no figure is."""
    everything = len(group)
    group, _ = without_zeros(group.assign(series=group["label"]))
    cells = [_cell(*row) for row in zip(group["value"], group["status"], group["approximate"], strict=True)]
    wide = group.assign(cell=cells).pivot_table(
        index="report_id", columns="label", values="cell", aggfunc="first", sort=False
    )
    wide = wide.reindex([report for report in reports if report in wide.index])
    # a line that only one of two forms has stays apart from a line that a report lost
    wide = wide.fillna(say("charts", "not_on_form"))
    wide = wide.assign(name=group.drop_duplicates("report_id").set_index("report_id")["name"])
    labels = [str(label) for label in group["label"].drop_duplicates()]
    caption = say("charts", "volume_table", title=heading.title, n=len(wide), unit=heading.unit)
    if len(group) < everything:
        caption += say("charts", "zeros_left_out")
    if (group["status"] == "repaired").any():
        caption += say("charts", "mark_repaired")
    if group["value"].isna().any():
        caption += say("charts", "mark_words")
    return tidy(wide, ["name", *labels], caption=caption)


def _labels(volume: pd.DataFrame) -> pd.Series[str]:
    """What a series is called: its item, with the measure where its group has more than one."""
    many = volume.groupby(GROUP, dropna=False)["measure"].transform("nunique") > 1
    alone = ~many | volume["origin"].isin(("statistics", "narrative"))
    pair = volume["item_label"] + say("charts", "colon") + volume["measure_label"]
    labels = pair.mask(alone, volume["item_label"])
    periods = [words("scopes")[f"period_{period}"] for period in volume["period"].fillna("other")]
    told = volume["origin"] == "narrative"
    return labels.mask(told, pd.Series(periods, index=volume.index, dtype="string")).astype("string")


def volume_lines(volume: pd.DataFrame) -> list[Chart | Words]:
    """How figures change over the years: one chart per series that has two years of one place.

    No more than MOST_LINE_CHARTS are drawn, those of the longest spans of years; how many others there are is told.
    """
    charts: list[Chart | Words] = []
    named = volume.assign(name=place_names(volume), label=_labels(volume))
    groups = [group.drop_duplicates(["name", "year"]) for _, group in named.groupby("series", sort=False)]
    shown = sorted(filter(has_lines, groups), key=lambda group: -group["year"].nunique())
    for group in shown[:MOST_LINE_CHARTS]:
        unit = code_word(str(group["unit"].iloc[0]), "unit_")
        charts.append(
            lines(
                group,
                Heading(f"years_{group['series'].iloc[0]}", _line_title(group), unit, group["report_id"].nunique()),
            )
        )
    if len(shown) > MOST_LINE_CHARTS:
        charts.append(Words((say("charts", "lines_left_out", n=len(shown) - MOST_LINE_CHARTS),)))
    return charts or [Words((say("charts", "no_volume_years"),))]


def _line_title(group: pd.DataFrame) -> str:
    """What one series is called, with the form that it is of where the other forms do not count the same."""
    scope = str(group["scope"].iloc[0])
    scope = "" if scope in ("all", "narrative") else words("scopes").get(scope, scope)
    return say("charts", "volume_title", what=str(group["label"].iloc[0]), scope=scope)


def _cell(value: float, status: Any, approximate: Any) -> str:
    """A figure as text, marked where it was repaired or is approximate; where there is none, the status."""
    if pd.isna(value):
        return code_word(str(status), "status_")
    # a figure of the narrative has no status, one of a table is never approximate
    if pd.notna(status) and status == "repaired":
        return say("charts", "repaired", value=number(value))
    if pd.notna(approximate) and approximate:
        return say("charts", "about", value=number(value))
    return number(value)


def narrative_note(volume: pd.DataFrame) -> Words:
    """Whether figures of the narrative are among the answer; where none are, that none could be told."""
    told = volume[volume["origin"] == "narrative"]
    if volume.empty:
        return Words((say("charts", "no_volume"),))
    if told.empty:
        return Words((say("charts", "narrative_none"),))
    return Words((say("charts", "narrative_read", n=told["report_id"].nunique()),))
