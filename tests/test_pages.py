"""Pages stand alone: all they show, they hold; nothing in a report's text can do anything in them."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from html import unescape
from urllib.parse import unquote_to_bytes

import nbformat
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from made_page import HOSTILE, KNOWN_RARE, RARE, TITLE, chart, executed, shown
from made_tables import busy_tables
from PIL import Image, ImageChops

from govinfo.build.config import Run
from govinfo.build.pages.contents import Other, Page, describe, render_contents
from govinfo.build.pages.fonts import lacking
from govinfo.build.pages.page import render_page
from govinfo.build.pages.pictures import picture, small_png
from govinfo.build.pages.standalone import page_style
from govinfo.build.pages.standing import dated, page_date, span
from govinfo.charts.shown import picture as kept
from govinfo.tables import Tables, typed, write_tables


@pytest.fixture(scope="module")
def page() -> str:
    return render_page(executed(), "甲 县", dated="数据截至：2024-03-01")


def content(href: str) -> bytes:
    """What a data: address holds."""
    head, body = href.removeprefix("data:").split(",", 1)
    return base64.b64decode(body) if head.endswith(";base64") else unquote_to_bytes(body)


def downloads(html: str) -> dict[str, bytes]:
    links = re.findall(r'<a download="([^"]*)" href="(data:[^"]*)"', html)
    return {unescape(name): content(href) for name, href in links}


def test_a_warning_and_the_folders_that_it_names_stay_in_the_notebook():
    made = executed()
    for name in ("stderr", "stdout"):
        made.cells[-1].outputs.append(nbformat.v4.new_output("stream", name=name, text=f"/somewhere/{name}.py"))

    html = render_page(made, "甲 县", dated="")

    assert "/somewhere/stdout.py" in html
    assert "/somewhere/stderr.py" not in html


def test_below_a_chart_it_can_be_kept_as_png_svg_and_csv(page):
    drawn = kept(chart("第4号乡收到最多：12 件"))

    files = downloads(page)

    assert list(files) == ["甲_县-received.png", "甲_县-received.svg", "甲_县-received.csv"]
    assert files["甲_县-received.csv"] == drawn.csv.encode("utf-8-sig")
    assert files["甲_县-received.svg"].split() == drawn.svg.split()
    with Image.open(io.BytesIO(files["甲_县-received.png"])) as small, Image.open(io.BytesIO(drawn.png)) as large:
        assert small.size == large.size
    assert f'alt="{drawn.alt}"' in page


def test_an_address_in_a_page_holds_nothing_that_html_has_a_meaning_for(page):
    for href in re.findall(r'(?:href|src)="(data:[^"]*)"', page):
        assert not set(href) & set("<>&'\n#")


def test_a_picture_without_a_name_has_no_files():
    output = shown(kept(chart("题")))
    del output["metadata"]["image/png"]["name"]

    assert picture(output, "页").files == ()
    assert picture({"data": {"image/png": output["data"]["image/png"]}}, "页").alt == ""


def test_a_picture_with_few_colours_looks_the_same_and_is_the_same_each_time():
    drawn = kept(chart("第4号乡收到最多：12 件")).png

    small = small_png(drawn)

    assert len(small) < len(drawn) / 2
    assert small == small_png(drawn)
    with Image.open(io.BytesIO(small)) as one, Image.open(io.BytesIO(drawn)) as other:
        apart = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
    assert max(high for _, high in apart.getextrema()) <= 40


def test_sections_are_listed_on_top_and_each_link_leads_to_one(page):
    links = re.findall(r'<li><a href="#(s\d+)">(.*?)</a></li>', page)

    assert [name for _, name in links] == ["依据什么，当心什么", "结论", "收到多少 n &amp; script"]
    assert [place for place, _ in links] == re.findall(r'<h2 id="(s\d+)">', page)


def test_what_a_page_says_of_its_data_stands_at_its_foot(page):
    foot = page[page.index("<footer>") :]

    assert "<p>数据截至：2024-03-01</p>" in foot
    assert 'href="index.html"' in foot
    assert "给运行的人看" not in page


def test_characters_that_the_font_lacks_are_named_at_the_foot(page):
    assert lacking(f"镇{KNOWN_RARE}{RARE}\x1b\u200b ") == [RARE]
    assert f"{RARE}（U+20BB7）" in page[page.index("<footer>") :]
    assert "随页的字体" not in render_contents(busy_tables(), (), None)


@given(st.text(min_size=1, max_size=40))
@settings(max_examples=50, deadline=None)
def test_no_title_can_end_the_style_that_puts_it_on_paper(title):
    style = page_style(title)

    assert "<" not in style
    string = re.search(r'@top-left \{ content: "([^"]*)"; \}', style)
    assert string is not None
    said = re.sub(r"\\([0-9a-f]{6}) ", lambda code: chr(int(code.group(1), 16)), string.group(1))
    assert said == title


def test_the_same_notebook_gives_the_same_bytes(page):
    assert render_page(executed(), "甲 县", dated="数据截至：2024-03-01") == page


def test_a_page_of_many_charts_stays_small_enough_to_send():
    node, drawn = executed(), kept(chart("题"))
    node.cells[8].outputs = [shown(replace(drawn, name=f"chart{number}")) for number in range(20)]

    assert len(render_page(node, "页")) < 6_000_000


def test_the_font_in_a_page_draws_all_that_is_on_paper_too(page):
    data = re.search(r"data:font/woff;base64,([A-Za-z0-9+/=]+)", page)
    assert data is not None

    drawn = set(TTFont(io.BytesIO(base64.b64decode(data.group(1)))).getBestCmap())

    assert {ord(char) for char in f"{TITLE}第页，共已折叠没有印出数据截至0123456789"} <= drawn


def days(*known: str | None) -> pd.DataFrame:
    return typed("reports", [{"report_id": str(at), "published_on": day} for at, day in enumerate(known)])


def test_how_new_the_data_are_is_the_last_day_that_is_known():
    assert dated(days("2023-01-09", None, "2024-02-01")) == "数据截至：2024-02-01（最近的发布或取得日期）"
    assert dated(days(None)) == "数据截至：不明"
    assert dated(days(None).assign(year=pd.Series([2021], dtype="Int32"))).startswith("数据截至：2021年度报告")
    assert span(days(None)) == "年度不明"


def test_a_page_tells_of_its_own_reports_only(tmp_path):
    write_tables(busy_tables(), tmp_path)

    assert page_date(tmp_path, {"townships": ["西山乡"]}).startswith("数据截至：2020年度")
    assert page_date(tmp_path, {}).startswith("数据截至：2022年度")
    assert page_date(tmp_path / "none", {}) == ""


def profiles(number: int) -> list[Page]:
    """Pages of one notebook for so many townships of three counties."""
    return [
        Page(
            "乡镇概况",
            "这个乡镇怎样？",
            f"p{at}.html",
            "2021年，依据 1 份报告",
            "profile",
            f"第{at}号乡",
            f"第{at % 3}县",
        )
        for at in range(number)
    ]


def test_pages_of_a_group_are_one_entry_folded_by_county():
    html = render_contents(busy_tables(), [Page("专题", "问", "a.html", "全部"), *profiles(300)], None)

    assert html.count("<h3>") == 2
    assert html.count("<details>") == 3
    assert "共 300 页" in html
    assert "第1县（100 页）" in html
    assert len(set(re.findall(r'<li><a href="(p\d+\.html)">', html))) == 300


def test_a_group_of_few_pages_is_not_folded():
    html = render_contents(busy_tables(), profiles(4), None)

    assert html.count("<details open>") == 3


def test_pages_each_alone_in_its_county_are_one_list():
    html = render_contents(busy_tables(), profiles(3), None)

    assert html.count("<summary>") == 1
    assert "全部 3 页" in html


def test_a_page_of_a_group_stands_under_the_place_above_it():
    node, made = executed(), busy_tables()

    def under(**parameters: list[str] | list[int]) -> str:
        return describe(node, Run("n", "p", parameters, group="g", label="甲"), made).under

    assert under(provinces=["某省"], cities=["某市"], counties=["某县"], townships=["东河镇"]) == "某市某县"
    assert under(provinces=[""], cities=[""], counties=["某县"], townships=["东河镇"]) == "某县"
    assert under(provinces=[""], cities=[""], counties=[""], townships=["东河镇"]) == "所属不明"
    assert under(provinces=["某省"]) == ""
    assert under(years=[2021]) == ""


def test_what_is_not_there_is_said_to_be_empty():
    html = render_contents(Tables(), (), None)

    for words in ("尚未生成专题页面", "尚未导出汇总表", "还没有更新记录", "还没有读到报告"):
        assert words in html
    assert "0 份" not in html


def test_reports_that_are_set_aside_are_told_and_not_counted():
    made = busy_tables()
    reports = made.reports.assign(counted=[True, True, False], note=pd.Series(["节录"] * 3, dtype="string"))

    html = render_contents(replace(made, reports=reports), (), None)

    assert "依据 2 份报告" in html
    assert "2 份报告的说明：节录" in html
    assert "没有计入的报告：1 份" in html


def test_the_contents_lead_to_what_there_is():
    html = render_contents(
        busy_tables(),
        [Page("题", "问", "a%20b.html", "全部")],
        "汇总.xlsx",
        changes="CHANGES.md",
        others=[Other("示例", "虚构", "demo/index.html")],
    )

    for href in ("a%20b.html", "a%20b.ipynb", "%E6%B1%87%E6%80%BB.xlsx", "CHANGES.md", "demo/index.html"):
        assert f'href="{href}"' in html


def test_no_text_does_anything_in_the_contents():
    made = busy_tables()
    made = replace(made, reports=made.reports.assign(note=pd.Series(HOSTILE[:3], dtype="string")))
    pages = [Page(text, text, "a.html", text, group, text, text) for text in HOSTILE for group in ("", text)]

    html = render_contents(
        made, pages, HOSTILE[1], title=HOSTILE[2], notice=HOSTILE[0], others=[Other(HOSTILE[0], HOSTILE[1], "x")]
    )

    assert "<script" not in html
    assert "<img" not in html
    assert html.count("</style>") == 1
    assert 'href="javascript:' not in html
