"""The workbook that officials get: cover, contents, overview, findings, notes."""

from __future__ import annotations

from pathlib import Path

from govinfo.tables import Tables
from govinfo.workbook.book import edition_of, make_book
from govinfo.workbook.package import save

__all__ = ["write_workbook"]


def write_workbook(tables: Tables, path: Path, notice: str | None = None, year: int | None = None) -> None:
    """Write the tables as an Excel workbook for officials to `path` (its folder is made).

    `notice` stands on top of every sheet and of every printed page, e.g. that all figures are made up. `year` is the
    year whose forms are shown, by default the newest of which there is a report.

    Sheets 封面, 目录, 总览 (one row per township and year), 问题清单 (one row per finding), 更正登记 where there are
    corrections, 说明, and 未读文件 where files gave no report. Where there is no number stands the word for why. Text
    from reports is never a formula. The same tables give the same bytes.

    Raises
    ------
    OSError
        The file cannot be written, e.g. because it is open elsewhere.
    """
    book, results = make_book(edition_of(tables, notice, year))
    save(book, path, results)
