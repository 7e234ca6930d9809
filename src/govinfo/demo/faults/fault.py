"""What a fault is, where it may be put, and how a report is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from random import Random

from govinfo.definitions.form import FormTable
from govinfo.demo.dress import Dressed, Truth
from govinfo.demo.narrative import Section
from govinfo.demo.paper import Paper

Cells = Mapping[tuple[str, str], Truth]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not add up. `kind` is what was done, `rule` the rule that it breaks.

    `line` and `column` are the contract's codes, None where the rule has none; `printed` is what stands there.
    `source` is the report that carries the finding where it is not the one that was changed.
    """

    kind: str
    rule: str
    table: str
    line: str | None
    column: str | None
    printed: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A report of another township that is written already and has no fault."""

    source: str
    paper: Paper


@dataclass(frozen=True, slots=True)
class Site:
    """Where a fault may be put.

    `before` is the report of the year before, `earlier` are those of other townships; `text` says that lines can be
    damaged in the layout, `grid` that it shows in which column a figure stands. `changed` are the tables in which
    figures were changed, and `problems` where section 五 was; `hurt` are tables in which lines or figures went.
    """

    paper: Paper
    before: Paper | None
    earlier: Sequence[Earlier]
    text: bool
    grid: bool
    changed: frozenset[str] = frozenset()
    hurt: frozenset[str] = frozenset()

    @property
    def told(self) -> frozenset[str]:
        """The measures that the text tells: a table that says something else breaks one more rule."""
        return frozenset(told.measure for section in self.paper.sections for told in section.told)

    def table(self, name: str) -> Dressed | None:
        """The table as it is printed, None where it is not there or lines of it went."""
        return None if name in self.hurt else self.paper.tables.get(name)


# What is put and where, and the report that it makes; None where there is no place for it.
Maker = Callable[[Site, Random], tuple[Site, list[Fault]] | None]


def with_cells(site: Site, table: str, changes: Cells) -> Site:
    """The site with other figures in one table."""
    dressed = site.paper.tables[table]
    texts = {cell: truth.raw or "" for cell, truth in changes.items()}
    changed = replace(dressed, truths={**dressed.truths, **changes}, texts={**dressed.texts, **texts})
    return with_table(site, table, changed, hurt=False)


def with_table(site: Site, table: str, dressed: Dressed, *, hurt: bool) -> Site:
    """The site with another table in the place of one."""
    paper = replace(site.paper, tables={**site.paper.tables, table: dressed})
    changed = site.changed | {table}
    return replace(site, paper=paper, changed=changed, hurt=site.hurt | {table} if hurt else site.hurt)


def with_sections(site: Site, change: Callable[[list[Section]], None]) -> Site:
    """The site with the sections that `change` makes of copies of them."""
    sections = deepcopy(list(site.paper.sections))
    change(sections)
    return replace(site, paper=replace(site.paper, sections=sections))


def number(value: int) -> Truth:
    """A cell with a plain number."""
    return Truth(str(value), value, "read")


def without_lines(table: FormTable, codes: Iterable[str]) -> FormTable:
    """The table without these lines; a part without any left goes too."""
    gone = set(codes)
    blocks = [
        replace(block, lines=tuple(line for line in block.lines if line.code not in gone)) for block in table.blocks
    ]
    return replace(table, blocks=tuple(block for block in blocks if block.lines))
