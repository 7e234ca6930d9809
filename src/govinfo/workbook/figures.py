"""The main figures: one row per township and year with the main figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from govinfo.definitions.labels import form_of
from govinfo.definitions.wording import say, words
from govinfo.questions.coverage import coverage
from govinfo.tables import CORRECTED, FIGURE_KEYS, LISTED, Tables
from govinfo.workbook.sheets import Entry, Head, Sheet

_OPEN = ("ambiguous", "unreadable", "missing")
# figures with a colour of their own; `corrected` is what the register of corrections has changed
_MARKED = ("repaired", "corrected")
_NOT_ABOVE = ("township", "unknown")


@dataclass(frozen=True, slots=True)
class Figure:
    """One main figure: the head's key in the wording, and its cell in the tables."""

    head: str
    table: str
    line: str
    column: str
    style: str = "whole"


# Documents are counted differently by the forms, and the statistics table asks after other things than they do, so
# each form's count has a column of its own.
FIGURES = (
    Figure("head_new", "requests", "new", "total"),
    Figure("head_carried_over", "requests", "carried_over", "total"),
    Figure("head_decided", "requests", "total", "total"),
    Figure("head_carried_forward", "requests", "carried_forward", "total"),
    Figure("head_issued", "disclosure", "normative_documents", "issued"),
    Figure("head_in_force", "disclosure", "normative_documents", "in_force"),
    Figure("head_made", "disclosure", "normative_documents", "made"),
    Figure("head_licences", "disclosure", "administrative_licensing", "decisions"),
    Figure("head_penalties", "disclosure", "administrative_penalties", "decisions"),
    Figure("head_fees", "disclosure", "administrative_fees", "amount", "amount"),
    Figure("head_procurement", "disclosure", "government_procurement", "amount", "amount"),
    Figure("head_old_disclosed", LISTED, "disclosed", "value"),
    Figure("head_old_received", LISTED, "requests_received", "value"),
    Figure("head_old_completed", LISTED, "requests_completed", "value"),
)

Cells = Mapping[tuple[str, str, str, str], tuple[Any, str]]


def figures_sheet(tables: Tables, counted: str, data_date: str) -> Sheet:
    """The sheet 主要数字. Only reports that count have a row; a figure without a value shows its status.

    Parameters
    ----------
    tables : Tables
        All tables.
    counted, data_date : str
        How many reports stand behind the workbook, and of what date, in words.
    """
    kept = tables.select()
    frame = coverage(kept)
    areas = kept.reports.set_index("report_id")
    figures = _figures(kept)
    cells = _cells(kept, figures)
    rows = [_row(record, areas.loc[record["report_id"]], figures, cells) for record in frame.to_dict("records")]
    remarks = [
        say("workbook", "figures_unit"),
        say("workbook", "figures_source", counted=counted, date=data_date),
    ]
    zeros = _all_zero(frame, figures, cells)
    if zeros:
        names = say("workbook", "join").join(one_line(head) for head in zeros)
        remarks.append(say("workbook", "figures_zero", names=names))
    return Sheet(
        name=say("workbook", "sheet_figures"),
        title=say("workbook", "figures_title"),
        remarks=tuple(remarks),
        heads=_heads(figures),
        rows=tuple(rows),
        empty=say("workbook", "nothing"),
        frozen=3,
    )


def one_line(head: str) -> str:
    """The words of a head of the main figures, its unit on the same line."""
    return say("workbook", head).replace("\n", "")


def _figures(tables: Tables) -> tuple[Figure, ...]:
    """The figures that have a column: those of the statistics table only where a report has it."""
    return tuple(figure for figure in FIGURES if figure.table != LISTED or len(tables.statistics))


def _heads(figures: Sequence[Figure]) -> tuple[Head, ...]:
    text = words("workbook")
    return (
        Head(text["head_area"], 12, 16),
        Head(text["head_township"], 11, 14),
        Head(text["head_year"], 6.5, 7),
        Head(text["head_form"], 10, 11),
        Head(text["head_status"], 7, 9),
        Head(text["head_found"], 6.5, 7),
        Head(text["head_expected"], 6.5, 7),
        *(Head(text[figure.head], 9, 9) for figure in figures),
        Head(text["head_errors"], 6.5, 7),
        Head(text["head_warnings"], 6.5, 7),
        Head(text["head_infos"], 6.5, 7),
        Head(text["head_note"], 10, 22),
        Head(text["head_source"], 12, 26),
    )


def _row(
    record: Mapping[Any, Any], report: pd.Series[Any], figures: Sequence[Figure], cells: Cells
) -> tuple[Entry, ...]:
    codes = words("codes")
    area = "".join(str(report[name]) for name in ("province", "city", "county") if pd.notna(report[name]))
    year = record["year"]
    return (
        Entry(area or None),
        place_entry(record["township"], report["level"]),
        Entry(say("workbook", "unknown_year"), "word") if pd.isna(year) else Entry(int(year), "year"),
        Entry(codes.get(f"form_{record['form']}", record["form"]), "middle"),
        Entry(codes.get(f"report_{record['status']}", record["status"]), "middle"),
        Entry(record["cells_found"], "whole"),
        Entry(record["cells_expected"], "whole"),
        *(_figure(figure, record, cells) for figure in figures),
        *(_count(record[f"{severity}s"], severity) for severity in ("error", "warning", "info")),
        Entry(None if pd.isna(record["note"]) else str(record["note"])),
        Entry(None if pd.isna(record["source"]) else str(record["source"])),
    )


def place_entry(township: Any, level: Any) -> Entry:
    """A township's cell; of a county's own report and those above it the level, in words; else that it is not told."""
    if pd.notna(township):
        return Entry(str(township))
    return Entry(level_name(level) or say("workbook", "unknown_place"), "word")


def level_name(level: Any) -> str | None:
    """What a body above the townships is called; None for a township and where the level is not known."""
    return None if pd.isna(level) or level in _NOT_ABOVE else say("codes", f"level_{level}")


def _count(number: Any, severity: str) -> Entry:
    return Entry(int(number), severity if number else "whole")


def _figure(figure: Figure, record: Mapping[Any, Any], cells: Cells) -> Entry:
    """The figure, or the word for why there is none."""
    found = cells.get((record["report_id"], figure.table, figure.line, figure.column))
    if found is None:
        known = form_of(str(record["form"])) is not None
        return Entry(say("workbook", "not_on_form") if known else say("codes", "form_none"), "word")
    value, status = found
    if pd.isna(value):
        return Entry(say("codes", f"status_{status}"), "word_open" if status in _OPEN else "word")
    number = float(value)
    mark = f"_{status}" if status in _MARKED else ""
    return Entry(int(number) if figure.style == "whole" else number, f"{figure.style}{mark}")


def _cells(tables: Tables, figures: Sequence[Figure]) -> Cells:
    """Value and status (`corrected` where it was) of these cells, by report, table, line and column."""
    found: dict[tuple[str, str, str, str], tuple[Any, str]] = {}
    for table in dict.fromkeys(figure.table for figure in figures):
        line, column = FIGURE_KEYS[table]
        frame: pd.DataFrame = getattr(tables, table)
        if table == LISTED:
            frame = frame.assign(**{column: "value"})
        wanted = {(figure.line, figure.column) for figure in figures if figure.table == table}
        rows = frame[frame[line].isin({key[0] for key in wanted})]
        corrected = rows["status_detail"].str.startswith(CORRECTED).fillna(False).to_numpy(dtype=bool)
        statuses = rows["status"].mask(corrected, "corrected")
        for report_id, own_line, own_column, value, status in zip(
            rows["report_id"], rows[line], rows[column], rows["value"], statuses, strict=True
        ):
            if (own_line, own_column) in wanted:
                found[report_id, table, own_line, own_column] = (value, status)
    return found


def _all_zero(frame: pd.DataFrame, figures: Sequence[Figure], cells: Cells) -> list[str]:
    """The heads of figures that every report has, and has as 0."""
    heads = []
    for figure in figures:
        values = [
            cells.get((report_id, figure.table, figure.line, figure.column), (pd.NA, ""))[0]
            for report_id in frame["report_id"]
        ]
        if values and all(pd.notna(value) and value == 0 for value in values):
            heads.append(figure.head)
    return heads
