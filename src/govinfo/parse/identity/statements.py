"""What each source says of who and when, as rows: what was used, what else it may be, what contradicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from govinfo.definitions.figure_keys import MOST_CANDIDATES
from govinfo.gazetteer import Division
from govinfo.parse.identity.given import Agreed
from govinfo.parse.identity.lines import Lines
from govinfo.parse.identity.naming import Naming
from govinfo.parse.identity.places import COLUMNS, Given
from govinfo.parse.identity.years import YearSaid
from govinfo.readers.document import Cell

_LONGEST_EVIDENCE = 120


@dataclass(frozen=True, slots=True)
class Statement:
    """A row of the table `identity`.

    `aspect` is `place`, `year`, `published_on`, or the column that the manifest and the text fill differently. A place
    is its path from the province down, levels set apart by `/`. `role`: `used`; `printed` (used, but the gazetteer has
    no such place, or several); `candidate` (a place that it may be); `agrees`; `contradicts` (what the text says
    against the manifest); `differs` (a title's or period's year that is not the one used); `unknown` (nobody says
    anything); `other`.
    """

    aspect: str
    value: str | None
    source: str | None
    role: str
    division_code: str | None = None
    evidence: str | None = None
    locator: str | None = None


def statements(
    agreed: Agreed,
    naming: Naming,
    years: YearSaid,
    given: Given,
    published: tuple[date, str, str] | None,
    lines: Lines,
    cells: Sequence[Cell],
) -> Iterator[Statement]:
    """The statements behind an identity, in a fixed order."""
    places = {text: str(cells[position].place) for position, text in reversed(list(lines.text.items()))}
    yield from _of_place(agreed, naming, places)
    yield from _of_year(years, given)
    if published is not None:
        day, source, line = published
        yield Statement("published_on", day.isoformat(), source, "used", None, _cut(line), places.get(line))


def _of_place(agreed: Agreed, naming: Naming, places: Mapping[str, str]) -> Iterator[Statement]:
    located = agreed.located
    path = "/".join(name for column in reversed(COLUMNS) if (name := getattr(located, column)) is not None)
    evidence = naming.own.evidence if naming.own and agreed.source != "manifest" else None
    code = located.division.code if located.division else None
    if not path:
        yield Statement("place", None, None, "unknown")
    else:
        locator = places.get(evidence or "")
        role = "used" if agreed.settled else "printed"
        yield Statement("place", path, agreed.source, role, code, _cut(evidence), locator)
    if not agreed.settled:
        for division in located.candidates[:MOST_CANDIDATES]:
            yield Statement("place", "/".join(division.path), "gazetteer", "candidate", _code(division))
    for column, said in agreed.contradicted.items():
        source = naming.own.source if naming.own else None
        evidence = naming.own.evidence if naming.own else None
        yield Statement(column, said, source, "contradicts", None, _cut(evidence), places.get(evidence or ""))


def _code(division: Division) -> str | None:
    return division.code or division.nbs_code


def _of_year(years: YearSaid, given: Given) -> Iterator[Statement]:
    if given.year is not None:
        yield Statement("year", str(given.year), "manifest", "used")
    final = given.year or years.year
    if final is None and not years.said:
        yield Statement("year", None, None, "unknown")
    for source, year in years.said.items():
        loud = source in ("title", "period") or source in years.contradictions
        if given.year is not None and year == years.year != given.year:
            role = "contradicts"
        elif year == final:
            role = "used" if source == years.source and given.year is None else "agrees"
        else:
            role = "differs" if loud else "other"
        yield Statement("year", str(year), source, role)


def _cut(text: str | None) -> str | None:
    return None if text is None else text[:_LONGEST_EVIDENCE]
