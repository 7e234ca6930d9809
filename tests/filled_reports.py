"""Reports filled in by hand, for tests: every cell of a form, 0 unless said otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import pandas as pd

from govinfo.definitions.form import FormTable, forms
from govinfo.tables import FIGURE_KEYS, Tables, typed

Cell = tuple[str, str, str]  # table, line (item, channel), column (measure, applicant, result)
APPLICANTS = ("natural_person", "business", "research", "public_interest", "legal_services", "other")


def form(code: str) -> Any:
    return next(form for form in forms() if form.code == code)


def cell_keys(table: FormTable) -> list[tuple[str, str, str | None, str | None]]:
    """Line, column, unit and article of each cell, in the order of the form."""
    return [
        (column.group or line.code, column.code, column.unit, block.article)
        for block in table.blocks
        for line in block.lines
        for column in block.columns
    ]


def filled(
    code: str = "2021",
    values: Mapping[Cell, Any] | None = None,
    cells: Mapping[Cell, Mapping[str, Any]] | None = None,
    without: tuple[str, ...] = (),
    **report: Any,
) -> Tables:
    """One report on the form `code`; `values` sets figures, `cells` whole cells, `without` drops tables."""
    name = report.setdefault("report_id", "r1")
    frames: dict[str, list[dict[str, Any]]] = {table: [] for table in FIGURE_KEYS}
    for table in form(code).tables if code != "none" else ():
        line_name, column_name = FIGURE_KEYS[table.name]
        for number, (line, column, unit, article) in enumerate(cell_keys(table)):
            key = (table.name, line, column)
            value = (values or {}).get(key, 0)
            row = {"value": value, "raw": str(value), "status": "aligned", "locator": f"a.txt:{number + 1}"}
            if table.name == "disclosure":
                row |= {"unit": unit, "article": article}
            row |= (cells or {}).get(key, {})
            if table.name not in without:
                frames[table.name].append({"report_id": name, line_name: line, column_name: column, **row})
    said = {"source": "a.txt", "format": "txt", "form": code, "level": "township", "township": "百泉镇"}
    said |= {"county": "乌苏市", "year": 2022, "counted": True, "status": "complete", "sha256": "0" * 64}
    return Tables(
        reports=typed("reports", [said | report]),
        **{table: typed(table, rows) for table, rows in frames.items()},
    )


def together(*parts: Tables) -> Tables:
    """The reports of all parts in one set of tables."""
    return Tables(
        **{
            item.name: typed(item.name, pd.concat([getattr(part, item.name) for part in parts], ignore_index=True))
            for item in fields(Tables)
        }
    )


def lost(**more: Any) -> dict[str, Any]:
    """A cell that the report lost."""
    return {"value": None, "raw": None, "status": "missing", "locator": None} | more


def line_cells(table: str, line: str, **said: Any) -> dict[Cell, dict[str, Any]]:
    """The same said of each cell of one line of the 2021 form."""
    return {
        (table, found, column): dict(said)
        for found, column, *_ in cell_keys(form("2021").table(table))
        if found == line
    }
