"""Which row of figures the lines of a wrapped label belong to, where no rule parts the rows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from govinfo.readers.pdf_words import Line

_SYMMETRY = 0.3
_CLOSER = 0.15


def label_lines(
    lines: Sequence[Line], figured: Sequence[int], own_label: Sequence[bool], rules: Sequence[float]
) -> dict[int, int]:
    """For each line without figures the line with figures whose label it is part of; only where that is clear.

    Parameters
    ----------
    lines : the lines of a table from the top.
    figured : the positions of those with figures.
    own_label : for each of these whether words stand on the same line.
    rules : the heights of lines drawn across the table.

    Returns
    -------
    Positions of label lines, with the position of their row. Rules between the rows decide; else figures that
    stand in the middle of their labels, or on the first line, in every row. Where lines can be shared out in
    two ways, or in none, all are left alone.
    """
    if len(figured) == len(lines):
        return {}
    ruled = _by_rules(lines, figured, rules)
    if ruled is not None:
        return ruled
    centred = _centred(lines, figured, own_label)
    topped = _topped(lines, figured, own_label)
    if len(centred) == 1 and (topped is None or topped == centred[0]):
        return centred[0]
    return topped if topped is not None and not centred else {}


def _by_rules(lines: Sequence[Line], figured: Sequence[int], rules: Sequence[float]) -> dict[int, int] | None:
    """The shares where each two rows of figures have a rule between them; None where they have not."""
    if len(figured) < 2:
        return None
    for above, below in itertools.pairwise(figured):
        if not any(lines[above].base < at < lines[below].base for at in rules):
            return None

    def band(base: float, size: float) -> int:
        return sum(1 for at in rules if at < base - 0.35 * size)

    rows = {band(lines[index].base, lines[index].size): index for index in figured}
    found = {}
    for index, line in enumerate(lines):
        owner = rows.get(band(line.base, line.size))
        if index not in figured and owner is not None:
            found[index] = owner
    return found


def _centred(lines: Sequence[Line], figured: Sequence[int], own_label: Sequence[bool]) -> list[dict[int, int]]:
    """Every way to share the lines out so that each row's figures stand in the middle of its label."""
    found = []
    for first in range(figured[0] + 1):
        shares = _centred_from(lines, figured, own_label, first)
        if shares is not None and shares not in found:
            found.append(shares)
    return found


def _centred_from(
    lines: Sequence[Line], figured: Sequence[int], own_label: Sequence[bool], first: int
) -> dict[int, int] | None:
    shares: dict[int, int] = {}
    count = first
    for order, index in enumerate(figured):
        room = (figured[order + 1] if order + 1 < len(figured) else len(lines)) - index - 1
        if count > room or (count == 0 and not own_label[order]):
            return None
        for step in range(1, count + 1):
            above, below = lines[index - step], lines[index + step]
            skew = (lines[index].base - above.base) - (below.base - lines[index].base)
            if abs(skew) > _SYMMETRY * lines[index].size:
                return None
            shares[index - step] = shares[index + step] = index
        count = room - count
    return shares


def _topped(lines: Sequence[Line], figured: Sequence[int], own_label: Sequence[bool]) -> dict[int, int] | None:
    """The shares where each row's figures stand on the first line of its label, told by closer lines within it."""
    if not all(own_label) or figured[0] != 0:
        return None
    shares: dict[int, int] = {}
    for order, index in enumerate(figured):
        stop = figured[order + 1] if order + 1 < len(figured) else len(lines)
        for other in range(index + 1, stop):
            shares[other] = index
        if stop < len(lines) and stop - index > 1:
            within = max(lines[i + 1].base - lines[i].base for i in range(index, stop - 1))
            if lines[stop].base - lines[stop - 1].base <= within + _CLOSER * lines[index].size:
                return None
    return shares
