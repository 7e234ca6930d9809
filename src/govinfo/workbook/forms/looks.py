"""How the cells of form sheets look: by what is known of a figure, and whether a finding speaks of it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from govinfo.definitions.wording import say
from govinfo.workbook.forms.grid import Area
from govinfo.workbook.style import put

_RED, _LIGHT_RED = "C00000", "FFC7CE"
# Fill and colour of a figure by its status; what is plainly read has none.
_STATUS: dict[str, tuple[str | None, str]] = {
    "read": (None, "000000"),
    "aligned": (None, "000000"),
    "repaired": ("FFF2CC", "000000"),
    "corrected": ("E2EFDA", "000000"),
    "ambiguous": ("F8CBAD", _RED),
    "blank": ("EDEDED", "595959"),
    "not_applicable": ("EDEDED", "595959"),
    "missing": ("FCE4D6", _RED),
    "unreadable": ("F8CBAD", _RED),
}
# A count, a count that may go down, an amount of money.
_FORMATS = {"count": "#,##0", "change": "+#,##0;-#,##0;0", "amount": "#,##0.00####"}
_PLAIN = ("read", "aligned")
_THIN, _THICK = Side(style="thin", color="808080"), Side(style="medium", color=_RED)
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FOUND = Border(left=_THICK, right=_THICK, top=_THICK, bottom=_THICK)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
# a sum that is none is a longer text
_FIT = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_INDENTED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_DARK, _PALE = "1F3864", "F2F2F2"
# The other cells: bold, colour, fill, alignment, format, grid.
_OTHERS: dict[str, dict[str, Any]] = {
    "form_title": {"bold": True, "size": 16, "color": _DARK, "align": Alignment(vertical="center"), "grid": False},
    "form_table": {"bold": True, "size": 13, "color": _DARK, "align": _LEFT, "grid": False},
    "form_head": {"bold": True, "fill": "D9E1F2", "align": _MIDDLE},
    "form_caption": {"bold": True, "fill": "D9E1F2", "align": _INDENTED},
    "form_label": {"fill": _PALE, "align": _INDENTED},
    "form_told": {"size": 9, "color": "595959", "align": _LEFT, "grid": False},
    # a difference, with a tick where there is none
    "form_check": {"size": 9, "color": "595959", "align": _MIDDLE, "format": "check"},
    "form_sum_count": {"align": _FIT, "format": _FORMATS["count"], "bold": True},
    "form_sum_change": {"align": _FIT, "format": _FORMATS["change"], "bold": True},
    "form_sum_amount": {"align": _FIT, "format": _FORMATS["amount"], "bold": True},
    "form_each_count": {"align": _FIT, "format": _FORMATS["count"]},
    "form_each_change": {"align": _FIT, "format": _FORMATS["change"]},
    "form_each_amount": {"align": _FIT, "format": _FORMATS["amount"]},
    "form_no_sum": {"align": _MIDDLE, "color": "595959", "fill": "EDEDED"},
    "form_note": {"size": 10, "color": "595959", "align": _LEFT, "grid": False},
    "form_flag": {"size": 10, "bold": True, "color": _RED, "align": _LEFT, "grid": False},
    "form_back": {"size": 10, "color": "0563C1", "align": _MIDDLE, "grid": False, "underline": "single"},
    "form_table_found": {"bold": True, "size": 13, "color": _RED, "align": _LEFT, "grid": False},
}


# The words of the legend look like the figures that they explain.
_LEGENDS: dict[str, dict[str, Any]] = {
    f"legend_{status}": {"size": 9, "color": color, "align": _MIDDLE, "fill": filled}
    for status, (filled, color) in _STATUS.items()
} | {"legend_found": {"size": 9, "bold": True, "color": _RED, "align": _MIDDLE, "fill": _LIGHT_RED, "border": _FOUND}}


def figure_style(number: str, status: str, found: bool = False) -> str:
    """The name of the style of a figure: its kind of number, its status, and whether a finding speaks of it."""
    return f"figure_{number}_{status if status not in _PLAIN else 'read'}" + ("_found" if found else "")


def fill(page: Worksheet, area: Area, value: Any, style: str) -> None:
    """Write a value into an area in a style of this file, one cell of several where it is larger than one."""
    ensure_style(page, style)
    put(page, area.row, area.column, value, style)
    if area.rows * area.columns == 1:
        return
    for row in range(area.row, area.row + area.rows):
        for column in range(area.column, area.column + area.columns):
            if (row, column) != (area.row, area.column):
                put(page, row, column, None, style)
    end = (area.row + area.rows - 1, area.column + area.columns - 1)
    # the covered cells stay, with the borders of their style; `merge_cells` would draw each border anew
    page.merged_cells.add(CellRange(None, area.column, area.row, end[1], end[0]))


def ensure_style(page: Worksheet, style: str) -> None:
    """Give the page's workbook the named style where it has not yet got it."""
    book = page.parent
    assert book is not None  # a page is always one of a workbook
    name = f"govinfo_{style}"
    if name not in book.named_styles:
        book.add_named_style(_named(name, style))


def _named(name: str, style: str) -> NamedStyle:
    kind, *rest = style.split("_", 2)
    look = NamedStyle(name=name)
    if kind == "figure":
        found = rest[1].endswith("_found")
        color = _RED if found else _STATUS[rest[1].removesuffix("_found")][1]
        filled = _STATUS[rest[1].removesuffix("_found")][0] or (_LIGHT_RED if found else None)
        look.font = _font(size=11, bold=found, color=color)
        look.alignment, look.border = _MIDDLE, _FOUND if found else _GRID
        look.number_format, look.protection = _FORMATS[rest[0]], Protection(locked=False)
    else:
        said = _OTHERS[style] if style not in _LEGENDS else _LEGENDS[style]
        look.font = _font(**{key: said[key] for key in ("size", "bold", "color", "underline") if key in said})
        look.alignment, filled = said["align"], said.get("fill")
        if said.get("grid", True):
            look.border = said.get("border", _GRID)
        look.number_format = _check_format() if said.get("format") == "check" else said.get("format", "General")
    if filled:
        look.fill = PatternFill("solid", fgColor=filled)
    return look


def _font(**said: Any) -> Font:
    return Font(name=say("workbook", "font"), **({"size": 11} | said))


@lru_cache(maxsize=1)
def _check_format() -> str:
    return say("forms", "check_format")
