"""The text of a Word paragraph as it is printed once all changes are accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from govinfo.readers.word.lists import Lists, next_number, style_look
from govinfo.readers.word.looks import LOOKS, OFF, ON, PLAIN, Look, W, look_of, over

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
PARAGRAPH, TABLE, BOX = f"{W}p", f"{W}tbl", f"{W}txbxContent"
ALTERNATIVES = f"{MC}AlternateContent"

_VAL = f"{W}val"
_RUN, _TEXT, _TAB, _BREAK, _RETURN, _SYMBOL = f"{W}r", f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}sym"
_SIMPLE, _FIELD, _INSTRUCTION = f"{W}fldSimple", f"{W}fldChar", f"{W}instrText"
_ART = "{urn:schemas-microsoft-com:vml}textpath"
_PLAIN = {_TAB: "\t", f"{W}ptab": "\t", _BREAK: "\n", _RETURN: "\n", f"{W}noBreakHyphen": "-"}
_PICTURES = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
# what may stand around runs and is printed; all else (deleted text, places text was moved from, notes) is not
WRAPPERS = frozenset(
    f"{W}{name}"
    for name in ("hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "fldSimple", "dir", "bdo")
)
_INLINE = WRAPPERS | {f"{W}ruby", f"{W}rubyBase"}
_MATH = frozenset({f"{M}oMath", f"{M}oMathPara"})
# paragraphs without any of these are nothing but the text of their runs
_TELLING = (
    *(f"{W}{name}" for name in ("del", "moveFrom", "ruby")),
    *LOOKS,
    *(_BREAK, _RETURN, _SYMBOL, _SIMPLE, _FIELD, f"{W}noBreakHyphen", f"{W}ptab", *_PICTURES, ALTERNATIVES, *_MATH),
)
_STYLE, _HIDDEN = f"{W}rStyle", f"{W}vanish"
_GONE = frozenset({f"{W}del", f"{W}moveFrom", _HIDDEN})
_FORMULA = re.compile(r"\s*=")
_ENCLOSED = re.compile(r"^\s*eq\s*\\o.*[,，;；]\s*([^,，;；()]+)\)\s*$", re.IGNORECASE)
_BLANKS = re.compile(r"[\t\r\n]")
_SPACES = re.compile(r"[ \u00a0\u3000]*\n[ \u00a0\u3000\n]*")
_SOFT = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_ENDS = " \u00a0\u3000\n\r"
_WORDY = re.compile(r"[^\W\d_]")


@dataclass
class Marks:
    """What was found in one look over a document: paragraphs that are more than text, and runs that are not plain.

    `holders` are the cells that hold tables; `looks` are those of the runs' properties that say something.
    """

    complex: set[etree._Element] = field(default_factory=set)
    looks: dict[etree._Element, Look] = field(default_factory=dict)
    holders: set[etree._Element] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as printed: its text without the ends' spaces, and what stands in text boxes anchored in it.

    `goes_on`: its end was deleted, so the next paragraph goes on in it. `number` is printed before the text and
    `gap` says whether white space parts them.
    """

    text: str
    boxes: tuple[etree._Element | str, ...] = ()
    goes_on: bool = False
    number: str = ""
    gap: bool = False
    style: str | None = None

    @property
    def printed(self) -> str:
        """Number and text. Before a figure the number stands on a line of its own: 1. and 5 are not 1.5."""
        if not self.number or not self.text:
            return self.number or self.text
        if not _WORDY.search(self.text):
            return f"{self.number}\n{self.text}"
        tight = not self.gap or (not self.number[-1].isalnum() and not self.number[-1].isascii())
        return self.number + ("" if tight else " ") + self.text


def look_over(root: etree._Element, lists: Lists) -> Marks:
    """What `root` holds that is not plain text."""
    marks = Marks()
    for item in root.iter(*_TELLING, *([_STYLE] if lists.telling else [])):
        tag = item.tag
        parent = item.getparent()
        if tag == _STYLE and item.get(_VAL) not in lists.telling:
            continue
        if parent is not None and tag in LOOKS and parent not in marks.looks:
            marks.looks[parent] = look_of(parent)
        marks.complex.update(item.iterancestors(PARAGRAPH))
    for item in root.iter(_TAB):
        parent = item.getparent()
        if parent is not None and parent.tag == _RUN:
            marks.complex.update(parent.iterancestors(PARAGRAPH))
    for item in root.iter(TABLE):
        marks.holders.update(item.iterancestors(f"{W}tc"))
    return marks


def read_paragraph(item: etree._Element, marks: Marks, lists: Lists) -> Paragraph:
    """The paragraph `item` as printed. Call it in reading order: it counts the document's lists on."""
    properties = item[0] if len(item) else None
    if properties is not None and properties.tag != f"{W}pPr":
        properties = None
    style, number, level, goes_on = _NOTHING if properties is None else _properties(properties)
    look = style_look(lists, style)
    boxes: tuple[etree._Element | str, ...] = ()
    if item in marks.complex or look is not PLAIN:
        state = _Line(marks, lists, look)
        _inline(item, state)
        text, boxes = "".join(state.parts), tuple(state.boxes)
        text = _SPACES.sub("\n", text)
    else:
        text = _BLANKS.sub(" ", "".join([piece.text for piece in item.iter(_TEXT) if piece.text]))
    text = text.translate(_SOFT).strip(_ENDS) if text and not text.isalnum() else text
    if (look.hidden or goes_on) and not text:
        return Paragraph("", boxes, goes_on, style=style)
    printed, gap = next_number(lists, style, number, level)
    return Paragraph(text, boxes, goes_on, printed, gap, style)


_Properties = tuple[str | None, str | None, int | None, bool]
_NOTHING: _Properties = (None, None, None, False)


def _properties(properties: etree._Element) -> _Properties:
    """Style, list and level, and whether the paragraph's end was deleted or is hidden."""
    style = number = None
    level: int | None = None
    goes_on = False
    for item in properties:
        tag = item.tag
        if tag == f"{W}pStyle":
            style = item.get(_VAL)
        elif tag == f"{W}numPr":
            for part in item:
                value = part.get(_VAL) or ""
                if part.tag == f"{W}numId":
                    number = value
                elif part.tag == f"{W}ilvl" and value.isdecimal() and len(value) < 3:
                    level = int(value)
        elif tag == f"{W}rPr":
            gone = [part for part in item if part.tag in _GONE]
            goes_on = any(part.tag != _HIDDEN or part.get(_VAL) not in OFF for part in gone)
    return style, number, level, goes_on


@dataclass
class _Line:
    """What the runs gave so far; `fields`: where each field, or its result, began; and whether that is code.

    `stale`: the result of the field under way is to be worked out anew on opening.
    """

    marks: Marks
    lists: Lists
    look: Look = PLAIN
    parts: list[str] = field(default_factory=list)
    boxes: list[etree._Element | str] = field(default_factory=list)
    fields: list[tuple[int, bool]] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    stale: bool = False


def _inline(item: etree._Element, line: _Line) -> None:
    for child in item:
        tag = child.tag
        if tag == _RUN:
            _run(child, line)
        elif tag == _SIMPLE:
            _simple_field(child, line)
        elif tag in _INLINE:
            _inline(child, line)
        elif tag in _MATH:
            line.parts.append(_formula(child))
        elif tag == ALTERNATIVES:
            for branch in chosen(child):
                _inline(branch, line)


def _simple_field(item: etree._Element, line: _Line) -> None:
    code, start = item.get(f"{W}instr") or "", len(line.parts)
    if item.get(f"{W}dirty") not in ON or not _FORMULA.match(code):
        _inline(item, line)
    if not "".join(line.parts[start:]).strip():
        line.parts.append(_without_result(code))


def _run(run: etree._Element, line: _Line) -> None:
    properties = next(iter(run), None)
    if properties is not None and properties.tag != f"{W}rPr":
        properties = run.find(f"{W}rPr")
    look = _look(properties, line)
    if look.hidden:
        return
    raised = look.raised or (look.shifted and any(part.strip() for part in line.parts))
    start = len(line.parts)
    for child in run:
        tag = child.tag
        if tag == _TEXT:
            line.parts.append(_BLANKS.sub(" ", child.text or ""))
        elif tag in _PLAIN:
            line.parts.append(_PLAIN[tag])
        elif tag == _FIELD:
            _field(child, line)
            start = min(start, len(line.parts))
        elif tag == _INSTRUCTION:
            line.codes.append(child.text or "")
        elif tag == _SYMBOL:
            line.parts.append(_symbol(child))
        elif tag in _PICTURES or tag == ALTERNATIVES:
            line.boxes.extend(_boxes(child))
        elif tag == f"{W}ruby":
            _inline(child, line)
    if look.struck:
        line.parts[start:] = _marked("".join(line.parts[start:]), "~~", "~~")
    elif raised and line.parts[start:]:
        line.parts[start:] = _marked("".join(line.parts[start:]), "^", "")


def _marked(text: str, before: str, after: str) -> list[str]:
    """Text that does not read on from its neighbours: a raised 2 or a struck 5 must not end up in a figure."""
    return [f"{before}{text}{after}" if any(char.isdigit() for char in text) else text]


def _look(properties: etree._Element | None, line: _Line) -> Look:
    """How a run looks: by its own properties, its style, its paragraph's style."""
    if properties is None:
        return line.look
    look = line.marks.looks.get(properties, PLAIN)
    style = properties.find(_STYLE) if line.lists.telling else None
    return over(look, line.look if style is None else over(style_look(line.lists, style.get(_VAL)), line.look))


def _field(item: etree._Element, line: _Line) -> None:
    """Begin, part or end a field: what stood between its begin and its result is its code, not text."""
    kind = item.get(f"{W}fldCharType")
    if kind == "begin":
        line.fields.append((len(line.parts), True))
        line.codes.clear()
        line.stale = item.get(f"{W}dirty") in ON
        choice = item.find(f"{W}ffData/{W}ddList")
        if choice is not None:
            line.codes.append(_choice(choice))
    elif kind == "separate" and line.fields:
        began, is_code = line.fields.pop()
        if is_code:
            del line.parts[began:]
        line.fields.append((len(line.parts), False))
    elif kind == "end" and line.fields:
        began, is_code = line.fields.pop()
        if is_code:
            del line.parts[began:]
        code = "".join(line.codes)
        if line.stale and _FORMULA.match(code):
            del line.parts[began:]
        if not "".join(line.parts[began:]).strip():
            line.parts.append(_without_result(code))
        line.codes.clear()
        line.stale = False


def _without_result(code: str) -> str:
    """What is printed of a field that keeps no result: a formula shows itself, so that it is no blank."""
    enclosed = _ENCLOSED.match(code)
    if enclosed:
        return f"({enclosed.group(1).strip()})"
    if code.startswith("\0"):
        return code[1:].partition("\0")[0]
    return code.strip() if _FORMULA.match(code) else ""


def _choice(item: etree._Element) -> str:
    """The chosen entry of a list to choose from, between marks that no code has."""
    entries = [entry.get(_VAL) or "" for entry in item.iterchildren(f"{W}listEntry")]
    chosen_at = item.find(f"{W}result")
    chosen_at = item.find(f"{W}default") if chosen_at is None else chosen_at
    value = "0" if chosen_at is None else chosen_at.get(_VAL) or "0"
    at = int(value) if value.isdecimal() and len(value) < 6 else 0
    return f"\0{entries[at]}\0" if at < len(entries) else ""


def _symbol(item: etree._Element) -> str:
    """A character of a symbol font: digits of text fonts as such, pictures as a private character, never nothing."""
    try:
        code = int(item.get(f"{W}char") or "", 16)
    except ValueError:
        return "\ufffd"
    font = (item.get(f"{W}font") or "").lower()
    if 0xF020 <= code <= 0xF07E and "dings" not in font:
        return chr(code - 0xF000)
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"


def _formula(item: etree._Element) -> str:
    """The text of a formula; what stands above, below or beside is parted by a stroke or a hat."""
    if item.tag == f"{M}t":
        return item.text or ""
    parts = [text for text in (_formula(child) for child in item if isinstance(child.tag, str)) if text]
    if item.tag == f"{M}f":
        return "/".join(parts)
    plain = item.tag in (f"{M}r", f"{M}e", f"{M}oMath", f"{M}oMathPara", f"{M}num", f"{M}den")
    return ("" if plain else "^").join(parts)


def _boxes(item: etree._Element) -> Iterator[etree._Element | str]:
    """The text boxes in a drawing, and the words of letters set as a picture."""
    if item.tag == ALTERNATIVES:
        for branch in chosen(item):
            yield from _boxes(branch)
        return
    for child in item:
        if child.tag == BOX:
            yield child
        elif child.tag == _ART:
            yield child.get("string") or ""
        else:
            yield from _boxes(child)


def chosen(item: etree._Element) -> Iterator[etree._Element]:
    """Of several ways to say the same the first that has text: it must not be read twice."""
    branches = [child for child in item if child.tag in (f"{MC}Choice", f"{MC}Fallback")]
    yield from [branch for branch in branches if next(branch.iter(_TEXT, _ART), None) is not None][:1]
