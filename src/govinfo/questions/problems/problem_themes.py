"""What problems reports name, and what they mean to do: the statements of section 五 and their themes."""

from __future__ import annotations

import pandas as pd

from govinfo.definitions.themes import themes
from govinfo.questions.frames import PLACE, located, shaped, theme_labels
from govinfo.tables import Tables

KINDS = ("problem", "measure")
COUNTS = {"county": "string", "township": "string", "year": "Int16", "kind": "string"}
COUNTS |= {"theme": "string", "theme_label": "string", "statements": "Int64"}
STATEMENTS = {**PLACE, "kind": "string", "ordinal": "Int16", "text": "string", "themes": "string"}


def problem_themes(tables: Tables) -> pd.DataFrame:
    """How many statements name each theme, by township and year.

    Returns
    -------
    DataFrame, one row per county, township, year, kind and theme that occurs
        kind (`problem` or `measure`), theme (code), theme_label (Chinese), statements (number).
        A statement of two themes is counted under both: the numbers do not add up to statements.

    Source: section 五 of 国办公开办函〔2021〕30号; the themes are those of definitions/themes.yaml.
    """
    named = tables.problem_themes.merge(tables.reports[["report_id", "county", "township", "year"]], on="report_id")
    keys = ["county", "township", "year", "kind", "theme"]
    counts = named.groupby(keys, dropna=False).size().reset_index(name="statements")
    counts["theme_label"] = theme_labels(counts["theme"])
    counts["_theme"] = counts["theme"].map({theme.code: rank for rank, theme in enumerate(themes())})
    counts["_kind"] = counts["kind"].map({kind: rank for rank, kind in enumerate(KINDS)})
    order = ["county", "township", "year", "_kind", "_theme"]
    return shaped(counts.sort_values(order, na_position="last", kind="stable"), COUNTS)


def problem_statements(tables: Tables) -> pd.DataFrame:
    """The statements themselves, as the reports make them.

    Returns
    -------
    DataFrame, one row per statement
        report_id, county, township, year, form, kind, ordinal, text, themes (Chinese, joined by 、; <NA>
        where no theme was looked for).
    """
    keys = ["report_id", "kind", "ordinal"]
    named = tables.problem_themes.assign(themes=theme_labels(tables.problem_themes["theme"]))
    joined = named.groupby(keys, sort=False)["themes"].agg("、".join).reset_index()
    rank = tables.problems["kind"].map({kind: rank for rank, kind in enumerate(KINDS)})
    statements = tables.problems.assign(_kind=rank).sort_values(["report_id", "_kind", "ordinal"], kind="stable")
    return located(statements.merge(joined, on=keys, how="left"), tables, STATEMENTS)
