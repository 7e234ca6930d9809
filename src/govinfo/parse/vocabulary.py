"""The labels of several forms at once: what is asked of a text before anybody knows which form it follows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from govinfo.definitions.form import Form
from govinfo.parse.labels import FIRST, LabelIndex, label_index
from govinfo.text import label_keys


@dataclass(frozen=True)
class Vocabulary:
    """The keys of all labels of some forms, and all proper beginnings of these keys."""

    indices: tuple[LabelIndex, ...]
    keys: frozenset[str]
    beginnings: frozenset[str]

    def has(self, text: str) -> bool:
        """Whether `text` prints a label of any of the forms."""
        return not self.keys.isdisjoint(label_keys(text))

    def may_go_on(self, text: str) -> bool:
        """Whether a label begins with `text` and goes on after it."""
        keys = label_keys(text)
        return bool(keys) and keys[0] in self.beginnings

    def begins(self, text: str) -> bool:
        """Whether `text` begins as some label does; true too where a label is shorter than what is looked at."""
        keys = label_keys(text)
        return bool(keys) and (keys[0][:FIRST] in self.beginnings or keys[0][:FIRST] in self.keys)

    def kinds(self, text: str) -> frozenset[str]:
        """What kinds of labels `text` prints; empty where it prints none."""
        if not self.has(text):
            return frozenset()
        return frozenset(label.kind for index in self.indices for label in index.find(text))


@lru_cache(maxsize=32)
def vocabulary(forms: tuple[Form, ...]) -> Vocabulary:
    """The labels of `forms` together."""
    indices = tuple(label_index(form) for form in forms)
    keys = frozenset(key for index in indices for key in index.keys)
    return Vocabulary(indices, keys, frozenset(part for index in indices for part in index.beginnings))
