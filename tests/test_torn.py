"""A row that the end of a page cut in two is one row again; two rows are never made one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from govinfo.definitions.form import forms
from govinfo.parse.tables.torn import mend_torn
from govinfo.parse.tables.vocabulary import vocabulary
from govinfo.place import Place
from govinfo.readers.document import Cell, Document

FORM = next(form for form in forms() if form.code == "2021")
ZEROS = ["0"] * 7
BLANKS = [""] * 7
NEW = "一、本年新收政府信息公开申请数量"
OTHERS = "2.其他法律行政法规禁止公开"


def mended(*rows: tuple[int, Sequence[str]]) -> list[list[str]]:
    """Rows as (page, cells), mended: the cells of each row that is left."""
    cells = [
        Cell(text, Place("a.pdf", page=page, table=1, row=number + 1, cell=column + 1), number, column)
        for number, (page, texts) in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    document = mend_torn(Document("a.pdf", "pdf", tuple(cells)), vocabulary((FORM,)))
    found: dict[int, list[str]] = {}
    for cell in document.cells:
        assert cell.row is not None
        found.setdefault(cell.row, []).append(cell.text)
    return list(found.values())


@pytest.mark.parametrize("at", [3, 6, 9])
@pytest.mark.parametrize("figures_first", [True, False])
def test_a_label_cut_by_the_end_of_a_page_is_whole_again(at: int, figures_first: bool) -> None:
    upper, lower = (ZEROS, BLANKS) if figures_first else (BLANKS, ZEROS)
    rows = mended((1, [OTHERS[:at], *upper]), (2, [OTHERS[at:], *lower]))
    assert rows == [[OTHERS, *ZEROS]]


def test_captions_cut_beside_the_label_are_whole_too() -> None:
    upper = ["三、本年度办", "（四）无", "1.本机关不掌", *ZEROS]
    lower = ["理结果", "法提供", "握相关政府信息", *BLANKS]
    assert mended((1, upper), (2, lower)) == [
        ["三、本年度办理结果", "（四）无法提供", "1.本机关不掌握相关政府信息", *ZEROS]
    ]


def test_the_rest_is_found_below_heads_that_are_printed_again() -> None:
    head = ["", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    rows = mended((1, head), (1, [OTHERS[:6], *ZEROS]), (2, head), (2, [OTHERS[6:], *BLANKS]))
    assert rows == [head, [OTHERS, *ZEROS], head]


def test_a_first_column_that_the_next_page_lost_does_not_matter() -> None:
    assert mended((1, ["", OTHERS[:6], *ZEROS]), (2, [OTHERS[6:], *BLANKS])) == [["", OTHERS, *ZEROS]]


def test_two_rows_with_figures_stay_two() -> None:
    rows = [(1, [OTHERS[:6], *ZEROS]), (2, [OTHERS[6:], "", "", "", "", "", "", "1"])]
    assert len(mended(*rows)) == 2


def test_rows_of_one_page_stay_as_they_are() -> None:
    assert len(mended((1, [OTHERS[:6], *ZEROS]), (1, [OTHERS[6:], *BLANKS]))) == 2


def test_a_whole_label_takes_no_figures_from_the_next_page() -> None:
    """The row below may be another line, whose label was lost."""
    assert len(mended((1, [NEW, *BLANKS]), (2, ["", *ZEROS]))) == 2


def test_two_labels_are_not_joined() -> None:
    assert len(mended((1, ["2.重复申请", *BLANKS]), (2, ["3.要求提供公开出版物", *ZEROS]))) == 2
