"""What the `style` of an element says of how it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# what keeps text from being seen without taking it away: what it says must not join the text beside it
_UNSEEN = (
    r"(?:font-size\s*:\s*0+(?:\.0+)?(?:px|pt|r?em|%)?|opacity\s*:\s*0+(?:\.0+)?|(?<!-)color\s*:\s*transparent"
    r"|text-indent\s*:\s*-\d{3,}[a-z]*)\s*(?:[;!]|$)"
)
_FADED = re.compile(_UNSEEN, re.IGNORECASE)
_TELLING = re.compile(rf"display|visibility|float|position|height|special|line-through|{_UNSEEN}", re.IGNORECASE)
_CLASS = re.compile(r"\.([\w-]+)")
_INLINE = frozenset(("inline", "contents", "initial", "inherit", "unset", "ruby", "table-cell", ""))
_DECORATIONS = ("text-decoration", "text-decoration-line")


@dataclass(frozen=True, slots=True)
class Style:
    """How an element is shown.

    `hidden`: not at all; with `keeps_place`, as empty space. `block`: on lines of its own; `apart`: in the line,
    but as a box beside its neighbours, or unseen among them. `struck`: with a line through it. `flat`: without
    height. `absent`: a cell outside a ragged table.
    """

    hidden: bool = False
    keeps_place: bool = False
    block: bool = False
    apart: bool = False
    struck: bool = False
    flat: bool = False
    absent: bool = False


# the style of most elements
PLAIN = Style()


@lru_cache(maxsize=4096)
def style_of(written: str) -> Style:
    """The style that a `style` attribute says, as far as it matters to a reader."""
    if _TELLING.search(written) is None:
        return PLAIN
    said = dict(_declarations(written))
    display = said.get("display", "")
    removed = display == "none"
    invisible = said.get("visibility", "") in ("hidden", "collapse")
    floats = said.get("float", "none") in ("left", "right") or said.get("position", "") in ("absolute", "fixed")
    boxed = display.startswith("inline-") or display == "table-cell"
    style = Style(
        hidden=removed or invisible,
        keeps_place=invisible and not removed,
        block=floats or not (boxed or display in _INLINE),
        apart=boxed or _FADED.search(written) is not None,
        struck=any("line-through" in said.get(name, "") for name in _DECORATIONS)
        or said.get("text-line-through", "none") != "none",
        flat=re.fullmatch(r"0+(?:px|pt)?", said.get("height", "")) is not None,
        absent=said.get("mso-cell-special", "") == "placeholder",
    )
    return PLAIN if style == PLAIN else style


def unseen_classes(sheet: str) -> frozenset[str]:
    """The classes that a style sheet hides, perhaps only on some screens or in some places."""
    found: set[str] = set()
    for rule in sheet.split("}"):
        selectors, _, declared = rule.rpartition("{")
        style = style_of(" ".join(declared.split()))
        if style.hidden or style.apart or style.struck:
            found.update(_CLASS.findall(selectors))
    return frozenset(found)


def _declarations(written: str) -> Iterator[tuple[str, str]]:
    """Name and value of each declaration, in lower case, without comments and `!important`."""
    first, *others = written.lower().split("/*")
    plain = first + "".join(part.partition("*/")[2] for part in others)
    for declaration in plain.split(";"):
        name, _, value = declaration.partition(":")
        yield name.strip(), value.partition("!")[0].strip()
