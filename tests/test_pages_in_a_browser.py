"""Pages as a reader's browser shows them: it complains of nothing, asks for nothing, and draws each character."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from browser import (
    Browser,
    Tab,
    ask,
    call,
    complaints,
    fonts,
    opened,
    press,
    printed,
    requests,
    resize,
    running,
    screenshot,
)
from made_page import HOSTILE, RARE, executed, rows
from made_tables import busy_tables
from test_pages import downloads, profiles

from govinfo.build.pages.contents import Other, Page, render_contents
from govinfo.build.pages.page import render_page

NAMES = ("page.html", "index.html")
NARROW = (390, 320)
_HAN = re.compile(r"[\u3400-\u9fff]")
# what stands out of the window to the right, boxes that are made to be scrolled left out
_WIDER = """[...document.querySelectorAll('body *')].filter(one => !one.closest('.table-box') &&
  one.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(one => one.outerHTML)"""
# the contrast of each text with what lies behind it, as the guidelines for accessibility count it
_CONTRAST = """(() => {
  const light = text => { const [r, g, b] = text.match(/[\\d.]+/g).map(Number).map(v => v / 255)
    .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b };
  const behind = one => { for (; one; one = one.parentElement) { const c = getComputedStyle(one).backgroundColor;
    // what is nearly transparent does not count
    if (c.startsWith('rgb(')) return c } return 'rgb(255, 255, 255)' };
  return [...document.querySelectorAll('body *')]
    .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .map(one => { const pair = [light(getComputedStyle(one).color), light(behind(one))].sort((a, b) => b - a);
      return [(pair[0] + .05) / (pair[1] + .05), one.outerHTML.slice(0, 99)] }) })()"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with running(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page and the contents, both with texts that would do harm."""
    place = tmp_path_factory.mktemp("pages")
    page = render_page(executed(), "page", HOSTILE[0], f"数据截至 {HOSTILE[1]}")
    (place / "page.html").write_text(page, encoding="utf-8")
    pages = [Page(text, text, "page.html", text) for text in HOSTILE]
    pages += [*profiles(30), Page("乡镇概况", "问", "page.html", "1", "profile", HOSTILE[1], HOSTILE[0])]
    contents = render_contents(
        busy_tables(),
        pages,
        f"{HOSTILE[1]}.xlsx",
        title=HOSTILE[2],
        notice=HOSTILE[3],
        others=[Other(HOSTILE[0], RARE, "x")],
    )
    (place / "index.html").write_text(contents, encoding="utf-8")
    return place


def unfold(tab: Tab) -> None:
    ask(tab, "document.querySelectorAll('details').forEach(one => { one.open = true })")


@pytest.mark.parametrize("name", NAMES)
def test_the_browser_complains_of_nothing_and_asks_for_nothing(browser, folder, name):
    with opened(browser, folder / name) as tab:
        unfold(tab)
        assert complaints(tab) == []
        outside = [url for url in requests(tab) if not url.startswith("data:")]
        assert outside == [(folder / name).as_uri()]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [*NARROW, 600, 1200])
def test_nothing_is_wider_than_the_window(browser, folder, name, width):
    """600 points are a window of 1200 at twice the size; 320 one of 1280 at four times."""
    with opened(browser, folder / name, width) as tab:
        unfold(tab)
        assert ask(tab, _WIDER) == []
        assert ask(tab, "document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", NAMES)
def test_letters_of_twice_the_size_fit_a_phone(browser, folder, name):
    with opened(browser, folder / name, NARROW[0]) as tab:
        ask(tab, "document.body.style.zoom = 2")
        assert ask(tab, "document.documentElement.scrollWidth") <= NARROW[0]


@pytest.mark.parametrize("name", NAMES)
def test_each_chinese_character_is_drawn_with_the_font_inside_the_page(browser, folder, name):
    with opened(browser, folder / name) as tab:
        unfold(tab)
        for text, used in fonts(tab, "body *"):
            if RARE not in text:
                assert sum(glyphs for glyphs, own in used.values() if own) >= len(_HAN.findall(text)), (text, used)
        plain = [(text, used) for text, used in fonts(tab, "body :not(pre, pre *)") if RARE not in text]
        assert [text for text, used in plain if not all(own for _, own in used.values())] == []
        assert ask(tab, "[...document.fonts].map(one => [one.family, one.status])") == [["govinfo SC", "loaded"]]


@pytest.mark.parametrize("name", NAMES)
def test_no_text_of_a_report_does_anything(browser, folder, name):
    with opened(browser, folder / name) as tab:
        assert (
            ask(
                tab, "document.scripts.length + document.querySelectorAll('[onerror], [onload], iframe, object').length"
            )
            == 0
        )
        assert all(src.startswith("data:image/png") for src in ask(tab, "[...document.images].map(one => one.src)"))
        protocols = set(ask(tab, "[...document.links].map(one => one.protocol)"))
        assert protocols <= {"file:", "data:", "http:"}
        assert ask(tab, "[...document.links].filter(one => one.protocol === 'data:' && !one.download).length") == 0
        seen = ask(tab, "document.body.textContent")
        assert HOSTILE[0] in seen
        assert HOSTILE[1] in seen
        assert (
            ask(tab, "document.head.querySelectorAll('style').length + document.body.querySelectorAll('style').length")
            == 1
        )


@pytest.mark.parametrize("name", NAMES)
def test_dark_mode_and_a_browser_without_scripts_show_the_same(browser, folder, name):
    shots = []
    for dark, script in ((False, True), (True, True), (False, False)):
        with opened(browser, folder / name, dark=dark, script=script) as tab:
            shots.append(screenshot(tab))
    assert shots[0] == shots[1] == shots[2]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_can_be_read_without_seeing_it(browser, folder, name):
    with opened(browser, folder / name) as tab:
        unfold(tab)
        ranks = ask(tab, "[...document.querySelectorAll('h1, h2, h3, h4')].map(one => Number(one.tagName[1]))")
        assert ranks[0] == 1
        assert ranks.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(ranks))
        assert ask(tab, "[...document.images].filter(one => !one.alt).length") == 0
        assert ask(tab, "[...document.querySelectorAll('th')].filter(one => !one.scope).length") == 0
        assert ask(tab, "[...document.querySelectorAll('table')].filter(one => !one.ariaLabel).length") == 0
        assert ask(tab, "[...document.links].filter(one => !one.innerText.trim()).length") == 0
        assert ask(tab, "document.documentElement.lang + document.querySelectorAll('main').length") == "zh-CN1"
        assert min(ask(tab, _CONTRAST))[0] >= 4.5, min(ask(tab, _CONTRAST))


def finished(browser: Browser) -> set[str]:
    """The names of the files that have been kept, as the browser has told since it was last listened to."""
    told = [one["params"] for one in browser.told if one.get("method", "").startswith("Browser.download")]
    whole = {one["guid"] for one in told if one.get("state") == "completed"}
    return {one["suggestedFilename"] for one in told if "suggestedFilename" in one and one["guid"] in whole}


def test_a_chart_is_kept_with_the_keyboard_alone(browser, folder, tmp_path):
    with opened(browser, folder / "page.html") as tab:
        call(browser, "Browser.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path), eventsEnabled=True)
        expected = downloads((folder / "page.html").read_text(encoding="utf-8"))
        for at, name in enumerate(expected):
            browser.told.clear()
            ask(tab, f"document.querySelectorAll('.keep a')[{at}].focus()")
            press(tab, "Enter")
            while name not in finished(browser):
                browser.told.append(json.loads(browser.line.recv()))
            assert (tmp_path / name).read_bytes() == expected[name]


def sheets(tab: Tab) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(io.BytesIO(printed(tab))))


def text_of(sheet: pypdfium2.PdfPage) -> str:
    return re.sub(r"\s+", "", sheet.get_textpage().get_text_bounded())


def test_on_paper_each_sheet_has_its_number_and_nothing_is_cut_off(browser, folder):
    with opened(browser, folder / "page.html") as tab:
        unfold(tab)
        papers = sheets(tab)
    assert len(papers) > 3
    for number, sheet in enumerate(papers, start=1):
        assert f"第{number}页，共{len(papers)}页" in text_of(sheet)
        width, height = sheet.get_size()
        assert (round(width), round(height)) == (595, 842)
        for thing in sheet.get_objects():
            left, _, right, _ = thing.get_bounds()
            assert left >= 30 or right - left > width - 1
            assert right <= width - 30 or right - left > width - 1


def test_on_paper_a_long_table_has_its_heads_on_each_sheet_and_all_its_rows(browser, folder):
    with opened(browser, folder / "page.html") as tab:
        unfold(tab)
        texts = [text_of(sheet) for sheet in sheets(tab)]
    long = [text for text in texts if len(re.findall(r"第\d+行：", text)) > 20]
    assert len(long) > 1
    assert all("乡镇街道" in text for text in long)
    whole = "".join(texts)
    assert all(f"{number:,}" in whole for number in rows(150)["value"])


def test_on_paper_what_is_folded_is_said_to_be(browser, folder):
    with opened(browser, folder / "page.html") as tab:
        whole = "".join(map(text_of, sheets(tab)))
    assert "逐份<b>报告</b>" in whole
    assert "已折叠，没有印出" in whole
    assert "（http://www.gov.cn/zhengce）" in whole
    for unwanted in ("返回目录", "存为", "原笔记本", "opening(study)"):
        assert unwanted not in whole


def test_on_paper_nothing_is_dark(browser, folder):
    with opened(browser, folder / "index.html", dark=True) as tab:
        call(
            tab,
            "Emulation.setEmulatedMedia",
            media="print",
            features=[{"name": "prefers-color-scheme", "value": "dark"}],
        )
        resize(tab, 700)
        backs = set(ask(tab, "[...document.querySelectorAll('*')].map(one => getComputedStyle(one).backgroundColor)"))
    assert all(sum(map(int, re.findall(r"\d+", back))) > 690 for back in backs if back.startswith("rgb("))
