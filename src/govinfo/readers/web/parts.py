"""What a page is made of: lines of text, and tables with their rows and cells."""

from __future__ import annotations

from dataclasses import dataclass, field


class TooManyCellsError(Exception):
    """The page has more cells, merged ones counted in, than any report."""


@dataclass(slots=True)
class Flow:
    """Lines and tables that follow one another; `parts` are the pieces of the line under way."""

    pieces: list[str | Table] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class TableCell(Flow):
    """A cell of a table, whose tag stands on the `line`-th line of the markup, from 1; 0 where it has no tag.

    `absent` marks a place outside a ragged table that the markup fills with a cell.
    """

    columns: int = 1
    rows: int = 1
    absent: bool = False
    line: int = 0


@dataclass(slots=True)
class TableRow:
    """A row of a table; `flat` where its height is 0 and nothing is seen of it unless it holds text.

    `line` is that of its tag, as a cell has it.
    """

    cells: list[TableCell] = field(default_factory=list)
    flat: bool = False
    line: int = 0


@dataclass(slots=True)
class Table:
    """A table, the `number`-th of the page from 1; its groups of rows (head, body or foot) as written."""

    number: int
    groups: list[tuple[str, list[TableRow]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its title in the browser's head, and what it shows."""

    title: str | None
    pieces: list[str | Table]
    tables: int
