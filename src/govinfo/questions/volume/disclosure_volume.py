"""How much is disclosed: the figures of table 二, of the old statistics table, and of the narrative."""

from __future__ import annotations

import pandas as pd

from govinfo.definitions.labels import figure_labels
from govinfo.questions.frames import PLACE, located
from govinfo.tables import Tables

VOLUME = {
    **PLACE,
    "origin": "string",
    "scope": "string",
    "series": "string",
    "item": "string",
    "item_label": "string",
    "measure": "string",
    "measure_label": "string",
    "unit": "string",
    "period": "string",
    "value": "Float64",
    "approximate": "boolean",
    "status": "string",
    "status_detail": "string",
    "locator": "string",
}

# The only measure that both forms count alike: the third column of the 2019 form and the only one of the 2021
# form are the decisions of the year. Documents made and issued, totals disclosed and in force, fee items and
# fee amounts share a place on the sheet, not a meaning.
COMPARABLE = frozenset({"decisions"})

# The lines of the statistics table of 2014 to 2018 that say how much was disclosed.
STATISTICS_LINES = (
    *("disclosed", "disclosed_normative", "normative_issued", "disclosed_gazette"),
    *("disclosed_website", "disclosed_weibo", "disclosed_wechat", "disclosed_other"),
)


def disclosure_volume(tables: Tables) -> pd.DataFrame:
    """How much each report says was made, in force, decided, charged, bought or disclosed (第二十条 各项).

    Returns
    -------
    DataFrame, one row per report, item and measure
        report_id, county, township, year, form; `origin` (`table`, `statistics` or `narrative`); item and
        measure with the labels that the report's form prints; unit (`documents`, `items`, `decisions`,
        `CNY_10k`, or as the narrative prints it); value, <NA> where the report gives no usable figure;
        status, status_detail, locator.
        `scope` is `all` where both forms count the same thing, else the form's code, `statistics` or
        `narrative`; `series` names what may be added or joined by a line: only rows of one series may.
        `period` and `approximate` are the narrative's.

    Source: Regulations on Open Government Information (2019), art. 20; 国办公开办函〔2019〕60号 and
    〔2021〕30号, table 2; 国办发〔2014〕32号. Of the narrative only the stated overall total is counted.
    """
    parts = [_table_rows(tables), _statistics_rows(tables), _narrative_rows(tables)]
    return located(pd.concat(parts, ignore_index=True), tables, VOLUME)


def _table_rows(tables: Tables) -> pd.DataFrame:
    rows = tables.disclosure.drop(columns=["article", "raw", "printed"])
    form = rows["report_id"].map(tables.reports.set_index("report_id")["form"].to_dict()).astype("string")
    labels = [
        figure_labels(str(code), "disclosure", item, measure)
        for code, item, measure in zip(form, rows["item"], rows["measure"], strict=True)
    ]
    comparable = rows["measure"].isin(COMPARABLE)
    scope = form.mask(comparable, "all")
    return rows.assign(
        origin="table",
        scope=scope,
        series=scope + "." + rows["item"] + "." + rows["measure"],
        item_label=[left for left, _ in labels],
        measure_label=[top for _, top in labels],
    )


def _statistics_rows(tables: Tables) -> pd.DataFrame:
    rows = tables.statistics[tables.statistics["line"].isin(STATISTICS_LINES)]
    return rows.drop(columns=["parent", "raw", "printed", "label"]).assign(
        origin="statistics",
        scope="statistics",
        series="statistics." + rows["line"],
        item=rows["line"],
        item_label=rows["label"],
        measure=rows["line"],
        measure_label=rows["label"],
    )


def _narrative_rows(tables: Tables) -> pd.DataFrame:
    rows = tables.mentions[tables.mentions["measure"] == "disclosed"]
    return rows[["report_id", "measure", "value", "unit", "approximate", "period"]].assign(
        origin="narrative",
        scope="narrative",
        series="narrative.disclosed." + rows["period"].fillna("other"),
        item="disclosed",
        item_label=rows["evidence"],
        measure_label=rows["evidence"],
    )
