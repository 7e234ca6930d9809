"""How a report prints its figures: each cell's text, and what that text truly says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from govinfo.definitions.demo import made_up
from govinfo.definitions.form import Block, Column, FormTable, Line
from govinfo.definitions.reading import reading
from govinfo.demo.figures import Figures, cells_of

_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
# how many yuan an amount of 1 is
YUAN = 10_000


@dataclass(frozen=True, slots=True)
class Truth:
    """What a cell says: `raw` as printed (None where it is empty), its value and status, and why it is no figure."""

    raw: str | None
    value: int | Decimal | None
    status: str
    detail: str | None = None


@dataclass(frozen=True)
class Dressed:
    """A table ready to print: its labels as this report words them, and each cell's text and truth."""

    table: FormTable
    texts: Mapping[tuple[str, str], str]
    truths: Mapping[tuple[str, str], Truth]


@dataclass(frozen=True, slots=True)
class House:
    """The habits of one report.

    zeros : how a line of zeros only is printed: `0`, `word` (无), `mark` (/), `blank`, or `people` (blank but for 0
        in its last column).
    units : `none`, `cells` (the unit behind figures of the first table).
    amounts : `head` (the plain figure under a head with its unit), `tenthousand` or `piece` (the unit in the cell).
    digits : `plain`, `commas`, `full` width.
    variants : how many labels are worded as other reports do.
    """

    zeros: str = "0"
    units: str = "none"
    amounts: str = "head"
    digits: str = "plain"
    variants: int = 0


def make_house(random: Random, *, blanks: bool) -> House:
    """The habits of one report; `blanks` says whether its layout shows that a cell is empty."""
    zeros = random.choices(("0", "word", "mark", "blank", "people"), (70, 8, 8, 7, 7))[0]
    if zeros in ("blank", "people") and not blanks:
        zeros = "0"
    return House(
        zeros=zeros,
        units=random.choices(("none", "cells"), (92, 8))[0],
        amounts=random.choice(("head", "head", "tenthousand", "piece")),
        digits=random.choices(("plain", "commas", "full"), (88, 6, 6))[0],
        variants=random.choice((0, 0, 0, 1, 2)),
    )


def dress(table: FormTable, figures: Figures, house: House, random: Random) -> Dressed:
    """`table` with `figures` printed by the habits of `house`."""
    worded = _reworded(table, house, random)
    odd = _odd_lines(table, figures, house, random)
    truths = {}
    for (_, line, column), (block, _, _) in zip(cells_of(table), cells_of(worded), strict=True):
        cell = (line.code, column.key)
        head = next(item.label for item in block.columns if item.key == column.key)
        if line.code in odd:
            truths[cell] = _odd(house.zeros, last=column.key == block.columns[-1].key)
        elif column.number == "amount":
            truths[cell] = amount_truth(figures[cell], house, head, line)
        else:
            counted = house.units == "cells" and table.name == "disclosure" and column.number == "count"
            truths[cell] = count_truth(int(figures[cell]), house, column, counted)
    texts = {cell: truth.raw or "" for cell, truth in truths.items()}
    return Dressed(worded, texts, truths)


def count_truth(value: int, house: House, column: Column, counted: bool = False) -> Truth:
    """The cell of a whole number."""
    text = f"{value:,}" if house.digits == "commas" else str(value)
    if column.number == "change" and value > 0:
        text = f"+{text}"
    if house.digits == "full":
        text = text.translate(_FULL_WIDTH)
    if counted:
        text += made_up("figures_in_words")["count"]
    return Truth(text, value, "read")


def amount_truth(value: int | Decimal, house: House, head: str, line: Line) -> Truth:
    """The cell of an amount in 万元: in what unit it is printed, and whether that unit stands anywhere."""
    words = made_up("figures_in_words")
    amount = Decimal(value)
    known = any(unit in head for unit in reading().money) or (line.unit or "") in reading().money
    if amount == 0:
        return Truth("0", Decimal(0), "read")
    if house.amounts == "piece":
        return Truth(f"{(amount * YUAN).normalize():f}{words['piece']}", amount, "read")
    if house.amounts == "tenthousand":
        return Truth(f"{amount:f}{words['tenthousand']}", amount, "read")
    return Truth(f"{amount:f}", amount, "read") if known else Truth(f"{amount:f}", None, "unreadable", "no unit")


def _odd_lines(table: FormTable, figures: Figures, house: House, random: Random) -> frozenset[str]:
    """The lines of zeros only that are printed without a 0: of each block all or none, but not each time."""
    if house.zeros == "0" or random.random() < 0.3:
        return frozenset()
    return frozenset(
        line.code
        for block in table.blocks
        for line in block.lines
        if line.label is not None and not any(figures[line.code, column.key] for column in block.columns)
    )


def _odd(zeros: str, last: bool) -> Truth:
    words = made_up("figures_in_words")
    if zeros == "word":
        return Truth(words["zero"], 0, "read")
    if zeros == "mark":
        return Truth(words["mark"], None, "not_applicable")
    return Truth("0", 0, "read") if zeros == "people" and last else Truth(None, None, "blank")


def _reworded(table: FormTable, house: House, random: Random) -> FormTable:
    """The table with the unit in the heads of amounts, where it belongs there, and some labels reworded."""
    with_variants = [line.code for block in table.blocks for line in block.lines if len(line.labels) > 1]
    chosen = set(random.sample(with_variants, min(house.variants, len(with_variants))))
    blocks = tuple(
        replace(
            block,
            columns=tuple(_reworded_column(block, column, house) for column in block.columns),
            lines=tuple(_reworded_line(line, random) if line.code in chosen else line for line in block.lines),
        )
        for block in table.blocks
    )
    return replace(table, blocks=blocks)


def _reworded_column(block: Block, column: Column, house: House) -> Column:
    if column.number != "amount" or house.amounts != "head" or any(line.unit for line in block.lines):
        return column
    if any(unit in column.label for unit in reading().money):
        return column
    return replace(column, label=column.label + made_up("figures_in_words")["head"])


def _reworded_line(line: Line, random: Random) -> Line:
    """The line under another wording of its label, the enumerator kept."""
    assert line.label is not None
    words = random.choice(line.labels[1:])
    for mark in ("）", ".", "、", "："):
        head, found, _ = line.label.partition(mark)
        if found and len(head) <= 2:
            return replace(line, label=head + mark + words)
    return replace(line, label=words)
