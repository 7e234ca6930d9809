"""Registers that people keep beside the folder of reports: CSV files that a spreadsheet opens and saves.

What spreadsheets do to a file on the way (the encoding, dates, long numbers) is understood where that is safe; else
the message says what happened and how to save the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from govinfo.build.reading.inputs import open_input
from govinfo.definitions.wording import say, words
from govinfo.errors import RegisterError, UnreadableFileError
from govinfo.text import fold_width

_MOST_BYTES = 500 * 1024 * 1024
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
# so many lines of titles and notes may stand above the head
_MOST_ABOVE = 9
# as people and spreadsheets write it: 2024-03-02, 2024/3/2, 2024.3.2
_DATE = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})")
_DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
# the time of day that a spreadsheet keeps with a day
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_YEARS = range(1900, 2200)
_CORRECT = "correct this line of the file"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a register: where it stands, and its cells by column; what is blank or absent is an empty text."""

    path: Path
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_register(path: Path, columns: Sequence[str], required: Sequence[str]) -> Iterator[Entry]:
    """The lines of a register that are not blank.

    The file is UTF-8 CSV with a head; titles may stand above it. A column is named by its code or by its word in
    Chinese (`registers` in `definitions/words/`); columns that are not in `columns` are for people.

    Raises
    ------
    RegisterError
        It is no UTF-8 text, a required column is missing or stands twice, or a line has more cells than the head;
        the message names the line.
    """
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    try:
        _, head = _head(path, _first_rows(reader), columns, required)
        line = reader.line_num + 1
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells[len(head) :]):
                raise broken(path, line, f"{len(cells)} cells", f"{len(head)}, as many as the head has")
            if any(cells):
                named = zip(head, cells, strict=False)
                yield Entry(path, line, {name: cell for name, cell in named if name is not None})
            line = reader.line_num + 1
    except csv.Error as error:
        to_do = f"{_CORRECT}: a text with a quotation mark in it stands between two, and each in it is doubled"
        raise RegisterError(f"{path}:{reader.line_num}", str(error), "a line of cells between commas", to_do) from error


def read_head(path: Path, text: str, columns: Sequence[str], required: Sequence[str]) -> tuple[int, list[str | None]]:
    """The line of the head (from 1) in the text of a register, and its columns in order; None is one for people.

    Raises
    ------
    RegisterError
        As `read_register`.
    """
    return _head(path, _first_rows(csv.reader(io.StringIO(text, newline=""), strict=True)), columns, required)


def heads(columns: Sequence[str]) -> dict[str, str]:
    """What may stand above a column, in Chinese or as its code, to its code."""
    said = words("registers")
    return {said[f"head_{column}"]: column for column in columns} | {column: column for column in columns}


def needed(entry: Entry, column: str, expected: str) -> str:
    """The text of a cell that must not be blank; `expected` says in an error what stands there.

    Raises
    ------
    RegisterError
        The cell is blank.
    """
    if not entry[column]:
        raise broken(entry.path, entry.line, f"no {column}", expected)
    return entry[column]


def day(entry: Entry, column: str) -> date:
    """The day in a cell, written 2024-03-02 or, as spreadsheets save it, 2024/3/2.

    Raises
    ------
    RegisterError
        The cell holds no such day.
    """
    found = read_day(entry[column])
    if found is not None:
        return found
    raise broken(entry.path, entry.line, f"{column} {entry[column]!r}", "a day as 2024-03-02 or 2024/3/2")


def read_day(text: str) -> date | None:
    """The day that a text says, written 2024-03-02, 2024/3/2, 2024.3.2, 20240302 or 2024年3月2日; None for none.

    Full-width digits and marks are read too; a time of day behind it is left out.
    """
    text = _TIME.sub("", fold_width(text).strip())
    patterns = (_DATE, _DIGITS, *(re.compile(_day_in_words(key)) for key in ("day", "day_spoken")))
    match = next((found for found in (pattern.fullmatch(text) for pattern in patterns) if found), None)
    try:
        if match is not None and int(match["year"]) in _YEARS:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        pass
    return None


def _day_in_words(key: str) -> str:
    """The pattern of a day as officials write it."""
    return say("registers", key, year=r"(?P<year>\d{4})", month=r"(?P<month>\d{1,2})", day=r"(?P<day>\d{1,2})")


def broken(path: Path, line: int, found: str, expected: str) -> RegisterError:
    """The error of one line."""
    return RegisterError(f"{path}:{line}", found, expected, _CORRECT)


def _first_rows(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """The first lines with where they begin: titles may stand above the head."""
    line = reader.line_num + 1
    for row in islice(reader, _MOST_ABOVE + 1):
        yield line, row
        line = reader.line_num + 1


def _head(
    path: Path, rows: Iterator[tuple[int, list[str]]], columns: Sequence[str], required: Sequence[str]
) -> tuple[int, list[str | None]]:
    """The head's line, and its columns in order: the first line that has all that are required."""
    codes = heads(columns)
    first: list[str] = []
    for line, row in rows:
        head = [codes.get(cell.strip()) for cell in row]
        twice = next((column for column in columns if head.count(column) > 1), None)
        if twice is not None:
            raise RegisterError(f"{path}:{line}", f"the column {twice} twice", "each column once", _CORRECT)
        if all(column in head for column in required):
            return line, head
        first = first or row
    found = f"no line with the columns {', '.join(required)}; the first line is {','.join(first)[:200]!r}"
    to_do = f"write these names into the first line, between commas: {','.join(columns)}"
    raise RegisterError(f"{path}:1", found, "a head", to_do)


def read_text(path: Path) -> str:
    """The text of a register.

    Raises
    ------
    RegisterError
        It cannot be read, or is no UTF-8 text.
    """
    try:
        with open_input(str(path), str(path), _MOST_BYTES) as stream:
            data = stream.read(_MOST_BYTES)
    except UnreadableFileError as error:
        raise RegisterError(str(path), str(error), "a readable CSV file", "correct the path, or the file") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        to_do = f"save it anew: {say('registers', 'save_as')}"
        raise RegisterError(f"{path}:{line}", _encoding(data), "a file saved as CSV UTF-8", to_do) from error
    return text


def _encoding(data: bytes) -> str:
    """What the bytes are instead of UTF-8."""
    if data.startswith(_UTF16):
        return "UTF-16 text, which spreadsheets call Unicode text"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "bytes that are no UTF-8"
    return "GBK text, as Excel in Chinese saves a CSV file unless told otherwise"
