"""A table saved as a list with commas, semicolons or tabs → Document: one row of cells a record."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from govinfo.errors import UnreadableFileError
from govinfo.place import Place
from govinfo.readers.caps import capped
from govinfo.readers.charset import decode_text
from govinfo.readers.document import Cell, Document
from govinfo.readers.plain.text import without_text

_SEPARATORS = ",;\t，"


def read_csv(data: bytes, source: str, format: str = "txt") -> Document:
    """The document in the bytes of a list with separators; what stands between quotes is one cell.

    Parameters
    ----------
    data : the file's bytes, UTF-8, UTF-16 with a byte order mark, or GB18030.
    source : the file's name as locators show it.

    Raises
    ------
    UnreadableFileError
        `empty` where there is no text; `unreadable` where the bytes are in no known encoding, or quotes do not match;
        `too_large` where it has more cells than any report.
    """
    text = decode_text(data, source).replace("\r\n", "\n").replace("\r", "\n")
    try:
        cells = tuple(capped(_cells(text, _separator(text), source), source))
    except csv.Error as error:
        raise UnreadableFileError(
            "unreadable",
            f"{source}\n  found     a list with separators that cannot be read ({error})\n"
            "  expected  one record a line\n  to do     save the original anew as .xlsx",
        ) from error
    if not any(cell.text for cell in cells):
        raise without_text(source)
    return Document(source, format, cells)


def _separator(text: str) -> str:
    """The separator that most lines have; a comma where there is none."""
    counts = Counter(mark for line in text.split("\n")[:500] for mark in set(_SEPARATORS) & set(line))
    return max(_SEPARATORS, key=lambda mark: counts[mark])


def _cells(text: str, separator: str, source: str) -> Iterator[Cell]:
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    row = 0
    line = 1
    for record in reader:
        place = Place(source, line=line)
        line = reader.line_num + 1
        filled = [part.strip() for part in record if part.strip()]
        if len(filled) == 1 and record[0].strip():
            # a sheet's title or a paragraph: the empty cells behind it only fill the line up
            yield Cell(filled[0], place)
        elif filled:
            for column, part in enumerate(record):
                yield Cell(part.strip(), place, row, column)
            row += 1
