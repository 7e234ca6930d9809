"""The characters and pairs of characters of many texts at once, as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
# A character takes 21 bits; a pair is two of them, so no two grams share a number.
_BITS = 21
_GAP = "\n"


@dataclass(frozen=True, slots=True)
class Grams:
    """One row for each known gram of each text, in the order of texts: how often it occurs there.

    `text` and `gram` are the places of the two in their lists; `texts` is the number of texts.
    """

    texts: int
    text: Numbers
    gram: Numbers
    count: Numbers


def gram_number(gram: str) -> int:
    """The number of one character or of two."""
    return ord(gram) if len(gram) == 1 else ord(gram[0]) << _BITS | ord(gram[1])


def grams_of(text: str) -> list[str]:
    """The characters and pairs of `text`; none spans what was cut out."""
    pairs = (text[i : i + 2] for i in range(len(text) - 1))
    return [gram for gram in (*text, *pairs) if _GAP not in gram]


def count_grams(texts: Sequence[str], known: Numbers) -> Grams:
    """How often each gram of `known` (numbers, ascending) occurs in each text."""
    joined = _GAP.join(texts) + _GAP
    points = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    owner = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    gap = points == ord(_GAP)
    pair = ~gap[:-1] & ~gap[1:]
    numbers = np.concatenate([points[~gap], (points[:-1] << _BITS | points[1:])[pair]])
    owners = np.concatenate([owner[~gap], owner[:-1][pair]])
    place = np.searchsorted(known, numbers)
    place[place == len(known)] = 0
    hit = known[place] == numbers
    keys, counts = np.unique(owners[hit] * len(known) + place[hit], return_counts=True)
    return Grams(len(texts), keys // len(known), keys % len(known), counts.astype(np.int64))
