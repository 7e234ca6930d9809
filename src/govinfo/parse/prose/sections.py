"""The sections of a report: the text under each heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govinfo.parse.prose.headings import Heading
from govinfo.readers.document import Cell


@dataclass(frozen=True, slots=True)
class NarrativeSection:
    """The text of one section, tables left out, a line for each paragraph as printed.

    `recognised`: some of it was recognised in a picture and may be wrong.
    """

    order: int
    number: int | None
    role: str
    heading: str | None
    text: str
    recognised: bool = False


def narrative(
    cells: Sequence[Cell], headings: Sequence[Heading], left_out: frozenset[int]
) -> tuple[NarrativeSection, ...]:
    """The text under each heading, and before the first one as the preamble.

    Parameters
    ----------
    left_out : positions of cells that are not narrative: tables and the title.

    Returns
    -------
    One section for each heading, also where nothing stands under it, after a preamble where there is text
    before the first heading. Cells of one printed row are joined by a space.
    """
    starts = [heading.position for heading in headings]
    found: list[NarrativeSection] = []
    pictures = any(cell.ocr for cell in cells)
    first = starts[0] if starts else len(cells)
    before = _text(cells, 0, first, left_out)
    if before:
        recognised = pictures and _is_recognised(cells, 0, first, left_out)
        found.append(NarrativeSection(0, None, "preamble", None, before, recognised))
    for i, heading in enumerate(headings):
        stop = starts[i + 1] if i + 1 < len(starts) else len(cells)
        text = _text(cells, heading.position + 1, stop, left_out)
        recognised = pictures and _is_recognised(cells, heading.position + 1, stop, left_out)
        found.append(NarrativeSection(len(found), heading.number, heading.role, heading.text, text, recognised))
    return tuple(found)


def _is_recognised(cells: Sequence[Cell], start: int, stop: int, left_out: frozenset[int]) -> bool:
    return any(cells[position].ocr for position in range(start, stop) if position not in left_out)


def _text(cells: Sequence[Cell], start: int, stop: int, left_out: frozenset[int]) -> str:
    lines: list[str] = []
    previous: tuple[int | None, int | None] | None = None
    for position in range(start, stop):
        cell = cells[position]
        if position in left_out or not cell.text:
            continue
        here = (cell.row, cell.place.line)
        if lines and cell.row is not None and here == previous:
            lines[-1] += " " + cell.text
        else:
            lines.append(cell.text)
        previous = here
    return "\n".join(lines)
