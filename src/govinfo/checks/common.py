"""How common the clauses of texts are: what many townships write says little of who copied from whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from govinfo.checks.alike import Hashes, pieces
from govinfo.checks.problem_texts import ProblemText

# A clause that stands in up to so many independent texts counts whole, one in twice as many half.
_FEW = 5
# Texts that share so much are one text in several copies, whoever wrote it first.
_ONE = 0.95


@dataclass(frozen=True, slots=True)
class Weights:
    """The pieces of one text, each once and sorted, and what each counts, from 0 to 1."""

    pieces: Hashes
    counts: npt.NDArray[np.float64]

    @property
    def total(self) -> float:
        """How many pieces, about characters, the text has that are not common."""
        return float(self.counts.sum())

    def shared_with(self, other: Weights) -> float:
        """How many of them the other text has too."""
        return float(self.counts[np.isin(self.pieces, other.pieces, assume_unique=True)].sum())


def weights_of(
    texts: Sequence[Sequence[ProblemText]], near: Sequence[tuple[int, int, float]], asked: Collection[int]
) -> Mapping[int, Weights]:
    """The weights of the texts that are asked for, by number.

    Parameters
    ----------
    texts : all texts, each with the reports that have it.
    near : which of them are nearly the same, and how much they share.
    """
    counts = clause_weights(texts, near, asked)
    return {number: _weights(texts[number][0], counts) for number in sorted(asked)}


def clause_weights(
    texts: Sequence[Sequence[ProblemText]], near: Sequence[tuple[int, int, float]], asked: Collection[int]
) -> Mapping[str, float]:
    """What the clauses of the texts that are asked for count, from 0 to 1; those that count whole are left out.

    It follows from the number of independent texts that have a clause: those of one township, and copies of one text,
    are one.
    """
    groups = _groups(texts, near)
    wanted = {clause for number in asked for clause in texts[number][0].clauses}
    counts: dict[str, int] = {}
    for own in _by_group(groups):
        said = {clause for number in own for clause in texts[number][0].clauses}
        for clause in said & wanted:
            counts[clause] = counts.get(clause, 0) + 1
    return {clause: _FEW / count for clause, count in counts.items() if count > _FEW}


def _by_group(groups: Sequence[int]) -> Iterable[list[int]]:
    members: dict[int, list[int]] = {}
    for number, group in enumerate(groups):
        members.setdefault(group, []).append(number)
    return members.values()


def _groups(texts: Sequence[Sequence[ProblemText]], near: Sequence[tuple[int, int, float]]) -> list[int]:
    """For each text the number of the first one of its township, or of which it is a copy."""
    parents = list(range(len(texts)))

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    def join(one: int, other: int) -> None:
        first, second = sorted((root(one), root(other)))
        parents[second] = first

    first_of: dict[str, int] = {}
    for number, reports in enumerate(texts):
        for report in reports:
            join(first_of.setdefault(report.place, number), number)
    for one, other, same in near:
        if same >= _ONE:
            join(one, other)
    return [root(number) for number in range(len(texts))]


def _weights(text: ProblemText, weights: Mapping[str, float]) -> Weights:
    """A piece counts as much as the clause in which it begins."""
    counts = [weights.get(clause, 1.0) for clause in text.clauses]
    by_character = np.repeat(counts, [len(clause) for clause in text.clauses])
    found, first = np.unique(pieces(text.text), return_index=True)
    return Weights(found, by_character[first])
