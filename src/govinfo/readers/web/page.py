"""The markup of a page → what it shows: lines of text and tables, in the order of the page.

The parser is used in `_parsed` only. The walk over its tree keeps a stack of its own: a page may be nested as
deep as it likes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from turbohtml import Document as Tree
from turbohtml import Element, Namespace, Node, Text
from turbohtml import parse as parse_markup

from govinfo.readers.caps import MAX_CELLS
from govinfo.readers.web.parts import Flow, Page, Table, TableCell, TableRow, TooManyCellsError
from govinfo.readers.web.style import PLAIN, Style, style_of, unseen_classes


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_HIDDEN = _tags(
    "script style noscript template head title select datalist svg iframe object audio video canvas noframes noembed"
    " rt rp del w:worddocument w:latentstyles o:officedocumentsettings o:documentproperties"
)
_BLOCKS = _tags(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hgroup legend li listing main menu nav ol optgroup option p plaintext pre search"
    " section summary ul xmp"
)
_LINE_BREAKS = frozenset(("br", "hr"))
# what stands beside or above the line must not join a number in it: 5 with a footnote's mark 1 is not 51
_APART = frozenset(("sup", "sub", "button", "input", "textarea", "meter", "progress"))
# what is struck out stays, between marks: it is no part of a figure, and nobody knows whether it still counts
_STRUCK = frozenset(("s", "strike"))
_STROKE = "~~"
_ONLY_WORDS = re.compile(r"~~([^~\d]*)~~")
_AS_TYPED = frozenset(("pre", "listing", "xmp", "plaintext", "textarea"))
_CELLS = frozenset(("td", "th"))
_LETTERING = frozenset(("span", "font", "b", "strong", "i", "em", "u", "a", "o:p"))
_TABLE_PARTS = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th"))
_SPECIAL = _HIDDEN | _BLOCKS | _LINE_BREAKS | _APART | _AS_TYPED | _TABLE_PARTS | _STRUCK | {"dialog"}
_SHOWN_INPUTS = frozenset(("", "text", "number", "tel"))
_NO_HEIGHT = re.compile(r"0+(?:px|pt)?")
# a cell that is longer than this, if it is cut off, ends in prose
_TAIL = 20_000
_MARK = "\x1f"
_MARKS = re.compile(r"\x1f+")
_BETWEEN_FIGURES = re.compile(r"(?<=\d)[ \t\n\r\f\xa0]*+\x1f[ \t\n\r\f\xa0\x1f]*+(?=[.,．，+\-]?\d)")
_SPACES = re.compile(r"[ \t\n\r\f]+")
_UNTIDY = re.compile(r"[\t\n\r\f\xa0\xad\x1f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|  |~~")
_INVISIBLE = re.compile(r"[\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# editors wrap long lines; between wide characters that are no figures the page shows no space there
_WRAPPED = re.compile(r"(?<=[\u2e80-\uff0f\uff1a-\uff5e])[ \t\r\f]*\n[ \t\r\n\f]*(?=[\u2e80-\uff0f\uff1a-\uff5e])")
_CELL_TAG = re.compile(r"(?=<t[dhr][\s>/])", re.IGNORECASE)


@dataclass(slots=True)
class _Walk:
    """Where a walk over a page stands: the flow, table, group and row under way, and the last cell so far."""

    flow: Flow
    table: Table | None = None
    rows: list[TableRow] | None = None
    row: TableRow | None = None
    last: TableCell | None = None
    as_typed: int = 0
    tables: int = 0
    cells: int = 0
    made: int = 0
    unseen: frozenset[str] = frozenset()


# What to take up again at the end of an element, and what the end does: a line's end, a mark, or nothing.
_Outer = tuple[str, Flow, Table | None, list[TableRow] | None, TableRow | None]


def read_page(markup: str) -> Page:
    """What the page with this `markup` shows, without what it hides.

    Cells that stand outside a table are not joined: each begins a line. Where the file ends within a cell, a
    U+FFFD stands at the end of what is left of it.
    """
    tree = _parsed(markup)
    walk = _walked(tree)
    written = markup.count("<td") + markup.count("<TD")
    if written > walk.cells:
        # browsers drop such tags, and the figures between them run together
        loose = _walked(_parsed(_CELL_TAG.sub("<br>", markup)))
        walk = loose if loose.cells == walk.cells else walk
    if walk.last is not None and _is_cut_off(markup):
        # half a number may stand there
        cut = walk.last.pieces.pop() if walk.last.pieces and type(walk.last.pieces[-1]) is str else ""
        walk.last.pieces.append(f"{cut}\ufffd")
    return Page(_title(tree), walk.flow.pieces, walk.tables)


def _is_cut_off(markup: str) -> bool:
    """Whether the page ends within a cell."""
    end = markup[-_TAIL:].lower()
    begun = max(end.rfind("<td"), end.rfind("<th"))
    return begun > max(end.rfind(closing) for closing in ("</t", "</body", "</html"))


def _parsed(markup: str) -> Tree:
    return parse_markup(markup)


def _title(tree: Tree) -> str | None:
    for title in tree.find_all("title", limit=9):
        if title.namespace is Namespace.HTML:
            return " ".join(_INVISIBLE.sub("", title.text).split()) or None
    return None


def _walked(tree: Tree) -> _Walk:
    walk = _Walk(Flow(), unseen=unseen_classes("}".join(sheet.text for sheet in tree.find_all("style"))))
    stack: list[tuple[Iterator[Node], _Outer | None]] = [(iter(_inside_body(tree)), None)]
    while stack:
        nodes, outer = stack[-1]
        for node in nodes:
            if type(node) is Text:
                _text(walk, node.data)
            elif type(node) is Element:
                inner = _enter(walk, node)
                if inner is not None:
                    stack.append(inner)
                    break
        else:
            stack.pop()
            if outer is not None:
                _leave(walk, outer)
    _end_line(walk.flow)
    return walk


def _inside_body(tree: Tree) -> tuple[Node, ...]:
    """The nodes of the body; a body that is hidden until a script runs is read all the same."""
    body = tree.find("body")
    return tuple(tree.children) if body is None else tuple(body.children)


def _text(walk: _Walk, text: str) -> None:
    if walk.as_typed:
        for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
            if number:
                _end_line(walk.flow)
            walk.flow.parts.append(line)
        return
    if "\n" in text:
        text = _WRAPPED.sub("", text)
    walk.flow.parts.append(text)


def _enter(walk: _Walk, element: Element) -> tuple[Iterator[Node], _Outer | None] | None:
    """Begin `element`: the nodes in it, and what to take up again behind it; None where nothing is in it."""
    tag = element.tag
    children = element.children
    if not children and tag not in _SPECIAL:
        return None
    written = element.attr("style")
    style = PLAIN if written is None else style_of(written)
    if walk.unseen and _may_be_unseen(walk, element):
        # a style sheet may hide it here: it stays, but joins no figure
        style = replace(style, apart=True)
    if style.hidden or tag in _HIDDEN or element.attr("hidden") is not None:
        within = element.attr("srcdoc") if tag == "iframe" and not style.hidden else None
        if within is not None:
            _end_line(walk.flow)
            return iter(_inside_body(_parsed(within))), ("line", walk.flow, walk.table, walk.rows, walk.row)
        _pass_over(walk, element, tag, style)
        return None
    if tag not in _SPECIAL and not (style.block or style.apart or style.struck):
        if len(children) == 1 and type(children[0]) is Text:
            _text(walk, children[0].data)
            return None
        return (iter(children), None) if children else None
    if tag in _LINE_BREAKS:
        _end_line(walk.flow)
        return None
    if tag in _TABLE_PARTS:
        if tag in _CELLS and walk.row is not None:
            text = None if style.struck else _plain_text(walk, element)
            if text is not None:
                walk.cells += tag == "td"
                cell = _cell(walk, element, style)
                cell.parts.append(text)
                _end_line(cell)
                walk.last = cell
                walk.row.cells.append(cell)
                return None
        return iter(children), _enter_table_part(walk, element, tag, style)
    if tag == "dialog" and element.attr("open") is None:
        return None
    return _enter_box(walk, element, tag, style)


def _may_be_unseen(walk: _Walk, element: Element) -> bool:
    classes = element.attr("class")
    return classes is not None and not walk.unseen.isdisjoint(classes.split())


def _plain_text(walk: _Walk, cell: Element) -> str | None:
    """The text of a cell without anything that matters but letters: most cells are, and need no walk; else None."""
    paragraph = None
    for element in cell.iter_elements():
        tag = element.tag
        if tag not in _LETTERING:
            if tag != "p" or paragraph is not None:
                return None
            paragraph = element
        style = element.attr("style")
        if (style is not None and style_of(style) is not PLAIN) or element.attr("hidden") is not None:
            return None
        if walk.unseen and _may_be_unseen(walk, element):
            return None
    text = cell.text.strip()
    if "\n" in text or (paragraph is not None and paragraph.text.strip() != text):
        return None
    return text


def _enter_box(walk: _Walk, element: Element, tag: str, style: Style) -> tuple[Iterator[Node], _Outer] | None:
    """Begin an element that stands on lines of its own, or apart from the text beside it."""
    if tag in _BLOCKS or style.block:
        _end_line(walk.flow)
        ending = "line"
    elif tag in _APART or style.apart:
        walk.flow.parts.append(_MARK)
        ending = "mark"
    else:
        ending = "inline"
    if style.struck or tag in _STRUCK:
        walk.flow.parts.append(_STROKE)
        ending += " struck"
    if tag == "input":
        if (element.attr("type") or "").lower() in _SHOWN_INPUTS:
            walk.flow.parts += (element.attr("value") or "", _MARK)
        return None
    if tag in _AS_TYPED:
        walk.as_typed += 1
        ending += " typed"
    return iter(element.children), (ending, walk.flow, walk.table, walk.rows, walk.row)


def _pass_over(walk: _Walk, element: Element, tag: str, style: Style) -> None:
    """Leave out what is hidden, but count its tables; a cell that is only invisible keeps its place."""
    inside = len(element.find_all("table"))
    walk.tables += inside + (tag == "table")
    walk.cells += len(element.find_all("td")) + (tag == "td")
    if style.keeps_place and tag in _CELLS and walk.row is not None and element.attr("hidden") is None:
        walk.row.cells.append(_cell(walk, element, style))


def _enter_table_part(walk: _Walk, element: Element, tag: str, style: Style) -> _Outer:
    """Begin a table, a group of its rows, a row or a cell."""
    outer = ("", walk.flow, walk.table, walk.rows, walk.row)
    if tag == "table":
        _end_line(walk.flow)
        walk.tables += 1
        walk.table, walk.rows, walk.row = Table(walk.tables), None, None
        walk.flow.pieces.append(walk.table)
        return ("table", *outer[1:])
    if tag in _CELLS:
        walk.cells += tag == "td"
        if walk.row is not None:
            walk.flow = walk.last = _cell(walk, element, style)
            walk.row.cells.append(walk.last)
            walk.table, walk.rows, walk.row = None, None, None
        if style.struck:
            walk.flow.parts.append(_STROKE)
        return ("line struck" if style.struck else "line", *outer[1:])
    if tag == "tr":
        if walk.rows is None and walk.table is not None:
            walk.rows = []
            walk.table.groups.append(("tbody", walk.rows))
        if walk.rows is not None:
            flat = style.flat or _NO_HEIGHT.fullmatch(element.attr("height") or "") is not None
            walk.row = TableRow(flat=flat, line=element.source_line or 0)
            walk.rows.append(walk.row)
    elif walk.table is not None:
        walk.rows, walk.row = [], None
        walk.table.groups.append((tag, walk.rows))
    return outer


def _leave(walk: _Walk, outer: _Outer) -> None:
    ending, flow, table, rows, row = outer
    if "typed" in ending:
        walk.as_typed -= 1
    if "struck" in ending:
        walk.flow.parts.append(_STROKE)
    if ending == "table":
        _unwrap(walk)
    elif ending.startswith("line"):
        _end_line(walk.flow)
    elif ending.startswith("mark"):
        walk.flow.parts.append(_MARK)
    elif ending == "" and walk.flow.parts:
        # text between the parts of a table is shown before it, and what is left here is white space
        _end_line(walk.flow)
    walk.flow, walk.table, walk.rows, walk.row = flow, table, rows, row


def _unwrap(walk: _Walk) -> None:
    """End a table; one that only frames the text of a cell around it is that text."""
    _end_line(walk.flow)
    rows = [row for _, group in walk.table.groups for row in group if row.cells] if walk.table is not None else []
    if type(walk.flow) is not TableCell or len(rows) != 1 or len(rows[0].cells) != 1:
        return
    (cell,) = rows[0].cells
    if walk.flow.pieces[-1] is walk.table and all(type(piece) is str for piece in cell.pieces):
        walk.flow.pieces[-1:] = cell.pieces


def _cell(walk: _Walk, element: Element, style: Style) -> TableCell:
    walk.made += 1
    if walk.made > MAX_CELLS:
        raise TooManyCellsError
    return TableCell(
        columns=_span(element.attr("colspan"), 1) or 1,
        rows=_span(element.attr("rowspan"), 0),
        absent=style.absent,
        line=element.source_line or 0,
    )


def _span(written: str | None, least: int) -> int:
    """How many columns or rows a cell takes: as written, within the bounds of HTML; 0 is all that follow."""
    if written is None:
        return 1
    digits = re.match(r"\s*\+?([0-9]{1,9})", written)
    if digits is None:
        return 1
    return min(max(int(digits.group(1)), least), 1000 if least else 65534)


def _end_line(flow: Flow) -> None:
    """End the line under way, where anything stands in it."""
    if not flow.parts:
        return
    text = "".join(flow.parts) if len(flow.parts) > 1 else flow.parts[0]
    flow.parts = []
    text = text.strip()
    if not text:
        return
    if _UNTIDY.search(text) is None:
        flow.pieces.append(text)
        return
    text = _INVISIBLE.sub("", text)
    if _STROKE in text:
        text = _ONLY_WORDS.sub(r"\1", text)
    if _MARK in text:
        text = _MARKS.sub("", _BETWEEN_FIGURES.sub("\x1e", text))
    text = _SPACES.sub(" ", text).replace("\xa0", " ")
    flow.pieces.extend(line for line in map(str.strip, text.split("\x1e")) if line)
