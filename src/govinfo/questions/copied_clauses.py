"""Which clauses of a section stand in another one too, and which other sections are worth a look.

A clause stands in another text where four fifths of its pieces (five characters running) do: a changed word does not
hide a copy. Clauses of few characters say too little. Clauses that many townships write count less.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from govinfo.checks.alike import PIECE, piece_set, pieces
from govinfo.checks.copies import Reports
from govinfo.checks.problem_texts import ProblemText

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
_SHORT = 8
_ALIKE = 0.8
# Texts with one clause are compared with so many that follow, and of those that share clauses the nearest are kept.
_NEXT = 20
_NEAREST = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """A section: where each clause begins and ends in its text, how many characters of it count, and its pieces."""

    starts: Places
    ends: Places
    counts: Numbers
    pieces: npt.NDArray[np.uint64]

    @property
    def total(self) -> float:
        """How many characters count."""
        return float(self.counts.sum())

    def share(self, clauses: Mask) -> float:
        """What part of the section these clauses are."""
        return float(self.counts[clauses].sum()) / self.total if self.total else 0.0


def measure(text: ProblemText, weights: Mapping[str, float]) -> Measured:
    """The section with what its clauses count: their characters times their weight (1 where it has none)."""
    lengths = np.array([len(clause) for clause in text.clauses], dtype=np.int64)
    weight = np.array([weights.get(clause, 1.0) for clause in text.clauses])
    ends = lengths.cumsum()
    return Measured(ends - lengths, ends, np.where(lengths >= _SHORT, lengths * weight, 0.0), pieces(text.text))


def clauses_in(own: Measured, other: str) -> Mask:
    """Which clauses of a section stand in the text of another one."""
    known = piece_set(other)
    if not known.size or not own.pieces.size:
        return np.zeros(own.counts.size, dtype=bool)
    there = known[np.minimum(np.searchsorted(known, own.pieces), known.size - 1)] == own.pieces
    found = np.concatenate([[0], there.cumsum()])
    inner = np.maximum(own.ends - own.starts - (PIECE - 1), 0)
    last = own.pieces.size
    common = found[np.minimum(own.starts + inner, last)] - found[np.minimum(own.starts, last)]
    copied: Mask = (own.counts > 0) & (common >= _ALIKE * inner)
    return copied


def sharing(
    texts: Sequence[Reports], near: Sequence[tuple[int, int, float]], weights: Mapping[str, float]
) -> Mapping[int, list[int]]:
    """For each text, by number, those few that share most with it: whole clauses, or nearly all pieces (`near`)."""
    first, second, common = _pairs_with_one_clause(texts, weights)
    near_common = [same * len(texts[one][0].text) for one, _, same in near]
    first = np.concatenate([first, np.array([one for one, _, _ in near], dtype=np.int64)])
    second = np.concatenate([second, np.array([other for _, other, _ in near], dtype=np.int64)])
    common = np.concatenate([common, np.array(near_common, dtype=np.float64)])
    own, other = np.concatenate([first, second]), np.concatenate([second, first])
    order = np.lexsort((other, -np.concatenate([common, common]), own))
    found: dict[int, list[int]] = {}
    for number, candidate in zip(own[order].tolist(), other[order].tolist(), strict=True):
        kept = found.setdefault(number, [])
        if len(kept) < _NEAREST and candidate not in kept:
            kept.append(candidate)
    return found


def _pairs_with_one_clause(texts: Sequence[Reports], weights: Mapping[str, float]) -> tuple[Places, Places, Numbers]:
    """Pairs of texts that share clauses, and the characters of these that count."""
    clause, owner, count = _postings(texts, weights)
    often = np.bincount(clause, minlength=1)[clause] > 1
    order = np.argsort(clause[often], kind="stable")
    clause, owner = clause[often][order], owner[often][order]
    keys, common = [np.empty(0, dtype=np.int64)], [np.empty(0)]
    for step in range(1, min(_NEXT, len(clause) - 1) + 1):
        same = clause[:-step] == clause[step:]
        keys.append(owner[:-step][same] * len(texts) + owner[step:][same])
        common.append(count[clause[step:][same]])
    pair, where = np.unique(np.concatenate(keys), return_inverse=True)
    total = np.bincount(where, weights=np.concatenate(common), minlength=pair.size).astype(np.float64)
    return pair // max(len(texts), 1), pair % max(len(texts), 1), total


def _postings(texts: Sequence[Reports], weights: Mapping[str, float]) -> tuple[Places, Places, Numbers]:
    """The number of each clause of each text and that of the text; and how much each clause counts."""
    numbers: dict[str, int] = {}
    found, owners = [], []
    for owner, reports in enumerate(texts):
        for clause in dict.fromkeys(reports[0].clauses):
            if len(clause) >= _SHORT:
                found.append(numbers.setdefault(clause, len(numbers)))
                owners.append(owner)
    counts = np.array([len(clause) * weights.get(clause, 1.0) for clause in numbers], dtype=np.float64)
    return np.array(found, dtype=np.int64), np.array(owners, dtype=np.int64), counts
