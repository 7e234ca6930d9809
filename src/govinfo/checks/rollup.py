"""Whether a county's own figures hold those of its townships."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from govinfo.checks.findings import Row, Spoken, Subject, make, null_free, number_text
from govinfo.definitions.labels import column_spot, line_spot
from govinfo.definitions.rules import Said, rule_book
from govinfo.tables import FIGURE_KEYS, LISTED, Tables

_COUNTY = ["province", "county"]
_PLACE = [*_COUNTY, "city", "year"]
# Items of the lists of powers: each township has the same ones, and their sum counts nothing.
NO_SUM = ("items_last_year", "items_change")
# Where so many figures of a table are below, the report is the government office's own, and is told of once.
_MANY = 8
_NAMED = 3
# Amounts are read from decimals: what is nearer than this is the same amount.
_DECIMALS = 6
_SAME = 10**-_DECIMALS


def rollup_findings(tables: Tables, reports: Mapping[str, Subject]) -> Iterator[Row]:
    """Findings of the rule `county.rollup`, in the county's report.

    A township's null figure is left out of the sum: what the others have is in the county's figure all the same.
    """
    counties, townships = _governments(tables)
    if counties.empty or townships.empty:
        return
    for table in FIGURE_KEYS:
        below = _below(table, getattr(tables, table), counties, townships)
        for report_id, own in below.groupby("report_id", sort=False):
            subject = reports[str(report_id)]
            if len(own) > _MANY:
                yield _of_table(subject, table, own)
            else:
                yield from (_of_cell(subject, table, record) for record in own.to_dict("records"))


def _governments(tables: Tables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """report_id and place (county and year) of the counted reports of counties, and of townships."""
    reports = tables.reports
    keep = reports["counted"].fillna(True) & reports[[*_COUNTY, "year"]].notna().all(axis=1)
    own = reports[keep]
    place = own[_PLACE[0]].astype("string")
    for column in _PLACE[1:]:
        place = place + "\x1f" + own[column].astype("string").fillna("")
    found = own[["report_id", "level"]].assign(place=place)
    counties = found[found["level"] == "county"]
    # two reports of one county: the government's and its office's, which cannot be told apart here
    counties = counties[~counties.duplicated("place", keep=False)]
    townships = found[(found["level"] == "township") & found["place"].isin(counties["place"])]
    return counties[["report_id", "place"]], townships[["report_id", "place"]]


def _below(table: str, cells: pd.DataFrame, counties: pd.DataFrame, townships: pd.DataFrame) -> pd.DataFrame:
    """The county's cells below the sum of its townships': report_id, line, column, value, locator, sum, townships."""
    line, column = FIGURE_KEYS[table]
    known = cells[cells["value"].notna() & ~cells[column].isin(NO_SUM)]
    known = pd.DataFrame(
        {
            "report_id": known["report_id"],
            "line": known[line],
            "column": known[column].fillna(""),
            "value": known["value"].astype("float64"),
            "locator": known["locator"],
        }
    )
    spot = ["place", "line", "column"]
    sums = known.merge(townships, on="report_id").groupby(spot, sort=False)["value"].agg(["sum", "size"]).reset_index()
    sums["sum"] = sums["sum"].round(_DECIMALS)
    own = known.merge(counties, on="report_id").merge(sums, on=spot)
    below: pd.DataFrame = own[own["sum"] - own["value"] > _SAME].rename(columns={"size": "townships"})
    return below


def _of_cell(subject: Subject, table: str, record: Mapping[Any, Any]) -> Row:
    return make(
        subject,
        "county.rollup",
        "list" if table == LISTED else "cell",
        Spoken(table, str(record["line"]), str(record["column"]) or None, null_free(record["locator"])),
        expected=record["sum"],
        found=record["value"],
        value=number_text(record["value"]),
        sum=number_text(record["sum"]),
        townships=record["townships"],
    )


def _of_table(subject: Subject, table: str, own: pd.DataFrame) -> Row:
    return make(
        subject,
        "county.rollup",
        "table",
        Spoken(table, locator=null_free(own["locator"].iloc[0])),
        count=len(own),
        named=_named(subject, table, own),
    )


def _named(subject: Subject, table: str, own: pd.DataFrame) -> Said:
    """The first few of the cells, with both figures."""
    words, named = rule_book().formula, []
    for record in own.head(_NAMED).to_dict("records"):
        line = line_spot(subject.form, table, record["line"])
        column = column_spot(subject.form, table, record["column"])
        label = line.label if table == LISTED else f"{line.label}-{column.label}"
        spot = Said(label, f"{record['line']} {record['column']}")
        figures = {"own": number_text(record["value"]), "sum": number_text(record["sum"])}
        named.append(words["own_and_sum"].fill(spot=spot, **figures))
    both = words["and"]
    return Said(both.zh.join(one.zh for one in named), both.en.join(one.en for one in named))
