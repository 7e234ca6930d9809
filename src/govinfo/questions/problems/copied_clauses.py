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
# Texts with one clause are compared with so many that follow, those with alike ones with fewer, and of those that share
# clauses the nearest are kept.
_NEXT, _NEXT_ALIKE = 20, 5
_NEAREST = 5
# Orders in which the least piece of a clause is looked for: of two that share four fifths of their pieces nine in ten
# have one of them in common.
_ORDERS = tuple(np.array([0x5BD1E995CA6B3D17, 0x27D4EB2F165667C5], dtype=np.uint64))
_ODD, _LAST = np.uint64(0x9E3779B97F4A7C15), np.iinfo(np.uint64).max


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
    """Pairs of texts that share clauses, or nearly, and the characters of these that count."""
    clauses, clause, owner = _postings(texts)
    counts = np.array([len(text) * weights.get(text, 1.0) for text in clauses], dtype=np.float64)
    marks = _marks(clauses)
    # what two clauses have in common is shared out among their marks
    steps = [_NEXT, *[_NEXT_ALIKE] * len(_ORDERS)]
    parts = [
        _pairs(mark[clause], owner, counts[clause] / len(marks), len(texts), many)
        for mark, many in zip(marks, steps, strict=False)
    ]
    pair, total = _summed([keys for keys, _ in parts], [common for _, common in parts])
    return pair // max(len(texts), 1), pair % max(len(texts), 1), total


def _pairs(mark: Places, owner: Places, count: Numbers, texts: int, many: int) -> tuple[Places, Numbers]:
    """Pairs of texts, each as one number, with a mark in common, and what the clauses that have it count."""
    often = np.bincount(mark, minlength=1)[mark] > 1
    order = np.argsort(mark[often], kind="stable")
    mark, owner, count = mark[often][order], owner[often][order], count[often][order]
    keys, common = [np.empty(0, dtype=np.int64)], [np.empty(0)]
    for step in range(1, min(many, len(mark) - 1) + 1):
        # two clauses of one text can be alike too
        same = (mark[:-step] == mark[step:]) & (owner[:-step] != owner[step:])
        keys.append(owner[:-step][same] * texts + owner[step:][same])
        common.append(count[step:][same])
    return _summed(keys, common)


def _summed(keys: Sequence[Places], numbers: Sequence[Numbers]) -> tuple[Places, Numbers]:
    """Each key once, and the sum of its numbers."""
    key, where = np.unique(np.concatenate(keys), return_inverse=True)
    return key, np.bincount(where, weights=np.concatenate(numbers), minlength=key.size).astype(np.float64)


def _postings(texts: Sequence[Reports]) -> tuple[list[str], Places, Places]:
    """The clauses that are not short, each once; the number of each that a text has, and that of the text."""
    numbers: dict[str, int] = {}
    found, owners = [], []
    for owner, reports in enumerate(texts):
        for clause in dict.fromkeys(reports[0].clauses):
            if len(clause) >= _SHORT:
                found.append(numbers.setdefault(clause, len(numbers)))
                owners.append(owner)
    return list(numbers), np.array(found, dtype=np.int64), np.array(owners, dtype=np.int64)


def _marks(clauses: Sequence[str]) -> list[Places]:
    """Numbers that alike clauses have in common: its own for each, and those of its least pieces.

    A piece is the least by its hash, in so many orders of these; a clause with a changed word mostly has the same.
    """
    found = [np.arange(len(clauses), dtype=np.int64)]
    hashes = pieces("".join(clauses))
    if not hashes.size:
        return found
    lengths = np.array([len(clause) for clause in clauses])
    ends = lengths.cumsum()
    # a piece that goes on in the next clause is none
    inside = np.ones(hashes.size, dtype=bool)
    for back in range(1, PIECE):
        inside[ends[:-1] - back] = False
    for order in _ORDERS:
        mixed = np.where(inside, (hashes ^ order) * _ODD, _LAST)
        found.append(np.unique(np.minimum.reduceat(mixed, ends - lengths), return_inverse=True)[1].astype(np.int64))
    return found
