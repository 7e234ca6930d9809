"""Tables that go on over pages: their columns counted as those of one table."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from govinfo.readers.pdf.page import Block, Page, Printed

_SAME_EDGE = 4.0


def continued(pages: Sequence[Page]) -> list[Page]:
    """The pages with the columns of a table that fills the end of a page and the top of the next made one set.

    A page shows only the columns that its rows have: one that no row parts, or that merged cells lost, is found
    on another page. The tables' last columns must end at one place.
    """
    found = list(pages)
    for chain in _chains(pages):
        edges = _edges([_block(found[page], at) for page, at in chain])
        for page, at in chain:
            items = list(found[page].items)
            items[at] = _renumbered(_block(found[page], at), edges)
            found[page] = replace(found[page], items=tuple(items))
    return found


def _block(page: Page, at: int) -> Block:
    item = page.items[at]
    assert isinstance(item, Block)
    return item


def _chains(pages: Sequence[Page]) -> Iterator[list[tuple[int, int]]]:
    """Tables that go on: for each part the position of its page and of the table on it."""
    chain: list[tuple[int, int]] = []
    for page, (above, below) in enumerate(itertools.pairwise(pages)):
        if not _goes_on(above, below):
            continue
        last = (page, len(above.items) - 1)
        if not chain or chain[-1] != last:
            if chain:
                yield chain
            chain = [last]
        chain.append((page + 1, 0))
        if len(below.items) > 1:
            yield chain
            chain = []
    if chain:
        yield chain


def _goes_on(above: Page, below: Page) -> bool:
    if not above.items or not below.items:
        return False
    one, other = above.items[-1], below.items[0]
    if not isinstance(one, Block) or not isinstance(other, Block) or not one.xs or not other.xs:
        return False
    if abs(one.xs[-1] - other.xs[-1]) > _SAME_EDGE:
        return False
    fewer, more = sorted((one.xs, other.xs), key=len)
    return all(any(abs(x - edge) <= _SAME_EDGE for edge in more) for x in fewer[1:])


def _edges(blocks: Sequence[Block]) -> list[float]:
    edges: list[float] = []
    for x in sorted(x for block in blocks for x in block.xs):
        if not edges or x - edges[-1] > _SAME_EDGE:
            edges.append(x)
    return edges


def _renumbered(block: Block, edges: Sequence[float]) -> Block:
    if len(block.xs) == len(edges):
        return block
    places = [min(range(len(edges)), key=lambda at: abs(edges[at] - x)) for x in block.xs]
    rows = tuple(tuple(_moved(cell, places) for cell in row) for row in block.rows)
    return replace(block, xs=tuple(edges), rows=rows)


def _moved(cell: Printed, places: Sequence[int]) -> Printed:
    start, stop = places[cell.column], places[cell.column + cell.columns]
    return replace(cell, column=start, columns=stop - start)
