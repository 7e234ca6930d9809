"""The figures of a county's townships side by side: a row a figure of the form, a column a township, each a formula."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from govinfo.definitions.form import Form
from govinfo.definitions.labels import column_spot, line_spot
from govinfo.definitions.rules import rule_book
from govinfo.definitions.wording import say, words
from govinfo.workbook.contents import link
from govinfo.workbook.forms.chosen import County, FormReport, named_sheets
from govinfo.workbook.forms.draw import color_texts, height_of, protect, top_of
from govinfo.workbook.forms.grid import Area, Grid, Key, grid_of
from govinfo.workbook.forms.looks import fill
from govinfo.workbook.forms.marks import shown
from govinfo.workbook.forms.sums import FIRST_TOWNSHIP, Sums, is_summed, sum_value, sums_of
from govinfo.workbook.forms.township import form_name, place_name
from govinfo.workbook.names import quoted
from govinfo.workbook.pages import Drawing, Page, put_formula
from govinfo.workbook.sheets import set_page

_WIDTHS = (7.0, 52.0, 32.0, 7.0, 12.0, 9.0)
_TOWNSHIP = 10.0
# More townships than this are not squeezed into the width of one page, but stand on several, so many on each.
_PAGE, _PART = 14, 10
# how many letters a page is wide at full size, in the widest of the fonts that programs take
_PAGE_WIDTH = 108


def each_pages(counties: Sequence[County]) -> Iterator[Page]:
    """A page for each county of which a report is added up."""
    for county, name in named_sheets(counties, "sheet_each"):
        holds = say("forms", "holds_each", county=county.name, year=county.year)
        yield Page(each_key(county), name, holds, partial(_draw, county))


def each_key(county: County) -> str:
    """The key of the page with the figures of a county's townships."""
    return f"each:{county.name}"


def figure_rows(county: County, notice: str | None) -> Mapping[Key, int]:
    """The row of each figure of the form."""
    grid = grid_of(county.form, top_of(notice))
    return {key: _head_row(notice) + number for number, key in enumerate(grid.figures, start=1)}


def _head_row(notice: str | None) -> int:
    return 3 + bool(notice)


def _draw(county: County, drawing: Drawing) -> None:
    page, sums = drawing.page, sums_of(county, top_of(drawing.notice))
    head = _head_row(drawing.notice)
    others = [report for report in county.own if report.form == county.form]
    columns = FIRST_TOWNSHIP - 1 + sums.townships + len(others)
    _draw_above(drawing, county, columns)
    heads = [words("forms")[f"head_{name}"] for name in ("table", "line", "column", "unit", "sum", "known")]
    for column, text in enumerate(heads, start=1):
        fill(page, Area(head, column), text, "form_head")
    for column, report in enumerate((*county.summed, *others), start=FIRST_TOWNSHIP):
        own = report in county.own
        name = say("forms", "own_column", name=place_name(report)) if own else place_name(report)
        link(drawing, head, column, report.key)
        fill(page, Area(head, column), name, "form_head")
    page.row_dimensions[head].height = max(
        height_of(place_name(report), _TOWNSHIP, 33.0) for report in (*county.summed, *others, *county.reports)
    )
    names = _line_texts(sums.grid)
    total = quoted(drawing.names[f"rollup:{county.name}"])
    for number, (key, area) in enumerate(sums.grid.figures.items(), start=1):
        _draw_row(drawing, sums, head + number, key, names[key])
        if sums.townships and is_summed(key):
            put_formula(drawing, head + number, 5, f"={total}{area.address}", sum_value(sums, key))
    _draw_townships(drawing, sums, head, (*county.summed, *others))
    _finish(page, drawing, head, len(sums.grid.figures), columns)


def _draw_above(drawing: Drawing, county: County, columns: int) -> None:
    page, row = drawing.page, 1
    for column in range(1, columns + 1):
        width = _WIDTHS[column - 1] if column <= len(_WIDTHS) else _TOWNSHIP
        page.column_dimensions[get_column_letter(column)].width = width
    if drawing.notice:
        fill(page, Area(row, 1), drawing.notice, "notice")
        page.row_dimensions[row].height = 26
        row += 1
    fill(page, Area(row, 1), say("forms", "each_title", county=county.name, year=county.year), "form_title")
    page.row_dimensions[row].height = 26
    about = say("forms", "each_about", form=form_name(county.form))
    width = len(_WIDTHS) + _on_a_page(columns)
    fill(page, Area(row + 1, 1, 1, width), about, "form_note")
    page.row_dimensions[row + 1].height = height_of(about, sum(_WIDTHS) + _TOWNSHIP * (width - len(_WIDTHS)))


def _on_a_page(columns: int) -> int:
    """How many of the columns behind the labels are printed on one page: on all pages but the last as many."""
    townships = columns - len(_WIDTHS)
    return townships if townships <= _PAGE else math.ceil(townships / math.ceil(townships / _PART))


def _draw_row(drawing: Drawing, sums: Sums, row: int, key: Key, texts: tuple[str, str, str, str]) -> None:
    page = drawing.page
    for column, text in enumerate(texts, start=1):
        fill(page, Area(row, column), text, "form_label")
    page.row_dimensions[row].height = max(height_of(texts[1], _WIDTHS[1]), height_of(texts[2], _WIDTHS[2]))
    number = sums.grid.numbers[key]
    if not is_summed(key):
        fill(page, Area(row, 5), words("forms")["no_sum"], "form_no_sum")
    else:
        fill(page, Area(row, 5), None, f"form_sum_{number}")
    fill(page, Area(row, 6), None, "form_each_count")
    if sums.townships:
        first, last = (get_column_letter(FIRST_TOWNSHIP + at) for at in (0, sums.townships - 1))
        known = sum(isinstance(value, int | float) for value in sums.cells[key])
        put_formula(drawing, row, 6, f"=COUNT({first}{row}:{last}{row})", known)


def _draw_townships(drawing: Drawing, sums: Sums, head: int, reports: Sequence[FormReport]) -> None:
    """A column of formulas for each report; a text of its cell, like a blank, stays what it is."""
    page = drawing.page
    for column, report in enumerate(reports, start=FIRST_TOWNSHIP):
        sheet = quoted(drawing.names[report.key])
        for number, (key, area) in enumerate(sums.grid.figures.items(), start=1):
            cell = f"{sheet}{area.address}"
            value = shown(report.figures.get(key))
            fill(page, Area(head + number, column), None, f"form_each_{sums.grid.numbers[key]}")
            formula = f'=IF(ISNUMBER({cell}),{cell},{cell}&"")'
            put_formula(drawing, head + number, column, formula, "" if value is None else value)


def _finish(page: Worksheet, drawing: Drawing, head: int, rows: int, columns: int) -> None:
    end = f"{get_column_letter(columns)}{head + rows}"
    color_texts(page, f"E{head + 1}:E{head + rows}")
    set_page(page, drawing.notice)
    if columns - len(_WIDTHS) > _PAGE:
        _print_in_parts(page, columns)
    page.freeze_panes = f"{get_column_letter(FIRST_TOWNSHIP)}{head + 1}"
    page.auto_filter.ref = f"A{head}:{end}"
    page.print_area = f"A1:{end}"
    page.print_title_rows = f"{head}:{head}"
    protect(page)


def _print_in_parts(page: Worksheet, columns: int) -> None:
    """Print the townships on several pages beside each other, the labels on each, in one size."""
    own = _on_a_page(columns)
    for last in range(len(_WIDTHS) + own, columns, own):
        page.col_breaks.append(Break(id=last))
    page.print_title_cols = f"A:{get_column_letter(len(_WIDTHS))}"
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
    page.page_setup.fitToWidth = page.page_setup.fitToHeight = None
    page.page_setup.scale = int(100 * _PAGE_WIDTH / (sum(_WIDTHS) + own * _TOWNSHIP))


def _line_texts(grid: Grid) -> dict[Key, tuple[str, str, str, str]]:
    """Table, line, column and unit of each figure, in words."""
    units = _units(grid.form)
    return {
        key: (
            rule_book().tables[key[0]].zh,
            line_spot(grid.form.code, key[0], key[1]).label,
            column_spot(grid.form.code, key[0], key[2]).label,
            units[key],
        )
        for key in grid.figures
    }


def _units(form: Form) -> dict[Key, Any]:
    """The unit of each figure: that of its line or column, else 件."""
    found = {}
    for table in form.tables:
        for block in table.blocks:
            for line in block.lines:
                for column in block.columns:
                    unit = line.unit or words("codes").get(f"unit_{column.unit}", say("codes", "unit_documents"))
                    found[table.name, column.group or line.code, column.code] = unit
    return found
