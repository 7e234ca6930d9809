"""The figures that somebody changed in a workbook: each cell compared with what was written into it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl.utils import rows_from_range
from openpyxl.workbook import Workbook

from govinfo.build.imports.book import NOTHING, Filled, cells_of, open_book, rows_of
from govinfo.build.imports.told import Told
from govinfo.build.registers.corrections import NUMBER
from govinfo.definitions.wording import say, words
from govinfo.errors import RegisterError
from govinfo.text import fold_width, squeeze
from govinfo.workbook.origins import ORIGINS_SHEET, Origin, OriginSheet, WrittenBook, read_origins

# numbers that programs write with another last digit are the same
_NEARLY = 1e-12
_MOST_DIGITS = 15
_MOST_DECIMALS = 10
# so many cells are named one by one
_NAMED = 5


@dataclass(frozen=True, slots=True)
class CellNow:
    """A figure of a workbook as it stands now: `sheet` is the name that its sheet has now.

    `number` is None where it stands as it was written, and where what stands there is no number (`why` says what).
    """

    origin: Origin
    sheet: str
    number: Decimal | None = None
    why: str | None = None

    @property
    def place(self) -> str:
        """Where it stands, `百泉镇!C7`."""
        return say("imports", "cell", sheet=self.sheet, cell=self.origin.cell)


def read_cells(path: Path) -> Iterator[CellNow | Told]:
    """All figures of a workbook as they stand now, in its order; and what is to be said of sheets that are not read.

    A sheet is found by the mark that moves with it, so that it may have another name. Where rows or columns moved, or
    a label beside the figures is another one, nothing of that sheet is read.

    Raises
    ------
    RegisterError
        The file is no workbook, or does not say where its figures come from.
    """
    book = open_book(path)
    written = _origins(book, path)
    own = {name: name for name in written.names}
    for sheet in written.sheets:
        now = _place(book, sheet)
        if now is None:
            yield Told("kept", sheet.sheet, say("imports", "sheet_gone"))
            continue
        name, area = now
        own[sheet.sheet] = name
        cells = cells_of(book, name)
        moved = _moved(sheet, name, area, cells)
        if moved is not None:
            yield moved
            continue
        yield from _typed_over(name, written.formulas.get(sheet.sheet, ()), cells)
        for origin in sheet.origins:
            yield _now(origin, name, cells.get(origin.cell, NOTHING))
    with_figures = {sheet.sheet for sheet in written.sheets}
    for name, areas in written.formulas.items():
        if name in book.sheetnames and name not in with_figures:
            yield from _typed_over(name, areas, cells_of(book, name))
    for name in book.sheetnames:
        if name not in {*own.values(), ORIGINS_SHEET}:
            yield Told("kept", name, say("imports", "sheet_foreign"))


def _typed_over(name: str, areas: Sequence[str], cells: Mapping[str, Filled]) -> Iterator[Told]:
    """That numbers stand where sums and checks were worked out: these are never read, so nobody must count on them."""
    found = [
        address
        for area in areas
        for row in rows_from_range(area)
        for address in row
        if address in cells and _is_typed(cells[address])
    ]
    if found:
        place = say("imports", "cell", sheet=name, cell=found[0])
        yield Told("refused", place, say("imports", "typed_over", n=len(found), cells=_some(found)))


def _is_typed(cell: Filled) -> bool:
    """Whether a cell of a formula holds a number, or a text with one (12件) that no formula gives."""
    if cell.formula:
        return False
    if not isinstance(_number(cell), str):
        return True
    return fold_width(cell.text)[:1].isdigit() and words("forms")["partial_open"] not in cell.text


def _some(cells: Sequence[str]) -> str:
    join = words("registers")["join"]
    return join.join(cells[:_NAMED]) + (say("imports", "and_others") if len(cells) > _NAMED else "")


def _origins(book: Workbook, path: Path) -> WrittenBook:
    found: WrittenBook | None = None
    if ORIGINS_SHEET in book.sheetnames:
        try:
            found = read_origins([cell.value for cell in row.values()] for _, row in rows_of(book, ORIGINS_SHEET))
        except (ValueError, TypeError, LookupError) as error:
            raise _unknown(path, f"a sheet {ORIGINS_SHEET} that was changed ({error})") from error
    if found is None or not found.sheets:
        raise _unknown(path, f"no sheet {ORIGINS_SHEET} of this version")
    return found


def _unknown(path: Path, found: str) -> RegisterError:
    to_do = "write the workbook anew with `govinfo export`, and make the corrections in it"
    return RegisterError(str(path), found, "the hidden sheet that says where each figure comes from", to_do)


def _place(book: Workbook, sheet: OriginSheet) -> tuple[str, str] | None:
    """The name that a sheet has now and where its figures stand now; None where it is there no more."""
    mark: Any = book.defined_names.get(sheet.mark)
    if mark is None:
        return (sheet.sheet, sheet.area) if sheet.sheet in book.sheetnames else None
    name, _, area = str(mark.attr_text).rpartition("!")
    if name.startswith("'") and name.endswith("'"):
        name = name[1:-1].replace("''", "'")
    return (name, area.replace("$", "")) if name in book.sheetnames else None


def _moved(sheet: OriginSheet, name: str, area: str, cells: Mapping[str, Filled]) -> Told | None:
    """That the figures stand elsewhere than they were written, with the place that tells it."""
    if area != sheet.area:
        return Told("refused", name, say("imports", "sheet_moved", was=sheet.area, now=area))
    for address, label in sheet.labels.items():
        now = cells.get(address, NOTHING).text
        if squeeze(now) != squeeze(label):
            place = say("imports", "cell", sheet=name, cell=address)
            return Told("refused", place, say("imports", "sheet_label", was=squeeze(label), now=squeeze(now)))
    return None


def _now(origin: Origin, sheet: str, cell: Filled) -> CellNow:
    if cell.formula:
        return CellNow(origin, sheet, why="formula")
    value, text = cell.value, squeeze(cell.text)
    if not text:
        return CellNow(origin, sheet, why="cleared" if origin.value is not None else None)
    if isinstance(value, str) and origin.shown is not None and text == squeeze(origin.shown):
        return CellNow(origin, sheet)
    number = _number(cell)
    if isinstance(number, str):
        return CellNow(origin, sheet, why=number)
    if origin.value is not None and math.isclose(float(number), origin.value, rel_tol=_NEARLY, abs_tol=0):
        return CellNow(origin, sheet)
    return CellNow(origin, sheet, number=number)


def _number(cell: Filled) -> Decimal | str:
    """The number in a cell, or the key that says why there is none."""
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return "text"
    if cell.percent:
        return "percent"
    text = fold_width(squeeze(value)).replace(",", "") if isinstance(value, str) else format(Decimal(repr(value)), "f")
    if isinstance(value, float) and "." in text:
        text = text.rstrip("0").removesuffix(".")
    if NUMBER.fullmatch(text):
        return Decimal(text)
    whole, _, decimals = text.removeprefix("-").partition(".")
    if not (whole + decimals).isdecimal() or not text.isascii():
        return "text"
    return "fraction" if len(decimals) > _MOST_DECIMALS and len(whole) <= _MOST_DIGITS else "large"
