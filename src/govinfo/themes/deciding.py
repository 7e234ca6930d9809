"""Which themes statements name, how sure that is, and by which words: cues and model together."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from govinfo.definitions.themes import UNCLASSIFIED, Taxonomy, taxonomy
from govinfo.themes.cues import Looked, Prepared, look_for_cues, prepare
from govinfo.themes.model import Model, Scored, Values, packaged_model, score, telling

# A theme with a cue is named where its margin by the model and this much exceed the least together: a cue holds unless
# the model speaks plainly against it. A theme without one is named where its margin exceeds what the model needs
# alone. A cue that only stands in words of another theme (`not`) counts as much against.
CUE = 0.6
LEAST = -0.1
ALONE = 0.1
# How fast confidence grows with the distance from the least: 0.5 there (docs/themes.md has how well it holds).
SLOPE = 4.0
# A theme that the model does not know: as if it said nothing where there is a cue, and plainly no where there is none.
_UNKNOWN_WITH_CUE, _UNKNOWN = 0.0, -1.0
# A guess less sure than this is none.
_LEAST_GUESS = 0.1
# In a longer statement a cue is weighed by the clause that speaks most for its theme: the rest may be of others.
_LONG = 40
_CLAUSE = re.compile(r"[^,;。:!\n]+")
_GRAMS_SHOWN = 3
# So many texts are looked at together: enough for speed, few enough for memory.
_TOGETHER = 10_000


@dataclass(frozen=True, slots=True)
class Tag:
    """A theme that a statement names: how sure that is (0.5 to 1), and the words that made it.

    `unclassified` has no words; its `guess` is the theme that came nearest, its confidence how sure it is that
    none is named.
    """

    theme: str
    confidence: float
    evidence: tuple[str, ...] = ()
    guess: str | None = None


def decide(
    texts: Sequence[str], model: Model | None = None, known: Taxonomy | None = None
) -> Iterator[tuple[Tag, ...]]:
    """The tags of each text, in the order of the taxonomy; at least one.

    Parameters
    ----------
    model, known : those of the package where none are given.
    """
    model, known = model or packaged_model(), known or taxonomy()
    columns = {code: column for column, code in enumerate(model.themes)}
    for first in range(0, len(texts), _TOGETHER):
        statements = [prepare(text) for text in texts[first : first + _TOGETHER]]
        scored = score([statement.seen for statement in statements], model)
        whole = scored.margins.tolist()
        clauses = _by_clause(statements, scored.margins, model).tolist()
        for i, statement in enumerate(statements):
            looked = look_for_cues(statement, known)
            above = {
                theme.code: _above(theme.code, looked, columns, whole[i], clauses[i])
                for theme in known.themes
                if theme.code != UNCLASSIFIED
            }
            named = {code: distance for code, distance in above.items() if distance > 0}
            if not named:
                yield (_unclassified(above),)
                continue
            yield tuple(
                Tag(
                    code,
                    _confidence(distance),
                    looked.found.get(code) or _by_model(statement, i, columns[code], scored, model),
                )
                for code, distance in named.items()
            )


def _by_clause(statements: Sequence[Prepared], whole: Values, model: Model) -> Values:
    """The highest margins among the clauses of a long statement, or those of the whole."""
    owners, clauses = [], []
    for i, statement in enumerate(statements):
        if len(statement.seen) > _LONG:
            found = _CLAUSE.findall(statement.seen)
            owners.extend([i] * len(found))
            clauses.extend(found)
    best = whole.copy()
    if clauses:
        np.maximum.at(best, np.array(owners), score(clauses, model).margins)
    return best


def _above(
    code: str,
    looked: Looked,
    columns: Mapping[str, int],
    whole: Sequence[float],
    clauses: Sequence[float],
) -> float:
    """How far a theme lies above what it needs to be named."""
    column = columns.get(code)
    if code in looked.found:
        return (_UNKNOWN_WITH_CUE if column is None else clauses[column]) + CUE - LEAST
    margin = _UNKNOWN if column is None else whole[column]
    return margin - (CUE if code in looked.against else 0) - ALONE


def _unclassified(above: Mapping[str, float]) -> Tag:
    best = max(above, key=lambda code: above[code], default=None)
    near = _confidence(above[best]) if best is not None else 0.0
    return Tag(UNCLASSIFIED, round(1 - near, 3), (), best if near >= _LEAST_GUESS else None)


def _confidence(above: float) -> float:
    return round(1 / (1 + math.exp(-SLOPE * above)), 3)


def _by_model(statement: Prepared, row: int, column: int, scored: Scored, model: Model) -> tuple[str, ...]:
    """The characters and pairs that spoke most for a theme, as printed; those of words before those with marks."""
    words: dict[str, None] = {}
    grams = telling(scored, row, column, model)
    for gram in sorted(grams, key=lambda gram: not gram.isalnum())[:_GRAMS_SHOWN]:
        at = statement.seen.find(gram)
        words[statement.printed[at : at + len(gram)]] = None
    return tuple(words)
