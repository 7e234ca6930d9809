"""How cells look, how wide columns are, and how text becomes a cell that is never a formula."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from govinfo.definitions.wording import say
from govinfo.sheet_text import FORMULA_SIGNS

# The most that a cell of a sheet can hold.
MAX_TEXT = 32_767
_LINE_HEIGHT = 15.0
_MAX_HEIGHT = 400.0

_GREY, _DARK = "808080", "1F3864"
_THIN = Side(style="thin", color="BFBFBF")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_RIGHT = Alignment(horizontal="right", vertical="center")
# the trailing blank keeps figures off the line of the next column
_WHOLE, _AMOUNT = "#,##0_ ", "#,##0.00##_ "

# name: size and weight and colour of the font, fill, alignment, number format, grid
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"font": {"size": 16, "bold": True, "color": _DARK}, "grid": False},
    "notice": {"font": {"size": 14, "bold": True, "color": "C00000"}, "grid": False},
    "remark": {"font": {"size": 10, "color": "595959"}, "grid": False},
    "head": {"font": {"bold": True, "color": "FFFFFF"}, "fill": _DARK, "align": _MIDDLE},
    "label": {"font": {"bold": True}, "fill": "F2F2F2", "align": _LEFT},
    "label_repaired": {"font": {"bold": True}, "fill": "FFF2CC", "align": _LEFT},
    "label_open": {"font": {"bold": True, "color": "C00000"}, "fill": "FCE4D6", "align": _LEFT},
    "text": {"align": _LEFT},
    "middle": {"align": _MIDDLE},
    "year": {"align": _MIDDLE, "format": "0"},
    "whole": {"align": _RIGHT, "format": _WHOLE},
    "amount": {"align": _RIGHT, "format": _AMOUNT},
    "whole_repaired": {"align": _RIGHT, "format": _WHOLE, "fill": "FFF2CC"},
    "amount_repaired": {"align": _RIGHT, "format": _AMOUNT, "fill": "FFF2CC"},
    "whole_corrected": {"align": _RIGHT, "format": _WHOLE, "fill": "E2EFDA"},
    "amount_corrected": {"align": _RIGHT, "format": _AMOUNT, "fill": "E2EFDA"},
    "label_corrected": {"font": {"bold": True}, "fill": "E2EFDA", "align": _LEFT},
    "word": {"font": {"italic": True, "color": _GREY}, "align": _MIDDLE},
    "word_open": {"font": {"italic": True, "color": "C00000"}, "align": _MIDDLE, "fill": "FCE4D6"},
    "error": {"font": {"bold": True, "color": "C00000"}, "align": _MIDDLE, "fill": "FCE4D6"},
    "warning": {"font": {"bold": True, "color": "7F6000"}, "align": _MIDDLE, "fill": "FFF2CC"},
    "info": {"align": _MIDDLE, "fill": "DDEBF7"},
    "link": {"font": {"color": "0563C1", "underline": "single"}, "align": _LEFT},
    "chart_area": {"font": {"size": 12, "bold": True, "color": _DARK}, "grid": False},
    "count": {"font": {"bold": True}, "align": _MIDDLE, "fill": "DDEBF7", "format": "0"},
    "clean": {"font": {"color": "548235"}, "align": _MIDDLE, "fill": "E2EFDA"},
    "percent": {"align": _RIGHT, "format": "0.0%"},
    "change": {"align": _RIGHT, "format": "+#,##0_ ;-#,##0_ ;0_ "},
    "change_amount": {"align": _RIGHT, "format": "+#,##0.00##_ ;-#,##0.00##_ ;0_ "},
    # no number: some of what would be added up is not known; the form has no such cell
    "unknown": {"align": _MIDDLE, "fill": "FCE4D6"},
    "absent": {"align": _MIDDLE, "fill": "EDEDED"},
    # rows that sum others up, and cells that wait for an entry
    "sum_text": {"font": {"bold": True}, "align": _LEFT, "fill": "F2F2F2"},
    "sum_middle": {"font": {"bold": True}, "align": _MIDDLE, "fill": "F2F2F2"},
    "sum_whole": {"font": {"bold": True}, "align": _RIGHT, "format": _WHOLE, "fill": "F2F2F2"},
    "sum_percent": {"font": {"bold": True}, "align": _RIGHT, "format": "0.0%", "fill": "F2F2F2"},
    "entry": {"align": _LEFT, "fill": "FFFFE5"},
    "entry_middle": {"align": _MIDDLE, "fill": "FFFFE5"},
}


def add_styles(book: Workbook) -> None:
    """Give the workbook its named styles, `govinfo_<name>`."""
    family = say("workbook", "font")
    for name, look in _STYLES.items():
        style = NamedStyle(name=f"govinfo_{name}")
        style.font = Font(name=family, **({"size": 11} | look.get("font", {})))
        if "fill" in look:
            style.fill = PatternFill("solid", fgColor=look["fill"])
        style.alignment = look.get("align", Alignment(vertical="center"))
        style.number_format = look.get("format", "General")
        if look.get("grid", True):
            style.border = _GRID
        book.add_named_style(style)


def put(page: Worksheet, row: int, column: int, value: Any, style: str) -> None:
    """Write `value` into a cell in the named style; text is kept as text whatever it begins with."""
    cell = page.cell(row, column)
    assert isinstance(cell, Cell)  # cells that a larger one covers stay cells
    cell.style = f"govinfo_{style}"
    if isinstance(value, str):
        text = clean_text(value)
        cell.value = text
        cell.data_type = "s"
        if text.startswith(FORMULA_SIGNS):
            # copying, unlike assigning the named style, keeps the mark on this one cell
            cell.quotePrefix = True
    else:
        cell.value = None if value is None or pd.isna(value) else value


def clean_text(text: str) -> str:
    """`text` without characters that a sheet cannot hold, cut at the length that a cell can hold."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    if _units(text) <= MAX_TEXT:
        return text
    mark = say("workbook", "cut")
    kept = text[: MAX_TEXT - len(mark)]
    while _units(kept) > MAX_TEXT - len(mark):
        kept = kept[: -max(1, (_units(kept) - MAX_TEXT + len(mark)) // 2)]
    return kept + mark


def _units(text: str) -> int:
    """The length as spreadsheets count it: characters outside the basic plane count twice."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def display_width(text: str) -> float:
    """How many Latin letters wide the longest line of `text` is; a Chinese character is two and a bit."""
    return max((sum(_char_width(char) for char in line) for line in text.split("\n")), default=0.0)


def _char_width(char: str) -> float:
    # a Latin letter of a proportional font is about as wide as the digit by which Excel measures columns
    return 2.1 if unicodedata.east_asian_width(char) in "WFA" else 1.15


def fitting_width(texts: Iterable[str], least: float, most: float) -> float:
    """The width of a column that holds the longest of these texts, within bounds."""
    widest = max((display_width(text) for text in texts), default=0.0)
    return min(max(widest + 3.0, least), most)


def row_height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """The height of a row that shows these texts whole, wrapped in columns of these widths."""
    lines = 1
    for text, width in zip(texts, widths, strict=True):
        usable = max(width - 3.0, 1.0)
        lines = max(lines, sum(max(1, math.ceil(display_width(part) / usable)) for part in text.split("\n")))
    return min(lines * _LINE_HEIGHT + 4.0, _MAX_HEIGHT)
