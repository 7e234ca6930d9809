"""What became of the requests of one township, year by year."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from govinfo.charts.chart import Chart
from govinfo.charts.parts import Part, draw_parts, key_to, whole
from govinfo.charts.shown import Table, Words, beside
from govinfo.charts.style import COLOURS, GREY, PALE, house_style, panel
from govinfo.charts.table import code_word, number, tidy
from govinfo.definitions.labels import line_spot
from govinfo.definitions.wording import say
from govinfo.questions.requests.request_outcomes import CATEGORIES, request_flow, request_outcomes, with_request_tables
from govinfo.questions.township.one_township import Township
from govinfo.questions.township.township_reports import reports_by_year

_SECTION = "profile"
_FLOW = ("received", "decided")
_GRANTED = ("granted", "granted_in_part")


def township_requests(township: Township) -> Chart | Words:
    """Requests decided in each year by what became of them; years without a figure say why in words."""
    tables = with_request_tables(township.tables)
    flow = request_flow(tables)
    if flow.empty:
        return Words((say(_SECTION, "requests_none"),))
    figures = flow[["received", "decided"]]
    if figures.isna().all(axis=None):
        return Words((say(_SECTION, "requests_no_figure", n=len(flow)),))
    if bool((figures == 0).fillna(False).all(axis=None)):
        key = "requests_zero" if len(flow) > 1 else "requests_zero_one"
        return Words((say(_SECTION, key, n=len(flow), years=years_said(flow["year"])),))
    outcomes = request_outcomes(tables)
    cells = tables.requests[tables.requests["applicant"] == "total"]
    repaired = set(cells.loc[cells["status"] == "repaired", "report_id"])
    rows = _rows(reports_by_year(township), flow, outcomes, repaired)
    with house_style():
        figure, axes = panel(0.27 * len(rows) + 0.6, _title(flow, outcomes), _caption(rows, len(flow)))
        _draw(axes, rows)
        figure.draw_without_rendering()
    return Chart("requests", figure, rows)


def requests_table(township: Township) -> tuple[Table, ...]:
    """The figures of the chart, a row a year."""
    tables = with_request_tables(township.tables)
    flow = request_flow(tables)
    if flow.empty:
        return ()
    outcomes = request_outcomes(tables)
    wide = outcomes.pivot(index="report_id", columns="category", values="requests").reindex(columns=list(CATEGORIES))
    wide = wide.rename(columns=lambda category: code_word(str(category), "category_"))
    rows = flow.merge(wide, left_on="report_id", right_index=True, how="left")
    columns = ["year", "received", "carried_over", "decided", *wide.columns, "carried_forward"]
    return beside(tidy(rows, columns, caption=say(_SECTION, "outcomes_table"), folded=True))


def refusal_reasons(township: Township) -> tuple[Words, ...]:
    """Why requests were not granted, with how many over the years; nothing where none was refused.

    A reason of which one of the reports has no figure is named without a sum.
    """
    cells = township.tables.requests
    cells = cells[(cells["applicant"] == "total") & cells["category"].isin(("refused", "unavailable", "declined"))]
    forms = township.tables.reports.set_index("report_id")["form"].to_dict()
    labels = [
        line_spot(str(forms[one]), "requests", str(line)).plain
        for one, line in zip(cells["report_id"], cells["line"], strict=True)
    ]
    groups = cells.assign(label=labels).groupby("line", sort=False)
    sums = groups.agg(label=("label", "last"), n=("value", "sum"), gaps=("value", lambda values: values.isna().sum()))
    join = say(_SECTION, "join")
    whole_sums = sums[(sums["gaps"] == 0) & (sums["n"] > 0)].sort_values("n", ascending=False, kind="stable")
    said = [
        say(_SECTION, "reason_n", reason=reason, n=number(n))
        for reason, n in zip(whole_sums["label"], whole_sums["n"], strict=True)
    ]
    open_sums = sums[sums["gaps"] > 0]
    text = say(_SECTION, "refusals", reasons=join.join(said)) if said else ""
    if len(open_sums):
        text += say(_SECTION, "refusals_open", n=len(open_sums))
    return (Words((text,)),) if text else ()


def years_said(years: pd.Series[int]) -> str:
    """The years as a span of words."""
    known = sorted({int(year) for year in years.dropna()})
    if not known:
        return say(_SECTION, "no_year")
    if len(known) == 1:
        return say(_SECTION, "one_year", year=known[0])
    return say(_SECTION, "years_span", first=known[0], last=known[-1])


def _rows(by_year: pd.DataFrame, flow: pd.DataFrame, outcomes: pd.DataFrame, repaired: set[str]) -> pd.DataFrame:
    """A row per year: the parts of its bar, what stands at its end, and the words where there is no bar."""
    parts = outcomes.pivot(index="report_id", columns="category", values="requests")
    counts = whole(parts.astype("Float64"), CATEGORIES)
    rows = by_year[["year", "report_id", "form", "state"]].merge(
        flow[["report_id", "received", "decided"]], on="report_id", how="left"
    )
    rows = rows.merge(counts.reset_index(), on="report_id", how="left")
    rows["repaired"] = rows["report_id"].isin(repaired)
    rows["gap"] = rows["report_id"].isin(outcomes.loc[outcomes["unknown"] > 0, "report_id"])
    rows["words"] = [_end(row, row["report_id"] in set(flow["report_id"])) for row in rows.to_dict("records")]
    return rows


def _end(row: dict[Any, Any], has_table: bool) -> str:
    if row["state"] != "there":
        return say(_SECTION, "no_report")
    if not has_table:
        return say(_SECTION, "older_form" if row["form"] == "statistics" else "no_table")
    said = {name: say(_SECTION, "no_figure") if pd.isna(row[name]) else number(row[name]) for name in _FLOW}
    text = say(_SECTION, "requests_row", **said)
    text += say(_SECTION, "star") if row["repaired"] else ""
    return text + (say(_SECTION, "row_gap") if row["gap"] else "")


def _draw(axes: Axes, rows: pd.DataFrame) -> None:
    parts = {
        category: Part(code_word(category, "category_"), COLOURS[rank], COLOURS[rank] in PALE)
        for rank, category in enumerate(CATEGORIES)
    }
    counts = rows[list(CATEGORIES)].astype("Float64").fillna(0.0).astype(float).reset_index(drop=True)
    shown = {category: part for category, part in parts.items() if (counts[category] > 0).any()}
    width = float(counts.sum(axis=1).max()) or 1.0
    if shown:
        draw_parts(axes, counts, shown, width)
        key_to(axes, shown)
    for at, (end, said, state) in enumerate(zip(counts.sum(axis=1), rows["words"], rows["decided"], strict=True)):
        ink = GREY if pd.isna(state) else None
        place: Any = {"xytext": (4, 0), "textcoords": "offset points", "va": "center", "fontsize": 8.5, "color": ink}
        axes.annotate(said, (end, at), **place)
    names = [say(_SECTION, "no_year") if pd.isna(year) else str(year) for year in rows["year"]]
    axes.set_yticks(range(len(rows)), names)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    # the words at the end of the longest bar need room
    axes.set_xlim(0, width * 1.55)
    axes.grid(visible=False)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _title(flow: pd.DataFrame, outcomes: pd.DataFrame) -> str:
    """The newest year with a figure, in words."""
    told = flow[flow[list(_FLOW)].notna().any(axis=1)].sort_values("year", na_position="first", kind="stable")
    newest = told.iloc[-1]
    parts = _parts(outcomes[outcomes["report_id"] == newest["report_id"]])
    lacking = newest[list(_FLOW)].isna()
    keys = {
        (False, False): "requests_title",
        (True, False): "requests_received_only",
        (False, True): "requests_decided_only",
    }
    year = say(_SECTION, "no_year") if pd.isna(newest["year"]) else int(newest["year"])
    key = keys[bool(lacking["received"]), bool(lacking["decided"])]
    figures = {name: "" if pd.isna(newest[name]) else number(newest[name]) for name in _FLOW}
    return say(_SECTION, key, year=year, parts=parts, **figures)


def _parts(outcomes: pd.DataFrame) -> str:
    """How many were granted, and how many were not; nothing where one of the outcomes has no figure."""
    if outcomes["requests"].isna().any() or not outcomes["requests"].sum():
        return ""
    counts = outcomes.set_index("category")["requests"]
    known = {code_word(name, "category_"): int(counts[name]) for name in _GRANTED if counts[name]}
    rest = int(counts.drop(list(_GRANTED)).sum())
    said = [say(_SECTION, "part", category=name, n=number(n)) for name, n in known.items()]
    said += [say(_SECTION, "rest" if said else "all_rest", n=number(rest))] if rest else []
    return say(_SECTION, "parts", parts=say(_SECTION, "join").join(said))


def _caption(rows: pd.DataFrame, reports: int) -> str:
    text = say(_SECTION, "requests_caption", n=reports)
    if rows["repaired"].any():
        text += say(_SECTION, "requests_repaired")
    if rows["gap"].any():
        text += say(_SECTION, "requests_gap")
    return text
