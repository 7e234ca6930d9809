"""The words by which a file says which version of a report it is, from `versions.yaml`."""

from __future__ import annotations

from functools import lru_cache

from govinfo.definitions.source import HERE, read_source
from govinfo.text import fold_width

_KINDS = ("replaced", "corrected")


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    source = read_source(HERE / "versions.yaml")
    for kind in _KINDS:
        if kind not in source.data:
            raise source.error((), f"no `{kind}`", ", ".join(_KINDS))
    return {kind: tuple(fold_width(word) for word in source.data[kind]) for kind in _KINDS}


def version_said(*texts: str | None) -> str | None:
    """`replaced` or `corrected` where one of the texts says so of its report, else None.

    Raises
    ------
    DefinitionError
        `versions.yaml` lacks one of its lists.
    """
    folded = [fold_width(text) for text in texts if text]
    return next((kind for kind in _KINDS if any(word in text for text in folded for word in _words()[kind])), None)
