"""Cells that several sheets write alike."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from govinfo.definitions.wording import say, words
from govinfo.workbook.sheets import Entry

_SPOTS = "workbook"
# how `Place` writes a page and a cell of a table
_SPOT = re.compile(
    r"(?:p\.(?P<page>\d+)(?: |$))?(?:table (?P<table>\d+)(?: |$))?(?:row (?P<row>\d+)(?: |$))?(?:cell (?P<cell>\d+))?"
)


def day_text(value: Any) -> str | None:
    """A day as 2024-03-02; None where there is none."""
    return None if pd.isna(value) else value.date().isoformat()


def text_of(value: Any) -> str | None:
    """A text; None where there is none."""
    return None if pd.isna(value) else str(value)


def spot_text(locator: Any, source: Any) -> str | None:
    """Where in its file something stands, in words; a locator of another shape as it is, None where there is none.

    The file's name is left out: it stands beside.
    """
    if pd.isna(locator):
        return None
    text = str(locator).removeprefix(f"{source}:")
    if text.isascii() and text.isdigit():
        return say(_SPOTS, "spot_line", n=text)
    match = _SPOT.fullmatch(text)
    if match is None:
        return text
    return "".join(say(_SPOTS, f"spot_{name}", n=n) for name, n in match.groupdict().items() if n is not None)


def table_number(table: Any) -> str | None:
    """The table's official number alone, as officials call it; None where there is no table."""
    return None if pd.isna(table) else words("codes").get(str(table), str(table)).split()[0]


def number_or_text(value: Any) -> Entry:
    """A whole number as one, so that it can be summed and sorted; anything else as text."""
    if pd.isna(value):
        return Entry(None)
    text = str(value)
    # a sheet keeps 15 digits of a number
    return Entry(int(text), "whole") if text.isascii() and text.isdigit() and len(text) < 13 else Entry(text)
