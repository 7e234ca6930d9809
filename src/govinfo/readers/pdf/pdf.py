"""PDF → Document: ruled and unruled tables as rows of cells, running text as paragraphs.

What is printed is read from where it stands on the page. A page without text is a picture of one: it goes to the
recognition of characters where that is installed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from govinfo.errors import UnreadableFileError
from govinfo.place import Place
from govinfo.readers.archive import broken, too_large
from govinfo.readers.document import Cell, Document
from govinfo.readers.pdf.continued import continued
from govinfo.readers.pdf.flow import Margins, margins_of, paragraphs
from govinfo.readers.pdf.furniture import without_furniture
from govinfo.readers.pdf.glyphs import Upright, page_glyphs
from govinfo.readers.pdf.loose import loose_tables
from govinfo.readers.pdf.page import Block, Page, Printed, lay_page
from govinfo.readers.pdf.rules import Rules, page_rules
from govinfo.readers.pdf.struck import without_struck
from govinfo.readers.pdf.words import Line, joined_text
from govinfo.readers.scan.ocr import is_installed, recognise, sheet_width

# A report has six to thirty pages of a few thousand characters.
MAX_PAGES = 500
_MAX_GLYPHS = 60_000
_MAX_ALL_GLYPHS = 1_000_000
_MAX_SEGMENTS = 100_000
# A picture that takes less of its page than this is a seal or a logo.
_SCAN_AREA = 0.3
_DPI = 200
# A page of more is rendered more coarsely: a poster must not fill the memory.
_MAX_PIXELS = 16_000_000
# A scan has at least so many dots an inch, and its longer side so many points. Where a page says otherwise its size is
# not that of the paper: programs count a dot of the picture as a point.
_SCAN_DPI = 100
_PAPER = (590.0, 1200.0)
_NO_RULES = Rules((), (), 0)


@dataclass(slots=True)
class _State:
    """What was read so far: the cells, and the rows counted over the whole file."""

    source: str
    cells: list[Cell]
    rows: int = 0


def read_pdf(data: bytes, source: str, format: str = "pdf") -> Document:
    """The document in the bytes of a PDF.

    Parameters
    ----------
    data : the file's bytes.
    source : the file's name as locators show it.

    Raises
    ------
    UnreadableFileError
        `encrypted` where it opens only with a password; `unreadable` where it is damaged, or is a scan and the
        recognition of characters is not installed; `too_large` beyond `MAX_PAGES` and the like; `empty`.
    """
    file = _open(data, source)
    try:
        if len(file) > MAX_PAGES:
            raise too_large(source, f"{len(file)} pages", f"at most {MAX_PAGES}")
        pages, scanned = _pages(file, source)
        if scanned and is_installed():
            pages = [
                _recognised(file, page, scanned[page.number]) if page.number in scanned else page for page in pages
            ]
        title = (file.get_metadata_value("Title") or "").strip() or None
    except pypdfium2.PdfiumError as error:
        raise broken(source, f"a PDF with a page that cannot be opened ({error})") from error
    finally:
        file.close()
    cells = page_cells(pages, source)
    if not any(cell.text for cell in cells):
        raise _without_text(source, len(scanned))
    return Document(source, format, cells, title)


def _open(data: bytes, source: str) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableFileError(
                "encrypted",
                f"{source}\n  found     a PDF with a password\n  expected  a file that opens without one\n"
                "  to do     open it, print it to a new PDF and load that",
            ) from error
        raise broken(source, f"a PDF that cannot be opened ({error})") from error


def _without_text(source: str, scanned: int) -> UnreadableFileError:
    if not scanned:
        return UnreadableFileError(
            "empty",
            f"{source}\n  found     a PDF that shows nothing\n  expected  the text of a report\n"
            "  to do     look at the original",
        )
    found = f"a PDF without text: {scanned} of its pages are pictures"
    to_do = "save the original anew from the program that it was written with"
    if not is_installed():
        to_do = f"install the recognition of characters (make ocr, in the folder of govinfo) and load again, or {to_do}"
    return UnreadableFileError(
        "unreadable", f"{source}\n  found     {found}\n  expected  a PDF with text\n  to do     {to_do}"
    )


def _pages(file: Any, source: str) -> tuple[list[Page], dict[int, float]]:
    """The pages with what is printed on them; of those that are only pictures the number and the dots an inch."""
    pages: list[Page] = []
    scanned: dict[int, float] = {}
    glyphs_seen = 0
    for index in range(len(file)):
        page = _flat(file, index)
        text = page.get_textpage()
        try:
            # blanks and what stands beside the page count too: nothing may be left out behind them
            if pdfium.FPDFText_CountChars(text) >= _MAX_GLYPHS:
                raise too_large(source, f"{_MAX_GLYPHS:,} or more characters on page {index + 1}", "a page of a report")
            glyphs, upright = page_glyphs(page, text)
            glyphs_seen += len(glyphs)
            if glyphs_seen > _MAX_ALL_GLYPHS:
                raise too_large(source, f"more than {_MAX_ALL_GLYPHS:,} characters", "the pages of a report")
            rules = page_rules(page, upright, _MAX_SEGMENTS) if glyphs else _NO_RULES
            if rules.cut:
                # a drawing of so many lines is no table, and what was not looked at may part its cells
                rules = _NO_RULES
            glyphs = without_struck(glyphs, rules.across)
            pages.append(lay_page(index + 1, glyphs, rules, upright.width, upright.height))
            dots = 0.0 if glyphs else _picture_dots(page, upright)
            if dots:
                scanned[index + 1] = dots
        finally:
            text.close()
            page.close()
    return pages, scanned


def _flat(file: Any, index: int) -> Any:
    """A page with what is filled in its form fields, and the notes on it, as they are printed."""
    page = file[index]
    noted = pdfium.FPDFPage_GetAnnotCount(page) > 0
    if noted and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_PRINT) == pdfium.FLATTEN_SUCCESS:
        page.close()
        page = file[index]
    return page


def _picture_dots(page: Any, upright: Upright) -> float:
    """How many dots an inch the finest picture has where pictures take a good part of the page, else 0."""
    area = dots = 0.0
    for item in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        with suppress(pypdfium2.PdfiumError):
            left, bottom, right, top = item.get_bounds()
            taken = abs((right - left) * (top - bottom))
            area += taken
            across, down = item.get_px_size()
            # by area, for the picture may lie on its side
            dots = max(dots, 72 * math.sqrt(across * down / taken) if taken else 0.0)
    return dots if area >= _SCAN_AREA * upright.width * upright.height else 0.0


def _recognised(file: Any, blank: Page, dots: float) -> Page:
    """The page with what is recognised in its picture of so many dots an inch, at the size of a sheet of paper."""
    longer = max(blank.width, blank.height)
    is_paper = dots >= _SCAN_DPI and _PAPER[0] <= longer <= _PAPER[1]
    larger = 1.0 if is_paper else sheet_width(blank.width, blank.height) / blank.width
    width, height = blank.width * larger, blank.height * larger
    dpi = min(_DPI, 72 * math.sqrt(_MAX_PIXELS / (width * height)))
    page = file[blank.number - 1]
    try:
        bitmap = page.render(scale=larger * dpi / 72, grayscale=True)
        try:
            glyphs, rules = recognise(bitmap.to_numpy(), 72 / dpi)
        finally:
            bitmap.close()
    finally:
        page.close()
    return lay_page(blank.number, glyphs, rules, width, height)


def page_cells(pages: Sequence[Page], source: str) -> tuple[Cell, ...]:
    """The cells and paragraphs of pages in reading order, each with its place in `source`; heads and feet are left out.

    Parameters
    ----------
    pages : the pages of a document as `lay_page` gives them.
    """
    laid = [replace(page, items=tuple(loose_tables(page))) for page in continued(without_furniture(pages))]
    margins = margins_of(item for page in laid for item in page.items if isinstance(item, Line))
    state = _State(source, [])
    waiting: list[tuple[Line, Place]] = []
    for page in laid:
        tables = row = 0
        for item in page.items:
            if isinstance(item, Line):
                row += 1
                waiting.append((item, Place(source, page=page.number, row=row)))
                continue
            _add_lines(waiting, margins, state)
            waiting = []
            tables += 1
            _add_table(item, page.number, tables, state)
    _add_lines(waiting, margins, state)
    return tuple(state.cells)


def _add_lines(lines: Sequence[tuple[Line, Place]], margins: Margins, state: _State) -> None:
    """Running text as paragraphs; one may go on over the end of a page."""
    start = 0
    for part in paragraphs([line for line, _ in lines], margins):
        text = joined_text([line.text for line in part])
        state.cells.append(Cell(text, lines[start][1], ocr=any(line.hidden for line in part)))
        start += len(part)


def _add_table(block: Block, page: int, table: int, state: _State) -> None:
    """The rows of a table, numbered on its page."""
    # where text was recognised an empty cell may be one whose text was not
    recognised = any(cell.hidden for row in block.rows for cell in row)
    for at, row in enumerate(block.rows, start=1):
        for cell in row:
            place = Place(state.source, page=page, table=table, row=at, cell=cell.column + 1)
            _add_cell(cell, place, state, recognised and not cell.covered)
        state.rows += 1


def _add_cell(cell: Printed, place: Place, state: _State, recognised: bool) -> None:
    state.cells.append(Cell(cell.text, place, state.rows, cell.column, covered=cell.covered, ocr=recognised))
    for column in range(cell.column + 1, cell.column + cell.columns):
        beside = Place(state.source, page=place.page, table=place.table, row=place.row, cell=column + 1)
        state.cells.append(Cell("", beside, state.rows, column, covered=True))
