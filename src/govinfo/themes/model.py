"""What a linear model says of a statement: learned by `make`, kept as a table, applied with numpy alone."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from govinfo.themes.grams import Grams, Numbers, count_grams, gram_number
from govinfo.themes.labelled import HERE

Values = NDArray[np.float32]
# The row of the file that holds what a theme has before any word speaks for or against it.
_NO_GRAM = ""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of grams for themes: `weights` has a row for each gram and a column for each theme.

    `rarity` is how much a gram counts at all; `bias` what a theme has without any gram.
    """

    themes: tuple[str, ...]
    grams: tuple[str, ...]
    numbers: Numbers
    rarity: Values
    weights: Values
    bias: Values


@dataclass(frozen=True, slots=True)
class Scored:
    """The margins of texts (rows) for themes (columns), and what the grams of each text weighed."""

    margins: Values
    grams: Grams
    values: Values


@lru_cache(maxsize=1)
def packaged_model() -> Model:
    """The model that comes with the package."""
    return read_model(HERE / "model.csv")


def read_model(path: Path) -> Model:
    """The model of a file: a row for each gram with its rarity and its weight for each theme."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    head, no_gram, *grams = rows
    grams.sort(key=lambda row: gram_number(row[0]))
    return Model(
        tuple(head[2:]),
        tuple(row[0] for row in grams),
        np.array([gram_number(row[0]) for row in grams], dtype=np.int64),
        np.array([float(row[1]) for row in grams], dtype=np.float32),
        np.array([[float(weight or 0) for weight in row[2:]] for row in grams], dtype=np.float32),
        np.array([float(weight) for weight in no_gram[2:]], dtype=np.float32),
    )


def write_model(path: Path, model: Model) -> None:
    """Write `model` as a table; weights to two digits, no weight where it is nought."""
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file, lineterminator="\n")
        write.writerow(("gram", "rarity", *model.themes))
        write.writerow((_NO_GRAM, "", *(_plain(value) for value in model.bias)))
        for gram, rarity, weights in zip(model.grams, model.rarity, model.weights, strict=True):
            write.writerow((gram, f"{rarity:.2f}", *(_plain(value) for value in weights)))


def _plain(value: float) -> str:
    text = f"{value:.2f}"
    return "" if float(text) == 0 else text


def score(texts: Sequence[str], model: Model) -> Scored:
    """How much the grams of each text speak for each theme: above nought for it, below against it."""
    grams = count_grams(texts, model.numbers)
    values = (1 + np.log(grams.count)).astype(np.float32) * model.rarity[grams.gram]
    length = np.sqrt(np.bincount(grams.text, values**2, minlength=grams.texts))
    values = (values / np.maximum(length, 1e-9)[grams.text]).astype(np.float32)
    margins = np.tile(model.bias, (grams.texts, 1))
    starts = np.flatnonzero(np.diff(grams.text, prepend=-1))
    if len(starts):
        margins[grams.text[starts]] += np.add.reduceat(values[:, None] * model.weights[grams.gram], starts, axis=0)
    return Scored(margins, grams, values)


def telling(scored: Scored, text: int, theme: int, model: Model, most: int = 6) -> tuple[str, ...]:
    """The grams of one text that speak most for a theme, the strongest first."""
    first, last = np.searchsorted(scored.grams.text, [text, text + 1])
    found = scored.grams.gram[first:last]
    share = scored.values[first:last] * model.weights[found, theme]
    best = np.argsort(-share, kind="stable")[:most]
    return tuple(model.grams[found[i]] for i in best if share[i] > 0)
