"""Which pieces of text that stand beneath one another are one cell, where no rule parts the rows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govinfo.readers.pdf.words import Segment

# In letters: how far the edges or the middles of two lines of one cell may differ, how far apart its lines stand at
# most, and how much closer than lines of two cells.
_OFF = 0.8
_LEADING = 2.0
_CLOSER = 1.08
_SINGLE = 1.5
_JUMP = 1.2
_BESIDE = 0.35


class Part(NamedTuple):
    """A piece of text on the printed line `line`, which is `figured` where something stands in the figures' columns."""

    line: int
    base: float
    size: float
    segment: Segment
    figured: bool

    @property
    def middle(self) -> float:
        """The middle of its width."""
        return (self.segment.x0 + self.segment.x1) / 2


Stack = tuple[Part, ...]


def stacks(parts: Sequence[Part], figures: Sequence[float], rules: Sequence[float]) -> list[Stack]:
    """The parts as cells, each from its first line to its last.

    Parameters
    ----------
    parts : the pieces of text of a table, from the top.
    figures : the baselines of the rows of figures.
    rules : the heights of lines drawn across the table.

    Returns
    -------
    Parts that stand closer than those of two rows are one cell, and nothing on two sides of a rule is. Where the
    lines of the table stand at one distance from each other and a row of figures has no words beside it, the figures
    must stand in the middle of every label, in one way only; else every part is a cell by itself.
    """
    pairs = list(_neighbours(parts, rules))
    if _are_parted(figures, rules):
        return _joined(parts, [(a, b) for a, b in pairs if _gap(parts[a], parts[b]) <= _LEADING])
    names = _names(parts, figures[0])
    most = _most_within(parts, pairs, names)
    if most is not None:
        found = _joined(parts, [(a, b) for a, b in pairs if _gap(parts[a], parts[b]) <= most])
        rows = {parts[index] for index in names}
        if not any(sum(1 for part in stack if part in rows) > 1 for stack in found):
            return found
    return _joined(parts, _shared_out(parts, pairs, figures))


def rows_beside(stack: Stack, figures: Sequence[float]) -> list[int]:
    """The positions of the rows of figures beside a cell."""
    top = stack[0].base - _BESIDE * stack[0].size
    bottom = stack[-1].base + _BESIDE * stack[-1].size
    return [index for index, base in enumerate(figures) if top <= base <= bottom]


def _gap(above: Part, below: Part) -> float:
    return (below.base - above.base) / min(above.size, below.size)


def _neighbours(parts: Sequence[Part], rules: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Each part with the next one beneath it, where both could be lines of one cell."""
    for index, part in enumerate(parts):
        for other in range(index + 1, len(parts)):
            below = parts[other]
            if below.line == part.line or below.segment.x0 >= part.segment.x1 or below.segment.x1 <= part.segment.x0:
                continue
            if _is_aligned(part, below) and not any(part.base < at < below.base for at in rules):
                yield index, other
            break


def _is_aligned(part: Part, below: Part) -> bool:
    small = min(part.size, below.size)
    off = (part.segment.x0 - below.segment.x0, part.middle - below.middle, part.segment.x1 - below.segment.x1)
    return max(part.size, below.size) <= 1.3 * small and min(map(abs, off)) <= _OFF * small


def _are_parted(figures: Sequence[float], rules: Sequence[float]) -> bool:
    """Whether each two rows of figures have a rule between them."""
    return len(figures) > 1 and all(
        any(above < at < below for at in rules) for above, below in itertools.pairwise(figures)
    )


def _most_within(parts: Sequence[Part], pairs: Sequence[tuple[int, int]], names: frozenset[int]) -> float | None:
    """How far apart lines of one cell stand at most; None where the distances do not tell."""
    between = [_gap(parts[a], parts[b]) for a, b in pairs if a in names and b in names]
    gaps = sorted(_gap(parts[a], parts[b]) for a, b in pairs)
    if between:
        # rows differ a little in height, lines of one cell hardly do
        most = min((gaps[0] + min(between)) / 2, _LEADING)
        return most if gaps[0] * _CLOSER <= min(between) and gaps[0] <= most else None
    close = [gap for gap in gaps if gap <= _SINGLE]
    if not close or len(close) == len(gaps):
        return None if close else 0.0
    return close[-1] * _CLOSER if gaps[len(close)] >= _JUMP * close[-1] else None


def _names(parts: Sequence[Part], top: float) -> frozenset[int]:
    """The parts on rows of their own from `top` on: no label stands beside them on other lines, as beside captions."""
    found = set()
    for index, part in enumerate(parts):
        if (
            part.figured
            and part.base >= top
            and not any(
                other.line != part.line
                and other.segment.x0 >= part.segment.x1
                and abs(other.base - part.base) <= 1.5 * part.size
                for other in parts
            )
        ):
            found.add(index)
    return frozenset(found)


def _joined(parts: Sequence[Part], pairs: Sequence[tuple[int, int]]) -> list[Stack]:
    following = dict(pairs)
    begun = set(range(len(parts))) - set(following.values())
    found = []
    for index in sorted(begun):
        stack, at = [parts[index]], index
        while at in following:
            at = following[at]
            stack.append(parts[at])
        found.append(tuple(stack))
    return found


def _shared_out(
    parts: Sequence[Part], pairs: Sequence[tuple[int, int]], figures: Sequence[float]
) -> list[tuple[int, int]]:
    """The pairs that are lines of one cell where all stand equally far apart: the figures tell, if they do."""
    if all(any(part.base == base for part in parts) for base in figures):
        # no row needs a label from other lines
        return []
    following = dict(pairs)
    chain = max((_chain(index, following) for index in range(len(parts))), key=len, default=[])
    if len(chain) < 2:
        return []
    found = []
    for cells in _centred([parts[index] for index in chain], figures):
        found.append([(chain[i], chain[i + 1]) for first, last in cells for i in range(first, last)])
    return found[0] if len(found) == 1 else []


def _chain(index: int, following: dict[int, int]) -> list[int]:
    chain = [index]
    while chain[-1] in following:
        chain.append(following[chain[-1]])
    return chain


def _centred(chain: Sequence[Part], figures: Sequence[float]) -> Iterator[list[tuple[int, int]]]:
    """Every way to cut a column of lines into labels in whose middle a row of figures stands."""
    ways: list[list[tuple[int, int]]] = [[]]
    rows = [base for base in figures if chain[0].base - chain[0].size <= base <= chain[-1].base + chain[-1].size]
    for base in rows:
        longer = []
        for way in ways:
            first = way[-1][1] + 1 if way else 0
            for last in range(first, len(chain)):
                middle = (chain[first].base + chain[last].base) / 2
                if abs(middle - base) <= _BESIDE * chain[first].size:
                    longer.append([*way, (first, last)])
        ways = longer[:2]
    for way in ways:
        if way and way[-1][1] == len(chain) - 1:
            yield way
