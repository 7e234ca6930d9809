"""What a notebook can show: pictures, tables and sentences, each readable without its picture too."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from IPython.display import display

from govinfo.charts.chart import Chart
from govinfo.charts.style import png, svg
from govinfo.sheet_text import harmless

Bundle = tuple[dict[str, str], dict[str, Any]]


@dataclass(frozen=True)
class Words:
    """Sentences in place of a chart or table; `lines` of a list, where there is more than one."""

    lines: tuple[str, ...]
    kind: str = "words"

    @property
    def text(self) -> str:
        """All sentences, one a line."""
        return "\n".join(self.lines)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:
        """HTML, escaped, and plain text."""
        if len(self.lines) == 1:
            html = f'<p class="{self.kind}">{escape(self.lines[0])}</p>'
        else:
            items = "".join(f"<li>{escape(line)}</li>" for line in self.lines)
            html = f'<ul class="{self.kind}">{items}</ul>'
        return {"text/html": html, "text/plain": self.text}, {}


@dataclass(frozen=True)
class Table:
    """A table ready to be shown: `html` is escaped already."""

    html: str
    text: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:
        """HTML and plain text."""
        return {"text/html": self.html, "text/plain": self.text}, {}


@dataclass(frozen=True)
class Picture:
    """A chart as it is kept: PNG, SVG, and its frame as CSV. `name` is that of its files; `alt` says what it shows."""

    name: str
    png: bytes
    svg: bytes
    csv: str
    alt: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:
        """All three, with the words as alternative text; what shows them takes the one that it likes best."""
        data = {
            "image/png": base64.b64encode(self.png).decode("ascii"),
            "image/svg+xml": self.svg.decode("utf-8"),
            "text/csv": self.csv,
            "text/plain": self.alt,
        }
        return data, {"image/png": {"alt": self.alt, "name": self.name}}


def picture(chart: Chart) -> Picture:
    """The chart as it is kept; its title and caption are the alternative text."""
    alt = " ".join(part for part in (chart.title, chart.caption) if part)
    texts = chart.frame.select_dtypes(["string", "object"]).columns
    frame = chart.frame.assign(**{column: chart.frame[column].map(harmless, na_action="ignore") for column in texts})
    return Picture(chart.name, png(chart.figure), svg(chart.figure), frame.to_csv(index=False), alt)


def save(shown: Picture, folder: str | Path) -> None:
    """Write `<name>.png`, `<name>.svg` and `<name>.csv` to the folder, which is made where it is not there."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{shown.name}.png").write_bytes(shown.png)
    (folder / f"{shown.name}.svg").write_bytes(shown.svg)
    # the mark at its beginning tells Excel that it is UTF-8
    (folder / f"{shown.name}.csv").write_text(shown.csv, encoding="utf-8-sig", newline="")


def answers(*shown: Chart | Words) -> Words:
    """What the charts answer, each in its title; of what could not be drawn the words, each once."""
    said = dict.fromkeys(one.title if isinstance(one, Chart) else one.text for one in shown)
    return Words(tuple(said), "standing")


def beside(table: Table | Words) -> tuple[Table, ...]:
    """The table beside a chart; nothing where it has no row: the chart has said so."""
    return (table,) if isinstance(table, Table) else ()


def show(*things: object | Iterable[object], folder: str | Path = "") -> None:
    """Show charts, tables and words one below the other in a notebook; lists of them too.

    Charts are kept in `folder` too (`save`), but where it is empty.
    """
    for thing in things:
        if isinstance(thing, Chart):
            drawn = picture(thing)
            if folder:
                save(drawn, folder)
            display(drawn)  # type: ignore[no-untyped-call]
        elif isinstance(thing, list | tuple):
            show(*thing, folder=folder)
        else:
            display(thing)  # type: ignore[no-untyped-call]
