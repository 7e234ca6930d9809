"""Texts that are alike, grouped, each group named by its most telling words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer

from govinfo.definitions.themes import taxonomy
from govinfo.themes.cues import prepare

# Average cosine distance up to which groups are joined; chosen on made-up groups among unrelated statements.
_APART = 0.93
# All pairs of so many texts are compared; further ones join the group whose middle is near enough.
_COMPARED = 4_000
_TOGETHER = 2_000
_HAN = re.compile(r"[\u4e00-\u9fff]+")
# A group is named by words of so many characters, and by so many of them.
_SHORTEST, _LONGEST = 2, 4
_NAMED_BY = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Texts that are alike: their places in the list, the most typical first, and the words that tell them apart."""

    members: tuple[int, ...]
    words: tuple[str, ...]


def group_texts(texts: Sequence[str], smallest: int = 2) -> list[Group]:
    """Groups of at least so many texts, the largest first; texts like no other are in none.

    Alike are texts that share rare pairs of characters; words that nearly all statements have (`stock` of the
    taxonomy) do not count. The same texts give the same groups.
    """
    kept = [i for i, text in enumerate(texts) if _pairs(text)]
    if len(kept) < 2:
        return []
    features = csr_matrix(TfidfVectorizer(analyzer=_pairs, sublinear_tf=True).fit_transform([texts[i] for i in kept]))
    labels = _labels(features)
    common = Counter(word for i in kept for word in set(_words(texts[i])))
    groups = []
    for label, count in Counter(labels.tolist()).items():
        if label >= 0 and count >= smallest:
            rows = np.flatnonzero(labels == label)
            own = features[rows]
            typical = np.argsort(-np.asarray(own @ np.asarray(own.mean(axis=0)).ravel()).ravel(), kind="stable")
            members = tuple(kept[rows[i]] for i in typical)
            groups.append(Group(members, _telling([texts[i] for i in members], common, len(kept))))
    return sorted(groups, key=lambda group: (-len(group.members), min(group.members)))


def _labels(features: csr_matrix) -> NDArray[np.int64]:
    """The group of each row, -1 for rows near none; of very many rows the first are compared with each other."""
    first = features[:_COMPARED]
    clusters = AgglomerativeClustering(
        n_clusters=None, distance_threshold=_APART, metric="cosine", linkage="average"
    ).fit(first.toarray().astype(np.float32))
    labels = np.full(features.shape[0], -1, dtype=np.int64)
    labels[: first.shape[0]] = clusters.labels_
    if features.shape[0] > _COMPARED:
        middles = np.vstack([first[clusters.labels_ == i].mean(axis=0).A1 for i in range(clusters.n_clusters_)])
        middles /= np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-9)
        for start in range(_COMPARED, features.shape[0], _TOGETHER):
            near = features[start : start + _TOGETHER] @ middles.T
            best = near.argmax(axis=1)
            enough = near.max(axis=1) >= 1 - _APART
            labels[start : start + _TOGETHER] = np.where(enough, best, -1)
    return labels


def _telling(own: Sequence[str], common: Counter[str], total: int) -> tuple[str, ...]:
    """Up to three words that most texts of a group have and few others do; no two of them from the same words."""
    inside = Counter(word for text in own for word in set(_words(text)))
    rest = max(total - len(own), 1)
    weight = {
        word: (count / len(own) - (common[word] - count) / rest) * len(word)
        for word, count in inside.items()
        if count > 1
    }
    words: list[str] = []
    for word in sorted(weight, key=lambda word: (-weight[word], word)):
        if weight[word] > 0 and not any(set(word) & set(other) for other in words):
            words.append(word)
    return tuple(words[:_NAMED_BY])


def _pairs(text: str) -> list[str]:
    return [run[i : i + 2] for run in _runs(text) for i in range(len(run) - 1)]


def _words(text: str) -> list[str]:
    sizes = range(_SHORTEST, _LONGEST + 1)
    return [run[i : i + size] for run in _runs(text) for size in sizes for i in range(len(run) - size + 1)]


@lru_cache(maxsize=100_000)
def _runs(text: str) -> tuple[str, ...]:
    """The runs of characters of a text between marks, without what nearly all texts have."""
    return tuple(_HAN.findall(_stock().sub("\n", prepare(text).seen)))


@lru_cache(maxsize=1)
def _stock() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in taxonomy().stock) or r"(?!)")
