"""A figure in its place: the cell of the form with what the report prints in it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from govinfo.definitions.form import Block, Column, FormTable, Line
from govinfo.place import Place


class PlacedCell(NamedTuple):
    """One cell of the form: what was printed (`raw`), what it means, how sure the reading is, and where it stood.

    `printed` holds all figures of a line that did not fit the form's columns; `ocr` says that the figure was
    recognised in a picture.
    """

    table: FormTable
    block: Block
    line: Line
    column: Column
    status: str
    value: int | Decimal | None = None
    raw: str | None = None
    detail: str | None = None
    place: Place | None = None
    printed: str | None = None
    ocr: bool = False
