"""Divisions of one name → the one that a report means, by the other places that it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from govinfo.definitions.patterns import patterns
from govinfo.gazetteer import Division, Gazetteer
from govinfo.parse.identity.bodies import ABOVE, OWN_COLUMN, full_names, level_names

# Longer than the lists go back or ahead.
_FAR_OFF = 1000
_FAR = 40
_LONGEST_NAME = 15
_SHORTEST_NAME = 2
# A division is made or ended in the middle of a year, and who reports on it may be the one before or after.
_YEARS_ASIDE = 1
_Key = tuple[str, str | None, str | None]
Zones = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is left of the candidates: of one place where they could be told apart. `by` is the zone that told them."""

    divisions: tuple[Division, ...]
    by: str | None = None

    @property
    def is_one(self) -> bool:
        """Whether all that is left is one place, perhaps by several names or codes over the years."""
        return len({_key(division) for division in self.divisions}) == 1


def weigh(candidates: Sequence[Division], zones: Zones, year: int | None, known: Gazetteer) -> Choice:
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
    told = _told(tuple(candidates), zones)
    if told is None:
        return Choice(tuple(candidates))
    left, by = told
    if not Choice(left).is_one:
        # the year is asked after the places: a township may be gone from the lists, but not from where it was
        again = _told(_of_year(left, year), zones)
        if again is None:
            return Choice(left)
        left, by = again[0], again[1] or by
    if by is None and Choice(left).is_one and _is_elsewhere(left[0], zones, known):
        return Choice(())
    return Choice(left, by)


def _told(left: tuple[Division, ...], zones: Zones) -> tuple[tuple[Division, ...], str | None] | None:
    """What is left by the places that the zones name, and which zone told it; None where they contradict."""
    by = None
    own = {OWN_COLUMN.get(division.level) for division in left}
    for level in ABOVE:
        if Choice(left).is_one:
            break
        if level in own:
            # its own name says nothing of where it is
            continue
        named = {zone: _named(left, level, lines, zone) for zone, lines in zones.items()}
        telling = {zone: keys for zone, keys in named.items() if 0 < len(keys) < len({_key(item) for item in left})}
        if telling:
            common = frozenset.intersection(*telling.values())
            if not common:
                return None
            left, by = tuple(item for item in left if _key(item) in common), next(iter(telling))
    return left, by


def of_year(division: Division, year: int | None) -> bool:
    """Whether a division was there in a year, as far as the lists say."""
    return year is None or ((division.first or year) <= year and year <= (division.last or year))


def _of_year(candidates: Sequence[Division], year: int | None) -> tuple[Division, ...]:
    """Those of the candidates that were there in a year or beside it; a place that left the lists and came back was."""
    if year is None:
        return tuple(candidates)
    spans: dict[_Key, tuple[int, int]] = {}
    for division in candidates:
        first, last = spans.get(_key(division), (year + _FAR_OFF, year - _FAR_OFF))
        mine = (division.first or year - _FAR_OFF, division.last or year + _FAR_OFF)
        spans[_key(division)] = min(first, mine[0]), max(last, mine[1])
    there = {key for key, (first, last) in spans.items() if first - _YEARS_ASIDE <= year <= last + _YEARS_ASIDE}
    return tuple(division for division in candidates if _key(division) in there) or tuple(candidates)


def _key(division: Division) -> _Key:
    return division.province, division.city, division.county


def _named(divisions: Sequence[Division], column: str, lines: Sequence[str], zone: str) -> frozenset[_Key]:
    return frozenset(
        _key(division) for division in divisions if any(_names(line, division, column, zone) for line in lines)
    )


def _names(line: str, division: Division, column: str, zone: str) -> bool:
    """Whether a line names the place of that level to which a division belongs, as what governs it or where it is.

    In the text a place is often named for another reason: whom somebody visited, where a company is from.
    """
    rules = patterns("identity")
    full = full_names(division, column)
    for name in full:
        start = line.find(name)
        while start >= 0:
            before, after = line[max(0, start - _FAR) : start], line[start + len(name) :]
            vague = name in rules.words["vague_places"] and not before.endswith(level_names(division, "city"))
            if not vague and _is_above(before, after, zone):
                return True
            start = line.find(name, start + 1)
    return any(
        name + word in line for name in level_names(division, column)[len(full) :] for word in rules.words["of_place"]
    )


def _is_above(before: str, after: str, zone: str) -> bool:
    """Whether the place named between these words is one that the report's issuer belongs to."""
    rules = patterns("identity")
    if rules.one["elsewhere"].search(before) or rules.one["links"].search(before) or rules.one["others"].match(after):
        return False
    governs = rules.one["governs"].match(after) or rules.one["address"].search(before)
    return zone != "text" or governs is not None


def _is_elsewhere(division: Division, zones: Zones, known: Gazetteer) -> bool:
    """Whether a report names counties above it, and none of them, nor a city or province, is that of the division."""
    if any(_names(line, division, column, zone) for zone, said in zones.items() for line in said for column in ABOVE):
        return False
    return any(True for zone, said in zones.items() for line in said for _ in _counties(line, zone, known))


def _counties(line: str, zone: str, known: Gazetteer) -> Iterator[str]:
    """The counties that a line names as those above its issuer."""
    rules = patterns("identity")
    for match in rules.one["county_end"].finditer(line):
        stop = match.end()
        for start in range(max(0, stop - _LONGEST_NAME), stop - _SHORTEST_NAME):
            name = line[start:stop]
            if name in rules.words["vague_places"] or not _is_above(
                line[max(0, start - _FAR) : start], line[stop:], zone
            ):
                continue
            if any(division.level == "county" for division in known.named(name)):
                yield name
                break
