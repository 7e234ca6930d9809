"""The taxonomy of the problems that reports name, with the words that betray them, from `themes.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from govinfo.definitions.source import HERE, Source, Steps, read_source

# What a statement carries that names none of the other themes.
UNCLASSIFIED = "unclassified"


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: its code, its Chinese name, what belongs to it, and the cues that betray it.

    `cues` are regular expressions over width-folded text without white space; `excluded` are wordings
    that hold a cue but speak of another theme.
    """

    code: str
    label: str
    belongs: str
    cues: tuple[str, ...]
    excluded: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def themes() -> tuple[Theme, ...]:
    """Every theme, in the order of the taxonomy; `unclassified` is the last.

    Raises
    ------
    DefinitionError
        `themes.yaml` is wrong; the message names the line.
    """
    return load_themes(HERE / "themes.yaml")


def load_themes(path: Path) -> tuple[Theme, ...]:
    """The themes that the file at `path` lists, validated.

    Raises
    ------
    DefinitionError
        The file breaks the schema, a theme stands twice, a cue is no regular expression, or the last theme
        is not `unclassified`; the message names the line.
    """
    source = read_source(path, schema="themes.schema.yaml")
    found: list[Theme] = []
    for i, item in enumerate(source.data["themes"]):
        steps = ("themes", i)
        if any(theme.code == item["theme"] for theme in found):
            raise source.error(steps, f"the theme `{item['theme']}` twice", "each theme once")
        cues = _patterns(source, item["cues"], (*steps, "cues"))
        excluded = _patterns(source, item.get("not", []), (*steps, "not"))
        found.append(Theme(item["theme"], item["label"], item["belongs"], cues, excluded))
    if found[-1].code != UNCLASSIFIED or found[-1].cues:
        last = ("themes", len(found) - 1)
        raise source.error(last, f"`{found[-1].code}` as the last theme", f"`{UNCLASSIFIED}`, without cues")
    return tuple(found)


def _patterns(source: Source, patterns: list[str], steps: Steps) -> tuple[str, ...]:
    for i, pattern in enumerate(patterns):
        try:
            re.compile(pattern)
        except re.error as error:
            raise source.error((*steps, i), f"`{pattern}`: {error}", "a regular expression") from error
    return tuple(patterns)
