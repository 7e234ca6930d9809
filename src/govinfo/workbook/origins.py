"""Where each figure of a workbook came from: a hidden sheet, so that what officials correct can be brought back.

The hidden sheet has one text a row, in JSON, so that no program takes it for a number, a date or a formula. Besides
the figures it holds the labels among which they stood, the names of all sheets, and where formulas stand; and a hidden
name of the workbook marks the area of a sheet's figures: programs move it when rows are put in or taken out, or the
sheet gets another name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

import pandas as pd
from openpyxl.utils import coordinate_to_tuple, get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from govinfo.definitions.wording import say
from govinfo.tables import FIGURE_KEYS, as_printed

ORIGINS_SHEET = "_govinfo"
_VERSION = 3
# well below what a cell can hold
_MOST_TEXT = 30_000
# the heads of the first table stand in so many rows above its figures
_HEAD_ROWS = 3
_REPORT = ("report_id", "source", "sha256")
_FIGURE = ("cell", "table", "line", "column", "value", "printed", "status", "shown")


@dataclass(frozen=True, slots=True)
class Origin:
    """A figure in a cell of a workbook.

    `cell` is its address (`C7`) on `sheet`; `table`, `line` and `column` are codes of the data contract (item and
    measure, line and applicant, channel and result, line and unit); `value` is the number written, None where there
    is none; `printed` is what the report prints there, or prints in the whole line where its figures did not fit.
    `shown` is the text that stands in the cell instead of a number; `add_origins` takes it from the sheet.
    """

    sheet: str
    cell: str
    report_id: str
    source: str
    sha256: str
    table: str
    line: str
    column: str
    value: int | float | None
    printed: str
    status: str
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class OriginSheet:
    """The figures of one sheet as it was written.

    `sheet` is its name then; `mark` is the name of the workbook that marks `area`, the smallest rectangle with all of
    its figures (`C5:I40`); `labels` are the texts that stood beside and between them, and the heading that says whose
    sheet it is, by address.
    """

    sheet: str
    mark: str
    area: str
    labels: Mapping[str, str]
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class WrittenBook:
    """A workbook as it was written: the names of all its sheets, those with figures, and by name where formulas stand.

    `formulas` are rectangles (`E5:E200`) in which each cell holds a formula.
    """

    names: tuple[str, ...]
    sheets: tuple[OriginSheet, ...]
    formulas: Mapping[str, tuple[str, ...]]


def figure_origin(sheet: str, cell: str, report: Mapping[Any, Any], table: str, figure: Mapping[Any, Any]) -> Origin:
    """The origin of a figure: `report` is its row of `reports`, `figure` its row of the table `table`."""
    line, column = FIGURE_KEYS[table]
    return Origin(
        sheet=sheet,
        cell=cell,
        report_id=str(report["report_id"]),
        source=str(report["source"]),
        sha256=str(report["sha256"]),
        table=table,
        line=str(figure[line]),
        column=str(figure[column]),
        value=_plain(figure["value"]),
        printed=as_printed(figure),
        status=str(figure["status"]),
    )


def add_origins(
    book: Workbook, origins: Iterable[Origin], formulas: Mapping[str, Iterable[tuple[int, int]]] | None = None
) -> None:
    """Write the hidden sheet that says where each figure came from; call it once, when all sheets are written.

    Labels are taken from the sheets as they stand; the same book and origins give the same rows. `formulas` are the
    rows and columns of the cells with formulas, by the name of their sheet.
    """
    names = book.sheetnames
    page: Worksheet = book.create_sheet(ORIGINS_SHEET)
    page.sheet_state = "hidden"
    page.protection.sheet = True
    _put(page, 1, "origins", [_VERSION, say("origins", "what")])
    _put(page, 2, "names", names)
    layouts: dict[str, int] = {}
    row = 2
    for name, cells in (formulas or {}).items():
        areas = rectangles(cells)
        if areas:
            row += 1
            _put(page, row, "formulas", [name, areas])
    by_sheet: dict[str, list[Origin]] = {}
    for origin in origins:
        by_sheet.setdefault(origin.sheet, []).append(origin)
    for number, (name, own) in enumerate(by_sheet.items(), start=1):
        sheet: Worksheet = book[name]
        area = _area(own)
        labels = json.dumps(_labels(sheet, own), sort_keys=True)
        heading = _heading(sheet, own)
        if labels not in layouts:
            layouts[labels] = len(layouts)
            row += 1
            _put(page, row, "labels", json.loads(labels))
        mark = f"_govinfo_{number}"
        book.defined_names[mark] = DefinedName(
            mark, attr_text=f"{quote_sheetname(name)}!{_absolute(area)}", hidden=True
        )
        row += 1
        _put(page, row, "sheet", [name, mark, area, layouts[labels], heading])
        for report, figures in groupby(own, key=lambda origin: [getattr(origin, key) for key in _REPORT]):
            row += 1
            _put(page, row, "report", report)
            for origin in figures:
                row += 1
                shown = _shown(sheet, origin)
                values = asdict(origin) | {"shown": shown}
                _put(page, row, "figure", [values[key] for key in _FIGURE])


def read_origins(rows: Iterable[Sequence[Any]]) -> WrittenBook | None:
    """What the rows of the hidden sheet say of the workbook; None where it is not one of ours, or of another version.

    Raises
    ------
    ValueError
        A row is not as `add_origins` writes it.
    """
    told = (_told(row) for row in rows if any(cell is not None for cell in row))
    kind, data = next(told, ("", []))
    if kind != "origins" or data[0] != _VERSION:
        return None
    names: list[str] = []
    formulas: dict[str, tuple[str, ...]] = {}
    layouts: list[Mapping[str, str]] = []
    found: list[tuple[list[Any], list[Origin]]] = []
    report: list[Any] = []
    for kind, data in told:
        if kind == "labels":
            layouts.append(data)
        elif kind == "names":
            names = data
        elif kind == "formulas":
            formulas[data[0]] = tuple(data[1])
        elif kind == "sheet":
            found.append((data, []))
        elif kind == "report":
            report = data
        elif kind == "figure" and found and report:
            told_of: dict[str, Any] = dict(zip(_REPORT, report, strict=True)) | dict(zip(_FIGURE, data, strict=True))
            found[-1][1].append(Origin(sheet=found[-1][0][0], **told_of))
        else:
            raise ValueError(kind)
    sheets = (
        OriginSheet(name, mark, area, {**heading, **layouts[layout]}, tuple(origins))
        for (name, mark, area, layout, heading), origins in found
    )
    return WrittenBook(tuple(names), tuple(sheets), formulas)


def rectangles(cells: Iterable[tuple[int, int]]) -> list[str]:
    """The cells, by row and column, as few rectangles: `E5:F20`."""
    runs: list[tuple[int, int, int]] = []
    for row, column in sorted(set(cells)):
        if runs and runs[-1][0] == row and runs[-1][2] == column - 1:
            runs[-1] = (row, runs[-1][1], column)
        else:
            runs.append((row, column, column))
    found: list[tuple[int, int, int, int]] = []
    open_at: dict[tuple[int, int], int] = {}
    for row, first, last in runs:
        at = open_at.get((first, last))
        if at is not None and found[at][1] == row - 1:
            found[at] = (found[at][0], row, first, last)
            continue
        open_at[first, last] = len(found)
        found.append((row, row, first, last))
    return [f"{get_column_letter(left)}{top}:{get_column_letter(right)}{low}" for top, low, left, right in found]


def _put(page: Worksheet, row: int, kind: str, data: Any) -> None:
    """One row: its kind, and its data in pieces that a cell can hold."""
    # ASCII alone, and no `_x0041_`, which Excel would read as a character
    text = json.dumps(data, separators=(",", ":")).replace("_x", "\\u005fx")
    pieces = [text[start : start + _MOST_TEXT] for start in range(0, len(text), _MOST_TEXT)]
    for column, piece in enumerate((kind, *pieces), start=1):
        cell = page.cell(row, column, piece)
        cell.data_type = "s"


def _told(row: Sequence[Any]) -> tuple[str, Any]:
    kind, *pieces = (cell for cell in row if cell is not None)
    return str(kind), json.loads("".join(map(str, pieces)))


def _labels(sheet: Worksheet, origins: Sequence[Origin]) -> dict[str, str]:
    """The texts beside and between the figures, by address: those that the same form has in every sheet."""
    own = {origin.cell for origin in origins}
    rows = [coordinate_to_tuple(cell)[0] for cell in own]
    found = {}
    for row in sheet.iter_rows(min_row=max(1, min(rows) - _HEAD_ROWS), max_row=max(rows)):
        for cell in row:
            if isinstance(cell.value, str) and cell.data_type == "s" and cell.coordinate not in own:
                found[cell.coordinate] = cell.value
    return found


def _heading(sheet: Worksheet, origins: Sequence[Origin]) -> dict[str, str]:
    """The texts of the first column above the labels, by address: sheets of one form differ in nothing else."""
    first = min(coordinate_to_tuple(origin.cell)[0] for origin in origins) - _HEAD_ROWS
    cells = (sheet.cell(row, 1) for row in range(1, first))
    return {cell.coordinate: cell.value for cell in cells if isinstance(cell.value, str) and cell.data_type == "s"}


def _shown(sheet: Worksheet, origin: Origin) -> str | None:
    value = sheet[origin.cell].value
    return value if isinstance(value, str) else None


def _area(origins: Sequence[Origin]) -> str:
    spots = [coordinate_to_tuple(origin.cell) for origin in origins]
    rows, columns = [row for row, _ in spots], [column for _, column in spots]
    first = f"{get_column_letter(min(columns))}{min(rows)}"
    return f"{first}:{get_column_letter(max(columns))}{max(rows)}"


def _absolute(area: str) -> str:
    def corners() -> Iterator[str]:
        for corner in area.split(":"):
            row, column = coordinate_to_tuple(corner)
            yield f"${get_column_letter(column)}${row}"

    return ":".join(corners())


def _plain(value: Any) -> int | float | None:
    if pd.isna(value):
        return None
    return int(value) if float(value).is_integer() else float(value)
