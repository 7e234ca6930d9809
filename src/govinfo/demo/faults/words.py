"""Words that do not belong: templates left in, text from elsewhere, text that stands twice or in another report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from govinfo.definitions.demo import made_up
from govinfo.demo.faults.fault import Fault, Maker, Site, with_sections
from govinfo.demo.narrative import Section
from govinfo.demo.paper import Paper
from govinfo.demo.sentences import fill

Made = tuple[Site, list[Fault]] | None
# So long a section is no short one, whose copies do not count.
_LONG = 140
_TAKEN = "problems"


def sentence(rule: str, part: str) -> Maker:
    """The maker of one more sentence in the first section, out of those of `faults` that break a rule."""

    def make(site: Site, random: Random) -> Made:
        county = site.paper.county
        others = [one.name for one in county.townships if one.name != site.paper.township.name]
        said = random.choice(made_up("faults")[part])
        if "{other}" in said and not others:
            return None
        text, _ = fill(said, {**site.paper.words, "other": random.choice(others or [""])}, {})

        def add(sections: list[Section]) -> None:
            next(section for section in sections if section.role == "overview").add(text)

        return with_sections(site, add), [Fault(part, rule, "narrative", None, None, text)]

    return make


def last_years_problems(site: Site, random: Random) -> Made:
    """Section 五 of the year before once more, with this year in it."""
    before = site.before
    if before is None or before.year.year + 1 != site.paper.year.year or not _may_take(site, before):
        return None
    return _taken(site, before), [Fault("last year's", "years.copied_text", "narrative", None, None, "")]


def another_towns_problems(site: Site, random: Random) -> Made:
    """Section 五 of another township; the finding is also that one's."""
    fitting = [one for one in site.earlier if _may_take(site, one.paper)]
    if not fitting:
        return None
    other = random.choice(fitting)
    fault = Fault("another's", "places.copied_text", "narrative", None, None, "")
    return _taken(site, other.paper), [fault, replace(fault, source=other.source)]


def _problems(sections: Sequence[Section]) -> list[Section]:
    return [section for section in sections if section.role == "problems"]


def _may_take(site: Site, other: Paper) -> bool:
    """Whether the other's section fits, is long enough, and calls its place by the same words."""
    own, theirs = _problems(site.paper.sections), _problems(other.sections)
    long = sum(len(section.text) for section in theirs) >= _LONG
    alike = len(own) == len(theirs) and site.paper.township.we == other.township.we
    return long and alike and _TAKEN not in site.changed


def _taken(site: Site, other: Paper) -> Site:
    """The site with the paragraphs of the other's section; the year, as long as it was, leaves all in its place."""
    old, new = other.words["year"], site.paper.words["year"]

    def take(sections: list[Section]) -> None:
        for own, theirs in zip(_problems(sections), _problems(other.sections), strict=True):
            own.paragraphs = [line.replace(old, new) for line in theirs.paragraphs]
            own.points = [replace(point, text=point.text.replace(old, new)) for point in theirs.points]

    return with_sections(replace(site, changed=site.changed | {_TAKEN}), take)
