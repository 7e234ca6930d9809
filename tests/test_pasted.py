"""Text pasted into Word or Excel, tables and all, reads as the text itself does."""

from __future__ import annotations

from collections.abc import Callable

import docx
import openpyxl
import pytest
from office_files import saved

from govinfo.readers.document import Document
from govinfo.readers.plain.text import read_text
from govinfo.readers.sheets.xlsx import read_xlsx
from govinfo.readers.word.docx import read_docx

PIPES = "某镇年报\n| 规章 | 1 | | 3 |\n|---|---|---|---|\n| 行政许可 | 4 | 5 | 6 |\n| 行政处罚 | 7 | 8 | 9 |\n完"
ENDED = "规章 |\n1 |\n|||\n3 |\n行政许可 |\n4 |"
DROPPED = "规章 | 1 | 2 |\n行政许可 | 4 |\n行政处罚 | 7 |\n说明"
MARKDOWN = "# 某镇年报\n## 一、总体情况\n没有表。"
TABS = "规章\t1\t\t3\n行政许可\t4\t5\t6\n行政处罚\t7\t8\t9"
Read = Callable[[str], Document]


def in_word(text: str) -> Document:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    return read_docx(saved(document), "a.docx")


def in_excel(text: str) -> Document:
    """All in the first column."""
    book = openpyxl.Workbook()
    for line in text.split("\n"):
        book.active.append([line])
    return read_xlsx(saved(book), "a.xlsx")


@pytest.mark.parametrize("pasted", [in_word, in_excel])
@pytest.mark.parametrize("text", [PIPES, ENDED, DROPPED, MARKDOWN, TABS])
def test_a_pasted_text_is_read_like_the_text(pasted: Read, text: str) -> None:
    """The rows of pipes came as paragraphs, and none of their figures was found."""
    expected = read_text(text.encode(), "a.txt").cells
    cells = pasted(text).cells
    assert [(cell.text, cell.row, cell.column) for cell in cells] == [
        (cell.text, cell.row, cell.column) for cell in expected
    ]


def test_places_are_those_of_the_file() -> None:
    assert [str(cell.place) for cell in in_word(PIPES).cells][:3] == ["row 1", "row 2", "row 2"]
    assert [str(cell.place) for cell in in_excel(PIPES).cells][:3] == ["Sheet!A1", "Sheet!A2", "Sheet!A2"]


def test_a_document_with_tables_keeps_its_pipes() -> None:
    document = docx.Document()
    for line in ("首页 | 公开", "上一篇 | 下一篇", "打印 | 关闭"):
        document.add_paragraph(line)
    document.add_table(1, 2).cell(0, 0).text = "规章"
    assert read_docx(saved(document), "a.docx").cells[0].text == "首页 | 公开"
