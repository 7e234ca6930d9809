"""Plain text and markdown → Document.

Tables come as rows of cells between pipes or tabs, or as one cell a line (followed by a pipe, after a tab,
or bare). A row keeps its empty cells, for they say where figures stand; blank lines between cells say
nothing and are dropped.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from govinfo.errors import UnreadableFileError
from govinfo.place import Place
from govinfo.readers.document import Cell, Document

_RULER = re.compile(r"^\s*\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?\s*$")
_SHORT_RULER = re.compile(r"^\s*\|\s*:?-{1,2}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$")
_ONLY_PIPES = re.compile(r"^[\s|]*\|[\s|]*$")
_HEADING_MARK = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
_FIGURE = re.compile(r"^\s*[+\-]?[0-9０-９]+(?:[.．,，][0-9０-９]+)*\s*$")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_text(data: bytes, source: str, format: str = "txt") -> Document:
    """The document in the bytes of a text or markdown file.

    Parameters
    ----------
    data : the file's bytes, UTF-8, UTF-16 with a byte order mark, or GB18030.
    source : the file's name as locators show it.

    Raises
    ------
    UnreadableFileError
        `empty` where there is no text; `unreadable` where the bytes are in no known encoding.
    """
    lines = decode(data, source).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").split("\n")
    cells = tuple(_cells(lines, source))
    if not any(cell.text for cell in cells):
        raise UnreadableFileError("empty", f"{source}: no text in it")
    return Document(source, format, cells)


def decode(data: bytes, source: str) -> str:
    """The text in `data`: by its byte order mark, else as UTF-8, else as GB18030.

    Raises
    ------
    UnreadableFileError
        `unreadable`: the bytes are neither, or hold NUL characters as binary files do.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").lstrip("\ufeff")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise UnreadableFileError(
        "unreadable",
        f"{source}\n  found     bytes that are neither UTF-8 nor GB18030 text\n  expected  a text file\n"
        "  to do     save the original anew as UTF-8 text",
    )


@dataclass
class _State:
    """What the lines before say of the next.

    How many rows came so far, whether a cell awaits its pipe, and how many lines with pipes came together.
    """

    rows: int = 0
    awaits_pipe: bool = False
    pipe_lines: int = 0

    def next_row(self) -> int:
        self.rows += 1
        return self.rows - 1


def _cells(lines: list[str], source: str) -> Iterator[Cell]:
    state = _State()
    grouped = _tab_groups_are_rows(lines)
    number = 0
    while number < len(lines):
        line = lines[number]
        if grouped and _is_indented_cell(line):
            stop = number
            while stop < len(lines) and _is_indented_cell(lines[stop]):
                stop += 1
            yield from _indented_row(lines, number, stop, source, state)
            number = stop
            continue
        yield from _line_cells(line, Place(source, line=number + 1), state)
        state.pipe_lines = state.pipe_lines + 1 if "|" in line else 0
        number += 1


def _line_cells(line: str, place: Place, state: _State) -> Iterator[Cell]:
    """The cells of one line by itself."""
    if not line.strip() and "\t" not in line:
        return
    if _RULER.match(line) or (state.pipe_lines == 1 and _SHORT_RULER.match(line)):
        # the ruler under a markdown head; elsewhere one or two dashes are what a cell says
        return
    if _ONLY_PIPES.match(line):
        yield from _lone_pipes(line.count("|"), place, state)
        return
    heading = _HEADING_MARK.match(line)
    text = heading.group(1) if heading else line
    if "|" in text:
        parts = _pipe_parts(text)
    elif "\t" in text.rstrip("\t") or text.startswith("\t") or text.endswith("\t"):
        parts = [part.strip() for part in text.split("\t")]
    else:
        parts = [text.strip()]
    state.awaits_pipe = len(parts) == 1 and "|" not in text
    if len(parts) == 1:
        yield Cell(parts[0], place)
    elif sum(1 for part in parts if part) == 1 and len(parts) == 2 and parts[0] == "" and "|" not in text:
        # a tab before a single piece of text is an indent, not an empty cell
        yield Cell(parts[1], place)
    else:
        row = state.next_row()
        for column, part in enumerate(parts):
            yield Cell(part, place, row, column)


def _pipe_parts(text: str) -> list[str]:
    """The cells between the pipes of one line; the outer pipes are its frame."""
    text = text.strip()
    text = text.removeprefix("|")
    text = text.removesuffix("|")
    return [part.strip() for part in text.split("|")]


def _lone_pipes(count: int, place: Place, state: _State) -> Iterator[Cell]:
    """The empty cells on a line that holds pipes only.

    The first pipe after a cell without one ends that cell. Several pipes at once are what conversion leaves
    of merged cells, so their empty cells may belong to a label.
    """
    if state.awaits_pipe:
        count -= 1
        state.awaits_pipe = False
    for _ in range(count):
        yield Cell("", place, edge=count > 1)


def _is_indented_cell(line: str) -> bool:
    return line.startswith("\t") and "\t" not in line[1:] and "|" not in line


def _indented_row(lines: list[str], start: int, stop: int, source: str, state: _State) -> Iterator[Cell]:
    """The cells of a row printed as one cell a line, each after a tab."""
    row = state.next_row()
    state.awaits_pipe = False
    for number in range(start, stop):
        yield Cell(lines[number][1:].strip(), Place(source, line=number + 1), row, number - start)


def _tab_groups_are_rows(lines: list[str]) -> bool:
    """Whether lines after a tab that follow one another are the cells of one row.

    They are where most figures share their group with other cells; where each cell stands in a group of
    its own, blank lines separate cells, not rows.
    """
    together = alone = size = figures = 0
    for line in [*lines, ""]:
        if _is_indented_cell(line):
            size += 1
            figures += bool(_FIGURE.match(line))
            continue
        if figures and size > 1:
            together += figures
        else:
            alone += figures
        size = figures = 0
    return together > alone
