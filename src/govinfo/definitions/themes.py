"""The taxonomy of the problems that reports name, with the words that betray them, from `themes.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from govinfo.definitions.source import HERE, Source, Steps, read_source

# What a statement carries that names none of the other themes.
UNCLASSIFIED = "unclassified"
_WITHIN_A_CLAUSE = r"[^,;。:!\n]"
_SHORT = re.compile(r"(?<!\?)<(?:(?P<most>\d{1,2})|(?P<words>[a-z]+))>")


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: its code, its Chinese name, what belongs to it, and the cues that betray it.

    `cues` are regular expressions over width-folded, simplified text without white space; `excluded` are wordings
    that hold a cue but speak of another theme.
    """

    code: str
    label: str
    belongs: str
    cues: tuple[str, ...]
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All themes in their order, the wordings that name none although they hold cues, and words that all share."""

    themes: tuple[Theme, ...]
    scope: tuple[str, ...] = ()
    stock: tuple[str, ...] = ()


def themes() -> tuple[Theme, ...]:
    """Every theme, in the order of the taxonomy; `unclassified` is the last.

    Raises
    ------
    DefinitionError
        `themes.yaml` is wrong; the message names the line.
    """
    return taxonomy().themes


@lru_cache(maxsize=1)
def taxonomy() -> Taxonomy:
    """The taxonomy of `themes.yaml`; raises as `themes` does."""
    return load_taxonomy(HERE / "themes.yaml")


def load_taxonomy(path: Path) -> Taxonomy:
    """The taxonomy that the file at `path` gives, validated; shorthands in its cues are written out.

    Raises
    ------
    DefinitionError
        The file breaks the schema, a theme stands twice, a cue is no regular expression or names words that
        the file does not list, or the last theme is not `unclassified`; the message names the line.
    """
    source = read_source(path, schema="themes.schema.yaml")
    words = source.data.get("words", {})
    for name, pattern in words.items():
        _patterns(source, [pattern], {}, ("words", name))
    found: list[Theme] = []
    for i, item in enumerate(source.data["themes"]):
        steps = ("themes", i)
        if any(theme.code == item["theme"] for theme in found):
            raise source.error(steps, f"the theme `{item['theme']}` twice", "each theme once")
        cues = _patterns(source, item["cues"], words, (*steps, "cues"))
        excluded = _patterns(source, item.get("not", []), words, (*steps, "not"))
        found.append(Theme(item["theme"], item["label"], item["belongs"], cues, excluded))
    if found[-1].code != UNCLASSIFIED or found[-1].cues:
        last = ("themes", len(found) - 1)
        raise source.error(last, f"`{found[-1].code}` as the last theme", f"`{UNCLASSIFIED}`, without cues")
    scope, stock = (_patterns(source, source.data.get(key, []), words, (key,)) for key in ("scope", "stock"))
    return Taxonomy(tuple(found), scope, stock)


def _patterns(source: Source, patterns: list[str], words: Mapping[str, str], steps: Steps) -> tuple[str, ...]:
    found = []
    for i, pattern in enumerate(patterns):
        try:
            written = _SHORT.sub(lambda match: _written_out(match, words), pattern)
            re.compile(written)
        except KeyError as error:
            raise source.error((*steps, i), f"`{pattern}`: no words {error}", "an entry of `words`") from error
        except re.error as error:
            raise source.error((*steps, i), f"`{pattern}`: {error}", "a regular expression") from error
        found.append(written)
    return tuple(found)


def _written_out(match: re.Match[str], words: Mapping[str, str]) -> str:
    """`<8>` as up to eight characters of a clause, `<lack>` as the words of that name."""
    if match["most"]:
        return f"{_WITHIN_A_CLAUSE}{{0,{match['most']}}}"
    return f"(?:{words[match['words']]})"
