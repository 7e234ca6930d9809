"""Which column of the form each figure of a line belongs to.

In a true grid a cell is where it stands. Elsewhere a line with as many figures as the form has columns is
aligned; blanks are placed only where the other lines of the table show how its rows are built. What does
not fit is a damaged line: all its readings go to the form's arithmetic, and only what every allowed
reading agrees on is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

from govinfo.definitions.form import Block, Column, FormTable, Line
from govinfo.parse.tables.arithmetic import (
    NOTHING,
    UNPRINTED,
    Number,
    Option,
    Reading,
    Sum,
    adds_up,
    decided,
    settle,
    sums_of,
    unconfirmed,
)
from govinfo.parse.tables.figures import head_unit, parse_figure
from govinfo.parse.tables.laid import LaidLine, LaidTable, Slot
from govinfo.parse.tables.order import column_order
from govinfo.parse.tables.placed import PlacedCell
from govinfo.parse.tables.recognised import OCR, confirmed
from govinfo.parse.tables.rows import learn_rows, slots_by_column
from govinfo.parse.tables.twins import without_doubtful
from govinfo.text import fold_width, squeeze

_DIGITS = re.compile(r"^[0-9]+$")
# Beyond this many readings of one line nothing could be decided anyway.
_MAX_READINGS = 7000
# A reading that satisfies more equations than these does so because it is true, not by chance.
_COINCIDENCES = 1


@dataclass(frozen=True, slots=True)
class _Damaged:
    """A line that does not fit: its slots as far as they may hold figures, and the order of its columns."""

    laid: LaidLine
    core: tuple[Slot, ...]
    columns: tuple[Column, ...]
    units: Mapping[str, str | None]


def place_table(table: FormTable, laid: LaidTable | None) -> list[PlacedCell]:
    """Every cell of `table`, in the form's order; all `missing` where the table was not found."""
    cells: list[PlacedCell] = []
    rows = learn_rows(laid) if laid is not None else None
    recognised = laid is not None and any(slot.ocr for line in laid.lines for slot in line.slots)
    lines = {line.line.code: line for line in laid.lines if line.line is not None} if laid is not None else {}
    for number, block in enumerate(table.blocks):
        columns = block.columns if laid is None else column_order(block, laid, table.equations)
        amounts = [column.key for column in columns if column.number == "amount"]
        placed: dict[str, list[PlacedCell]] = {}
        damaged: dict[str, _Damaged] = {}
        for line in block.lines:
            found = lines.get(line.code)
            if laid is None or rows is None or found is None:
                placed[line.code] = [_missing(table, block, line, column) for column in block.columns]
                continue
            units = _units(amounts, number, laid, found) if amounts else {}
            fit, core = _own_slots(laid, found) if laid.columns > 1 else slots_by_column(found, len(columns), rows)
            if fit is None:
                damaged[line.code] = _Damaged(found, core, columns, units)
            else:
                placed[line.code] = [
                    _cell(table, block, line, column, slot, units, rows.grid)
                    for column, slot in zip(columns, fit, strict=True)
                ]
        if recognised:
            placed = confirmed(block, table.equations, placed)
        if recognised or (laid is not None and laid.columns > 1):
            by_code = {line.code: line for line in block.lines}
            # a line that lost a figure may hold a misread one too, and last year's figures fit as well as this year's:
            # then the arithmetic forces nothing
            placed.update({code: _decide(table, block, by_code[code], line, ()) for code, line in damaged.items()})
        else:
            damaged.update(_shifted(table, block, placed, lines))
            placed.update(_repair(table, block, placed, damaged))
        for line in block.lines:
            if columns is block.columns:
                cells += placed[line.code]
                continue
            by_key = {cell.column.key: cell for cell in placed[line.code]}
            cells += [by_key[column.key] for column in block.columns]
    return cells if laid is None else without_doubtful(table, laid, cells)


def _own_slots(laid: LaidTable, line: LaidLine) -> tuple[Sequence[Slot | None] | None, tuple[Slot, ...]]:
    """The slot in the form's own column of a table that has several for it; None where nobody can tell which it is."""
    printed = line.printed
    if not printed:
        return [line.slots[0] if line.slots else None], ()
    if laid.own is None or len(printed) != laid.columns:
        return None, printed
    return [printed[laid.own]], ()


def _units(amounts: Sequence[str], block: int, laid: LaidTable, line: LaidLine) -> dict[str, str | None]:
    """The unit of money of each column of amounts: printed beside the line, in its label, or in the head."""
    beside = line.unit or head_unit(line.label)
    return {key: beside or head_unit(laid.heads.get((block, key), "")) for key in amounts}


def _missing(table: FormTable, block: Block, line: Line, column: Column) -> PlacedCell:
    return PlacedCell(table, block, line, column, "missing", detail="not printed")


def _cell(
    table: FormTable,
    block: Block,
    line: Line,
    column: Column,
    slot: Slot | None,
    units: Mapping[str, str | None],
    grid: bool,
) -> PlacedCell:
    """The cell of a line whose slots are placed."""
    if slot is None:
        return _missing(table, block, line, column)
    figure = parse_figure(slot.text, column, units.get(column.key))
    status = figure.status
    if status == "read" and not grid:
        status = "aligned"
    raw = slot.text or None
    return PlacedCell(table, block, line, column, status, figure.value, raw, figure.detail, slot.place, ocr=slot.ocr)


def _shifted(
    table: FormTable, block: Block, placed: Mapping[str, Sequence[PlacedCell]], laid: Mapping[str, LaidLine]
) -> dict[str, _Damaged]:
    """Lines whose first or last cell is blank because another figure was lost and the rest moved.

    Their row is as wide as the others, so only the arithmetic can tell: it must contradict the figures where
    they stand, and allow them with one lost.
    """
    found: dict[str, _Damaged] = {}
    every: Sequence[Sum] = ()
    for code, cells in placed.items():
        figures = [cell for cell in cells if cell.value is not None]
        if "blank" not in (cells[0].status, cells[-1].status) or len(figures) != len(cells) - 1:
            continue
        every = every or sums_of(block, table.equations)
        columns = tuple(cell.column for cell in cells)
        core = tuple(Slot(cell.raw or "", cell.place or laid[code].place) for cell in figures)
        line = _Damaged(laid[code], core, columns, {})
        known = {(other, cell.column.key): cell.value for other in placed if other != code for cell in placed[other]}
        sums = [item for item in every if item.is_known_but_for(code, known)]
        if len(sums) <= _COINCIDENCES:
            continue
        stands: Reading = tuple(NOTHING if cell.value is None else cell.value for cell in cells)
        options = (stands, *_readings(line))
        allowed = settle(sums, known, {code: (tuple(column.key for column in columns), options)})
        readings = {reading for reading, _ in allowed[code]}
        if readings and stands not in readings:
            found[code] = line
    return found


def _repair(
    table: FormTable,
    block: Block,
    placed: Mapping[str, Sequence[PlacedCell]],
    damaged: Mapping[str, _Damaged],
) -> dict[str, list[PlacedCell]]:
    """The cells of damaged lines, decided cell by cell."""
    if not damaged:
        return {}
    sums = sums_of(block, table.equations)
    known: dict[tuple[str, str], Number | None] = {
        (code, cell.column.key): cell.value for code, cells in placed.items() if code not in damaged for cell in cells
    }
    options = {}
    for code, line in damaged.items():
        keys = tuple(column.key for column in line.columns)
        options[code] = (keys, _readings(line))
    # where printed figures contradict each other one of them is wrong, and nobody knows which: then no reading fits
    nothing: dict[str, list[Option]] = {code: [] for code in damaged}
    allowed = settle(sums, known, options) if adds_up(sums, known) else nothing
    for code in unconfirmed(sums, known, {code: keys for code, (keys, _) in options.items()}, allowed):
        if len(options[code][1]) > 1:
            allowed[code] = []
    lines = {line.code: line for line in block.lines}
    return {code: _decide(table, block, lines[code], line, allowed[code]) for code, line in damaged.items()}


def _readings(line: _Damaged) -> Sequence[Reading]:
    """Every way to place the line's slots in its columns, in order; none where there are too many."""
    width = len(line.columns)
    figures = tuple(slot.text for slot in line.core if slot.text)
    placings: dict[tuple[str | None, ...], None] = {}
    for texts in dict.fromkeys((figures, tuple(slot.text for slot in line.core))):
        # a lone figure that hangs on its label shows that the borders of cells were lost, not cells
        lost = not (len(texts) == 1 and line.core[0].glued)
        if _count_placings(texts, width) > _MAX_READINGS:
            return ()
        if lost:
            placings.update(dict.fromkeys(_placings(texts, width)))
        if len(texts) < width:
            placings.update(dict.fromkeys(_cut_apart(texts, width)))
    said: tuple[dict[str | None, Number | str], ...] = tuple({None: UNPRINTED} for _ in line.columns)
    for placed in placings:
        for position, text in enumerate(placed):
            if text not in said[position]:
                said[position][text] = _number_said(line, line.columns[position], text or "")
    return tuple(dict.fromkeys(tuple(said[i][text] for i, text in enumerate(placed)) for placed in placings))


def _count_placings(texts: tuple[str, ...], width: int) -> int:
    """At most how many ways there are to place the texts."""
    ways = comb(max(len(texts), width), min(len(texts), width))
    if len(texts) < width:
        digits = sum(max(1, len(text)) for text in texts)
        ways += comb(max(0, digits - len(texts)), width - len(texts))
    return ways


def _placings(texts: tuple[str, ...], width: int) -> Iterator[tuple[str | None, ...]]:
    """The texts in `width` columns in order: some left out where there are too many, gaps where too few."""
    if len(texts) >= width:
        yield from combinations(texts, width)
        return
    for positions in combinations(range(width), len(texts)):
        chosen: list[str | None] = [None] * width
        for position, text in zip(positions, texts, strict=True):
            chosen[position] = text
        yield tuple(chosen)


def _cut_apart(texts: tuple[str, ...], width: int) -> Iterator[tuple[str, ...]]:
    """The texts as `width` figures where the border between some was lost: 3 0 12 or 30 1 2 for 30 and 12."""
    if not texts:
        if not width:
            yield ()
        return
    first, *rest = texts
    digits = squeeze(fold_width(first))
    most = len(digits) if _DIGITS.match(digits) else 1
    for count in range(1, min(most, width - len(rest)) + 1):
        pieces = [(first,)] if count == 1 else _pieces(digits, count)
        tails = list(_cut_apart(tuple(rest), width - count))
        yield from ((*piece, *tail) for piece in pieces for tail in tails)


def _pieces(digits: str, count: int) -> Iterator[tuple[str, ...]]:
    """The digits as `count` whole numbers; none but 0 itself begins with a 0."""
    for cuts in combinations(range(1, len(digits)), count - 1):
        pieces = tuple(digits[i:j] for i, j in zip((0, *cuts), (*cuts, len(digits)), strict=True))
        if all(piece == "0" or piece[0] != "0" for piece in pieces):
            yield pieces


def _number_said(line: _Damaged, column: Column, text: str) -> Number | str:
    value = parse_figure(text, column, line.units.get(column.key)).value
    return NOTHING if value is None else value


def _decide(
    table: FormTable, block: Block, line: Line, damaged: _Damaged, options: Sequence[Option]
) -> list[PlacedCell]:
    """The cells of one damaged line from the readings that the arithmetic allows."""
    figures = [slot.text for slot in damaged.core if slot.text]
    printed = " | ".join(figures)
    blanks = len(damaged.core) - len(figures)
    extra = f" and {blanks} blank" if blanks else ""
    detail = f"{len(figures)} figures{extra} for {len(damaged.columns)} columns"
    if any(slot.ocr for slot in damaged.laid.slots):
        detail = f"{OCR}; {detail}"
    cells = []
    for position, column in enumerate(damaged.columns):
        value = decided(options, (line.code, column.key)) if options else None
        raw, note, status, place = None, detail, "ambiguous", damaged.laid.place
        if value is not None:
            status = "repaired"
            said = {reading[position] for reading, _ in options}
            slots = [slot for slot in damaged.core if slot.text and _number_said(damaged, column, slot.text) == value]
            texts = {slot.text for slot in slots}
            if UNPRINTED not in said and len(texts) <= 1:
                raw = texts.pop() if texts else str(value)
                # of several alike nobody knows which it is: then the line is the place
                place = slots[0].place if len(slots) == 1 else place
            elif said == {UNPRINTED}:
                note = f"{detail}; not printed"
        cells.append(PlacedCell(table, block, line, column, status, value, raw, note, place, printed))
    return cells
