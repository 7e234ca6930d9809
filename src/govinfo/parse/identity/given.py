"""What the manifest says of a place against what the text says: the manifest wins, the difference is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from govinfo.gazetteer import Division, Gazetteer
from govinfo.parse.identity.bodies import ABOVE
from govinfo.parse.identity.naming import Naming
from govinfo.parse.identity.places import COLUMNS, Given, Located, best_of, matches, placed, with_names
from govinfo.parse.identity.weighing import Choice


@dataclass(frozen=True, slots=True)
class Agreed:
    """Where a report belongs after all, the source that says so, and what the text says otherwise, by level.

    `settled` is true where no more need be known: the gazetteer has the place, or the manifest names one that it lacks.
    """

    located: Located
    source: str | None
    settled: bool
    contradicted: Mapping[str, str] = field(default_factory=dict)


def agree(naming: Naming, located: Located, given: Given, year: int | None, known: Gazetteer) -> Agreed:
    """Join what is given with what the text says.

    Parameters
    ----------
    naming, located : who is named in the text, and where that is.
    given : what the manifest says of place and year; each of its names wins over the text's.
    year : the year reported on.
    known : all divisions.
    """
    source = naming.own.source if naming.own and located.is_named else None
    if not given.names_place:
        return Agreed(located, source, located.division is not None)
    contradicted = {
        column: said
        for column in COLUMNS
        if (said := getattr(located, column)) is not None and not _same(getattr(given, column), located, column)
    }
    if given.township is not None and located.township is None and source == "title" and located.level != "unknown":
        contradicted["level"] = located.level
    kept = _kept(located, given)
    found = [division for division in _candidates(naming, given, kept, known) if _fits(division, given, kept)]
    choice = Choice(tuple(found))
    source = "manifest" if given.township else source
    if found and choice.is_one:
        result = placed("township" if given.township else located.level, best_of(found, year))
        return Agreed(_with_given(result, given), source, True, contradicted)
    result = replace(kept, candidates=tuple(found) or kept.candidates, division=None)
    # a county that no list has is one that the manifest alone knows
    vouched = given.township is not None or (given.county is not None and not known.named(given.county))
    return Agreed(_with_given(result, given), source, vouched, contradicted)


def _same(said: str | None, located: Located, column: str) -> bool:
    if located.division is not None:
        return matches(said, located.division, column)
    return said is None or said == getattr(located, column)


def _kept(located: Located, given: Given) -> Located:
    """What the text says below and beside what is given: another township's county is worth nothing."""
    if given.township is not None and given.township != located.township:
        return Located("township", township=given.township)
    if any(
        getattr(given, column) is not None and not _same(getattr(given, column), located, column) for column in ABOVE
    ):
        return Located(located.level, township=located.township)
    return located


def _candidates(naming: Naming, given: Given, kept: Located, known: Gazetteer) -> tuple[Division, ...]:
    """The divisions that are meant by what is given and by what the text says beside it."""
    if kept.division is not None:
        return (kept.division,)
    name = given.township or kept.township
    if name is None and naming.own is not None and naming.own.body.divisions:
        return naming.own.body.divisions
    lowest = name or next((getattr(given, column) for column in ABOVE if getattr(given, column)), "")
    return known.named(lowest)


def _fits(division: Division, given: Given, kept: Located) -> bool:
    level_fits = division.level == "township" if (given.township or kept.township) else True
    return level_fits and all(matches(getattr(given, column), division, column) for column in COLUMNS)


def _with_given(located: Located, given: Given) -> Located:
    """A place with the names that are given, where the gazetteer has no full ones for them."""
    names = {
        column: said
        for column in COLUMNS
        if (said := getattr(given, column)) is not None
        and not (located.division is not None and matches(said, located.division, column))
    }
    level = "township" if given.township else located.level
    return with_names(replace(located, level=level), names)
