"""Pages: every cell comes back from every kind of markup, and what a page hides never ends up in a figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

import html_pages
import pytest
from html_pages import PAGES, TABLES, clean, clean_with, report
from hypothesis import given, settings
from hypothesis import strategies as st
from test_layouts import FORMS, assert_read, made_up

from govinfo.definitions.form import Form, forms
from govinfo.definitions.sheet import Texts
from govinfo.demo.figures import cells_of
from govinfo.errors import UnreadableFileError
from govinfo.parse.report import Report, parse_report
from govinfo.readers.document import Cell
from govinfo.readers.web.html import read_html

ODD = ("", "/", "无")


def cells(markup: str) -> tuple[Cell, ...]:
    return read_html(markup.encode(), "a.html").cells


def rows(markup: str) -> list[list[str | None]]:
    """The rows of the tables, covered positions as None."""
    found: dict[int, list[str | None]] = {}
    for cell in cells(markup):
        if cell.row is not None:
            found.setdefault(cell.row, []).append(None if cell.covered else cell.text)
    return list(found.values())


def lines(markup: str) -> list[str]:
    return [cell.text for cell in cells(markup) if cell.row is None]


# ------------------------------------------------------------------------------------------- whole reports


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("table", TABLES)
def test_every_cell_comes_back_from_every_markup_in_every_page(table: str, page: str, code: str) -> None:
    form = FORMS[code]
    texts = made_up(form, 3, ODD)

    found = parse_report(read_html(report(form, texts, table, page).encode(), "a.html"), forms())

    assert_values(found, form, texts)
    assert found.rows["unknown_lines"] == []
    assert found.identity.title == html_pages.TITLE
    narrative = {row["role"]: row["text"] for row in found.rows["narrative"]}
    assert narrative["overview"] == html_pages.OVERVIEW
    assert [row["text"] for row in found.rows["problems"]] == ["公开内容还不够全面"]
    assert narrative["other"] == "无。"


def reshown(form: Form, texts: Mapping[str, Texts], shown: Callable[[str], str]) -> str:
    """A report in which each figure is marked up in another way."""
    page = report(form, texts)
    for table in form.tables:
        spans = html_pages.spanned(html_pages.sheet(table, texts[table.name]))
        again = clean_with(spans, lambda text: shown(text) if text and text.isascii() else escape(text))
        page = page.replace(clean(spans), again)
    return page


def assert_values(found: Report, form: Form, texts: Mapping[str, Texts]) -> None:
    """Every value is the printed one, however its text was marked up."""
    for table in form.tables:
        read = iter(found.rows[table.name])
        for _, line, column in cells_of(table):
            row, text = next(read), texts[table.name][line.code, column.key]
            if column.number == "amount" and form.code == "2019":
                assert row["value"] is None
            else:
                value = {"": None, "/": None, "无": 0}.get(text)
                assert row["value"] == (int(text) if text.isdigit() else value), (line.code, column.key, row)


def joined(tag: str, between: str = "") -> Callable[[str], str]:
    """Each character in a `tag` of its own."""
    return lambda text: between.join(f"<{tag}>{char}</{tag}>" for char in text)


# The same figure for a reader of the page, however it is marked up.
SAME: dict[str, Callable[[str], str]] = {
    "letters in spans": joined("span"),
    "letters in spans on lines of the source": joined("span", "\n"),
    "paragraphs around": lambda text: f"<p>{text}</p><p>&nbsp;</p>",
    "box in the line": lambda text: f'<div style="display:inline-block">{text}</div>',
    "centred": lambda text: f"<center><font size=2><b>{text}</b></font></center>",
    "link": lambda text: f'<a href="#">{text}</a>',
    "field": lambda text: f'<input type="text" value="{text}">',
    "field beside a hidden one": lambda text: f'<input type="hidden" value="9">{text}',
    "text area": lambda text: f"<textarea>{text}</textarea>",
    "hard spaces": lambda text: f"&nbsp;&emsp;{text}&#160;&#8203;",
    "invisible characters": lambda text: "\u200b".join(text) + "\ufeff",
    "full width": lambda text: text.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "entities": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "places to break": lambda text: "<wbr>".join(text),
    "comment inside": lambda text: f"{text[0]}<!-- 5 -->{text[1:]}",
    "conditional comment": lambda text: f"{text}<!--[if gte mso 9]><p>9</p><![endif]-->",
    "hidden piece": lambda text: f'<span style="display:none">7</span>{text}',
    "hidden by attribute": lambda text: f"<span hidden>7</span>{text}",
    "deleted piece": lambda text: f"<del>7</del><ins>{text}</ins>",
    "script": lambda text: f"<script>document.write(9)</script>{text}",
    "drawing": lambda text: f"<svg><text>9</text></svg>{text}",
    "picture": lambda text: f"{text}<img src=x alt=9>",
    "reading aid": lambda text: f"<ruby>{text}<rt>9</rt></ruby>",
    "markup in an attribute": lambda text: f'<span data-x="<td>9</td>" title="9">{text}</span>',
    "table of its own": lambda text: f"<table><tr><td>{text}</td></tr></table>",
    "list": lambda text: f"<ul><li>{text}</li></ul>",
    "as typed": lambda text: f"<pre>{text}</pre>",
}


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("way", SAME)
def test_what_is_the_same_figure_to_the_eye_is_read(way: str, code: str) -> None:
    form = FORMS[code]
    texts = made_up(form, 5, ODD)
    page = reshown(form, texts, SAME[way])

    assert_values(parse_report(read_html(page.encode(), "a.html"), forms()), form, texts)


# What may be another figure than its digits in a row: read as none of them.
OTHER: dict[str, Callable[[str], str]] = {
    "raised": lambda text: f"{text}<sup>1</sup>",
    "raised in brackets": lambda text: f"{text}<sup>[1]</sup>",
    "struck": lambda text: f"<s>7</s>{text}",
    "struck by style": lambda text: f'<span style="text-decoration:line-through red">7</span>{text}',
    "letters of no size": lambda text: f'<span style="font-size:0px">7</span>{text}',
    "transparent": lambda text: f'<span style="color:transparent">7</span>{text}',
    "moved off the page": lambda text: f'<span style="display:inline;text-indent:-9999px">7</span>{text}',
    "button": lambda text: f"{text}<button>1</button>",
    "two paragraphs": lambda text: f"<p>{text}</p><p>7</p>",
    "two lines": lambda text: f"{text}<br>7",
    "two boxes": lambda text: f'<span style="display:inline-block">{text}</span><span style="float:left">7</span>',
    "share": lambda text: f"{text}<span>%</span>",
}


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("way", OTHER)
def test_what_may_be_another_figure_is_null_and_the_others_are_read(way: str, code: str) -> None:
    form = FORMS[code]
    texts = made_up(form, 5, ("/",))

    def doubtful(text: str) -> bool:
        return text.isdigit() and int(text) % 9 == 0

    page = reshown(form, texts, lambda text: OTHER[way](text) if doubtful(text) else text)
    found = parse_report(read_html(page.encode(), "a.html"), forms())

    for table in form.tables:
        read = iter(found.rows[table.name])
        for _, line, column in cells_of(table):
            row, text = next(read), texts[table.name][line.code, column.key]
            if doubtful(text):
                assert row["value"] is None, (line.code, column.key, row)
                assert row["status"] in ("unreadable", "ambiguous")
            else:
                assert row["value"] in (None, int(text) if text.isdigit() else None), (line.code, column.key, row)


@pytest.mark.parametrize(
    "page",
    [
        lambda content: f'<body><iframe srcdoc="{escape(content)}"></iframe></body>',
        lambda content: f"<body><textarea>{escape(content)}</textarea></body>",
        lambda content: f"<body><div>{escape(content)}</div></body>",
        lambda content: f"<body><xmp>{content}</xmp></body>",
        lambda content: f"<body style='display:none'>{content}</body>",
        lambda content: f"<p>{content}</p>",
        lambda content: content,
        lambda content: f"<table><tr><td>{content}<div>页脚",
    ],
    ids=["frame", "text area", "escaped", "as typed", "hidden until a script runs", "in a paragraph", "piece", "cut"],
)
def test_a_report_is_found_wherever_a_page_keeps_it(page: Callable[[str], str]) -> None:
    form = FORMS["2021"]
    texts = made_up(form, 4, ODD)
    content = report(form, texts, page="bare").partition("<body>")[2].removesuffix("</body></html>")

    found = parse_report(read_html(page(content).encode(), "a.html"), forms())

    assert_read(found, form, texts, ("read", "aligned"))


@pytest.mark.parametrize("style", ["", ' style="display:none"', " hidden"])
def test_a_report_printed_twice_is_read_once(style: str) -> None:
    """Once for screens and once for telephones; the second is mostly hidden."""
    form = FORMS["2021"]
    texts = made_up(form, 4, ODD)
    content = report(form, texts, page="bare").partition("<body>")[2].removesuffix("</body></html>")
    page = f"<body><div class=pc>{content}</div><div class=mobile{style}>{content}</div></body>"

    assert_read(parse_report(read_html(page.encode(), "a.html"), forms()), form, texts, ("read", "aligned"))


def test_two_printings_that_differ_are_a_finding() -> None:
    form = FORMS["2021"]
    first, second = made_up(form, 4, ("/",)), made_up(form, 5, ("/",))
    contents = [report(form, texts).partition("<body>")[2].removesuffix("</body></html>") for texts in (first, second)]

    found = parse_report(read_html(f"<body>{''.join(contents)}</body>".encode(), "a.html"), forms())

    assert_read(found, form, first, ("read", "aligned"))
    assert found.rows["unknown_lines"] != []


# ------------------------------------------------------------------------------------------- grids


@pytest.mark.parametrize(
    ("markup", "grid"),
    [
        ("<tr><td>a<td>b<tr><td>c<td>d", [["a", "b"], ["c", "d"]]),
        ("<tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e", [["a", None, "b"], ["c", "d", "e"]]),
        ("<tr><td rowspan=2>a<td>b<tr><td>c", [["a", "b"], [None, "c"]]),
        ("<tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d", [["a", "b"], [None, "c"], [None, "d"]]),
        ("<tr><td rowspan=2 colspan=2>a<td>b<tr><td>c", [["a", None, "b"], [None, None, "c"]]),
        ("<tr><td rowspan=99>a<td>b<tr><td>c", [["a", "b"], [None, "c"]]),
        ("<tr><td rowspan=x colspan=-1>a<td>b<tr><td>c<td>d", [["a", "b"], ["c", "d"]]),
        ("<tr><th>a<th>b<tr><td>c<td>", [["a", "b"], ["c", ""]]),
        ("<tr><td>a<td>b<tr><tr><td>c<td>d", [["a", "b"], ["c", "d"]]),
        ("<tbody><tr><td rowspan=3>a<td>b</tbody><tbody><tr><td>c<td>d", [["a", "b"], ["c", "d"]]),
        ("<tfoot><tr><td>z<td>y<tbody><tr><td>c<td>d<thead><tr><td>a<td>b", [["a", "b"], ["c", "d"], ["z", "y"]]),
        ("<caption>t</caption><colgroup><col><tr><td>a<td>b", [["a", "b"]]),
        ("<tr><td>a<td style='display:none'>9<td>b", [["a", "b"]]),
        ("<tr><td>a<td style='visibility:hidden'>9<td>b", [["a", "", "b"]]),
        ("<tr><td>a<td>b<tr height=0><td><td>", [["a", "b"]]),
    ],
)
def test_cells_stand_where_the_page_shows_them(markup: str, grid: list[list[str | None]]) -> None:
    assert rows(f"<table>{markup}</table>") == grid


def test_places_count_tables_rows_and_cells_of_the_page() -> None:
    page = "<p>x<table><tr><td>1<td>2</table><table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>"

    assert [str(cell.place) for cell in cells(page)][-4:] == [
        "table 2 row 1 cell 3",
        "table 2 row 2 cell 1",
        "table 2 row 2 cell 2",
        "table 2 row 2 cell 3",
    ]


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<p>一、总体\n情况</p>", ["一、总体情况"]),
        ("<p>公开 35\n 条</p>", ["公开 35 条"]),
        ("<p>公开<b>35</b>条</p>", ["公开35条"]),
        ("甲<br>乙<div>丙</div>丁", ["甲", "乙", "丙", "丁"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<p>甲<!-- 乙 --><script>丙</script><style>丁</style></p>", ["甲"]),
        ("<p>&lt;甲&gt;&amp;乙</p>", ["<甲>&乙"]),
        ("<pre>甲\n  乙</pre>", ["甲", "乙"]),
        ("<p>公开<s>旧的</s>新的</p>", ["公开旧的新的"]),
        ("<p>公开<s>35</s>36条</p>", ["公开~~35~~36条"]),
        ("<select><option>2021<option>2022</select><p>甲", ["甲"]),
        ("<dialog>甲</dialog><dialog open>乙</dialog>", ["乙"]),
        ("<template><p>甲</template><noscript>乙</noscript><p>丙", ["丙"]),
    ],
)
def test_lines_are_what_the_page_shows(markup: str, shown: list[str]) -> None:
    assert lines(f"<body>{markup}</body>") == shown


@pytest.mark.parametrize("rule", [".x{display:none}", "td .y, span.x { color:red; DISPLAY: none !important }"])
def test_what_a_style_sheet_may_hide_joins_no_figure(rule: str) -> None:
    """123 may be 12 to the eye: sheets hide some things on some screens only, so neither is taken."""
    page = f"<style>p{{margin:0}} {rule}</style><table><tr><td>规章<td>12<span class='z x'>3</span><td>4</table>"

    assert rows(page) == [["规章", "12\n3", "4"]]


def test_the_title_is_that_of_the_head_and_no_line() -> None:
    document = read_html("<title> 某镇\n年报 </title><svg><title>x</title></svg><p>甲".encode(), "a.html")

    assert (document.title, [cell.text for cell in document.cells]) == ("某镇 年报", ["甲"])


def test_a_figure_at_the_end_of_a_page_cut_short_is_no_figure() -> None:
    """Nobody knows how it went on: 12 may be the beginning of 123."""
    assert rows("<table><tr><td>规章</td><td>3</td><td>12")[0] == ["规章", "3", "12\ufffd"]


def test_a_page_that_shows_nothing_is_empty() -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_html(b"<html><body><script>var a = 1;</script><p hidden>x</p></body></html>", "a.html")

    assert caught.value.reason == "empty"


# ------------------------------------------------------------------------------------------- hostile pages

DEEP = 200_000
HOSTILE: dict[str, str] = {
    "deep boxes": "<div>" * DEEP + "x",
    "deep letters": "<b>" * DEEP + "x",
    "deep strokes": "<s>" * DEEP + "1",
    "deep tables": "<table><tr><td>" * 20_000 + "x",
    "many attributes": "<p " + " ".join(f"a{n}=1" for n in range(DEEP)) + ">x",
    "many declarations": '<p style="' + "height:0;" * DEEP + '">x',
    "half tags": "x" + "<" * DEEP,
    "half comments": "x<!--" * DEEP,
    "frames in frames": "x" + '<iframe srcdoc="<iframe srcdoc=&quot;x&quot;>">' * 20_000,
    "marks": "x" + "<sup></sup>" * DEEP,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_page_may_be_as_deep_and_as_odd_as_it_likes(name: str) -> None:
    assert any("x" in cell.text or "1" in cell.text for cell in cells(f"<body>{HOSTILE[name]}"))


@pytest.mark.parametrize(
    "markup",
    [
        "<tr>" + "<td rowspan=65534 colspan=1000>x" * 1000,
        "<tr><td rowspan=65534 colspan=1000>x" + "<tr><td>y" * 1000,
        "<tr>" + "<td>1" * 200_001,
        "<tr><td>1</table>" + "a<br>" * 200_001,
    ],
    ids=["wide and high", "high", "many cells", "many lines"],
)
def test_a_page_with_more_cells_than_any_report_is_too_large(markup: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        cells(f"<table>{markup}")

    assert caught.value.reason == "too_large"


PIECES = st.sampled_from(
    [
        *("<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th colspan=2>", "<td rowspan=2>", "<tbody>"),
        *("<p>", "</p>", "<div>", "</div>", "<br>", "<s>", "</s>", "<sup>", "</sup>", "<select>", "</select>"),
        *("<!--", "-->", "<script>", "</script>", "<textarea>", "</textarea>", "<pre>", "<iframe srcdoc='<td>5'>"),
        *("规章", "12", "3", " ", "\n", "&nbsp;", "<td style='display:none'>", "<svg>", "<math>", "<", "\0"),
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=40))
def test_any_markup_is_read_or_empty_and_rows_are_in_order(pieces: list[str]) -> None:
    try:
        found = cells("".join(pieces))
    except UnreadableFileError as error:
        assert error.reason in ("empty", "unreadable")
    else:
        numbered = [cell.row for cell in found if cell.row is not None]
        assert numbered == sorted(numbered)
        assert any(cell.text for cell in found)
