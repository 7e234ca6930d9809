"""A document's lines as names and dates are looked for in them, by where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from govinfo.definitions.patterns import Patterns, patterns
from govinfo.readers.document import Cell
from govinfo.text import fold_width, is_traditional, simplify, squeeze

_MAX_SIGNATURE_LINES = 8
_MAX_METADATA_LINES = 40
_MAX_TITLE_LINES = 60
_MAX_LINES_ABOVE = 500
_LONGEST_LABEL = 8
# A line with so many of them is traditional also on a page that is not.
_TRADITIONAL_CHARACTERS = 3


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines in simplified characters without spaces: `text` by position, `printed` the same as printed.

    `head` are the positions in which a title may stand, `furniture` those of what a page prints around the report,
    `own` those of the report, in order; `nearest` is true where a title is looked for from the first heading upwards.
    """

    text: Mapping[int, str]
    printed: Mapping[int, str]
    head: tuple[int, ...]
    furniture: frozenset[int]
    own: tuple[int, ...]
    nearest: bool

    @property
    def signature(self) -> list[str]:
        """The report's last lines."""
        return [self.text[position] for position in self.own[-_MAX_SIGNATURE_LINES:]]

    @property
    def page(self) -> list[str]:
        """What a page says around the report."""
        return [self.text[position] for position in sorted(self.furniture.intersection(self.text))]

    @property
    def report(self) -> list[str]:
        """What the report says."""
        return [self.text[position] for position in self.own]

    @property
    def metadata(self) -> list[str]:
        """Lines in which a page says when and by whom it was published; a label and its value may stand apart."""
        around = [*self.head[:_MAX_METADATA_LINES], *self.own[-_MAX_SIGNATURE_LINES:]]
        lines = [self.text[position] for position in sorted(self.furniture.intersection(self.text).union(around))]
        return lines + [before + after for before, after in pairwise(lines) if len(before) <= _LONGEST_LABEL]


def read_lines(
    cells: Sequence[Cell], first_heading: int | None, narrative: Sequence[int], furniture: frozenset[int]
) -> Lines:
    """The lines of a document's cells that are not tables.

    Parameters
    ----------
    cells : the document's cells.
    first_heading : position of the first section's heading, None where there is none.
    narrative : positions of cells that are not tables, in order.
    furniture : positions of what a page prints around the report.
    """
    positions = [position for position in narrative if cells[position].text]
    printed = {position: as_line(cells[position].text) for position in positions}
    # names of places are official ones, in simplified characters; what is called printed stays as it is
    whole = is_traditional("".join(printed.values()))
    text = {
        position: simplify(line) if whole or is_traditional(line, _TRADITIONAL_CHARACTERS) else line
        for position, line in printed.items()
    }
    head = [position for position in positions if first_heading is None or position < first_heading]
    near = head[:_MAX_TITLE_LINES] if first_heading is None else head[-_MAX_LINES_ABOVE:]
    own = tuple(position for position in positions if position not in furniture)
    return Lines(text, printed, tuple(near), furniture, own, first_heading is not None)


def as_line(text: str) -> str:
    """A line as names and dates are looked for in it: folded, without spaces and without how its words are read."""
    rules: Patterns = patterns("identity")
    return rules.one["pinyin"].sub("", squeeze(fold_width(text)))
