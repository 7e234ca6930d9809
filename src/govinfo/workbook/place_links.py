"""Links from a township's name to the sheet with its figures."""

from __future__ import annotations

from collections.abc import Iterable

from govinfo.sheet_text import FORMULA_SIGNS
from govinfo.workbook.contents import link
from govinfo.workbook.forms.chosen import report_key
from govinfo.workbook.pages import Drawing


def link_reports(drawing: Drawing, spots: Iterable[tuple[int, int, str | None]]) -> None:
    """Make cells links to the sheets of reports; `spots` are row, column and `report_id`.

    Only reports on the workbook's year have a sheet; the other cells stay as they are.
    """
    for row, column, report_id in spots:
        key = None if report_id is None else report_key(report_id)
        # a text that could be taken for a formula keeps the mark that it is none
        if key in drawing.names and not str(drawing.page.cell(row, column).value).startswith(FORMULA_SIGNS):
            link(drawing, row, column, str(key))
