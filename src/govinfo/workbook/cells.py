"""Cells that several sheets write alike."""

from __future__ import annotations

from typing import Any

import pandas as pd

from govinfo.definitions.wording import words
from govinfo.workbook.sheets import Entry


def day_text(value: Any) -> str | None:
    """A day as 2024-03-02; None where there is none."""
    return None if pd.isna(value) else value.date().isoformat()


def text_of(value: Any) -> str | None:
    """A text; None where there is none."""
    return None if pd.isna(value) else str(value)


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
