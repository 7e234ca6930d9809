"""Which body a report is of: what title, signature, page, running text and file name call it, in this order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from govinfo.definitions.patterns import patterns
from govinfo.gazetteer import Gazetteer
from govinfo.parse.identity.bodies import Body, read_body
from govinfo.parse.identity.lines import Lines, as_line
from govinfo.parse.identity.titles import Title
from govinfo.parse.identity.townships import NamedTownship, most_named, named_townships, own_level
from govinfo.text import simplify

# How often a township must be named in running text that speaks of itself as one (我镇), and in one that does not.
_LEAST_WEIGHT = {"township": 3, None: 6}


@dataclass(frozen=True, slots=True)
class Named:
    """A body, where it was named (a `place_source` of the contract), and the words that name it."""

    source: str
    body: Body
    evidence: str


@dataclass(frozen=True, slots=True)
class Naming:
    """The body that a report is of, None where nothing names one, and all others that are named."""

    own: Named | None
    others: tuple[Named, ...]
    townships: tuple[NamedTownship, ...]


def find_naming(lines: Lines, title: Title | None, page_titles: Sequence[Title], path: str, known: Gazetteer) -> Naming:
    """The body that a report is of.

    Parameters
    ----------
    lines : the report's lines.
    title, page_titles : its title, and what else the page calls itself.
    path : the file's path, with `/`; it counts where nothing else speaks.
    known : all divisions.
    """
    formal = list(_formal(lines, title, page_titles, known))
    told = [one for line in lines.report for one in named_townships(line, known)]
    own = next((named for named in formal if _speaks_for(named)), None)
    if title is not None and patterns("identity").one["several_bodies"].search(title.text):
        own = Named("title", Body("township", "", ()), title.text)
    elif own is None:
        own = _informal(lines, formal, told, path, known)
    elif not own.body.divisions and not own.body.name:
        # 教育局, without its county: another line may say which
        level = own.body.level
        fuller = [named for named in formal if named.body.level == level and named.body.divisions]
        own = (
            next(iter(fuller), None)
            or (_informal(lines, formal, told, path, known) if level == "township" else None)
            or own
        )
    return Naming(own, tuple(named for named in formal if named is not own), tuple(told))


def _speaks_for(named: Named) -> bool:
    """Whether who is named there is the issuer: a page's publisher may be the county that keeps the website."""
    if named.source == "metadata" and named.body.level in ("county", "prefecture", "province"):
        return False
    return named.body.level != "unknown"


def _formal(lines: Lines, title: Title | None, page_titles: Sequence[Title], known: Gazetteer) -> Iterator[Named]:
    """The bodies named where issuers are named, the most trusted place first."""
    rules = patterns("identity")
    if title is not None and title.body is not None:
        yield Named("title", title.body, title.text)
    if title is not None:
        for position in lines.head:
            below = rules.one["bracketed"].fullmatch(lines.text[position])
            if below is not None and (body := read_body(below.group(1), known)) is not None and body.divisions:
                yield Named("title", body, lines.text[position])
    for line in reversed(lines.signature):
        signed = rules.one["signed"].fullmatch(line)
        if signed is None:
            continue
        body = read_body(signed.group(1), known)
        # the end of a sentence may sound like a body (多看多学, 做好乡镇)
        if body is not None and (body.divisions or rules.one["issuer"].fullmatch(signed.group(1))):
            yield Named("signature", body, line)
    for line in lines.report:
        for compiler in (found for pattern in rules.many["compiled_by"] for found in pattern.findall(line)):
            if (body := read_body(compiler, known)) is not None and body.divisions:
                yield Named("narrative", body, line)
    for other in page_titles:
        # what the page calls itself names whom the title leaves out, of whatever level
        if other.body is not None:
            yield Named("metadata", other.body, other.text)
    for line in lines.page:
        if rules.one["path"].search(line):
            for part in reversed(rules.one["path_joints"].split(line)):
                if (body := read_body(part, known)) is not None and body.divisions:
                    yield Named("metadata", body, line)
    for line in lines.metadata:
        for printed in rules.one["publisher"].findall(line):
            if (body := read_body(printed, known)) is not None and body.divisions:
                yield Named("metadata", body, line)


def _informal(
    lines: Lines, formal: Sequence[Named], told: Sequence[NamedTownship], path: str, known: Gazetteer
) -> Named | None:
    """The body named by running text, else by the file's name or its folders'."""
    level = own_level(lines.report)
    if level in (None, "township"):
        most = most_named(told, _LEAST_WEIGHT[level])
        if most:
            first = next((one for one in most if one.told), most[0])
            return Named("narrative", Body("township", first.name, first.divisions, told=first.told), first.name)
    if level not in (None, "township"):
        publisher = next((named for named in formal if named.body.level == level and named.body.divisions), None)
        if publisher is not None:
            return publisher
    for name, body in path_bodies(path, known):
        if level is None or body.level == level:
            return Named("filename", body, name)
    # what governs a place that nobody names may be anything: 我区 is a district or an autonomous region
    return Named("narrative", Body(level, "", ()), "") if level in ("township", "department") else None


def path_bodies(path: str, known: Gazetteer) -> Iterator[tuple[str, Body]]:
    """The bodies that a file's name and its folders name, the nearest first."""
    rules = patterns("identity")
    place = PurePosixPath(path)
    for name in (place.stem, *reversed(place.parts[:-1])):
        said = rules.one["title_years"].sub("", rules.one["name_words"].sub("", simplify(as_line(name))))
        for part in rules.one["name_joints"].split(said):
            body = read_body(part, known)
            if body is not None and body.divisions:
                yield name, body
