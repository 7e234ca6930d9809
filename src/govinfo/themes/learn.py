"""Learning the model from labelled statements."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from govinfo.definitions.themes import UNCLASSIFIED, themes
from govinfo.themes.cues import prepare
from govinfo.themes.grams import gram_number, grams_of
from govinfo.themes.labelled import Labelled
from govinfo.themes.model import Model

# A gram that only one statement has says nothing of others.
_LEAST = 2
# A theme that fewer statements carry is left to its cues.
_FEWEST = 10


def learn(rows: Sequence[Labelled]) -> Model:
    """A model of the themes that enough of the statements carry: one linear classifier for each.

    The features are the characters and pairs of characters of the statement, without what names nothing
    (`scope` of the taxonomy), weighed by their rarity; the same rows give the same model.
    """
    texts = [prepare(row.text).seen for row in rows]
    vectors = TfidfVectorizer(analyzer=grams_of, sublinear_tf=True, min_df=_LEAST)
    features = vectors.fit_transform(texts)
    codes = [theme.code for theme in themes() if theme.code != UNCLASSIFIED]
    codes = [code for code in codes if sum(code in row.themes for row in rows) >= _FEWEST]
    weights, bias = [], []
    for code in codes:
        line = LinearSVC(C=1.0, random_state=0)
        line.fit(features, [code in row.themes for row in rows])
        weights.append(line.coef_[0])
        bias.append(line.intercept_[0])
    grams = vectors.get_feature_names_out()
    order = np.argsort([gram_number(gram) for gram in grams])
    return Model(
        tuple(codes),
        tuple(str(grams[i]) for i in order),
        np.array([gram_number(grams[i]) for i in order], dtype=np.int64),
        vectors.idf_[order].astype(np.float32),
        np.array(weights, dtype=np.float32).T[order],
        np.array(bias, dtype=np.float32),
    )
