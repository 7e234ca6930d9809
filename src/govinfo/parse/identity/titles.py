"""Which line, or which few lines together, is the report's title, and whom it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govinfo.definitions.patterns import Patterns, patterns
from govinfo.gazetteer import Gazetteer
from govinfo.parse.identity.bodies import Body, read_body
from govinfo.parse.identity.lines import Lines, as_line
from govinfo.parse.identity.years import year_in_title
from govinfo.text import simplify


@dataclass(frozen=True, slots=True)
class Title:
    """A report's title without spaces in simplified characters, as printed, its cells, whom and which year it names."""

    text: str
    printed: str
    positions: frozenset[int]
    body: Body | None
    year: int | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Lines that together read like a title: their text, positions, and the first one's number among the lines."""

    text: str
    parts: tuple[int, ...]
    start: int
    body: Body | None
    year: int | None
    score: tuple[int, bool]


def read_title(lines: Lines, file_title: str, known: Gazetteer) -> Title | None:
    """The title, None where the text has none.

    A page lists the reports of other years beside this one: of several titles the one counts that the file bears,
    else the one nearest to the text below, or the first where the text has no beginning.
    """
    found = list(_candidates(lines, known))
    years = {candidate.start: candidate.year for candidate in found if len(candidate.parts) == 1 and candidate.year}
    listed = {
        start for start, year in years.items() if {years.get(start - 1, year), years.get(start + 1, year)} != {year}
    }
    own = _without_tails([candidate for candidate in found if candidate.start not in listed])
    if not own:
        return None

    def rank(candidate: _Candidate) -> tuple[object, ...]:
        place = candidate.start if lines.nearest else -candidate.start
        return (candidate.score, candidate.text in file_title, place, -len(candidate.parts))

    best = max(own, key=rank)
    # the rest of a sentence that names the report may read the same further below
    best = next(one for one in own if (one.text, one.score) == (best.text, best.score))
    printed = "".join(lines.printed[position] for position in best.parts)
    return Title(best.text, printed, frozenset(best.parts), best.body, best.year)


def _without_tails(found: Sequence[_Candidate]) -> list[_Candidate]:
    """The candidates without those that are the end of another one which names a place in full: 口镇 of 溪口镇."""
    whole = [candidate for candidate in found if candidate.body is not None and candidate.body.divisions]
    return [
        one
        for one in found
        if one.body is None
        or not any(
            other.parts[-1] == one.parts[-1] and len(other.parts) > len(one.parts) and _is_fuller(other.body, one.body)
            for other in whole
        )
    ]


def _is_fuller(body: Body | None, other: Body) -> bool:
    return (
        body is not None and body.level == other.level and len(body.before + body.name) > len(other.before + other.name)
    )


def _candidates(lines: Lines, known: Gazetteer) -> Iterator[_Candidate]:
    """What could be a title, put together from at most a few lines each."""
    rules = patterns("identity")
    for start in range(len(lines.head)):
        for stop in range(start + 1, min(start + rules.numbers["title_lines"], len(lines.head)) + 1):
            parts = tuple(lines.head[start:stop])
            last = rules.one["title_label"].sub("", lines.text[parts[-1]])
            if any(word in last for word in rules.words["no_title"]):
                break
            text = rules.one["title_label"].sub("", "".join(lines.text[position] for position in parts))
            if len(text) > rules.numbers["title_length"]:
                break
            # a site's name may be joined to a title: 政府信息公开年报-吕店镇2020年…年度报告-伊川县人民政府
            for part in (text, *(_joined(text, rules) if len(parts) == 1 else ())):
                if rules.one["title"].match(part):
                    body, year = read_body(who_of(part, rules), known), year_in_title(part)
                    score = (_telling(body) + 2 * (year is not None), lines.furniture.isdisjoint(parts))
                    yield _Candidate(part, parts, start, body, year, score)


def _joined(text: str, rules: Patterns) -> Sequence[str]:
    """The titles that a line joins to other words; none where there are figures in these, as in a list of links."""
    parts = rules.one["title_joints"].split(text)
    titles = [part for part in parts if rules.one["title"].match(part)]
    others = [part for part in parts if part not in titles]
    return titles if not any(char.isdigit() for part in others for char in part) else ()


def _telling(body: Body | None) -> int:
    """How much a title says of whose report it is: a place that the gazetteer has says more than another one."""
    if body is None or not (body.divisions or body.level == "township"):
        return 0
    return 2 + bool(body.divisions)


def who_of(title: str, rules: Patterns) -> str:
    """What is left of a title without its years and the report's own words: whose report it is."""
    words = rules.one["report_words"].search(title)
    who = title[: words.start()] if words else title
    return rules.one["title_rest"].sub("", rules.one["title_years"].sub("", who))


def titles_in(text: str, known: Gazetteer) -> Sequence[Title]:
    """The parts of a page's own title that are titles of reports, the one that names most first, then its other parts.

    Parameters
    ----------
    text : titles joined by `_`, `|`, `-` and the like.
    """
    rules = patterns("identity")
    parts = rules.one["title_joints"].split(simplify(as_line(text)))
    found = [
        Title(part, part, frozenset(), read_body(who_of(part, rules), known), year_in_title(part))
        for part in parts
        if rules.one["title"].match(part) and not any(word in part for word in rules.words["no_title"])
    ]
    named = [(part, read_body(part, known)) for part in parts if not rules.one["title"].match(part)]
    sites = [Title(part, part, frozenset(), body, None) for part, body in named if body is not None and body.divisions]
    return [*sorted(found, key=lambda title: -((title.body is not None) + (title.year is not None))), *sites]
