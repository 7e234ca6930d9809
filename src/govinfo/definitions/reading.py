"""Words, marks and units that stand in figures' cells, from `reading.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from govinfo.definitions.source import HERE, read_source
from govinfo.text import fold_width

_KEYS = ("zeros", "marks", "minus", "counters", "money", "other_money", "page_marks")


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """The words of cells, width-folded. `money` says how many 万元 each unit is; `units` holds all units."""

    zeros: frozenset[str]
    marks: frozenset[str]
    minus: Mapping[int, str]
    counters: frozenset[str]
    money: Mapping[str, Decimal]
    other_money: tuple[str, ...]
    units: tuple[str, ...]
    page_mark: re.Pattern[str]

    @property
    def ten_thousand_yuan(self) -> str:
        """The unit that amounts are kept in."""
        return next(unit for unit, factor in self.money.items() if factor == 1)


@lru_cache(maxsize=1)
def reading() -> ReadingWords:
    """The words of cells.

    Raises
    ------
    DefinitionError
        A key of `reading.yaml` is missing, or a factor of money is no number.
    """
    source = read_source(HERE / "reading.yaml")
    data = source.data
    for key in _KEYS:
        if key not in data:
            raise source.error((), f"no `{key}`", ", ".join(_KEYS))
    money = {}
    for unit, factor in data["money"].items():
        try:
            money[unit] = Decimal(factor)
        except InvalidOperation:
            raise source.error(("money", unit), repr(factor), "a decimal number") from None
    counters = frozenset(data["counters"])
    return ReadingWords(
        zeros=frozenset(data["zeros"]),
        marks=frozenset(fold_width(mark) for mark in data["marks"]),
        minus={ord(sign): "-" for sign in data["minus"]},
        counters=counters,
        money=money,
        other_money=tuple(data["other_money"]),
        units=tuple(sorted({*counters, *money}, key=len, reverse=True)),
        page_mark=re.compile("|".join(f"(?:{pattern})" for pattern in data["page_marks"])),
    )
