"""The list of findings that an official filled in: its lines, wherever they stand, and what each says."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl.utils.datetime import from_excel

from govinfo.build.imports.book import NOTHING, SUFFIXES, Filled, merged_down, open_book, rows_of
from govinfo.build.imports.told import Told
from govinfo.build.registers.entries import heads, read_day, read_register
from govinfo.build.registers.remarks import COLUMNS, FINDING_ID, Remark, status_codes
from govinfo.definitions.wording import say, words
from govinfo.errors import RegisterError

_NEEDED = ("finding_id", "status", "remark")
# so many rows of titles may stand above the head
_MOST_ABOVE = 20
# the days from 2000 to 2099 as numbers of a spreadsheet
_SERIALS = range(36526, 73051)
_CSV = ".csv"
# the columns that are filled in
_SAID = ("status", "remark", "who", "when")


@dataclass(frozen=True, slots=True)
class ListRow:
    """A line of a list: where each of its cells stands, and what is in it."""

    places: Mapping[str, str]
    cells: Mapping[str, Filled]

    def __getitem__(self, column: str) -> Filled:
        return self.cells.get(column, NOTHING)

    def place(self, column: str) -> str:
        """Where the cell of a column stands, or would stand."""
        return self.places.get(column, next(iter(self.places.values())))


def list_rows(path: Path) -> Iterator[ListRow]:
    """The lines of a filled-in list (.csv) or of all sheets of a workbook that have its columns.

    Raises
    ------
    RegisterError
        The file cannot be read, or has no sheet with columns for remarks.
    """
    if path.suffix.lower() == _CSV:
        for entry in read_register(path, COLUMNS, _NEEDED):
            cells = {name: Filled(entry[name]) for name in COLUMNS if entry[name]}
            yield ListRow(dict.fromkeys(COLUMNS, f"{path.name}:{entry.line}"), cells)
        return
    if path.suffix.lower() not in SUFFIXES:
        expected, to_do = "a list saved as .xlsx or .csv", "save it as an Excel workbook (.xlsx) or as CSV UTF-8"
        raise RegisterError(str(path), f"the suffix {path.suffix!r}", expected, to_do)
    book = open_book(path)
    codes, any_head = heads(COLUMNS), False
    for name in book.sheetnames:
        rows = rows_of(book, name)
        head: dict[str, str] = {}
        for _, cells in islice(rows, _MOST_ABOVE):
            head = {codes[cell.text]: letter for letter, cell in cells.items() if cell.text in codes}
            if all(column in head for column in _NEEDED):
                any_head = True
                yield from _below(name, head, rows, book.epoch, merged_down(book, name))
                break
    if not any_head:
        said = words("registers")
        expected = "a sheet with the columns " + ", ".join(said[f"head_{column}"] for column in COLUMNS[:-1])
        raise RegisterError(str(path), "no such sheet", expected, "fill in the list of findings, and name its file")


def _below(
    name: str,
    head: Mapping[str, str],
    rows: Iterator[tuple[int, dict[str, Filled]]],
    epoch: Any,
    merged: Mapping[str, int],
) -> Iterator[ListRow]:
    # what stands in cells that were merged down, and to which row: it is said of each of their lines
    above: dict[str, tuple[int, Filled]] = {}
    for number, cells in rows:
        places = {column: say("imports", "cell", sheet=name, cell=f"{at}{number}") for column, at in head.items()}
        own = {column: cells[at] for column, at in head.items() if at in cells}
        for column in (one for one in _SAID if one in head):
            last, cell = above.get(column, (0, NOTHING))
            if number <= last:
                own.setdefault(column, cell)
            elif f"{head[column]}{number}" in merged:
                above[column] = merged[f"{head[column]}{number}"], own.get(column, NOTHING)
        if "when" in own:
            own["when"] = _as_day(own["when"], epoch)
        yield ListRow(places, own)


def _as_day(cell: Filled, epoch: Any) -> Filled:
    """A day that became its number is the day again."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and math.floor(value) in _SERIALS:
        return Filled(from_excel(value, epoch), cell.formula)
    return cell


def remark_of(row: ListRow, titles: Mapping[str, str], by: str, on: date | None) -> Remark | Told:
    """The remark of a line, or why it is none."""

    def refused(column: str, key: str, **said: str) -> Told:
        return Told("refused", row.place(column), say("imports", key, **said))

    known = status_codes()
    number, finding_id = row["finding_id"].value, row["finding_id"].text.lower()
    if isinstance(number, int | float):
        return refused("finding_id", "id_number", found=str(number))
    if not FINDING_ID.fullmatch(finding_id):
        return refused("finding_id", "id_shape", found=finding_id)
    finding = titles.get(finding_id, finding_id)
    formula = next((column for column in COLUMNS if row[column].formula), None)
    if formula is not None:
        return refused(formula, "formula", finding=finding)
    some = words("registers")["join"].join(word for word in known if not word.isascii())
    status = row["status"].text
    if not status:
        return refused("status", "status_blank", finding=finding, known=some)
    code = known.get(status.lower())
    if code is None:
        return refused("status", "status_unknown", finding=finding, found=status, known=some)
    who, when = row["who"].text or by, row["when"].text
    if not who:
        return refused("who", "who_blank", finding=finding)
    if not when and on is None:
        return refused("when", "when_blank", finding=finding)
    day = read_day(when) if when else on
    if day is None:
        return refused("when", "when_wrong", finding=finding, found=when)
    return Remark(finding_id, code, row["remark"].text, who, day, row["message"].text)
