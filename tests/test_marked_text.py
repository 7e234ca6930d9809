"""Tables left as markup in text: read as grids, and all around them as the lines that they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from html_pages import OVERVIEW, TITLE, Span, clean, spanned
from test_layouts import FORMS, assert_read, made_up

from govinfo.definitions.form import forms
from govinfo.definitions.sheet import sheet
from govinfo.errors import UnreadableFileError
from govinfo.parse.report import parse_report
from govinfo.readers import read_document
from govinfo.readers.document import Cell

TABLE = '<table>\n<tr>\n<td rowspan="2">甲</td>\n<td>1</td>\n</tr>\n<tr>\n<td>2</td>\n</tr>\n</table>'


def cells(text: str, name: str = "a.txt") -> list[tuple[str, int | None, int | None, int | None]]:
    """Text, row, column and line of each cell."""
    return [(cell.text, cell.row, cell.column, cell.place.line) for cell in read(text, name)]


def read(text: str, name: str = "a.txt") -> tuple[Cell, ...]:
    return read_document(Path(name), data=text.encode()).cells


def one_a_line(rows: list[list[Span]]) -> str:
    return clean(rows).replace("<tr", "\n<tr").replace("<td", "\n<td")


def in_pipes(rows: list[list[Span]]) -> str:
    """Not markup but pipes, with breaks and spaces left as markup in the cells."""
    return "\n".join(f"| {' | '.join(_broken(text) for text, _, _ in row)} |" for row in rows)


def _broken(text: str) -> str:
    return text or "&nbsp;" if text.isascii() else f"{text[: len(text) // 2]}<br>{text[len(text) // 2 :]}"


TABLES: dict[str, Callable[[list[list[Span]]], str]] = {
    "on one line": clean,
    "a tag a line": one_a_line,
    "in capitals": lambda rows: one_a_line(rows).upper(),
    "in a page of its own": lambda rows: f"<html><body>{clean(rows)}</body></html>",
    "in a page in a box": lambda rows: (
        f'<div style="text-align: center;"><html><body>{clean(rows)}</body></html></div>'
    ),
    "without its own tag": lambda rows: one_a_line(rows).replace("<table>", "").replace("</table>", ""),
    "without its end": lambda rows: one_a_line(rows).replace("</table>", ""),
    "in cells over several lines": lambda rows: one_a_line(rows).replace('">', '">\n    ').replace("</td>", "\n</td>"),
    "in another table": lambda rows: f"<table><tr><td>{one_a_line(rows)}</td></tr></table>",
    "fenced": lambda rows: f"```html\n{one_a_line(rows)}\n```",
    "pipes": in_pipes,
}


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("suffix", ["txt", "md"])
@pytest.mark.parametrize("way", TABLES)
def test_a_report_with_markup_left_in_it_comes_back_whole(way: str, suffix: str, code: str) -> None:
    form = FORMS[code]
    texts = made_up(form, 2, ("/", "无"))
    mark = "## " if suffix == "md" else ""
    parts = [f"{mark}{TITLE}", f"{mark}一、总体情况", OVERVIEW]
    for table in form.tables:
        parts += [f"{mark}{table.title}", TABLES[way](spanned(sheet(table, texts[table.name])))]
    parts += [
        f"{mark}五、存在的主要问题及改进情况",
        "公开内容还<b>不够</b>全面。",
        f"{mark}六、其他需要报告的事项",
        "无。",
    ]

    document = read_document(Path(f"a.{suffix}"), data="\n".join(parts).encode())
    found = parse_report(document, forms())

    assert document.format == suffix
    assert_read(found, form, texts, ("read", "aligned"))
    assert found.identity.title == TITLE
    narrative = {row["role"]: row["text"] for row in found.rows["narrative"]}
    assert narrative["overview"].splitlines()[0] == OVERVIEW
    assert (narrative["problems"], narrative["other"]) == ("公开内容还不够全面。", "无。")


def test_places_are_the_lines_on_which_the_tags_of_cells_stand() -> None:
    assert cells(f"标题\n\n{TABLE}\n五、问题\n") == [
        ("标题", None, None, 1),
        ("甲", 0, 0, 5),
        ("1", 0, 1, 6),
        ("", 1, 0, 8),
        ("2", 1, 1, 9),
        ("五、问题", None, None, 12),
    ]


def test_a_place_covered_by_a_merged_cell_is_known() -> None:
    assert [cell.covered for cell in read(f"标题\n{TABLE}\n")] == [False, False, False, True, False]


def test_rows_are_numbered_through_all_tables_of_whatever_kind() -> None:
    text = f"标题\n{TABLE}\n| 乙 | 3 |\n| 丙 | 4 |\n{TABLE}\n"

    assert [row for _, row, column, _ in cells(text) if column == 1] == [0, 1, 2, 3, 4, 5]


def test_text_on_the_line_of_a_table_stays_beside_it() -> None:
    found = cells("一、标题 <table><tr><td>甲</td><td>1</td></tr></table> 五、问题")

    assert [(text, row) for text, row, _, _ in found] == [("一、标题", None), ("甲", 0), ("1", 0), ("五、问题", None)]


def test_a_table_that_is_not_closed_does_not_swallow_the_next_one() -> None:
    text = "<table>\n<tr><td>甲</td><td>1</td></tr>\n二、标题\n<table><tr><td>乙</td><td>2</td></tr></table>\n三、标题"

    assert [(text, row) for text, row, _, _ in cells(text)] == [
        ("甲", 0),
        ("1", 0),
        ("二、标题", None),
        ("乙", 1),
        ("2", 1),
        ("三、标题", None),
    ]


def test_a_figure_at_the_end_of_a_table_cut_short_is_no_figure() -> None:
    found = cells("标题\n<table><tr><td>甲</td><td>12\n五、问题\n")

    assert ("12", 0) not in [(text, row) for text, row, _, _ in found]
    assert found[-1][0] == "五、问题"


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("公开&nbsp;35&nbsp;条", ["公开 35 条"]),
        ("公开<b>35</b>条<br/>收到2件", ["公开35条", "收到2件"]),
        ("公开35<sup>1</sup>2条", ["公开35", "1", "2条"]),
        ("收到 <5 件&lt;", ["收到 <5 件<"]),
        ('<div align="center"><img src="a.png"/></div>', []),
    ],
)
def test_a_line_with_tags_and_entities_is_what_a_page_would_show(line: str, shown: list[str]) -> None:
    assert [text for text, *_ in cells(f"标题\n{line}\n<br>")] == ["标题", *shown]


def test_text_without_a_word_is_empty() -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read("<br>\n&nbsp;\n<table><tr><td></td></tr></table>\n", "a.md")

    assert caught.value.reason == "empty"


@pytest.mark.parametrize(
    "markup",
    [
        "<table>\n" * 50_000,
        "<table " * 50_000,
        "<table><tr>" + "<td rowspan=65534 colspan=1000>x" * 1000,
        "<td>1\n" * 200_001,
        "x" + "<" * 500_000,
    ],
    ids=["no ends", "half tags", "wide and high", "many cells", "signs"],
)
def test_hostile_markup_costs_no_more_than_its_length(markup: str) -> None:
    try:
        found = read(f"标题\n{markup}")
    except UnreadableFileError as error:
        assert error.reason == "too_large"
    else:
        assert found[0].text.startswith("标题")
