"""Lists with separators: one record is one row, whatever separates and quotes it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_layouts import FORMS, HEAD, TAIL, assert_read, made_up

from govinfo.definitions.form import FormTable, forms
from govinfo.definitions.sheet import Texts, sheet
from govinfo.errors import UnreadableFileError
from govinfo.parse.report import parse_report
from govinfo.readers.plain.csv_text import read_csv


def cells(text: str) -> list[tuple[str, int | None, int | None, int | None]]:
    """Text, row, column and line of each cell."""
    return [
        (cell.text, cell.row, cell.column, cell.place.line) for cell in read_csv(text.encode("gb18030"), "a.csv").cells
    ]


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("separator", [",", ";", "\t", "，"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_sheet_saved_as_a_list_comes_back(encoding: str, separator: str, code: str) -> None:
    form = FORMS[code]
    texts = made_up(form, 8, ("", "/", "无"))
    lines = [*HEAD.split(), *(line for table in form.tables for line in (table.title, *_records(table, texts)))]
    quoted = [[f'"{cell}"' for cell in line] if isinstance(line, list) else [f'"{line}"'] for line in lines]
    text = "\r\n".join(separator.join(line) for line in [*quoted, *([line] for line in TAIL.split())])

    found = parse_report(read_csv(text.encode(encoding), "a.csv"), forms())

    assert_read(found, form, texts, ("read", "aligned"))


def _records(table: FormTable, texts: Mapping[str, Texts]) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in sheet(table, texts[table.name])]


def test_a_record_keeps_its_empty_cells_and_says_its_line() -> None:
    assert cells("规章,0,,3\n\n行政许可,1,2,\n") == [
        ("规章", 0, 0, 1),
        ("0", 0, 1, 1),
        ("", 0, 2, 1),
        ("3", 0, 3, 1),
        ("行政许可", 1, 0, 3),
        ("1", 1, 1, 3),
        ("2", 1, 2, 3),
        ("", 1, 3, 3),
    ]


def test_a_single_text_before_empty_cells_is_a_line() -> None:
    assert cells("一、总体情况,,,\n,,5,\n") == [
        ("一、总体情况", None, None, 1),
        ("", 0, 0, 2),
        ("", 0, 1, 2),
        ("5", 0, 2, 2),
        ("", 0, 3, 2),
    ]


def test_what_stands_between_quotes_is_one_cell_over_several_lines() -> None:
    assert cells('"本年新\n制作数量","1,234"\n规章,5\n') == [
        ("本年新\n制作数量", 0, 0, 1),
        ("1,234", 0, 1, 1),
        ("规章", 1, 0, 3),
        ("5", 1, 1, 3),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "empty"), (",,,\n\n,", "empty"), ('规章,"' + "x" * 200_000, "unreadable"), (",1" * 200_001, "too_large")],
)
def test_what_is_no_list_of_a_report_says_so(text: str, reason: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        cells(text)

    assert caught.value.reason == reason


@given(st.text(st.sampled_from('规章0,;\t，"\n\r '), max_size=60))
def test_any_list_is_read_or_refused(text: str) -> None:
    try:
        found = cells(text)
    except UnreadableFileError as error:
        assert error.reason in ("empty", "unreadable")
    else:
        assert any(text for text, *_ in found)
