"""The labels of several forms at once: what is asked of a text before anybody knows which form it follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from govinfo.definitions.form import Form
from govinfo.parse.tables.labels import LabelIndex, label_index
from govinfo.text import label_keys, top_numeral

# The shortest labels have so many characters.
_FIRST = 2


@dataclass(frozen=True)
class Vocabulary:
    """The keys of all labels of some forms, all proper beginnings of these keys, and the keys behind top numerals."""

    indices: tuple[LabelIndex, ...]
    keys: frozenset[str]
    beginnings: frozenset[str]
    numbered: frozenset[tuple[int, str]]

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
        return bool(keys) and (keys[0][:_FIRST] in self.beginnings or keys[0][:_FIRST] in self.keys)

    def kinds(self, text: str) -> frozenset[str]:
        """What kinds of labels `text` prints; empty where it prints none."""
        if not self.has(text):
            return frozenset()
        return frozenset(label.kind for index in self.indices for label in index.find(text))

    def tables(self, text: str) -> frozenset[str]:
        """The tables of which `text` prints a label; empty where it prints none."""
        if not self.has(text):
            return frozenset()
        return frozenset(label.table for index in self.indices for label in index.find(text))

    def goes_on_from(self, number: int, text: str) -> bool:
        """Whether `text` is, or begins, what a label of the form has behind its top-level numeral `number`."""
        keys = label_keys(text)
        return bool(keys) and any(number == own and key.startswith(keys[0]) for own, key in self.numbered)


@lru_cache(maxsize=32)
def vocabulary(forms: tuple[Form, ...]) -> Vocabulary:
    """The labels of `forms` together."""
    indices = tuple(label_index(form) for form in forms)
    keys = frozenset(key for index in indices for key in index.keys)
    beginnings = frozenset(part for index in indices for part in index.beginnings)
    return Vocabulary(indices, keys, beginnings, frozenset(item for form in forms for item in _numbered(form)))


def _numbered(form: Form) -> Iterator[tuple[int, str]]:
    """The labels with top-level numerals of their own: number and key."""
    for block in (block for table in form.tables for block in table.blocks):
        captions = [text for texts in block.captions for text in texts]
        for text in [block.caption or "", *captions, *(line.label or "" for line in block.lines)]:
            numbered = top_numeral(text)
            if numbered is not None:
                yield numbered[0], label_keys(numbered[1])[0]
