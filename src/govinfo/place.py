"""Where a piece of text stood in its source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a source file: a line of text, a cell of a table, a cell of a sheet.

    Only what the format has is set. `str()` gives the `locator` of the data contract: `file:line` for
    text and markdown, `table 2 row 5 cell 3` for HTML and DOCX, `p.4 table 1 row 5 cell 3` for PDF,
    `Sheet!C7` for XLSX. All numbers count from 1.
    """

    source: str
    line: int | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    sheet: str | None = None
    address: str | None = None

    def __str__(self) -> str:
        if self.line is not None:
            return f"{self.source}:{self.line}"
        if self.sheet is not None:
            return f"{self.sheet}!{self.address}"
        parts = [
            f"p.{self.page}" if self.page is not None else "",
            f"table {self.table}" if self.table is not None else "",
            f"row {self.row}" if self.row is not None else "",
            f"cell {self.cell}" if self.cell is not None else "",
        ]
        return " ".join(part for part in parts if part) or self.source
