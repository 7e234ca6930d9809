"""Pages that need nothing but themselves: no script, no address to load from, no font of the machine."""

from __future__ import annotations

import copy
import re
from typing import Any

from nbconvert import HTMLExporter

from govinfo.build.pages.pictures import picture
from govinfo.build.pages.standalone import TEMPLATES, page_style, page_words, stand_alone
from govinfo.definitions.wording import say

_HEADING = re.compile(r"^#\s+(.+?)\s*$", re.MULTILINE)
# the tag of cells that speak to who runs the notebook, not to who reads the page
NOTEBOOK_ONLY = "notebook-only"
_PRIORITY = ["text/html", "image/png", "text/markdown", "text/plain"]
_SECTION = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SECTIONS = "<!--SECTIONS-->"
# a page of fewer sections is seen without a list of them
_FEWEST_SECTIONS = 3


def render_page(notebook: Any, name: str, notice: str | None = None, dated: str = "", label: str = "") -> str:
    """The executed notebook as one HTML file, code folded at its end.

    `name` is that of its file, `notice` stands on top of it, and `dated` (how new its data are) at its foot. `label` is
    what the page is of, where there is one for each of several places or years.
    """
    exporter: Any = HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="page", extra_template_basedirs=[str(TEMPLATES)]
    )
    exporter.exclude_anchor_links = True
    exporter.register_filter("picture", picture)
    # of the several forms of a chart the page shows the picture, the others can be kept
    exporter.config.NbConvertBase.display_data_priority = _PRIORITY
    title = f"{heading(notebook)[0]} {label}".strip()
    shown = copy.copy(notebook)
    shown["cells"] = [cell for cell in notebook.cells if NOTEBOOK_ONLY not in cell.metadata.get("tags", [])]
    resources: dict[str, Any] = {"page_title": title, "page_name": name, "words": page_words()}
    resources |= {"notice": notice, "dated": dated, "page_css": page_style(title, dated)}
    html, _ = exporter.from_notebook_node(shown, resources=resources)
    return stand_alone(_with_sections(html))


def heading(notebook: Any) -> tuple[str, str]:
    """A notebook's title and the question that stands below it: the first heading, the first paragraph."""
    text = next((cell.source for cell in notebook.cells if cell.cell_type == "markdown"), "")
    match = _HEADING.search(text)
    title = match.group(1) if match else say("pages", "site")
    below = text[match.end() :] if match else text
    paragraphs = [part.strip() for part in below.split("\n\n") if part.strip()]
    return title, paragraphs[0].replace("\n", "") if paragraphs else ""


def _with_sections(html: str) -> str:
    """The page with a list of its sections on top, each a link."""
    names = [_TAG.sub("", one) for one in _SECTION.findall(html)]
    numbers = iter(range(1, len(names) + 1))
    html = _SECTION.sub(lambda match: f'<h2 id="s{next(numbers)}">{match.group(1)}</h2>', html)
    if len(names) < _FEWEST_SECTIONS:
        return html.replace(_SECTIONS, "", 1)
    links = "".join(f'<li><a href="#s{number}">{name}</a></li>' for number, name in enumerate(names, start=1))
    return html.replace(_SECTIONS, f'<ul class="sections">{links}</ul>', 1)
