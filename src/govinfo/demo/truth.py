"""What a made-up report truly says, as rows of the data contract."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from govinfo.definitions.demo import made_up
from govinfo.definitions.form import Block, Column, FormTable, Line
from govinfo.demo.figures import cells_of
from govinfo.demo.paper import Paper
from govinfo.tables import FIGURE_KEYS, SCHEMA
from govinfo.text import squeeze

Row = dict[str, Any]
ID_LENGTH = 16


def truth_rows(
    paper: Paper, source: str, format: str, data: bytes, *, grid: bool, posted: bool
) -> dict[str, list[Row]]:
    """The rows of every table of the contract that the report in `data` truly gives.

    Parameters
    ----------
    source : where the file stands below the raw folder.
    grid : whether its layout shows in which column a figure stands; a figure is then `read`, else `aligned`.
    posted : whether it prints, beside the date of its signature, the date on which it was posted.

    Returns
    -------
    Rows by table. Locators are null: only a reader can say them. Of a line that was damaged in print the
    rows say what the line said before.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    report_id = sha256[:ID_LENGTH]
    rows: dict[str, list[Row]] = {name: [] for name in SCHEMA}
    cells = _figure_rows(paper, grid)
    for name, figures in cells.items():
        rows[name] = figures
    asked = sum(len(figures) for figures in cells.values())
    there = sum(figure["status"] != "missing" for figures in cells.values() for figure in figures)
    for name, found in _narrative_rows(paper).items():
        rows[name] = found
    rows["reports"] = [
        {
            "source": source,
            "format": format,
            "form": paper.year.form.code,
            "level": "township",
            "issuer": _issuer(paper),
            "township": paper.township.name,
            "county": paper.county.name,
            "city": paper.county.city,
            "province": paper.county.province,
            "year": paper.year.year,
            "published_on": paper.posted if posted else paper.published,
            "title": squeeze("".join(paper.title)),
            "counted": True,
            "note": made_up("note"),
            "status": "complete" if there == asked else "partial",
            "cells_expected": asked,
            "cells_found": there,
            "sha256": sha256,
        }
    ]
    return {name: [{"report_id": report_id, **row} for row in found] for name, found in rows.items()}


def _figure_rows(paper: Paper, grid: bool) -> dict[str, list[Row]]:
    """The rows of the tables of figures."""
    rows: dict[str, list[Row]] = {}
    for table, (block, line, column) in [(item, cell) for item in paper.year.form.tables for cell in cells_of(item)]:
        truth = paper.tables[table.name].truths[line.code, column.key]
        status = truth.status if grid or truth.status != "read" else "aligned"
        value = float(truth.value) if isinstance(truth.value, Decimal) else truth.value
        said = {"value": value, "raw": truth.raw, "status": status, "status_detail": truth.detail}
        rows.setdefault(table.name, []).append({**_keys(table, block, line, column), **said})
    return rows


def cell_codes(table: FormTable, line: Line, column: Column) -> tuple[str, str]:
    """How the contract's table names the line and the column of a cell (see FIGURE_KEYS)."""
    if column.group is not None:
        return column.group, column.code
    return line.code, (line.unit or column.code) if "unit" in FIGURE_KEYS[table.name] else column.code


def _keys(table: FormTable, block: Block, line: Line, column: Column) -> Row:
    row: Row = dict(zip(FIGURE_KEYS[table.name], cell_codes(table, line, column), strict=True))
    more = {
        "article": block.article,
        "category": line.category,
        "reason": line.reason,
        "parent": table.parent(line.code),
        "label": line.label,
        "unit": column.unit or line.unit,
    }
    return row | {name: value for name, value in more.items() if name in SCHEMA[table.name]}


def _narrative_rows(paper: Paper) -> Mapping[str, list[Row]]:
    """Sections, the figures told in them, and the points of section 五 numbered from 1 for each kind."""
    rows: dict[str, list[Row]] = {"narrative": [], "mentions": [], "problems": []}
    counts = {"problem": 0, "measure": 0}
    for order, section in enumerate(paper.sections):
        heading = None if section.heading is None else squeeze(section.heading)
        said = {"section": section.number, "role": section.role, "heading": heading, "text": section.text}
        rows["narrative"].append({"order": order, **said})
        rows["mentions"] += [
            {
                "order": order,
                "measure": told.measure,
                "category": told.category,
                "value": float(told.value),
                "unit": told.unit,
                "approximate": told.approximate,
                "period": told.period,
                "evidence": section.text[told.start : told.end],
                "start": told.start,
                "end": told.end,
            }
            for told in section.told
        ]
        for point in section.points:
            counts[point.kind] += 1
            place = {"order": order, "start": point.start, "end": point.end}
            rows["problems"].append({"kind": point.kind, "ordinal": counts[point.kind], "text": point.text, **place})
    return rows


def _issuer(paper: Paper) -> str:
    """The issuing body as the title prints it, else as the signature does."""
    title = "".join(paper.title)
    before, found, _ = title.partition(paper.township.body)
    return before + found if found else paper.township.name + paper.township.body
