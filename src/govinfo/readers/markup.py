"""Whether text is a page, plain text with markup left in it, or neither: told by the tags that it has."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BEFORE_MARKUP = re.compile(rb"(?:\s+|<!--.*?-->|<\?xml[^>]*\?>|<\?[a-zA-Z][^>]{0,300}>|<!\[[^\]>]*\]>)*", re.DOTALL)
_DOCTYPE = re.compile(rb"<!doctype\s+html\b", re.IGNORECASE)
# what a page, or a piece cut out of one, begins with
_FIRST_TAG = re.compile(
    rb"<(?:html|head|body|meta|title|link|style|script|base|table|thead|tbody|tr|td|th|div|p|span|font|center|h[1-6]|ul|ol"
    rb"|section|article|main|header|form|br|hr|b|strong|a|img|iframe|o:p)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# tags that only a page has in pairs; <br> and <b> also stand in markdown
_PAIRED = tuple(
    (re.compile(rb"<" + tag + rb"(?:\s[^<>]*)?>", re.IGNORECASE), re.compile(rb"</" + tag + rb"\s*>", re.IGNORECASE))
    for tag in (b"html", b"body", b"table", b"tr", b"td", b"div", b"p")
)
_PAGE = re.compile(rb"<(?:!doctype|html|head|body|meta|title|script|style|link)\b", re.IGNORECASE)
_BLOCK = re.compile(
    rb"</?(?:article|center|div|dl|footer|form|h[1-6]|header|li|main|nav|ol|p|section|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# what converters put around the tables and pictures that they leave as markup
_OPENED = re.compile(rb"(?:<(?:html|body|div|center|p)(?:\s[^<>]*)?>\s*){1,9}$", re.IGNORECASE)
_CLOSED = re.compile(rb"\s*(?:</(?:html|body|div|center|p)>\s*){1,9}", re.IGNORECASE)
_MOST_AROUND = 600
_PICTURE = re.compile(rb"<img\s", re.IGNORECASE)
_TABLE_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>table|caption|colgroup|col|thead|tbody|tfoot|tr|td|th)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_ANY_TAG = re.compile(rb"<[^<>]*>")
_LEFT = re.compile(
    rb"</?(?:table|tr|td|th|br|span|font|sup|sub|b|strong|u|i|em|p|div|center|img)(?:\s[^<>]*)?/?>|&(?:nbsp|lt|gt|amp|emsp);",
    re.IGNORECASE,
)


def is_page(start: bytes, data: bytes) -> bool:
    """Whether the text that begins with `start` is a page or a piece of one; `data` is all of it."""
    before = _BEFORE_MARKUP.match(start)
    rest = start[before.end() :] if before else start
    if _DOCTYPE.match(rest) or _FIRST_TAG.match(rest):
        return True
    if rest.startswith(b"<!--"):
        # the comment is longer than what was looked at: what comes after it decides
        return any(closing.search(data) for _, closing in _PAIRED)
    return any(opening.search(start) and closing.search(start) for opening, closing in _PAIRED)


def has_markup_left(start: bytes) -> bool:
    """Whether tags or entities stand in a text."""
    return _LEFT.search(start) is not None


def is_lines_with_markup(start: bytes, markdown: bool) -> bool:
    """Whether a text is plain lines with markup left in it: beside its tables nothing that only a page has.

    Parameters
    ----------
    markdown : some paragraphs of it may stand in tags of their own, as markdown allows.
    """
    if not has_markup_left(start):
        return False
    rest = _without_tables(start)
    if _PAGE.search(rest):
        return False
    tagged = plain = 0
    for line in rest.split(b"\n"):
        if _BLOCK.search(line):
            tagged += not _PICTURE.search(line)
        elif _ANY_TAG.sub(b"", line).strip():
            plain += 1
    return plain > 0 and (2 * tagged <= plain if markdown else tagged == 0)


def tables_in(text: str) -> Iterator[tuple[int, int]]:
    """Where tables begin and end: at their own tags, or at those of rows and cells whose table has none.

    Of a table whose end is lost, the text behind its last tag belongs to it as far as that tag's line goes.
    """
    begin, end, depth, before = -1, -1, 0, ""
    for tag in _TABLE_TAG.finditer(text):
        name = (tag["end"] + tag["name"]).lower()
        if begin >= 0 and _is_cut(text[end : tag.start()], before, name, depth):
            yield begin, end
            begin, depth = -1, 0
        if begin < 0:
            if tag["end"]:
                continue
            begin = tag.start()
        depth += {"table": 1, "/table": -1}.get(name, 0)
        end = tag.end() if tag["end"] or depth else _line_end(text, tag.end())
        before = name
        if depth <= 0 and name == "/table":
            yield begin, end
            begin, depth = -1, 0
    if begin >= 0:
        yield begin, _line_end(text, end) if depth else end


def _is_cut(between: str, before: str, name: str, depth: int) -> bool:
    """Whether a table without an end is over where the tag `name` comes."""
    if depth:
        # a table inside another begins in a cell
        return name == "table" and before in ("/tr", "/tbody", "/thead", "/tfoot")
    return bool(between.strip()) and not (before in ("td", "th") and name == f"/{before}")


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _without_tables(text: bytes) -> bytes:
    """What stands outside tables and what frames them."""
    parts: list[bytes] = []
    start = 0
    # one character for each byte: tags are ASCII
    for begin, end in tables_in(text.decode("latin-1")):
        parts.append(_without_frame(text[start:begin]))
        after = _CLOSED.match(text, end, end + _MOST_AROUND)
        start = after.end() if after else end
    return b"\n".join([*parts, text[start:]])


def _without_frame(text: bytes) -> bytes:
    opened = _OPENED.search(text, max(0, len(text) - _MOST_AROUND))
    return text[: opened.start()] if opened else text
