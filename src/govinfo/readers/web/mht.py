"""Web archives (.mht, .mhtml: a page saved as one file) → Document."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from govinfo.errors import UnreadableFileError
from govinfo.readers.charset import decode_text
from govinfo.readers.document import Document
from govinfo.readers.web.html import declared_charset, document_of

_PAGES = frozenset(("text/html", "application/xhtml+xml"))


def read_mht(data: bytes, source: str, format: str = "mht") -> Document:
    """The document in a web archive: its page, and after it the pages shown inside it.

    Parameters
    ----------
    data : the file's bytes.
    source : the file's name as locators show it.

    Raises
    ------
    UnreadableFileError
        `unreadable` where no page is in it; otherwise as `read_html` says.
    """
    try:
        parts = [part for part in message_from_bytes(data.lstrip()).walk() if part.get_content_type() in _PAGES]
    except RecursionError:
        parts = []
    markups = [_markup(part, source) for part in parts]
    if not markups and data.lstrip()[:1] == b"<":
        # a page that was given the suffix of an archive
        markups = [decode_text(data, source, declared_charset(data))]
    if not markups:
        raise UnreadableFileError(
            "unreadable",
            f"{source}\n  found     no page in it\n  expected  a page saved as a web archive\n"
            "  to do     open the page in a browser and save it as HTML",
        )
    return document_of(markups, source, format)


def _markup(part: Message, source: str) -> str:
    content = part.get_payload(decode=True)
    page = content if isinstance(content, bytes) else b""
    return decode_text(page, source, part.get_content_charset() or declared_charset(page))
