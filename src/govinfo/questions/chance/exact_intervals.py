"""Intervals that never promise too much: what has to hold for many at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.stats import beta, chi2

from govinfo.questions.chance.intervals import CONFIDENCE, Numbers


def exact_shares(counts: npt.ArrayLike, of: npt.ArrayLike, confidence: float = CONFIDENCE) -> tuple[Numbers, Numbers]:
    """The interval of the share `counts` of `of` that never promises too much, for however few; NaN where `of` is 0.

    Where many intervals have to hold together, each with nearly 100 %, Wilson's hold less often than they promise.

    Source: C. J. Clopper, E. S. Pearson, The use of confidence or fiducial limits, Biometrika 26 (1934).
    """
    k, n = np.asarray(counts, dtype=float), np.asarray(of, dtype=float)
    n = np.where(n > 0, n, np.nan)
    tail = (1 - confidence) / 2
    # both ends are known where nothing, or all, was counted
    low = np.where(k == 0, 0.0 * n, beta.ppf(tail, np.maximum(k, 1.0), n - k + 1))
    high = np.where(k == n, n / n, beta.ppf(1 - tail, k + 1, np.maximum(n - k, 1.0)))
    return low, high


def exact_rates(counts: npt.ArrayLike, of: npt.ArrayLike, confidence: float = CONFIDENCE) -> tuple[Numbers, Numbers]:
    """The like for the mean of so many counted cases in each of `of`; counts need not be whole.

    Source: F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936).
    """
    k, n = np.asarray(counts, dtype=float), np.asarray(of, dtype=float)
    n = np.where(n > 0, n, np.nan)
    tail = (1 - confidence) / 2
    low = np.where(k == 0, 0.0, chi2.ppf(tail, 2 * np.where(k == 0, 1.0, k)) / 2)
    return low / n, chi2.ppf(1 - tail, 2 * k + 2) / 2 / n
