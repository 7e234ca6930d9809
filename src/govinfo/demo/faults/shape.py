"""Lines that lost a figure or have one too many, lines and tables that are not there, lines that no form has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from govinfo.definitions.demo import made_up
from govinfo.definitions.form import Column, FormTable, Line
from govinfo.demo.dress import Truth
from govinfo.demo.faults.fault import Fault, Site, number, with_sections, with_table, without_lines
from govinfo.demo.layouts import Damage, damaged_rows
from govinfo.demo.narrative import Section

Made = tuple[Site, list[Fault]] | None
_LOST = Truth(None, None, "missing")


def damaged_line(site: Site, random: Random) -> Made:
    """A line that lost a cell, or has one twice, or one too many; what it says may still be told by the form's sums."""
    tables = _untouched(site)
    if not site.text or not tables:
        return None
    name = random.choice(tables)
    lines = _whole_lines(site, name)
    if not lines:
        return None
    line, columns = random.choice(lines)
    kind = random.choice(("lost", "doubled", "surplus") if len(columns) > 1 else ("doubled", "surplus"))
    return _damaged(site, name, line, Damage(name, line.code, kind, random.randrange(len(columns)), _digit(random)))


def open_line(site: Site, random: Random) -> Made:
    """A line of table two that lost a cell: it has no sums, so which one is lost cannot be told."""
    if not site.text or "disclosure" not in _untouched(site):
        return None
    lines = [(line, columns) for line, columns in _whole_lines(site, "disclosure") if len(columns) > 1]
    if not lines:
        return None
    line, columns = random.choice(lines)
    damage = Damage("disclosure", line.code, "lost", random.randrange(len(columns)))
    site, faults = _damaged(site, "disclosure", line, damage)
    return site, [*faults, *(replace(fault, rule="value.ambiguous") for fault in faults)]


def _digit(random: Random) -> str:
    return str(random.randint(0, 9))


def _whole_lines(site: Site, table: str) -> list[tuple[Line, Sequence[Column]]]:
    """The lines of a table that print a figure in each column."""
    dressed = site.paper.tables[table]
    return [
        (line, block.columns)
        for block in dressed.table.blocks
        for line in block.lines
        if all(dressed.truths[line.code, column.key].status == "read" for column in block.columns)
    ]


def _damaged(site: Site, table: str, line: Line, damage: Damage) -> tuple[Site, list[Fault]]:
    dressed = site.paper.tables[table]
    rows = damaged_rows(dressed.table, dressed.texts, [damage])
    row = next(row for row in rows if row.line is not None and row.line.code == line.code)
    printed = " | ".join(cell.text for cell in row.cells[row.first :] if not cell.merged)
    fault = Fault(damage.kind, "table.shape", table, line.code if line.label is not None else None, None, printed)
    paper = replace(site.paper, damages=(*site.paper.damages, damage))
    return replace(site, paper=paper, changed=site.changed | {table}, hurt=site.hurt | {table}), [fault]


def lost_line(site: Site, random: Random) -> Made:
    """A line of table two that is not printed: nothing says what stood there."""
    dressed = site.table("disclosure")
    if dressed is None or "disclosure" in site.changed:
        return None
    # one that has others beside it, so that its part of the table stays
    lines = [line for block in dressed.table.blocks if len(block.lines) > 1 for line in block.lines]
    line = random.choice(lines)
    gone = {cell: _LOST for cell in dressed.truths if cell[0] == line.code}
    table = without_lines(dressed.table, [line.code])
    changed = replace(dressed, table=table, truths={**dressed.truths, **gone})
    fault = Fault("lost line", "table.cells_missing", "disclosure", None, None, "")
    return with_table(site, "disclosure", changed, hurt=True), [fault]


def lost_table(site: Site, random: Random) -> Made:
    """A table that is not printed; reports before 2019 need none."""
    tables = _untouched(site)
    if len(site.paper.tables) < 2 or not tables:
        return None
    name = random.choice(tables)
    dressed = site.paper.tables[name]

    def leave_out(sections: list[Section]) -> None:
        for section in sections:
            if section.table == name:
                section.table = None

    gone: Mapping[tuple[str, str], Truth] = dict.fromkeys(dressed.truths, _LOST)
    site = with_table(site, name, replace(dressed, truths=gone), hurt=True)
    return with_sections(site, leave_out), [Fault("lost table", "table.missing", name, None, None, "")]


def foreign_line(site: Site, random: Random) -> Made:
    """A line that the form does not have."""
    dressed = site.table("disclosure")
    if dressed is None:
        return None
    words = made_up("faults")
    label = random.choice(words["lines"])
    line = Line("local", label, (label,))
    position = random.randrange(len(dressed.table.blocks))
    columns = dressed.table.blocks[position].columns
    figures = {(line.code, column.key): number(random.randint(1, 9)) for column in columns}
    texts = {**dressed.texts, **{cell: truth.raw or "" for cell, truth in figures.items()}}
    changed = replace(dressed, table=_with_line(dressed.table, position, line), texts=texts)
    printed = " | ".join(truth.raw or "" for truth in figures.values())
    fault = Fault("foreign line", "table.unknown_line", "disclosure", None, None, printed)
    return with_table(site, "disclosure", changed, hurt=False), [fault]


def _with_line(table: FormTable, position: int, line: Line) -> FormTable:
    """The table with one more line at the end of one of its parts."""
    blocks = list(table.blocks)
    blocks[position] = replace(blocks[position], lines=(*blocks[position].lines, line))
    return replace(table, blocks=tuple(blocks))


def _untouched(site: Site) -> list[str]:
    return [name for name in site.paper.tables if name not in site.changed | site.hurt]
