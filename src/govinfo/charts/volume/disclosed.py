"""Charts of how much reports say was disclosed: in all, through which channels, of which kinds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from govinfo.charts.bars import Heading, bars
from govinfo.charts.chart import Chart
from govinfo.charts.grid import first_new_year, short, year_grid
from govinfo.charts.names import place_names
from govinfo.charts.shown import Table, Words, beside
from govinfo.charts.table import number, tidy
from govinfo.definitions.wording import say
from govinfo.questions.volume.disclosed import CHANNELS, CONTRADICTED, LISTED, PARTS, STATED

MOST_KINDS = 15


def totals_chart(totals: pd.DataFrame) -> Chart | Words:
    """The stated totals of each township and year (answer of `disclosed_totals`); bounds and gaps beside them."""
    if totals.empty:
        return Words((say("volume", "no_reports"),))
    known = totals[totals["value"].notna()]
    if known.empty:
        parts = int((totals["state"] == PARTS).sum())
        told = say("volume", "total_parts", n=parts) if parts else ""
        return Words((say("volume", "total_none", n=len(totals), parts=told),))
    if (known["value"] == 0).all():
        return Words((say("volume", "total_zero", n=len(known)),))
    if len(totals) == 1:
        return Words((_totals_title(totals),))
    later, mixed = first_new_year(totals)
    note = say("volume", "total_note")
    if later is not None:
        note += say("volume", "total_line_mixed" if mixed else "total_line")
    heading = Heading("disclosed_totals", _totals_title(totals), say("volume", "pieces"), len(totals), note=note)
    cells = totals.assign(name=place_names(totals), text=pd.array(_cells(totals, short), dtype="string"))
    return year_grid(cells, heading, later)


def _cells(totals: pd.DataFrame, write: Callable[[float], str]) -> list[str | None]:
    """What stands in the cell of each report; `write` makes a text of a figure."""
    columns = (totals[name] for name in ("state", "value", "approximate", "at_least"))
    found: list[str | None] = []
    for state, value, approximate, at_least in zip(*columns, strict=True):
        if not pd.isna(value):
            found.append(say("volume", "total_about", value=write(value)) if approximate else write(value))
        elif state == CONTRADICTED:
            found.append(say("volume", "total_contradicted"))
        else:
            found.append(None if pd.isna(at_least) else say("volume", "total_least", value=write(at_least)))
    return found


def _totals_title(totals: pd.DataFrame) -> str:
    """What the newest year with a figure says."""
    newest = totals[totals["year"] == totals["year"].max()]
    year, told = int(newest["year"].iloc[0]), newest[newest["value"].notna()]
    about = say("volume", "about") if bool(told["approximate"].fillna(False).any()) else ""
    if told.empty:
        before = totals[totals["value"].notna()]
        before = totals[totals["year"] == before["year"].max()]
        had = before[before["value"].notna()]
        values = {"told": len(had), "median": number(had["value"].median()), "before_n": len(before)}
        key = "total_year_none" if len(had) > 1 else "total_year_none_one"
        return say("volume", key, year=year, n=len(newest), before=int(had["year"].iloc[0]), **values)
    one = {"name": place_names(totals)[told.index[0]], "value": number(told["value"].iloc[0]), "about": about}
    if len(newest) == 1:
        return say("volume", "total_one", year=year, **one)
    if len(told) == 1:
        return say("volume", "total_some_one", year=year, n=len(newest), **one)
    median = number(round(float(told["value"].median()), 1))
    if len(told) == len(newest):
        total = number(told["value"].sum())
        return say("volume", "total_all", year=year, n=len(newest), total=total, median=median, about=about)
    return say("volume", "total_some", year=year, n=len(newest), told=len(told), median=median)


def totals_table(totals: pd.DataFrame) -> tuple[Table, ...]:
    """The totals with where they come from and the clauses that say them; folded."""
    cells = _cells(totals, number)
    words = [say("volume", f"state_{state}") for state in totals["state"]]
    rows = totals.assign(disclosed=pd.array(cells, dtype="string"), origin=pd.array(words, dtype="string"))
    columns = ["county", "township", "year", "disclosed", "origin", "said"]
    return beside(tidy(rows, columns, caption=say("volume", "total_table"), folded=True))


def channel_chart(channels: pd.DataFrame, reports: int) -> Chart | Words:
    """What the middle report says went through each channel (answer of `disclosed_channels`).

    `reports` is how many reports were asked.
    """
    known = channels[channels["value"].notna()]
    if known.empty:
        return Words((say("volume", "channels_none" if reports else "no_reports", n=reports),))
    note = say("volume", "channels_note")
    about, unclear = int(known["approximate"].sum()), int((channels["state"] == CONTRADICTED).sum())
    note += say("volume", "channels_about", n=about) if about else ""
    note += say("volume", "channels_unclear", n=unclear) if unclear else ""
    heading = Heading(
        "disclosed_channels",
        _channels_title(known, reports),
        say("volume", "pieces"),
        known["report_id"].nunique(),
        note=note,
    )
    rows = []
    for channel in CHANNELS:
        own = known[known["channel"] == channel]
        counts = [(origin, own[own["state"] == origin]) for origin in (LISTED, STATED)]
        told = say("opening", "join").join(
            say("volume", f"from_{key}", n=len(part)) for key, part in counts if len(part)
        )
        label = say("volume", f"channel_{channel}")
        name = say("volume", "channel_name", channel=label, counts=told)
        rows += [(name, say("volume", f"series_{key}"), part["value"].median()) for key, part in counts if len(part)]
    frame = pd.DataFrame(rows, columns=["name", "series", "value"]).astype({"value": "Float64"})
    return bars(frame.sort_values("series", kind="stable", key=lambda names: names != frame["series"].iloc[0]), heading)


def _channels_title(known: pd.DataFrame, reports: int) -> str:
    if known["report_id"].nunique() == 1:
        one = known.iloc[0]
        parts = [
            say(
                "volume",
                "channel_part",
                channel=say("volume", f"channel_{channel}"),
                value=number(value),
                about=say("volume", "about") if approximate else "",
            )
            for channel, value, approximate in zip(
                known["channel"], known["value"], known["approximate"].fillna(False), strict=True
            )
        ]
        name = place_names(known).iloc[0]
        return say("volume", "channels_one", name=name, year=one["year"], parts=say("opening", "join").join(parts))
    sizes = known["channel"].value_counts()
    most = max(CHANNELS, key=lambda channel: int(sizes.get(channel, 0)))
    own = known[known["channel"] == most]
    # the statistics table and the text count differently: no middle report over both
    facts = [
        say(
            "volume",
            "channels_fact",
            origin=say("volume", f"from_{origin}", n=len(part)),
            median=number(round(float(part["value"].median()), 1)),
        )
        for origin in (LISTED, STATED)
        if len(part := own[own["state"] == origin])
    ]
    told = known["report_id"].nunique()
    key = "channels_title_all" if told == reports else "channels_title"
    values = {"channel": say("volume", f"channel_{most}"), "facts": say("volume", "channels_join").join(facts)}
    return say("volume", key, n=reports, told=told, **values)


def kind_chart(kinds: pd.DataFrame, reports: int) -> Chart | Words:
    """What the middle report says of each kind, those first that most reports name (answer of `disclosed_kinds`)."""
    known = kinds[kinds["value"].notna()]
    if known.empty:
        return Words((say("volume", "kinds_none" if reports else "no_reports", n=reports),))
    groups = known.groupby("kind", sort=False)["value"].agg(["size", "median"])
    groups = groups.sort_values(["size", "median"], ascending=False, kind="stable")
    if groups["size"].iloc[0] < 2:
        return _kinds_of_one(known)
    listing = known["report_id"].nunique()
    first = groups.iloc[0]
    title = say(
        "volume",
        "kinds_title",
        n=listing,
        kind=first.name,
        by=int(first["size"]),
        median=number(round(float(first["median"]), 1)),
    )
    note = say("volume", "kinds_note")
    if len(groups) > MOST_KINDS:
        note += say("volume", "kinds_left_out", all=len(groups), shown=MOST_KINDS)
    rows = [
        (say("volume", "kind_name", kind=kind, n=size), say("volume", "middle"), median)
        for kind, size, median in groups[:MOST_KINDS].itertuples()
    ]
    frame = pd.DataFrame(rows, columns=["name", "series", "value"]).astype({"value": "Float64"})
    return bars(frame, Heading("disclosed_kinds", title, say("volume", "pieces"), listing, note=note))


def _kinds_of_one(known: pd.DataFrame) -> Chart | Words:
    """The kinds of the newest report that lists any, the longest list of several."""
    sizes = known.groupby("report_id", sort=False)["kind"].transform("size")
    order = known.assign(_size=sizes).sort_values(["year", "_size"], ascending=False, kind="stable")
    one = known[known["report_id"] == order["report_id"].iloc[0]]
    one = one.sort_values("value", ascending=False, kind="stable")
    name = place_names(known)[one.index[0]]
    most = one.iloc[0]
    about = say("volume", "about") if bool(most["approximate"]) else ""
    values = {"kind": most["kind"], "value": number(most["value"]), "about": about}
    key = "kinds_one" if most["value"] else "kinds_one_zero"
    title = say("volume", key, name=name, year=most["year"], n=len(one), **values)
    listing = known["report_id"].nunique()
    note = say("volume", "kinds_note") + (say("volume", "kinds_other", n=listing) if listing > 1 else "")
    frame = one.assign(name=one["kind"], series=say("volume", "kinds_one_series"))
    return bars(frame, Heading("disclosed_kinds", title, say("volume", "pieces"), 1, note=note))


def channel_table(channels: pd.DataFrame) -> tuple[Table, ...]:
    """What each report says of each channel, with its clauses; folded, nothing where nothing is said."""
    return _parts(channels, [say("volume", f"channel_{code}") for code in channels["channel"]], "channel_table")


def kind_table(kinds: pd.DataFrame) -> tuple[Table, ...]:
    """What each report says of each kind, with its clauses; folded, nothing where nothing is said."""
    return _parts(kinds, list(kinds["kind"]), "kind_table")


def _parts(rows: pd.DataFrame, labels: list[str], caption: str) -> tuple[Table, ...]:
    words = [say("volume", f"state_{state}") for state in rows["state"]]
    texts = [
        None if pd.isna(value) else say("volume", "total_about", value=number(value)) if about else number(value)
        for value, about in zip(rows["value"], rows["approximate"].fillna(False), strict=True)
    ]
    made: dict[str, list[Any]] = {"part": labels, "disclosed": texts, "origin": words}
    rows = rows.assign(**{name: pd.array(values, dtype="string") for name, values in made.items()})
    columns = ["county", "township", "year", "part", "disclosed", "origin", "said"]
    return beside(tidy(rows, columns, caption=say("volume", caption), folded=True))
