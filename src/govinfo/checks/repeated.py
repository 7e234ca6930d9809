"""Clauses that stand twice in a report, and items that stand twice in one list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from govinfo.checks.passages import TITLE, Passage
from govinfo.definitions.patterns import patterns

_LONG_CLAUSE = 20
_LONG_ITEM = 3


def repeated(found: Sequence[Passage]) -> Iterator[tuple[Passage, str, str]]:
    """What stands twice: the section, `clause` or `item`, and the text.

    A clause is what stands between two marks, of 20 characters or more without the marks that are no words. Clauses
    that stand twice one behind the other are one text. An item is what stands between two marks of a list. Results of
    disputes with their figures are neither: reviews and suits may have the same.
    """
    texts = [passage for passage in found if passage.role != TITLE]
    told: set[str] = set()
    clauses = [patterns("texts").one["clause"].split(_words(passage.text)) for passage in texts]
    for passage, text in _clauses(texts, clauses):
        if text not in told:
            told.add(text)
            yield passage, "clause", text
    for passage in texts:
        for item in _items(passage.text):
            if item not in told:
                told.add(item)
                yield passage, "item", item


def _clauses(texts: Sequence[Passage], clauses: Sequence[Sequence[str]]) -> Iterator[tuple[Passage, str]]:
    """The long clauses that stood before, those that follow one another as one text."""
    long = [clause for own in clauses for clause in own if len(clause) >= _LONG_CLAUSE]
    if len(long) == len(set(long)):
        return
    seen: set[str] = set()
    for passage, own in zip(texts, clauses, strict=True):
        twice = []
        for clause in own:
            twice.append(len(clause) >= _LONG_CLAUSE and clause in seen and not _is_results(clause))
            seen.add(clause)
        for again, run in groupby(zip(twice, own, strict=True), key=lambda pair: pair[0]):
            if again:
                yield passage, ", ".join(clause for _, clause in run)


def _words(text: str) -> str:
    return patterns("texts").one["quotes"].sub("", text)


def _is_results(text: str) -> bool:
    return patterns("texts").one["results"].fullmatch(text) is not None


def _items(text: str) -> Iterator[str]:
    """The items that stand twice in one list."""
    rules = patterns("texts")
    (mark,) = rules.words["item_mark"]
    for clause in rules.one["clause"].split(text) if mark in text else ():
        if mark not in clause:
            continue
        known: set[str] = set()
        for printed in clause.split(mark):
            item = _item(printed)
            again = item in known and len(item) >= _LONG_ITEM
            if again and not rules.one["only_figures"].fullmatch(item) and not _is_results(item):
                yield item
            known.add(item)


def _item(printed: str) -> str:
    """An item of a list: the name in quotation marks where there is one, else all of it."""
    rules = patterns("texts")
    if printed.isalnum() and rules.words["and_others"][0] not in printed:
        return printed
    quoted = rules.one["quoted"].search(printed)
    return _words(quoted.group(1) if quoted else rules.one["list_end"].sub("", printed))
