"""Bytes → Document, one format a file; readers know nothing of the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from govinfo.errors import UnreadableFileError
from govinfo.readers.document import Cell, Document
from govinfo.readers.text import read_text

__all__ = ["Cell", "Document", "read_document"]

_READERS: Mapping[str, tuple[str, Callable[[bytes, str, str], Document]]] = {
    ".txt": ("txt", read_text),
    ".text": ("txt", read_text),
    ".md": ("md", read_text),
    ".markdown": ("md", read_text),
}


def read_document(path: Path, source: str | None = None, data: bytes | None = None) -> Document:
    """The document in the file at `path`.

    Parameters
    ----------
    path : the file; its suffix says which reader it goes to.
    source : the name that locators show; by default the file's name.
    data : the file's bytes, where the caller has them already.

    Raises
    ------
    UnreadableFileError
        `unsupported_format`, `empty` or `unreadable`, with what to do in the message.
    """
    source = path.name if source is None else source
    entry = _READERS.get(path.suffix.lower())
    if entry is None:
        raise UnreadableFileError(
            "unsupported_format",
            f"{source}\n  found     a file of type `{path.suffix or 'no suffix'}`\n"
            f"  expected  one of {', '.join(_READERS)}\n  to do     save it as text and load again",
        )
    format, reader = entry
    return reader(path.read_bytes() if data is None else data, source, format)
