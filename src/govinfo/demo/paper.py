"""A made-up report before it is printed in a format: its parts in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from govinfo.definitions.demo import made_up
from govinfo.demo.county import County, Township
from govinfo.demo.dress import Dressed, dress, make_house
from govinfo.demo.history import YearFigures
from govinfo.demo.layouts import Damage
from govinfo.demo.narrative import Section, write_sections
from govinfo.demo.sentences import fill


@dataclass(frozen=True)
class Paper:
    """A report: who and when, its title's lines, its sections, and its tables by name.

    `published` is the date of its signature, `posted` that of the page on which it stands; `damages` is what
    happens to lines of its tables when they are printed; `words` fills the sentences printed around it.
    """

    township: Township
    county: County
    year: YearFigures
    title: tuple[str, ...]
    sections: Sequence[Section]
    tables: Mapping[str, Dressed]
    published: date
    posted: date
    words: Mapping[str, str]
    damages: tuple[Damage, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a paper. `kind` is `title`, `heading`, `text` or `table`; a table has its name in `text`."""

    kind: str
    text: str


def write_paper(county: County, township: Township, year: YearFigures, random: Random, *, blanks: bool) -> Paper:
    """The report of a township on a year; `blanks` says whether its layout can show that a cell is empty."""
    published = date(year.year + 1, 1, random.randint(5, 31))
    posted = published + timedelta(days=random.randint(0, 5))
    words = {
        "note": made_up("note"),
        "township": township.name,
        "body": township.body,
        "we": township.we,
        "county": county.name,
        "city": county.city,
        "year": str(year.year),
        "published": made_up("date").format(year=published.year, month=published.month, day=published.day),
        "posted": posted.isoformat(),
        "number": f"{random.randint(1, 99):02d}",
    }
    title = tuple(fill(line, words, {})[0] for line in random.choice(made_up("titles")))
    sections = write_sections(year, words, random)
    for line in made_up("signature"):
        _signed(sections).add(fill(line, words, {})[0])
    house = make_house(random, blanks=blanks)
    tables = {table.name: dress(table, year.figures[table.name], house, random) for table in year.form.tables}
    return Paper(
        township=township,
        county=county,
        year=year,
        title=title,
        sections=sections,
        tables=tables,
        published=published,
        posted=posted,
        words={**words, "title": "".join(title)},
    )


def _signed(sections: Sequence[Section]) -> Section:
    """The section at whose end the signature stands: the last one that holds no table."""
    return next(section for section in reversed(sections) if section.table is None)


def parts(paper: Paper) -> Iterator[Part]:
    """The pieces of a paper in reading order."""
    for line in paper.title:
        yield Part("title", line)
    for section in paper.sections:
        if section.heading is not None:
            yield Part("heading", section.heading)
        for number, paragraph in enumerate(section.paragraphs):
            if section.table is not None and number == section.before:
                yield Part("table", section.table)
            yield Part("text", paragraph)
        if section.table is not None and section.before >= len(section.paragraphs):
            yield Part("table", section.table)
