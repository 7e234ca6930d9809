"""Reports whose place, year or day is wrong or not told, and files that stand twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random

from govinfo.checks.publication import due
from govinfo.definitions.demo import made_up
from govinfo.demo.faults.fault import Fault, Site, with_sections
from govinfo.demo.narrative import Section
from govinfo.demo.paper import Paper
from govinfo.demo.sentences import fill

Made = tuple[Site, list[Fault]] | None


def other_period(site: Site, random: Random) -> Made:
    """A period of the year before, left over in the introduction."""
    year = site.paper.year.year
    old, new = made_up("period").format(year=year), made_up("period").format(year=year - 1)
    if not any(old in section.text for section in site.paper.sections):
        return None
    return _reworded(site, {old: new}), [_fault("period", "identity.year", new)]


def no_year(site: Site, random: Random) -> Made:
    """A title that does not name the year; the introduction does. On a page other lines may be taken for the title."""
    period = made_up("period").format(year=site.paper.year.year)
    if not site.text or not any(period in section.text for section in site.paper.sections):
        return None
    title = fill(made_up("faults")["titles"][0], site.paper.words, {})[0]
    paper = replace(site.paper, title=(title,), words={**site.paper.words, "title": title})
    return _of(site, paper), [_fault("no year", "identity.inferred", title)]


def other_manifest(site: Site, random: Random) -> Made:
    """A manifest that gives the report to a township that its text does not name."""
    name = made_up("faults")["unlisted"][0] + site.paper.township.name
    return site, [_fault("manifest", "identity.manifest", name)]


def late(site: Site, random: Random) -> Made:
    """A report that is signed and posted after its day."""
    paper = site.paper
    day = due("township", paper.year.year) + timedelta(days=random.randint(10, 90))
    shown = made_up("date").format(year=day.year, month=day.month, day=day.day)
    site = _reworded(site, {paper.words["published"]: shown})
    words = {**paper.words, "published": shown, "posted": day.isoformat()}
    paper = replace(site.paper, published=day, posted=day, words=words)
    return _of(site, paper), [_fault("late", "publication.late", shown)]


def second_file(site: Site, random: Random) -> Made:
    """The same report in a second file; which of them counts, that file's name decides."""
    return site, [_fault("second file", "report.duplicate", "")]


def _fault(kind: str, rule: str, printed: str) -> Fault:
    return Fault(kind, rule, "reports", None, None, printed)


def _of(site: Site, paper: Paper) -> Site:
    return replace(site, paper=paper)


def _reworded(site: Site, words: Mapping[str, str]) -> Site:
    """The site with other words in its sections; where they are as long, all that is told stays in its place."""

    def change(sections: list[Section]) -> None:
        for section in sections:
            for old, new in words.items():
                section.paragraphs = [line.replace(old, new) for line in section.paragraphs]
                section.points = [replace(point, text=point.text.replace(old, new)) for point in section.points]

    return with_sections(site, change)
