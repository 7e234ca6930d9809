"""Workbooks (xlsx, xlsm, xltx) → Document, by reading the XML itself; what is not printed is left out.

Hidden sheets, rows and columns, rows that a filter leaves out among them, are not printed: they may hold another
year's figures or a working copy, so no figure is read from them. What stands in hidden sheets and rows is kept apart
in the document, so that a line of the form that is missing for this reason can be told from one that was never there.
A stretch of rows without a blank one between is a table, or paragraphs: see `sheet_rows`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from govinfo.errors import UnreadableFileError
from govinfo.place import Place
from govinfo.readers.archive import (
    Archive,
    broken,
    open_archive,
    package_title,
    parse_xml,
    read_member,
    read_xml,
    relations,
)
from govinfo.readers.caps import MAX_CELLS, too_many_cells
from govinfo.readers.document import Cell, Document
from govinfo.readers.plain.pasted import unpasted
from govinfo.readers.sheets.number_format import format_code, shown
from govinfo.readers.sheets.rows import Grid, Line, lines_of

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ADDRESS = re.compile(r"^\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_ON = frozenset({"1", "true", "on"})
_OFF = frozenset({"0", "false", "off"})
# Smaller than this, in points of height or characters of width, a row or column shows nothing.
_VISIBLE = 0.5
# How libraries that cannot calculate write a result that nobody worked out yet; programs that can write 0.
_UNTOUCHED = "0.0"


@dataclass(frozen=True)
class _Book:
    """What the sheets of a workbook share: texts, and for each style its number format, borders, struck-out font."""

    texts: list[str]
    formats: list[str]
    bordered: list[bool]
    struck: list[bool]
    from_1904: bool = False
    stale: bool = False


@dataclass
class _State:
    source: str
    cells: list[Cell] = field(default_factory=list)
    rows: int = 0


def read_xlsx(data: bytes, source: str, format: str = "xlsx") -> Document:
    """The document in the bytes of a workbook.

    Raises
    ------
    UnreadableFileError
        `unreadable` where it is damaged or no workbook, `encrypted`, `too_large` beyond the caps of `archive` or
        `MAX_CELLS`, `empty` where no sheet prints anything.
    """
    archive = open_archive(data, source)
    targets = [item.target for item in relations(archive, "").values() if item.kind == "officeDocument"]
    part = next((name for name in (*targets, "xl/workbook.xml") if name.lower() in archive.members), None)
    root = None if part is None else read_xml(archive, part)
    if part is None or root is None or root.tag != f"{S}workbook":
        raise broken(source, "a package without a workbook")
    book = _open_book(archive, part, root)
    state, hidden = _State(source), _State(source)
    for name, sheet, is_shown in _sheets(archive, part, root):
        if is_shown:
            grid = _read_sheet(archive, sheet, book, state)
            _add_sheet(name, grid, state)
            _add_hidden(name, grid, hidden)
        else:
            # whatever a hidden sheet is, it does not make the others unreadable
            with suppress(UnreadableFileError):
                _add_sheet(name, _read_sheet(archive, sheet, book, hidden), hidden)
    if not any(cell.text for cell in state.cells):
        raise UnreadableFileError(
            "empty",
            f"{source}\n  found     a workbook whose sheets print nothing\n  expected  the tables of a report\n"
            "  to do     look at the original: its sheets may be hidden or pictures",
        )
    cells = state.cells if state.rows else unpasted(state.cells, source)
    return Document(source, format, tuple(cells), package_title(archive), tuple(hidden.cells))


def _sheets(archive: Archive, part: str, root: etree._Element) -> Iterator[tuple[str, str, bool]]:
    """Name and part of each sheet in order, and whether it is shown; charts and dialogs are none."""
    targets = relations(archive, part)
    for item in root.iterfind(f"{S}sheets/{S}sheet"):
        found = targets.get(item.get(_RELATION) or "")
        if found is not None and found.kind == "worksheet":
            yield item.get("name") or "", found.target, item.get("state", "visible") == "visible"


def _open_book(archive: Archive, part: str, root: etree._Element) -> _Book:
    beside = {item.kind: item.target for item in relations(archive, part).values() if not item.external}
    texts = read_xml(archive, beside["sharedStrings"]) if "sharedStrings" in beside else None
    styles = read_xml(archive, beside["styles"]) if "styles" in beside else None
    properties, calculation = root.find(f"{S}workbookPr"), root.find(f"{S}calcPr")
    formats, bordered, struck = _styles(styles)
    return _Book(
        [] if texts is None else [_text(item) for item in texts.iterchildren(f"{S}si")],
        formats,
        bordered,
        struck,
        from_1904=properties is not None and properties.get("date1904") in _ON,
        # programs that cannot calculate write 0 and ask for it to be done on opening
        stale=calculation is not None and calculation.get("fullCalcOnLoad") in _ON,
    )


def _styles(root: etree._Element | None) -> tuple[list[str], list[bool], list[bool]]:
    """For each style of a cell its number format, whether it has borders, and whether its font is struck out."""
    if root is None:
        return [], [], []
    own = {_int(item.get("numFmtId")): item.get("formatCode") or "" for item in root.iterfind(f"{S}numFmts/{S}numFmt")}
    borders = [
        any(side.get("style", "none") != "none" for side in item) for item in root.iterfind(f"{S}borders/{S}border")
    ]
    fonts = [_is_on(item.find(f"{S}strike")) for item in root.iterfind(f"{S}fonts/{S}font")]
    styles = list(root.iterfind(f"{S}cellXfs/{S}xf"))
    return (
        [format_code(_int(item.get("numFmtId")), own) for item in styles],
        [_at(borders, _int(item.get("borderId"))) for item in styles],
        [_at(fonts, _int(item.get("fontId"))) for item in styles],
    )


def _at(flags: list[bool], position: int) -> bool:
    return flags[position] if 0 <= position < len(flags) else False


def _is_on(item: etree._Element | None) -> bool:
    return item is not None and item.get("val", "1") in _ON


def _int(text: str | None, default: int = 0) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 9 else default


def _text(item: etree._Element) -> str:
    """A text with its runs; sounds written above it are left out, raised and struck figures marked."""
    parts = []
    for child in item:
        if child.tag == f"{S}t":
            parts.append(child.text or "")
        elif child.tag == f"{S}r":
            text = child.findtext(f"{S}t") or ""
            raised = child.find(f"{S}rPr/{S}vertAlign")
            if any(char.isdigit() for char in text):
                # a raised 2 or a struck 5 must not end up in a figure
                text = f"^{text}" if raised is not None and raised.get("val") != "baseline" else text
                text = f"~~{text}~~" if _is_on(child.find(f"{S}rPr/{S}strike")) else text
            parts.append(text)
    text = _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), "".join(parts))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_sheet(archive: Archive, part: str, book: _Book, state: _State) -> Grid:
    """What a sheet prints: only the cells that the file names are looked at, however far apart they stand."""
    data = read_member(archive, part)
    if data is None:
        raise broken(state.source, f"a workbook without its sheet `{part}`")
    root = parse_xml(data, state.source, part)
    grid = Grid()
    view = root.find(f"{S}sheetViews/{S}sheetView")
    zeros = view is None or view.get("showZeros") not in _OFF
    default = root.find(f"{S}sheetFormatPr")
    unless_said = default is not None and default.get("zeroHeight") in _ON
    for item in islice(root.iterfind(f"{S}cols/{S}col"), _LAST_COLUMN):
        if item.get("hidden") in _ON or _is_too_small(item.get("width")):
            grid.hidden_columns.append((_int(item.get("min"), 1), _int(item.get("max"), 1)))
    row, seen = 0, 0
    for line in root.iterfind(f"{S}sheetData/{S}row"):
        row = _int(line.get("r"), row + 1)
        hidden = line.get("hidden") in _ON or _is_too_small(line.get("ht"))
        if hidden or (unless_said and line.get("hidden") is None and line.get("ht") is None):
            grid.hidden_rows.add(row)
        seen += len(line)
        if seen + len(state.cells) > MAX_CELLS:
            raise too_many_cells(state.source)
        _read_line(line, row, book, zeros, grid)
    for item in root.iterfind(f"{S}mergeCells/{S}mergeCell"):
        first, _, last = (item.get("ref") or "").partition(":")
        start, stop = _address(first), _address(last or first)
        if start is not None and stop is not None and start[0] <= stop[0] and start[1] <= stop[1]:
            grid.merged.append((*start, *stop))
    return grid


def _is_too_small(size: str | None) -> bool:
    try:
        return size is not None and float(size) < _VISIBLE
    except ValueError:
        return False


def _read_line(line: etree._Element, row: int, book: _Book, zeros: bool, grid: Grid) -> None:
    """The cells of a row; `zeros`: the sheet shows its zeros."""
    column = 0
    for item in line.iterchildren(f"{S}c"):
        place = _address(item.get("r") or "")
        column = column + 1 if place is None else place[1]
        if not (1 <= row <= _LAST_ROW and 1 <= column <= _LAST_COLUMN):
            continue
        style = _int(item.get("s"))
        text = _shown(item, style, book, zeros).strip()
        if text and _at(book.struck, style) and any(char.isdigit() for char in text):
            text = f"~~{text}~~"
        if text:
            grid.texts[row, column] = text
        if _at(book.bordered, style):
            grid.bordered.setdefault(row, set()).add(column)


def _address(text: str) -> tuple[int, int] | None:
    """Row and column, both from 1, of an address such as C7; None where it is none."""
    match = _ADDRESS.match(text)
    if match is None:
        return None
    column = 0
    for letter in match.group(1).upper():
        column = column * 26 + ord(letter) - 64
    return int(match.group(2)), column


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _shown(item: etree._Element, style: int, book: _Book, zeros: bool) -> str:
    """What a cell shows; a formula whose result is not in the file, or not to be trusted, shows itself."""
    kind = item.get("t") or "n"
    if kind == "inlineStr":
        inline = item.find(f"{S}is")
        return "" if inline is None else _text(inline)
    formula, result = item.find(f"{S}f"), item.find(f"{S}v")
    raw = "" if result is None or result.text is None else result.text
    if formula is not None and (book.stale or raw == _UNTOUCHED or result is None or (raw == "" and kind != "str")):
        return "=" + (formula.text or "")
    if kind == "s":
        # a text that is not there must not pass for a blank
        return book.texts[int(raw)] if raw.isdecimal() and int(raw[:9]) < len(book.texts) else f"#{raw}"
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(raw, raw)
    if kind in ("str", "e"):
        return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), raw)
    if kind == "d":
        return raw.removesuffix("T00:00:00")
    if not zeros and not raw.strip("-0. "):
        return ""
    code = book.formats[style] if style < len(book.formats) else "General"
    return shown(raw, code, book.from_1904) if raw.strip() else ""


def _add_sheet(name: str, grid: Grid, state: _State) -> None:
    """The cells of a sheet: paragraphs, and rows of tables."""
    budget = MAX_CELLS - len(state.cells)
    lines = lines_of(grid, budget)
    if lines is None:
        raise too_many_cells(state.source)
    first = min((line.order[column] for line in lines for column in line.cells), default=0)
    for line in lines:
        if line.is_paragraph:
            _add_paragraph(name, line, state)
            continue
        for column, text in line.cells.items():
            place = Place(state.source, sheet=name, address=f"{_letters(column)}{line.row}")
            cell = Cell(text or "", place, state.rows, line.order[column] - first, covered=text is None)
            state.cells.append(cell)
        state.rows += 1


def _add_hidden(name: str, grid: Grid, hidden: _State) -> None:
    """What the hidden rows of a sheet hold."""
    texts = {place: text for place, text in grid.texts.items() if place[0] in grid.hidden_rows}
    if texts and len(hidden.cells) < MAX_CELLS:
        with suppress(UnreadableFileError):
            _add_sheet(name, Grid(texts, hidden_columns=grid.hidden_columns), hidden)


def _add_paragraph(name: str, line: Line, state: _State) -> None:
    for column, text in line.cells.items():
        place = Place(state.source, sheet=name, address=f"{_letters(column)}{line.row}")
        for piece in (text or "").split("\n"):
            if piece.strip():
                state.cells.append(Cell(piece.strip(), place))
