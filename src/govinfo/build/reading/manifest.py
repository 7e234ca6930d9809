"""The manifest beside the raw reports: where each came from, and what is known better than the text says."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from govinfo.build.reading.inputs import open_input
from govinfo.errors import ManifestError, UnreadableFileError

MANIFEST = "manifest.csv"
_MOST_BYTES = 500 * 1024 * 1024
# a file's folder and those above it in which its manifest may lie
_MOST_UP = 4
_PLACE = ("township", "county", "city", "province")


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One line of the manifest; what it leaves empty is None."""

    file: str
    url: str | None = None
    retrieved_on: date | None = None
    note: str | None = None
    township: str | None = None
    county: str | None = None
    city: str | None = None
    province: str | None = None
    year: int | None = None


def read_manifest(folder: Path) -> Mapping[str, ManifestEntry]:
    """The manifest of a folder of raw reports, by file; empty where there is none.

    The file is UTF-8 CSV with a head; `file` is a path relative to the folder. Known columns: file, url,
    retrieved_on (YYYY-MM-DD), note, township, county, city, province, year; others are for people.

    Raises
    ------
    ManifestError
        It is no UTF-8 text, there is no `file` column, a file stands twice, or a year or a date cannot be read;
        the message names the line.
    """
    path = folder / MANIFEST
    if not os.path.lexists(path):
        return {}
    entries: dict[str, ManifestEntry] = {}
    for line, name, row in _rows(path):
        if name in entries:
            raise _error(line, f"{name} a second time", "each file once")
        entries[name] = _entry(name, row, line)
    return entries


def line_of(folder: Path, file: str) -> int | None:
    """The line of the folder's manifest that speaks of `file`, for messages."""
    return next((line for line, name, _ in _rows(folder / MANIFEST) if name == file), None)


def _rows(path: Path) -> Iterator[tuple[int, str, Mapping[str, str | None]]]:
    """The lines of a manifest that name a file: the line's number, the name, the cells by their heads."""
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    try:
        if "file" not in (reader.fieldnames or ()):
            raise _error(1, str(reader.fieldnames), "a column `file`")
        for row in reader:
            name = (row.get("file") or "").strip().replace("\\", "/")
            if name:
                yield reader.line_num, name, row
    except csv.Error as error:
        raise _error(reader.line_num + 1, str(error), "a line of text between commas") from error


def manifest_line(file: Path) -> Mapping[str, ManifestEntry]:
    """What a manifest says of one file, by the file's own name: the one beside it, else of a folder further up.

    Raises
    ------
    ManifestError
        As `read_manifest`, of the manifest beside the file; others may be anything.
    """
    place = file.absolute()
    for folder in place.parents[:_MOST_UP]:
        try:
            entries = read_manifest(folder)
        except ManifestError:
            if folder == place.parent:
                raise
            continue
        if entries:
            entry = entries.get(place.relative_to(folder).as_posix())
            return {} if entry is None else {file.name: entry}
    return {}


def _text(path: Path) -> str:
    try:
        with open_input(str(path), MANIFEST, _MOST_BYTES) as stream:
            return stream.read().decode("utf-8-sig")
    except UnreadableFileError as error:
        raise ManifestError(str(error)) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise _error(
            line, "bytes that are no UTF-8", "a file saved as CSV UTF-8 (Excel offers it by that name)"
        ) from error


def _entry(name: str, row: Mapping[str, str | None], line: int) -> ManifestEntry:
    text = {key: (row.get(key) or "").strip() or None for key in ("url", "note", *_PLACE)}
    return ManifestEntry(
        file=name,
        url=text["url"],
        note=text["note"],
        township=text["township"],
        county=text["county"],
        city=text["city"],
        province=text["province"],
        retrieved_on=_date(row.get("retrieved_on"), line),
        year=_year(row.get("year"), line),
    )


def _date(text: str | None, line: int) -> date | None:
    if not text or not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise _error(line, f"retrieved_on {text!r}", "a date as YYYY-MM-DD") from None


def _year(text: str | None, line: int) -> int | None:
    if not text or not text.strip():
        return None
    if not (text.strip().isascii() and text.strip().isdigit() and len(text.strip()) == 4):
        raise _error(line, f"year {text!r}", "a year of four digits")
    return int(text)


def _error(line: int, found: str, expected: str) -> ManifestError:
    return ManifestError(
        f"{MANIFEST}:{line}\n  found     {found}\n  expected  {expected}\n  to do     correct this line of the manifest"
    )
