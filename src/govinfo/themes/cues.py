"""The themes whose cue words a statement holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from govinfo.definitions.themes import Taxonomy, taxonomy
from govinfo.text import fold_width, simplify, squeeze
from govinfo.themes.starts import alternatives, first_characters

# No report makes one point so long; what is longer is text that was not cut up.
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement made comparable: as printed without white space, and as it is looked through.

    Both are of one length; in `seen` the characters are simplified, and what names nothing is cut out.
    """

    printed: str
    seen: str


@dataclass(frozen=True, slots=True)
class Looked:
    """The themes with the cue words found, and those of which all cues stand in words that are set aside."""

    found: dict[str, tuple[str, ...]]
    against: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Cues:
    """The cues of a theme by the characters that they begin with; those of `anywhere` may begin with any."""

    by_start: Mapping[str, str]
    anywhere: str | None
    excluded: str | None


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The cues of all themes, and for each character the themes and cues that begin with it."""

    scope: str | None
    themes: Mapping[str, _Cues]
    by_start: Mapping[str, Sequence[tuple[str, str]]]


def prepare(text: str) -> Prepared:
    """`text` as its cues are looked for; of a text longer than any statement only the beginning."""
    printed = squeeze(fold_width(text[:_LONGEST]))
    seen = simplify(printed)
    scope = _lexicon(taxonomy()).scope
    return Prepared(printed, seen if scope is None else _pattern(scope).sub(_cut, seen))


def cues_in(text: str) -> dict[str, tuple[str, ...]]:
    """The themes that `text` names, each with the words that betray it, in the order of the taxonomy."""
    return look_for_cues(prepare(text), taxonomy()).found


def look_for_cues(statement: Prepared, known: Taxonomy) -> Looked:
    """The cues of a text that was made comparable before."""
    lexicon = _lexicon(known)
    named = _named(statement.seen, lexicon)
    found: dict[str, tuple[str, ...]] = {}
    for code, cues in lexicon.themes.items():
        if code not in named and cues.anywhere is None:
            continue
        seen = statement.seen if cues.excluded is None else _pattern(cues.excluded).sub(_cut, statement.seen)
        words = dict.fromkeys(statement.printed[start:end] for start, end in _spans(seen, cues))
        if words:
            found[code] = tuple(words)
    return Looked(found, frozenset(named - set(found)))


def _named(seen: str, lexicon: _Lexicon) -> set[str]:
    """The themes of which a cue stands in the text, set aside or not."""
    found: set[str] = set()
    for position, char in enumerate(seen):
        for code, cues in lexicon.by_start.get(char, ()):
            if code not in found and _pattern(cues).match(seen, position) is not None:
                found.add(code)
    return found


def _spans(seen: str, cues: _Cues) -> Iterator[tuple[int, int]]:
    """Where the cues of a theme stand, one after the other."""
    after = 0
    for position, char in enumerate(seen):
        starting = cues.by_start.get(char) if position >= after else None
        match = _pattern(starting).match(seen, position) if starting is not None else None
        if match is not None and match.end() > position:
            after = match.end()
            yield match.span()
    if cues.anywhere is not None:
        yield from (match.span() for match in _pattern(cues.anywhere).finditer(seen) if match.group())


def _cut(match: re.Match[str]) -> str:
    """A gap that no cue spans, in place of words that speak of another theme."""
    return "\n" * len(match.group())


@lru_cache(maxsize=4)
def _lexicon(known: Taxonomy) -> _Lexicon:
    themes = {theme.code: _cues(theme.cues, theme.excluded) for theme in known.themes if theme.cues}
    by_start: dict[str, list[tuple[str, str]]] = {}
    for code, cues in themes.items():
        for char, pattern in cues.by_start.items():
            by_start.setdefault(char, []).append((code, pattern))
    return _Lexicon(_one(known.scope), themes, by_start)


def _cues(patterns: Sequence[str], excluded: Sequence[str]) -> _Cues:
    by_start: dict[str, list[str]] = {}
    anywhere: list[str] = []
    for pattern in patterns:
        for alternative in alternatives(pattern):
            starts = first_characters(alternative)
            if starts is None:
                anywhere.append(alternative)
            for char in starts or ():
                by_start.setdefault(char, []).append(alternative)
    joined = {char: "|".join(f"(?:{one})" for one in some) for char, some in by_start.items()}
    return _Cues(joined, _one(anywhere), _one(excluded))


def _one(patterns: Sequence[str]) -> str | None:
    return "|".join(f"(?:{pattern})" for pattern in patterns) or None


# Compiled when they are first needed: few statements need few of them. `.` stays within a line, so it cannot cross
# what was cut.
@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
