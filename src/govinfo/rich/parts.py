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
  text-align: left; vertical-align: middle; font-weight: normal; background: none; color: inherit; }
.govinfo th { background: rgba(128, 128, 128, .12); }
.govinfo td.n { text-align: right; font-variant-numeric: tabular-nums; }
.govinfo td.repaired { background: rgba(230, 159, 0, .28); }
.govinfo td.corrected { background: rgba(0, 158, 115, .28); }
.govinfo td.lost { background: rgba(213, 94, 0, .28); }
.govinfo td.none { background: rgba(128, 128, 128, .2); }
.govinfo .plain th, .govinfo .plain td { border-width: 0 0 1px; }
.govinfo .plain th, .govinfo .plain td:first-child { white-space: nowrap; }
.govinfo details { margin: .4rem 0; }
.govinfo summary { cursor: pointer; }
</style>"""


def block(*parts: str) -> str:
    """The parts as one display."""
    return f'{STYLE}<div class="govinfo">{"".join(parts)}</div>'


def paragraph(text: str, kind: str = "") -> str:
    """The text as a paragraph."""
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def table(rows: Iterable[Sequence[Any]], heads: Sequence[str] = ()) -> str:
    """A small table; numbers stand at the right."""
    top = "".join(f"<th>{escape(head)}</th>" for head in heads)
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
    return f'<td class="n">{value:,}</td>' if number else f"<td>{escape(said(value))}</td>"
