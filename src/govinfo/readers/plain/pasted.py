"""Text pasted into an office file with the pipes, tabs and heading marks that stand for its tables and headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from govinfo.readers.document import Cell
from govinfo.readers.plain.text import text_cells

# So many lines with a pipe or a tab are rows of a table, or its cells; fewer may be the furniture of a page.
_PIPES = 3
_HEADING = re.compile(r"^#{1,6} ")


def unpasted(cells: Sequence[Cell], source: str) -> list[Cell]:
    """The cells of a document without tables, taken apart like a text where its lines look like one's."""
    marked = sum(1 for cell in cells if "|" in cell.text or "\t" in cell.text)
    if marked < _PIPES and not any(_HEADING.match(cell.text) for cell in cells):
        return list(cells)
    lines: list[Cell] = []
    for cell in cells:
        if cell.row is not None and lines and lines[-1].row == cell.row:
            lines[-1] = replace(lines[-1], text=f"{lines[-1].text}\t{cell.text}")
        else:
            lines.append(cell)
    texts = [line.text.replace("\n", " ") for line in lines]
    return [replace(cell, place=lines[(cell.place.line or 1) - 1].place) for cell in text_cells(texts, source)]
