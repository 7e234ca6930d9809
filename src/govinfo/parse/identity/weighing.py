"""Divisions of one name → the one that a report means, by the other places that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from govinfo.definitions.patterns import patterns
from govinfo.gazetteer import Division, Gazetteer
from govinfo.parse.identity.bodies import ABOVE, full_names, level_names

# Before its first yearly list the gazetteer does not know every township that there was.
_FIRST_LISTED = 2018
_FAR = 40
_LONGEST_NAME = 15
_SHORTEST_NAME = 2
# A division is made or ended in the middle of a year, and who reports on it may be the one before or after.
_YEARS_ASIDE = 1
_Key = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is left of the candidates: of one place where they could be told apart. `by` is the zone that told them."""

    divisions: tuple[Division, ...]
    by: str | None = None

    @property
    def is_one(self) -> bool:
        """Whether all that is left is one place, perhaps by several names or codes over the years."""
        return len({_key(division) for division in self.divisions}) == 1


def weigh(
    candidates: Sequence[Division], zones: Mapping[str, Sequence[str]], year: int | None, known: Gazetteer
) -> Choice:
    """Those of the candidates that a report may mean.

    Parameters
    ----------
    candidates : divisions of one name.
    zones : lines by what they are: `page` (what a page says of itself), `text` (what the report says).
    year : the year reported on: a division counts only where it was there then, if any was.
    known : all divisions.

    The nearest level decides of which a zone names some of the candidates and not others: the county before the city,
    the city before the province. Zones that name different ones decide nothing, for a report may be copied from
    elsewhere; then all candidates come back. Where there is one candidate, but all counties that are named are others,
    none does: it may be a township that no list has.
    """
    left = _of_year(candidates, year)
    by = None
    for level in ABOVE:
        if Choice(left).is_one:
            break
        named = {zone: _named(left, level, lines) for zone, lines in zones.items()}
        telling = {zone: keys for zone, keys in named.items() if 0 < len(keys) < len({_key(item) for item in left})}
        if telling:
            common = frozenset.intersection(*telling.values())
            if not common:
                return Choice(tuple(candidates))
            left, by = tuple(item for item in left if _key(item) in common), next(iter(telling))
    if by is None and Choice(left).is_one and _is_elsewhere(left[0], zones, year, known):
        return Choice(())
    return Choice(left, by)


def of_year(division: Division, year: int | None) -> bool:
    """Whether a division was there in a year, as far as the lists say."""
    return year is None or ((division.first or year) <= year and year <= (division.last or year))


def _of_year(candidates: Sequence[Division], year: int | None) -> tuple[Division, ...]:
    years = [None] if year is None else range(year - _YEARS_ASIDE, year + _YEARS_ASIDE + 1)
    there = tuple(division for division in candidates if any(of_year(division, one) for one in years))
    return there or tuple(candidates)


def _key(division: Division) -> _Key:
    return division.province, division.city, division.county


def _named(divisions: Sequence[Division], column: str, lines: Sequence[str]) -> frozenset[_Key]:
    return frozenset(_key(division) for division in divisions if any(_names(line, division, column) for line in lines))


def _names(line: str, division: Division, column: str) -> bool:
    """Whether a line names the place of that level to which a division belongs, and not as where others are."""
    rules = patterns("identity")
    full = full_names(division, column)
    for name in full:
        start = line.find(name)
        while start >= 0:
            before = line[max(0, start - _FAR) : start]
            vague = name in rules.words["vague_places"] and not before.endswith(level_names(division, "city"))
            if not vague and not rules.one["elsewhere"].search(before):
                return True
            start = line.find(name, start + 1)
    return any(
        name + word in line for name in level_names(division, column)[len(full) :] for word in rules.words["of_place"]
    )


def _is_elsewhere(division: Division, zones: Mapping[str, Sequence[str]], year: int | None, known: Gazetteer) -> bool:
    """Whether a text names counties, and none of them, nor a place above it, is that of the division.

    A name that no other division has may have been that of one before the lists begin.
    """
    lines = [line for zone, said in zones.items() if zone == "page" or _is_early(year) for line in said]
    if any(_names(line, division, level) for said in zones.values() for line in said for level in ABOVE):
        return False
    return any(True for line in lines for _ in _counties(line, known))


def _is_early(year: int | None) -> bool:
    return year is None or year < _FIRST_LISTED


def _counties(line: str, known: Gazetteer) -> Iterator[str]:
    rules = patterns("identity")
    for match in rules.one["county_end"].finditer(line):
        stop = match.end()
        for start in range(max(0, stop - _LONGEST_NAME), stop - _SHORTEST_NAME):
            name = line[start:stop]
            if name in rules.words["vague_places"] or rules.one["elsewhere"].search(line[max(0, start - _FAR) : start]):
                continue
            if any(division.level == "county" for division in known.named(name)):
                yield name
                break
