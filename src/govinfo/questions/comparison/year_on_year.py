"""How the main figures of a county move from year to year, as far as its reports can be added up and compared."""

from __future__ import annotations

import pandas as pd

from govinfo.checks.neighbours import township_reports
from govinfo.questions.areas import township_reports_by_area
from govinfo.questions.comparison.main_figures import figures_of_reports, main_figures
from govinfo.questions.frames import shaped
from govinfo.tables import Tables

SUMS = {
    "area": "string",
    "figure": "string",
    "year": "Int16",
    "value": "Float64",
    **dict.fromkeys(("reports", "on_form", "with_figure"), "Int64"),
    "of_others": "Float64",
    "without": "string",
}
CHANGES = {
    "area": "string",
    "figure": "string",
    "year": "Int16",
    "townships": "Int64",
    **dict.fromkeys(("before", "after", "change"), "Float64"),
}
_JOIN = "、"


def sums_by_year(tables: Tables) -> pd.DataFrame:
    """The main figures of the townships of each county, added up by year.

    Returns
    -------
    DataFrame, one row per county, main figure and year of which at least one report's form has the figure
        area; figure (`MainFigure.code`); year; value, the sum: <NA> unless every counted report of the county and year
        has the figure, as a sum of the others would be too small; reports (all of that county and year), on_form (of
        these, whose form has the figure), with_figure (that have it); where value is <NA>: of_others (the sum of those
        that have it, which is no sum of the county) and without (the townships that have none, joined by 、).
    """
    return whole_sums(figures_of_reports(tables), township_reports_by_area(tables), "figure")


def whole_sums(cells: pd.DataFrame, reports: pd.DataFrame, key: str) -> pd.DataFrame:
    """The values of `cells` added up by county, year and `key`; columns as `sums_by_year` has them.

    `cells` has a row per report and `key`, `reports` a row per report that the sum must not lack.
    """
    groups = ["area", key, "year"]
    known = cells[cells["value"].notna()]
    frame = cells.groupby(groups, sort=False).size().rename("on_form").reset_index()
    counted = known.groupby(groups, sort=False)["value"].agg(value="sum", with_figure="size").reset_index()
    frame = frame.merge(counted, on=groups, how="left")
    frame["with_figure"] = frame["with_figure"].fillna(0)
    frame["reports"] = reports.groupby(["area", "year"]).size().reindex(_pairs(frame)).to_numpy()
    short = frame["with_figure"] < frame["reports"]
    frame["of_others"], frame["value"] = frame["value"].where(short), frame["value"].mask(short)
    lacking = frame[short][groups]
    lacking = lacking.merge(reports[["area", "year", "township", "report_id"]], on=["area", "year"])
    lacking = lacking.merge(known[["report_id", key]].assign(_has=True), on=["report_id", key], how="left")
    names = lacking[lacking["_has"].isna()].groupby(groups, sort=False)["township"].agg(_JOIN.join)
    frame = frame.merge(names.rename("without").reset_index(), on=groups, how="left")
    return shaped(frame, {key if name == "figure" else name: dtype for name, dtype in SUMS.items()})


def changes_between(tables: Tables, year: int) -> pd.DataFrame:
    """The main figures of `year` against those of the year before, over the townships that have both.

    Returns
    -------
    DataFrame, one row per county and main figure that at least one township has in both years
        area, figure, year; townships (how many have it in both); before, after (their sums); change (after - before).
        A township is the same across years by its division, whatever it is called.
    """
    places = township_reports(tables)[["report_id", "place"]]
    rows = figures_of_reports(tables).merge(places, on="report_id").dropna(subset=["value"])
    keys = ["place", "figure"]
    later = rows[rows["year"] == year]
    earlier = rows[rows["year"] == year - 1][[*keys, "value"]].rename(columns={"value": "before"})
    both = later.merge(earlier, on=keys)
    groups = both.groupby(["area", "figure"], sort=False)
    frame = groups.agg(townships=("place", "size"), before=("before", "sum"), after=("value", "sum")).reset_index()
    return shaped(frame.assign(year=year, change=frame["after"] - frame["before"]), CHANGES)


def figure_rank() -> dict[str, int]:
    """The place of each main figure in their order, by code."""
    return {figure.code: number for number, figure in enumerate(main_figures())}


def _pairs(frame: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(frame[["area", "year"]])
