"""The part of the house font that a page needs, to be written into the page."""

from __future__ import annotations

import base64
import io
import unicodedata
from functools import lru_cache

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from govinfo.charts.style import font_file

FAMILY = "govinfo SC"
PLACE = "/*FONT*/"
# controls, formats, halves of a character, marks and spaces: nothing is drawn for them, or nothing alone
_UNSEEN = ("Cc", "Cf", "Cs", "M", "Z")


def embed_font(html: str) -> str:
    """`html` with the glyphs of its characters in it, where its style says `/*FONT*/`.

    A machine without Chinese fonts can read the page then. The same text gives the same bytes.
    """
    data = base64.b64encode(font_subset(html)).decode("ascii")
    face = f'@font-face {{ font-family: "{FAMILY}"; src: url(data:font/woff;base64,{data}) format("woff"); }}'
    return html.replace(PLACE, face, 1)


def lacking(text: str) -> list[str]:
    """The characters of `text` that the house font cannot draw, in order of their code; marks and spaces left out."""
    unknown = (char for char in sorted(set(text)) if ord(char) not in _drawn())
    return [char for char in unknown if not unicodedata.category(char).startswith(_UNSEEN)]


@lru_cache(maxsize=1)
def _drawn() -> frozenset[int]:
    with TTFont(font_file(), lazy=True) as font:
        return frozenset(font.getBestCmap())


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
