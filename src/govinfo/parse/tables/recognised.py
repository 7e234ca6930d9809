"""Figures recognised in a picture: kept only where the form's arithmetic confirms them.

What a recogniser of characters says may be wrong everywhere, and wrong in more places at once. So nothing that it says
is taken for what is printed: not a figure, not an empty cell (a faint figure looks like one), not a mark, not that a
line is absent (its label may be misread).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from govinfo.definitions.form import Block, Equation
from govinfo.definitions.reading import reading
from govinfo.parse.tables.arithmetic import Cell, Number, sums_of
from govinfo.parse.tables.placed import PlacedCell
from govinfo.text import fold_width, simplify, squeeze

OCR = "ocr"
# So many equations must hold with a figure: along its line and along its column. Where the form has fewer, all of them.
_ENOUGH = 2

Placed = Mapping[str, Sequence[PlacedCell]]


def confirmed(block: Block, equations: Iterable[Equation], placed: Placed) -> dict[str, list[PlacedCell]]:
    """The cells of a block, by line, with all that nothing confirms made null: `ambiguous`, detail `ocr`.

    A figure is confirmed where two equations hold with it (one, where the form has only one for it) and none fails.
    An equation without all of its figures says nothing. What stays carries the detail `ocr` too.
    """
    holding: dict[Cell, list[bool | None]] = {}
    known = {(line, cell.column.key): _figure(cell) for line, cells in placed.items() for cell in cells}
    for item in sums_of(block, equations):
        values = [(factor, known.get(cell)) for factor, cell in item.terms]
        holds = None
        if all(value is not None for _, value in values):
            holds = sum(factor * value for factor, value in values if value is not None) == 0
        for _, cell in item.terms:
            holding.setdefault(cell, []).append(holds)
    return {
        line: [_judged(cell, holding.get((line, cell.column.key), ())) for cell in cells]
        for line, cells in placed.items()
    }


def _figure(cell: PlacedCell) -> Number | None:
    """The number that a cell says in digits or in a word for zero: other signs for numbers may be mere strokes."""
    if not cell.ocr:
        return cell.value
    raw = squeeze(fold_width(cell.raw or ""))
    return cell.value if any(map(str.isdigit, raw)) or simplify(raw) in reading().zeros else None


def _judged(cell: PlacedCell, holding: Sequence[bool | None]) -> PlacedCell:
    if not cell.ocr and cell.place is not None:
        # printed as text, on another page than the picture
        return cell
    enough = bool(holding) and holding.count(True) >= min(_ENOUGH, len(holding)) and False not in holding
    if enough and _figure(cell) is not None:
        return cell._replace(detail=OCR if cell.detail is None else f"{OCR}; {cell.detail}")
    return cell._replace(status="ambiguous", value=None, detail=OCR)
