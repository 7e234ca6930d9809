"""Names of other places in a report's text where only its own can stand.

Only what is sure is told: a listed place that the introduction names as the maker of the report or as its superior, or
that does, in a sentence without another subject, what the report tells of. Study visits, neighbours, parts of the
township and former names of it are no text from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from govinfo.checks.findings import null_free
from govinfo.checks.passages import Passage, around
from govinfo.definitions.patterns import patterns
from govinfo.gazetteer import Division, Gazetteer, gazetteer, short_name
from govinfo.parse.identity.bodies import is_explained, read_body
from govinfo.tables import Tables

# Where a report introduces itself: what stands before its sections, and the beginning of the first one.
_INTRODUCTION = ("preamble", "overview")
_OPENING = 400
_BEFORE = 40
_SHORTEST = 2
_PLACE = ("province", "city", "county", "township")


@dataclass(frozen=True, slots=True)
class Own:
    """The place that a report is of, and all that it is called."""

    level: str
    name: str
    county: str | None
    city: str | None
    code: str | None
    said: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """A name from elsewhere: its section, what it stands for, and what is around it.

    `case` is `township` for one that made the report or did what it tells, `county` for a superior, `department` for a
    department that speaks of itself.
    """

    passage: Passage
    case: str
    name: str
    around: str


def known_places(tables: Tables) -> Gazetteer:
    """The packaged places with those that the project adds."""
    added = []
    for record in tables.places.to_dict("records"):
        province, city, county, township = (null_free(record[name]) for name in _PLACE)
        level = "township" if township else "county" if county else "prefecture" if city else "province"
        name = township or county or city or province or ""
        added.append(Division(level, name, province or "", city, county, township, null_free(record["division_code"])))
    return gazetteer().extended(added) if added else gazetteer()


def owners(tables: Tables) -> Mapping[str, Own]:
    """Whose each report is, by `report_id`."""
    columns = ("report_id", "level", *_PLACE, "division_code", "issuer", "title", "source")
    found = {}
    for row in zip(*(tables.reports[name].astype(object) for name in columns), strict=True):
        record = dict(zip(columns, (null_free(value) for value in row), strict=True))
        said = " ".join(record[name] or "" for name in ("issuer", "title", "source", *_PLACE))
        found[str(record["report_id"])] = Own(
            level=record["level"] or "unknown",
            name=record["township"] or "",
            county=record["county"],
            city=record["city"],
            code=record["division_code"],
            said=said,
        )
    return found


def foreign_places(own: Own, found: Sequence[Passage], known: Gazetteer) -> list[Foreign]:
    """The other places that a township's report takes for its own, each once; none where its own is not known."""
    if own.level != "township" or not own.name or (own.county is None and own.code is None):
        return []
    told: dict[tuple[str, str], Foreign] = {}
    for passage in found:
        for one in _of_passage(passage, own, known):
            told.setdefault((one.case, one.name), one)
    return list(told.values())


def _of_passage(passage: Passage, own: Own, known: Gazetteer) -> Iterator[Foreign]:
    yield from _townships(passage, own, known)
    yield from _areas_that_do(passage, own, known)
    yield from _counties(passage, own, known)
    yield from _departments(passage)


def _townships(passage: Passage, own: Own, known: Gazetteer) -> Iterator[Foreign]:
    rules = patterns("texts")
    searches = [rules.one["doers"]]
    if passage.role in _INTRODUCTION:
        searches += rules.many["makers"]
    for search in searches:
        for match in search.finditer(passage.text):
            name = rules.one["body_ends"].sub("", match["body"])
            if own.name in name or _is_aside(passage.text, match.start()):
                continue
            body = read_body(name, known)
            if body is None or body.level != "township" or not body.divisions or _is_own(body.name, own):
                continue
            yield Foreign(passage, "township", body.name, around(passage.text, *match.span("body")))


def _is_aside(text: str, start: int) -> bool:
    """Whether the words before a name say that others are meant (赴…学习)."""
    return patterns("identity").one["elsewhere"].search(text[max(0, start - _BEFORE) : start]) is not None


def _is_own(name: str, own: Own) -> bool:
    """Whether the name may be the report's own place: it is so called somewhere, or was (元马乡 for 元马镇)."""
    return name in own.said or _stem(name) in own.said


def _stem(name: str) -> str:
    stem = short_name(Division("township", name, ""))
    return stem if len(stem) >= _SHORTEST else name


def _areas_that_do(passage: Passage, own: Own, known: Gazetteer) -> Iterator[Foreign]:
    """Governments of other counties that do what the report tells."""
    for name, start, end in _other_areas(patterns("texts").one["area_doers"], passage.text, own, known):
        if not _is_aside(passage.text, start):
            yield Foreign(passage, "township", name, around(passage.text, start, end))


def _counties(passage: Passage, own: Own, known: Gazetteer) -> Iterator[Foreign]:
    """Governments of other counties that the introduction names as the report's superior."""
    if passage.role in _INTRODUCTION:
        text = passage.text[:_OPENING]
        for name, start, end in _other_areas(patterns("texts").one["superiors"], text, own, known):
            yield Foreign(passage, "county", name, around(text, start, end))


def _other_areas(search: re.Pattern[str], text: str, own: Own, known: Gazetteer) -> Iterator[tuple[str, int, int]]:
    """The names of counties and cities that are none of the report's, and where they stand."""
    vague = patterns("identity").words["vague_places"]
    for match in search.finditer(text) if own.county is not None else ():
        for name, divisions in _areas(match["body"], known):
            mine = own.code is not None and own.code[:6] in {division.code for division in divisions}
            if not (mine or name in vague or _is_own_area(name, own)):
                yield name, *match.span("body")


def _areas(text: str, known: Gazetteer) -> Iterator[tuple[str, Sequence[Division]]]:
    """The county or city that a text names as a whole, places above it before it."""
    for start in range(len(text) - _SHORTEST + 1):
        name = text[start:]
        found = [one for one in known.named(name) if one.level in ("county", "prefecture")]
        if found:
            if any(is_explained(text[:start], one, known) for one in found):
                yield name, found
            return


def _is_own_area(name: str, own: Own) -> bool:
    """Whether the name may be a place above the report's own, or was (偃师市 for 偃师区)."""
    stem = re.sub("[" + patterns("texts").words["area_ends"][0] + "]$", "", name)
    return name in own.said or (len(stem) >= _SHORTEST and stem in own.said)


def _departments(passage: Passage) -> Iterator[Foreign]:
    """A department that speaks of itself."""
    match = patterns("texts").one["own_department"].search(passage.text)
    if match is not None:
        yield Foreign(passage, "department", match.group(), around(passage.text, *match.span()))
