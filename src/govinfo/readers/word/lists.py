"""The numbers that Word prints before paragraphs but does not keep in their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from govinfo.readers.word.looks import LOOKS, OFF, PLAIN, Look, W, look_of, over
from govinfo.text import HAN_DIGITS, HAN_UNITS

_VAL = f"{W}val"
_LEVELS = 9
_MOST_STYLES = 20
# no list prints a longer number
_LONGEST_TEXT = 100
_HOLE = re.compile(r"%([1-9])")
_MOST = 32_767
_DASHES = "-\u2013\u2014\u2015\uff0d"
_PRIVATE = range(0xE000, 0xF900)
_HAN = {value: char for char, value in reversed(HAN_DIGITS.items())}
_HAN_ZERO = next(char for char, value in reversed(HAN_DIGITS.items()) if value == 0 and char.isalpha())
_HAN_RING = next(char for char, value in HAN_DIGITS.items() if value == 0)
_UNITS = sorted(((value, char) for char, value in HAN_UNITS.items()), reverse=True)
_ROMAN = {1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC", 50: "L", 40: "XL"}
_ROMAN |= {10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of its paragraphs or runs; None where it says nothing and the style below decides."""

    name: str = ""
    based_on: str | None = None
    look: Look = PLAIN
    number: str | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: how its numbers look and where they begin."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    decimal_only: bool = False
    style: str | None = None


@dataclass
class Lists:
    """The styles and lists of a document, read where they are used, and the counters so far.

    `families` says which numbers count together. `telling` are the styles that hide, strike out or raise their text.
    """

    style_items: Mapping[str, etree._Element]
    abstract_items: Mapping[str, etree._Element]
    number_items: Mapping[str, etree._Element]
    telling: frozenset[str] = frozenset()
    styles: dict[str, Style] = field(default_factory=dict)
    levels: dict[str, Mapping[int, Level]] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, Mapping[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)


def read_lists(styles: etree._Element | None, numbering: etree._Element | None) -> Lists:
    """The lists of a document from the roots of its styles and numbering, None where it has none."""
    if styles is None and numbering is None:
        return Lists({}, {}, {})
    items = _by_id(styles, "style", "styleId")
    return Lists(
        items,
        _by_id(numbering, "abstractNum", "abstractNumId"),
        _by_id(numbering, "num", "numId"),
        telling=_telling(items),
    )


def _telling(styles: Mapping[str, etree._Element]) -> frozenset[str]:
    """The styles that change how their text looks, themselves or through those that they are based on."""
    found = {key for key, item in styles.items() if next(item.iterfind(f"{W}rPr"), None) is not None}
    found = {key for key in found if next(styles[key].iter(*LOOKS), None) is not None}
    for _ in range(_MOST_STYLES if found else 0):
        more = {key for key, item in styles.items() if key not in found and _value(item, "basedOn") in found}
        if not more:
            break
        found |= more
    return frozenset(found)


def _by_id(root: etree._Element | None, name: str, id: str) -> dict[str, etree._Element]:
    return {} if root is None else {item.get(f"{W}{id}") or "": item for item in root.iterchildren(f"{W}{name}")}


def _levels_of(lists: Lists, number: str) -> Mapping[int, Level] | None:
    """The levels of the list `number`, None where the document has no such list."""
    if number in lists.levels or number not in lists.number_items:
        return lists.levels.get(number)
    item = lists.number_items[number]
    code = _value(item, "abstractNumId") or ""
    abstract = lists.abstract_items.get(code)
    link = None if abstract is None else _value(abstract, "numStyleLink")
    if link is not None:
        owners = [key for key, other in lists.abstract_items.items() if _value(other, "styleLink") == link]
        code = owners[0] if owners else code
        abstract = lists.abstract_items.get(code)
    levels = {} if abstract is None else dict(_level(level) for level in abstract.iterchildren(f"{W}lvl"))
    starts: dict[int, int] = {}
    for override in item.iterchildren(f"{W}lvlOverride"):
        levels.update(_level(level) for level in override.iterchildren(f"{W}lvl"))
        start = _value(override, "startOverride")
        if start is not None:
            starts[_int(override.get(f"{W}ilvl"), 0)] = _int(start, 1)
    lists.levels[number], lists.families[number], lists.restarts[number] = levels, code, starts
    return levels


def _style(item: etree._Element) -> Style:
    number = item.find(f"{W}pPr/{W}numPr/{W}numId")
    level = item.find(f"{W}pPr/{W}numPr/{W}ilvl")
    return Style(
        (_value(item, "name") or "").lower(),
        _value(item, "basedOn"),
        look_of(item.find(f"{W}rPr")),
        None if number is None else number.get(_VAL),
        None if level is None else _int(level.get(_VAL), 0),
    )


def _level(item: etree._Element) -> tuple[int, Level]:
    legal = item.find(f"{W}isLgl")
    restart = _value(item, "lvlRestart")
    return _int(item.get(f"{W}ilvl"), 0), Level(
        _int(_value(item, "start"), 0),
        _value(item, "numFmt") or "decimal",
        (_value(item, "lvlText") or "")[:_LONGEST_TEXT],
        _value(item, "suff") or "tab",
        None if restart is None else _int(restart, 0),
        legal is not None and legal.get(_VAL) not in OFF,
        _value(item, "pStyle"),
    )


def _value(item: etree._Element, name: str) -> str | None:
    child = item.find(f"{W}{name}")
    return None if child is None else child.get(_VAL)


def _int(text: str | None, default: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return default


def style_look(lists: Lists, style: str | None) -> Look:
    """How text in `style` looks."""
    if style not in lists.telling:
        return PLAIN
    look = PLAIN
    for item in _chain(lists, style):
        look = over(look, item.look)
    return look


def style_name(lists: Lists, style: str | None) -> str:
    """The name of `style` in small letters, "" where it has none."""
    chain = _chain(lists, style)
    return chain[0].name if chain else ""


def _chain(lists: Lists, style: str | None) -> list[Style]:
    """`style` and the styles below it."""
    found: list[Style] = []
    while style is not None and style in lists.style_items and len(found) < _MOST_STYLES:
        if style not in lists.styles:
            lists.styles[style] = _style(lists.style_items[style])
        found.append(lists.styles[style])
        style = found[-1].based_on
    return found


def next_number(lists: Lists, style: str | None, number: str | None, level: int | None) -> tuple[str, bool]:
    """The number printed before the next paragraph; it counts on.

    Parameters
    ----------
    style : the paragraph's style.
    number, level : the list and level that the paragraph names itself, None where it names none.

    Returns
    -------
    The number as printed, "" where there is none, and whether a gap parts it from the text.
    """
    if number is None:
        if style is None:
            return "", False
        styled = next((item for item in _chain(lists, style) if item.number is not None), None)
        if styled is None:
            return "", False
        number = styled.number
        if level is None:
            levels_here = _levels_of(lists, number or "") or {}
            of_style = [at for at, item in levels_here.items() if style is not None and item.style == style]
            level = of_style[0] if of_style else styled.level
    levels = None if number is None else _levels_of(lists, number)
    if levels is None or number is None:
        return "", False
    level = min(max(level or 0, 0), _LEVELS - 1)
    counts = _count(lists, number, level, levels)
    here = levels.get(level, Level(text=f"%{level + 1}."))
    if here.form == "bullet":
        # a dash might be taken for a minus, so it is kept; any other bullet says nothing
        return (here.text, True) if here.text in _DASHES else ("", False)

    def shown(hole: re.Match[str]) -> str:
        at = int(hole.group(1)) - 1
        other = levels.get(at, Level())
        form = "decimal" if here.decimal_only else other.form
        return shown_number(counts.get(at, max(other.start, 0)), form)

    text = "".join(char for char in _HOLE.sub(shown, here.text) if ord(char) not in _PRIVATE)
    return text, here.suffix != "nothing"


def _count(lists: Lists, number: str, level: int, levels: Mapping[int, Level]) -> dict[int, int]:
    """Count the paragraph in; the counters of its list."""
    counts = lists.counts.setdefault(lists.families[number], {})
    for at in range(level + 1):
        restart = lists.restarts[number].get(at)
        if restart is not None and (number, at) not in lists.begun:
            lists.begun.add((number, at))
            counts.pop(at, None)
            if at < level:
                counts[at] = restart
        start = levels.get(at, Level()).start if restart is None else restart
        if at == level:
            counts[at] = counts[at] + 1 if at in counts else start
        else:
            counts.setdefault(at, start)
    for deeper in range(level + 1, _LEVELS):
        after = levels.get(deeper, Level()).restart
        if after is None or (after > 0 and level < after):
            counts.pop(deeper, None)
    return counts


def shown_number(value: int, form: str) -> str:
    """`value` as numbers of `form` look; forms that are not known come as digits."""
    if not 0 <= value <= _MOST:
        return str(value)
    show = _FORMS.get(form)
    return str(value) if show is None else show(value)


def _han(value: int, zero: str) -> str:
    """`value` in words: 十二, 一百零五."""
    if value == 0 or value > 9999:
        return str(value) if value else zero
    text, gap = "", False
    for unit, char in (*_UNITS, (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            text += (zero if gap else "") + _HAN[digit] + char
            gap = False
        else:
            gap = bool(text)
    # 10 to 19 begin with the ten itself
    return text[1:] if len(text) > 1 and text.startswith(_HAN[1] + _UNITS[-1][1]) else text


def _digits(value: int) -> str:
    return "".join(_HAN_RING if digit == "0" else _HAN[int(digit)] for digit in str(value))


def _wide(value: int) -> str:
    return "".join(chr(0xFF10 + int(digit)) for digit in str(value))


def _letters(value: int) -> str:
    return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value < 1000 else str(value)


def _roman(value: int) -> str:
    text = ""
    for unit, letters in _ROMAN.items() if value < 4000 else ():
        count, value = divmod(value, unit)
        text += letters * count
    return text or str(value)


def _run_of(first: int, most: int) -> Callable[[int], str]:
    """Numbers that are characters of their own, one after the other, up to `most`."""
    return lambda value: chr(first + value - 1) if 1 <= value <= most else str(value)


def _circled(value: int) -> str:
    return (
        chr(0x2460 + value - 1) if 1 <= value <= 20 else chr(0x3251 + value - 21) if 21 <= value <= 35 else str(value)
    )


_FORMS: Mapping[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda value: f"{value:02d}",
    "chineseCounting": lambda value: _han(value, _HAN_RING),
    "chineseCountingThousand": lambda value: _han(value, _HAN_ZERO),
    "japaneseCounting": lambda value: _han(value, _HAN_RING),
    "taiwaneseCounting": lambda value: _han(value, _HAN_RING),
    "taiwaneseCountingThousand": lambda value: _han(value, _HAN_RING),
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "koreanDigital2": _digits,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _run_of(0x2488, 20),
    "decimalEnclosedParen": _run_of(0x2474, 20),
    "ideographEnclosedCircle": _run_of(0x3280, 10),
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "upperLetter": _letters,
    "lowerLetter": lambda value: _letters(value).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
}
