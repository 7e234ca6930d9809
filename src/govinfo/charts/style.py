"""The house style: one font with Chinese glyphs on every machine, colours for all eyes, room for words."""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.patheffects import withStroke

from govinfo.errors import GovinfoError

# Okabe and Ito's palette, told apart with any kind of colour vision; its yellow is too pale for thin marks.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#555555", "#8C6D31")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
# light to dark, for what grows step by step; white letters are read on the last two
STEPS = ("#E6ECF2", "#B7D3EA", "#6FA8D6", "#2F75B5", "#0B3C6F")
INK, GREY = "#1a1a1a", "#5f5f5f"
# colours on which white letters are too faint
PALE = frozenset({"#E69F00", "#CC79A7", "#56B4E9"})

# what is written on lines and dots is read on them
HALO = (withStroke(linewidth=2.2, foreground="white"),)

# A figure is as wide as a phone can show with its words still readable.
WIDTH_INCHES = 4.7
DPI = 200
_WORDS = re.compile(r"[（“《〔]?(?:[\d.,%–]+(?: ?[^\W\d_])?|[\s\S])")
_TITLE_WIDTH, _CAPTION_WIDTH, _LABEL_WIDTH = 50, 68, 22


def font_file() -> Path:
    """The font file inside the zhplot wheel.

    The package itself is never imported: it changes matplotlib's settings when it is.

    Raises
    ------
    GovinfoError
        The wheel is not installed, or has no such file.
    """
    spec = find_spec("zhplot")
    folders = list(spec.submodule_search_locations or []) if spec else []
    files = [Path(folder) / "fonts" / "NotoSansSC-Regular.ttf" for folder in folders]
    found = next((file for file in files if file.is_file()), None)
    if found is None:
        raise GovinfoError(
            "font\n  found     no NotoSansSC-Regular.ttf\n  expected  the one in the package zhplot\n"
            "  to do     pip install zhplot"
        )
    return found


@lru_cache(maxsize=1)
def font_name() -> str:
    """The name under which the font file is known to matplotlib."""
    file = font_file()
    fontManager.addfont(str(file))
    return str(FontProperties(fname=str(file)).get_name())


@contextmanager
def house_style() -> Iterator[None]:
    """Matplotlib's settings while a figure is made or drawn; they are put back afterwards.

    A character that the font cannot draw becomes a box, as the page says below; no warning of it stands in the page.
    """
    settings: Any = {
        "font.family": [font_name()],
        "font.size": 10,
        "axes.titlesize": 12,
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": GREY,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.axisbelow": True,
        "grid.color": "#e3e3e3",
        "xtick.color": GREY,
        "ytick.color": INK,
        "legend.frameon": False,
        "figure.facecolor": "white",
        "savefig.facecolor": "white",
        # text of a title is text: a $ in a report's name is no formula
        "text.parse_math": False,
        # letters as outlines: an SVG needs no font, and has the same ids each time
        "svg.fonttype": "path",
        "svg.hashsalt": "govinfo",
    }
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph \d+ .* missing from font")
        yield


def panel(rows_high: float, title: str, caption: str) -> tuple[Figure, Axes]:
    """An empty figure of that many inches with its title above and its caption below, both at the left."""
    figure, axes = panels(rows_high, title, caption)
    return figure, axes[0]


def panels(
    rows_high: float, title: str, caption: str, rows: int = 1, across: int = 1, *, one_scale: bool = True
) -> tuple[Figure, Sequence[Axes]]:
    """The same with several axes, row by row, of one scale or each of its own height."""
    title, caption = wrap(title, _TITLE_WIDTH), wrap(caption, _CAPTION_WIDTH)
    lines = 0.27 * (title.count("\n") + 1) + 0.18 * (caption.count("\n") + 1)
    figure = Figure(figsize=(WIDTH_INCHES, rows_high + lines + 0.2), layout="constrained")
    figure.suptitle(title, x=0.01, ha="left", fontsize=12, linespacing=1.3)
    figure.supxlabel(caption, x=0.01, ha="left", fontsize=9, color=GREY, linespacing=1.4)
    return figure, list(figure.subplots(rows, across, sharex=True, sharey=one_scale, squeeze=False).flat)


def wrap(text: str, width: int = _LABEL_WIDTH) -> str:
    """`text` broken into lines of at most `width` columns, a Chinese character being two columns wide.

    Closing punctuation and spaces stay with the character before them, opening brackets with the one after them, as in
    print, and a number stays whole and with the first character
    of its unit.
    """
    lines, used = [""], 0
    for word in _WORDS.findall(text):
        closing = len(word) == 1 and unicodedata.category(word) in ("Po", "Pe", "Pf") and columns(word) == 2
        closing = closing or word == " "
        if word == "\n" or (used + columns(word) > width and used and not closing):
            lines.append("")
            used = 0
        if word != "\n":
            lines[-1] += word
            used += columns(word)
    return "\n".join(lines)


def columns(text: str) -> int:
    """How many columns wide `text` is, a Chinese character being two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def legend(axes: Axes, labels: Sequence[str]) -> None:
    """The series above the axes, in as many columns as there is room for."""
    fit = 56 // (max(map(columns, labels)) + 8)
    number = max(1, min(len(labels), fit))
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=number, borderaxespad=0.1, fontsize=9)


def png(figure: Figure) -> bytes:
    """The figure as PNG; the same figure gives the same bytes."""
    return _saved(figure, "png", {"Software": None})


def svg(figure: Figure) -> bytes:
    """The figure as SVG; the same figure gives the same bytes."""
    return _saved(figure, "svg", {"Date": None, "Creator": None})


def _saved(figure: Figure, kind: str, metadata: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    with house_style():
        figure.savefig(buffer, format=kind, dpi=DPI, metadata=metadata)
    return buffer.getvalue()
