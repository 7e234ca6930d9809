"""How a notebook opens: what was asked, how many reports stand behind the answer, what to distrust."""

from __future__ import annotations

import pandas as pd

from govinfo.charts.names import place_names, report_names, year_spans
from govinfo.charts.shown import Table, Words
from govinfo.charts.table import code_word, tidy
from govinfo.definitions.wording import say
from govinfo.questions.areas import count_townships, of_townships
from govinfo.questions.coverage import coverage, distrust, reports_by, reread_lines
from govinfo.questions.seats import COLUMNS
from govinfo.questions.study import Study
from govinfo.tables import FIGURE_KEYS

MOST_NAMED = 6


def opening(study: Study, *names: str) -> list[Words | Table]:
    """The parameters as a person reads them, the reports, and what to distrust in the tables `names`.

    Findings of identity and of whole reports (table `reports`) are told with those of `names`.
    """
    cover = coverage(study.tables, [name for name in names if name in FIGURE_KEYS])
    shown: list[Words | Table] = [Words(_asked(study)), Words(_standing(study, cover, names), "standing")]
    if cover.empty:
        return shown
    found = [
        pd.NA if pd.isna(expected) else say("opening", "cells", found=there, expected=expected)
        for there, expected in zip(cover["cells_found"], cover["cells_expected"], strict=True)
    ]
    columns = ["county", "township", "year", "form", "status", "cells"]
    columns += ["repaired", "uncertain"] if _has_cells(names) else []
    title = say("opening", "reports" if _has_cells(names) else "reports_text", n=len(cover))
    shown.append(
        tidy(
            cover.assign(cells=pd.Series(found, index=cover.index, dtype="string")),
            [*columns, "errors", "warnings"],
            caption=title,
        )
    )
    return [*shown, *_findings(study, names)]


def brief_opening(study: Study) -> list[Words | Table]:
    """The first two parts of `opening`, for a page that lists reports and findings in its own way."""
    return opening(study)[:2]


def _findings(study: Study, names: tuple[str, ...]) -> list[Words | Table]:
    """Errors in full, and warnings folded under how many there are by report."""
    findings = distrust(study.tables, ("reports", *names))
    findings = findings.assign(township=place_names(findings, study.tables.reports).mask(findings["township"].isna()))
    shown: list[Words | Table] = []
    for severity in ("error", "warning"):
        part = findings[findings["severity"] == severity]
        if len(part):
            caption = say("opening", f"findings_{severity}", n=len(part), where=_by_report(part))
            columns = ["township", "year", "message", "locator"]
            shown.append(tidy(part, columns, caption=caption, folded=severity == "warning"))
    return shown or [Words((say("opening", "no_findings"),))]


def _by_report(frame: pd.DataFrame) -> str:
    """How many rows each report has, the first few reports by name."""
    counts = report_names(frame).value_counts(sort=False)
    parts = [say("opening", "by_report", name=name, n=number) for name, number in counts.items()]
    text = say("opening", "join").join(parts[:MOST_NAMED])
    return text + (say("opening", "more", n=len(parts)) if len(parts) > MOST_NAMED else "")


def reread_note(study: Study, name: str) -> Table | Words:
    """The lines of the table `name` that did not stand as the form wants them, as printed; folded."""
    frame = reread_lines(study.tables, name)
    if frame.empty:
        return Words((say("opening", "no_reread", table=code_word(name)),))
    frame = frame.assign(township=place_names(frame, study.tables.reports).mask(frame["township"].isna()))
    sums = {column: int(frame[column].sum()) for column in ("repaired", "uncertain")}
    caption = say("opening", "reread", table=code_word(name), n=len(frame), where=_by_report(frame), **sums)
    columns = ["township", "year", "line_label", "printed", "repaired", "uncertain", "locator"]
    return tidy(frame, columns, caption=caption, folded=True)


def _has_cells(names: tuple[str, ...]) -> bool:
    """Whether the question rests on tables of figures (and not on the text alone)."""
    return any(name in FIGURE_KEYS for name in names)


def _asked(study: Study) -> tuple[str, ...]:
    join, everything = say("opening", "join"), say("opening", "everything")
    asked = {name: join.join(map(_named, getattr(study, name))) for name in COLUMNS}
    # the wider places only where somebody asked for them
    wider = [say("opening", f"asked_{name}", names=asked[name]) for name in ("provinces", "cities") if asked[name]]
    narrow = {name: asked[name] or everything for name in ("townships", "years", "counties")}
    lines = ["".join([say("opening", "asked", **narrow), *wider])]
    absent = study.absent()
    if absent:
        lines.append(say("opening", "absent", names=join.join(absent)))
    return tuple(lines)


def _named(value: object) -> str:
    """A place or year that was asked for; "" asks for what is not known."""
    return say("opening", "unknown") if value == "" else str(value)


def _standing(study: Study, cover: pd.DataFrame, names: tuple[str, ...]) -> tuple[str, ...]:
    if cover.empty:
        return (say("opening", "no_reports", n=len(study.everything.reports)),)
    lines = [_sources(study, cover), _sureness(cover, names)]
    lines += _notes(cover)
    if len(study.tables.rejects):
        lines.append(say("opening", "rejects", n=len(study.tables.rejects)))
    return tuple(lines)


def _notes(cover: pd.DataFrame) -> list[str]:
    notes = cover.dropna(subset=["note"]).groupby("note", sort=False).size()
    return [say("opening", "note", n=number, note=note) for note, number in notes.items()]


def notes(study: Study) -> list[Words]:
    """What the manifest says of the reports, e.g. that a text is abridged; none where it says nothing."""
    lines = tuple(_notes(coverage(study.tables)))
    return [Words(lines, "standing")] if lines else []


def _sources(study: Study, cover: pd.DataFrame) -> str:
    join = say("opening", "join")
    years = cover["year"].dropna()
    span = say("opening", "no_year") if years.empty else year_spans(years)
    forms = reports_by(study.tables, "form")
    parts = [
        say("opening", "by_form", form=code_word(group, "form_"), n=number)
        for group, number in zip(forms["group"], forms["reports"], strict=True)
    ]
    reports = study.tables.reports
    others = len(reports) - int(of_townships(reports).sum())
    told = {"places": count_townships(reports), "span": span, "forms": join.join(parts)}
    return say("opening", "sources", n=len(cover), **told) + (say("opening", "others", n=others) if others else "")


def _sureness(cover: pd.DataFrame, names: tuple[str, ...]) -> str:
    key = "sureness" if _has_cells(names) else "sureness_text"
    sums = {name: int(cover[name].sum()) for name in ("repaired", "uncertain", "errors", "warnings")}
    whole = int((cover["status"] == "complete").sum())
    return say("opening", key, whole=whole, **sums)
