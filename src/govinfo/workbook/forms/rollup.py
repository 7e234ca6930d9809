"""The sums of a county's townships in the layout of the official form, each a formula."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from govinfo.definitions.wording import say, words
from govinfo.tables import LISTED
from govinfo.workbook.forms.chosen import County, named_sheets
from govinfo.workbook.forms.draw import (
    color_texts,
    comment,
    draw_above,
    draw_form,
    finish,
    height_of,
    top_of,
    widths_of,
)
from govinfo.workbook.forms.each import each_key, figure_rows
from govinfo.workbook.forms.grid import Area
from govinfo.workbook.forms.looks import fill
from govinfo.workbook.forms.sums import is_summed, joined, lacking_text, sum_formula, sum_value, sums_of
from govinfo.workbook.forms.township import form_name, left_out_reason, place_name
from govinfo.workbook.names import quoted
from govinfo.workbook.pages import Drawing, Page, put_formula


def rollup_pages(counties: Sequence[County]) -> Iterator[Page]:
    """A page for each county."""
    for county, name in named_sheets(counties, "sheet_rollup"):
        holds = say("forms", "holds_rollup", county=county.name, year=county.year, form=form_name(county.form))
        yield Page(rollup_key(county), name, holds, partial(_draw, county))


def rollup_key(county: County) -> str:
    """The key of the page with a county's sums."""
    return f"rollup:{county.name}"


def _draw(county: County, drawing: Drawing) -> None:
    page, sums = drawing.page, sums_of(county, top_of(drawing.notice))
    grid = sums.grid
    each = drawing.names[each_key(county)]
    title = say("forms", "rollup_title", county=county.name, year=county.year)
    form = "rollup_form_list" if grid.form.table(LISTED) else "rollup_form"
    scope = "\n".join(scope_lines(county))
    remarks = ((scope, "form_note"), (say("forms", form, form=form_name(grid.form), sheet=each), "form_note"))
    row = draw_above(drawing, grid, title, remarks)
    mixed = words("forms")["rollup_partial"]
    fill(page, Area(row, 1, 1, grid.width + 1), mixed, "form_note")
    page.row_dimensions[row].height = height_of(mixed, sum(widths_of(grid)))
    values = {key: sum_value(sums, key) if is_summed(key) else words("forms")["no_sum"] for key in grid.figures}
    draw_form(drawing, grid, values if sums.townships else {})
    rows = figure_rows(county, drawing.notice)
    for key, area in grid.figures.items():
        if not is_summed(key) or not sums.townships:
            fill(page, area, values[key] if sums.townships else None, "form_no_sum")
            if sums.townships:
                page.cell(area.row, area.column).comment = comment(words("forms")["no_sum_comment"])
            continue
        fill(page, area, None, f"form_sum_{grid.numbers[key]}")
        put_formula(drawing, area.row, area.column, sum_formula(sums, key, quoted(each), rows[key]), values[key])
        lacking = lacking_text(sums, key)
        if lacking:
            page.cell(area.row, area.column).comment = comment(lacking)
        color_texts(page, area.address)
    finish(drawing, grid, grid.last)


def scope_lines(county: County) -> Iterator[str]:
    """Which townships are added up, which are not and why, and that they are not the whole county."""
    names = [str(report.record["township"]) for report in county.summed]
    if names:
        # every one of them, however many: what a sum is of must not be guessed
        yield say("forms", "rollup_of", n=len(names), names=say("forms", "join").join(names))
    else:
        yield words("forms")["rollup_none"]
    left = [
        say("forms", "rollup_left_one", name=place_name(report), reason=left_out_reason(report, county))
        for report in county.reports
        if report.left_out is not None
    ]
    if left:
        yield say("forms", "rollup_left", names=say("forms", "join").join(left))
    if county.absent:
        yield say("forms", "rollup_absent", year=county.year, names=joined(county.absent))
    if county.undated:
        yield say("forms", "rollup_undated", year=county.year, names=joined(county.undated))
    if county.unlisted:
        yield say("forms", "rollup_unlisted", year=county.year, names=joined(county.unlisted))
    if county.unseen:
        said = {"year": county.year, "n": len(county.unseen), "names": joined(county.unseen)}
        yield say("forms", "rollup_unseen", **said)
    yield words("forms")["rollup_scope"]
