"""The sections of a report and the wordings of their headings, from `sections.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from govinfo.definitions.source import HERE, read_source
from govinfo.text import han_number, label_keys


@dataclass(frozen=True, slots=True)
class Section:
    """What one section is. `number` is its place in the forms of 2019 and 2021, None in none of them."""

    role: str
    number: int | None
    official: frozenset[str]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Sections:
    """All sections in the order in which their patterns are tried, and how long a heading may be."""

    sections: tuple[Section, ...]
    longest_heading: int
    by_official: Mapping[str, Section]

    def fitting(self, heading: str) -> Section | None:
        """The section whose wording `heading` fits; it is given without numeral and punctuation."""
        return next((section for section in self.sections if section.pattern.search(heading)), None)

    def official(self, heading: str) -> Section | None:
        """The section whose official heading `heading` is."""
        return self.by_official.get(heading)


@lru_cache(maxsize=1)
def sections() -> Sections:
    """The sections.

    Raises
    ------
    DefinitionError
        An entry has no role or no patterns, or a pattern is no regular expression; the message names the line.
    """
    source = read_source(HERE / "sections.yaml")
    found = []
    for i, entry in enumerate(source.data.get("sections", ())):
        steps = ("sections", i)
        if not entry.get("role") or not entry.get("patterns"):
            raise source.error(steps, "an entry without role or patterns", "both")
        try:
            pattern = re.compile("|".join(f"(?:{part})" for part in entry["patterns"]))
        except re.error as error:
            raise source.error((*steps, "patterns"), str(error), "regular expressions") from error
        official = frozenset(label_keys(text)[0] for text in entry.get("official", ()))
        number = han_number(entry["number"]) if "number" in entry else None
        found.append(Section(entry["role"], number, official, pattern))
    by_official = {words: section for section in reversed(found) for words in section.official}
    return Sections(tuple(found), int(source.data["longest_heading"]), by_official)
