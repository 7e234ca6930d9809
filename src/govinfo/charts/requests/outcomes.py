"""Charts of what became of requests: which outcome, how that changed, where, on what grounds, and who asked."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from govinfo.charts.bars import Heading
from govinfo.charts.chart import Chart
from govinfo.charts.names import place_names
from govinfo.charts.parts import Part, draw_parts, key_to
from govinfo.charts.rates import LEAST, rates
from govinfo.charts.shown import Table, Words, beside
from govinfo.charts.style import COLOURS, PALE, house_style, panel
from govinfo.charts.table import code_word, number, tidy
from govinfo.definitions.form import forms
from govinfo.definitions.labels import line_spot
from govinfo.definitions.wording import say, words
from govinfo.questions.chance.intervals import CONFIDENCE, change, wilson
from govinfo.questions.requests.request_outcomes import CATEGORIES

MOST_PLACES, MOST_REASONS, MOST_NAMED = 20, 15, 4
# points that long labels leave for a legend
_REASON_KEY = 170
_COLOUR = dict(zip(CATEGORIES, COLOURS, strict=False))


def outcome_chart(shares: pd.DataFrame) -> Chart | Words:
    """Shares of outcomes over all reports (answer of `outcome_shares` by `all`)."""
    named = shares.assign(name=[code_word(code, "category_") for code in shares["category"]])
    named["colour"] = named["category"].map(_COLOUR)
    return _shares(named, "outcome", "outcomes", "request_outcomes")


def applicant_chart(shares: pd.DataFrame) -> Chart | Words:
    """Who asked (answer of `applicant_shares` by `all`)."""
    named = shares.assign(name=[say("requests", f"applicant_{code}") for code in shares["applicant"]])
    return _shares(named, "asked", "asked", "applicants")


def reply_chart(shares: pd.DataFrame) -> Chart | Words:
    """How requests were answered as the old statistics table has it (answer of `reply_shares`)."""
    if shares.empty or not int(shares["reports"].iloc[0] + shares["unfit"].iloc[0]):
        return Words((say("requests", "replies_none"),))
    named = shares.assign(name=shares["label"].str.replace(words("requests")["reply_trim"], "", regex=True))
    return _shares(named, "replies", "replies", "replies", say("requests", "replies_note"))


def _shares(named: pd.DataFrame, key: str, counted_as: str, file: str, note: str = "") -> Chart | Words:
    """A chart of shares, the largest first; words where nothing was counted. `key` begins the keys of its words."""
    if named.empty or not int(named["reports"].iloc[0] + named["unfit"].iloc[0]):
        return Words((say("requests", "no_tables"),))
    one = named.iloc[0]
    if not one["reports"]:
        return Words((say("requests", f"{key}_unfit", n=one["unfit"]),))
    if not one["of"]:
        return Words((say("requests", f"{key}_idle", n=one["reports"]) + _unfit(one, key),))
    rows = named[named["count"] > 0].sort_values("count", ascending=False, kind="stable")
    heading = Heading(
        file,
        whole_only(one["unfit"]) + _most(rows, key),
        say("requests", "cases"),
        int(one["reports"]),
        note=say("requests", "fit_note") + _unfit(one, key) + note,
    )
    return rates(rows, heading, say("requests", counted_as))


def _most(rows: pd.DataFrame, key: str) -> str:
    """What most of them were, with its share; all of them in numbers where there are too few for one."""
    first = rows.iloc[0]
    if first["of"] < LEAST:
        part = "category" if key == "outcome" else "applicant"
        facts = [
            say("requests", f"{'asked' if key == 'asked' else 'outcome'}_fact", **{part: name, "count": count})
            if key != "replies"
            else say("requests", "outcome_fact", category=name, count=count)
            for name, count in zip(rows["name"], rows["count"], strict=True)
        ]
        return say("requests", f"{key}_few", of=first["of"], facts=say("opening", "join").join(facts))
    top = rows[rows["count"] == first["count"]]
    names = say("opening", "join").join(top["name"])
    if key == "outcome" and len(top) > 1:
        return say("requests", "outcome_tie", of=number(first["of"]), names=names, count=first["count"])
    ends = {name: float(first[name]) for name in ("share", "low", "high")}
    return say("requests", f"{key}_title", of=number(first["of"]), names=names, count=number(first["count"]), **ends)


def whole_only(unfit: int) -> str:
    """How a title begins whose counts leave out reports that lack a figure; it stands without its caption too."""
    return say("requests", "whole_only") if unfit else ""


def _unfit(one: pd.Series[Any], key: str = "outcome") -> str:
    """What is to be said of the reports that decided nothing, and of those that are in no count."""
    text = say("requests", f"idle_{key}", n=one["idle"]) if one["idle"] and one["of"] else ""
    return text + (say("requests", "unfit_note", n=one["unfit"]) if one["unfit"] else "")


def outcomes_by_year(shares: pd.DataFrame) -> Chart | Words:
    """What the requests decided in each year consist of (answer of `outcome_shares` by `year`)."""
    known = shares[shares["year"].notna() & (shares["of"] > 0)]
    totals = known.groupby("year")["of"].first()
    if len(totals) < 2:
        return Words((_one_year(shares, totals),))
    counts = known.pivot_table(index="year", columns="category", values="count", aggfunc="sum")
    years = range(int(totals.index.max()), int(totals.index.min()) - 1, -1)
    counts = counts.reindex(index=list(years), columns=list(CATEGORIES)).fillna(0)
    zero = [code for code in CATEGORIES if not counts[code].any()]
    parts = {
        code: Part(code_word(code, "category_"), _COLOUR[code], _COLOUR[code] in PALE)
        for code in CATEGORIES
        if code not in zero
    }
    reports = shares.groupby("year")["reports"].first()
    caption = say("requests", "change_caption", n=int(reports.sum())) + say("requests", "fit_note")
    unfit = int(shares.groupby("year")["unfit"].first().sum())
    caption += say("requests", "unfit_note", n=unfit) if unfit else ""
    if zero:
        names = say("opening", "join").join(code_word(code, "category_") for code in zero)
        caption += say("requests", "change_zero", names=names)
    with house_style():
        figure, axes = panel(0.34 * len(years) + 0.9, _changed(known, totals), caption)
        draw_parts(axes, counts, parts, float(totals.max()))
        axes.set_xlim(0, float(totals.max()) * 1.02)
        labels = [
            say("requests", "year_reports", year=year, n=int(reports.get(year, 0)))
            if year in reports.index
            else str(year)
            for year in years
        ]
        axes.set_yticks(range(len(years)), labels)
        key_to(axes, parts)
        figure.draw_without_rendering()
    return Chart("outcomes_by_year", figure, known)


def _one_year(shares: pd.DataFrame, totals: pd.Series[int]) -> str:
    """Why no years are compared: one only has figures, nothing was decided in any, or the figures do not fit."""
    counts = shares.groupby("year")[["reports", "unfit"]].first().sum()
    fit, unfit = int(counts["reports"]), int(counts["unfit"])
    left_out = say("requests", "unfit_note", n=unfit) if unfit else ""
    if len(totals):
        return whole_only(unfit) + say("requests", "change_one_year", year=int(totals.index[0])) + left_out
    if not fit:
        return say("requests", "outcome_unfit", n=unfit) if unfit else say("requests", "no_tables")
    return say("requests", "outcome_idle", n=fit) + left_out


def _changed(known: pd.DataFrame, totals: pd.Series[int]) -> str:
    """Which outcomes rose and fell most from the first year to the last of which enough requests were decided.

    The intervals are wider by as many outcomes as are looked at (Bonferroni).
    """
    enough = totals[totals >= LEAST].index
    if len(enough) < 2:
        return say("requests", "change_few", n=int(totals.sum()), least=LEAST).rstrip(say("charts", "full_stop"))
    years = sorted(int(str(year)) for year in enough)
    span = {"first": years[0], "last": years[-1]}
    first, last = (_ended(known[known["year"] == year]) for year in span.values())
    told, found = 1 - (1 - CONFIDENCE) / len(CATEGORIES), []
    for code in CATEGORIES:
        ends = first[code], last[code]
        difference, low, high = change(ends[0], ends[1], told)
        if low > 0 or high < 0:
            values = {"before": ends[0][0] / ends[0][1], "after": ends[1][0] / ends[1][1]}
            key = "rose" if difference > 0 else "fell"
            found.append((difference, say("requests", key, category=code_word(code, "category_"), **values)))
    if not found:
        return say("requests", "change_none", **span)
    most = dict.fromkeys((max(found), min(found)))
    return say("requests", "change", what=say("problems", "stop").join(text for _, text in most), **span)


def _ended(shares: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """How many of how many requests ended so, by outcome."""
    columns = (shares["category"].tolist(), shares["count"].tolist(), shares["of"].tolist())
    return {code: (int(count), int(of)) for code, count, of in zip(*columns, strict=True)}


def place_chart(answered: pd.DataFrame) -> Chart | Words:
    """Which share of its requests each township disclosed, beside that of all (answer of `answered_shares`).

    Only townships that decided LEAST or more; of many those whose intervals lie farthest from the share of all.
    """
    if answered.empty:
        return Words((say("requests", "no_tables"),))
    named = answered.assign(name=place_names(answered))
    enough = named[named["of"] >= LEAST]
    unfit = int(named["unfit"].sum())
    left_out = say("requests", "unfit_note", n=unfit) if unfit else ""
    if enough.empty:
        if not named["reports"].sum():
            return Words((say("requests", "outcome_unfit", n=unfit),))
        return Words((whole_only(unfit) + say("requests", "place_few", least=LEAST) + left_out,))
    share = float(named["count"].sum()) / float(named["of"].sum())
    if len(enough) == 1:
        return Words((_places(enough, share),))
    note = say("requests", "place_note", n=len(enough))
    shown = enough
    if len(enough) > MOST_PLACES:
        away = pd.concat([enough["low"] - share, share - enough["high"]], axis=1).max(axis=1)
        shown = enough.loc[away.sort_values(ascending=False, kind="stable").index[:MOST_PLACES]]
        note += say("requests", "place_left", all=len(enough), shown=MOST_PLACES)
    rest = len(named) - len(enough)
    note += say("requests", "place_rest", n=rest, least=LEAST) if rest else ""
    note += left_out
    shown = shown.sort_values("share", ascending=False, kind="stable")
    named_counts = [
        say("requests", "place_name", name=name, n=of) for name, of in zip(shown["name"], shown["of"], strict=True)
    ]
    reports = int(enough["reports"].sum())
    heading = Heading("answered_by_place", _places(enough, share), say("requests", "cases"), reports, note=note)
    return rates(shown.assign(name=named_counts), heading, say("requests", "answered"), share)


def _places(enough: pd.DataFrame, share: float) -> str:
    """Who lies above and who below the share of all, beyond chance for as many townships as are looked at."""
    if len(enough) == 1:
        one = enough.iloc[0]
        ends = {name: float(one[name]) for name in ("share", "low", "high")}
        return say("requests", "place_one", name=one["name"], least=LEAST, **ends)
    confidence = 1 - (1 - CONFIDENCE) / len(enough)
    low, high = wilson(enough["count"].astype(float), enough["of"].astype(float), confidence)
    parts = []
    for key, beyond in (("place_above", low > share), ("place_below", high < share)):
        names = list(enough.loc[beyond, "name"])
        if names:
            told = say("opening", "join").join(names[:MOST_NAMED])
            told = say("requests", "silent_names_more", names=told) if len(names) > MOST_NAMED else told
            parts.append(say("requests", key, names=told, share=share))
    told = say("problems", "stop").join(parts) or say("requests", "place_alike", share=share)
    return say("requests", "place_title", n=len(enough), least=LEAST, parts=told)


def reason_chart(reasons: pd.DataFrame) -> Chart | Words:
    """On which grounds requests were not disclosed (answer of `reason_shares`): counts, by outcome."""
    if reasons.empty or not int(reasons["reports"].iloc[0] + reasons["unfit"].iloc[0]):
        return Words((say("requests", "no_tables"),))
    one, rows = reasons.iloc[0], reasons[reasons["count"] > 0]
    if not one["reports"]:
        return Words((say("requests", "outcome_unfit", n=one["unfit"]),))
    if rows.empty:
        return Words((say("requests", "reasons_none", n=one["reports"]) + _unfit(one),))
    labels = [reason_label(line) for line in rows["line"]]
    rows = rows.assign(name=labels, label=[code_word(code, "category_") for code in rows["category"]])
    rows = rows.sort_values("count", ascending=False, kind="stable")
    top = rows[rows["count"] == rows["count"].max()]
    total = number(rows["count"].sum())
    values = {"of": total, "count": number(top["count"].iloc[0])}
    if len(top) == 1:
        title = say("requests", "reasons_title", reason=top["name"].iloc[0], category=top["label"].iloc[0], **values)
    else:
        names = say("opening", "join").join(say("requests", "reason_quoted", reason=name) for name in top["name"])
        title = say("requests", "reasons_tie", names=names, **values)
    note = say("requests", "reasons_note") + say("requests", "fit_note") + _unfit(one)
    if len(rows) > MOST_REASONS:
        note += say("requests", "reasons_left_out", all=len(rows), shown=MOST_REASONS)
    title = whole_only(one["unfit"]) + title
    heading = Heading("reasons", title, say("requests", "cases"), int(one["reports"]), note=note)
    return _draw_reasons(rows[:MOST_REASONS], heading)


def _draw_reasons(rows: pd.DataFrame, heading: Heading) -> Chart:
    codes = [code for code in CATEGORIES if code in set(rows["category"])]
    parts = {code: Part(code_word(code, "category_"), _COLOUR[code], _COLOUR[code] in PALE) for code in codes}
    counts = pd.DataFrame(
        {code: rows["count"].where(rows["category"] == code, 0).astype(float).to_numpy() for code in codes}
    )
    most = float(rows["count"].max())
    with house_style():
        figure, axes = panel(0.3 * len(rows) + 0.7, heading.title, heading.caption)
        draw_parts(axes, counts, parts, math.inf)
        for at, count in enumerate(rows["count"]):
            axes.annotate(
                number(count), (count, at), xytext=(3, 0), textcoords="offset points", va="center", fontsize=8.5
            )
        axes.set_yticks(range(len(rows)), [shortened(name) for name in rows["name"]], fontsize=9)
        axes.set_xlim(0, most * 1.1)
        axes.set_xticks([])
        key_to(axes, parts, room=_REASON_KEY)
        figure.draw_without_rendering()
    return Chart(heading.name, figure, rows)


def reason_label(line: str) -> str:
    """What a line of table 三 is called: as the newest form that has it prints it."""
    for form in forms():
        spot = line_spot(form.code, "requests", line)
        if spot.rank >= 0:
            return spot.short
    return line


def outcome_table(shares: pd.DataFrame) -> tuple[Table, ...]:
    """The outcomes of each year with their intervals; folded."""
    rows = shares[shares["count"] > 0].rename(columns={"count": "requests", "of": "decided"})
    columns = ["year", "category", "requests", "decided", "share", "low", "high"]
    return beside(tidy(rows, columns, caption=say("requests", "outcome_table"), folded=True))


def shortened(name: str) -> str:
    """A long label cut to what a chart has room for."""
    most = 17
    return name if len(name) <= most else name[: most - 1] + say("problems", "cut")
