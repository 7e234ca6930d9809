"""How the text of a Word document looks where that changes what it says: hidden, struck out, raised."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFF = frozenset({"0", "false", "off"})
ON = frozenset({"1", "true", "on"})

_VAL = f"{W}val"
_HIDDEN, _STRUCK = f"{W}vanish", (f"{W}strike", f"{W}dstrike")
_RAISED, _SHIFTED = f"{W}vertAlign", f"{W}position"
# the properties that say so
LOOKS = (_HIDDEN, *_STRUCK, _RAISED, _SHIFTED)


@dataclass(frozen=True, slots=True)
class Look:
    """What properties say of their text; None where they say nothing and those below them decide.

    `raised`: set as a small figure above or below the line; `shifted`: moved up or down, its neighbours perhaps too.
    """

    hidden: bool | None = None
    struck: bool | None = None
    raised: bool | None = None
    shifted: bool | None = None


PLAIN = Look()


def look_of(properties: etree._Element | None) -> Look:
    """What the properties of a run (`rPr`) say."""
    if properties is None:
        return PLAIN
    hidden = struck = raised = shifted = None
    for item in properties:
        tag, value = item.tag, item.get(_VAL)
        if tag == _HIDDEN:
            hidden = value not in OFF
        elif tag in _STRUCK:
            struck = bool(struck) or value not in OFF
        elif tag == _RAISED:
            raised = value in ("superscript", "subscript")
        elif tag == _SHIFTED:
            shifted = value not in (None, "0")
    return Look(hidden, struck, raised, shifted)


def over(look: Look, below: Look) -> Look:
    """`look` where it says something, else `below`."""
    if below is PLAIN or look is PLAIN:
        return below if look is PLAIN else look
    return Look(
        below.hidden if look.hidden is None else look.hidden,
        below.struck if look.struck is None else look.struck,
        below.raised if look.raised is None else look.raised,
        below.shifted if look.shifted is None else look.shifted,
    )
