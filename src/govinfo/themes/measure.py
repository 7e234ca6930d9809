"""How well statements are tagged, against the themes that a person gave them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import KFold

from govinfo.definitions.themes import UNCLASSIFIED, themes
from govinfo.themes.cues import cues_in, prepare
from govinfo.themes.deciding import decide
from govinfo.themes.labelled import Labelled
from govinfo.themes.learn import learn
from govinfo.themes.model import Model, packaged_model, score

FOLDS = 10
# The three ways of tagging that are compared.
CUES, MODEL, BOTH = "cues", "model", "both"
_MODEL_LEAST = -0.25
Found = list[frozenset[str]]


@dataclass(frozen=True, slots=True)
class Counts:
    """Tags that are right, wrong (not given by hand) and lost (given, not found)."""

    right: int
    wrong: int
    lost: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where there is nothing."""
        return 2 * self.right / max(2 * self.right + self.wrong + self.lost, 1)

    @property
    def precision(self) -> float:
        """The share of the tags that are right."""
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        """The share of the themes given by hand that are found."""
        return self.right / max(self.right + self.lost, 1)


def tagged(rows: Sequence[Labelled], model: Model | None = None) -> Mapping[str, Found]:
    """The themes of each statement by cues alone, by the model alone, and by both."""
    texts = [row.text for row in rows]
    return {
        CUES: [frozenset(cues_in(text)) or frozenset({UNCLASSIFIED}) for text in texts],
        MODEL: _by_model(texts, model or packaged_model()),
        BOTH: [frozenset(tag.theme for tag in tags) for tags in decide(texts, model)],
    }


def _by_model(texts: Sequence[str], model: Model) -> Found:
    """The themes whose margin exceeds what is best for the model alone."""
    rows = score([prepare(text).seen for text in texts], model).margins > _MODEL_LEAST
    return [frozenset(model.themes[i] for i in np.flatnonzero(row)) or frozenset({UNCLASSIFIED}) for row in rows]


def cross_validated(rows: Sequence[Labelled]) -> Mapping[str, Found]:
    """As `tagged`, each statement by a model that was learned without the tenth that it belongs to.

    The cues are those of the package in each fold: they were chosen with these statements in sight.
    """
    found: dict[str, Found] = {way: [frozenset()] * len(rows) for way in (CUES, MODEL, BOTH)}
    for others, tenth in KFold(FOLDS, shuffle=True, random_state=0).split(rows):
        part = tagged([rows[i] for i in tenth], learn([rows[i] for i in others]))
        for way, sets in part.items():
            for i, themes_of in zip(tenth, sets, strict=True):
                found[way][i] = themes_of
    return found


def count(rows: Sequence[Labelled], found: Found) -> Counts:
    """All tags of all statements together: the micro average is its `f1`."""
    return _sum(list(by_theme(rows, found).values()))


def by_theme(rows: Sequence[Labelled], found: Found) -> Mapping[str, Counts]:
    """The counts of each theme, in the order of the taxonomy."""
    pairs = [(row.themes, tags) for row, tags in zip(rows, found, strict=True)]
    return {
        theme.code: Counts(
            sum(theme.code in given and theme.code in tags for given, tags in pairs),
            sum(theme.code not in given and theme.code in tags for given, tags in pairs),
            sum(theme.code in given and theme.code not in tags for given, tags in pairs),
        )
        for theme in themes()
    }


def macro(rows: Sequence[Labelled], found: Found) -> float:
    """The mean of the themes' F1, each counting the same; of those that occur at all."""
    scores = [counts.f1 for counts in by_theme(rows, found).values() if counts.right + counts.wrong + counts.lost]
    return sum(scores) / max(len(scores), 1)


def confused(rows: Sequence[Labelled], found: Found) -> Counter[tuple[str, str]]:
    """How often a theme was lost and another tagged in its place; `-` where none was, or none was lost."""
    pairs: Counter[tuple[str, str]] = Counter()
    for row, tags in zip(rows, found, strict=True):
        lost, wrong = sorted(row.themes - tags) or ["-"], sorted(tags - row.themes) or ["-"]
        pairs.update((given, instead) for given in lost for instead in wrong if (given, instead) != ("-", "-"))
    return pairs


def _sum(counts: Sequence[Counts]) -> Counts:
    return Counts(sum(c.right for c in counts), sum(c.wrong for c in counts), sum(c.lost for c in counts))
