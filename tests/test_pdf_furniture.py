"""Lines printed again on each page: heads, feet and page numbers go, rows of figures stay."""

from __future__ import annotations

from io import BytesIO

import pytest
from pdf_pages import FONT, register_font
from reportlab.pdfgen.canvas import Canvas

from govinfo.readers.pdf.pdf import read_pdf


def printed(pages: list[list[str]]) -> list[str]:
    """What is read of pages whose first lines stand at one height; two spaces set pieces of a line apart."""
    register_font()
    buffer = BytesIO()
    canvas = Canvas(buffer)
    for lines in pages:
        canvas.setFont(FONT, 10)
        for number, line in enumerate(lines):
            for at, piece in enumerate(line.split("  ")):
                canvas.drawString(60 + 180 * at, 780 - 24 * number, piece)
        canvas.showPage()
    canvas.save()
    return [cell.text for cell in read_pdf(buffer.getvalue(), "a.pdf").cells if cell.text]


def test_a_row_of_figures_at_the_top_of_two_pages_is_no_head() -> None:
    """The part of 五 at the top of a page was taken for the head that 四 had printed on the page before."""
    rows = ["被依法纠错数  件  0", "其他情形数  件  1"]

    found = printed([[*rows, "五、行政诉讼数量  件  1"], [*rows, "六、举报投诉数量  件  4"]])

    assert found.count("其他情形数") == found.count("被依法纠错数") == 2
    assert found.count("1") == 3


def test_a_row_whose_figure_grows_by_one_is_no_page_number() -> None:
    found = printed(
        [["其他情形数  件  6", "五、行政诉讼数量  件  1"], ["其他情形数  件  7", "六、举报投诉数量  件  4"]]
    )

    assert {"6", "7"} <= set(found)


@pytest.mark.parametrize("first", [0, 1])
def test_a_head_with_the_number_of_the_page_goes(first: int) -> None:
    pages = [[f"测试镇年度报告  {first + page}", f"第{'一二三'[page]}部分的文字。"] for page in range(3)]

    assert "".join(printed(pages)) == "第一部分的文字。第二部分的文字。第三部分的文字。"


def test_a_head_without_a_number_stays_once() -> None:
    found = printed([["测试镇年度报告", f"第{number}部分的文字。"] for number in "一二三"])

    assert "".join(found).count("测试镇年度报告") == 1
