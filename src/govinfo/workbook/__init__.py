"""The workbook that officials get: cover, contents, overviews, sums and reports in the layout of the form, findings."""

from __future__ import annotations

from pathlib import Path

from govinfo.questions.coverage import newest_date
from govinfo.tables import Tables
from govinfo.workbook.book import edition_of, make_book
from govinfo.workbook.package import save
from govinfo.workbook.scope import Scope

__all__ = ["Scope", "write_workbook"]


def write_workbook(tables: Tables, path: Path | str, notice: str | None = None, scope: Scope | None = None) -> None:
    """Write the tables as an Excel workbook for officials to `path` (its folder is made).

    Cover and contents; overviews, findings and notes over all years; for one year, in the layout of the official form,
    the sums over the townships of each county, their figures side by side, and each report. Sums and checks are
    formulas, their results stand in the file too. Where there is no number stands the word or sign for why; a sum of
    which a township has no figure is a text that says so. Text from reports is never a formula. The same tables give
    the same bytes: the file's own times are the day of the data.

    Parameters
    ----------
    notice : stands on top of every sheet and of every printed page, e.g. that all figures are made up.
    scope : the places, and the year whose forms are shown; by default all, and the newest year with a report.

    Raises
    ------
    ConfigError
        No report is of the scope's place or year.
    OSError
        The file cannot be written, e.g. because it is open elsewhere.
    """
    book, results = make_book(edition_of(tables, notice, scope))
    save(book, Path(path), results, newest_date(tables.reports))
