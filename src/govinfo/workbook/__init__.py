"""The workbook that officials get: cover, overview, findings, notes."""

from __future__ import annotations

from pathlib import Path

from openpyxl.workbook import Workbook

from govinfo.definitions.wording import say
from govinfo.tables import Tables
from govinfo.workbook.cover import add_cover, data_date
from govinfo.workbook.explain import notes_sheet
from govinfo.workbook.issues import corrections_sheet, findings_sheet, rejects_sheet
from govinfo.workbook.overview import overview_sheet
from govinfo.workbook.package import save
from govinfo.workbook.sheets import add_sheet
from govinfo.workbook.style import add_styles

__all__ = ["write_workbook"]


def write_workbook(tables: Tables, path: Path, notice: str | None = None) -> None:
    """Write the tables as an Excel workbook for officials to `path` (its folder is made).

    `notice` stands on top of every sheet and of every printed page, e.g. that all figures are made up.

    Sheets 封面, 总览 (one row per township and year), 问题清单 (one row per finding), 更正登记 where there are
    corrections, 说明, and 未读文件 where files gave no report. Numbers are values, not formulas; where there is none
    stands the word for why. Text from reports is never a formula. The same tables give the same bytes.

    Raises
    ------
    OSError
        The file cannot be written, e.g. because it is open elsewhere.
    """
    counted = say("workbook", "counted", n=len(tables.reports))
    book = Workbook()
    book.remove(book.worksheets[0])
    add_styles(book)
    add_cover(book, tables, notice)
    add_sheet(book, overview_sheet(tables, counted, data_date(tables.reports)), notice)
    add_sheet(book, findings_sheet(tables, counted), notice)
    if len(tables.corrections):
        add_sheet(book, corrections_sheet(tables, counted), notice)
    add_sheet(book, notes_sheet(counted), notice)
    if len(tables.rejects):
        add_sheet(book, rejects_sheet(tables, counted), notice)
    save(book, path)
