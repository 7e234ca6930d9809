"""Which generation of the form a document follows, told by its labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from govinfo.definitions.form import Form
from govinfo.parse.tables.figures import is_figure
from govinfo.parse.tables.labels import Label, label_index, own_keys
from govinfo.parse.tables.vocabulary import Vocabulary, vocabulary
from govinfo.readers.document import Cell
from govinfo.text import label_keys

# Fewer labels of a form than this in a text are words that happen to stand alone, not a table.
MIN_LABELS = 3
_MAX_JOINED = 6
# Table, block, code of the line, key of the column.
_Name = tuple[str, int, str, str]


def identify_form(cells: Sequence[Cell], forms: Sequence[Form]) -> tuple[Form, ...]:
    """The forms that the tables in `cells` fit best: one where the labels tell, none where there is no table.

    The form with most labels that no other form has wins. Where no such label is printed, the form that
    more of its printed labels fit; forms that fit equally well are all given, newest first.
    """
    printed = frozenset(_printed_keys(cells, vocabulary(tuple(forms))))
    scores: list[tuple[int, int]] = []
    for form in forms:
        own = len(printed & own_keys(form, tuple(other for other in forms if other is not form)))
        named = _named(form)
        found = {name for key in printed if key in named for name in named[key]}
        scores.append((own, len(found)) if own or len(found) >= MIN_LABELS else (0, 0))
    best = max(scores, default=(0, 0))
    return tuple(form for form, score in zip(forms, scores, strict=True) if score == best and score > (0, 0))


def _printed_keys(cells: Sequence[Cell], known: Vocabulary) -> Iterator[str]:
    """The keys of all texts, and of texts that a label goes on in: labels stand on several lines too."""
    texts = [cell.text for cell in cells if cell.text and not is_figure(cell.text)]
    for position, text in enumerate(texts):
        yield from label_keys(text)
        for following in texts[position + 1 : position + _MAX_JOINED]:
            if not known.may_go_on(text):
                break
            text += following
            yield from label_keys(text)


@lru_cache(maxsize=32)
def _named(form: Form) -> Mapping[str, frozenset[_Name]]:
    """What each key of the form's labels names."""
    return {key: frozenset(_names(labels)) for key, labels in label_index(form).keys.items()}


def _names(labels: Sequence[Label]) -> Iterator[_Name]:
    """What the labels of one key name: heads where it is a head's, for then its lines may not be printed at all."""
    heads = [label for label in labels if label.column is not None]
    for label in heads or labels:
        if label.column is not None:
            yield label.table, label.block, "", label.column.key
        elif label.line is not None:
            yield label.table, label.block, label.line.code, ""
