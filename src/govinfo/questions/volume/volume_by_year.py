"""How the figures of table 二 are spread over townships, year by year, and what they add up to."""

from __future__ import annotations

import pandas as pd

from govinfo.definitions.form import forms
from govinfo.questions.by_place import PLACED, placed_reports
from govinfo.questions.frames import shaped
from govinfo.questions.volume.disclosure_volume import disclosure_volume
from govinfo.tables import Tables

_WHAT = dict.fromkeys(
    ("series", "scope", "item", "item_label", "measure", "measure_label", "unit", "status", "locator"), "string"
)
VOLUMES = {**PLACED, **_WHAT, "value": "Float64", "in_year": "Int64"}
SPREAD = {
    **dict.fromkeys(("series", "scope", "item", "item_label", "measure", "unit"), "string"),
    "year": "Int16",
    **dict.fromkeys(("reports", "on_form", "with_figure", "repaired"), "Int64"),
    **dict.fromkeys(("total", "median", "low", "high", "largest"), "Float64"),
}


def volumes(tables: Tables) -> pd.DataFrame:
    """The figures of table 二 and of normative documents in the statistics table, of townships put in years.

    Returns
    -------
    DataFrame, one row per report of `placed_reports` and figure that its form has
        the columns of `placed_reports`; those of `disclosure_volume` from series to locator: rows of one series, and
        only these, count the same thing; value; in_year (reports of that year, whether their form has the figure or
        not).
    """
    rows = disclosure_volume(tables)
    rows = rows[(rows["origin"] == "table") | rows["item"].isin(["normative_issued", "disclosed_normative"])]
    reports = placed_reports(tables).assign(_place=lambda frame: range(len(frame)))
    reports["in_year"] = reports.groupby("year")["report_id"].transform("size")
    frame = reports.merge(rows[["report_id", "value", *_WHAT]], on="report_id")
    return shaped(frame.sort_values("_place", kind="stable"), VOLUMES)


def spread_by_year(tables: Tables) -> pd.DataFrame:
    """How the figures of each series are spread over the townships of a year, and their sum.

    Returns
    -------
    DataFrame, one row per series and year of which at least one report's form has it
        series, scope, item, item_label (as the newest form prints it), measure, unit; year; reports (all of that year
        that are placed), on_form (of these, whose form has the figure), with_figure (that have it), repaired (of these,
        by the form's arithmetic); total, <NA> unless every report of the year has the figure: the sum of the others
        would be too small; median, low and high quartile, and largest of the figures that there are.
    """
    rows, reports = volumes(tables), placed_reports(tables)
    keys = ["series", "scope", "item", "measure", "unit", "year"]
    groups = rows.groupby(keys, sort=False, dropna=False)
    found = groups["value"].agg(on_form="size", with_figure="count", total="sum", median="median", largest="max")
    for name, share in (("low", 0.25), ("high", 0.75)):
        found[name] = groups["value"].quantile(share)
    found["repaired"] = (rows["status"] == "repaired").groupby([rows[key] for key in keys], dropna=False).sum()
    frame = found.reset_index()
    frame["reports"] = frame["year"].map(reports.groupby("year").size().to_dict())
    frame["total"] = frame["total"].mask(frame["with_figure"] < frame["reports"])
    rank = {series: number for number, series in enumerate(_order(rows))}
    frame["_rank"] = frame["series"].map(rank)
    frame["item_label"] = frame["series"].map(_newest_labels(rows))
    return shaped(frame.sort_values(["_rank", "year"], kind="stable"), SPREAD)


def _order(rows: pd.DataFrame) -> list[str]:
    """The series as the newest form that has them prints them."""
    return list(_newest_labels(rows))


def _newest_labels(rows: pd.DataFrame) -> dict[str, str]:
    """What the newest form that has a series calls its item, in the order of that form."""
    codes = [form.code for form in forms()]
    rank = rows["form"].map({code: number for number, code in enumerate(codes)}).fillna(len(codes))
    first = rows.iloc[rank.argsort(kind="stable")].drop_duplicates("series")
    return dict(zip(first["series"].tolist(), first["item_label"].tolist(), strict=True))
