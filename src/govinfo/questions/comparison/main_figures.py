"""The few figures by which a year is judged: requests, documents, decisions, money, disputes."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from govinfo.definitions.form import Form, forms
from govinfo.questions.areas import township_reports_by_area
from govinfo.questions.frames import shaped
from govinfo.questions.volume.disclosure_volume import COMPARABLE
from govinfo.tables import CORRECTED, FIGURE_KEYS, LISTED, Tables


@dataclass(frozen=True, slots=True)
class MainFigure:
    """A figure: its cell in the tables, and its unit (a code of the contract, or as the statistics table prints it).

    `scope` is `all` where every form that has it counts the same thing, else the code of its one form.
    """

    table: str
    line: str
    column: str
    unit: str
    scope: str = "all"

    @property
    def code(self) -> str:
        """What tells it from the others."""
        return f"{self.scope}.{self.table}.{self.line}.{self.column}"


# table, line, column; the forms tell the units, and which of them have it
_CHOSEN = (
    ("requests", "new", "total"),
    ("requests", "carried_over", "total"),
    ("requests", "total", "total"),
    ("requests", "carried_forward", "total"),
    ("disclosure", "normative_documents", "issued"),
    ("disclosure", "normative_documents", "in_force"),
    ("disclosure", "normative_documents", "made"),
    ("disclosure", "administrative_licensing", "decisions"),
    ("disclosure", "administrative_penalties", "decisions"),
    ("disclosure", "administrative_coercion", "decisions"),
    ("disclosure", "administrative_fees", "amount"),
    ("disclosure", "government_procurement", "amount"),
    ("disputes", "reconsideration", "total"),
    ("disputes", "litigation_direct", "total"),
    ("disputes", "litigation_after_reconsideration", "total"),
    (LISTED, "disclosed", "value"),
    (LISTED, "requests_received", "value"),
    (LISTED, "requests_completed", "value"),
)
_UNIT = "documents"
FIGURES = {
    **dict.fromkeys(("report_id", "area", "township"), "string"),
    "year": "Int16",
    **dict.fromkeys(("form", "figure"), "string"),
    "value": "Float64",
    "status": "string",
}


def main_figures() -> tuple[MainFigure, ...]:
    """The main figures in the order of the form; one that forms count differently stands once for each of them."""
    found: dict[str, MainFigure] = {}
    for table, line, column in _CHOSEN:
        for form in reversed(forms()):
            unit = _unit(form, table, line, column)
            if unit is not None:
                alike = table in ("requests", "disputes") or column in COMPARABLE
                one = MainFigure(table, line, column, unit, "all" if alike else form.code)
                found.setdefault(one.code, one)
    return tuple(found.values())


def figures_of_reports(tables: Tables) -> pd.DataFrame:
    """The main figures of each counted report of a township whose county, name and year are told.

    Returns
    -------
    DataFrame, one row per report and main figure that its form has
        report_id, area, township, year, form; figure (`MainFigure.code`); value, <NA> where the report gives no usable
        figure; status, that of the contract, or `corrected` where the register changed the figure.
    """
    reports = township_reports_by_area(tables)
    rows = main_cells(tables, reports.assign(_place=range(len(reports))))
    return shaped(rows.sort_values(["_place", "_rank"], kind="stable"), FIGURES)


def main_cells(tables: Tables, reports: pd.DataFrame) -> pd.DataFrame:
    """The cells of the main figures in these reports, as far as their forms have them.

    Parameters
    ----------
    reports : report_id, form, and what else is wanted of each report.

    Returns
    -------
    DataFrame, one row per report and main figure, in no order
        the columns of `reports` and those of a cell (value as Float64; status, `corrected` where the register changed
        the figure); figure (`MainFigure.code`), table, line, column, unit; `_rank`, the figure's place on the form.
    """
    rows = pd.concat([_cells(tables, reports, table) for table in FIGURE_KEYS], ignore_index=True)
    rank = {figure.code: number for number, figure in enumerate(main_figures())}
    return rows.assign(_rank=rows["figure"].map(rank))


def _cells(tables: Tables, reports: pd.DataFrame, table: str) -> pd.DataFrame:
    """The cells of the main figures that stand in one table."""
    line, column = FIGURE_KEYS[table]
    cells: pd.DataFrame = getattr(tables, table)
    if table == LISTED:
        cells = cells.assign(**{column: "value"})
    wanted = [figure for figure in main_figures() if figure.table == table]
    asked = pd.DataFrame(
        [(one.line, one.column, one.scope, one.code, one.table, one.unit) for one in wanted],
        columns=[line, column, "scope", "figure", "table", "own_unit"],
    ).astype("string")
    rows = cells[cells[line].isin(asked[line])].merge(asked, on=[line, column]).merge(reports, on="report_id")
    rows = rows[(rows["scope"] == "all") | (rows["scope"] == rows["form"])]
    corrected = rows["status_detail"].str.startswith(CORRECTED).fillna(False).astype(bool)
    return rows.assign(
        status=rows["status"].mask(corrected, "corrected"),
        value=rows["value"].astype("Float64"),
        line=rows[line],
        column=rows[column],
        unit=rows["own_unit"],
    )


def forms_with(figure: MainFigure) -> tuple[Form, ...]:
    """The forms that have the figure in this meaning, newest first."""
    return tuple(
        form
        for form in forms()
        if figure.scope in ("all", form.code) and _unit(form, figure.table, figure.line, figure.column) is not None
    )


def _unit(form: Form, table: str, line: str, column: str) -> str | None:
    """The unit of a cell of that form; None where the form has no such cell."""
    sheet = form.table(table)
    for block in sheet.blocks if sheet is not None else ():
        for one in block.lines:
            for head in block.columns:
                if (head.group or one.code, "value" if table == LISTED else head.code) == (line, column):
                    return one.unit or head.unit or _UNIT
    return None
