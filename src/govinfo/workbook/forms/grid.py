"""Where each label, figure and check of an official form stands on a sheet, worked out from the form's definition.

All tables of a form share the columns of one sheet: narrow ones of one width, of which a label or a figure takes one or
more. Behind the last of them stands the column of checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from openpyxl.utils import get_column_letter

from govinfo.definitions.form import Block, Equation, Form, FormTable
from govinfo.definitions.sheet import Span, sheet, spans
from govinfo.tables import LISTED
from govinfo.workbook.forms.relations import Relation, relations_of

# A figure of a form: table, line and column, as the data contract has them (channel and result, item and measure).
Key = tuple[str, str, str]
# Columns of a sheet, at least: table four has so many figures side by side.
_COLUMNS = 15
# The most columns that one figure takes, and what the column of units takes.
_WIDEST, _UNIT = 3, 2


@dataclass(frozen=True, slots=True)
class Area:
    """A cell of the sheet, or several in one: its first row and column, counted from 1, and what it takes."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def address(self) -> str:
        """The address of its first cell."""
        return f"{get_column_letter(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the form: `kind` is `table` (a title), `head`, `caption` or `label`."""

    kind: str
    text: str
    area: Area


@dataclass(frozen=True, slots=True)
class Check:
    """Where the result of an equation stands for one column, line or group of the table."""

    area: Area
    relation: Relation


@dataclass(frozen=True, slots=True)
class Told:
    """A text about checks: that of `equation` where it has a row of its own, else the head of their column."""

    area: Area
    table: str
    equation: Equation | None = None


@dataclass(frozen=True)
class Grid:
    """A form on a sheet: `width` columns, then that of the checks; `last` is the last row."""

    form: Form
    width: int
    last: int
    texts: tuple[Text, ...]
    figures: Mapping[Key, Area] = field(hash=False)
    numbers: Mapping[Key, str] = field(hash=False)
    checks: tuple[Check, ...] = ()
    told: tuple[Told, ...] = ()
    starts: Mapping[str, int] = field(default_factory=dict, hash=False)


@lru_cache(maxsize=32)
def grid_of(form: Form, top: int) -> Grid:
    """The form laid out from the row `top` on; `starts` has the row of each table's title."""
    parts = [_sizes(table) for table in form.tables]
    width = max(_COLUMNS, *(sum(labels) + figures for labels, figures in parts))
    texts: list[Text] = []
    figures: dict[Key, Area] = {}
    checks: list[Check] = []
    told: list[Told] = []
    starts: dict[str, int] = {}
    row = top
    for table, (labels, values) in zip(form.tables, parts, strict=True):
        starts[table.name] = row
        texts.append(Text("table", table.title, Area(row, 1, 1, width)))
        places = _places(labels, values, width)
        rows = sheet(table, {})
        own = dict(_figures(table, places, row + 1))
        figures |= own
        texts.extend(_texts(table, places, row + 1, set(own.values())))
        heads = next((number for number, line in enumerate(rows) if line.line is not None), len(rows))
        row += 1 + len(rows)
        below = _Below(table, own, width, row, sum(size for _, size in places[: len(labels)]))
        checks.extend(below.checks())
        told.extend(below.told(starts[table.name] + 1, heads))
        row += len(below.rows) + 1
    return Grid(form, width, row - 2, tuple(texts), figures, _numbers(form), tuple(checks), tuple(told), starts)


def _sizes(table: FormTable) -> tuple[tuple[int, ...], int]:
    """The least columns of each label, and the number of figures side by side."""
    if table.unit_column is not None:
        return (1, _UNIT), 1
    values = max(len(block.columns) for block in table.blocks)
    if all(line.label is None for block in table.blocks for line in block.lines):
        return (), values
    return (1,) * max(block.label_columns for block in table.blocks), values


def _places(labels: tuple[int, ...], values: int, width: int) -> list[tuple[int, int]]:
    """First column and number of columns of each column of the printed table."""
    share = width // values if not labels else max(1, min(_WIDEST, width * 3 // 5 // values))
    sizes = [*labels, *[share] * values]
    # the words of the lines take what is left: the first of a list, else the innermost label
    wide = -1 if not labels else 0 if labels[-1] == _UNIT else len(labels) - 1
    sizes[wide] += width - sum(sizes)
    places, column = [], 1
    for size in sizes:
        places.append((column, size))
        column += size
    return places


def _area(span: Span, places: Sequence[tuple[int, int]], top: int) -> Area:
    own = places[span.column : span.column + span.columns]
    return Area(top + span.row, own[0][0], span.rows, sum(size for _, size in own))


def _figures(table: FormTable, places: Sequence[tuple[int, int]], top: int) -> Iterator[tuple[Key, Area]]:
    rows = sheet(table, {})
    areas = {(span.row, span.column): _area(span, places, top) for span in spans(rows)}
    blocks = {id(line): block for block in table.blocks for line in block.lines}
    for number, row in enumerate(rows):
        if row.line is not None:
            for position, column in enumerate(blocks[id(row.line)].columns):
                key = (table.name, column.group or row.line.code, column.code)
                yield key, areas[number, row.first + position]


def _texts(table: FormTable, places: Sequence[tuple[int, int]], top: int, figures: set[Area]) -> Iterator[Text]:
    rows = sheet(table, {})
    for span in spans(rows):
        area = _area(span, places, top)
        if area in figures:
            continue
        row = rows[span.row]
        listed = table.name == LISTED and not row.head
        kind = "head"
        if row.line is not None:
            kind = "label"
        elif listed or span.columns == len(places):
            kind = "caption"
        yield Text(kind, span.text, area)


@dataclass(frozen=True)
class _Below:
    """The equations of a table: those with a row under it, from `first` on, and those beside its lines."""

    table: FormTable
    figures: Mapping[Key, Area]
    width: int
    first: int
    labels: int

    @property
    def rows(self) -> tuple[Equation, ...]:
        """The equations that have a row of their own."""
        if self.table.unit_column is not None:
            return ()
        return tuple(equation for equation in self.table.equations if equation.for_each != "line")

    def checks(self) -> Iterator[Check]:
        for relation in relations_of(self.table):
            areas = [self.figures[key] for key in (*relation.left, *relation.right)]
            beside = Area(self.figures[relation.left[0]].row, self.width + 1)
            if relation.equation not in self.rows:
                yield Check(beside, relation)
                continue
            start = min(area.column for area in areas)
            end = max(area.column + area.columns for area in areas)
            yield Check(Area(self.first + self.rows.index(relation.equation), start, 1, end - start), relation)

    def told(self, top: int, heads: int) -> Iterator[Told]:
        if len(self.rows) < len(self.table.equations):
            yield Told(Area(top, self.width + 1, heads), self.table.name)
        for number, equation in enumerate(self.rows):
            row = self.first + number
            area = Area(row, 1, 1, self.labels) if self.labels else Area(row, self.width + 1)
            yield Told(area, self.table.name, equation)


def _numbers(form: Form) -> dict[Key, str]:
    """What kind of number each figure is: a count, a change or an amount."""

    def column_numbers(table: FormTable, block: Block) -> Iterator[tuple[Key, str]]:
        for line in block.lines:
            for column in block.columns:
                yield (table.name, column.group or line.code, column.code), column.number

    return {
        key: number for table in form.tables for block in table.blocks for key, number in column_numbers(table, block)
    }
