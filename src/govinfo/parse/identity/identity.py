"""Who reports, on which year, published when: everything that a document and its manifest say, weighed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from govinfo.definitions.patterns import patterns
from govinfo.gazetteer import Gazetteer, gazetteer
from govinfo.parse.identity.dates import published_on
from govinfo.parse.identity.given import Agreed, agree
from govinfo.parse.identity.lines import Lines, as_line, read_lines
from govinfo.parse.identity.naming import find_naming
from govinfo.parse.identity.places import Given, locate
from govinfo.parse.identity.statements import Statement, statements
from govinfo.parse.identity.titles import Title, read_title, titles_in
from govinfo.parse.identity.years import (
    YearSaid,
    named_years,
    narrative_year,
    period_year,
    weigh_years,
)
from govinfo.readers.document import Cell
from govinfo.text import simplify

_NOTHING = Given()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who, where and when, as `reports` has columns for it; `statements` are the rows of the table `identity`."""

    title: str | None = None
    issuer: str | None = None
    level: str = "unknown"
    township: str | None = None
    county: str | None = None
    city: str | None = None
    province: str | None = None
    division_code: str | None = None
    nbs_code: str | None = None
    place_source: str | None = None
    year: int | None = None
    year_source: str | None = None
    published_on: date | None = None
    statements: tuple[Statement, ...] = ()


def read_identity(
    cells: Sequence[Cell],
    first_heading: int | None,
    narrative: Sequence[int],
    furniture: frozenset[int] = frozenset(),
    file_title: str | None = None,
    path: str = "",
    given: Given = _NOTHING,
    known: Gazetteer | None = None,
) -> tuple[Identity, frozenset[int]]:
    """The identity of a report, and the positions of the cells that print its title.

    Parameters
    ----------
    cells : the document's cells.
    first_heading : position of the first section's heading, None where there is none.
    narrative : positions of cells that are not tables, in order.
    furniture : positions of what a page prints around the report; no signature, but metadata stands in it.
    file_title : what the file calls itself outside its text; it counts where neither title nor signature speak.
    path : the file's path relative to the raw folder; it counts last.
    given : what the manifest says: it wins, and where the text says otherwise, a statement says so.
    known : the divisions that there are; by default the packaged ones.
    """
    known = known or gazetteer()
    lines = read_lines(cells, first_heading, narrative, furniture)
    title = read_title(lines, as_line(file_title or ""), known)
    page_titles = titles_in(file_title or "", known)
    published = published_on(lines.metadata, lines.signature)
    years = _years(lines, title, page_titles, path, published[0] if published else None)
    year = given.year or years.year
    naming = find_naming(lines, title, page_titles, path, known)
    page = [*lines.page, *([simplify(as_line(file_title))] if file_title else [])]
    agreed = agree(naming, locate(naming, lines, page, path, year, known), given, year, known)
    identity = replace(
        _placed(agreed),
        title=title.printed if title else None,
        issuer=_issuer(lines, title, agreed),
        year=year,
        year_source="manifest" if given.year else years.source,
        published_on=published[0] if published else None,
        statements=tuple(statements(agreed, naming, years, given, published, lines, cells)),
    )
    return identity, title.positions if title else frozenset()


def _placed(agreed: Agreed) -> Identity:
    located, division = agreed.located, agreed.located.division
    township = division if division is not None and division.level == "township" else None
    return Identity(
        level=located.level,
        township=located.township,
        county=located.county,
        city=located.city,
        province=located.province,
        division_code=township.code if township else None,
        nbs_code=township.nbs_code if township else None,
        place_source=agreed.source,
    )


def _years(
    lines: Lines, title: Title | None, page_titles: Sequence[Title], path: str, published: date | None
) -> YearSaid:
    counts = named_years(lines.report)
    every = list(lines.text.values())
    found: Mapping[str, int | None] = {
        "title": title.year if title else None,
        "period": period_year(every),
        "metadata": next((one.year for one in page_titles if one.year is not None), None),
        "narrative": narrative_year(lines.report, counts, published),
        "filename": _path_year(path),
    }
    return weigh_years({name: year for name, year in found.items() if year is not None}, counts, published)


def _path_year(path: str) -> int | None:
    """The one year that the file's name, or else the nearest of its folders, names."""
    place = PurePosixPath(path)
    for name in (place.stem, *reversed(place.parts[:-1])):
        years = set(patterns("identity").one["year_in_name"].findall(name))
        if years:
            return int(years.pop()) if len(years) == 1 else None
    return None


def _issuer(lines: Lines, title: Title | None, agreed: Agreed) -> str | None:
    """The issuing body as printed: by the title, else by the signature, else by running text."""
    rules = patterns("identity")
    if title is not None:
        said = rules.one["issuer"].match(title.text)
        if said is not None:
            return title.printed[: len(said.group())]
    for line in reversed(lines.signature):
        signed = rules.one["issuer"].fullmatch(line)
        if signed is not None:
            return line
    return next(_issuers_in_text(lines, agreed.located.township), None)


def _issuers_in_text(lines: Lines, township: str | None) -> Iterator[str]:
    """The township's government where running text names it by its full name."""
    if township is None:
        return
    for line in lines.text.values():
        for end in patterns("identity").words["issuer_ends"]:
            if township + end in line:
                yield township + end
