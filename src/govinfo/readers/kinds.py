"""The kind of a file, told by its bytes.

Suffixes lie: a web page is saved as .doc, a Word file is renamed to .wps, a scan is called .txt. The name only tells
apart what has the same bytes: text from markdown and lists with commas, the files of WPS from those of Word and Excel.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

from govinfo.readers.charset import utf16_text
from govinfo.readers.markup import has_markup_left, is_lines_with_markup, is_page
from govinfo.readers.ole import SIGNATURE, top_streams

# How much of a file is looked at to tell text from web pages and from binary data.
_SNIFFED = 65_536
_PREFIXES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"\x89PNG", "binary"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"MSCF\0", "archive"),
    (b"\x7fELF", "executable"),
    (b"\xcf\xfa\xed\xfe", "executable"),
    (b"\xca\xfe\xba\xbe", "executable"),
    (b"ID3", "media"),
    (b"OggS", "media"),
    (b"fLaC", "media"),
    (b"\x1aE\xdf\xa3", "media"),
    (b"FLV\x01", "media"),
    (b"0&\xb2u\x8ef\xcf\x11", "media"),
    (b"%!PS", "postscript"),
    (b"SQLite format 3\0", "binary"),
    (b"PAR1", "binary"),
)
_SURE = ("image", "postscript")
_OOXML = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_MAIN_PARTS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
    "ppt/presentation.xml": "pptx",
    "ofd.xml": "ofd",
}
_CONTENT_TYPES = {
    b"wordprocessingml.document.main": "docx",
    b"wordprocessingml.template.main": "docx",
    b"ms-word.document.macroenabled.main": "docx",
    b"spreadsheetml.sheet.main": "xlsx",
    b"ms-excel.sheet.macroenabled.main": "xlsx",
    b"presentationml.presentation.main": "pptx",
}
_MIMETYPES = {
    b"application/epub+zip": "epub",
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument": "odf",
}
_OPEN = ("odt", "ods")
# what zipfile and its unpackers raise on damaged bytes; RuntimeError is what it says of a missing password
_UNPACKING = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
ZIP_DAMAGE = (*_UNPACKING, NotImplementedError, RuntimeError, IndexError, KeyError)
# A package of an office file has fewer members; the directory of a bigger zip file is not read.
_MOST_DIRECTORY = 4 * 1024 * 1024
_MOST_TYPES = 1024 * 1024
_WPS = (".wps", ".wpt")
_ET = (".et", ".ett")
_MARKDOWN = (".md", ".markdown")
_LISTS = (".csv", ".tsv")
# names of files that are read line by line, whatever tables they have in them
_LINES = (*_MARKDOWN, ".txt", ".text", "")

_BLANK = b" \t\r\n\f\v\0"
_UTF8_BOM = b"\xef\xbb\xbf"
_OTHER_XML = re.compile(rb"\s*(?:<\?xml|<svg\b|<!doctype\s+svg)", re.IGNORECASE)
_MAIL_HEAD = 16_384
_MIME_HEAD = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n){0,60}?MIME-Version:\s*1", re.IGNORECASE)
_MIME_TYPE = re.compile(rb"^Content-Type:\s*(?:multipart/|text/html)", re.IGNORECASE | re.MULTILINE)
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r\f\v\x1a\x1b")


def kind_of(data: bytes, name: str) -> str:
    """The kind of the file with these bytes.

    Parameters
    ----------
    data : the whole file.
    name : its name; only the suffix is looked at, and only where bytes cannot tell.

    Returns
    -------
    str
        `empty`; a format that has a reader: `txt` `md` `csv` `html` `mht` `docx` `xlsx` `pdf` `doc` `xls` `wps` `et`
        `rtf` `odt` `ods` `image`, `marked_txt` and `marked_md` (plain lines with markup left in them); `encrypted` (an
        office file with a password); or what no reader takes: `ofd` `archive` `pptx` `ppt` `xlsb` `odf` `epub` `xml`
        `postscript` `executable` `media` `ole` `binary`.
    """
    if not data.removeprefix(_UTF8_BOM).strip(_BLANK):
        return "empty"
    suffix = PurePosixPath(name.lower()).suffix
    if data.startswith(SIGNATURE):
        return _ole_kind(data, suffix)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(data)
    return _binary_kind(data) or _text_kind(data, suffix)


def _ole_kind(data: bytes, suffix: str) -> str:
    """Word, Excel and WPS files differ in the streams at the top of their directory."""
    streams = {name.lower(): start for name, start in top_streams(data).items()}
    if "encryptedpackage" in streams:
        return "encrypted"
    if "worddocument" in streams:
        if _needs_password(streams["worddocument"]):
            return "encrypted"
        return "wps" if suffix in _WPS else "doc"
    if "workbook" in streams or "book" in streams:
        return "et" if suffix in _ET else "xls"
    if "powerpoint document" in streams:
        return "ppt"
    if "matost" in streams or suffix in _WPS:
        return "wps"
    if suffix in _ET:
        return "et"
    # a directory that cannot be read at all: the converter may still make something of it, or say that it cannot
    return "ole" if streams or suffix not in (".doc", ".xls") else suffix[1:]


def _needs_password(document: bytes) -> bool:
    """Whether a Word file says in its head that its text is encrypted.

    Workbooks are left to the converter: many are encrypted with a password that every program knows.
    """
    return len(document) > 12 and bool(struct.unpack_from("<H", document, 10)[0] & 0x0100)


def _zip_kind(data: bytes) -> str:
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if end < 0 or end + 22 > len(data):
        return _cut_zip_kind(data)
    if struct.unpack_from("<I", data, end + 12)[0] > _MOST_DIRECTORY:
        return "archive"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _package_kind(package)
    except ZIP_DAMAGE:
        return _cut_zip_kind(data)


def _package_kind(package: zipfile.ZipFile) -> str:
    members = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in package.infolist()}
    mimetype = _begin(package, members.get("mimetype"), 200)
    for kind_type, kind in _MIMETYPES.items():
        if mimetype.startswith(kind_type):
            manifest = _begin(package, members.get("meta-inf/manifest.xml"), _MOST_TYPES) if kind in _OPEN else b""
            return "encrypted" if b"encryption-data" in manifest else kind
    for name, kind in _MAIN_PARTS.items():
        if name in members:
            return kind
    # the main part may bear another name: then only the list of content types says what it is
    types = _begin(package, members.get("[content_types].xml"), _MOST_TYPES).lower()
    return next((kind for told, kind in _CONTENT_TYPES.items() if told in types), "archive")


def _begin(package: zipfile.ZipFile, member: zipfile.ZipInfo | None, length: int) -> bytes:
    """The first bytes of a member, none where it is absent, encrypted or damaged."""
    if member is None or member.flag_bits & 1:
        return b""
    try:
        with package.open(member) as stream:
            return stream.read(length)
    except ZIP_DAMAGE:
        return b""


def _cut_zip_kind(data: bytes) -> str:
    """What a zip file was before its end was lost, by the names that stand before its members."""
    at, found = 0, "archive"
    while (at := data.find(b"PK\x03\x04", at)) >= 0 and at + 30 <= len(data):
        (length,) = struct.unpack_from("<H", data, at + 26)
        name = data[at + 30 : at + 30 + length].decode("utf-8", errors="replace").replace("\\", "/").lower()
        for folder, kind in _OOXML.items():
            if name.startswith(folder):
                return kind
        if name == "ofd.xml":
            return "ofd"
        if name == "[content_types].xml" or name.startswith("_rels/"):
            # an office file for certain; of which kind is not known yet
            found = "docx"
        at += 30
    return found


def _binary_kind(data: bytes) -> str | None:
    """The kind of what is not text, None for text and for data that nothing is known of."""
    for prefix, kind in _PREFIXES:
        # a text may well begin with three letters that an audio file begins with too
        if data.startswith(prefix) and (kind in _SURE or _ascii_part(data) is None or not prefix.isascii()):
            return kind
    if (
        data.startswith(b"BM")
        and len(data) > 26
        and struct.unpack_from("<I", data, 14)[0] in (12, 40, 52, 56, 108, 124)
    ):
        return "image"
    if data.startswith(b"RIFF") and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "image" if data[8:12] == b"WEBP" else "media"
    if data[4:8] == b"ftyp" and data.startswith(b"\0\0"):
        return "image" if data[8:12] in (b"heic", b"heix", b"mif1", b"avif") else "media"
    if data[257:262] == b"ustar":
        return "archive"
    if data.startswith(b"MZ") and b"\0" in data[:512]:
        return "executable"
    return "pdf" if _is_pdf(data) else None


def _is_pdf(data: bytes) -> bool:
    """Whether the mark of a PDF stands at the beginning, or behind a little junk and before what only a PDF has."""
    at = data.find(b"%PDF-", 0, 1024)
    if at <= 0 or not data[:at].removeprefix(_UTF8_BOM).strip(_BLANK):
        return at >= 0
    return b"endobj" in data and b"startxref" in data


def _text_kind(data: bytes, suffix: str) -> str:
    start = _ascii_part(data)
    if start is None:
        return "binary"
    head = start.lstrip()
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if _MIME_HEAD.match(head[:_MAIL_HEAD]) and _MIME_TYPE.search(head[:_MAIL_HEAD]):
        return "mht"
    plain = _plain_kind(suffix)
    if suffix in _LINES and is_lines_with_markup(start, markdown=plain == "md"):
        return f"marked_{plain}"
    if is_page(start, data):
        return "html"
    if _OTHER_XML.match(start):
        return "xml"
    return f"marked_{plain}" if plain != "csv" and has_markup_left(start) else plain


def _plain_kind(suffix: str) -> str:
    if suffix in _MARKDOWN:
        return "md"
    return "csv" if suffix in _LISTS else "txt"


def _ascii_part(data: bytes) -> bytes | None:
    """The beginning of a text with its ASCII characters as single bytes; None for data that is no text.

    In UTF-8 and in GB18030 no byte of a longer character is a `<`, so tags can be looked for in the bytes themselves.
    """
    head = data[:_SNIFFED]
    encoding = _utf16(head)
    if encoding:
        even = head[: len(head) // 2 * 2]
        return even.decode(encoding, errors="replace").lstrip("\ufeff").encode("utf-8", errors="replace")
    head = head.removeprefix(_UTF8_BOM)
    controls = len(head) - len(head.translate(None, _CONTROL))
    if controls * 100 <= len(head):
        return head
    # wide characters alone leave no zero bytes
    wide = utf16_text(head[: len(head) // 2 * 2])
    return None if wide is None else wide.encode()


def _utf16(head: bytes) -> str | None:
    """The UTF-16 that a text is in: by its mark, or by the zero bytes of its ASCII characters where it has none."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = head[:256]
    if len(start) >= 8 and start[1::2].count(0) * 10 > len(start) * 4 and 0 not in start[::2]:
        return "utf-16-le"
    if len(start) >= 8 and start[::2].count(0) * 10 > len(start) * 4 and 0 not in start[1::2]:
        return "utf-16-be"
    return None
