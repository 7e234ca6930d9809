"""Pages that need nothing but themselves: no script, no address to load from, no font of the machine."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from nbconvert import HTMLExporter

from govinfo.build.config import Run
from govinfo.build.fonts import embed_font
from govinfo.build.listing import register_sums
from govinfo.definitions.wording import say, words
from govinfo.questions.coverage import count_by_severity, newest_date
from govinfo.tables import Tables

TEMPLATES = Path(__file__).parent / "templates"
_HEADING = re.compile(r"^#\s+(.+?)\s*$", re.MULTILINE)
# the tag of cells that speak to who runs the notebook, not to who reads the page
NOTEBOOK_ONLY = "notebook-only"
_PRIORITY = ["text/html", "text/markdown", "image/png", "image/svg+xml", "text/plain"]
_KNOBS = ("townships", "years", "counties")


@dataclass(frozen=True)
class Page:
    """A page as the list of contents tells of it."""

    title: str
    question: str
    href: str
    scope: str


@dataclass(frozen=True)
class Other:
    """Another study, as the list of contents tells of it."""

    title: str
    says: str
    href: str


def render_page(notebook: Any, name: str, notice: str | None = None) -> str:
    """The executed notebook as one HTML file, `notice` on top of it, code folded at its end."""
    exporter: Any = HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="page", extra_template_basedirs=[str(TEMPLATES)]
    )
    exporter.exclude_anchor_links = True
    # of the several forms of a chart the page shows the picture
    exporter.config.NbConvertBase.display_data_priority = _PRIORITY
    title, _ = heading(notebook)
    shown = copy.copy(notebook)
    shown["cells"] = [cell for cell in notebook.cells if NOTEBOOK_ONLY not in cell.metadata.get("tags", [])]
    resources: dict[str, Any] = {"page_title": title, "page_name": name, "page_css": _css(), "words": words("pages")}
    resources |= {"notice": notice}
    html, _ = exporter.from_notebook_node(shown, resources=resources)
    return embed_font(html)


def heading(notebook: Any) -> tuple[str, str]:
    """A notebook's title and the question that stands below it: the first heading, the first paragraph."""
    text = next((cell.source for cell in notebook.cells if cell.cell_type == "markdown"), "")
    match = _HEADING.search(text)
    title = match.group(1) if match else say("pages", "site")
    below = text[match.end() :] if match else text
    paragraphs = [part.strip() for part in below.split("\n\n") if part.strip()]
    return title, paragraphs[0].replace("\n", "") if paragraphs else ""


def describe(notebook: Any, run: Run, tables: Tables) -> Page:
    """What the list of contents says of the page that `run` gives: its question, its scope, its reports."""
    title, question = heading(notebook)
    asked = [
        f"{say('pages', 'knob_' + knob)} " + say("opening", "join").join(map(str, run.parameters[knob]))
        for knob in _KNOBS
        if run.parameters.get(knob)
    ]
    scope = say("pages", "asked", asked=" ".join(asked)) if asked else say("pages", "everything")
    knobs: dict[str, Any] = {knob: run.parameters.get(knob) or () for knob in _KNOBS}
    covers = say("pages", "page_covers", n=len(tables.select(**knobs).reports))
    scope = say("pages", "scope", scope=scope, covers=covers)
    return Page(title, question, quote(f"{run.name}.html"), scope)


def render_contents(
    tables: Tables,
    pages: Sequence[Page],
    workbook: str | None,
    *,
    title: str | None = None,
    notice: str | None = None,
    others: Sequence[Other] = (),
) -> str:
    """The page that leads to all others: what they rest on, what they ask, where the workbook is.

    `title` is its heading where it is not the usual one, `notice` stands on top of it, `others` are studies beside
    this one.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    template = environment.get_template("contents.html.j2")
    notes = tables.reports["note"].dropna().value_counts(sort=False)
    html = template.render(
        words=words("pages"),
        css=_css(),
        title=title or say("pages", "site"),
        notice=notice,
        others=others,
        standing=_standing(tables),
        pages=pages,
        workbook=workbook,
        notes=[say("opening", "note", n=number, note=note) for note, number in notes.items()],
    )
    return embed_font(html)


def _standing(tables: Tables) -> list[str]:
    reports = tables.reports[tables.reports["counted"].fillna(True)]
    places = reports[["province", "county", "township"]].drop_duplicates()
    lines = [
        say("pages", "covers", reports=len(reports), places=len(places)),
        _years(reports["year"].dropna()),
    ]
    newest = newest_date(tables.reports)
    year = reports["year"].dropna()
    if newest is not None:
        lines.append(say("pages", "newest", date=newest.isoformat()))
    elif len(year):
        lines.append(say("pages", "newest_unknown", year=int(year.max())))
    else:
        lines.append(say("pages", "newest_none"))
    lines.append(say("pages", "findings", **count_by_severity(tables.findings)))
    lines += register_sums(tables)
    if len(tables.rejects):
        lines.append(say("pages", "rejects", n=len(tables.rejects)))
    return lines


def _years(years: Any) -> str:
    if years.empty:
        return say("pages", "no_year")
    first, last = int(years.min()), int(years.max())
    return say("pages", "year" if first == last else "years", first=first, last=last)


def _css() -> str:
    return (TEMPLATES / "page" / "page.css").read_text(encoding="utf-8")
