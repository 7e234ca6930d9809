"""Where another report begins in a file: its figures must not fill the gaps of the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from govinfo.definitions.patterns import patterns
from govinfo.definitions.sections import sections
from govinfo.parse.tables.figures import is_figure
from govinfo.parse.tables.labels import LabelIndex
from govinfo.readers.document import Cell
from govinfo.text import fold_width, label_keys, squeeze, top_numeral

# So many lines printed again are another table, not a line that was torn or printed twice.
_LINES = 3
_SHORTEST = 4


@dataclass
class _Entry:
    """A line's label with the figures behind it; `order` is the line's place in the form."""

    position: int
    order: int
    figures: list[str] = field(default_factory=list)


def second_report(cells: Sequence[Cell], index: LabelIndex) -> int | None:
    """The position at which another report begins, None where the file holds one.

    It begins where the form's lines begin anew, some of them with other figures than before, and a title, the heading
    of the first section or a new sheet stands between. Under another title the figures may be the same.
    """
    texts = Counter(cell.text for cell in cells if len(cell.text) >= _SHORTEST)
    repeated = {text for text, count in texts.items() if count > 1}
    if len(repeated) < _LINES:
        return None
    seen: dict[int, list[str]] = {}
    runs = list(_runs(cells, index, repeated))
    for before, run in zip([[], *runs], runs, strict=False):
        again = [entry for entry in run if entry.order in seen]
        if before and len(again) >= _LINES:
            gap = range(before[-1].position + 1, run[0].position)
            start, titled = _beginning(cells, gap)
            others = [entry for entry in again if entry.figures != seen[entry.order]]
            if start is not None and (titled or len(others) >= _LINES):
                return start
        for entry in run:
            seen.setdefault(entry.order, entry.figures)
    return None


def _runs(cells: Sequence[Cell], index: LabelIndex, repeated: set[str]) -> Iterator[list[_Entry]]:
    """The lines that are printed more than once, in runs that keep the order of the form."""
    order = {
        (table.name, line.code): number * 1_000 + place
        for number, table in enumerate(index.form.tables)
        for place, line in enumerate(line for block in table.blocks for line in block.lines)
    }
    run: list[_Entry] = []
    opened: _Entry | None = None
    for position, cell in enumerate(cells):
        if not cell.text:
            continue
        if is_figure(cell.text):
            if opened is not None:
                opened.figures.append(cell.text)
            continue
        opened = None
        labels = index.find(cell.text) if cell.text in repeated else ()
        lines = {order[label.table, label.line.code] for label in labels if label.line is not None}
        if len(lines) != 1 or any(label.kind != "line" for label in labels):
            continue
        opened = _Entry(position, lines.pop())
        if run and opened.order < run[-1].order:
            yield run
            run = []
        run.append(opened)
    if run:
        yield run


def _beginning(cells: Sequence[Cell], gap: range) -> tuple[int | None, bool]:
    """Where in the gap between two runs a report may begin; and whether a title of its own says so."""
    first = {_title(cell) for cell in cells[: gap.start]}
    found: int | None = None
    for position in gap:
        cell = cells[position]
        title = _title(cell)
        if title is not None and title not in first:
            return position if found is None else found, True
        moved = cell.place.sheet is not None and cell.place.sheet != cells[gap.start - 1].place.sheet
        if found is None and (moved or title is not None or _opens(cell)):
            found = position
    return found, False


def _title(cell: Cell) -> str | None:
    """The title of a report that the cell prints, None where it prints none."""
    rules = patterns("identity")
    if not cell.text or len(cell.text) > 2 * rules.numbers["title_length"]:
        return None
    text = squeeze(fold_width(cell.text))
    if any(word in text for word in rules.words["no_title"]):
        return None
    return text if rules.one["title"].match(text) else None


def _opens(cell: Cell) -> bool:
    """Whether the cell is the heading of a report's first section."""
    numbered = top_numeral(cell.text) if cell.text else None
    if numbered is None or numbered[0] != 1:
        return False
    keys = label_keys(numbered[1])
    section = sections().fitting(keys[0]) if keys else None
    return section is not None and section.number == 1
