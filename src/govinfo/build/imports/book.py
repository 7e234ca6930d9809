"""A workbook that somebody filled in: its sheets cell by cell, formulas as formulas."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError, iterparse

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from govinfo.build.reading.inputs import open_input
from govinfo.errors import RegisterError, UnreadableFileError

SUFFIXES = (".xlsx", ".xlsm")
_MOST_BYTES = 500 * 1024 * 1024
_MOST_UNPACKED = 2 * 1024**3
# what a broken file makes openpyxl raise; the parser's own error of a damaged part is a SyntaxError
_BROKEN = (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, TypeError, EOFError)
_PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in a cell: a number, a text, a day or something else; `formula` says whether it is worked out."""

    value: Any
    formula: bool = False
    percent: bool = False

    @property
    def text(self) -> str:
        """The cell as text, without blanks at its ends; days as 2024-03-02."""
        value = self.value
        if isinstance(value, datetime):
            return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        # how Excel writes a line's end of other systems
        return "" if value is None else str(value).replace("_x000D_", "").replace("\r\n", "\n").strip()


NOTHING = Filled(None)


def open_book(path: Path) -> Workbook:
    """The workbook at `path`, to be read sheet by sheet.

    Raises
    ------
    RegisterError
        It is no workbook of Excel, is damaged, protected by a password, or unpacks to very much.
    """
    if path.suffix.lower() not in SUFFIXES:
        expected = "a workbook saved as .xlsx"
        raise RegisterError(str(path), f"the suffix {path.suffix!r}", expected, "save it as an Excel workbook (.xlsx)")
    if not path.exists():
        raise RegisterError(str(path), "no such file", "a workbook", "correct the path")
    try:
        with open_input(str(path), str(path), _MOST_BYTES) as stream:
            data = stream.read(_MOST_BYTES)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(member.file_size for member in package.infolist())
        if unpacked > _MOST_UNPACKED:
            raise RegisterError(str(path), f"{unpacked} bytes unpacked", f"at most {_MOST_UNPACKED}", "save it anew")
        return load_workbook(io.BytesIO(data), read_only=True)
    except UnreadableFileError as error:
        raise RegisterError(str(path), str(error), "a readable workbook", "correct the path, or the file") from error
    except (*_BROKEN, ParseError, SyntaxError) as error:
        to_do = "open it in Excel or WPS, and save it as .xlsx without a password"
        raise RegisterError(str(path), f"a file that is no workbook ({error})", "a workbook", to_do) from error


def rows_of(book: Workbook, name: str) -> Iterator[tuple[int, dict[str, Filled]]]:
    """The rows of a sheet that hold something: their number, and their cells by column letter.

    Raises
    ------
    RegisterError
        The sheet is damaged.
    """
    page: Any = book[name]
    if not hasattr(page, "reset_dimensions"):
        # a sheet that is only a chart
        return
    # what a file says of its own size need not be so
    page.reset_dimensions()
    try:
        for row in page.iter_rows():
            cells = {get_column_letter(cell.column): _filled(cell) for cell in row if cell.value is not None}
            if cells:
                yield next(cell.row for cell in row if cell.value is not None), cells
    except (*_BROKEN, ParseError, SyntaxError) as error:
        raise RegisterError(f"{name}", f"a sheet that cannot be read ({error})", "a sheet", "save it anew") from error


def merged_down(book: Workbook, name: str) -> Mapping[str, int]:
    """The topmost cells of what is merged in a sheet, by address, with the last row that each takes.

    Raises
    ------
    RegisterError
        The sheet is damaged.
    """
    page: Any = book[name]
    found = {}
    try:
        # openpyxl does not tell them of a sheet that is read row by row
        with page._get_source() as part:
            for _, element in iterparse(part):
                if element.tag.endswith("}mergeCell"):
                    left, top, _, last = (end or 1 for end in range_boundaries(element.get("ref", "")))
                    found[f"{get_column_letter(left)}{top}"] = last
                element.clear()
    except (*_BROKEN, ParseError, SyntaxError) as error:
        raise RegisterError(f"{name}", f"a sheet that cannot be read ({error})", "a sheet", "save it anew") from error
    return found


def cells_of(book: Workbook, name: str) -> Mapping[str, Filled]:
    """The cells of a sheet that hold something, by address.

    Raises
    ------
    RegisterError
        The sheet is damaged.
    """
    return {f"{letter}{number}": cell for number, row in rows_of(book, name) for letter, cell in row.items()}


def _filled(cell: Any) -> Filled:
    formula = cell.data_type == "f"
    return Filled(cell.value, formula, _PERCENT in str(cell.number_format or ""))
