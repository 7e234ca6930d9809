"""Chinese interface words and messages, by key, from `wording.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from govinfo.definitions.source import HERE, read_source
from govinfo.errors import DefinitionError


@lru_cache(maxsize=1)
def _wording() -> Mapping[str, Mapping[str, str]]:
    source = read_source(HERE / "wording.yaml")
    for section, entries in source.data.items():
        for key, text in entries.items():
            if not isinstance(text, str):
                raise source.error((section, key), repr(text), "a text")
    return source.data  # type: ignore[no-any-return]


def words(section: str) -> Mapping[str, str]:
    """All words of one section of `wording.yaml`.

    Raises
    ------
    DefinitionError
        There is no such section.
    """
    try:
        return _wording()[section]
    except KeyError:
        raise DefinitionError("wording.yaml", None, f"no section `{section}`", ", ".join(_wording())) from None


def say(section: str, key: str, **values: Any) -> str:
    """The words under `section` and `key`, with {name} filled in from `values`.

    Raises
    ------
    DefinitionError
        There is no such section or key, or a name of the sentence is not among `values`.
    """
    text = words(section).get(key)
    if text is None:
        raise DefinitionError("wording.yaml", None, f"no `{key}` in `{section}`", "a key of that section")
    try:
        return text.format(**values)
    except KeyError as error:
        raise DefinitionError("wording.yaml", None, f"{section}.{key} names {error}", str(sorted(values))) from None
