"""The page that leads to all others: what they rest on, what they ask, and what else there is of the study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import quote

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from govinfo.build.config import Run
from govinfo.build.pages.page import heading
from govinfo.build.pages.standalone import TEMPLATES, page_style, page_words, stand_alone
from govinfo.build.pages.standing import asked_reports, dated, places, span
from govinfo.build.terminal.listing import register_sums
from govinfo.definitions.wording import say
from govinfo.questions.coverage import count_by_severity
from govinfo.questions.seats import PLACES
from govinfo.tables import Tables, pick_reports

_KNOBS = (*PLACES, "years")
# so many links of a group are shown unfolded
_MOST_OPEN = 12


@dataclass(frozen=True)
class Page:
    """A page as the list of contents tells of it.

    One page of many that ask the same of several places or years has a `group`, a `label` (of which it is), and says
    `under` which wider place the list has it.
    """

    title: str
    question: str
    href: str
    scope: str
    group: str = ""
    label: str = ""
    under: str = ""


@dataclass(frozen=True)
class Other:
    """Another study, as the list of contents tells of it."""

    title: str
    says: str
    href: str


@dataclass(frozen=True)
class Entry:
    """What stands in the list of contents for one page, or for all pages of a group: those of each wider place."""

    first: Page
    parts: Sequence[tuple[str, Sequence[Page]]] = ()

    @property
    def number(self) -> int:
        """How many pages of a group there are."""
        return sum(len(pages) for _, pages in self.parts)


def describe(notebook: Any, run: Run, tables: Tables) -> Page:
    """What the list of contents says of the page that `run` gives: its question, its scope, its reports."""
    title, question = heading(notebook)
    covers = _covers(run, tables)
    href = quote(f"{run.name}.html")
    if run.group:
        return Page(title, question, href, covers, run.group, run.label, _wider(run.parameters))
    join = say("pages", "join")
    asked = [
        say("pages", "knob", knob=say("pages", f"knob_{knob}"), values=join.join(map(_named, run.parameters[knob])))
        for knob in _KNOBS
        if run.parameters.get(knob)
    ]
    scope = say("pages", "asked", asked=say("pages", "and").join(asked)) if asked else say("pages", "everything")
    return Page(title, question, href, say("pages", "scope", scope=scope, covers=covers))


def _covers(run: Run, tables: Tables) -> str:
    reports = asked_reports(tables.reports, run.parameters)
    if reports.empty:
        return say("pages", "page_empty")
    one = len(run.parameters.get("townships") or ()) == 1
    values = {"places": places(reports), "years": span(reports), "n": len(reports)}
    return say("pages", "page_of_one" if one else "page_covers", **values)


def _wider(parameters: Mapping[str, Any]) -> str:
    """The place above that of which the page is, with those above it; "" where there is none."""
    given = [parameters[knob][0] for knob in PLACES if len(parameters.get(knob) or ()) == 1]
    names = [name for name in given[:-1] if name]
    return "".join(names[-2:]) if names else say("pages", "unplaced") if given[1:] else ""


def _named(value: Any) -> str:
    return str(value) if value != "" else say("pages", "unknown")


def render_contents(
    tables: Tables,
    pages: Sequence[Page],
    workbook: str | None,
    *,
    title: str | None = None,
    notice: str | None = None,
    changes: str | None = None,
    others: Sequence[Other] = (),
) -> str:
    """The page that leads to all others: what they rest on, what they ask, where the workbook is.

    `title` is its heading where it is not the usual one, `notice` stands on top of it, `changes` is the file that says
    what the last build changed, `others` are studies beside this one.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    template = environment.get_template("contents.html.j2")
    notes = _counted(tables)["note"].dropna().value_counts(sort=False)
    title = title or say("pages", "site")
    html = template.render(
        words=page_words(),
        css=page_style(title, dated(_counted(tables))),
        title=title,
        notice=notice,
        others=others,
        standing=_standing(tables, workbook),
        entries=_entries(pages),
        most_open=_MOST_OPEN,
        workbook=workbook,
        changes=changes,
        notes=[say("opening", "note", n=number, note=note) for note, number in notes.items()],
    )
    return stand_alone(html)


def _entries(pages: Sequence[Page]) -> list[Entry]:
    """One entry a page; the pages of a group are one, at the place of their first."""
    groups: dict[str, list[Page]] = {}
    for page in pages:
        groups.setdefault(f"group:{page.group}" if page.group else f"page:{page.href}", []).append(page)
    return [Entry(some[0], _parts(some) if some[0].group else ()) for some in groups.values()]


def _parts(pages: Sequence[Page]) -> list[tuple[str, list[Page]]]:
    """The pages by the place above theirs; all as one where each is alone there."""
    by_place = sorted(pages, key=lambda page: page.under)
    parts = [(under, list(some)) for under, some in groupby(by_place, key=lambda page: page.under)]
    return [("", by_place)] if len(parts) == len(pages) else parts


def _counted(tables: Tables) -> pd.DataFrame:
    return pick_reports(tables.reports, {})


def _standing(tables: Tables, workbook: str | None) -> list[str]:
    reports = _counted(tables)
    if reports.empty:
        lines = [say("pages", "no_reports")]
    else:
        lines = [
            say("pages", "covers", reports=len(reports), places=places(reports)),
            say("pages", "report_years", years=span(reports)),
            dated(reports),
            _findings(tables, workbook),
            *register_sums(tables),
        ]
    set_aside = len(tables.reports) - len(reports)
    if set_aside:
        lines.append(say("pages", "set_aside", n=set_aside))
    if len(tables.rejects):
        lines.append(say("pages", "rejects", n=len(tables.rejects)))
    return lines


def _findings(tables: Tables, workbook: str | None) -> str:
    counts = count_by_severity(tables.findings)
    if not any(counts.values()):
        return say("pages", "no_findings")
    return say("pages", "findings", **counts) + (say("pages", "findings_where") if workbook else "")
