"""The layouts in which published reports print their tables as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from govinfo.definitions.demo import made_up
from govinfo.definitions.form import FormTable
from govinfo.definitions.sheet import LEFT, SheetCell, SheetRow, Texts, sheet, spans

Printer = Callable[[Sequence[SheetRow]], str]


@dataclass(frozen=True, slots=True)
class Damage:
    """What happened to one line: a cell was `lost` or `doubled`, or a `surplus` one with `text` came in there."""

    table: str
    line: str
    kind: str
    position: int
    text: str = "0"


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to print a table as text.

    `blanks`: it shows that a cell is empty. `grid`: it shows in which column a figure stands.
    """

    printer: Printer
    blanks: bool = False
    grid: bool = False


def print_table(table: FormTable, texts: Texts, layout: str, damage: Damage | None = None) -> str:
    """`table` printed in one of the TEXT_LAYOUTS, with `damage` done to its line."""
    return TEXT_LAYOUTS[layout].printer(damaged_rows(table, texts, () if damage is None else (damage,))) + "\n"


def damaged_rows(table: FormTable, texts: Texts, damages: Iterable[Damage]) -> list[SheetRow]:
    """The rows of the sheet of `table`, with what happened to its lines."""
    rows = list(sheet(table, texts))
    for damage in damages:
        if damage.table == table.name:
            rows = [_damaged(row, damage) for row in rows]
    return rows


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
    break_at = _page_break(rows)
    # a list has its unit before the figure, and nothing above or left of a label
    listed = not any(cell.merged for row in rows for cell in row.cells)
    lines = []
    for position, row in enumerate(rows):
        cells = [cell.text for cell in row.cells]
        strays = 1
        if row.line is not None and row.first > 1 and not listed:
            labels = [cell.text for cell in row.cells[: row.first] if cell is not LEFT]
            labels = labels[-1:] if position >= break_at and row.line.unit is None else labels
            strays = row.first - len(labels)
            cells = [*labels, "", *cells[row.first :]]
        lines.append("\t".join([*cells, *[""] * strays]))
    return "\n".join(lines)


def _page_break(rows: Sequence[SheetRow]) -> int:
    """The row before which a page ends: four fifths down a long table, never in a short one."""
    figured = [position for position, row in enumerate(rows) if row.line is not None]
    return figured[len(figured) * 4 // 5] if len(figured) > 5 else len(rows)


def _plain(rows: Sequence[SheetRow]) -> str:
    """A cell a line; empty and merged cells vanish."""
    return "\n".join(_shown(rows))


def _spaced(rows: Sequence[SheetRow]) -> str:
    """A cell a line, a blank line between two; empty and merged cells vanish."""
    return "\n\n".join(_shown(rows))


def _shown(rows: Sequence[SheetRow]) -> list[str]:
    return [cell.text for row in rows for cell in row.cells if cell.text]


def _trailing(rows: Sequence[SheetRow]) -> str:
    """A row a line with a pipe behind each cell; merged cells leave their bare pipes (|||)."""
    return "\n".join("".join("|" if cell.merged else f"{cell.text} | " for cell in row.cells).rstrip() for row in rows)


def _dropped(rows: Sequence[SheetRow]) -> str:
    """A row a line with a pipe behind each cell; merged cells are gone, so rows differ in width."""
    shown = ([cell.text for cell in row.cells if not cell.merged] for row in rows)
    return "\n".join(" | ".join(cells) + " |" for cells in shown if cells)


def _flooded_cells(rows: Sequence[SheetRow]) -> str:
    """A cell a line, each followed by a pipe; merged cells as pipes on a line of their own."""
    lines = []
    for row in rows:
        for merged, group in groupby(row.cells, key=lambda cell: bool(cell.merged)):
            cells = list(group)
            lines += ["|" * (len(cells) + 1)] if merged else [f"{cell.text} |".lstrip() for cell in cells]
    return "\n".join(lines)


def _lone(rows: Sequence[SheetRow]) -> str:
    """A cell a line, a pipe alone on the line between two; empty and merged cells vanish."""
    return "\n|\n".join(_shown(rows)) + "\n|"


def _run(rows: Sequence[SheetRow]) -> str:
    """The whole table on one line, its cells set apart by spaces."""
    return " ".join(_shown(rows))


def _upright(rows: Sequence[SheetRow]) -> str:
    """A row a line with spaces between its cells; the lowest heads stand upright, a character a line."""
    lines = []
    for position, row in enumerate(rows):
        texts = [cell.text for cell in row.cells if cell.text]
        last_head = row.line is None and position + 1 < len(rows) and rows[position + 1].line is not None
        if last_head and len(texts) > 4:
            depth = max(map(len, texts))
            lines += [" ".join(text[i] for text in texts if i < len(text)) for i in range(depth)]
        elif texts:
            lines.append(" ".join(texts))
    return "\n".join(lines)


def _markup(rows: Sequence[SheetRow]) -> str:
    """The page's own markup left in the text, with breaks inside labels."""
    lines, at = ["<table>"], 0
    for number, cells in groupby(spans(rows), key=lambda span: span.row):
        lines += ["<tr></tr>"] * (number - at) + ["<tr>"]
        for cell in cells:
            size = f' rowspan="{cell.rows}"' * (cell.rows > 1) + f' colspan="{cell.columns}"' * (cell.columns > 1)
            half = len(cell.text) // 2
            broken = 4 <= len(cell.text) <= 8 and not any(char.isdigit() for char in cell.text)
            text = escape(cell.text[:half]) + "<br/>" + escape(cell.text[half:]) if broken else escape(cell.text)
            lines.append(f"<td{size}>{text}</td>")
        lines.append("</tr>")
        at = number + 1
    return "\n".join([*lines, "</table>"])


def _paged(rows: Sequence[SheetRow]) -> str:
    """Pipes over two pages: the page's number, then the heads again, and captions cut off from their lines."""
    lines = ["| " + " | ".join(cell.text for cell in row.cells) + " |" for row in rows]
    break_at = _page_break(rows)
    if break_at == len(rows):
        return "\n".join(lines)
    heads = [line for line, row in zip(lines, rows, strict=True) if row.head]
    mark = made_up("pages")["mark"].format(page=2)
    return "\n".join([*lines[:break_at], "", mark, "", *heads, *lines[break_at:]])


TEXT_LAYOUTS: Mapping[str, Layout] = {
    "pipes": Layout(_pipes, blanks=True, grid=True),
    "cells": Layout(_cells, blanks=True),
    "tabs": Layout(_tabs, blanks=True, grid=True),
    "indented": Layout(_indented, blanks=True),
    "shifted": Layout(_shifted, blanks=True),
    "plain": Layout(_plain),
    "spaced": Layout(_spaced),
    "trailing": Layout(_trailing, blanks=True, grid=True),
    "dropped": Layout(_dropped, blanks=True),
    "flooded cells": Layout(_flooded_cells),
    "lone": Layout(_lone),
    "run": Layout(_run),
    "upright": Layout(_upright),
    "markup": Layout(_markup, blanks=True, grid=True),
    "paged": Layout(_paged, blanks=True, grid=True),
}
