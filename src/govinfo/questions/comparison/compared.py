"""Townships of a county, or several counties, compared: rates with intervals, and the ranks that these leave open."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import pandas as pd

from govinfo.questions.chance.control_limits import control_limits, lumped_limits, overdispersion, spread_of_years
from govinfo.questions.chance.exact_intervals import exact_rates, exact_shares
from govinfo.questions.chance.intervals import CONFIDENCE, Numbers, wilson
from govinfo.questions.comparison.rates import GRANTED, PER_REPORT, PUBLISHED_LATE, RECEIVED
from govinfo.questions.frames import shaped

COMPARED = {
    "name": "string",
    **dict.fromkeys(("count", "of", "reports", "unknown", "doubted"), "Int64"),
    **dict.fromkeys(("value", "low", "high"), "Float64"),
    **dict.fromkeys(("best", "worst"), "Int64"),
    "spread": "Float64",
}
JUDGED = {
    "measure": "string",
    "name": "string",
    **dict.fromkeys(("count", "of", "doubted"), "Int64"),
    **dict.fromkeys(("share", "expected", "lowest", "highest", "spread"), "Float64"),
    "tests": "Int64",
    "side": "string",
}
# what is held against the share of all, or of the years before
SHARES = (GRANTED, PUBLISHED_LATE)
CHANGE = "change"
# fewer cannot be held against each other; and so many earlier years tell what is usual
LEAST, LEAST_YEARS = 3, 2


def by_county(rows: pd.DataFrame) -> bool:
    """Whether counties are compared (there are several in the answer of `rates`) and not townships."""
    return bool(rows["area"].nunique() > 1)


def compared(rows: pd.DataFrame, measure: str, years: Sequence[int] = ()) -> pd.DataFrame:
    """One measure of `rates` for each township of a county, or each county where there are several.

    Parameters
    ----------
    rows : the answer of `rates`.
    years : those to add up; none given: all.

    Returns
    -------
    DataFrame, one row per township or county, the highest value first, those without a value last
        name (of its newest report); count and of, added up over the reports that have both; reports, unknown (of these,
        that have no usable figure: they are in no sum), doubted (whose figures were repaired or corrected, or have an
        error in their table); value (count / of: a share, or requests per report), <NA> where
        of is 0; low and high, the ends of its own 95 % interval; best and worst: the ranks, 1 being the highest value,
        that it can have by other, wider intervals, which hold all together with at least 95 % confidence; spread: of
        requests per report, how much more the other years vary than by chance (`spread_of_years`), by which
        all intervals are wider; <NA> where no years tell it, and for shares.

    Source: M. Klein, T. Wright, J. Wieczorek, A joint confidence region for an overall ranking of populations, Journal
    of the Royal Statistical Society C 69 (2020). An own interval is Wilson's, or its like for counts; the ranks are by
    exact ones.
    """
    rows, key = rows[rows["measure"] == measure], "area" if by_county(rows) else "place"
    own = rows[rows["year"].isin(list(years))] if len(years) else rows
    names = _names(rows, key)
    own = own.assign(unknown=own["count"].isna() | own["of"].isna(), reports=1)
    sums = own.groupby(key, sort=True)[["count", "of", "reports", "unknown", "doubted"]].sum().reset_index()
    counts, of = sums["count"].to_numpy(dtype=float), sums["of"].to_numpy(dtype=float)
    value = np.divide(counts, of, out=np.full(len(of), np.nan), where=of > 0)
    spread = _spread(rows[~rows["year"].isin(list(years))], key) if measure in PER_REPORT else None
    # as much as fewer cases, each of which comes alone, would tell
    counts, of = counts / (spread or 1), of / (spread or 1)
    low, high = _interval(measure, counts, of)
    told = int((of > 0).sum())
    exact = exact_rates if measure in PER_REPORT else exact_shares
    best, worst = rank_ranges(*exact(counts, of, CONFIDENCE ** (1 / max(told, 1))))
    ends = {"low": low, "high": high, "best": best, "worst": worst, "spread": spread}
    frame = sums.assign(name=sums[key].map(names), value=value, **ends)
    return shaped(frame.sort_values(["value", "of", "name"], ascending=[False, False, True], kind="stable"), COMPARED)


def rank_ranges(low: npt.ArrayLike, high: npt.ArrayLike) -> tuple[Numbers, Numbers]:
    """The best and the worst rank (1 for the highest) that intervals leave open; NaN for those that have none."""
    lows, highs = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    known = ~np.isnan(lows)
    # those whose whole interval lies above, and below
    above = (lows[None, :] > highs[:, None]).sum(axis=1)
    below = (highs[None, :] < lows[:, None]).sum(axis=1)
    return np.where(known, above + 1.0, np.nan), np.where(known, known.sum() - below.astype(float), np.nan)


def stand_outs(rows: pd.DataFrame, year: int | None) -> pd.DataFrame:
    """Each township or county held against what is expected of it; `side` says who stands out.

    Parameters
    ----------
    rows : the answer of `rates`.
    year : the year whose requests are held against those of the years before; None: no such comparison.

    Returns
    -------
    DataFrame, one row per measure (`granted`, `late`: all years together against the share of all; `change`: requests
        of the year against those of at least two years before) and township or county that has one
        name; count, of; doubted (as in `compared`); share; expected (the share of all together; of `change`: if no year
        differed); lowest and highest (the shares that chance explains); spread (how much wider the limits are because
        they differ more than by chance anyhow; of `change`: because the years before do); tests (how many comparisons
        the limits allow for: all of this frame); side: `above`, `below`, or null for who does not stand
        out. Shares with fewer than three to compare, or all 0 or all 1, have no rows.
    """
    parts = {measure: _shares(compared(rows, measure)) for measure in SHARES}
    parts = {measure: part for measure, part in parts.items() if _differs(part)}
    parts[CHANGE] = _changes(rows, year)
    tests = sum(map(len, parts.values()))
    judged = [shaped(_judge(part.assign(measure=measure), tests), JUDGED) for measure, part in parts.items()]
    return shaped(pd.concat([shaped(pd.DataFrame(), JUDGED), *judged], ignore_index=True), JUDGED)


def _differs(part: pd.DataFrame) -> bool:
    """Whether there are enough shares, and not all of them 0 or all 1."""
    return len(part) >= LEAST and bool(0 < part["count"].sum() < part["of"].sum())


def _names(rows: pd.DataFrame, key: str) -> dict[str, str]:
    """What each is called: a county by its name, a township as its newest report calls it."""
    newest = rows.sort_values(["year", "report_id"], kind="stable").drop_duplicates(key, keep="last")
    return dict(zip(newest[key], newest["area" if key == "area" else "township"], strict=True))


def _interval(measure: str, counts: Numbers, of: Numbers) -> tuple[Numbers, Numbers]:
    if measure not in PER_REPORT:
        return wilson(counts, of)
    z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
    middle, half = counts + z**2 / 2, z * np.sqrt(counts + z**2 / 4)
    n = np.where(of > 0, of, np.nan)
    return np.maximum(middle - half, 0.0) / n, (middle + half) / n


def _spread(rows: pd.DataFrame, key: str) -> float | None:
    """By how much the years of each vary more than by chance (`rows` of one measure)."""
    years = rows.dropna(subset=["count"]).groupby([key, "year"], sort=True)[["count", "of"]].sum().reset_index()
    parts = [part for _, part in years.groupby(key, sort=True)]
    return spread_of_years([part["count"] for part in parts], [part["of"] for part in parts])


def _shares(frame: pd.DataFrame) -> pd.DataFrame:
    told = frame[(frame["of"] > 0).fillna(False)]
    overall = float(told["count"].sum() / told["of"].sum()) if len(told) else 0.0
    spread = overdispersion(told["count"], told["of"], overall)
    return told.assign(expected=overall, spread=spread)


def _changes(rows: pd.DataFrame, year: int | None) -> pd.DataFrame:
    """The requests of the year among those of the year and the years before, and the share if no year differed."""
    own = rows[(rows["measure"] == RECEIVED) & rows["count"].notna()]
    key = "area" if by_county(rows) else "place"
    own = own.assign(now=own["year"] == (-1 if year is None else year))
    own = own[own["now"] | (own["year"] < (-1 if year is None else year))]
    names = _names(rows, key)
    found = []
    for place, part in own.groupby(key, sort=True):
        now, before = part[part["now"]], part[~part["now"]]
        if len(now) and before["year"].nunique() >= LEAST_YEARS and part["count"].sum():
            share = int(now["of"].sum()) / int(part["of"].sum())
            sums = {name: int(number) for name, number in (("count", now["count"].sum()), ("of", part["count"].sum()))}
            sums["doubted"] = int(part["doubted"].sum())
            found.append({"name": names[str(place)], **sums, "expected": share})
    columns = {"name": "string", "count": "Int64", "of": "Int64", "doubted": "Int64", "expected": "Float64"}
    frame = shaped(pd.DataFrame(found, columns=list(columns)), columns)
    return frame.assign(spread=_spread(own[~own["now"]], key) or 1.0)


def _judge(frame: pd.DataFrame, tests: int) -> pd.DataFrame:
    count, of, expected = (frame[name].to_numpy(dtype=float) for name in ("count", "of", "expected"))
    limits_of = lumped_limits if (frame["measure"] == CHANGE).all() else control_limits
    limits = limits_of(of, expected, tests, float(frame["spread"].max()) if len(frame) else 1.0)
    side = pd.Series(pd.NA, index=frame.index, dtype="string")
    side = side.mask(pd.Series(count > limits.high, index=frame.index), "above")
    side = side.mask(pd.Series(count < limits.low, index=frame.index), "below")
    return frame.assign(
        share=count / of, lowest=limits.low / of, highest=limits.high / of, spread=limits.spread, tests=tests, side=side
    )
