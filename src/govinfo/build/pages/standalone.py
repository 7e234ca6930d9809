"""What every page has in common: its style, its words on paper, the font inside it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

from govinfo.build.pages.fonts import embed_font, lacking
from govinfo.definitions.wording import say, words

TEMPLATES = Path(__file__).parent / "templates"
# where a page says which of its characters the font inside it lacks
LACKING = "<!--LACKING-->"
_MOST_NAMED = 20


def page_style(title: str, dated: str = "") -> str:
    """The style of a page; on paper each sheet says the page's title, how new its data are, and its number."""
    style = (TEMPLATES / "page" / "page.css").read_text(encoding="utf-8")
    corners = {"top-left": _quoted(title), "bottom-left": _quoted(dated), "bottom-right": _sheet_number()}
    paper = "".join(f"@{corner} {{ content: {text}; }} " for corner, text in corners.items())
    folded = _quoted(say("pages", "folded"))
    return (
        f"{style}@media print {{ @page {{ {paper}}} details:not([open]) > summary::after {{ content: {folded}; }} }}\n"
    )


def stand_alone(html: str) -> str:
    """The page with its font in it; where the font lacks some of its characters, the page says which."""
    return embed_font(html.replace(LACKING, _lacking_note(lacking(html)), 1))


def page_words() -> Mapping[str, str]:
    """The words of pages, by key."""
    return words("pages")


def _lacking_note(chars: list[str]) -> str:
    if not chars:
        return ""
    named = [say("pages", "char", char=char, code=f"U+{ord(char):04X}") for char in chars[:_MOST_NAMED]]
    more = say("pages", "more") if len(chars) > _MOST_NAMED else ""
    text = say("pages", "lacking", n=len(chars), chars=say("pages", "join").join(named) + more)
    return f'<p class="small">{escape(text)}</p>'


def _sheet_number() -> str:
    parts = say("pages", "sheet", page="\0", pages="\1")
    quoted = _quoted(parts)
    return quoted.replace(_code("\0"), '" counter(page) "').replace(_code("\1"), '" counter(pages) "')


def _quoted(text: str) -> str:
    """`text` as a string of CSS; all but letters and digits as codes, so that nothing in it can end the string."""
    return '"' + "".join(char if char.isalnum() else _code(char) for char in text) + '"'


def _code(char: str) -> str:
    return f"\\{ord(char):06x} "
