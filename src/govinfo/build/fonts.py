"""The part of the house font that a page needs, to be written into the page."""

from __future__ import annotations

import base64
import io

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from govinfo.charts.style import font_file

FAMILY = "govinfo SC"
PLACE = "/*FONT*/"


def embed_font(html: str) -> str:
    """`html` with the glyphs of its characters in it, where its style says `/*FONT*/`.

    A machine without Chinese fonts can read the page then. The same text gives the same bytes.
    """
    data = base64.b64encode(font_subset(html)).decode("ascii")
    face = f'@font-face {{ font-family: "{FAMILY}"; src: url(data:font/woff;base64,{data}) format("woff"); }}'
    return html.replace(PLACE, face, 1)


def font_subset(text: str) -> bytes:
    """A WOFF font with the glyphs for the characters of `text`, as far as the house font has them."""
    # the subset keeps the original's time of change: the time of the run must not stand in it
    options = Options(recalc_timestamp=False, flavor="woff", layout_features=["kern", "locl", "mark", "mkmk"])
    font = TTFont(font_file(), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted({ord(char) for char in text if char >= " "}))
    subsetter.subset(font)
    font.flavor = "woff"
    buffer = io.BytesIO()
    font.save(buffer, reorderTables=True)
    return buffer.getvalue()
