"""A table as found in a document: its lines with the cells that stand in places for figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from govinfo.definitions.form import Column, FormTable, Line
from govinfo.place import Place


class Slot(NamedTuple):
    """A cell in a place for figures; `column`, `edge` and `ocr` are the cell's; `glued`: it hung on the label."""

    text: str
    place: Place
    column: int | None = None
    edge: bool = False
    ocr: bool = False
    glued: bool = False


class LaidLine(NamedTuple):
    """A printed line with its slots. `line` is None where the form has no such line.

    `column` is where the label (and the unit behind it) ended in its row and `width` how many cells the row has;
    both are None for cells on lines of their own. `unit` is the unit printed beside the label.
    """

    table: str
    block: int
    line: Line | None
    label: str
    place: Place
    slots: tuple[Slot, ...]
    column: int | None = None
    width: int | None = None
    unit: str | None = None

    @property
    def printed(self) -> tuple[Slot, ...]:
        """The slots in which something is printed."""
        return tuple(slot for slot in self.slots if slot.text)


@dataclass(frozen=True, slots=True)
class LaidTable:
    """A table as found: its lines, other lines with figures, and its heads.

    `heads` is the printed text of each column's head, `header_rows` the heads of each row with their columns,
    `mixed_rows` those of them in which another text stands between two heads, `header_width` the width of these
    rows where all have one. `columns` is how many columns of figures stand on the page for the one of
    the form, and `own` which of them is the form's, None where nobody can tell.
    """

    table: FormTable
    lines: tuple[LaidLine, ...]
    unknown: tuple[LaidLine, ...]
    heads: Mapping[tuple[int, str], str]
    header_rows: Mapping[int, tuple[tuple[int, Column], ...]]
    mixed_rows: frozenset[int]
    header_width: int | None
    columns: int = 1
    own: int | None = None
