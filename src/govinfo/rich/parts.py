"""Pieces of HTML that the displays share; every text is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import pandas as pd

# Colours are see-through, and letters those of the page, so that it does not matter what stands behind.
STYLE = """<style>
.govinfo { line-height: 1.5; max-width: 70rem; }
.govinfo p { margin: .3rem 0; }
.govinfo .head { font-size: 1.15em; }
.govinfo .box { overflow-x: auto; margin: .4rem 0 .8rem; }
.govinfo table { border-collapse: collapse; font-size: .9em; margin: 0; }
.govinfo th, .govinfo td { border: 1px solid rgba(128, 128, 128, .45); padding: .15em .5em;
  vertical-align: middle; font-weight: normal; background: none; color: inherit; }
.govinfo th { background: rgba(128, 128, 128, .12); }
.govinfo td.n { text-align: right; font-variant-numeric: tabular-nums; }
.govinfo .plain th, .govinfo .plain td { border-width: 0 0 1px; }
.govinfo .plain th, .govinfo .plain td:first-child { white-space: nowrap; }
.govinfo details { margin: .4rem 0; }
.govinfo summary { cursor: pointer; }
</style>"""


# What must not be lost stands at the cells themselves: a notebook that is opened and not run is shown without STYLE.
LEFT = ' style="text-align: left"'
_GROUNDS = {
    "repaired": "rgba(230, 159, 0, 0.28)",
    "corrected": "rgba(0, 158, 115, 0.28)",
    "lost": "rgba(213, 94, 0, 0.28)",
    "none": "rgba(128, 128, 128, 0.2)",
}


def ground(kind: str) -> str:
    """The attribute that colours a cell whose figure is not plainly read; nothing for any other."""
    return f' style="background-color: {_GROUNDS[kind]}"' if kind in _GROUNDS else ""


def block(*parts: str) -> str:
    """The parts as one display."""
    return f'{STYLE}<div class="govinfo">{"".join(parts)}</div>'


def paragraph(text: str, kind: str = "") -> str:
    """The text as a paragraph."""
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def table(rows: Iterable[Sequence[Any]], heads: Sequence[str] = ()) -> str:
    """A small table; numbers stand at the right."""
    top = "".join(f"<th{LEFT}>{escape(head)}</th>" for head in heads)
    top = f"<thead><tr>{top}</tr></thead>" if heads else ""
    body = "".join("<tr>" + "".join(map(_cell, row)) + "</tr>" for row in rows)
    return f'<div class="box"><table class="plain">{top}<tbody>{body}</tbody></table></div>'


def folded(summary: str, inner: str) -> str:
    """What is shown once the reader opens it."""
    return f"<details><summary>{escape(summary)}</summary>{inner}</details>"


def said(value: Any) -> str:
    """A value as text; a dash where there is none."""
    if pd.isna(value):
        return "—"
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)


def _cell(value: Any) -> str:
    number = isinstance(value, int) and not isinstance(value, bool)
    return f'<td class="n">{value:,}</td>' if number else f"<td{LEFT}>{escape(said(value))}</td>"
