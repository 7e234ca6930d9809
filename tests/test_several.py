"""A file that holds several reports: the first is read, and no figure of the others fills its gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from office_files import FORMS, Texts, distinct_texts, excel_report, report_of, word_report

from govinfo.parse.tables.labels import label_index
from govinfo.parse.tables.several import second_report
from govinfo.readers.document import Cell, Document
from govinfo.readers.sheets.xlsx import read_xlsx
from govinfo.readers.word.docx import read_docx

FORM = FORMS["2021"]
FIRST, SECOND = distinct_texts(FORM, seed=1), distinct_texts(FORM, seed=2)
NAMES = ("测试镇", "另一镇")


def cells_of(texts: Texts, name: str, format: str) -> list[Cell]:
    """The cells of a report on the township `name`; of a workbook on a sheet of that name."""
    read = (
        read_xlsx(excel_report(FORM, texts, borders=True), "a.xlsx")
        if format == "xlsx"
        else read_docx(word_report(FORM, texts), "a.docx")
    )
    moved = [replace(cell, text=cell.text.replace(NAMES[0], name)) for cell in read.cells]
    if format == "xlsx":
        return [replace(cell, place=replace(cell.place, sheet=name)) for cell in moved]
    return moved


def together(*reports: Sequence[Cell]) -> Document:
    """The reports one after the other in one file."""
    cells: list[Cell] = []
    for report in reports:
        rows = 1 + max((cell.row for cell in cells if cell.row is not None), default=-1)
        cells += [replace(cell, row=None if cell.row is None else cell.row + rows) for cell in report]
    return Document("a", "docx", tuple(cells))


def without(cells: Sequence[Cell], *labels: str) -> list[Cell]:
    """The cells without the rows of these labels."""
    rows = {cell.row for cell in cells if cell.row is not None and any(label in cell.text for label in labels)}
    return [cell for cell in cells if cell.row is None or cell.row not in rows]


def values(document: Document) -> Mapping[tuple[str, str], int | None]:
    return {(row["line"], row["applicant"]): row["value"] for row in report_of(document).rows["requests"]}


@pytest.mark.parametrize("format", ["xlsx", "docx"])
def test_what_the_first_report_lacks_is_not_taken_from_the_second(format: str) -> None:
    """A workbook with a sheet for each township: a line that one of them lost was read from the next."""
    first = without(cells_of(FIRST, NAMES[0], format), "一、本年新收", "重复申请")
    document = together(first, cells_of(SECOND, NAMES[1], format))

    report = report_of(document)

    found = values(document)
    assert {value for (line, _), value in found.items() if line in ("new", "declined_repeated")} == {None}
    assert found["granted", "total"] == int(FIRST["requests"]["granted", "total"])
    assert (report.identity.township, len(report.rows["narrative"])) == (NAMES[0], 6)
    said = [(row["table"], NAMES[1] in row["label"]) for row in report.rows["unknown_lines"]]
    assert said == [("disclosure", True), ("requests", True), ("disputes", True)], "and it is said that there is more"


def test_sheets_without_titles_are_reports_of_their_own_where_their_figures_differ() -> None:
    sheets = [
        [cell for cell in cells_of(texts, name, "xlsx") if cell.row is not None]
        for texts, name in zip((FIRST, SECOND), NAMES, strict=True)
    ]
    found = values(together(without(sheets[0], "重复申请"), sheets[1]))
    assert found["declined_repeated", "total"] is None
    assert found["granted", "total"] == int(FIRST["requests"]["granted", "total"])


def test_the_same_figures_under_another_title_are_another_report() -> None:
    nothing = {table: dict.fromkeys(cells, "0") for table, cells in FIRST.items()}
    first = without(cells_of(nothing, NAMES[0], "docx"), "重复申请")
    found = values(together(first, cells_of(nothing, NAMES[1], "docx")))
    assert (found["declined_repeated", "total"], found["granted", "total"]) == (None, 0)


def test_one_report_is_one_report() -> None:
    """Also one that comes on several sheets, twice, or with the figures of another year beside its own."""
    whole = cells_of(FIRST, NAMES[0], "docx")
    index = label_index(FORM)
    assert second_report(whole, index) is None
    assert second_report(together(whole, whole).cells, index) is None
    tables = [cell for cell in cells_of(SECOND, NAMES[0], "docx") if cell.row is not None]
    assert second_report(together(whole, tables).cells, index) is None
