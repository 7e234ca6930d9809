"""Chinese interface words and messages, by key, from the files of `words/`: a section a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from govinfo.definitions.source import HERE, read_source
from govinfo.errors import DefinitionError

_WORDS = HERE / "words"


@lru_cache
def words(section: str) -> Mapping[str, str]:
    """All words of one section.

    Raises
    ------
    DefinitionError
        There is no such section, or what stands under a key is no text.
    """
    path = _WORDS / f"{section}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in _WORDS.glob("*.yaml")))
        raise DefinitionError(f"words/{path.name}", None, "no such file", f"one of {known}")
    source = read_source(path)
    for key, text in source.data.items():
        if not isinstance(text, str):
            raise source.error((key,), repr(text), "a text")
    return source.data  # type: ignore[no-any-return]


def say(section: str, key: str, **values: Any) -> str:
    """The words under `section` and `key`, with {name} filled in from `values`.

    Raises
    ------
    DefinitionError
        There is no such section or key, or a name of the sentence is not among `values`.
    """
    file = f"words/{section}.yaml"
    text = words(section).get(key)
    if text is None:
        raise DefinitionError(file, None, f"no `{key}`", "a key of that section")
    try:
        return text.format(**values)
    except KeyError as error:
        raise DefinitionError(file, None, f"{key} names {error}", str(sorted(values))) from None
