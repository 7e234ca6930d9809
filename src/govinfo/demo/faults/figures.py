"""Figures that break a sum, that last year's report contradicts, or that cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from random import Random

from govinfo.checks.values import IMPLAUSIBLE
from govinfo.definitions.demo import made_up
from govinfo.definitions.form import Column, FormTable, Line
from govinfo.definitions.reading import reading
from govinfo.demo.dress import YUAN, Dressed, Truth
from govinfo.demo.faults.fault import Fault, Maker, Site, number, with_cells
from govinfo.demo.figures import cells_of, equation_cells, outcome_lines
from govinfo.demo.paper import Paper
from govinfo.demo.truth import cell_codes

Made = tuple[Site, list[Fault]] | None
_Steps = Mapping[tuple[str, str], int]


def off_balance(site: Site, random: Random) -> Made:
    """More carried forward than came in: only the balance of two columns breaks, and what the next year takes over."""
    key = _applicant(site, random)
    return None if key is None else _moved(site, {("carried_forward", key): 1, ("carried_forward", "total"): 1})


def off_row(site: Site, random: Random) -> Made:
    """One applicant's request under another outcome: two lines no longer add up, no column does."""
    key, lines = _applicant(site, random), _outcomes(site)
    dressed = site.table("requests")
    if key is None or dressed is None:
        return None
    full = [line for line in lines if (dressed.truths[line, key].value or 0) > 0]
    if not full:
        return None
    taken = random.choice(full)
    given = random.choice([line for line in lines if line != taken])
    return _moved(site, {(taken, key): -1, (given, key): 1})


def off_outcomes(site: Site, random: Random) -> Made:
    """One outcome more than the total of outcomes says, in one applicant's column and in the last."""
    key, lines = _applicant(site, random), _outcomes(site)
    if key is None:
        return None
    line = random.choice(lines)
    return _moved(site, {(line, key): 1, (line, "total"): 1})


def off_disputes(site: Site, random: Random) -> Made:
    """A total of reconsiderations or lawsuits that is not the sum of its results."""
    return _off_total(site, "disputes", random)


def off_statistics(site: Site, random: Random) -> Made:
    """A line of the statistics table that is not the sum of its parts."""
    return _off_total(site, "statistics", random)


def _off_total(site: Site, table: str, random: Random) -> Made:
    dressed = site.table(table)
    if dressed is None:
        return None
    totals = [
        cells[equation.total]
        for equation in dressed.table.equations
        for cells in equation_cells(dressed.table, equation)
        if equation.total is not None
    ]
    # what the text tells, and what is a part of another sum, would break more than one rule
    parts = {
        cells[code]
        for equation in dressed.table.equations
        for cells in equation_cells(dressed.table, equation)
        for code in cells
        if code != equation.total
    }
    free = [cell for cell in totals if cell not in parts and not _is_told(site, table, cell)]
    return _moved(site, {random.choice(sorted(free)): random.randint(1, 9)}, table) if free else None


def misprint(site: Site, random: Random) -> Made:
    """One wrong figure: every equation in which it stands is broken."""
    tables = [name for name in site.paper.tables if site.table(name) is not None and name not in site.changed]
    random.shuffle(tables)
    for name in tables:
        dressed = site.paper.tables[name]
        bound = sorted(
            {
                cell
                for equation in dressed.table.equations
                for cells in equation_cells(dressed.table, equation)
                for cell in cells.values()
            }
        )
        known = [cell for cell in bound if dressed.truths[cell].status == "read" and not _is_told(site, name, cell)]
        if known:
            cell = random.choice(known)
            value = int(dressed.truths[cell].value or 0)
            return _moved(site, {cell: _other_number(value, random) - value}, name)
    return None


def _other_number(value: int, random: Random) -> int:
    """What a typist may have printed instead of `value`."""
    turned = int(str(value)[::-1])
    others = [value + 1, value + random.randint(2, 9), value * 10 + 1, value - 1 if value else 3]
    return random.choice([other for other in (*others, turned) if other != value])


_TOLD = {("new", "total"): "requests_received", ("carried_over", "total"): "requests_carried_over"}
_TOLD |= {("carried_forward", "total"): "requests_carried_forward", ("total", "total"): "requests_answered"}


def _is_told(site: Site, table: str, cell: tuple[str, str]) -> bool:
    if table == "disputes":
        return any(measure.startswith(("reconsideration", "litigation")) for measure in site.told)
    if table == "statistics":
        return any(measure.startswith(cell[0]) for measure in site.told)
    return _TOLD.get(cell) in site.told


def taken_over(site: Site, random: Random) -> Made:
    """A request told as carried over that last year's report did not carry forward: only the years disagree."""
    key = _applicant(site, random)
    if key is None or not _follows(site, "requests"):
        return None
    lines = ("carried_over", "granted", "total")
    # the rule is noted with those of all years
    return _moved(site, {(line, column): 1 for line in lines for column in (key, "total")})


def off_stock(site: Site, random: Random) -> Made:
    """More documents in force than last year's and this year's say."""
    dressed = site.table("disclosure")
    if dressed is None or not _follows(site, "disclosure"):
        return None
    codes = [line.code for _, line, column in cells_of(dressed.table) if column.code == "in_force"]
    last = site.before.tables["disclosure"].truths if site.before else {}
    known = [
        code
        for code in codes
        if all(dressed.truths[code, column].value is not None for column in ("issued", "repealed", "in_force"))
        and (code, "in_force") in last
        and last[code, "in_force"].value is not None
    ]
    if not known:
        return None
    return _moved(site, {(random.choice(known), "in_force"): random.randint(1, 9)}, "disclosure")


def _follows(site: Site, table: str) -> bool:
    """Whether the year before has a report with that table."""
    before = site.before
    return before is not None and before.year.year + 1 == site.paper.year.year and table in before.tables


def _applicant(site: Site, random: Random) -> str | None:
    """A column of the table of requests all of whose figures are known, as are the totals; None where there is none."""
    dressed = site.table("requests")
    if dressed is None or site.told & set(_TOLD.values()) - {"requests_received"}:
        return None
    (block,) = dressed.table.blocks
    whole = [
        column.key
        for column in block.columns
        if all(dressed.truths[line.code, column.key].value is not None for line in block.lines)
    ]
    keys = [key for key in whole if key != "total"]
    return random.choice(keys) if keys and "total" in whole else None


def _outcomes(site: Site) -> list[str]:
    dressed = site.table("requests")
    return outcome_lines(dressed.table.blocks[0]) if dressed is not None else []


def _moved(site: Site, steps: _Steps, table: str = "requests") -> Made:
    """The site with figures higher by so much; None where one is no number. What breaks is told in the end."""
    truths = site.paper.tables[table].truths
    values = {cell: truths[cell].value for cell in steps}
    if any(value is None for value in values.values()):
        return None
    changes = {cell: number(int(values[cell] or 0) + step) for cell, step in steps.items()}
    return with_cells(site, table, changes), []


def odd_value(rule: str) -> Maker:
    """The maker of a figure of table two that breaks one rule on values."""

    def make(site: Site, random: Random) -> Made:
        dressed = site.table("disclosure")
        if dressed is None or "disclosure" in site.changed:
            return None
        made = [item for item in _odd_values(dressed, site, random) if item[0] == rule]
        if not made:
            return None
        _, line, column, truth = random.choice(made)
        changed = with_cells(site, "disclosure", {(line.code, column.key): truth})
        fault = Fault("odd value", rule, "disclosure", *cell_codes(dressed.table, line, column), truth.raw or "")
        return changed, [fault]

    return make


def _odd_values(dressed: Dressed, site: Site, random: Random) -> Iterator[tuple[str, Line, Column, Truth]]:
    """Figures that cannot be ones: negative, a fraction, words, or an amount in the wrong unit or in none."""
    words = made_up("figures_in_words")
    for block, line, column in cells_of(dressed.table):
        truth = dressed.truths[line.code, column.key]
        if column.number == "amount" and isinstance(truth.value, Decimal) and truth.value:
            plain = truth.raw == f"{truth.value:f}"
            yuan = int(truth.value * YUAN)
            if plain and yuan > IMPLAUSIBLE:
                yield "value.unit", line, column, Truth(str(yuan), Decimal(yuan), "read")
            head = next(item.label for item in block.columns if item.key == column.key)
            if not plain and not any(unit in head for unit in reading().money):
                yield "value.unit", line, column, Truth(f"{truth.value:f}", None, "unreadable", "no unit")
        elif column.number == "count" and truth.status == "read":
            one = random.randint(1, 9)
            yield "value.negative", line, column, Truth(f"-{one}", None, "unreadable", "negative")
            yield "value.fraction", line, column, Truth(f"{one}.5", None, "unreadable", "fraction")
            if site.grid:
                yield "value.unreadable", line, column, Truth(words["words"], None, "unreadable", "words")


def broken_sums(site: Site) -> Iterator[Fault]:
    """Every equation of the changed tables that their printed figures break, where none of them is null."""
    for name in sorted(site.paper.tables.keys() & site.changed - site.hurt):
        dressed = site.paper.tables[name]
        yield from _broken(dressed.table, dressed)


def _broken(table: FormTable, dressed: Dressed) -> Iterator[Fault]:
    named = {(line.code, column.key): cell_codes(table, line, column) for _, line, column in cells_of(table)}
    for equation in table.equations:
        for cells in equation_cells(table, equation):
            values = [dressed.truths[cells[code]].value for _, code in equation.terms]
            if None in values:
                continue
            if sum(sign * (value or 0) for (sign, _), value in zip(equation.terms, values, strict=True)):
                total = equation.total
                cell = next(iter(cells.values())) if total is None else cells[total]
                line, column = named[cell]
                line_code = None if total is None and equation.for_each == "column" else line
                # a list has one column of figures, which has no name of its own
                column_code = column if table.unit_column is None else None
                printed = dressed.truths[cell].raw or ""
                yield Fault("sum", equation.rule, table.name, line_code, column_code, printed)


def broken_years(before: Paper, paper: Paper) -> list[Fault]:
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
    (block,) = paper.year.form.table("requests").blocks  # type: ignore[union-attr]
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
    form = paper.year.form.table("disclosure")
    if last is None or this is None or form is None:
        return []
    hurt = {damage.line for damage in before.damages + paper.damages if damage.table == "disclosure"}
    found = []
    for _, line, column in cells_of(form):
        cell = (line.code, column.key)
        if column.code != "in_force" or cell not in last.truths or line.code in hurt:
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
