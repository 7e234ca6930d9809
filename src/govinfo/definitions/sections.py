"""The sections of a report and the wordings of their headings, from `sections.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
    wordings: frozenset[str]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Sections:
    """All sections in the order in which their patterns are tried, and how long a heading may be.

    `known` matches a numeral with an official or common wording behind it at the beginning of a text, its groups are
    `number` and `words`; `bare` matches a numeral, `unnumbered` the mark behind a lost one, `paragraph` how a paragraph
    begins.
    """

    sections: tuple[Section, ...]
    longest_heading: int
    by_official: Mapping[str, Section]
    by_wording: Mapping[str, Section]
    known: re.Pattern[str]
    bare: re.Pattern[str]
    unnumbered: re.Pattern[str]
    paragraph: re.Pattern[str]

    def fitting(self, heading: str) -> Section | None:
        """The section whose wording `heading` fits; it is given without numeral and punctuation."""
        return next((section for section in self.sections if section.pattern.search(heading)), None)

    def official(self, heading: str) -> Section | None:
        """The section whose official heading `heading` is."""
        return self.by_official.get(heading)

    def worded(self, heading: str) -> Section | None:
        """The section of which `heading` is the official or a common wording."""
        return self.by_wording.get(heading)


@lru_cache(maxsize=1)
def sections() -> Sections:
    """The sections.

    Raises
    ------
    DefinitionError
        An entry has no role or no patterns, or a pattern is no regular expression; the message names the line.
    """
    source = read_source(HERE / "sections.yaml")

    def compiled(parts: Iterable[str], steps: tuple[str | int, ...]) -> re.Pattern[str]:
        try:
            return re.compile("|".join(f"(?:{part})" for part in parts))
        except re.error as error:
            raise source.error(steps, str(error), "regular expressions") from error

    found, texts = [], []
    for i, entry in enumerate(source.data.get("sections", ())):
        if not entry.get("role") or not entry.get("patterns"):
            raise source.error(("sections", i), "an entry without role or patterns", "both")
        texts += [*entry.get("official", ()), *entry.get("wordings", ())]
        official = _keys(entry.get("official", ()))
        wordings = official | _keys(entry.get("wordings", ()))
        number = han_number(entry["number"]) if "number" in entry else None
        pattern = compiled(entry["patterns"], ("sections", i, "patterns"))
        found.append(Section(entry["role"], number, official, wordings, pattern))
    return Sections(
        sections=tuple(found),
        longest_heading=int(source.data["longest_heading"]),
        by_official={words: section for section in reversed(found) for words in section.official},
        by_wording={words: section for section in reversed(found) for words in section.wordings},
        known=_known(source.data["numeral"], texts),
        bare=re.compile(rf"\s*(?P<number>{source.data['numeral']})\s*"),
        unnumbered=re.compile(source.data["unnumbered"]),
        paragraph=compiled(source.data["paragraph"], ("paragraph",)),
    )


def _keys(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(label_keys(text)[0] for text in texts)


def _known(numeral: str, texts: Iterable[str]) -> re.Pattern[str]:
    """A numeral with one of `texts` behind it, the longest that fits; spaces may stand anywhere, commas be lost."""
    spelt = [
        r"\s*".join(re.escape(char) if char.isalnum() else f"{re.escape(char)}?" for char in text)
        for text in sorted(texts, key=len, reverse=True)
    ]
    return re.compile(rf"\s*(?P<number>{numeral})\s*(?P<words>{'|'.join(spelt)})")
