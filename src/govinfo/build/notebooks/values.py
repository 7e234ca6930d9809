"""Values of parameters: whether one is of the type that a notebook declares, and how one is typed on a command line."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from typing import Any

from govinfo.errors import ConfigError

_PLAIN: Mapping[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "None": (type(None),),
    "dict": (dict,),
}
_LIST = re.compile(r"list(?:\[(.+)\])?")
_SPAN = re.compile(r"(\d{1,9})\s*[-—~–]\s*(\d{1,9})")
_MOST = 1000
_WORDS: Mapping[str, Any] = {"true": True, "false": False, "none": None, "null": None}


def fits(value: Any, kind: str) -> bool:
    """Whether the value is of the type as it is written in the notebook (`list[int]`, `str | None`, `float`).

    A truth value is no number. Of a type that is not known here any value is one.
    """
    kind = kind.strip()
    if "|" in kind and "[" not in kind:
        return any(fits(value, part) for part in kind.split("|"))
    match = _LIST.fullmatch(kind)
    if match:
        inner = match[1]
        return isinstance(value, list | tuple) and (inner is None or all(fits(one, inner) for one in value))
    types = _PLAIN.get(kind.partition("[")[0])
    return types is None or (isinstance(value, types) and (bool in types or not isinstance(value, bool)))


def type_of(kind: str, default: str) -> str:
    """The declared type; where none is declared (papermill says `None`) that of the default, "" where it has none."""
    if kind != "None":
        return kind
    try:
        value = ast.literal_eval(default)
    except (ValueError, SyntaxError):
        return ""
    return "" if value is None else type(value).__name__


def read_value(name: str, text: str, kind: str) -> Any:
    """What a text on the command line means for a parameter of that type.

    A list is typed with commas, Chinese ones too, whole numbers also as a span (2019-2022); JSON is read wherever it
    is needed to say more (`[""]`).

    Raises
    ------
    ConfigError
        The text is no such value.
    """
    kinds = [part.strip() for part in kind.split("|")] if "[" not in kind else [kind]
    if "str" in kinds:
        return None if "None" in kinds and text.lower() in ("none", "null") else text
    match = _LIST.fullmatch(kind)
    if match and not text.startswith("["):
        parts = [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",")]
        return [one for part in parts if part for one in _items(part, match[1])]
    if text.lower() in _WORDS and set(kinds) & {"bool", "None"}:
        return _WORDS[text.lower()]
    try:
        return json.loads(text)
    except ValueError:
        raise ConfigError(
            f"parameter {name}", repr(text), kind or "a JSON value", "correct it where it is given"
        ) from None


def _items(text: str, kind: str | None) -> list[Any]:
    """The elements that a part between commas stands for."""
    if kind == "str":
        return [text]
    span = _SPAN.fullmatch(text)
    if span and kind == "int" and 0 <= int(span[2]) - int(span[1]) < _MOST:
        return list(range(int(span[1]), int(span[2]) + 1))
    try:
        return [json.loads(text)]
    except ValueError:
        return [text]
