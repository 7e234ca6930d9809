"""What every reader gives: the pieces of a source in reading order, each with its place."""

from __future__ import annotations

from dataclasses import dataclass

from govinfo.place import Place


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of text: a paragraph, a cell of a table, or a cell printed on a line of its own.

    `row` numbers the printed rows of the source and `column` the cells of a row, both from 0, where the
    source shows them; text on a line of its own has neither. Where a source has merged cells, `column` counts the
    columns of the whole table, the text stands in the first position that the cell takes, and its other positions
    are `covered`: cells without text in which nothing could be printed. `edge` marks an empty cell that may be
    the rest of a merged label rather than a figure's cell, where the source does not say. `ocr` marks text that
    was recognised in a picture and may be wrong.
    """

    text: str
    place: Place
    row: int | None = None
    column: int | None = None
    edge: bool = False
    covered: bool = False
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A source as cells in reading order.

    `format` is the contract's code of the file's format. `title` is what the file says of itself outside its
    text (the head of a web page, the properties of a Word file), None where it says nothing. `hidden` are cells that
    the file holds and does not show: no figure is read from them, but a line that is missing may stand there.
    """

    source: str
    format: str
    cells: tuple[Cell, ...]
    title: str | None = None
    hidden: tuple[Cell, ...] = ()
