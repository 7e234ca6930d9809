"""The layouts in which published reports print their tables as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from govinfo.definitions.form import FormTable
from govinfo.demo.sheet import LEFT, SheetCell, SheetRow, Texts, sheet


@dataclass(frozen=True, slots=True)
class Damage:
    """What happened to one line: a cell was `lost` or `doubled`, or a `surplus` one with `text` came in there."""

    table: str
    line: str
    kind: str
    position: int
    text: str = "0"


def print_table(table: FormTable, texts: Texts, layout: str, damage: Damage | None = None) -> str:
    """`table` printed in one of the LAYOUTS, with `damage` done to its line."""
    rows = [_damaged(row, damage) if damage and damage.table == table.name else row for row in sheet(table, texts)]
    return LAYOUTS[layout](rows) + "\n"


def _damaged(row: SheetRow, damage: Damage) -> SheetRow:
    if row.line is None or row.line.code != damage.line:
        return row
    cells = list(row.cells)
    position = row.first + damage.position
    if damage.kind == "lost":
        del cells[position]
    elif damage.kind == "doubled":
        cells.insert(position, cells[position])
    else:
        cells.insert(position, SheetCell(damage.text))
    return replace(row, cells=tuple(cells))


def _pipes(rows: Sequence[SheetRow]) -> str:
    """Markdown: a row a line between pipes, merged cells empty, a ruler under the first row."""
    lines = ["| " + " | ".join(cell.text for cell in row.cells) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0].cells))
    return "\n".join(lines)


def _cells(rows: Sequence[SheetRow]) -> str:
    """A cell a line, each followed by a pipe; merged cells vanish."""
    return "\n".join(f"{cell.text} |".lstrip() for row in rows for cell in row.cells if not cell.merged)


def _tabs(rows: Sequence[SheetRow]) -> str:
    """A row a line with tabs between its cells, merged cells empty."""
    return "\n".join("\t".join(cell.text for cell in row.cells) for row in rows)


def _indented(rows: Sequence[SheetRow]) -> str:
    """A cell a line after a tab, a blank line between rows; cells merged with the one above are empty lines."""
    parts = []
    for row in rows:
        above = any(cell.merged == "above" for cell in row.cells[: row.first or None]) and not row.cells[0].text
        shown = [cell for cell in row.cells if not cell.merged or (cell.merged == "above" and above)]
        parts.append("\n".join("\t" + cell.text for cell in shown))
    return "\n\n".join(parts)


def _shifted(rows: Sequence[SheetRow]) -> str:
    """Tabs with stray ones behind; where labels take several columns an empty cell follows the label.

    Below a page break the labels have moved to the first column.
    """
    figured = [position for position, row in enumerate(rows) if row.line is not None]
    break_at = figured[len(figured) * 4 // 5] if len(figured) > 5 else len(rows)
    lines = []
    for position, row in enumerate(rows):
        cells = [cell.text for cell in row.cells]
        strays = 1
        if row.line is not None and row.first > 1:
            labels = [cell.text for cell in row.cells[: row.first] if cell is not LEFT]
            labels = labels[-1:] if position >= break_at else labels
            strays = row.first - len(labels)
            cells = [*labels, "", *cells[row.first :]]
        lines.append("\t".join([*cells, *[""] * strays]))
    return "\n".join(lines)


LAYOUTS: Mapping[str, Callable[[Sequence[SheetRow]], str]] = {
    "pipes": _pipes,
    "cells": _cells,
    "tabs": _tabs,
    "indented": _indented,
    "shifted": _shifted,
}
