"""DataFrames as tidy HTML tables with Chinese heads; text from reports is escaped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from govinfo.charts.names import place_names
from govinfo.charts.shown import Table, Words
from govinfo.definitions.locator_words import spot_text
from govinfo.definitions.wording import say, words

MOST_ROWS = 200
MOST_OPEN = 20  # a longer table is folded
LONG = 20  # characters; a column with a longer text is given room to break its lines
_FIGURE = re.compile(r"-?[\d,]+(\.\d+)?\W?")
SHARES = ("share", "share_of_reports", "low", "high", "alike", "from_last_year", "from_others")
YEARS = ("year", "last_request", "earlier_year", "back_year", "first_year", "last_year")
# Columns of codes, and what stands before the code in the list of codes that officials read.
CODES: Mapping[str, str] = {
    "form": "form_",
    "status": "report_",
    "severity": "severity_",
    "kind": "kind_",
    "category": "category_",
    "channel": "",
    "between": "between_",
    "table": "",
}


def tidy(
    frame: pd.DataFrame,
    columns: Sequence[str],
    *,
    caption: str,
    limit: int = MOST_ROWS,
    folded: bool = False,
) -> Table | Words:
    """`frame` as an HTML table of these columns, or a sentence where it has no row.

    `columns` are those of `frame` to show, in order; codes in them are written as officials know them.
    Townships of one name have their county before it, where `frame` tells that and no column does.
    Columns are headed as `words/table_heads.yaml` says. No more than `limit` rows are shown; the caption
    says so. A `folded` table, and one of more than MOST_OPEN rows, shows its caption only until the reader opens it.
    """
    if frame.empty:
        return Words((say("charts", "no_rows", caption=caption),))
    known = words("table_heads")
    shown = _told_apart(frame, columns).iloc[:limit]
    long = not folded and len(shown) > MOST_OPEN
    if len(frame) > limit:
        caption += say("charts", "rows_left_out", shown=limit, all=len(frame))
    elif long:
        caption += say("charts", "rows_folded", n=len(shown))
    folded = folded or long
    cells = [[_text(column, value) for value in shown[column]] for column in columns]
    kinds = [_kind(column, shown[column], texts) for column, texts in zip(columns, cells, strict=True)]
    top = "".join(
        f'<th scope="col"{kind}>{escape(known.get(column, column))}</th>'
        for column, kind in zip(columns, kinds, strict=True)
    )
    body = "".join(
        "<tr>" + "".join(f"<td{kind}>{escape(text)}</td>" for text, kind in zip(row, kinds, strict=True)) + "</tr>"
        for row in zip(*cells, strict=True)
    )
    inner = f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    said = escape(caption)
    # the caption stands outside the box that a wide table is scrolled in
    box = f'<div class="table-box"><table class="tidy" aria-label="{said}">{inner}'
    html = f'<p class="caption">{said}</p>{box}'
    if folded:
        html = f"<details><summary>{said}</summary>{box}</details>"
    lines = ["\t".join(known.get(column, column) for column in columns)]
    lines += ["\t".join(row) for row in zip(*cells, strict=True)]
    return Table(html, "\n".join([caption, *lines]))


def _told_apart(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """`frame` with the county before a township's name that several counties have, where no column tells the county."""
    if "township" not in columns or "county" in columns or "county" not in frame:
        return frame
    return frame.assign(township=place_names(frame).mask(frame["township"].isna()))


def number(value: Any) -> str:
    """A figure as it is written: no digits behind the point but those it has."""
    return f"{float(value):,.6f}".rstrip("0").rstrip(".")


def code_word(code: str, prefix: str = "") -> str:
    """What officials call a code of the data contract; the code itself where it has no other name."""
    return words("codes").get(prefix + code, code)


def _text(column: str, value: Any) -> str:
    if pd.isna(value):
        return say("charts", "none")
    if column in SHARES:
        return f"{float(value):.1%}"
    if column in YEARS:
        return str(int(value))
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    if column == "locator":
        return spot_text(str(value)) or ""
    if column in CODES:
        return code_word(str(value), CODES[column])
    return str(value) if isinstance(value, str | bool) else number(value)


def _kind(column: str, values: pd.Series[Any], texts: Sequence[str]) -> str:
    """The class of a column: numbers stand at the right, short texts in one line, long ones get room."""
    if column not in YEARS and (pd.api.types.is_numeric_dtype(values.dtype) or any(map(_FIGURE.fullmatch, texts))):
        return ' class="n"'
    return ' class="long"' if max(map(len, texts)) > LONG else ' class="short"'
