"""The words by which figures of the narrative are told apart, and what governs them, from `mentions.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from govinfo.definitions.source import HERE, Source, read_source

NONE = "none"
_KEYS = (
    *("words", "patterns", "groups", "units", "grammar", "pure", "of_policy", "tight", "channels", "not_units"),
    *("families", "zero_units", "zero_measures", "money", "left_out", "wide_levels"),
    *("shapes", "scales", "bare", "bare_after", "and_so_on"),
    *("including", "own_first", "rest_of_list", "kinds_end", "year_word"),
)


@dataclass(frozen=True, slots=True)
class Governed:
    """A measure, the units that it is counted in, and of what kinds its object must be part (`within`: else none).

    `within` maps the kind of an object named before to the measure whose part this is; `without` are kinds of verbs
    that must not stand before it; `zero` are units in which only a 0 is counted.
    """

    measure: str
    units: frozenset[str]
    within: Mapping[str, str]
    without: frozenset[str]
    zero: frozenset[str]


@dataclass(frozen=True, slots=True)
class MentionWords:
    """Everything that `mentions.yaml` says.

    `kinds` gives the kind of each word, `spelt` is a regular expression for any of them, `patterns` those of kinds that
    no list can spell out, `shapes` those of figures. `grammar` gives what is counted by the kinds of a verb (or NONE)
    and an object.
    """

    kinds: Mapping[str, str]
    spelt: str
    patterns: Mapping[str, str]
    shapes: Mapping[str, str]
    scales: Mapping[str, int]
    bare: Mapping[str, int]
    bare_after: frozenset[str]
    and_so_on: frozenset[str]
    groups: Mapping[str, frozenset[str]]
    units: Mapping[str, frozenset[str]]
    grammar: Mapping[tuple[str, str], tuple[Governed, ...]]
    pure: frozenset[str]
    of_policy: frozenset[str]
    tight: frozenset[str]
    channels: Mapping[str, str]
    families: Mapping[str, str]
    zero_units: Mapping[str, str]
    zero_measures: Mapping[str, str]
    money: str
    left_out: frozenset[str]
    wide_levels: frozenset[str]
    including: re.Pattern[str]
    own_first: tuple[str, ...]
    rest_of_list: tuple[str, ...]
    kinds_end: tuple[str, ...]
    year_word: re.Pattern[str]


@lru_cache(maxsize=1)
def mention_words() -> MentionWords:
    """The words and the grammar of figures in the narrative.

    Raises
    ------
    DefinitionError
        A key is missing, a word is of two kinds, a pattern is no regular expression, or the grammar names a kind or
        units that there are not; the message names the line.
    """
    source = read_source(HERE / "mentions.yaml")
    data = source.data
    for key in _KEYS:
        if key not in data:
            raise source.error((), f"no `{key}`", ", ".join(_KEYS))
    kinds = _kinds(source, data["words"])
    units = {name: frozenset(found) for name, found in data["units"].items()}
    patterns = _compiled(source, "patterns", {})
    shapes = _compiled(source, "shapes", _of_units(units, data["not_units"]))
    return MentionWords(
        kinds=kinds,
        spelt=spelt(kinds),
        patterns=patterns,
        shapes=shapes,
        scales=data["scales"],
        bare=data["bare"],
        bare_after=frozenset(data["bare_after"]),
        and_so_on=frozenset(data["and_so_on"]),
        groups={name: frozenset(found) for name, found in data["groups"].items()},
        units=units,
        grammar=_grammar(source, units, {*data["words"], NONE}),
        pure=frozenset(data["pure"]),
        of_policy=frozenset(data["of_policy"]),
        tight=frozenset(data["tight"]),
        channels=data["channels"],
        families=data["families"],
        zero_units=data["zero_units"],
        zero_measures=data["zero_measures"],
        money=data["money"],
        left_out=frozenset(data["left_out"]),
        wide_levels=frozenset(data["wide_levels"]),
        including=re.compile(data["including"]),
        own_first=tuple(data["own_first"]),
        rest_of_list=tuple(data["rest_of_list"]),
        kinds_end=tuple(data["kinds_end"]),
        year_word=re.compile(data["year_word"]),
    )


def _kinds(source: Source, words: Mapping[str, Any]) -> dict[str, str]:
    kinds: dict[str, str] = {}
    for kind, found in words.items():
        for i, word in enumerate(found):
            if kinds.setdefault(str(word), kind) != kind:
                raise source.error(("words", kind, i), f"{word} in {kinds[word]} and {kind}", "one kind a word")
    return kinds


def _grammar(
    source: Source, units: Mapping[str, frozenset[str]], known: set[str]
) -> dict[tuple[str, str], tuple[Governed, ...]]:
    grammar: dict[tuple[str, str], tuple[Governed, ...]] = {}
    for i, entry in enumerate(source.data["grammar"]):
        wrong = {*entry["verb"], *entry["object"], *entry.get("within", ())} - known
        wrong |= {entry["units"], entry.get("zero", entry["units"])} - units.keys()
        if wrong:
            raise source.error(("grammar", i), str(wrong), "kinds of words and units of this file")
        without = frozenset(entry.get("without", ()))
        zero = units.get(entry.get("zero"), frozenset())
        found = Governed(entry["measure"], units[entry["units"]], entry.get("within", {}), without, zero)
        for verb in entry["verb"]:
            for thing in entry["object"]:
                grammar[verb, thing] = (*grammar.get((verb, thing), ()), found)
    return grammar


def _of_units(units: Mapping[str, frozenset[str]], not_units: Mapping[str, str]) -> dict[str, str]:
    """`units`: any unit, the longest first, where no other word begins with it; `first`: their first characters."""
    known = sorted({unit for found in units.values() for unit in found}, key=lambda unit: (-len(unit), unit))
    spelt_out = [
        f"{re.escape(unit)}(?![{not_units[unit]}])" if unit in not_units else re.escape(unit) for unit in known
    ]
    return {"units": "|".join(spelt_out), "first": "".join(sorted({unit[0] for unit in known}))}


def _compiled(source: Source, key: str, filled: Mapping[str, str]) -> dict[str, str]:
    """The regular expressions under `key`, with what stands in braces filled in."""
    found = {}
    for name, pattern in source.data[key].items():
        for place, text in filled.items():
            pattern = pattern.replace(f"{{{place}}}", text)
        try:
            re.compile(pattern)
        except re.error as error:
            raise source.error((key, name), str(error), "a regular expression") from error
        found[name] = pattern
    return {**found, **filled}


def spelt(words: Iterable[str]) -> str:
    """A regular expression for any of `words`, the longest that fits, without trying them one by one."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branch(tree)


def _branch(node: Mapping[str, Any]) -> str:
    ends = "" in node
    parts = [re.escape(char) + _branch(below) for char, below in node.items() if char]
    if not parts:
        return ""
    one = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return f"{one}?" if ends else one
