"""The figures of the narrative as rows of the data contract."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from govinfo.parse.mentions.reading import SectionFigures, read_figures
from govinfo.parse.mentions.told import FigureList, Told
from govinfo.parse.prose.sections import NarrativeSection


@dataclass(frozen=True, slots=True)
class Mention:
    """One row of the table `mentions`, but for the report's key."""

    order: int
    measure: str
    category: str | None
    value: float
    unit: str
    approximate: bool
    period: str
    evidence: str
    start: int
    end: int


def read_mentions(sections: Sequence[NarrativeSection], year: int | None, level: str) -> tuple[Mention, ...]:
    """The figures that the narrative tells, in the order of the text.

    What was recognised in a picture counts only where something else confirms it (`_confirmed`): there is no status
    that could say that a row is less sure than another.
    """
    read = read_figures(sections, year, level)
    pictures = {section.order for section in sections if section.recognised}
    sure = _confirmed(read) if pictures else frozenset()
    texts = {section.order: section.text for section in sections}
    return tuple(
        _mention(figures.order, told, texts[figures.order])
        for figures in read
        for told in figures.told
        if figures.order not in pictures or (figures.order, told) in sure
    )


def _mention(order: int, told: Told, text: str) -> Mention:
    return Mention(
        order=order,
        measure=told.measure or "",
        category=told.category,
        value=float(told.amount.value),
        unit=told.amount.unit,
        approximate=told.approximate,
        period=told.period or "",
        evidence=text[told.start : told.end],
        start=told.start,
        end=told.end,
    )


def _confirmed(read: Iterable[SectionFigures]) -> frozenset[tuple[int, Told]]:
    """Figures told in words, lists whose parts add up to their total, and figures that stand in two places."""
    sure: set[tuple[int, Told]] = set()
    places: dict[tuple[str | None, str | None, str | None, float], list[tuple[int, Told]]] = {}
    for figures in read:
        for told in figures.told:
            key = (told.measure, told.category, told.period, float(told.amount.value))
            places.setdefault(key, []).append((figures.order, told))
            if told.in_words:
                sure.add((figures.order, told))
        for found in figures.lists:
            if _adds_up(found):
                sure.update((figures.order, told) for told in (found.total, *found.parts) if told is not None)
    for same in places.values():
        if len(same) > 1:
            sure.update(same)
    return frozenset(sure)


def _adds_up(found: FigureList) -> bool:
    return (
        found.total is not None
        and len(found.parts) > 1
        and not found.is_mixed
        and sum(part.amount.value for part in found.parts) == found.total.amount.value
    )
