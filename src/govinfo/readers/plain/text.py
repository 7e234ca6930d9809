"""Plain text and markdown → Document.

Tables come as rows of cells between pipes or tabs, or as one cell a line (followed by a pipe, after a tab,
or bare). A row keeps its empty cells, for they say where figures stand; blank lines between cells say
nothing and are dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from govinfo.errors import UnreadableFileError
from govinfo.place import Place
from govinfo.readers.charset import decode_text
from govinfo.readers.document import Cell, Document

_RULER = re.compile(r"^\s*\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)*\|?\s*$")
_SHORT_RULER = re.compile(r"^\s*\|\s*:?-{1,2}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$")
_ONLY_PIPES = re.compile(r"^[\s|]*\|[\s|]*$")
_HEADING_MARK = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$")
# From so many rows with a pipe at both ends on, a row without its last pipe is a torn one.
_FRAMED_ROWS = 3
# From this share of rows that end in a pipe on, a row that does not is a torn one.
_ENDED = 0.9
_FIGURE = re.compile(r"^\s*[+\-]?[0-9０-９]+(?:[.．,，][0-9０-９]+)*\s*$")


def read_text(data: bytes, source: str, format: str = "txt") -> Document:
    """The document in the bytes of a text or markdown file.

    Parameters
    ----------
    data : the file's bytes, in any encoding that `decode_text` knows.
    source : the file's name as locators show it.

    Raises
    ------
    UnreadableFileError
        `empty` where there is no text; `unreadable` where the bytes are in no known encoding.
    """
    lines, numbers = read_lines(decode_text(data, source))
    cells = tuple(in_file(text_cells(lines, source), numbers))
    if not any(cell.text for cell in cells):
        raise without_text(source)
    return Document(source, format, cells)


def text_lines(text: str) -> list[str]:
    """The lines of a text as locators count them, and editors too: a page mark ends none."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def read_lines(text: str) -> tuple[list[str], list[int]]:
    """The lines of a text as they are read, and for each the number of its line as locators count them.

    What stands before and behind a page mark is read as two lines with a blank one between them.
    """
    pieces = [(piece, number) for number, line in enumerate(text_lines(text), 1) for piece in _at_page_marks(line)]
    return [piece for piece, _ in pieces], [number for _, number in pieces]


def _at_page_marks(line: str) -> list[str]:
    return line.replace("\f", "\n\n").split("\n")


def in_file(cells: Iterable[Cell], numbers: Sequence[int]) -> Iterator[Cell]:
    """The cells, each in the line of the file whose number `numbers` gives for the line that was read."""
    for cell in cells:
        line = cell.place.line
        number = None if line is None else numbers[line - 1]
        # in most files no line moves
        yield cell if number == line else replace(cell, place=replace(cell.place, line=number))


def without_text(source: str) -> UnreadableFileError:
    """The error for a file of text in which nothing is printed."""
    return UnreadableFileError(
        "empty",
        f"{source}\n  found     no text in it\n  expected  the text of a report\n"
        "  to do     look at the original and get the file again",
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """Whether the pipe at the beginning, and the one at the end of a row are its frame and no cell's border."""

    first: bool
    last: bool


_FRAMED = _Frame(first=True, last=True)


@dataclass
class _State:
    """What the lines before say of the next.

    How many rows came so far, whether a cell awaits its pipe, how many lines with pipes came together, and how many
    pipes the row right above has.
    """

    rows: int = 0
    awaits_pipe: bool = False
    pipe_lines: int = 0
    row_pipes: int = 0

    def next_row(self) -> int:
        self.rows += 1
        return self.rows - 1


def text_cells(lines: list[str], source: str) -> Iterator[Cell]:
    """The cells of lines of text, the first of which is the first of the source."""
    state = _State()
    grouped = _tab_groups_are_rows(lines)
    framed = sum(1 for line in lines if _is_framed(line)) >= _FRAMED_ROWS
    usual = _usual_pipes(lines)
    frame = _frame_of(lines)
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
        place = Place(source, line=number + 1)
        if number + 1 < len(lines) and _is_torn(line, lines[number + 1], framed, usual):
            # the break stays in the cell: nobody knows whether 2 and 0 were one figure
            line = f"{line.rstrip()}\n{lines[number + 1].strip()}"
            number += 1
        yield from _line_cells(line, place, state, frame)
        state.pipe_lines = state.pipe_lines + 1 if "|" in line else 0
        if not _ONLY_PIPES.match(line):
            state.row_pipes = line.count("|")
        number += 1


def _is_framed(line: str) -> bool:
    return line.count("|") > 2 and line.lstrip().startswith("|") and line.rstrip().endswith("|")


def _usual_pipes(lines: list[str]) -> frozenset[int]:
    """How many pipes rows have that end in one, where several have as many and hardly a row ends otherwise."""
    rows = [line.strip() for line in lines if line.count("|") > 1]
    ended = Counter(row.count("|") for row in rows if row.endswith("|"))
    if ended.total() < _ENDED * len(rows):
        return frozenset()
    return frozenset(count for count, times in ended.items() if times >= _FRAMED_ROWS)


def _is_torn(line: str, following: str, framed: bool, usual: frozenset[int]) -> bool:
    """Whether a row of the table goes on in the next line, cut within a cell."""
    first, rest = line.strip(), following.strip()
    if first.endswith("|") or not rest.endswith("|") or rest.startswith("|") or "|" not in first:
        return False
    pipes = first.count("|"), rest.count("|")
    if framed and first.startswith("|"):
        return True
    return bool(usual) and (pipes[1] == 1 or (sum(pipes) in usual and pipes[1] not in usual))


def _line_cells(line: str, place: Place, state: _State, frame: _Frame) -> Iterator[Cell]:
    """The cells of one line by itself."""
    if not line.strip() and "\t" not in line:
        return
    if _RULER.match(line) or (state.pipe_lines == 1 and _SHORT_RULER.match(line)):
        # the ruler under a markdown head; elsewhere one or two dashes are what a cell says
        return
    if _ONLY_PIPES.match(line) and not 2 < line.count("|") == state.row_pipes:
        yield from _lone_pipes(line.count("|"), place, state)
        return
    heading = _HEADING_MARK.match(line)
    text = heading.group(1) if heading else line
    if "|" in text:
        parts = _pipe_parts(text, frame)
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


def _pipe_parts(text: str, frame: _Frame) -> list[str]:
    """The cells between the pipes of one line, without its frame."""
    text = text.strip()
    if frame.first:
        text = text.removeprefix("|")
    if frame.last:
        text = text.removesuffix("|")
    return [part.strip() for part in text.split("|")]


def _frame_of(lines: list[str]) -> _Frame:
    """The frame of the rows with pipes.

    A pipe at the beginning or the end of a row is its frame, or it parts an empty cell from the next: whichever gives
    more rows of one width, else whichever most rows show. All rows of a document are asked together: those below a
    page break may be few, and one of them damaged.
    """
    rows = [line.strip() for line in lines if line.count("|") > 1 and not _ONLY_PIPES.match(line)]
    if not rows:
        return _FRAMED

    def usual(side: str) -> bool:
        return 2 * sum(1 for row in rows if (row.startswith("|") if side == "first" else row.endswith("|"))) >= len(
            rows
        )

    def alike(frame: _Frame) -> int:
        return Counter(len(_pipe_parts(row, frame)) for row in rows).most_common(1)[0][1]

    shown = _Frame(usual("first"), usual("last"))
    best = max((_Frame(first, last) for first in (True, False) for last in (True, False)), key=alike)
    return best if alike(best) > alike(shown) and len(rows) >= _FRAMED_ROWS else shown


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
