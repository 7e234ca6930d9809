"""What a report or a place is called in a chart: short, and never the same for two of them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import pandas as pd

from govinfo.definitions.wording import say


def year_spans(years: Iterable[int]) -> str:
    """The years in order, those that follow each other as a span: a year between that is not among them is not told."""
    known = sorted({int(year) for year in years})
    runs = [list(run) for _, run in groupby(enumerate(known), lambda entry: entry[1] - entry[0])]
    ends = [(run[0][1], run[-1][1]) for run in runs]
    said = [str(first) if first == last else say("opening", "span", first=first, last=last) for first, last in ends]
    return say("opening", "join").join(said)


def place_names(frame: pd.DataFrame, among: pd.DataFrame | None = None) -> pd.Series[str]:
    """The township of each row; with its county where two counties of `frame` have one of that name.

    `among` are other rows of townships and counties that they are to be told apart from too.
    """
    township = frame["township"].astype("string").fillna(say("charts", "no_place"))
    county = frame["county"].astype("string").fillna("")
    columns = ["township", "county"]
    known = [pd.DataFrame({"township": township, "county": county})]
    if among is not None:
        known.append(among.loc[among["township"].notna(), columns].astype("string").fillna({"county": ""}))
    counties = pd.concat(known).drop_duplicates().groupby("township").size()
    shared = township.map(counties.to_dict()) > 1
    return township.mask(shared, county + township)


def report_names(frame: pd.DataFrame) -> pd.Series[str]:
    """Place and year of each row; numbered where two reports of `frame` would have one name."""
    year = frame["year"].astype("string").fillna(say("charts", "no_year"))
    names = place_names(frame) + " " + year
    twins = pd.DataFrame({"name": names, "report": frame["report_id"]}).drop_duplicates()
    rank = twins.groupby("name").cumcount() + 1
    many = twins["name"].map(twins.groupby("name").size().to_dict()) > 1
    full = twins["name"].mask(many, twins["name"] + " (" + rank.astype("string") + ")")
    return frame["report_id"].map(dict(zip(twins["report"], full, strict=True))).astype("string")
