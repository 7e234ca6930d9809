"""The official forms: tables, lines, columns, labels and equations, loaded from `forms/*.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from govinfo.definitions.source import HERE, Source, Steps, read_source
from govinfo.text import label_keys

_using: ContextVar[tuple[Form, ...] | None] = ContextVar("forms", default=None)
_TERM = re.compile(r"([+-]?)\s*([a-z][a-z0-9_]*)\s*")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of figures. `code` is the contract's code, `key` tells it apart in its block."""

    code: str
    label: str
    labels: tuple[str, ...] = field(hash=False)
    captions: tuple[str, ...] = field(default=(), hash=False)
    group: str | None = None
    unit: str | None = None
    number: str = "count"

    @property
    def key(self) -> str:
        """The code, with its group before it where the block has groups."""
        return self.code if self.group is None else f"{self.group}.{self.code}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of figures.

    `captions` are the labels printed to its left, outermost first; `unit` is what a table that prints units
    prints beside its label.
    """

    code: str
    label: str | None
    labels: tuple[str, ...] = field(hash=False)
    captions: tuple[str, ...] = field(default=(), hash=False)
    category: str | None = None
    reason: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a table with heads of its own."""

    caption: str | None
    article: str | None
    columns: tuple[Column, ...] = field(hash=False)
    lines: tuple[Line, ...] = field(hash=False)
    captions: tuple[tuple[str, ...], ...] = field(default=(), hash=False)

    @property
    def label_columns(self) -> int:
        """How many columns of the printed sheet hold labels."""
        return 1 + max((len(line.captions) for line in self.lines), default=0)


@dataclass(frozen=True, slots=True)
class Equation:
    """Sum of coefficient x code = 0, once for each of the axis `for_each`."""

    rule: str
    for_each: str
    formula: str
    terms: tuple[tuple[int, str], ...]

    @property
    def total(self) -> str | None:
        """The code that stands alone on the left side, as the sum of all others; None where there is none."""
        (factor, code), *parts = self.terms
        return code if factor == 1 and all(sign == -1 for sign, _ in parts) else None


@dataclass(frozen=True, slots=True)
class FormTable:
    """One table of a form.

    `unit_column` is the head of a column that prints each line's unit, None where the table has none; `footer`
    holds the words printed under the table, with which it ends.
    """

    name: str
    title: str
    corner: str | None
    blocks: tuple[Block, ...] = field(hash=False)
    equations: tuple[Equation, ...] = field(default=(), hash=False)
    unit_column: str | None = None
    footer: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """How many figures the table asks for."""
        return sum(len(block.lines) * len(block.columns) for block in self.blocks)

    def parent(self, line: str) -> str | None:
        """The line to whose sum `line` belongs by an equation with that one line alone on its left."""
        for equation in self.equations:
            if equation.for_each == "column" and line in {code for _, code in equation.terms[1:]}:
                total = equation.total
                if total is not None:
                    return total
        return None


@dataclass(frozen=True, slots=True)
class Form:
    """One generation of the official form."""

    code: str
    title: str
    source: str
    years: tuple[int | None, int | None]
    # what is looked up by a form hashes its names, never all its lines
    tables: tuple[FormTable, ...] = field(default=(), hash=False)

    def table(self, name: str) -> FormTable | None:
        """The table of that name, if this form has it."""
        return next((table for table in self.tables if table.name == name), None)

    def covers(self, year: int) -> bool:
        """Whether the form was the official one for reports on `year`."""
        first, last = self.years
        return (first is None or first <= year) and (last is None or year <= last)


def forms() -> tuple[Form, ...]:
    """Every form that is known: those of the package, newest first, or those that `using_forms` names.

    Raises
    ------
    DefinitionError
        A form file is wrong; the message names the file and the line.
    """
    return _using.get() or _packaged()


@contextmanager
def using_forms(known: Sequence[Form]) -> Iterator[None]:
    """Within it, `known` are the forms of every step: what is read, checked, explained and drawn.

    A further generation of the form is one file like those in `definitions/forms/`; nothing else has to be written:

    >>> new = load_form(Path("2031.yaml"))
    >>> with using_forms([new, *forms()]):
    ...     tables = load("data/raw")
    ...     write_workbook(tables, Path("2031.xlsx"))
    """
    token = _using.set(tuple(known))
    try:
        yield
    finally:
        _using.reset(token)


@lru_cache(maxsize=1)
def _packaged() -> tuple[Form, ...]:
    loaded = [load_form(path) for path in sorted((HERE / "forms").glob("*.yaml"))]
    return tuple(sorted(loaded, key=lambda form: form.years[0] or 0, reverse=True))


def load_form(path: Path) -> Form:
    """The form that the file at `path` describes, validated.

    Raises
    ------
    DefinitionError
        The file breaks the schema, an equation names a code that the table lacks, or a label cannot be
        told from another of its table; the message names the line.
    """
    source = read_source(path, schema="form.schema.yaml")
    data = source.data
    tables = tuple(_table(source, item, ("tables", i)) for i, item in enumerate(data["tables"]))
    names = [table.name for table in tables]
    for i, name in enumerate(names):
        if name in names[:i]:
            raise source.error(("tables", i), f"a second table `{name}`", "each table once")
    return Form(data["form"], data["title"], data["source"], tuple(data["years"]), tables)


def _table(source: Source, data: dict[str, Any], steps: Steps) -> FormTable:
    blocks = tuple(_block(source, item, (*steps, "blocks", i)) for i, item in enumerate(data["blocks"]))
    _check_lines(source, blocks, steps)
    equations = tuple(
        _equation(source, item, blocks, (*steps, "equations", i)) for i, item in enumerate(data.get("equations", []))
    )
    footer = tuple(data.get("footer", ()))
    return FormTable(
        data["table"], data["title"], data.get("corner"), blocks, equations, data.get("unit_column"), footer
    )


def _block(source: Source, data: dict[str, Any], steps: Steps) -> Block:
    columns = tuple(_columns(data["columns"]))
    keys = [column.key for column in columns]
    for key in keys:
        if keys.count(key) > 1:
            raise source.error((*steps, "columns"), f"the column `{key}` twice", "each column of a block once")
    captions = tuple(_caption_labels(data["columns"], "columns")) + tuple(_caption_labels(data["lines"], "lines"))
    return Block(data.get("caption"), data.get("article"), columns, tuple(_lines(data["lines"])), captions)


def _columns(items: list[dict[str, Any]], captions: tuple[str, ...] = (), group: str | None = None) -> Iterator[Column]:
    for item in items:
        own = item.get("group", group)
        if "columns" in item:
            yield from _columns(item["columns"], (*captions, item["caption"]), own)
        else:
            labels = (item["label"], *item.get("variants", ()))
            number = item.get("number", "count")
            yield Column(item["column"], item["label"], labels, captions, own, item.get("unit"), number)


def _lines(items: list[dict[str, Any]], captions: tuple[str, ...] = ()) -> Iterator[Line]:
    for item in items:
        if "lines" in item:
            yield from _lines(item["lines"], (*captions, item["caption"]))
        else:
            label = item.get("label")
            labels = () if label is None else (label, *item.get("variants", ()))
            category, reason, unit = (item.get(key) for key in ("category", "reason", "unit"))
            yield Line(item["line"], label, labels, captions, category, reason, unit)


def _caption_labels(items: list[dict[str, Any]], below: str) -> Iterator[tuple[str, ...]]:
    """The official wording and the variants of each caption, outermost first."""
    for item in items:
        if below in item:
            yield (item["caption"], *item.get("variants", ()))
            yield from _caption_labels(item[below], below)


def _check_lines(source: Source, blocks: tuple[Block, ...], steps: Steps) -> None:
    """Raise where a line's code stands twice in a table, or a spelling of a label twice in one block."""
    codes: set[str] = set()
    for i, block in enumerate(blocks):
        place = (*steps, "blocks", i, "lines")
        seen: dict[str, str] = {}
        for line in block.lines:
            if line.code in codes:
                raise source.error(place, f"the line `{line.code}` twice", "each line of a table once")
            codes.add(line.code)
            for key in {key for label in line.labels for key in label_keys(label)[:1]}:
                if seen.setdefault(key, line.code) != line.code:
                    found = f"`{key}` as a label of `{seen[key]}` and of `{line.code}`"
                    raise source.error(place, found, "labels that tell the lines of a block apart")


def _equation(source: Source, data: dict[str, Any], blocks: tuple[Block, ...], steps: Steps) -> Equation:
    left, _, right = data["formula"].partition("=")
    terms = (*_terms(source, left, 1, steps), *_terms(source, right, -1, steps))
    if data["for_each"] == "column":
        known = {line.code for block in blocks for line in block.lines}
    else:
        known = {column.code for block in blocks for column in block.columns}
    for _, code in terms:
        if code not in known:
            kind = "line" if data["for_each"] == "column" else "column"
            found = f"`{code}` in the equation {data['rule']}"
            raise source.error((*steps, "formula"), found, f"a {kind} of this table")
    return Equation(data["rule"], data["for_each"], " ".join(data["formula"].split()), terms)


def _terms(source: Source, side: str, sign: int, steps: Steps) -> Iterator[tuple[int, str]]:
    position, side = 0, side.strip()
    while position < len(side):
        match = _TERM.match(side, position)
        if match is None or (position > 0 and not match.group(1)):
            raise source.error((*steps, "formula"), f"`{side[position:]}`", "codes joined by + or -")
        yield (-sign if match.group(1) == "-" else sign), match.group(2)
        position = match.end()
