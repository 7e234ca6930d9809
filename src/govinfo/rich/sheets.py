"""The tables of one report in the layout of the official form, each figure with its status and its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import pandas as pd

from govinfo.definitions.figure_keys import CORRECTED, FIGURE_KEYS, LISTED
from govinfo.definitions.form import FormTable
from govinfo.definitions.labels import form_of
from govinfo.definitions.sheet import SheetRow, Span, sheet, spans
from govinfo.definitions.wording import say, words
from govinfo.rich.parts import LEFT, ground, paragraph

_LOST = ("ambiguous", "unreadable", "missing")
Record = Mapping[Any, Any]


def form_tables(frames: Mapping[str, pd.DataFrame], report: Record) -> Iterator[str]:
    """The tables of the report's form, one after another; none for a report that follows no form."""
    form = form_of(str(report["form"]))
    for table in form.tables if form is not None else ():
        cells = frames[table.name]
        cells = cells[cells["report_id"] == report["report_id"]]
        if len(cells):
            yield paragraph(table.title, "head") + _drawn(table, _by_key(cells, table.name))


def _by_key(cells: pd.DataFrame, name: str) -> dict[tuple[str, str], Record]:
    """The figures by line and column of the form; those of a list by line alone."""
    line, column = FIGURE_KEYS[name]
    return {(str(row[line]), "" if name == LISTED else str(row[column])): row for row in cells.to_dict("records")}


def _drawn(table: FormTable, figures: Mapping[tuple[str, str], Record]) -> str:
    rows = sheet(table, {})
    places = dict(_places(table, rows))
    lines: list[list[str]] = [[] for _ in rows]
    for span in spans(rows):
        key = places.get((span.row, span.column))
        lines[span.row].append(_label(span, rows[span.row]) if key is None else _figure(span, figures.get(key)))
    body = "".join(f"<tr>{''.join(cells)}</tr>" for cells in lines)
    return f'<div class="box"><table><tbody>{body}</tbody></table></div>'


def _places(table: FormTable, rows: tuple[SheetRow, ...]) -> Iterator[tuple[tuple[int, int], tuple[str, str]]]:
    """Row and column of the sheet, and line and column of the form, of each figure."""
    blocks = {line.code: block for block in table.blocks for line in block.lines}
    for number, row in enumerate(rows):
        if row.line is not None:
            for at, column in enumerate(blocks[row.line.code].columns):
                key = (column.group or row.line.code, "" if table.name == LISTED else column.code)
                yield (number, row.first + at), key


def _label(span: Span, row: SheetRow) -> str:
    tag = "td" if row.line is None and not row.head and not span.text else "th"
    return f"<{tag}{LEFT}{_size(span)}>{escape(span.text)}</{tag}>"


def _size(span: Span) -> str:
    """How many rows and columns the cell takes, where that is more than one."""
    size = f' rowspan="{span.rows}"' if span.rows > 1 else ""
    return size + (f' colspan="{span.columns}"' if span.columns > 1 else "")


def _figure(span: Span, row: Record | None) -> str:
    """The number, marked and coloured where it is not plainly read; where there is none, the word that says why."""
    if row is None:
        return f"<td{_size(span)}></td>"
    status = str(row["status"])
    corrected = bool(pd.notna(row["status_detail"])) and str(row["status_detail"]).startswith(CORRECTED)
    state: str = "corrected" if corrected else status
    told: str = say("rich", "status_corrected") if corrected else words("codes")[f"status_{status}"]
    kind = state if state in ("repaired", "corrected") else "lost" if status in _LOST else ""
    if pd.isna(row["value"]):
        kind, text = kind or "none", told
    else:
        mark = say("rich", f"mark_{state}") if state in ("repaired", "corrected") else ""
        text = f"{row['value']:.10g}{mark}" if isinstance(row["value"], float) else f"{row['value']}{mark}"
    tip = [told, *(say("rich", name, value=row[name]) for name in ("raw", "locator") if pd.notna(row[name]))]
    if pd.notna(row["status_detail"]) and not corrected:
        tip.append(str(row["status_detail"]))
    told = escape(say("rich", "gap").join(tip))
    return f'<td class="n {kind}"{ground(kind)}{_size(span)} title="{told}">{escape(text)}</td>'
