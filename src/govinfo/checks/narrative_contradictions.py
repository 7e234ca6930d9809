"""One measure of one period that has two figures in the narrative of one report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govinfo.checks.findings import Row, Spoken, Subject, make, number_text
from govinfo.checks.narrative_stated import Stated, called
from govinfo.definitions.mentions import mention_words
from govinfo.definitions.rules import Said, rule_book
from govinfo.parse.mentions.pieces import group, pieces
from govinfo.text import simplify

_NARRATIVE = Spoken("narrative")
# Measures that a body has one of in a year. Others (a training, a channel) may be told of several things, and only
# contradict each other where the same words tell them.
_SINGLE = frozenset(
    {
        *("requests_received", "requests_carried_over", "requests_carried_forward", "normative_documents"),
        *("staff_full_time", "staff_part_time", "procurement_items", "procurement_amount"),
        *(
            f"{dispute}s{result}"
            for dispute in ("reconsideration", "litigation")
            for result in ("", "_upheld", "_corrected", "_other", "_pending")
        ),
    }
)
_NONE = frozenset({"disclosed_category", "share"})
_FIGURES = re.compile(r"[\d.,，\s]+")
_MOST = 4


def contradictions(subject: Subject, stated: Sequence[Stated], parts: frozenset[tuple[int, int, str]]) -> Iterator[Row]:
    """Findings of `narrative.contradiction`: one a measure and period.

    A figure that is a part of another one is of a narrower thing, and so is one whose clause names another scope (全镇
    beside 镇政府, 主动公开 beside 发布).
    """
    groups: dict[tuple[str, str, str], list[Stated]] = {}
    for one in stated:
        if one.measure in _NONE or one.period == "other" or (one.order, one.start, one.measure) in parts:
            continue
        groups.setdefault((one.measure, one.period, _scope(one)), []).append(one)
    told: set[tuple[str, str]] = set()
    for (measure, period, _), same in groups.items():
        if len({one.value for one in same}) > 1 and (measure, period) not in told:
            told.add((measure, period))
            yield _finding(subject, measure, period, same)


def _scope(one: Stated) -> str:
    """What the clause of a figure says of its scope; two figures of different scopes are two things."""
    if one.measure in _SINGLE:
        return _bodies(one.evidence)
    if one.measure == "disclosed":
        kinds = {piece.kind for piece in pieces(simplify(one.evidence))}
        return "/".join((_bodies(one.evidence), one.unit, *sorted(kinds & {"disclose", "publish"})))
    return _FIGURES.sub("", one.evidence)


def _bodies(evidence: str) -> str:
    """The bodies that a clause names, but for the one that reports (我镇)."""
    named = {piece.text for piece in pieces(simplify(evidence)) if piece.kind in ("we", "others", *group("channels"))}
    return "/".join(sorted(name for name in named if not name.startswith(mention_words().own_first)))


def _finding(subject: Subject, measure: str, period: str, same: Sequence[Stated]) -> Row:
    book = rule_book()
    first = {one.value: one for one in reversed(same)}
    shown = sorted(first.values(), key=lambda one: (one.order, one.start))[:_MOST]
    said = [
        book.formula["figure_told"].fill(value=number_text(one.value), evidence=one.evidence.replace("\n", ""))
        for one in shown
    ]
    between = book.formula["and"]
    return make(
        subject,
        "narrative.contradiction",
        "differ",
        _NARRATIVE,
        expected=shown[0].value,
        found=shown[1].value,
        about=f"{measure}/{period}",
        measure=called(measure),
        period=book.measures[period],
        said=Said(between.zh.join(one.zh for one in said), between.en.join(one.en for one in said)),
    )
