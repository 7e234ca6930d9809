"""Faults put into the reports of a township: some at random, or the kinds that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from random import Random

from govinfo.demo.faults.fault import Earlier, Fault, Site
from govinfo.demo.faults.figures import broken_sums, broken_years, misprint
from govinfo.demo.faults.kinds import KINDS, Kind
from govinfo.demo.paper import Paper

# The share of reports that get a fault, as far as the years beside them have none.
_SHARE = 0.45
# What happens most: a wrong figure, a damaged line.
_OFTEN = (Kind("", "any", misprint), KINDS["damaged line"]) * 4
_Spoilt = list[tuple[Paper, list[Fault]]]


def put_faults(
    papers: Sequence[Paper], text: Sequence[bool], grid: Sequence[bool], earlier: Sequence[Earlier], random: Random
) -> _Spoilt:
    """The reports of one township, in order of years, with faults in some, and the faults of each.

    A table gets at most one fault and a report none where the year before has one: so no two faults stand on
    lines that share an equation, within a report or across years. Only the layouts of text (`text`) get
    damaged lines; `grid` says which layouts show in which column a figure stands. `earlier` are reports of other
    townships without a fault.
    """
    found: _Spoilt = []
    spoilt = False
    for number, site in enumerate(_sites(papers, text, grid, earlier)):
        spoilt = not spoilt and random.random() < _SHARE
        found.append(_spoil(site, random) if spoilt else (papers[number], []))
    return _with_years(found)


def put_kinds(
    papers: Sequence[Paper],
    text: Sequence[bool],
    grid: Sequence[bool],
    earlier: Sequence[Earlier],
    kinds: Sequence[Sequence[str]],
    random: Random,
) -> tuple[_Spoilt, list[Sequence[str]]]:
    """The reports with the kinds of `KINDS` that are asked for in each second one, as far as it has a place for them.

    `kinds` are the sets of kinds that are to be put, each into a report of its own; what was put is told too, as are
    the faults that follow in the years beside. The first reports have none, and none that has one follows another.
    """
    wanted, put = list(kinds), list[Sequence[str]]()
    found: _Spoilt = []
    spoilt = True
    for number, site in enumerate(_sites(papers, text, grid, earlier)):
        made = None
        for several in () if spoilt else wanted:
            made = _put(site, [KINDS[name] for name in several], random)
            if made is not None:
                wanted.remove(several)
                put.append(several)
                break
        spoilt = made is not None
        found.append(made or (papers[number], []))
    return _with_years(found), put


def _sites(
    papers: Sequence[Paper], text: Sequence[bool], grid: Sequence[bool], earlier: Sequence[Earlier]
) -> list[Site]:
    befores: list[Paper | None] = [None, *papers]
    return [Site(paper, befores[number], earlier, text[number], grid[number]) for number, paper in enumerate(papers)]


def _spoil(site: Site, random: Random) -> tuple[Paper, list[Fault]]:
    """One or two kinds in different parts of the report, the first that find a place."""
    kinds = [*_OFTEN, *KINDS.values()]
    random.shuffle(kinds)
    faults: list[Fault] = []
    parts: set[str] = set()
    chosen: list[Kind] = []
    for kind in kinds:
        if kind.part in parts or len(parts) == 2 or _is_apart([*chosen, kind]):
            continue
        made = kind.make(site, random)
        if made is not None and not (made[0].changed - site.changed) & parts:
            parts |= {kind.part} if kind.part != "any" else made[0].changed - site.changed
            chosen.append(kind)
            site, new = made
            faults += new
    return site.paper, [*faults, *broken_sums(site)]


def _put(site: Site, kinds: Sequence[Kind], random: Random) -> tuple[Paper, list[Fault]] | None:
    """The report with all of these kinds; None where one finds no place."""
    faults: list[Fault] = []
    # what changes figures goes before what takes lines and tables away, which look for a table that is whole
    for kind in sorted(kinds, key=lambda kind: kind.part == "any"):
        made = kind.make(site, random)
        if made is None or _is_apart(kinds):
            return None
        site, new = made
        faults += new
    sums = list(broken_sums(site))
    if not {kind.rule for kind in kinds if kind.part in site.changed} <= {
        *(fault.rule for fault in (*faults, *sums)),
        *(kind.rule for kind in kinds if kind.rule.startswith("years.")),
    }:
        return None
    return site.paper, [*faults, *sums]


def _is_apart(kinds: Sequence[Kind]) -> bool:
    """Whether one gives the report to another township, and another compares it with those of its own."""
    rules = {kind.rule for kind in kinds}
    compared = {"report.duplicate", *(rule for rule in rules if rule.startswith(("years.", "places.")))}
    return "identity.manifest" in rules and bool(rules & compared)


def _with_years(found: _Spoilt) -> _Spoilt:
    for (before, others), (paper, faults) in pairwise(found):
        elsewhere = any(fault.rule == "identity.manifest" for fault in (*others, *faults))
        if not elsewhere:
            faults += broken_years(before, paper)
    return found
