"""How tables and a report show in a notebook: whole, escaped, and readable on any ground."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from made_tables import busy_tables, form, report, tables

from govinfo.errors import TablesError
from govinfo.tables import CORRECTED, Tables


class Cells(HTMLParser):
    """The cells of all tables with what their tags say, and tags that were not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.cells: list[tuple[dict[str, str | None], str]] = []
        self.torn: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if tag in ("td", "th"):
            self.cells.append((dict(attrs), ""))

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("td", "th"):
            said, text = self.cells[-1]
            self.cells[-1] = (said, text + data)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.torn.append(tag)


def read(html: str) -> Cells:
    found = Cells()
    found.feed(html)
    return found


def test_tables_show_what_there_is_and_what_does_not_add_up():
    html = busy_tables()._repr_html_()

    assert "3 份报告，2 个乡镇（街道），2020—2022年" in html
    assert "错误 1 条、警告 0 条、提示 1 条" in html
    assert "没有读成报告的文件：1 个" in html
    for name, frame in vars(busy_tables()).items():
        assert f">{name}</td>" in html
        assert f'<td class="n">{len(frame):,}</td>' in html


def test_findings_that_were_dismissed_are_not_counted():
    made = busy_tables()
    dismissed = replace(made, findings=made.findings.assign(remark_status="dismissed"))

    assert "错误 0 条、警告 0 条、提示 0 条" in dismissed._repr_html_()


def test_no_tables_at_all_show_too():
    assert "没有报告" in Tables()._repr_html_()
    assert repr(Tables()) == "<Tables: 0 reports; 0 findings, 0 rejects>"


@pytest.mark.parametrize("code", ["2021", "2019"])
def test_one_report_shows_every_figure_of_its_form_where_the_form_has_it(code):
    made = tables((report(1, "东河镇", 2021, code), {}))
    number = 0
    for name in ("disclosure", "requests", "disputes"):
        frame = getattr(made, name)
        frame["value"] = range(number + 1, number + 1 + len(frame))
        number += len(frame)

    shown = read(made._repr_html_())

    figures = [int(text) for said, text in shown.cells if "title" in said]
    assert not shown.torn
    assert figures == list(range(1, number + 1))
    assert number == sum(table.size for table in form(code).tables)


def test_each_figure_tells_its_status_what_is_printed_and_where():
    made = tables((report(1, "东河镇", 2021), {"requests": {("new", "total"): 17, ("carried_over", "total"): None}}))
    rows = made.requests["value"] == 17
    made.requests.loc[rows, "status"] = "repaired"
    made.disputes.loc[made.disputes.index[0], "status_detail"] = f"{CORRECTED}: misprint"

    shown = read(made._repr_html_())

    by_text = {text: said for said, text in shown.cells}
    assert by_text["17＊"]["title"] == "依勾稽关系还原；原文：17；位置：东河镇2021.txt:1"
    assert by_text["17＊"]["class"] == "n repaired"
    assert by_text["空白"]["class"] == "n none"
    assert by_text["0＃"]["class"] == "n corrected"


def test_text_of_reports_is_escaped():
    evil = "<script>alert(1)</script>\"' onmouseover=x"
    made = tables((report(1, "东河镇", 2021, title=evil, issuer=evil, note=evil, source=evil), {}),
                  narrative=[{"report_id": "r1", "order": 0, "heading": evil, "text": evil}],
                  findings=[{"finding_id": "f", "report_id": "r1", "severity": "error", "message": evil,
                             "locator": evil}])  # fmt: skip
    made.requests["raw"] = evil

    html = made._repr_html_()

    assert "<script" not in html
    assert not any("onmouseover" in said for said, _ in read(html).cells)


def test_the_ground_behind_does_not_matter():
    style = re.search(r"<style>(.*?)</style>", busy_tables()._repr_html_(), re.DOTALL)
    assert style is not None

    html = busy_tables().of("r1")._repr_html_()
    colours = re.findall(r"background-color: ([^\"]+)", html)
    colours += re.findall(r"(?:color|background|border[^:]*):\s*([^;}]+)", style.group(1))
    assert all(re.search(r"rgba|inherit|none|collapse|^0 0 1px$|^\d", colour.strip()) for colour in colours), colours


def test_one_report_is_had_by_its_source_or_its_id():
    made = busy_tables()

    for which in ("r2", "东河镇2022.txt"):
        one = made.of(which)
        assert one.reports["report_id"].tolist() == ["r2"]
        assert set(one.requests["report_id"]) == {"r2"}
        assert one.rejects.empty
        assert list(one.rejects) == list(made.rejects)
        assert "东河镇2022.txt" in one._repr_html_()


def test_a_report_that_is_not_there_is_an_error_with_near_ones():
    with pytest.raises(TablesError, match=r"expected  东河镇2022\.txt"):
        busy_tables().of("东河镇2022.docx")


def test_a_report_without_tables_says_so():
    made = tables((report(1, "东河镇", 2021, "none", status="narrative_only"), {}))

    assert "这份报告里没有表格" in made._repr_html_()
