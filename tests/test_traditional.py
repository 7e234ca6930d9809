"""Reports in traditional characters read as the others; what is called printed stays as it is printed."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from mutated_reports import cells_of, print_lines, read
from opencc import OpenCC

from govinfo.definitions.form import forms
from govinfo.demo.figures import consistent_figures
from govinfo.parse.report import Report, parse_report
from govinfo.place import Place
from govinfo.readers.document import Cell, Document

FORMS = {form.code: form for form in forms()}


def report_in(code: str, layout: str, how: str, title: str) -> tuple[Report, dict[str, dict[tuple[str, str], int]]]:
    figures = consistent_figures(FORMS[code], Random(4), 9)
    lines = print_lines(FORMS[code], figures, layout).lines
    converter = OpenCC(how)
    return read([converter.convert(line) for line in [title, *lines[1:]]]), figures


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("layout", ["plain", "pipes", "tabs", "run"])
@pytest.mark.parametrize("how", ["s2t", "s2tw", "s2hk"])
def test_every_cell_comes_back(code: str, layout: str, how: str) -> None:
    """反复 and 答复 are printed 反覆 and 答覆, which no table of single characters turns back; 萬元 was read as 元."""
    report, figures = report_in(code, layout, how, "清溪镇2022年政府信息公开工作年度报告")

    assert report.form is FORMS[code]
    for line, cell, row in cells_of(report):
        truth = figures[line[0]][cell]
        unreadable = code == "2019" and cell[1] == "amount" and truth
        assert row["value"] == (None if unreadable else truth), (line, cell)
    assert [row["text"] for row in report.rows["problems"]] == ["人員培訓不足"]


@pytest.mark.parametrize(
    ("title", "township", "printed"),
    [
        ("清溪镇2022年政府信息公开工作年度报告", "清溪镇", "清溪鎮2022年政府信息公開工作年度報告"),
        ("清溪乡2022年政府信息公开工作年度报告", "清溪乡", "清溪鄉2022年政府信息公開工作年度報告"),
        (
            "清溪街道办事处2022年政府信息公开工作年度报告",
            "清溪街道",
            "清溪街道辦事處2022年政府信息公開工作年度報告",
        ),
    ],
)
def test_names_are_official_ones_and_the_title_is_as_printed(title: str, township: str, printed: str) -> None:
    report, _ = report_in("2021", "plain", "s2t", title)
    assert (report.identity.township, report.identity.year, report.identity.title) == (township, 2022, printed)


@pytest.mark.parametrize(
    ("title", "township"),
    [
        (
            "清溪鎮(zhèn)2022年政府信息公開(kāi)工作年度報告",
            "清溪镇",
        ),  # the rest of the page is in simplified characters
        ("清溪鄉（xiāng）2022年政府信息公開工作年度報告", "清溪乡"),
    ],
)
def test_a_mixed_page_and_pinyin_in_brackets(title: str, township: str) -> None:
    """Only the title is in traditional characters."""
    lines = print_lines(FORMS["2021"], consistent_figures(FORMS["2021"], Random(4), 9), "plain").lines
    report = read([title, *lines[1:]])
    assert (report.identity.township, report.identity.year) == (township, 2022)
    assert report.status == "complete"


def document(title: str | None, *lines: str) -> Document:
    body = print_lines(FORMS["2021"], consistent_figures(FORMS["2021"], Random(4), 9), "plain").lines[1:]
    return Document("x.html", "html", tuple(Cell(line, Place("x.html")) for line in (*lines, *body) if line), title)


@pytest.mark.parametrize(
    ("title", "township", "year"),
    [
        ("清溪镇人民政府2023年政府信息公开工作年度报告_政府信息公开年报_某区政府门户网站", "清溪镇", 2023),
        ("清溪镇2023年度政府信息公开工作年度报告 - 某区人民政府", "清溪镇", 2023),
        ("清溪鎮2023年政府信息公開工作年度報告", "清溪镇", 2023),
        ("关于清溪镇2023年政府信息公开工作年度报告的解读", None, None),
        ("首页", None, None),
    ],
)
def test_the_files_own_title_tells_what_the_text_does_not(title: str, township: str | None, year: int | None) -> None:
    identity = parse_report(document(title), forms()).identity
    assert (identity.township, identity.year) == (township, year)
    source = None if year is None else "metadata"
    assert (identity.place_source, identity.year_source, identity.title) == (source, source, None)


def test_the_texts_title_goes_before_the_files_own() -> None:
    page = document("东河镇2023年政府信息公开工作年度报告", "清溪镇2022年政府信息公开工作年度报告")
    identity = parse_report(page, forms()).identity
    assert (identity.township, identity.year, identity.year_source) == ("清溪镇", 2022, "title")


def test_the_title_goes_before_years_that_running_text_names() -> None:
    page = replace(document("清溪镇2023年政府信息公开工作年度报告", "我镇2021年、2021年、2024年工作有序推进。"))
    assert parse_report(page, forms()).identity.year == 2023
