"""The sums of each county's townships as a Word document, in the layout of the official form, ready to paste."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from govinfo.build.files import write_whole
from govinfo.definitions.form import FormTable
from govinfo.definitions.labels import figure_labels
from govinfo.definitions.sheet import SheetRow, sheet, spans
from govinfo.definitions.wording import say, words
from govinfo.errors import MissingFiguresError
from govinfo.questions.coverage import newest_date
from govinfo.tables import LISTED, Tables
from govinfo.workbook import Scope
from govinfo.workbook.book import edition_of
from govinfo.workbook.forms.broken import broken_sums
from govinfo.workbook.forms.chosen import County
from govinfo.workbook.forms.grid import Key
from govinfo.workbook.forms.rollup import scope_lines
from govinfo.workbook.forms.sums import Sums, is_summed, lacking_text, sum_value, sums_of
from govinfo.workbook.forms.township import form_name
from govinfo.workbook.package import timeless
from govinfo.workbook.style import clean_text

# A4 upright in twentieths of a point, with margins of 2 cm
_PAGE, _MARGIN = (11906, 16838), 1134
_WIDTH = _PAGE[0] - 2 * _MARGIN
# captions and figures of a table; the last column of labels takes what is left
_CAPTION, _FIGURE = 800, 680
# so many cells without a figure are listed below the tables
_MOST_LACKING = 60
_SIZE, _SMALL = 18, 12
_NAMES = nsdecls("w")
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def write_rollup(tables: Tables, path: Path, notice: str | None = None, scope: Scope | None = None) -> None:
    """Write the sums of the townships of each county to a .docx, a chapter a county; a file of that name is replaced.

    They are those of the workbook's 汇总表: a sum of which a township has no figure is a text that says so, and the
    townships without one are named below, as are the form's equations that the sums break. The same tables give the
    same bytes.

    Parameters
    ----------
    notice : stands on top, e.g. that all figures are made up.
    scope : the places and the year; by default all, and the newest year with a report.

    Raises
    ------
    MissingFiguresError
        No county has a report of the year.
    ConfigError
        No report is of the scope's place or year.
    """
    edition = edition_of(tables, notice, scope)
    counties = [county for county in edition.counties if county.name is not None]
    if not counties:
        raise MissingFiguresError(say("document", "none", year=edition.year or ""))
    document = _document()
    end = document.element.body.sectPr
    for number, county in enumerate(counties):
        for element in _chapter(county, notice, first=number == 0):
            end.addprevious(parse_xml(element))
    buffer = BytesIO()
    document.save(buffer)
    write_whole(path, timeless(buffer.getvalue(), dated=newest_date(tables.reports)))


def _document() -> Any:
    """An empty document of A4 pages in the fonts of official papers."""
    document = docx.Document()
    document.core_properties.author = document.core_properties.last_modified_by = "govinfo"
    document.core_properties.comments = ""
    section = document.sections[0]
    section.page_width, section.page_height = (Pt(size / 20) for size in _PAGE)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(_MARGIN / 20)
    return document


def _chapter(county: County, notice: str | None, first: bool) -> Iterator[str]:
    sums = sums_of(county, 0)
    form = sums.grid.form
    title = say("document", "title", county=county.name, year=county.year)
    yield _paragraph(title, 28, bold=True, center=True, new_page=not first)
    if notice:
        yield _paragraph(notice, 22, bold=True, center=True)
    for line in scope_lines(county):
        yield _paragraph(line, 21)
    if not sums.townships:
        return
    listed = form.table(LISTED) is not None
    yield _paragraph(say("document", "form_list" if listed else "form", form=form_name(form)), 21)
    values = {key: sum_value(sums, key) if is_summed(key) else words("forms")["no_sum"] for key in sums.grid.figures}
    if any(is_summed(key) and isinstance(value, str) for key, value in values.items()):
        yield _paragraph(words("document")["partial"], 21)
    if not all(is_summed(key) for key in values):
        yield _paragraph(words("document")["no_sum"], 21)
    for table in form.tables:
        yield _paragraph(table.title, 24, bold=True)
        yield _table(table, values)
    broken = list(broken_sums(sums, values))
    if broken:
        yield _paragraph(words("document")["broken_title"], 24, bold=True)
        yield from (_paragraph(text, 18) for text in broken)
    yield from _lacking(sums)


def _lacking(sums: Sums) -> Iterator[str]:
    """Which townships have no figure, and in which lines: those that lack the same figures in one paragraph."""
    told: dict[str, Counter[str]] = {}
    for key in sums.grid.figures:
        text = lacking_text(sums, key) if is_summed(key) else None
        if text is not None:
            line, _ = figure_labels(sums.grid.form.code, *key)
            told.setdefault(text, Counter())[line] += 1
    if told:
        yield _paragraph(words("document")["lacking_title"], 24, bold=True)
    join = words("document")["join"]
    for text, lines in list(told.items())[:_MOST_LACKING]:
        where = join.join(say("document", "lacking_line", line=line, n=n) for line, n in lines.items())
        yield _paragraph(say("document", "lacking", names=text, lines=where), 18)
    if len(told) > _MOST_LACKING:
        yield _paragraph(say("document", "more", n=len(told)), 18)


def _table(table: FormTable, values: Mapping[Key, Any]) -> str:
    texts = {
        (line.code, column.key): _shown(values.get((table.name, column.group or line.code, column.code)))
        for block in table.blocks
        for line in block.lines
        for column in block.columns
    }
    rows = sheet(table, texts)
    widths = _widths(rows)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(_row(row, number, rows, widths) for number, row in enumerate(rows))
    look = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
    margins = '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>'
    head = f'<w:tblPr>{look}<w:tblLayout w:type="fixed"/>{margins}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    return f"<w:tbl {_NAMES}>{head}{body}</w:tbl>"


def _shown(value: Any) -> str:
    """A sum as the form prints it: no grouping, amounts without needless zeros."""
    return value if isinstance(value, str) else ("" if value is None else f"{value:.15g}")


def _widths(rows: Sequence[SheetRow]) -> list[int]:
    """The width of each column: figures and captions narrow, the last column of labels takes the rest."""
    count = len(rows[0].cells)
    labels = max(row.first for row in rows)
    if labels == 0:
        return [_WIDTH // count] * count
    figures = max(_FIGURE, (_WIDTH // 2) // (count - labels) if count - labels < 5 else 0)
    rest = _WIDTH - (labels - 1) * _CAPTION - (count - labels) * figures
    return [_CAPTION] * (labels - 1) + [rest] + [figures] * (count - labels)


def _row(row: SheetRow, number: int, rows: Sequence[SheetRow], widths: Sequence[int]) -> str:
    wide = {span.column: span.columns for span in spans(rows) if span.row == number}
    tall = {(span.row, span.column): span.rows for span in spans(rows)}
    cells, column = [], 0
    while column < len(row.cells):
        cell = row.cells[column]
        if cell.merged == "above":
            top = next(above for above in range(number, -1, -1) if not rows[above].cells[column].merged)
            columns = next(span.columns for span in spans(rows) if (span.row, span.column) == (top, column))
            merge, text = "<w:vMerge/>", ""
        else:
            columns, text = wide.get(column, 1), cell.text
            merge = '<w:vMerge w:val="restart"/>' if tall.get((number, column), 1) > 1 else ""
        is_label = row.line is not None and column < row.first
        width = sum(widths[column : column + columns])
        span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
        look = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/>'
        cells.append(
            f"<w:tc><w:tcPr>{look}</w:tcPr>{_inner(text, _SIZE, center=not is_label, partial=not is_label)}</w:tc>"
        )
        column += columns
    head = "<w:tblHeader/>" if row.head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def _paragraph(text: str, size: int, **look: bool) -> str:
    return _inner(text, size, names=f" {_NAMES}", space=60, **look)


def _inner(
    text: str,
    size: int,
    *,
    center: bool = False,
    bold: bool = False,
    new_page: bool = False,
    partial: bool = False,
    names: str = "",
    space: int = 0,
) -> str:
    """A paragraph; with `partial` what a sum lacks stands below its number, and small."""
    place = f"{'<w:keepNext/>' if bold else ''}{'<w:pageBreakBefore/>' if new_page else ''}"
    place += f'<w:spacing w:before="{space}" w:after="{space}" w:line="240" w:lineRule="auto"/>'
    place += '<w:jc w:val="center"/>' if center else ""
    number, open_, rest = text.partition(words("forms")["partial_open"])
    if partial and number.replace(".", "").removeprefix("-").isdecimal():
        runs = _run(number, size, bold) + (_run(open_ + rest, _SMALL, bold, below=True) if open_ else "")
    else:
        runs = _run(text, size, bold)
    return f"<w:p{names}><w:pPr>{place}</w:pPr>{runs}</w:p>"


def _run(text: str, size: int, bold: bool, below: bool = False) -> str:
    if not text:
        return ""
    said = words("document")
    fonts = f'<w:rFonts w:ascii="{said["latin_font"]}" w:hAnsi="{said["latin_font"]}" w:eastAsia="{said["font"]}"/>'
    look = f'{fonts}{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    shown = escape(clean_text(text), quote=False)
    line = "<w:br/>" if below else ""
    return f'<w:r><w:rPr>{look}</w:rPr>{line}<w:t xml:space="preserve">{shown}</w:t></w:r>'
