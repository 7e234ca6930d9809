"""Bytes → Document, one format a file; readers know nothing of the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import cast

from govinfo.errors import UnreadableFileError
from govinfo.readers.document import Cell, Document
from govinfo.readers.kinds import kind_of

__all__ = ["Cell", "Document", "read_document"]

Reader = Callable[[bytes, str, str], Document]

# Where the reader of each kind lives; it is imported when the first file of that kind comes.
_READERS: Mapping[str, tuple[str, str]] = {
    "txt": ("govinfo.readers.plain.text", "read_text"),
    "md": ("govinfo.readers.plain.text", "read_text"),
    "marked_txt": ("govinfo.readers.plain.marked_text", "read_marked_text"),
    "marked_md": ("govinfo.readers.plain.marked_text", "read_marked_text"),
    "csv": ("govinfo.readers.plain.csv_text", "read_csv"),
    "html": ("govinfo.readers.web.html", "read_html"),
    "mht": ("govinfo.readers.web.mht", "read_mht"),
    "docx": ("govinfo.readers.word.docx", "read_docx"),
    "xlsx": ("govinfo.readers.sheets.xlsx", "read_xlsx"),
    "pdf": ("govinfo.readers.pdf.pdf", "read_pdf"),
    "doc": ("govinfo.readers.legacy", "read_legacy"),
    "wps": ("govinfo.readers.legacy", "read_legacy"),
    "xls": ("govinfo.readers.legacy", "read_legacy"),
    "et": ("govinfo.readers.legacy", "read_legacy"),
    "rtf": ("govinfo.readers.legacy", "read_legacy"),
    "odt": ("govinfo.readers.legacy", "read_legacy"),
    "ods": ("govinfo.readers.legacy", "read_legacy"),
    "image": ("govinfo.readers.scan.image", "read_image"),
}
# The contract's code of the format, where it is not that of the kind.
_FORMATS = {"csv": "txt", "marked_txt": "txt", "marked_md": "md"}
_EXPECTED = "a text, web page, PDF, Word, WPS or Excel file, or a picture of one"
_SAVE = "save it as .docx or .pdf and load again"
# What a kind without a reader is, and what to do about it.
_REFUSED: Mapping[str, tuple[str, str]] = {
    "ofd": ("an OFD file", "convert it to PDF (every OFD viewer can print to PDF) and load again"),
    "archive": ("an archive (zip, rar, 7z, gz or tar)", "unpack it and put the files in the folder"),
    "pptx": ("a PowerPoint presentation", _SAVE),
    "ppt": ("an old PowerPoint presentation", _SAVE),
    "xlsb": ("a binary Excel workbook (.xlsb)", "save it as .xlsx and load again"),
    "odf": ("an OpenDocument file that is neither text nor sheet (.odp, .odg)", _SAVE),
    "epub": ("an electronic book (.epub)", _SAVE),
    "xml": ("XML that is no web page", _SAVE),
    "postscript": ("a PostScript file", "convert it to PDF and load again"),
    "executable": ("a program", "take it out of the folder; reports are never programs"),
    "media": ("sound or video", "take it out of the folder"),
    "ole": ("an old office file of an unknown program", _SAVE),
    "binary": (
        "data of an unknown kind",
        "open it with the program that it was made with and save it as .docx or .pdf",
    ),
}


def read_document(path: Path, source: str | None = None, data: bytes | None = None) -> Document:
    """The document in the file at `path`.

    Parameters
    ----------
    path : the file; its bytes say which reader it goes to, whatever its suffix.
    source : the name that locators show; by default the file's name.
    data : the file's bytes, where the caller has them already.

    Raises
    ------
    UnreadableFileError
        `empty`, `encrypted` or `unsupported_format`, with what to do in the message; and what the reader raises.
    """
    source = path.name if source is None else source
    data = path.read_bytes() if data is None else data
    kind = kind_of(data, path.name)
    reader = _reader(kind, source)
    return reader(data, source, _FORMATS.get(kind, kind))


def _reader(kind: str, source: str) -> Reader:
    if kind == "empty":
        raise _refused("empty", source, "no text in it: the file is empty", "get the file again")
    if kind == "encrypted":
        raise _refused(
            "encrypted", source, "an office file with a password", "open it, save it without a password and load again"
        )
    if kind not in _READERS:
        what, to_do = _REFUSED[kind]
        raise _refused("unsupported_format", source, what, to_do)
    module, function = _READERS[kind]
    try:
        return cast(Reader, getattr(import_module(module), function))
    except ModuleNotFoundError as error:
        found = f"a file of the kind `{kind}`; its reader needs `{error.name}`, which is not installed"
        raise _refused("unsupported_format", source, found, f"install `{error.name}`, or {_SAVE}") from error


def _refused(reason: str, source: str, found: str, to_do: str) -> UnreadableFileError:
    return UnreadableFileError(reason, f"{source}\n  found     {found}\n  expected  {_EXPECTED}\n  to do     {to_do}")
