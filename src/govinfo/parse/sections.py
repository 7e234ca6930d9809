"""The sections of a report: where their headings stand, and the text under each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from govinfo.definitions.sections import Section, sections
from govinfo.parse.figures import is_figure
from govinfo.parse.vocabulary import Vocabulary
from govinfo.readers.document import Cell
from govinfo.text import fold_width, label_keys, squeeze, top_numeral

_SENTENCE = re.compile(r"[。；;!?！？]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading: the position of its cell, its number as printed and what the section is."""

    position: int
    number: int | None
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class NarrativeSection:
    """The text of one section, tables left out, a line for each paragraph as printed."""

    order: int
    number: int | None
    role: str
    heading: str | None
    text: str


def find_headings(cells: Sequence[Cell], known: Vocabulary) -> tuple[Heading, ...]:
    """The headings of top-level sections, in reading order.

    A heading has a numeral that goes on counting, or the exact official wording. Lines of the form with
    numerals of their own (二、上年结转…) are none, nor are numbered points within a section.
    """
    found: list[Heading] = []
    last, listed = 0, 0
    longest = 4 * sections().longest_heading
    for position, cell in enumerate(cells):
        if not cell.text or is_figure(cell.text) or len(cell.text) > longest:
            continue
        numbered = top_numeral(cell.text)
        if (numbered is None and not _is_official(cell.text)) or _is_label(cells, position, known):
            continue
        heading = _heading(cell, position, last, listed, found)
        if heading is not None:
            found.append(heading)
            last, listed = heading.number or _official_number(heading.role) or last, 0
        elif numbered is not None:
            listed = numbered[0]
    return tuple(found)


def _is_official(text: str) -> bool:
    keys = label_keys(text)
    return bool(keys) and sections().official(keys[0]) is not None


def _is_label(cells: Sequence[Cell], position: int, known: Vocabulary) -> bool:
    """Whether a text is a label in a table: a line's, or a caption with another label or a mark right after it."""
    kinds = known.kinds(cells[position].text)
    if "line" in kinds:
        return True
    following = next((cell for cell in cells[position + 1 :] if cell.text), None)
    if "caption" not in kinds or following is None:
        return False
    return is_figure(following.text) or not known.kinds(following.text).isdisjoint(("line", "caption"))


def _heading(cell: Cell, position: int, last: int, listed: int, found: Sequence[Heading]) -> Heading | None:
    numbered = top_numeral(cell.text)
    text = numbered[1] if numbered else cell.text
    keys = label_keys(text)
    if not keys:
        return None
    words = keys[0]
    if len(words) > sections().longest_heading or _SENTENCE.search(text.rstrip("。")):
        return None
    if numbered is None:
        section = sections().official(words)
        if section is None or squeeze(fold_width(text)).startswith("("):
            return None
        if (section.number or 0) <= last or any(item.role == section.role for item in found):
            return None
        return Heading(position, None, section.role, squeeze(fold_width(text)))
    number = numbered[0]
    section = sections().fitting(words)
    if number <= last or not _follows(number, last, listed, section):
        return None
    return Heading(position, number, section.role if section else "unknown", squeeze(fold_width(cell.text)))


def _follows(number: int, last: int, listed: int, section: Section | None) -> bool:
    """Whether a numbered line can open a section: not as the next point of a list under way."""
    if section is not None and section.number is not None and number == section.number:
        return True
    if listed and number == listed + 1:
        return False
    return section is not None or number == last + 1


def _official_number(role: str) -> int:
    return next((item.number or 0 for item in sections().sections if item.role == role), 0)


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
    before = _text(cells, 0, starts[0] if starts else len(cells), left_out)
    if before:
        found.append(NarrativeSection(0, None, "preamble", None, before))
    for i, heading in enumerate(headings):
        stop = starts[i + 1] if i + 1 < len(starts) else len(cells)
        text = _text(cells, heading.position + 1, stop, left_out)
        found.append(NarrativeSection(len(found), heading.number, heading.role, heading.text, text))
    return tuple(found)


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
