"""How sure a share is that few reports stand behind."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.float64]
CONFIDENCE = 0.95


def wilson(counts: npt.ArrayLike, of: npt.ArrayLike, confidence: float = CONFIDENCE) -> tuple[Numbers, Numbers]:
    """The interval (of 95 % unless told) of the share `counts` of `of`: its two ends, NaN where `of` is 0.

    It is honest for few observations and for shares of 0 and 1, where the usual one has no width.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    """
    k, n = np.asarray(counts, dtype=float), np.asarray(of, dtype=float)
    n = np.where(n > 0, n, np.nan)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share, spread = k / n, z**2 / n
    middle = (share + spread / 2) / (1 + spread)
    half = z * np.sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    # exact at both ends, where rounding would leave a trace
    low, high = np.where(k == 0, 0.0 * n, middle - half), np.where(k == n, n / n, middle + half)
    return np.clip(low, 0.0, 1.0), np.clip(high, 0.0, 1.0)


def with_interval(frame: pd.DataFrame, count: str, of: str, share: str = "share") -> pd.DataFrame:
    """`frame` with the share of its column `count` in `of` and the ends of the share's interval, `low` and `high`.

    Float64, from 0 to 1; <NA> where `of` is 0.
    """
    counts, whole = frame[count].astype(float), frame[of].astype(float)
    low, high = wilson(counts, whole)
    known = whole > 0
    ends = {share: counts / whole.where(known), "low": low, "high": high}
    found = {name: pd.Series(end, index=frame.index).where(known).astype("Float64") for name, end in ends.items()}
    return frame.assign(**found)


def change(
    earlier: tuple[int, int], later: tuple[int, int], confidence: float = CONFIDENCE
) -> tuple[float, float, float]:
    """How much the share `later` (count, of) is above `earlier`: the difference and the ends of its interval.

    Source: R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in
    Medicine 17 (1998), method 10 (from Wilson's intervals).
    """
    counts, of = zip(earlier, later, strict=True)
    low, high = wilson(counts, of, confidence)
    before, after = counts[0] / of[0], counts[1] / of[1]
    down = np.hypot(after - low[1], high[0] - before)
    up = np.hypot(high[1] - after, before - low[0])
    return after - before, float(after - before - down), float(after - before + up)
