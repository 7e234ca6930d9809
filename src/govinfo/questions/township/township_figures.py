"""The main figures of one township by year, and where its county's other townships stand."""

from __future__ import annotations

import pandas as pd

from govinfo.questions.areas import area_names, township_reports_by_area
from govinfo.questions.comparison.main_figures import figures_of_reports, main_cells
from govinfo.questions.frames import shaped
from govinfo.questions.township.one_township import Township, cut_to
from govinfo.tables import Tables, as_printed

# so many other townships must have a figure, or a range of them would say who they are and little else
LEAST = 5
FIGURES = {
    "report_id": "string",
    "year": "Int16",
    **dict.fromkeys(("form", "figure", "table", "line", "column", "unit"), "string"),
    "value": "Float64",
    **dict.fromkeys(("status", "status_detail", "printed", "locator", "source"), "string"),
}
BESIDE = {
    "year": "Int16",
    "area": "string",
    "figure": "string",
    "value": "Float64",
    "status": "string",
    **dict.fromkeys(("others", "with_figure"), "Int64"),
    **dict.fromkeys(("low", "median", "high"), "Float64"),
}


def township_figures(tables: Tables) -> pd.DataFrame:
    """The main figures of each of these reports, each with the place where it stands.

    Returns
    -------
    DataFrame, one row per report and main figure that its form has, in the order of years and of the form
        report_id, year, form; figure (`MainFigure.code`), table, line, column, unit; value, <NA> where the report gives
        no usable figure; status, that of the contract, or `corrected` where the register changed the figure;
        status_detail, printed (what the cell or its line prints), locator, source.
    """
    rows = main_cells(tables, tables.reports[["report_id", "year", "form", "source"]])
    rows = rows.assign(printed=[as_printed(record) for record in rows.to_dict("records")])
    return shaped(rows.sort_values(["year", "report_id", "_rank"], na_position="last", kind="stable"), FIGURES)


def beside_county(township: Township) -> pd.DataFrame:
    """Each main figure of the township beside those of its county's other townships in the same year.

    Returns
    -------
    DataFrame, one row per year and main figure that the township's form has, in the order of years and of the form
        year, area (the county), figure, value and status (as in `township_figures`); others (how many other townships
        have a report of that year), with_figure (of these, that have the figure in the same meaning); low, median, high
        of theirs, <NA> where fewer than `LEAST` have it. Forms that count differently are never joined.
        Reports whose county or year is not told have no row.
    """
    everything = township_reports_by_area(township.everything)
    mine = everything[everything["report_id"].isin(township.ever.reports["report_id"])]
    near = everything[everything["area"].isin(mine["area"])]
    figures = figures_of_reports(cut_to(township.everything, near["report_id"]))
    areas = near.set_index("report_id")["area"].to_dict()
    figures["area"] = figures["report_id"].map(areas)
    own = figures["report_id"].isin(township.tables.reports["report_id"])
    others = figures[~figures["report_id"].isin(mine["report_id"])]
    keys = ["area", "year", "figure"]
    told = others[others["value"].notna()].groupby(keys)["value"]
    ranges = told.agg(with_figure="size", low="min", median="median", high="max").reset_index()
    few = ranges["with_figure"] < LEAST
    ranges[["low", "median", "high"]] = ranges[["low", "median", "high"]].mask(few)
    counts = near[~near["report_id"].isin(mine["report_id"])].groupby(["area", "year"]).size().rename("others")
    frame = figures[own].merge(ranges, on=keys, how="left").merge(counts.reset_index(), on=["area", "year"], how="left")
    frame[["others", "with_figure"]] = frame[["others", "with_figure"]].astype("Int64").fillna(0)
    return shaped(frame, BESIDE)


def county_years(township: Township) -> list[int]:
    """The years asked for of which the township's county has a report, the township's own included."""
    everything = township.everything.reports
    reports = everything[(everything["level"] == "township").fillna(False) & everything["counted"].fillna(True)]
    areas = area_names(reports)
    own = areas[reports["report_id"].isin(township.ever.reports["report_id"])].dropna()
    there = reports[areas.isin(own)]["year"].dropna()
    years = {int(year) for year in pd.concat([there, township.tables.reports["year"].dropna()])}
    return sorted(year for year in years if not township.years or year in township.years)
