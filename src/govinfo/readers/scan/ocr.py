"""Recognition of characters in pictures of pages, where the extra `ocr` is installed.

What it needs is imported when the first picture comes: most folders have none.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from govinfo.readers.pdf.glyphs import Glyph
from govinfo.readers.pdf.rules import Rules

# What a picture shows is taken for the width of a sheet of A4, upright or on its side.
_SHEET, _SHEET_ACROSS = 595.0, 842.0
# A page with so many of its characters in words stands upright; else the turn with the most is taken.
_UPRIGHT = 0.3
_TURNS = (0, 1, 3, 2)


@cache
def is_installed() -> bool:
    """Whether the extra `ocr` is installed."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


def sheet_width(width: float, height: float) -> float:
    """The width, in points, of the sheet that a picture of such a shape is taken for."""
    return _SHEET if height >= width else _SHEET_ACROSS


def recognise(image: Any, scale: float) -> tuple[list[Glyph], Rules]:
    """The characters and the ruled lines in the picture of a page.

    Parameters
    ----------
    image : array of grey levels, or of red, green and blue; a page that lies on its side or its head is turned.
    scale : points a pixel.

    Returns
    -------
    The characters, all `hidden`, and the rules, in points from the top left of the page turned straight. A character
    of a figure that is not sure is a question mark.
    """
    picture = import_module("govinfo.readers.scan.picture")
    lines = import_module("govinfo.readers.scan.lines")
    grey, scale = picture.sized(np.asarray(image), scale)
    best: tuple[float, list[Glyph], Rules] = (-1.0, [], Rules((), (), 0))
    for turn in _TURNS:
        page = picture.straighten(np.ascontiguousarray(np.rot90(grey, turn)), scale)
        found = lines.page_characters(page, scale)
        if found.worded > best[0]:
            best = (found.worded, found.glyphs, page.rules)
        # where nothing is found upright and on one side, the page is empty: lines on their head are found as lines too
        if found.worded >= _UPRIGHT or (turn and not best[1] and not found.glyphs):
            break
    return best[1], best[2]
