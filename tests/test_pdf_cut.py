"""Figures of PDF tables without rules that are too long for one line of their cells."""

from __future__ import annotations

import pytest
from office_files import FORMS, distinct_texts, report_of
from pdf_pages import Look, drawn

from govinfo.readers.pdf.pdf import read_pdf

FULL_WIDTH = dict(zip("0123456789", "０１２３４５６７８９", strict=True))


@pytest.mark.parametrize("align", ["middle", "top"])
@pytest.mark.parametrize("size", [11.0, 13.0])
@pytest.mark.parametrize("code", ["2021", "2019"])
def test_a_figure_that_goes_on_in_the_next_line_is_not_read_as_a_part_of_it(code: str, size: float, align: str) -> None:
    """１６５ stood as １６ over ５ in its cell; the lines were two rows, one of them the label's."""
    form = FORMS[code]
    printed = distinct_texts(form)
    look = Look("none", size=size, leading=1.3 * size, align=align, change=FULL_WIDTH, cut=True)

    report = report_of(read_pdf(drawn(form, printed, look), "a.pdf"))

    cut = 0
    for table in form.tables:
        cells = [(line, column) for block in table.blocks for line in block.lines for column in block.columns]
        for (line, column), row in zip(cells, report.rows[table.name], strict=True):
            text = printed[table.name][line.code, column.key]
            assert row["value"] is None or float(row["value"]) == float(text), row
            cut += row["status"] == "unreadable" and "\n" in row["raw"]
    assert cut > 50
