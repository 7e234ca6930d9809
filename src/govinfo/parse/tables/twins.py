"""Lines whose label another part of the same table has too: of which part a lone one is, only its neighbours tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from decimal import Decimal

from govinfo.definitions.form import FormTable, Line
from govinfo.parse.tables.laid import LaidTable
from govinfo.parse.tables.placed import PlacedCell
from govinfo.text import label_keys


def without_doubtful(table: FormTable, laid: LaidTable, cells: Sequence[PlacedCell]) -> list[PlacedCell]:
    """The cells of a table, those made null that may be another part's.

    Where nothing else is printed of the part that has the same label, the end of a page may have taken all that stood
    between the two. A line stays where an equation forces it to be 0, or where its label is printed twice.
    """
    printed = {line.line.code for line in laid.lines if line.line is not None}
    lost = [block for block in table.blocks if not any(line.code in printed for line in block.lines)]
    if not lost:
        return list(cells)
    twice = {line.line.code for line in laid.unknown if line.line is not None}
    keys = {key for block in lost for line in block.lines for key in _keys(line)}
    doubtful = {
        line.code
        for block in table.blocks
        for line in block.lines
        if block not in lost and line.code in printed and line.code not in twice and not keys.isdisjoint(_keys(line))
    }
    doubtful.difference_update(set(_forced(table, cells, doubtful)) if doubtful else ())
    return [_made_null(cell) if cell.line.code in doubtful and cell.raw else cell for cell in cells]


def _keys(line: Line) -> set[str]:
    return {key for label in line.labels for key in label_keys(label)[:1]}


def _forced(table: FormTable, cells: Sequence[PlacedCell], doubtful: Set[str]) -> Iterator[str]:
    """The doubtful lines of 0 for which an equation leaves nothing: it holds, and no other doubtful line is more."""
    values: dict[str, list[int | Decimal]] = {}
    for cell in cells:
        if cell.value is not None:
            values.setdefault(cell.line.code, []).append(cell.value)
    for equation in table.equations:
        if equation.for_each != "column":
            continue
        own = [code for _, code in equation.terms if code in doubtful]
        rows = [[factor * value for value in values.get(code, ())] for factor, code in equation.terms]
        complete = len({len(row) for row in rows}) == 1 and bool(rows[0])
        if complete and not any(map(sum, zip(*rows, strict=True))) and not any(any(values[code]) for code in own):
            yield from own


def _made_null(cell: PlacedCell) -> PlacedCell:
    detail = "its label stands in two parts of the form"
    return cell._replace(status="ambiguous", value=None, raw=None, detail=detail, printed=cell.raw)
