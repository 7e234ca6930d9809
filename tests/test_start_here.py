"""The report that start_here teaches with."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_tables import report, tables

from govinfo.errors import MissingFiguresError
from govinfo.questions.example import example_report, printed_lines


def test_it_is_the_fullest_of_those_with_a_request_table_not_merely_the_first():
    old = report(1, "甲镇", 2016, "statistics", cells_found=58)
    torn = report(2, "甲镇", 2021, cells_found=150)
    whole = report(3, "乙镇", 2022, cells_found=200)
    text = report(4, "乙镇", 2023, "none")

    assert example_report(tables((old, {}), (torn, {}), (whole, {}), (text, {}))) == "乙镇2022.txt"


def test_where_no_report_has_one_it_says_so():
    with pytest.raises(MissingFiguresError, match="no report with a request table"):
        example_report(tables((report(1, "甲镇", 2016, "statistics", cells_found=58), {})))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_the_line_of_a_figure_is_shown_whatever_the_texts_encoding(tmp_path: Path, encoding: str):
    file = tmp_path / "甲镇2021.txt"
    lines = [f"第{number}行：本年新收政府信息公开申请数量" for number in range(1, 21)]
    file.write_text("\n".join(lines), encoding=encoding)

    assert printed_lines(file, "甲镇2021.txt:12").splitlines() == lines[4:12]
    assert printed_lines(file, "甲镇2021.txt:2").splitlines() == lines[:2]
    assert printed_lines(file, "table 2 row 5 cell 3") == ""
