"""The words and the sizes of the made-up county, from `demo.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from govinfo.definitions.source import HERE, Source, read_source
from govinfo.errors import DefinitionError


@lru_cache(maxsize=1)
def _source() -> Source:
    return read_source(HERE / "demo.yaml", schema="demo.schema.yaml")


def made_up(part: str) -> Any:
    """What `demo.yaml` says under `part`: plain data, its shape given by `demo.schema.yaml`.

    Raises
    ------
    DefinitionError
        The file breaks its schema, or has no such part.
    """
    data: Mapping[str, Any] = _source().data
    if part not in data:
        raise DefinitionError("demo.yaml", None, f"no part `{part}`", ", ".join(data))
    return data[part]
