"""Definition files that are groups of named regular expressions, compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from govinfo.definitions.source import HERE, read_source


@dataclass(frozen=True, slots=True)
class Patterns:
    """The entries of one file: compiled patterns, lists of them, and plain words."""

    one: Mapping[str, re.Pattern[str]]
    many: Mapping[str, tuple[re.Pattern[str], ...]]
    words: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]


@lru_cache(maxsize=8)
def patterns(name: str) -> Patterns:
    """The patterns of the file `name`.yaml in this folder.

    A text is a pattern, a list a group of patterns and of words at once, a number a number.

    Raises
    ------
    DefinitionError
        An entry is no regular expression; the message names the line.
    """
    source = read_source(HERE / f"{name}.yaml")

    def compiled(text: Any, steps: tuple[str | int, ...]) -> re.Pattern[str]:
        try:
            return re.compile(text)
        except (re.error, TypeError) as error:
            raise source.error(steps, f"{text!r}: {error}", "a regular expression") from error

    one, many, words, numbers = {}, {}, {}, {}
    for key, entry in source.data.items():
        if isinstance(entry, list):
            words[key] = tuple(str(item) for item in entry)
            if key not in _WORDS:
                many[key] = tuple(compiled(item, (key, i)) for i, item in enumerate(entry))
        elif isinstance(entry, int):
            numbers[key] = entry
        else:
            one[key] = compiled(entry, (key,))
    return Patterns(one, many, words, numbers)


# lists that hold plain words, not patterns
_WORDS = frozenset(
    {
        *("no_title", "county_suffixes", "province_suffixes", "department_words", "own_roles"),
        *("placeholder_cues", "betting_cues", "item_mark"),
        *("street_office", "street", "town", "vague_places", "of_place", "issuer_ends"),
    }
)
