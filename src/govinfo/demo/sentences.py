"""Sentences filled in: what is printed, and which figures it states where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from govinfo.definitions.demo import made_up

_FIELD = re.compile(r"\{([\w.]+)(?::([^{}]*))?\}")
_PERIODS = ("other", "cumulative")
# what ends the clause in which a figure is told
_ENDS = "，。；：\n"


@dataclass(frozen=True, slots=True)
class Told:
    """A figure stated in a text; `start` and `end` are the place of its clause there."""

    measure: str
    value: int
    unit: str
    start: int
    end: int
    category: str | None = None
    approximate: bool = False
    period: str = "year"

    def moved(self, by: int) -> Told:
        """The same figure in a text that has `by` more characters before it."""
        return replace(self, start=self.start + by, end=self.end + by)


def fill(template: str, words: Mapping[str, str], facts: Mapping[str, int]) -> tuple[str, tuple[Told, ...]]:
    """The sentence that `template` prints, and the figures that it states.

    Parameters
    ----------
    words : what fills {name}.
    facts : what fills {measure:unit}; a template that asks for another measure raises KeyError.
    """
    text, told, position = "", [], 0
    for match in _FIELD.finditer(template):
        text += template[position : match.start()]
        name, spec = match.groups()
        position = match.end()
        if spec is None:
            text += words[name]
            continue
        unit, category, flag = (*spec.split("/"), "", "")[:3]
        value, printed = facts[name], f"{facts[name]}{unit}"
        if flag == "about":
            value = value // 10 * 10
            printed = f"{value}{made_up('about')}{unit}"
        elif unit.startswith("!"):
            unit, printed = unit[1:], ""
        period = flag if flag in _PERIODS else "year"
        measure, about = name.split(".")[0], flag == "about"
        told.append(Told(measure, value, unit, len(text), len(text), category or None, about, period))
        text += printed
    text += template[position:]
    return text, tuple(_in_clause(item, text) for item in told)


def needs(template: str) -> frozenset[str]:
    """The measures that `template` states."""
    return frozenset(name for name, spec in _FIELD.findall(template) if spec)


def _in_clause(told: Told, text: str) -> Told:
    start = max(text.rfind(mark, 0, told.start) for mark in _ENDS) + 1
    ends = [text.find(mark, told.end) for mark in _ENDS]
    return replace(told, start=start, end=min((end for end in ends if end >= 0), default=len(text)))
