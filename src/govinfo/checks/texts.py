"""Words that do not belong in a report: a form that was not filled in, text from elsewhere, text that stands twice."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from govinfo.checks.findings import Row, Spoken, Subject, make
from govinfo.checks.foreign import Foreign, Own, foreign_places, known_places, owners
from govinfo.checks.passages import Passage, around, passages
from govinfo.checks.repeated import repeated
from govinfo.definitions.patterns import patterns
from govinfo.tables import Tables

_NARRATIVE = Spoken("narrative")
# So many findings of one rule are made of one report; what is wrong everywhere is told by the first of them.
_MOST = 5
_JOINT = "\x1f"
# Sections in which blanks for signatures are part of the form.
_FORMS = ("appendix",)


def text_findings(tables: Tables, reports: Mapping[str, Subject]) -> Iterator[Row]:
    """Findings of the rules `text.*`: once for each thing that stands in a section, a few of one rule at most."""
    known, own = known_places(tables), owners(tables)
    for report_id, found in passages(tables):
        subject = reports[report_id]
        words = "\n".join(passage.text for passage in found).lower()
        characters = frozenset(words)
        if _has(words, characters, "placeholder_cues"):
            yield from _placeholders(subject, found)
        betting = _betting(found) if _has(words, characters, "betting_cues") else ()
        yield from _foreign(subject, betting, foreign_places(own[report_id], found, known), own[report_id])
        yield from _repeated(subject, found)


@lru_cache(maxsize=8)
def _any_of(group: str) -> re.Pattern[str]:
    """The patterns of a group as one."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns("texts").words[group]))


def _has(text: str, characters: Collection[str], cues: str) -> bool:
    """Whether one of the words of a group stands in a text of these characters: what is quick to see."""
    return any(word[0] in characters and word in text for word in patterns("texts").words[cues])


def _placeholders(subject: Subject, found: Sequence[Passage]) -> Iterator[Row]:
    seen: set[tuple[str, str]] = set()
    for passage in found:
        if passage.role in _FORMS:
            continue
        text = _without_addresses(passage.text)
        for match in _any_of("placeholders").finditer(text):
            key = (passage.role, match.group())
            if key in seen or len(seen) >= _MOST or _is_spoken_of(text, match):
                continue
            seen.add(key)
            yield make(
                subject,
                "text.placeholder",
                "left",
                _NARRATIVE,
                found=match.group(),
                about=_JOINT.join(key),
                section=passage.called,
                printed=match.group(),
                around=around(passage.text, match.start(), match.end()),
            )


def _without_addresses(text: str) -> str:
    """The text with points for addresses of pages and mail, so that all else stays in its place and none is a blank."""
    return patterns("texts").one["addresses"].sub(lambda match: "." * len(match.group()), text)


def _is_spoken_of(text: str, blank: re.Match[str]) -> bool:
    """Whether a blank is quoted in a clause that tells how forms are filled in."""
    rules = patterns("texts")
    *_, before = rules.one["clause"].split(text[: blank.start()])
    after, *_ = rules.one["clause"].split(text[blank.end() :], maxsplit=1)
    return (
        rules.one["quotation"].search(before) is not None and rules.one["of_forms"].search(before + after) is not None
    )


def _foreign(
    subject: Subject, betting: Iterable[tuple[Passage, str, str]], places: Sequence[Foreign], own: Own
) -> Iterator[Row]:
    for passage, name, shown in islice(betting, _MOST):
        about = _JOINT.join((passage.role, name))
        said = {"section": passage.called, "name": name, "around": shown}
        yield make(subject, "text.foreign", "betting", _NARRATIVE, found=name, about=about, **said)
    for place in places[:_MOST]:
        about = _JOINT.join((place.passage.role, place.name))
        said = {"section": place.passage.called, "name": place.name, "around": place.around, "own": own.name}
        yield make(subject, "text.foreign", place.case, _NARRATIVE, found=place.name, about=about, **said)


def _betting(found: Sequence[Passage]) -> Iterator[tuple[Passage, str, str]]:
    """Names of betting sites by section, each once, but where the text tells what was done against them."""
    against = patterns("texts").one["against"]
    seen: set[tuple[str, str]] = set()
    for passage in found:
        # names are told as they are printed; a character keeps its place in small letters
        text = passage.text.lower()
        if len(text) != len(passage.text):
            continue
        for match in _any_of("betting").finditer(text):
            key = (passage.role, match.group())
            if key not in seen and not against.search(passage.text[: match.start()][-30:]):
                seen.add(key)
                yield passage, match.group(), around(passage.text, match.start(), match.end())


def _repeated(subject: Subject, found: Sequence[Passage]) -> Iterator[Row]:
    for passage, kind, text in islice(repeated(found), _MOST):
        yield make(
            subject,
            "text.repeated",
            kind,
            _NARRATIVE,
            found=text,
            about=_JOINT.join((passage.role, text)),
            section=passage.called,
            text=text,
        )
