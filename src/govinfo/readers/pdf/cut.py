"""Figures that go on in the next line of their cells, in tables that no lines rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from govinfo.readers.pdf.words import Line, Segment

# In letters: how far apart lines of one cell stand at most, and lines of cells of one row that have fewer lines.
_LEADING = 1.6
_WITHIN_ROW = 1.0
# Lines of one cell that both have words beside them stand so many times closer than the rows around them.
_CLOSER = 1.25
# In letters: how far a figure stands from the middle of its row at most.
_BESIDE = 0.4
# A figure that goes on in the next line takes at least this share of what the longest takes.
_FULL = 0.9


class Row(NamedTuple):
    """A line in its segments."""

    line: Line
    segments: tuple[Segment, ...]

    @property
    def is_cut(self) -> bool:
        """Whether figures in it go on in a second line of their cells."""
        return any("\n" in segment.text for segment in self.segments)


class _Figures(NamedTuple):
    """A row that shows figures: its position, where it stands, its figures, and whether it shows words too."""

    position: int
    base: float
    size: float
    figures: tuple[Segment, ...]
    words: bool


def with_cut_figures(rows: Sequence[Row], is_figure: Callable[[str], bool]) -> list[Row]:
    """The rows, where lines of figures that are one printed row are one row.

    Such lines stand as near to each other as lines of one cell, and what stands in the lower one goes on beneath
    figures of the upper one. Which digits are one number is not told: a cell shows both lines.
    """
    shown = []
    for position, row in enumerate(rows):
        figures = tuple(part for part in row.segments if is_figure(part.text))
        if figures:
            words = len(figures) < len(row.segments)
            shown.append(_Figures(position, row.line.base, row.line.size, figures, words))
    found = list(rows)
    dropped: set[int] = set()
    for group in _groups(shown):
        first = group[0].position
        found[first] = _joined([rows[item.position] for item in group], is_figure)
        dropped.update(item.position for item in group[1:])
    return [row for position, row in enumerate(found) if position not in dropped]


def _groups(shown: Sequence[_Figures]) -> Iterator[list[_Figures]]:
    """The rows that are lines of one printed row, where there are several."""
    at = 0
    while at < len(shown):
        group = [shown[at]]
        while at + len(group) < len(shown) and _goes_on(group, shown, at + len(group)):
            group.append(shown[at + len(group)])
        if len(group) > 1 and _is_one_row(group):
            yield group
        at += len(group)


def _goes_on(group: Sequence[_Figures], shown: Sequence[_Figures], at: int) -> bool:
    last, row = group[-1], shown[at]
    gap = (row.base - last.base) / min(last.size, row.size)
    if gap <= _WITHIN_ROW:
        return True
    above = [part for item in group for part in item.figures]
    if gap > _LEADING or not all(any(_overlap(part, other) for other in above) for part in row.figures):
        return False
    if not (row.words and any(item.words for item in group)):
        return True
    first = at - len(group)
    around = [shown[first].base - shown[first - 1].base] if first else []
    around += [shown[at + 1].base - row.base] if at + 1 < len(shown) else []
    closer = bool(around) and min(around) >= _CLOSER * (row.base - last.base)
    return closer and _fill_their_cells(last.figures, row.figures)


def _fill_their_cells(upper: Sequence[Segment], lower: Sequence[Segment]) -> bool:
    """Whether the lower figures can be the rest of the upper ones: those take all the room that there is."""
    widest = max(part.x1 - part.x0 for part in upper)
    pairs = [(part, other) for part in upper for other in lower if _overlap(part, other)]
    return all(
        len(part.text) > 1 and part.x1 - part.x0 > _FULL * widest and other.x1 - other.x0 <= widest / _FULL
        for part, other in pairs
    )


def _is_one_row(group: Sequence[_Figures]) -> bool:
    """Whether figures by themselves stand beside the words or in the middle; else they may be another row's."""
    middle = (group[0].base + group[-1].base) / 2
    return all(
        row.words
        or abs(row.base - middle) <= _BESIDE * row.size
        or all(
            any(_overlap(part, other) for item in group if item is not row for other in item.figures)
            for part in row.figures
        )
        for row in group
    )


def _joined(rows: Sequence[Row], is_figure: Callable[[str], bool]) -> Row:
    """The lines as one row, in the middle of them; figures beneath one another in one cell."""
    parts: list[list[Segment]] = []
    words: list[Segment] = []
    for row in rows:
        for part in row.segments:
            if not is_figure(part.text):
                words.append(part)
                continue
            cell = next((cell for cell in parts if any(_overlap(part, other) for other in cell)), None)
            if cell is None:
                parts.append([part])
            else:
                cell.append(part)
    cells = [
        Segment(
            "\n".join(part.text for part in cell),
            min(part.x0 for part in cell),
            max(part.x1 for part in cell),
            any(part.hidden for part in cell),
        )
        for cell in parts
    ]
    pieces = tuple(sorted((piece for row in rows for piece in row.line.pieces), key=lambda piece: piece.x0))
    line = Line(pieces, (rows[0].line.base + rows[-1].line.base) / 2, rows[0].line.size)
    return Row(line, tuple(sorted((*words, *cells), key=lambda part: part.x0)))


def _overlap(one: Segment, other: Segment) -> bool:
    return min(one.x1, other.x1) > max(one.x0, other.x0)
