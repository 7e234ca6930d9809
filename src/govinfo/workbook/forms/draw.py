"""Drawing a form on a sheet: its texts, widths, heights, checks and their colours, protection and print set-up."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from govinfo.definitions.rules import rules
from govinfo.definitions.wording import say, words
from govinfo.workbook.contents import KEY as CONTENTS
from govinfo.workbook.contents import link
from govinfo.workbook.forms.grid import Area, Check, Grid, Key, Told
from govinfo.workbook.forms.looks import fill
from govinfo.workbook.forms.relations import difference, difference_formula
from govinfo.workbook.pages import Drawing, put_formula
from govinfo.workbook.sheets import set_page
from govinfo.workbook.style import clean_text, display_width

_NARROW, _CHECKS = 9.4, 11.0
_LINE, _LEAST = 15.0, 16.0
# a row cannot be higher in any program
_TALLEST = 400.0
# A comment shows so much of its text at once; the rest is there to scroll to.
_COMMENT_WIDTH, _COMMENT_LINE, _COMMENT_MOST = 340, 18, 400
_MOST_COMMENT = 2_000
_RED_FILL = PatternFill(bgColor="FFC7CE")
_AMBER_FILL = PatternFill(bgColor="FFEB9C")


def top_of(notice: str | None) -> int:
    """The row in which the first table of a form begins: title, two remarks and the legend stand above it."""
    return 6 + bool(notice)


def widths_of(grid: Grid) -> list[float]:
    """The widths of the columns of a form's sheet, that of the checks last."""
    return [_NARROW] * grid.width + [_CHECKS]


def draw_above(drawing: Drawing, grid: Grid, title: str, remarks: Sequence[tuple[str, str]]) -> int:
    """Write notice, title, the way back and two remarks (text and style); the row of the legend."""
    page, width = drawing.page, grid.width + 1
    for number, size in enumerate(widths_of(grid), start=1):
        page.column_dimensions[get_column_letter(number)].width = size
    row = 1
    if drawing.notice:
        fill(page, Area(row, 1, 1, width), drawing.notice, "notice")
        page.row_dimensions[row].height = 26
        row += 1
    fill(page, Area(row, 1, 1, width - 2), title, "form_title")
    page.row_dimensions[row].height = 26
    link(drawing, row, width - 1, CONTENTS)
    fill(page, Area(row, width - 1, 1, 2), say("forms", "back"), "form_back")
    page.freeze_panes = f"A{row + 1}"
    page.print_title_rows = f"1:{row}"
    for text, style in remarks:
        row += 1
        fill(page, Area(row, 1, 1, width), text, style)
        page.row_dimensions[row].height = height_of(text, sum(widths_of(grid)) * 1.1)
    return row + 1


def draw_form(drawing: Drawing, grid: Grid, values: Mapping[Key, Any]) -> None:
    """Write the form's titles, heads and labels, and its checks with their results for `values`; not the figures."""
    page = drawing.page
    for text in grid.texts:
        fill(page, text.area, text.text or None, f"form_{text.kind}")
    for told in grid.told:
        _tell(page, told)
    for check in grid.checks:
        spots = [
            [(grid.figures[key].row, grid.figures[key].column) for key in side]
            for side in (check.relation.left, check.relation.right)
        ]
        fill(page, check.area, None, "form_check")
        unknown = say("forms", "unknown")
        formula = difference_formula(spots[0], spots[1], unknown)
        put_formula(drawing, check.area.row, check.area.column, formula, difference(check.relation, values, unknown))
    for row, height in _heights(grid).items():
        page.row_dimensions[row].height = height
    _color_checks(page, grid.checks)


def finish(drawing: Drawing, grid: Grid, last: int) -> None:
    """Print set-up and protection of a form's sheet of which `last` is the last row."""
    page = drawing.page
    set_page(page, drawing.notice)
    # each table on a page of its own, as far as it fits
    for row in list(grid.starts.values())[1:]:
        page.row_breaks.append(Break(id=row - 1))
    page.print_area = f"A1:{get_column_letter(grid.width + 1)}{last}"
    protect(page)


def protect(page: Worksheet) -> None:
    """Only unlocked cells can be changed, without a password; looks, widths and filters can be."""
    lock = page.protection
    lock.sheet = True
    lock.formatCells = lock.formatColumns = lock.formatRows = lock.autoFilter = lock.sort = False


def height_of(text: str, width: float, least: float = _LEAST) -> float:
    """The height of a row that shows this text whole, wrapped in an area of this width."""
    lines = sum(max(1, math.ceil(display_width(part) / max(width - 1.0, 1.0))) for part in text.split("\n"))
    return min(max(lines * _LINE + 3.0, least), _TALLEST)


def comment(text: str) -> Comment:
    """A comment as large as its text, within bounds."""
    text = clean_text(ILLEGAL_CHARACTERS_RE.sub("", text))[:_MOST_COMMENT]
    lines = sum(math.ceil(max(display_width(part), 1) / 46) for part in text.split("\n"))
    return Comment(text, "govinfo", height=min(lines * _COMMENT_LINE + 12, _COMMENT_MOST), width=_COMMENT_WIDTH)


def color_texts(page: Worksheet, ranges: str) -> None:
    """Make cells amber in which a text stands where a sum should be."""
    first = ranges.split(":")[0].split(" ")[0]
    page.conditional_formatting.add(ranges, _rule(f"ISTEXT({first})", _AMBER_FILL, Font(color="9C5700", italic=True)))


def _tell(page: Worksheet, told: Told) -> None:
    if told.equation is None:
        fill(page, told.area, say("forms", "check_head"), "form_head")
        return
    rule = rules().get(told.equation.rule)
    holds = rule.holds.zh if rule else told.equation.formula
    short = told.area.columns == 1
    fill(page, told.area, words("forms")["told_short"] if short else say("forms", "told", holds=holds), "form_told")
    if short:
        page.cell(told.area.row, told.area.column).comment = comment(holds)


def _color_checks(page: Worksheet, checks: Sequence[Check]) -> None:
    """Red where a difference is not 0, in runs of neighbours: a rule speaks of its first cell."""
    runs: list[list[Area]] = []
    for check in checks:
        before = runs[-1][-1] if runs else None
        area = check.area
        if before is not None and (area.row, area.column) in _next_to(before):
            runs[-1].append(area)
        else:
            runs.append([area])
    for run in runs:
        first, last = run[0], run[-1]
        end = f"{get_column_letter(last.column + last.columns - 1)}{last.row}"
        broken = f"AND(ISNUMBER({first.address}),{first.address}<>0)"
        rule = _rule(broken, _RED_FILL, Font(color="C00000", bold=True))
        page.conditional_formatting.add(f"{first.address}:{end}", rule)


def _rule(formula: str, filled: PatternFill, font: Font) -> Rule:
    """A rule that colours a cell where the formula holds."""
    return Rule(type="expression", formula=[formula], dxf=DifferentialStyle(fill=filled, font=font))


def _next_to(area: Area) -> tuple[tuple[int, int], tuple[int, int]]:
    return (area.row, area.column + area.columns), (area.row + 1, area.column)


def _heights(grid: Grid) -> dict[int, float]:
    """The height of each row, so that every text of the form is whole."""
    areas = [(text.text, text.area) for text in grid.texts]
    areas += [(_told_text(told), told.area) for told in grid.told]
    small = {told.area for told in grid.told if told.equation is not None}
    heights = dict.fromkeys(range(min(area.row for _, area in areas), grid.last + 1), _LEAST)
    widths = widths_of(grid)
    for text, area in sorted(areas, key=lambda one: one[1].rows):
        width = sum(widths[area.column - 1 : area.column - 1 + area.columns])
        width *= 1.2 if area in small else 1.0
        need = height_of(text, width)
        rows = range(area.row, area.row + area.rows)
        lacking = need - sum(heights[row] for row in rows)
        for row in rows if lacking > 0 else ():
            heights[row] += lacking / area.rows
    return heights


def _told_text(told: Told) -> str:
    if told.equation is None or told.area.columns == 1:
        return say("forms", "check_head")
    return say("forms", "told", holds=rules()[told.equation.rule].holds.zh) if told.equation.rule in rules() else ""
