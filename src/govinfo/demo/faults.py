"""Faults put into made-up reports, and the truth about them: damaged lines, misprints that break sums, odd values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from random import Random

from govinfo.checks.values import IMPLAUSIBLE
from govinfo.definitions.demo import made_up
from govinfo.definitions.form import Column, FormTable, Line
from govinfo.demo.dress import YUAN, Dressed, Truth
from govinfo.demo.figures import cells_of, equation_cells
from govinfo.demo.layouts import Damage, damaged_rows
from govinfo.demo.paper import Paper
from govinfo.demo.truth import cell_codes

# The share of reports that get a fault, as far as the years beside them have none.
_SHARE = 0.45
Cells = dict[tuple[str, str], Truth]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not add up. `kind` is what was done, `rule` the rule that it breaks.

    `line` and `column` are the contract's codes, None where the rule has none; `printed` is what stands there.
    """

    kind: str
    rule: str
    table: str
    line: str | None
    column: str | None
    printed: str


@dataclass(frozen=True, slots=True)
class _Site:
    """Where a fault may be put: the paper, the report of the year before, and what the layout shows."""

    paper: Paper
    before: Paper | None
    text: bool
    grid: bool


def put_faults(
    papers: Sequence[Paper], text: Sequence[bool], grid: Sequence[bool], random: Random
) -> list[tuple[Paper, list[Fault]]]:
    """The reports of one township, in order of years, with faults in some, and the faults of each.

    A table gets at most one fault and a report none where the year before has one: so no two faults stand on
    lines that share an equation, within a report or across years. Only the layouts of text (`text`) get
    damaged lines; `grid` says which layouts show in which column a figure stands.
    """
    found: list[tuple[Paper, list[Fault]]] = []
    spoilt = False
    for number, paper in enumerate(papers):
        spoilt = not spoilt and random.random() < _SHARE
        before = papers[number - 1] if number else None
        site = _Site(paper, before, text[number], grid[number])
        found.append(_spoil(site, random) if spoilt else (paper, []))
    for (before, _), (paper, faults) in pairwise(found):
        faults += _across_years(before, paper)
    return found


def _spoil(site: _Site, random: Random) -> tuple[Paper, list[Fault]]:
    paper = site.paper
    faults: list[Fault] = []
    tables = random.sample(paper.year.form.tables, random.choice((1, 2)) if len(paper.year.form.tables) > 1 else 1)
    for table in tables:
        makers: list[_Maker] = [_misprint, _odd_value, _moved_over, *([_damage] * 2 if site.text else [])]
        random.shuffle(makers)
        for make in makers:
            made = make(replace(site, paper=paper), table, random)
            if made is not None:
                paper, new = made
                faults += new
                break
    return paper, faults


_Maker = Callable[[_Site, FormTable, Random], tuple[Paper, list[Fault]] | None]


def _damage(site: _Site, table: FormTable, random: Random) -> tuple[Paper, list[Fault]] | None:
    """A line that lost a cell, or has one twice, or one too many."""
    dressed = site.paper.tables[table.name]
    lines = [
        (line, block.columns)
        for block in dressed.table.blocks
        for line in block.lines
        if all(dressed.truths[line.code, column.key].status == "read" for column in block.columns)
    ]
    if not lines:
        return None
    line, columns = random.choice(lines)
    kind = random.choice(("lost", "doubled", "surplus") if len(columns) > 1 else ("doubled", "surplus"))
    position = random.randrange(len(columns))
    damage = Damage(table.name, line.code, kind, position, str(random.randint(0, 9)))
    rows = damaged_rows(dressed.table, dressed.texts, [damage])
    row = next(row for row in rows if row.line is not None and row.line.code == line.code)
    printed = " | ".join(cell.text for cell in row.cells[row.first :] if not cell.merged)
    fault = Fault(kind, "table.shape", table.name, line.code if line.label is not None else None, None, printed)
    return replace(site.paper, damages=(*site.paper.damages, damage)), [fault]


def _misprint(site: _Site, table: FormTable, random: Random) -> tuple[Paper, list[Fault]] | None:
    """One wrong figure: every equation in which it stands is broken."""
    dressed = site.paper.tables[table.name]
    bound = sorted(
        {cell for equation in table.equations for cells in equation_cells(table, equation) for cell in cells.values()}
    )
    known = [cell for cell in bound if dressed.truths[cell].status == "read"]
    if not known:
        return None
    cell = random.choice(known)
    wrong = _other_number(int(dressed.truths[cell].value or 0), random)
    changed = _with(dressed, {cell: Truth(str(wrong), wrong, "read")})
    faults = list(_broken("misprint", table, changed, cell))
    return (_put(site.paper, table, changed), faults) if faults else None


def _other_number(value: int, random: Random) -> int:
    """What a typist may have printed instead of `value`."""
    turned = int(str(value)[::-1])
    others = [value + 1, value + random.randint(2, 9), value * 10 + 1, value - 1 if value else 3]
    return random.choice([other for other in (*others, turned) if other != value])


def _broken(kind: str, table: FormTable, dressed: Dressed, changed: tuple[str, str]) -> Iterator[Fault]:
    """Every equation of the table that its printed figures break, where none of them is null."""
    named = {(line.code, column.key): cell_codes(table, line, column) for _, line, column in cells_of(table)}
    for equation in table.equations:
        for cells in equation_cells(table, equation):
            values = [dressed.truths[cells[code]].value for _, code in equation.terms]
            if None in values or changed not in cells.values():
                continue
            if sum(sign * (value or 0) for (sign, _), value in zip(equation.terms, values, strict=True)):
                total = equation.total
                line, column = named[next(iter(cells.values())) if total is None else cells[total]]
                line_code = None if total is None and equation.for_each == "column" else line
                printed = dressed.truths[changed].raw or ""
                # a list has one column of figures, which has no name of its own
                column_code = column if table.unit_column is None else None
                yield Fault(kind, equation.rule, table.name, line_code, column_code, printed)


def _odd_value(site: _Site, table: FormTable, random: Random) -> tuple[Paper, list[Fault]] | None:
    """A figure that cannot be one: negative, a fraction, words, or an amount in the wrong unit."""
    if table.name != "disclosure":
        return None
    dressed = site.paper.tables[table.name]
    cells = [(line, column, dressed.truths[line.code, column.key]) for _, line, column in cells_of(dressed.table)]
    made: list[tuple[str, Line, Column, Truth]] = []
    for line, column, truth in cells:
        if column.number == "amount" and isinstance(truth.value, Decimal) and truth.raw == f"{truth.value:f}":
            yuan = int(truth.value * YUAN)
            if yuan > IMPLAUSIBLE:
                made.append(("value.unit", line, column, Truth(str(yuan), Decimal(yuan), "read")))
        elif column.number == "count" and truth.status == "read":
            number = random.randint(1, 9)
            made.append(("value.negative", line, column, Truth(f"-{number}", None, "unreadable", "negative")))
            made.append(("value.fraction", line, column, Truth(f"{number}.5", None, "unreadable", "fraction")))
            if site.grid:
                words = made_up("figures_in_words")["words"]
                made.append(("value.unreadable", line, column, Truth(words, None, "unreadable", "words")))
    if not made:
        return None
    # each kind is as likely as another, though amounts are few
    rule = random.choice(sorted({item[0] for item in made}))
    _, line, column, truth = random.choice([item for item in made if item[0] == rule])
    changed = _with(dressed, {(line.code, column.key): truth})
    fault = Fault("odd value", rule, table.name, *cell_codes(table, line, column), truth.raw or "")
    return _put(site.paper, table, changed), [fault]


def _moved_over(site: _Site, table: FormTable, random: Random) -> tuple[Paper, list[Fault]] | None:
    """A request told as carried over that last year's report did not carry forward: only the years disagree."""
    if table.name != "requests" or site.before is None or "requests" not in site.before.tables:
        return None
    if site.before.year.year + 1 != site.paper.year.year:
        return None
    dressed = site.paper.tables[table.name]
    (block,) = table.blocks
    keys = [
        column.key
        for column in block.columns
        if column.code != "total" and (dressed.truths["new", column.key].value or 0) > 0
    ]
    if not keys:
        return None
    changes: Cells = {}
    for key in (random.choice(keys), "total"):
        for line, step in (("new", -1), ("carried_over", 1)):
            truth = dressed.truths[line, key]
            if truth.value is None:
                return None
            value = int(truth.value) + step
            changes[line, key] = Truth(str(value), value, "read")
    # the rule is noted with those of all years, below
    return _put(site.paper, table, _with(dressed, changes)), []


def _across_years(before: Paper, paper: Paper) -> list[Fault]:
    """What two years running say differently."""
    if before.year.year + 1 != paper.year.year:
        return []
    return [*_carry_over(before, paper), *_in_force(before, paper)]


def _carry_over(before: Paper, paper: Paper) -> list[Fault]:
    if "requests" not in before.tables or "requests" not in paper.tables:
        return []
    last, this = before.tables["requests"].truths, paper.tables["requests"].truths
    damaged = {damage.line for damage in before.damages + paper.damages if damage.table == "requests"}
    if damaged & {"carried_over", "carried_forward"}:
        return []
    (block,) = paper.tables["requests"].table.blocks
    return [
        Fault(
            "years",
            "years.carry_over",
            "requests",
            "carried_over",
            column.code,
            this["carried_over", column.key].raw or "",
        )
        for column in block.columns
        if _differ(this["carried_over", column.key].value, last["carried_forward", column.key].value)
    ]


def _in_force(before: Paper, paper: Paper) -> list[Fault]:
    last, this = (item.tables.get("disclosure") for item in (before, paper))
    if last is None or this is None:
        return []
    found = []
    for _, line, column in cells_of(this.table):
        cell = (line.code, column.key)
        if column.code != "in_force" or cell not in last.truths:
            continue
        parts = [last.truths[cell], this.truths[line.code, "issued"], this.truths[line.code, "repealed"]]
        old, issued, repealed = (part.value for part in parts)
        if old is None or issued is None or repealed is None:
            continue
        if _differ(this.truths[cell].value, old + issued - repealed):
            printed = this.truths[cell].raw or ""
            found.append(Fault("years", "years.in_force", "disclosure", line.code, "in_force", printed))
    return found


def _differ(one: int | Decimal | None, other: int | Decimal | None) -> bool:
    return one is not None and other is not None and one != other


def _with(dressed: Dressed, changes: Cells) -> Dressed:
    truths = {**dressed.truths, **changes}
    return replace(dressed, truths=truths, texts={cell: truth.raw or "" for cell, truth in truths.items()})


def _put(paper: Paper, table: FormTable, dressed: Dressed) -> Paper:
    return replace(paper, tables={**paper.tables, table.name: dressed})
