"""Zip packages of office files, opened without trust: sizes are capped before anything is unpacked or parsed."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from govinfo.errors import UnreadableFileError
from govinfo.readers.kinds import ZIP_DAMAGE

# A report unpacks to a few megabytes; its pictures are never unpacked.
MAX_MEMBERS = 10_000
MAX_MEMBER_BYTES = 100 * 1024 * 1024
MAX_TOTAL_BYTES = 200 * 1024 * 1024

_CHUNK = 1024 * 1024
_ENCRYPTED = 0x1
_STRICT = b"http://purl.oclc.org/ooxml/"
# What Word calls the same names in a document saved as strict Open XML, and where it is not just another host.
_TRANSITIONAL = (
    (_STRICT + b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (_STRICT + b"spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (
        _STRICT + b"officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (_STRICT + b"officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


@dataclass(frozen=True)
class Archive:
    """The members of a zip package by name; `left` is how many bytes may still be unpacked."""

    source: str
    package: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]
    left: list[int]


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part of a package points to: the last word of the relation's type, and the target's name."""

    kind: str
    target: str
    external: bool


def open_archive(data: bytes, source: str) -> Archive:
    """The zip package in `data`.

    Raises
    ------
    UnreadableFileError
        `unreadable` where it is no zip file or a broken one, `too_large` where it says that it unpacks to more
        than the caps.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        members = package.infolist()
    except ZIP_DAMAGE as error:
        raise broken(source, f"a zip file that cannot be opened ({error})") from error
    if len(members) > MAX_MEMBERS:
        raise too_large(source, f"{len(members)} files in the package", f"at most {MAX_MEMBERS}")
    # some programs write backslashes, and names differ in case from what points to them
    by_name = {member.filename.replace("\\", "/").lstrip("/").lower(): member for member in members}
    return Archive(source, package, by_name, [MAX_TOTAL_BYTES])


def read_member(archive: Archive, name: str) -> bytes | None:
    """The bytes of the member `name`; None where the package has none.

    Raises
    ------
    UnreadableFileError
        `too_large` beyond the caps, whatever the package says of its size; `encrypted`; `unreadable`.
    """
    member = archive.members.get(name.lstrip("/").lower())
    if member is None or member.is_dir():
        return None
    if member.flag_bits & _ENCRYPTED:
        raise UnreadableFileError(
            "encrypted",
            f"{archive.source}\n  found     a package whose `{name}` is encrypted\n"
            "  expected  a file that opens without a password\n  to do     save it anew without a password",
        )
    room = min(MAX_MEMBER_BYTES, archive.left[0])
    chunks: list[bytes] = []
    size = 0
    try:
        with archive.package.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > room:
                    raise too_large(archive.source, f"`{name}` unpacks to more than {room} bytes", f"at most {room}")
                chunks.append(chunk)
    except ZIP_DAMAGE as error:
        raise broken(archive.source, f"`{name}` in the package is damaged ({error})") from error
    archive.left[0] -= size
    return b"".join(chunks)


def read_xml(archive: Archive, name: str) -> etree._Element | None:
    """The root of the XML member `name`; None where the package has none.

    Strict Open XML comes back with the usual (transitional) names.

    Raises
    ------
    UnreadableFileError
        As `read_member`; `unreadable` also for XML that is not well formed or brings its own entities.
    """
    data = read_member(archive, name)
    return None if data is None else parse_xml(data, archive.source, name)


def parse_xml(data: bytes, source: str, name: str) -> etree._Element:
    """The root of the XML in `data`, with no entity resolved and nothing fetched."""
    root = _parse(data, source, name)
    if (root.tag if isinstance(root.tag, str) else "").encode().startswith(b"{" + _STRICT) or _STRICT in data:
        text = etree.tostring(root)
        for strict, usual in _TRANSITIONAL:
            text = text.replace(strict, usual)
        root = _parse(text, source, name)
    return root


def _parse(data: bytes, source: str, name: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise broken(source, f"`{name}` in the package is no XML ({str(error)[:200]})") from error
    if root is None:
        raise broken(source, f"`{name}` in the package is empty")
    if root.getroottree().docinfo.internalDTD is not None:
        # no office program writes one; an entity left unresolved would cut a figure in two
        raise broken(source, f"`{name}` in the package declares its own entities")
    return root


def relations(archive: Archive, part: str) -> dict[str, Relation]:
    """What `part` points to, by id; empty where it points to nothing. The package itself is the part ""."""
    folder, base = posixpath.split(part)
    root = read_xml(archive, posixpath.join(folder, "_rels", f"{base}.rels"))
    found: dict[str, Relation] = {}
    if root is None:
        return found
    for item in root:
        target = item.get("Target") or ""
        external = item.get("TargetMode") == "External"
        if not external:
            target = unquote(posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
        found[item.get("Id") or ""] = Relation((item.get("Type") or "").rpartition("/")[2], target, external)
    return found


def package_title(archive: Archive) -> str | None:
    """The title in the package's properties, None where it has none."""
    try:
        root = read_xml(archive, "docProps/core.xml")
    except UnreadableFileError:
        # damaged properties do not make the text unreadable
        return None
    title = "" if root is None else (root.findtext(_TITLE) or "").strip()
    return title or None


def broken(source: str, found: str) -> UnreadableFileError:
    """The error for a file that is damaged."""
    return UnreadableFileError(
        "unreadable",
        f"{source}\n  found     {found}\n  expected  a file that its own program opens\n"
        "  to do     open the original and save it anew",
    )


def too_large(source: str, found: str, expected: str) -> UnreadableFileError:
    """The error for a file beyond a cap."""
    return UnreadableFileError(
        "too_large",
        f"{source}\n  found     {found}\n  expected  {expected}\n"
        "  to do     look at the file: a report is never that large; save its text alone",
    )
