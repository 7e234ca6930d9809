"""Charts of how many requests came in, where none did, and how many were decided or carried on."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from govinfo.charts.bars import Heading, bars
from govinfo.charts.chart import Chart
from govinfo.charts.grid import first_new_year, short, year_grid
from govinfo.charts.names import place_names
from govinfo.charts.shown import Table, Words, beside
from govinfo.charts.spread import year_ticks
from govinfo.charts.style import COLOURS, GREY, INK, house_style, panels
from govinfo.charts.table import number, tidy
from govinfo.definitions.wording import say, words
from govinfo.questions.requests.requests_received import LISTED, TOLD, ZERO

MOST_NAMED = 8
_ACROSS = 2
# more years than these have no room for the number of reports below them
_COUNTED_YEARS = 7


def received_chart(received: pd.DataFrame) -> Chart | Words:
    """Requests received by township and year (answer of `requests_received`); words where there is none."""
    if received.empty:
        return Words((say("requests", "no_reports"),))
    known = received[received["value"].notna()]
    gaps = len(received) - len(known)
    if known.empty:
        return Words((say("requests", "received_gaps", n=gaps),))
    if (known["value"] == 0).all():
        key = "received_none_gaps" if gaps else "received_none"
        return Words((say("requests", key, n=len(known), gaps=gaps),))
    title = _received_title(received)
    if len(received) == 1:
        return Words((title,))
    later, mixed = first_new_year(received)
    note = say("requests", "received_note")
    if later is not None:
        note += say("requests", "received_line_mixed" if mixed else "received_line")
    note += say("requests", "received_told_note") if (received["origin"] == TOLD).any() else ""
    note += say("requests", "received_repaired_note") if (received["status"] == "repaired").any() else ""
    heading = Heading("requests_received", title, say("requests", "cases"), len(received), note=note)
    cells = received.assign(
        name=place_names(received),
        text=pd.array(_cells(received), dtype="string"),
        value=known["value"].astype("Float64"),
    )
    return year_grid(cells, heading, later)


def _cells(received: pd.DataFrame) -> list[str | None]:
    """The figure of each report, marked where it was repaired or stands in the text alone."""
    found: list[str | None] = []
    for value, origin, status in zip(received["value"], received["origin"], received["status"], strict=True):
        if pd.isna(value):
            found.append(None)
        elif origin == TOLD:
            found.append(say("requests", "received_told", value=short(value)))
        else:
            repaired = not pd.isna(status) and status == "repaired"
            found.append(say("charts", "repaired", value=short(value)) if repaired else short(value))
    return found


def _received_title(received: pd.DataFrame) -> str:
    names = place_names(received)
    newest = received[received["year"] == received["year"].max()]
    known = newest[newest["value"].notna()]
    year, none = int(newest["year"].iloc[0]), int((newest["state"] == ZERO).sum())
    told = int((known["origin"] == TOLD).sum())
    from_text = say("requests", "received_from_text", n=told) if told else ""
    if known.empty:
        return say("requests", "received_unknown", year=year, n=len(newest))
    total = number(known["value"].sum())
    if len(newest) == 1:
        return say("requests", "received_one", name=names[newest.index[0]], year=year, total=total) + from_text
    counts = {"year": year, "n": len(newest), "none": none}
    if len(known) == len(newest):
        return say("requests", "received_all" if none else "received_every", total=total, **counts) + from_text
    most = known["value"].astype(float).idxmax()
    largest = {"name": names[most], "most": number(known["value"].max())}
    return say("requests", "received_some", known=len(known), **counts, **largest) + from_text


def silence_words(silence: pd.DataFrame) -> list[Words | Table]:
    """Which townships had no request, and for how long (answer of `years_without_requests`)."""
    if silence.empty:
        return []
    rows = silence.assign(name=place_names(silence))
    some = rows[rows["some"] > 0]
    lines = [] if len(some) < len(rows) or len(rows) < 2 else [say("requests", "silent_none", n=len(rows))]
    silent = rows[rows["some"] == 0]
    unknown, zero = silent[silent["zero"] == 0], silent[silent["zero"] > 0]
    for key, part in (
        ("silent_all", zero[zero["unknown"] == 0]),
        ("silent_known", zero[zero["unknown"] > 0]),
        ("silent_unknown", unknown),
    ):
        lines += [say("requests", key, n=len(part), names=_named(part))] if len(part) else []
    if len(some) and len(some) < len(rows):
        runs = int((some["zero_run"] > 1).sum())
        told = say("requests", "silent_runs", n=runs) if runs else ""
        lines.append(say("requests", "silent_some", n=len(some), runs=told))
    longest = rows[rows["zero_run"] == rows["zero_run"].max()]
    if longest["zero_run"].iloc[0] > 1:
        one = longest.iloc[0]
        more = say("requests", "silent_more", n=len(longest)) if len(longest) > 1 else ""
        span = {"first": one["run_first"], "last": one["run_last"], "n": one["zero_run"]}
        lines.append(say("requests", "silent_longest", name=one["name"], more=more, **span))
    return [*([Words(tuple(lines))] if lines else []), *_silence_table(rows)]


def _named(rows: pd.DataFrame) -> str:
    """The townships with the number of their reports, the first few by name."""
    parts = [
        say("requests", "silent_year", name=name, years=years)
        for name, years in zip(rows["name"][:MOST_NAMED], rows["reports"][:MOST_NAMED], strict=True)
    ]
    names = say("opening", "join").join(parts)
    return say("requests", "silent_names_more", names=names) if len(rows) > MOST_NAMED else names


def _silence_table(rows: pd.DataFrame) -> tuple[Table, ...]:
    told = rows[(rows["zero"] > 0) | (rows["unknown"] > 0)].rename(
        columns={"some": "years_some", "zero": "years_zero", "unknown": "years_unknown", "reports": "years_read"}
    )
    told = told.sort_values(["zero_run", "years_zero"], ascending=False, kind="stable")
    columns = ["county", "township", "years_read", "years_some", "years_zero", "years_unknown", "zero_run"]
    columns += ["last_request"]
    return beside(tidy(told, columns, caption=say("requests", "silent_table"), folded=True))


def flow_chart(flow: pd.DataFrame, received: pd.DataFrame) -> Chart | Words:
    """What came in, was carried over, decided and carried forward, added up by year (answer of `request_flow_by_year`).

    `received` (answer of `requests_received`) tells how many reports there are.
    """
    if flow.empty:
        return Words((say("requests", "no_tables" if len(received) else "no_reports"),))
    if not (flow["total"] > 0).fillna(False).any() and flow["total"].notna().all():
        return Words((say("requests", "flow_zero", n=len(received)),))
    measures = list(flow["measure"].drop_duplicates())
    gaps = [name for name in measures if flow.loc[flow["measure"] == name, "total"].isna().all()]
    if len(gaps) == len(measures):
        return Words((say("requests", "flow_unknown", n=len(received)),))
    if flow["year"].nunique() < 2:
        return _one_year(flow, received)
    years = range(int(flow["year"].min()), int(flow["year"].max()) + 1)
    counts = say("requests", "flow_counts") if len(years) <= _COUNTED_YEARS else ""
    note = say("requests", "flow_note", counts=counts) + (
        say("requests", "flow_old") if (flow["origin"] == LISTED).any() else ""
    )
    if gaps:
        names = say("opening", "join").join(words("table_heads")[name] for name in gaps)
        note += say("requests", "flow_gaps", names=names)
        measures = [name for name in measures if name not in gaps]
    heading = Heading("request_flow", _flow_title(flow, received), say("requests", "cases"), len(received), note=note)
    rows, reports = -(-len(measures) // _ACROSS), _reports(flow)
    with house_style():
        figure, axes = panels(1.5 * rows, heading.title, heading.caption, rows, _ACROSS, one_scale=False)
        for one, measure in zip(axes, measures, strict=False):
            _draw_flow(one, flow[flow["measure"] == measure], years, reports)
            one.set_title(words("table_heads")[measure], fontsize=10, loc="left", pad=4)
        for one in axes[len(measures) :]:
            one.set_visible(False)
        figure.draw_without_rendering()
    return Chart(heading.name, figure, flow)


def flow_table(flow: pd.DataFrame) -> tuple[Table, ...]:
    """The sums of each year, or how many of its reports have a figure (answer of `request_flow_by_year`); folded."""
    cells = [
        say("requests", "flow_cell", have=have, all=reports) if pd.isna(total) else number(total)
        for total, have, reports in zip(flow["total"], flow["with_figure"], flow["reports"], strict=True)
    ]
    rows = flow.assign(cell=cells, origin=[say("requests", f"flow_{origin}") for origin in flow["origin"]])
    keys = ["year", "origin", "reports"]
    wide = rows.pivot_table(index=keys, columns="measure", values="cell", aggfunc="first", sort=False)
    wide = wide.reset_index().sort_values(keys, kind="stable")
    columns = [*keys, *(name for name in flow["measure"].drop_duplicates() if name in wide.columns)]
    return beside(tidy(wide, columns, caption=say("requests", "flow_years"), folded=True))


def _one_year(flow: pd.DataFrame, received: pd.DataFrame) -> Chart | Words:
    """The sums of the only year there is, a bar each."""
    named = flow.sort_values("with_figure", kind="stable").drop_duplicates("measure", keep="last").sort_index()
    names = [words("table_heads")[measure] for measure in named["measure"]]
    rows = named.assign(name=names, series=say("requests", "flow_series"), value=named["total"].astype("Float64"))
    title = _flow_title(flow, received)
    return bars(rows, Heading("request_flow", title, say("requests", "cases"), int(flow["reports"].iloc[0])))


def _flow_title(flow: pd.DataFrame, received: pd.DataFrame) -> str:
    newest = flow[flow["year"] == flow["year"].max()]
    year, facts = int(newest["year"].iloc[0]), []
    for measure, part in newest.groupby("measure", sort=False):
        label, one = words("table_heads")[str(measure)], part.iloc[-1]
        gap = pd.isna(one["total"])
        told = {"label": label, "total": "" if gap else number(one["total"]), "have": int(one["with_figure"])}
        facts.append(say("requests", "flow_gap" if gap else "flow_fact", **told))
    whole = bool(newest["total"].notna().all())
    stop = say("opening", "join") if whole else say("problems", "stop")
    reports = int(newest["reports"].iloc[0])
    if reports == 1:
        name = place_names(received)[received["year"] == year].iloc[0]
        return say("requests", "flow_one", name=name, year=year, facts=stop.join(facts))
    return say("requests", "flow_title" if whole else "flow_mixed", year=year, n=reports, facts=stop.join(facts))


def _reports(flow: pd.DataFrame) -> dict[int, int]:
    """How many reports each year has."""
    counts = flow.drop_duplicates("year")
    return dict(zip(counts["year"].astype(int).tolist(), counts["reports"].astype(int).tolist(), strict=True))


def _draw_flow(axes: Axes, flow: pd.DataFrame, years: range, reports: dict[int, int]) -> None:
    """A bar for each year; where the sum lacks a report, how many have a figure."""
    # of a year with reports of two kinds the one that more of them have
    for _, row in flow.sort_values("with_figure", kind="stable").drop_duplicates("year", keep="last").iterrows():
        year, gap = int(row["year"]), pd.isna(row["total"])
        value = 0.0 if gap else float(row["total"])
        axes.bar(year, value, width=0.62, color=COLOURS[1] if row["origin"] == LISTED else COLOURS[0])
        said = say("charts", "lacking", n=int(row["reports"]) - int(row["with_figure"])) if gap else short(value)
        place, ink = (year, value), GREY if gap else INK
        look: Any = {"textcoords": "offset points", "ha": "center", "fontsize": 8, "color": ink}
        # many years leave a figure no room but upright
        axes.annotate(said, place, xytext=(0, 2), rotation=90 if len(years) > _COUNTED_YEARS else 0, **look)
    year_ticks(axes, years)
    if len(years) <= _COUNTED_YEARS:
        ticks = [
            f"{year % 100:02d}\n{say('requests', 'n_reports', n=reports[year]) if year in reports else ''}"
            for year in years
        ]
        axes.set_xticks(list(years), ticks, fontsize=8)
    most = float(flow["total"].fillna(0).max())
    axes.set_ylim(0, max(most, 1.0) * (1.2 if len(years) <= _COUNTED_YEARS else 1.4))
    axes.yaxis.set_major_locator(MaxNLocator(3, integer=True))
    axes.tick_params(axis="y", labelsize=8.5)
    axes.grid(visible=False, axis="x")
