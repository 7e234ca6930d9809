"""Which of many texts are nearly the same, without comparing each with each.

A text is the set of its pieces (so many characters running). MinHash digests of these sets are cut into bands; texts
that share a band are candidates, and only those are compared piece by piece. What two texts share is, as a number from
0 to 1, the pieces that both have of the pieces of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

Hashes = npt.NDArray[np.uint64]
PIECE = 5
# 50 bands of 5: of two texts that share 0.8 of their pieces 999 in 1,000 are found, of those that share 0.3 few.
_BANDS, _ROWS = 50, 5
_SEED = 42
# Below this estimate, which errs by 0.03, two texts do not share 0.8.
_ESTIMATE = 0.55
# Texts in one band are compared with so many that follow: where more are alike, each has enough of them.
_NEXT = 20
# A text in which pieces come twice has fewer than its length tells.
_LEEWAY = 0.8
_CHUNK = 4096
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def pieces(text: str) -> Hashes:
    """The hashes of the pieces of a text in order, one for each character but the last ones."""
    return _hashed(_codes(text))


@lru_cache(maxsize=4096)
def piece_set(text: str) -> Hashes:
    """The hashes of the pieces of a text, each once, sorted."""
    return np.unique(pieces(text))


def share(one: str, other: str, least: float = 0.0) -> float:
    """What two texts share; 0 where their lengths alone tell that it is less than `least`."""
    short, long = sorted((len(one), len(other)))
    if 2 * short < least * (short + long) * _LEEWAY:
        return 0.0
    first, second = piece_set(one), piece_set(other)
    common = np.intersect1d(first, second, assume_unique=True).size
    return 2 * common / (first.size + second.size) if common else 0.0


def likeness(one: str, other: str) -> float:
    """What two short texts share, counted in pairs of neighbouring characters: 0 where they have none in common.

    For single statements, in which one word more or less would break most of the longer pieces.
    """
    first, second = set(pairwise(one)), set(pairwise(other))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else float(one == other)


def candidates(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of positions, the smaller first, of texts that may share 0.8 of their pieces; each pair once, in order.

    Texts are long enough to have a piece, and no two are the same.
    """
    if len(texts) < 2:
        return
    digests = np.concatenate([_digests(texts[start : start + _CHUNK]) for start in range(0, len(texts), _CHUNK)])
    found = np.unique(np.concatenate([_in_band(digests[:, band::_BANDS]) for band in range(_BANDS)]))
    count = np.uint64(len(texts))
    for start in range(0, found.size, _CHUNK):
        part = found[start : start + _CHUNK]
        first, second = (part // count).astype(np.int64), (part % count).astype(np.int64)
        near = (digests[first] == digests[second]).mean(axis=1) >= _ESTIMATE
        yield from zip(first[near].tolist(), second[near].tolist(), strict=True)


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def _hashed(codes: npt.NDArray[np.uint32]) -> Hashes:
    """A hash for each run of so many characters."""
    if codes.size < PIECE:
        return np.empty(0, dtype=np.uint64)
    count = codes.size - PIECE + 1
    found = np.zeros(count, dtype=np.uint64)
    for shift in range(PIECE):
        found *= _PRIME
        found += codes[shift : shift + count]
    for factor in _MIX:
        found ^= found >> np.uint64(31)
        found *= factor
    return found ^ (found >> np.uint64(31))


def _digests(texts: Sequence[str]) -> npt.NDArray[np.uint32]:
    """A row of MinHash values for each text."""
    lengths = np.array([len(text) for text in texts])
    hashes = _hashed(_codes("".join(texts)))
    # a piece that goes on in the next text is none
    ends = lengths.cumsum()
    position = np.arange(hashes.size)
    own = np.searchsorted(ends, position, side="right")
    hashes = hashes[position + PIECE <= ends[own]]
    offsets = np.concatenate(([0], (lengths - PIECE + 1).cumsum())).astype(np.uint64)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(hashes, offsets, _BANDS * _ROWS, _SEED)
    return np.array(matrix.to_rows(), dtype=np.uint32)


def _in_band(digests: npt.NDArray[np.uint32]) -> Hashes:
    """The pairs of rows that are the same in these columns, each as one number: first times rows + second."""
    rows = np.uint64(len(digests))
    keys = np.zeros(len(digests), dtype=np.uint64)
    for column in range(digests.shape[1]):
        keys = (keys ^ digests[:, column]) * _PRIME
        keys ^= keys >> np.uint64(29)
    order = np.argsort(keys, kind="stable").astype(np.uint64)
    ordered = keys[order]
    found = []
    for step in range(1, min(_NEXT, len(digests) - 1) + 1):
        same = ordered[:-step] == ordered[step:]
        if not same.any():
            break
        found.append(order[:-step][same] * rows + order[step:][same])
    return np.concatenate(found) if found else np.empty(0, dtype=np.uint64)
