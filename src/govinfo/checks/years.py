"""Whether two reports of one township on two years running agree: what was carried over, how many documents stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from govinfo.checks.findings import Row, Spoken, Subject, make, null_free, number_text
from govinfo.checks.neighbours import year_pairs
from govinfo.tables import Tables

# The form whose stock of documents can be carried on; that of 2019 counts what was ever disclosed.
_STOCK_FORM = "2021"
_STOCK = ("in_force", "issued", "repealed")


def year_findings(tables: Tables, reports: Mapping[str, Subject]) -> Iterator[Row]:
    """Findings of the rules `years.carry_over` and `years.in_force`, each in the report on the later year.

    A null figure on either side says nothing, nor does a year whose report is not there.
    """
    pairs = year_pairs(tables)
    sources = tables.reports.set_index("report_id")["source"]
    yield from _carry_over(tables, pairs, reports, sources)
    yield from _in_force(tables, pairs, reports, sources)


def _carry_over(
    tables: Tables, pairs: pd.DataFrame, reports: Mapping[str, Subject], sources: pd.Series[str]
) -> Iterator[Row]:
    """Once for each column in which the later year took over another number than the earlier one left."""
    cells = tables.requests[tables.requests["value"].notna()]
    over = cells.loc[cells["line"] == "carried_over", ["report_id", "applicant", "value", "locator"]]
    left = cells.loc[cells["line"] == "carried_forward", ["report_id", "applicant", "value"]]
    left = left.rename(columns={"report_id": "before", "value": "left"})
    both = over.merge(pairs, on="report_id").merge(left, on=["before", "applicant"])
    for record in both[both["value"] != both["left"]].to_dict("records"):
        subject = reports[record["report_id"]]
        yield make(
            subject,
            "years.carry_over",
            "broken",
            Spoken("requests", "carried_over", record["applicant"], null_free(record["locator"])),
            expected=record["left"],
            found=record["value"],
            over=int(record["value"]),
            left=int(record["left"]),
            difference=abs(int(record["value"]) - int(record["left"])),
            year=(subject.year or 0) - 1,
            other=sources[record["before"]],
        )


def _in_force(
    tables: Tables, pairs: pd.DataFrame, reports: Mapping[str, Subject], sources: pd.Series[str]
) -> Iterator[Row]:
    """Once for each kind of documents whose stock does not follow from last year's and what came and went."""
    for record in _stocks(tables, pairs, reports).to_dict("records"):
        subject = reports[record["report_id"]]
        figures = {name: number_text(record[name]) for name in ("stock", "issued", "repealed", "due")}
        yield make(
            subject,
            "years.in_force",
            "broken",
            Spoken("disclosure", record["item"], "in_force", null_free(record["locator"])),
            expected=record["due"],
            found=record["in_force"],
            in_force=number_text(record["in_force"]),
            difference=number_text(abs(record["in_force"] - record["due"])),
            year=(subject.year or 0) - 1,
            other=sources[record["before"]],
            **figures,
        )


def _stocks(tables: Tables, pairs: pd.DataFrame, reports: Mapping[str, Subject]) -> pd.DataFrame:
    """The stocks that differ: report_id, before, item, the measures, stock (last year's), due, locator."""
    ids = [report_id for report_id, subject in reports.items() if subject.form == _STOCK_FORM]
    cells = tables.disclosure[tables.disclosure["report_id"].isin(ids) & tables.disclosure["measure"].isin(_STOCK)]
    wide = cells.pivot(index=["report_id", "item"], columns="measure", values="value").reindex(columns=list(_STOCK))
    locators = cells[cells["measure"] == "in_force"].set_index(["report_id", "item"])["locator"]
    own = wide.astype("Float64").assign(locator=locators).reset_index()
    last = own[["report_id", "item", "in_force"]].rename(columns={"report_id": "before", "in_force": "stock"})
    both = own.merge(pairs, on="report_id").merge(last, on=["before", "item"])
    both["due"] = both["stock"] + both["issued"] - both["repealed"]
    return both[(both["in_force"] != both["due"]).fillna(False).astype(bool)]
