"""Which generation of the form a document follows, told by its labels."""

from __future__ import annotations

from collections.abc import Sequence

from govinfo.definitions.form import Form
from govinfo.parse.labels import label_index, own_keys
from govinfo.readers.document import Cell
from govinfo.text import label_keys

# Fewer labels of a form than this in a text are words that happen to stand alone, not a table.
MIN_LABELS = 3


def identify_form(cells: Sequence[Cell], forms: Sequence[Form]) -> tuple[Form, ...]:
    """The forms that the tables in `cells` fit best: one where the labels tell, none where there is no table.

    The form with most labels that no other form has wins. Where no such label is printed, the form that
    more of its printed labels fit; forms that fit equally well are all given, newest first.
    """
    printed = {key for cell in cells if cell.text for key in label_keys(cell.text)}
    scores: list[tuple[int, int]] = []
    for form in forms:
        own = len(printed & own_keys(form, tuple(other for other in forms if other is not form)))
        found = {
            (label.table, label.line, label.column)
            for key in printed
            for label in label_index(form).keys.get(key, ())
            if label.line is not None or label.column is not None
        }
        scores.append((own, len(found)) if own or len(found) >= MIN_LABELS else (0, 0))
    best = max(scores, default=(0, 0))
    return tuple(form for form, score in zip(forms, scores, strict=True) if score == best and score > (0, 0))
