"""Names of sheets that every spreadsheet program takes, and how formulas and links write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from govinfo.workbook.origins import ORIGINS_SHEET

# The longest name of a sheet, in UTF-16 units as spreadsheets count.
MOST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
# Excel keeps the first name for itself; the other is that of our hidden sheet.
_RESERVED = ("history", ORIGINS_SHEET)
_BLANK = "_"


def sheet_names(wanted: Iterable[tuple[str, str]], *, empty: str) -> Mapping[str, str]:
    """A safe name for each (key, wished name), by key, unique whatever the letters' case; `empty` where none is left.

    >>> list(sheet_names([("a", "东河镇"), ("b", "东河镇"), ("c", "a/b")], empty="表").values())
    ['东河镇', '东河镇 2', 'a_b']
    """
    names: dict[str, str] = {}
    # those count as taken, so that they too get a number
    taken = {*_RESERVED}
    for key, wish in wanted:
        name, number = safe_name(wish) or empty, 1
        plain = name
        while name.casefold() in taken:
            number += 1
            tail = f" {number}"
            name = _cut(plain, MOST - len(tail)).rstrip() + tail
        taken.add(name.casefold())
        names[key] = name
    return names


def safe_name(wish: str) -> str:
    """The wished name without what the name of a sheet cannot hold, cut to its longest; empty where nothing is left."""
    text = _FORBIDDEN.sub(_BLANK, ILLEGAL_CHARACTERS_RE.sub("", wish))
    text = " ".join(char for char in text.split())
    # an apostrophe may not stand at an end, and cutting may bring one there
    return _cut(text.strip("' "), MOST).strip("' ")


def quoted(name: str) -> str:
    """The name as formulas and links write it, with its exclamation mark."""
    return "'" + name.replace("'", "''") + "'!"


def _cut(text: str, most: int) -> str:
    while len(text.encode("utf-16-le", "surrogatepass")) // 2 > most:
        text = text[:-1]
    return text
