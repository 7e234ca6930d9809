"""Figures recognised in a picture: kept only where the form's arithmetic confirms them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from govinfo.definitions.form import Block, Equation
from govinfo.parse.arithmetic import sums_of
from govinfo.parse.placed import PlacedCell

OCR = "ocr"


def confirmed(
    block: Block, equations: Iterable[Equation], placed: Mapping[str, Sequence[PlacedCell]]
) -> dict[str, list[PlacedCell]]:
    """The cells of a block, by line, with every recognised figure that nothing confirms made null.

    A figure is confirmed where at least one equation can be evaluated with it and every one that can holds: a
    misread figure breaks the sums of its row and of its column. What stays carries the detail `ocr`.
    """
    known = {(line, cell.column.key): cell.value for line, cells in placed.items() for cell in cells}
    holding: dict[tuple[str, str], list[bool]] = {}
    for item in sums_of(block, equations):
        values = [(factor, known.get(cell)) for factor, cell in item.terms]
        if any(value is None for _, value in values):
            continue
        holds = sum(factor * value for factor, value in values if value is not None) == 0
        for _, cell in item.terms:
            holding.setdefault(cell, []).append(holds)
    return {
        line: [_judged(cell, holding.get((line, cell.column.key), [])) for cell in cells]
        for line, cells in placed.items()
    }


def _judged(cell: PlacedCell, holding: Sequence[bool]) -> PlacedCell:
    if not cell.ocr:
        return cell
    if cell.value is None or (holding and all(holding)):
        return replace(cell, detail=OCR if cell.detail is None else f"{OCR}; {cell.detail}")
    return replace(cell, status="ambiguous", value=None, detail=OCR)
