"""Whether a share is further from what is expected than chance explains, where many are looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
from scipy.stats import betabinom, binom, chi2

from govinfo.questions.chance.intervals import CONFIDENCE, Numbers

# from so many on their spread tells whether they differ more than chance alone lets them
ENOUGH = 8
_TRIM = 0.1
# how often the spread of earlier years may be underestimated
_UNDER = 0.2
# a spread below this one changes no limit
_NO_LOTS = 1.001


@dataclass(frozen=True)
class Limits:
    """The least and the most counts that chance explains, for each of those compared, and how far they were widened.

    `spread` is 1 where they differ no more than chance lets them.
    """

    low: Numbers
    high: Numbers
    spread: float


def control_limits(of: npt.ArrayLike, expected: npt.ArrayLike, tests: int, spread: float = 1.0) -> Limits:
    """Between which counts of `of` each lies, all of them together with 95 % confidence, if its share is `expected`.

    Parameters
    ----------
    of : how many each count is of.
    expected : the share that is expected of each, or of all.
    tests : how many are looked at: limits are wider by as much (Bonferroni).
    spread : by how much they differ more than by chance alone (variance, see `overdispersion`).

    Returns
    -------
    Limits, exact for small numbers (binomial) and, where `spread` is above 1, no narrower than the normal limits that
        are widened by it.

    Source: D. J. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005).
    """
    n, share = np.broadcast_arrays(np.asarray(of, dtype=float), np.asarray(expected, dtype=float))
    tail = (1 - CONFIDENCE) / (2 * max(tests, 1))
    low, high = np.asarray(binom.ppf(tail, n, share)), np.asarray(binom.ppf(1 - tail, n, share))
    if spread > 1:
        half = NormalDist().inv_cdf(1 - tail) * np.sqrt(spread * n * share * (1 - share))
        low, high = np.minimum(low, n * share - half), np.maximum(high, n * share + half)
    return Limits(np.clip(low, 0, n), np.clip(high, 0, n), spread)


def overdispersion(count: npt.ArrayLike, of: npt.ArrayLike, expected: npt.ArrayLike) -> float:
    """By how much the variance of counts is above that of chance; 1 where it is not, or too few are there to tell.

    The extremes are drawn in, so that the few that stand out do not hide themselves.
    """
    k, n = np.asarray(count, dtype=float), np.asarray(of, dtype=float)
    share = np.broadcast_to(np.asarray(expected, dtype=float), n.shape)
    variance = n * share * (1 - share)
    told = variance > 0
    if told.sum() < ENOUGH:
        return 1.0
    z = (k[told] - (n * share)[told]) / np.sqrt(variance[told])
    ends = np.quantile(z, [_TRIM, 1 - _TRIM])
    return max(1.0, float(np.mean(np.clip(z, *ends) ** 2)))


def lumped_limits(of: npt.ArrayLike, expected: npt.ArrayLike, tests: int, spread: float) -> Limits:
    """The like of `control_limits` for counts of a year among those of several, where cases come in lots.

    One applicant who files many at once makes a year high that nothing else has changed in. `spread` is the variance of
    a year's count over its mean; counts of years are then negative binomial, and their shares beta-binomial.
    """
    plain = control_limits(of, expected, tests)
    if spread < _NO_LOTS:
        return plain
    n, share = np.broadcast_arrays(np.asarray(of, dtype=float), np.asarray(expected, dtype=float))
    tail = (1 - CONFIDENCE) / (2 * max(tests, 1))
    own, rest = n * share / (spread - 1), n * (1 - share) / (spread - 1)
    low, high = (np.asarray(betabinom.ppf(end, n, own, rest)) for end in (tail, 1 - tail))
    return Limits(np.minimum(low, plain.low), np.maximum(high, plain.high), spread)


def spread_of_years(counts: Iterable[npt.ArrayLike], of: Iterable[npt.ArrayLike]) -> float | None:
    """By how much the counts of years vary more than chance alone lets them: variance over mean, 1 where no more.

    Parameters
    ----------
    counts, of : for each place the counts of its years, and what each is of (how many reports).

    Returns
    -------
    float, so high that the true one is above it in one case of five only: the fewer years, the higher; None where
        no place has cases and two years.
    """
    squares, free = 0.0, 0
    for own, reports in zip(counts, of, strict=True):
        k, n = np.asarray(own, dtype=float), np.asarray(reports, dtype=float)
        if k.size > 1 and k.sum() > 0:
            mean = n * k.sum() / n.sum()
            squares += float(((k - mean) ** 2 / mean).sum())
            free += k.size - 1
    return max(1.0, squares / float(chi2.ppf(_UNDER, free))) if free else None
