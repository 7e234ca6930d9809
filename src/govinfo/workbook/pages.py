"""What a sheet of the workbook is: a key, a name, what it holds, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from govinfo.tables import Tables
from govinfo.workbook.forms.chosen import County
from govinfo.workbook.sheets import Sheet, fill_sheet

# The value of a formula's cell, by the cell's row and column.
Results = MutableMapping[tuple[int, int], Any]


@dataclass(frozen=True)
class Edition:
    """What one workbook is made of: the tables of its places, and the year whose forms it shows.

    `everything` are the tables of all places (None: these are all), `undecided` the files of reports that may be of
    the workbook's places and do not tell it. `counted` and `date` say in words on how many reports it rests and of
    what date they are. `year` is None where no report tells its year. `counties` are the counties with a report of
    that year.
    """

    tables: Tables
    year: int | None
    counted: str
    date: str
    notice: str | None = None
    counties: tuple[County, ...] = ()
    everything: Tables | None = None
    undecided: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """A sheet that is being drawn.

    `names` has the name of each sheet of the workbook by the key of its page, for links and formulas; `results` takes
    the value of each formula that is put (see `put_formula`).
    """

    page: Worksheet
    names: Mapping[str, str]
    notice: str | None
    results: Results = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """A sheet before it is drawn: its key, unique in the workbook, the name that it should have, what it holds."""

    key: str
    name: str
    holds: str
    draw: Callable[[Drawing], None]


def table_page(key: str, sheet: Sheet, holds: str | None = None) -> Page:
    """The page of a sheet with one table; the table of contents says `holds`, or the sheet's title."""

    def draw(drawing: Drawing) -> None:
        fill_sheet(drawing.page, sheet, drawing.notice)

    return Page(key, sheet.name, holds or sheet.title, draw)


def put_formula(drawing: Drawing, row: int, column: int, formula: str, result: Any) -> None:
    """Write a formula of our own (never a text of a report) into a cell, and note what it gives.

    `result` is a number or a text; it stands in the file beside the formula for programs that do not calculate.
    """
    drawing.page.cell(row, column).value = formula
    drawing.results[row, column] = result
