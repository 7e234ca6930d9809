"""The tables that are exported: those of the data contract, and the codes of the forms with their printed labels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from govinfo.definitions.form import forms
from govinfo.definitions.labels import Spot, column_spot, line_spot
from govinfo.tables import FIGURE_KEYS, LISTED, SCHEMA, Tables

CODES = "codes"
EXPORTED: Mapping[str, Mapping[str, str]] = {
    **SCHEMA,
    CODES: {
        **dict.fromkeys(("table", "column", "code", "form", "label"), "string"),
        "rank": "Int32",
    },
}


def tidy_frames(tables: Tables) -> dict[str, pd.DataFrame]:
    """Each exported table by name, with the columns and dtypes of EXPORTED."""
    return {**{name: getattr(tables, name) for name in SCHEMA}, CODES: _codes()}


def _codes() -> pd.DataFrame:
    rows = pd.DataFrame(_code_rows(), columns=list(EXPORTED[CODES])).drop_duplicates(ignore_index=True)
    return rows.astype({name: pd.api.types.pandas_dtype(dtype) for name, dtype in EXPORTED[CODES].items()})


def _code_rows() -> Iterator[tuple[str, str, str, str, str, int]]:
    """Table, column, code, form, label and place of each code; forms in order, as printed."""
    for form in forms():
        for table in form.tables:
            line_name, column_name = FIGURE_KEYS[table.name]
            for block in table.blocks:
                for line in block.lines:
                    for column in block.columns:
                        own = column.group or line.code
                        yield _row(table.name, line_name, own, form.code, line_spot(form.code, table.name, own))
                        if table.name != LISTED:
                            spot = column_spot(form.code, table.name, column.code)
                            yield _row(table.name, column_name, column.code, form.code, spot)


def _row(table: str, column: str, code: str, form: str, spot: Spot) -> tuple[str, str, str, str, str, int]:
    return table, column, code, form, spot.label, spot.rank
