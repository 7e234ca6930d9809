"""Labels that a recogniser of characters misread → the labels of the form that they are, where only one can be meant.

A label with a wrong character is no label, and its line would be lost. But a label taken for another puts figures in
the wrong line, and two lines that change places keep the sums of their columns. So a text is taken for a label only if
it is long, nearly the same, far from every other label, and stands where the form has that line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache

from govinfo.definitions.form import Line
from govinfo.parse.tables.figures import is_figure
from govinfo.parse.tables.labels import Label, LabelIndex
from govinfo.readers.document import Cell
from govinfo.text import label_keys

# Shorter labels differ by too little (予以公开, 不予公开).
_SHORTEST = 6
_SHARE = 0.2
# The next best label differs by at least so many characters more, and by so many times as many.
_CLEAR, _TIMES = 2, 2


def with_labels(cells: Sequence[Cell], index: LabelIndex) -> tuple[Cell, ...]:
    """The cells with misread labels of recognised tables spelt as the form spells them; all else as it is.

    A line's label is mended only where the line is not printed elsewhere, and stands between those that the form has
    before it and behind it.
    """
    suspects = [position for position, cell in enumerate(cells) if cell.ocr and _may_be_misread(cell, index)]
    if not suspects:
        return tuple(cells)
    printed = {line for _, line in _lines(cells, index, {})}
    nearest = {position: _nearest(cells[position].text, index, printed) for position in suspects}
    meant = {position: key for position, key in nearest.items() if key is not None}
    wrong = _out_of_order(cells, index, meant)
    return tuple(
        replace(cell, text=meant[position]) if position in meant and position not in wrong else cell
        for position, cell in enumerate(cells)
    )


def _may_be_misread(cell: Cell, index: LabelIndex) -> bool:
    return (
        cell.row is not None
        and bool(cell.text)
        and not is_figure(cell.text)
        and not index.find(cell.text)
        and not index.may_go_on(cell.text)
    )


def _nearest(text: str, index: LabelIndex, printed: Set[Line]) -> str | None:
    """The key of the one label that `text` misspells; one of the lines that are `printed` is hardly meant."""
    found: dict[frozenset[Label], tuple[int, str]] = {}
    for spelt in label_keys(text):
        for key, labels in index.keys.items() if len(spelt) >= _SHORTEST else ():
            reached = (distance(spelt, key), key)
            group = frozenset(labels)
            found[group] = min(found.get(group, reached), reached)
    if not found:
        return None
    (_, (least, key)), *others = sorted(found.items(), key=lambda item: item[1])
    if len(key) < _SHORTEST or least > round(_SHARE * len(key)):
        return None
    for group, (other, _) in others:
        taken = all(label.line in printed for label in group)
        if other < (least + 1 if taken else max(least + _CLEAR, least * _TIMES)):
            return None
    return key


@lru_cache(maxsize=65536)
def distance(one: str, other: str) -> int:
    """How many characters must be changed, left out or put in to make one text of the other."""
    row = list(range(len(other) + 1))
    for at, character in enumerate(one, start=1):
        before, row[0] = row[0], at
        for there, against in enumerate(other, start=1):
            before, row[there] = (
                row[there],
                min(row[there] + 1, row[there - 1] + 1, before + (character != against)),
            )
    return row[-1]


def _out_of_order(cells: Sequence[Cell], index: LabelIndex, meant: Mapping[int, str]) -> frozenset[int]:
    """The positions of mended labels of lines that are printed twice, or not where the form has them."""
    order = {line: at for at, line in enumerate(line for t in index.form.tables for b in t.blocks for line in b.lines)}
    lines = dict(_lines(cells, index, meant))
    times = Counter(lines.values())
    sure = [(position, order[line]) for position, line in lines.items() if position not in meant]
    wrong = set()
    for position in meant:
        line = lines.get(position)
        if line is None:
            continue
        before = max((at for other, at in sure if other < position), default=-1)
        behind = min((at for other, at in sure if other > position), default=len(order))
        if times[line] > 1 or not before < order[line] < behind:
            wrong.add(position)
    return frozenset(wrong)


def _lines(cells: Sequence[Cell], index: LabelIndex, meant: Mapping[int, str]) -> Iterator[tuple[int, Line]]:
    """The positions of the labels that can be one line's only, each with its line."""
    for position, cell in enumerate(cells):
        labels = index.find(meant.get(position, cell.text))
        if len(labels) == 1 and labels[0].line is not None:
            yield position, labels[0].line
