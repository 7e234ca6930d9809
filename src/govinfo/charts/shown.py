"""What a notebook can show: pictures, tables and sentences, each readable without its picture too."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from IPython.display import display
from matplotlib.figure import Figure

from govinfo.charts.style import png

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
    """A figure as PNG bytes; `alt` says in words what it shows."""

    png: bytes
    alt: str

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:
        """The picture, with its words as alternative text."""
        data = {"image/png": base64.b64encode(self.png).decode("ascii"), "text/plain": self.alt}
        return data, {"image/png": {"alt": self.alt}}


def picture(figure: Figure) -> Picture:
    """The figure as a picture; its title and caption are the alternative text."""
    parts = [figure.get_suptitle(), figure.get_supxlabel()]
    return Picture(png(figure), " ".join(part.replace("\n", "") for part in parts if part))


def answers(*shown: Figure | Words) -> Words:
    """What the charts answer, each in its title; of what could not be drawn the words."""
    said = (one.get_suptitle().replace("\n", "") if isinstance(one, Figure) else one.text for one in shown)
    return Words(tuple(said), "standing")


def beside(table: Table | Words) -> tuple[Table, ...]:
    """The table beside a chart; nothing where it has no row: the chart has said so."""
    return (table,) if isinstance(table, Table) else ()


def show(*things: object | Iterable[object]) -> None:
    """Show figures, tables and words one below the other in a notebook; lists of them too."""
    for thing in things:
        if isinstance(thing, Figure):
            display(picture(thing))  # type: ignore[no-untyped-call]
        elif isinstance(thing, list | tuple):
            show(*thing)
        else:
            display(thing)  # type: ignore[no-untyped-call]
