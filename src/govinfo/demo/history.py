"""The figures of one made-up township over the years: trends, stocks, and what is carried from year to year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from govinfo.definitions.demo import made_up
from govinfo.definitions.form import Block, Column, Form, FormTable, Line
from govinfo.demo.county import Township
from govinfo.demo.figures import Figures, add_up, cells_of, outcome_lines

# A mean below this is drawn by counting events, above it from the bell curve.
_FEW = 30
# Lines of the statistics table that the text tells by another name, or that no other table gives.
_LINES = {"reconsideration": "reconsiderations", "litigation": "litigations", "normative_issued": "normative_documents"}
_LINES |= {"requests_received": "requests_received"}


@dataclass(frozen=True, slots=True)
class YearFigures:
    """One township's year: the form that its report follows, the tables' figures, and what the text can tell."""

    year: int
    form: Form
    figures: Mapping[str, Figures]
    facts: Mapping[str, int]


@dataclass(slots=True)
class _Books:
    """What one year leaves to the next: requests under way by applicant, stocks by item and column."""

    carried: dict[str, int] = field(default_factory=dict)
    stocks: dict[tuple[str, str], int] = field(default_factory=dict)


def township_years(township: Township, plan: Sequence[tuple[int, Form]], random: Random) -> tuple[YearFigures, ...]:
    """The figures of a township for each year and form of `plan`, in order of years.

    They break no equation of the forms; what one year carries forward the next carries over, and stocks follow
    what came in and went out.
    """
    means = made_up("figures")
    books = _Books()
    found = []
    for number, (year, form) in enumerate(plan):
        scale = township.size * (1 + township.growth) ** number * random.uniform(0.85, 1.15)
        facts = _facts(scale, means, random)
        tables: dict[str, Figures] = {}
        for table in form.tables:
            if table.name == "requests":
                tables[table.name] = _requests(table, scale, books, means["requests"], random)
            else:
                tables[table.name] = _plain(table, scale, facts, books, means, random)
        found.append(YearFigures(year, form, tables, _told(facts, tables)))
    return tuple(found)


def _facts(scale: float, means: Mapping[str, Any], random: Random) -> dict[str, int]:
    facts = {name: draw(mean * scale, random) for name, mean in means["facts"].items()}
    facts["trainings"], facts["meetings"] = max(1, facts["trainings"]), max(1, facts["meetings"])
    facts["trainees"] = facts["trainings"] * random.randint(12, 2 * means["people_in_a_training"])
    channels = ("disclosed_website", "disclosed_wechat", "disclosed_other_channel")
    facts["disclosed"] = sum(facts[name] for name in channels)
    facts["disclosed_category.a"] = random.randint(0, facts["disclosed"])
    facts["disclosed_category.b"] = facts["disclosed"] - facts["disclosed_category.a"]
    facts["disclosed.before"] = facts["disclosed"] * 4 // 5 + facts["trainees"]
    facts["disclosed.ever"] = facts["disclosed"] * (3 + facts["meetings"])
    return facts


def _told(facts: dict[str, int], tables: Mapping[str, Figures]) -> dict[str, int]:
    """The facts with what the tables say of the same things."""
    told = dict(facts)
    requests, disputes, disclosure = (tables.get(name, {}) for name in ("requests", "disputes", "disclosure"))
    lines = {"requests_received": "new", "requests_carried_over": "carried_over", "requests_answered": "total"}
    for name, line in {**lines, "requests_carried_forward": "carried_forward"}.items():
        if requests:
            told[name] = int(requests[line, "total"])
    for measure in ("issued", "made"):
        if ("normative_documents", measure) in disclosure:
            told["normative_documents"] = int(disclosure["normative_documents", measure])
    if disputes:
        totals = {column.split(".")[0]: int(value) for (_, column), value in disputes.items() if "total" in column}
        told["reconsiderations"] = totals.pop("reconsideration", 0)
        told["litigations"] = sum(totals.values())
    for (line, _), value in tables.get("statistics", {}).items():
        if line in _LINES:
            told[_LINES[line]] = int(value)
    return told


def _requests(
    table: FormTable, scale: float, books: _Books, means: Mapping[str, Any], random: Random
) -> dict[tuple[str, str], int | Decimal]:
    """The table of requests: what came in by applicant, decided one way or another, or left for the next year."""
    (block,) = table.blocks
    columns = [column for column in block.columns if column.code != "total"]
    outcomes = outcome_lines(block)
    rare = 0.2
    weights = [means["lines"].get(code, rare) for code in outcomes]
    figures = {(line.code, column.key): 0 for _, line, column in cells_of(table)}
    shares = {column.key: means["columns"].get(column.code, 1.0) for column in columns}
    for column in columns:
        key = column.key
        new = draw(means["received"] * scale * shares[key] / sum(shares.values()), random)
        before = books.carried.get(key, 0)
        left = sum(random.random() < means["carried"] for _ in range(new))
        figures["new", key], figures["carried_over", key], figures["carried_forward", key] = new, before, left
        for code in random.choices(outcomes, weights, k=new + before - left):
            figures[code, key] += 1
        books.carried[key] = left
    add_up(table, figures)
    return {**figures}


def _plain(
    table: FormTable, scale: float, facts: Mapping[str, int], books: _Books, means: Mapping[str, Any], random: Random
) -> Figures:
    """Any other table: each figure by its mean, sums made to hold."""
    counts: dict[tuple[str, str], int] = {}
    amounts: dict[tuple[str, str], Decimal] = {}
    own = means.get(table.name, {})
    for block, line, column in cells_of(table):
        mean = _mean(own, line, column, means["amount" if column.number == "amount" else "rare"])
        cell = (line.code, column.key)
        if line.code in facts:
            counts[cell] = facts[line.code]
        elif column.number == "amount":
            amounts[cell] = _amount(mean * scale, random)
        elif column.number == "change":
            counts[cell] = draw(mean, random) - draw(mean / 2, random)
        else:
            counts[cell] = draw(mean * (scale if mean < _FEW or not _is_stock(block, column) else 1), random)
    if table.unit_column is None:
        _keep_books(table, counts, books, means)
    else:
        _fit_statistics(counts)
    add_up(table, counts)
    return {**counts, **amounts}


def _is_stock(block: Block, column: Column) -> bool:
    return column.code in made_up("figures")["openings"] and len(block.columns) > 1


def _mean(own: Mapping[str, float], line: Line, column: Column, default: float) -> float:
    for name in (f"{line.code}.{column.code}", column.key, line.code):
        if name in own:
            return own[name]
    return default


def _keep_books(table: FormTable, counts: dict[tuple[str, str], int], books: _Books, means: Mapping[str, Any]) -> None:
    """Let stocks go on from last year's, and openings from last year's figure and its change."""
    for block in table.blocks:
        codes = {column.code: column.key for column in block.columns}
        for line in block.lines:
            for stock, flows in means["stocks"].items():
                if stock in codes:
                    _move_stock(line, stock, flows, codes, counts, books)
            for opening, change in means["openings"].items():
                if opening in codes and change in codes:
                    cell, moved = (line.code, codes[opening]), (line.code, codes[change])
                    counts[cell] = books.stocks.get((line.code, opening), counts[cell])
                    counts[moved] = max(counts[moved], -counts[cell])
                    books.stocks[line.code, opening] = counts[cell] + counts[moved]


def _move_stock(
    line: Line,
    stock: str,
    flows: Mapping[str, list[str]],
    codes: Mapping[str, str],
    counts: dict[tuple[str, str], int],
    books: _Books,
) -> None:
    cell = (line.code, codes[stock])
    before = books.stocks.get((line.code, stock), counts[cell])
    grown = before + sum(counts[line.code, codes[name]] for name in flows["plus"])
    for name in flows["minus"]:
        # nothing can be repealed that is not there
        counts[line.code, codes[name]] = min(counts[line.code, codes[name]], grown)
        grown -= counts[line.code, codes[name]]
    counts[cell] = books.stocks[line.code, stock] = grown


def _fit_statistics(counts: dict[tuple[str, str], int]) -> None:
    """A part is not above what it is a part of."""
    by_line = {line: cell for cell in counts for line in [cell[0]]}
    for part, whole in (
        ("press_conferences_head", "press_conferences"),
        ("interviews_head", "interviews"),
        ("disclosed_normative", "disclosed"),
    ):
        if part in by_line and whole in by_line:
            counts[by_line[part]] = min(counts[by_line[part]], counts[by_line[whole]])


def draw(mean: float, random: Random) -> int:
    """A count around `mean`, never below 0."""
    if mean >= _FEW:
        return max(0, round(random.gauss(mean, mean**0.5)))
    threshold, product, count = 2.718281828459045**-mean, random.random(), 0
    while product > threshold:
        product *= random.random()
        count += 1
    return count


def _amount(mean: float, random: Random) -> Decimal:
    """An amount of money in 万元 with up to six decimals; now and then nothing."""
    if random.random() < 0.25:
        return Decimal(0)
    places = random.choice((1, 2, 2, 4, 6))
    return Decimal(str(round(random.uniform(0.2, 1.8) * max(mean, 0.05), places))).normalize() + 0
