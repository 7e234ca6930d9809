"""Text in, cells with places out; nothing is lost and nothing is taken for a cell that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.errors import UnreadableFileError
from govinfo.readers.plain.marked_text import read_marked_text
from govinfo.readers.plain.text import read_text


def cells(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(cell.text, cell.row, cell.column) for cell in read_text(text.encode(), "x.txt").cells]


def test_a_row_between_pipes_keeps_its_empty_cells() -> None:
    assert cells("| 规章 | 0 | | 3 |") == [("规章", 0, 0), ("0", 0, 1), ("", 0, 2), ("3", 0, 3)]


def test_the_ruler_of_a_markdown_table_is_no_row_but_a_row_of_dashes_is() -> None:
    text = "| 行政许可 | 行政处罚 |\n|---|---|\n| - | - |"
    assert [text for text, _, _ in cells(text)] == ["行政许可", "行政处罚", "-", "-"]


def test_tabs_part_cells_and_stray_tabs_are_empty_ones() -> None:
    assert cells("规章\t0\t\t3\t") == [("规章", 0, 0), ("0", 0, 1), ("", 0, 2), ("3", 0, 3), ("", 0, 4)]


def test_a_cell_a_line_with_a_pipe_behind_has_no_row() -> None:
    assert cells("规章 |\n0 |\n|\n3 |") == [
        ("规章", None, None),
        ("0", None, None),
        ("", None, None),
        ("3", None, None),
    ]


def test_a_lone_pipe_ends_the_cell_before_it() -> None:
    assert [text for text, _, _ in cells("规章\n|\n0\n|\n|\n3\n|")] == ["规章", "0", "", "3"]


def test_cells_after_tabs_between_blank_lines_are_rows() -> None:
    found = cells("\t规章\n\t0\n\t\n\t3\n\n\t行政许可\n\t1")
    assert found == [("规章", 0, 0), ("0", 0, 1), ("", 0, 2), ("3", 0, 3), ("行政许可", 1, 0), ("1", 1, 1)]


def test_places_are_lines_of_the_file() -> None:
    document = read_text("一\r\n\r\n| 二 | 三 |\n".encode(), "镇/报告.txt")
    assert [str(cell.place) for cell in document.cells] == ["镇/报告.txt:1", "镇/报告.txt:3", "镇/报告.txt:3"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_gives_the_same_text(encoding: str) -> None:
    document = read_text("干𬒗镇政府信息公开".encode(encoding), "x.txt")
    assert [cell.text for cell in document.cells] == ["干𬒗镇政府信息公开"]


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "empty"), (b" \n\t\n", "empty"), (b"\x89PNG\0\0\xff\xfe\0", "unreadable")]
)
def test_what_is_no_text_says_so(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_text(data, "x.txt")
    assert caught.value.reason == reason


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), max_size=200))
def test_any_text_is_read_or_empty(text: str) -> None:
    try:
        document = read_text(text.encode(), "x.txt")
    except UnreadableFileError as error:
        assert error.reason == "empty"
    else:
        assert any(cell.text for cell in document.cells)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("table", ["", "<table><tr><td>栏</td></tr></table>"])
def test_a_page_mark_parts_what_stands_around_it_and_counts_as_no_line(end: str, table: str) -> None:
    """Editors and `grep -n` count the ends of lines alone."""
    lines = ["甲", "乙\f丙", "\f丁", f"{table}", "戊"]
    text = end.join(lines)

    read = read_marked_text if table else read_text
    cells = read(text.encode(), "a.txt").cells

    told = {cell.text: cell.place.line for cell in cells}
    assert told == {"甲": 1, "乙": 2, "丙": 2, "丁": 3, "戊": 5} | ({"栏": 4} if table else {})
