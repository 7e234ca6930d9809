"""Which themes statements name, how sure that is, and by which words: cues and model together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from govinfo.definitions.themes import UNCLASSIFIED, Taxonomy, taxonomy
from govinfo.themes.cues import Prepared, found_cues, prepare
from govinfo.themes.model import Model, Scored, packaged_model, score, telling

# A theme is named where its margin by the model, and this much where it has a cue, exceed the least together: the
# model alone must be nearly sure, a cue holds unless the model speaks plainly against it.
CUE = 0.6
LEAST = -0.1
# How fast confidence grows with the distance from the least: 0.5 there (docs/themes.md has how well it holds).
SLOPE = 4.0
# A theme that the model does not know: as if it said nothing where there is a cue, and plainly no where there is none.
_UNKNOWN_WITH_CUE, _UNKNOWN = 0.0, -1.0
# A guess less sure than this is none.
_LEAST_GUESS = 0.1
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
    texts: Sequence[str], model: Model | None = None, known: Taxonomy | None = None, *, cue: float = CUE
) -> Iterator[tuple[Tag, ...]]:
    """The tags of each text, in the order of the taxonomy; at least one.

    Parameters
    ----------
    model, known : those of the package where none are given.
    cue : what a cue counts; nought leaves the model alone to decide.
    """
    model, known = model or packaged_model(), known or taxonomy()
    columns = {code: column for column, code in enumerate(model.themes)}
    for first in range(0, len(texts), _TOGETHER):
        statements = [prepare(text) for text in texts[first : first + _TOGETHER]]
        scored = score([statement.seen for statement in statements], model)
        rows = scored.margins.tolist()
        for i, statement in enumerate(statements):
            yield _tags(statement, i, rows[i], scored, model, columns, known, cue)


def _tags(
    statement: Prepared,
    row: int,
    margins: Sequence[float],
    scored: Scored,
    model: Model,
    columns: Mapping[str, int],
    known: Taxonomy,
    cue: float,
) -> tuple[Tag, ...]:
    found = found_cues(statement, known)
    sure: dict[str, float] = {}
    for theme in known.themes:
        code, column = theme.code, columns.get(theme.code)
        if code == UNCLASSIFIED:
            continue
        unknown = _UNKNOWN_WITH_CUE if code in found else _UNKNOWN
        margin = unknown if column is None else margins[column]
        sure[code] = margin + (cue if code in found else 0) - LEAST
    tags = tuple(
        Tag(code, _confidence(above), found.get(code) or _by_model(statement, row, columns[code], scored, model))
        for code, above in sure.items()
        if above > 0
    )
    if tags:
        return tags
    best = max(sure, key=lambda code: sure[code], default=None)
    near = _confidence(sure[best]) if best is not None else 0.0
    return (Tag(UNCLASSIFIED, 1 - near, (), best if near >= _LEAST_GUESS else None),)


def _confidence(above: float) -> float:
    return round(1 / (1 + math.exp(-SLOPE * above)), 3)


def _by_model(statement: Prepared, row: int, column: int, scored: Scored, model: Model) -> tuple[str, ...]:
    """The characters and pairs that spoke most for a theme, as printed."""
    words = []
    for gram in telling(scored, row, column, model):
        at = statement.seen.find(gram)
        words.append(statement.printed[at : at + len(gram)])
    return tuple(dict.fromkeys(words))
