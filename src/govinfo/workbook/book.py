"""The workbook: which sheets it has and in what order, from tables to an openpyxl workbook with results of formulas.

To add a sheet, write what makes its page (`Edition` to pages) in a file of its own and add one entry to `PARTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from openpyxl.workbook import Workbook

from govinfo.definitions.wording import say
from govinfo.tables import Tables
from govinfo.workbook.compared import compared_pages
from govinfo.workbook.contents import contents_page
from govinfo.workbook.corrections import corrections_sheet
from govinfo.workbook.cover import cover_page, data_date
from govinfo.workbook.explain import notes_sheet
from govinfo.workbook.figures import figures_sheet
from govinfo.workbook.forms.chosen import counties_of
from govinfo.workbook.forms.each import each_pages
from govinfo.workbook.forms.rollup import rollup_pages
from govinfo.workbook.forms.township import origins_of, township_pages
from govinfo.workbook.issues import findings_page
from govinfo.workbook.missing import missing_sheet
from govinfo.workbook.names import sheet_names
from govinfo.workbook.origins import add_origins
from govinfo.workbook.overview import overview_page
from govinfo.workbook.pages import Drawing, Edition, Page, table_page
from govinfo.workbook.rejects import rejects_sheet
from govinfo.workbook.scope import Scope, undecided, within, year_shown
from govinfo.workbook.sheets import Sheet
from govinfo.workbook.sources import sources_page
from govinfo.workbook.style import add_styles

Maker = Callable[[Edition], Iterable[Page]]


def one(key: str, make: Callable[[Edition], Sheet | None]) -> Maker:
    """A maker of the page of one table, or of none where `make` gives none."""

    def pages(edition: Edition) -> Iterable[Page]:
        sheet = make(edition)
        return () if sheet is None else (table_page(key, sheet),)

    return pages


# All sheets behind the cover and the contents, in order.
PARTS: Sequence[Maker] = (
    overview_page,
    one("figures", lambda edition: figures_sheet(edition.tables, edition.counted, edition.date)),
    lambda edition: rollup_pages(edition.counties),
    lambda edition: each_pages(edition.counties),
    one("missing", missing_sheet),
    findings_page,
    compared_pages,
    one("corrections", lambda edition: _if_any(edition.tables.corrections, corrections_sheet, edition)),
    one("notes", lambda edition: notes_sheet(edition.counted)),
    sources_page,
    one("rejects", lambda edition: _if_any(edition.tables.rejects, rejects_sheet, edition)),
    # they are many, so they come last
    lambda edition: township_pages(edition.counties),
)


def edition_of(tables: Tables, notice: str | None = None, scope: Scope | None = None) -> Edition:
    """The workbook's edition for `scope`; by default all places, and the newest year of which a report counts.

    Raises
    ------
    ConfigError
        No report is of the scope's place or year.
    """
    scope = scope or Scope()
    own = within(tables, scope)
    counted = say("workbook", "counted", n=len(own.reports))
    year = year_shown(own, scope)
    counties = counties_of(own, year, tables)
    left = undecided(tables, scope)
    return Edition(own, year, counted, data_date(own.reports), notice, counties, tables, left)


def make_book(edition: Edition) -> tuple[Workbook, Mapping[str, Mapping[tuple[int, int], Any]]]:
    """The workbook, and by the name of each sheet the results of its formulas by row and column."""
    body = [page for maker in PARTS for page in maker(edition)]
    pages = [cover_page(edition), contents_page(body), *body]
    names = sheet_names(((page.key, page.name) for page in pages), empty=say("workbook", "sheet_unnamed"))
    book = Workbook()
    book.remove(book.worksheets[0])
    add_styles(book)
    results = {}
    for page in pages:
        name = names[page.key]
        drawing = Drawing(book.create_sheet(name), names, edition.notice)
        page.draw(drawing)
        results[name] = drawing.results
    add_origins(book, origins_of(edition.counties, names, edition.notice), results)
    return book, results


def _if_any(rows: Any, make: Callable[[Tables, str], Sheet], edition: Edition) -> Sheet | None:
    return make(edition.tables, edition.counted) if len(rows) else None
