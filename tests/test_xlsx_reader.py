"""A workbook in, what its sheets print out: tables as rows, titles and notes as paragraphs, figures as shown."""

from __future__ import annotations

import io
import random
import time
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_files import (
    FORMS,
    RELATIONS,
    R,
    S,
    assert_whole,
    changed,
    distinct_texts,
    excel_report,
    package,
    report_of,
    saved,
)
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chartsheet import Chartsheet
from openpyxl.styles import Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from govinfo.errors import UnreadableFileError
from govinfo.readers import archive
from govinfo.readers.sheets import xlsx
from govinfo.readers.sheets.xlsx import read_xlsx

GRID = Border(*[Side(style="thin")] * 4)


def page_of(rows: list[list[Any]], borders: str = "") -> Worksheet:
    """A sheet with these rows; `borders` is a range whose cells have them."""
    page: Worksheet = openpyxl.Workbook().active
    page.title = "年报"
    for row in rows:
        page.append(row)
    for line in page[borders] if borders else ():
        for cell in line:
            cell.border = GRID
    return page


def read(page: Worksheet) -> list[tuple[int | None, int | None, str | None]]:
    """Row, column and text of every cell, None for a covered one."""
    cells = read_xlsx(saved(page.parent), "a.xlsx").cells
    return [(cell.row, cell.column, None if cell.covered else cell.text) for cell in cells]


def raw_book(cells: str, more: str = "", styles: str = "", workbook: str = "", behind: str = "") -> bytes:
    """A workbook of one sheet with this XML, as no library writes it."""
    relation = f'<Relationship Id="r1" Type="{R}/'
    head = f'<Relationships xmlns="{RELATIONS}">{relation}'
    return package(
        {
            "_rels/.rels": f'{head}officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>'
            f'<sheet name="表" sheetId="1" r:id="r1"/></sheets>{workbook}</workbook>',
            "xl/_rels/workbook.xml.rels": f'{head}worksheet" Target="sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{R}/styles" Target="styles.xml"/></Relationships>',
            "xl/styles.xml": f'<styleSheet xmlns="{S}">{styles}</styleSheet>',
            "xl/sheet1.xml": f'<worksheet xmlns="{S}">{more}<sheetData>{cells}</sheetData>{behind}</worksheet>',
        }
    )


def texts(data: bytes) -> list[str]:
    return [cell.text for cell in read_xlsx(data, "a.xlsx").cells]


def reason_of(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_xlsx(data, "镇/报告.xlsx")
    assert str(caught.value).startswith("镇/报告.xlsx\n  found     ")
    return caught.value.reason


@pytest.mark.parametrize("borders", [True, False])
@pytest.mark.parametrize("numbers", [True, False])
@pytest.mark.parametrize("odd", [0.0, 0.3])
@pytest.mark.parametrize("code", ["2021", "2019"])
def test_every_figure_of_a_report_comes_back(code: str, odd: float, numbers: bool, borders: bool) -> None:
    form = FORMS[code]
    printed = distinct_texts(form, odd=odd)
    data = excel_report(form, printed, numbers, borders)
    assert_whole(report_of(read_xlsx(data, "a.xlsx")), form, printed)


def test_a_table_with_a_title_above_and_a_note_below() -> None:
    page = page_of(
        [["某镇年报"], [], ["信息内容", "件数", "备注"], ["规章", 0, None], ["规范性文件", 3, "旧"], [], ["注：略"]]
    )
    assert read(page) == [
        (None, None, "某镇年报"),
        *((0, 0, "信息内容"), (0, 1, "件数"), (0, 2, "备注")),
        *((1, 0, "规章"), (1, 1, "0"), (1, 2, "")),
        *((2, 0, "规范性文件"), (2, 1, "3"), (2, 2, "旧")),
        (None, None, "注：略"),
    ]
    assert [str(cell.place) for cell in read_xlsx(saved(page.parent), "a.xlsx").cells][-2:] == ["年报!C5", "年报!A7"]


def test_a_line_whose_cells_are_all_empty_keeps_them() -> None:
    expected = [(0, 0, "甲"), (0, 1, "1"), (0, 2, "2"), (1, 0, "乙"), (1, 1, ""), (1, 2, ""), (2, 0, "丙"), (2, 1, "3")]
    rows = [["甲", 1, 2], ["乙"], ["丙", 3, 4]]
    assert read(page_of(rows))[:8] == expected
    assert read(page_of(rows, "A1:C3"))[:8] == expected
    assert read(page_of(rows[:2], "A1:C2")) == expected[:6]


def test_borders_say_how_far_a_row_goes() -> None:
    page = page_of([["标题"], ["甲", 1, None], ["乙", None, None], ["说明"]], "A2:C3")
    assert read(page) == [
        (None, None, "标题"),
        *((0, 0, "甲"), (0, 1, "1"), (0, 2, ""), (1, 0, "乙"), (1, 1, ""), (1, 2, "")),
        (None, None, "说明"),
    ]


def test_tables_of_two_widths_do_not_lend_each_other_cells() -> None:
    page = page_of([["甲", 1], ["乙", 2], ["三、情况"], ["丙", 1, 2, 3], ["丁", 4, None, 6]])
    assert [cell for cell in read(page) if cell[0] in (0, 1, None)] == [
        *((0, 0, "甲"), (0, 1, "1"), (1, 0, "乙"), (1, 1, "2")),
        (None, None, "三、情况"),
    ]


def test_merged_cells_cover_the_others() -> None:
    page = page_of([["标题"], ["甲", "乙"], [None, 1, 2]])
    for merged in ("A1:C1", "A2:A3", "B2:C2"):
        page.merge_cells(merged)
    assert read(page) == [
        (None, None, "标题"),
        *((0, 0, "甲"), (0, 1, "乙"), (0, 2, None)),
        *((1, 0, None), (1, 1, "1"), (1, 2, "2")),
    ]


def test_what_is_hidden_is_not_printed() -> None:
    page = page_of([["甲", "藏", 1], ["乙", "藏", 2], ["丁", "藏", 4]])
    page.column_dimensions["B"].hidden = True
    page.row_dimensions[2].hidden = True
    for number, state in enumerate(("hidden", "veryHidden")):
        other = page.parent.create_sheet(f"藏{number}")
        other["A1"], other.sheet_state = "藏", state
    assert read(page) == [(0, 0, "甲"), (0, 1, "1"), (1, 0, "丁"), (1, 1, "4")]


def test_a_merged_cell_that_begins_in_a_hidden_row_is_shown_in_the_next() -> None:
    page = page_of([["甲", 1], [None, 2], ["乙", 3]])
    page.merge_cells("A1:A2")
    page.row_dimensions[1].hidden = True
    assert read(page) == [(0, 0, "甲"), (0, 1, "2"), (1, 0, "乙"), (1, 1, "3")]


def test_rows_and_columns_hidden_by_default_or_without_width() -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    assert texts(raw_book(row, '<cols><col min="1" max="1" width="0"/></cols>')) == ["2"]
    rows = row.replace("<row ", '<row hidden="0" ') + row.replace('"1"', '"2"', 1).replace("A1", "A2").replace(
        "B1", "B2"
    )
    assert texts(
        raw_book(row.replace("<row ", '<row ht="0" customHeight="1" ') + '<row r="2"><c><v>3</v></c></row>')
    ) == ["3"]
    assert texts(raw_book(rows, '<sheetFormatPr zeroHeight="1"/>')) == ["1", "2"]
    flat = row.replace("<row ", '<row ht="0.25" customHeight="1" ')
    assert reason_of(raw_book(flat)) == "empty", "too flat for a word"


def test_sheets_come_in_order_and_charts_are_none() -> None:
    page = page_of([["一", 1]])
    book = page.parent
    book.create_sheet("二").append(["二", 2])
    book._sheets.insert(0, Chartsheet(parent=book, title="图"))
    document = read_xlsx(saved(book), "a.xlsx")
    assert [(cell.text, cell.row, str(cell.place)) for cell in document.cells] == [
        *(("一", 0, "年报!A1"), ("1", 0, "年报!B1"), ("二", 1, "二!A1"), ("2", 1, "二!B1")),
    ]


@pytest.mark.parametrize(
    ("value", "format", "shown"),
    [
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (1e15, "General", "1000000000000000"),
        (1e-7, "0.00", "0.0000001"),
        (1234567, "#,##0", "1234567"),
        (70.320372, "0.00", "70.320372"),
        (0.5, "0%", "50%"),
        (date(2023, 1, 5), "yyyy-mm-dd", "2023-01-05"),
        (date(2023, 1, 5), 'yyyy"年"m"月"d"日"', "2023-01-05"),
        (date(2023, 1, 5), "m/d", "2023-01-05"),
        (5, '0"件"', "5件"),
        (5, "0\\件", "5件"),
        (5, 'General"件"', "5件"),
        (12345, '0,"千元"', "12.345千元"),
        (12345, '0!.0,"万"', '12345 [0!.0,"万"]'),
        (5, '0"0"', '5 [0"0"]'),
        (5, '"无"', '5 ["无"]'),
        (703203.72, '"¥"#,##0.00', "¥703203.72"),
        (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0"),
        (0, '0;-0;"无"', "无"),
        (0, '0;-0;"/"', "/"),
        (0, '0;-0;"15"', '0 [0;-0;"15"]'),
        (5, '[=0]"";General', "5"),
        (5, '[=0]"-";0', "5"),
        (5000, "[<1000]0;0,", "5"),
        (500, "[<1000]0;0,", "500"),
        (3, "[>5]0", "3 [[>5]0]"),
        (12, "0-0", "12 [0-0]"),
        (5, "0;-0;;@", "5"),
        (-5, "0;@", "-5"),
        (5, "G/标准", "5"),
        (5, "###", "5"),
        (-7, "#,##0_);(#,##0)", "-7"),
        (-7, "#,##0;\\(#,##0\\)", "-7"),
        (7, "\\(0\\)", "(7)"),
        ("12", "@", "12"),
        ("'012", "General", "'012"),
        (True, "General", "TRUE"),
        ("#REF!", "General", "#REF!"),
    ],
)
def test_a_figure_is_never_another_one_than_the_sheet_shows(value: Any, format: str, shown: str) -> None:
    page = page_of([["甲", value]])
    page["B1"].number_format = format
    assert read(page) == [(0, 0, "甲"), (0, 1, shown)]


@pytest.mark.parametrize(
    ("value", "format"), [(5, ";;;"), (0, "0;-0;"), (0, "0;;;@"), (0, "#"), (0, "#,###"), (0, '[=0]"";0'), (-5, "0;;0")]
)
def test_a_hidden_number_is_a_printed_blank(value: int, format: str) -> None:
    """A blank is never read as 0, whatever stands behind it."""
    page = page_of([["甲", value, 7]])
    page["B1"].number_format = format
    assert read(page) == [(0, 0, "甲"), (0, 1, ""), (0, 2, "7")]


def test_a_sheet_may_hide_its_zeros() -> None:
    page = page_of([["甲", 0, "0", 7], ["乙", "=1-1", 0.0, 8]])
    page["B1"].number_format = '0"件"'
    page.sheet_view.showZeros = False
    assert [text for _, _, text in read(page)] == ["甲", "", "0", "7", "乙", "=1-1", "", "8"]


def test_a_formula_is_its_result_or_itself_but_never_a_blank() -> None:
    def formula(inside: str, kind: str = "") -> list[str]:
        return texts(raw_book(f"<row><c><v>1</v></c><c {kind}><f>SUM(A1)</f>{inside}</c></row>"))

    assert formula("<v>5</v>") == ["1", "5"]
    assert formula("") == formula("<v/>") == ["1", "=SUM(A1)"]
    assert formula("<v>0.0</v>") == ["1", "=SUM(A1)"], "written by a library that cannot calculate"
    assert formula("<v>0</v>") == ["1", "0"]
    assert formula("<v>五</v>", 't="str"') == ["1", "五"]
    assert formula("<v></v>", 't="str"') == ["1"]
    assert formula("<v>#DIV/0!</v>", 't="e"') == ["1", "#DIV/0!"]
    assert read(page_of([[1, "=SUM(A1:A1)"]])) == [(0, 0, "1"), (0, 1, "=SUM(A1:A1)")]


def test_a_result_that_was_never_calculated_is_not_believed() -> None:
    """Programs that cannot calculate write 0 and ask for it to be done on opening."""
    row = "<row><c><v>5</v></c><c><f>A1</f><v>0</v></c></row>"
    assert texts(raw_book(row, workbook='<calcPr fullCalcOnLoad="1"/>')) == ["5", "=A1"]
    assert texts(raw_book(row, workbook='<calcPr calcId="191029"/>')) == ["5", "0"]


def test_text_of_several_runs_and_struck_figures() -> None:
    rich = CellRichText("规", TextBlock(InlineFont(b=True), "章"), TextBlock(InlineFont(vertAlign="superscript"), "2"))
    page = page_of([[rich, CellRichText(TextBlock(InlineFont(strike=True), "5"), "6"), 7]])
    page["C1"].font = Font(strike=True)
    assert read(page) == [(0, 0, "规章^2"), (0, 1, "~~5~~6"), (0, 2, "~~7~~")]


def test_lines_within_a_cell_stay_and_those_of_a_paragraph_part_it() -> None:
    page = page_of([["一、总体情况\n内容"], ["甲\n乙", "1\n2"]])
    assert read(page) == [(None, None, "一、总体情况"), (None, None, "内容"), (0, 0, "甲\n乙"), (0, 1, "1\n2")]
    escaped = '<row><c t="inlineStr"><is><t>甲_x000D_\n乙</t><rPh sb="0" eb="1"><t>JIA</t></rPh></is></c></row>'
    assert texts(raw_book(escaped)) == ["甲", "乙"]


def test_cells_far_apart_cost_nothing() -> None:
    near = '<row r="1"><c r="A1" t="str"><v>甲</v></c><c r="B1"><v>1</v></c></row>'
    far = '<row r="1048576"><c r="XFD1048576"><v>5</v></c></row>'
    merged = '<mergeCells><mergeCell ref="D5:XFC1048000"/></mergeCells>'
    started = time.perf_counter()
    assert texts(raw_book(near + far)) == ["甲", "1", "5"]
    assert texts(raw_book(near + far, behind=merged)) == ["甲", "1", "5"]
    assert time.perf_counter() - started < 2


def test_merged_cells_without_end_are_too_large() -> None:
    rows = "".join(
        f'<row r="{number * 800 + 3}"><c r="B{number * 800 + 3}" t="str"><v>满</v></c></row>' for number in range(10)
    )
    merged = "".join(f'<mergeCell ref="B{number * 800 + 3}:XFC{number * 800 + 700}"/>' for number in range(10))
    far = '<row r="9000"><c r="XFD9000"><v>5</v></c></row>'
    assert reason_of(raw_book(rows + far, behind=f"<mergeCells>{merged}</mergeCells>")) == "too_large"


def test_a_sheet_used_as_a_database_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_CELLS", 100)
    assert reason_of(saved(page_of([[1] * 11] * 10).parent)) == "too_large"
    monkeypatch.undo()
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 1000)
    assert reason_of(saved(page_of([["0" * 5000]]).parent)) == "too_large"


def test_what_cannot_be_read_says_why() -> None:
    good = saved(page_of([["甲", 1]]).parent)
    assert reason_of(b"PK broken") == "unreadable"
    assert reason_of(good[:300]) == "unreadable"
    assert reason_of(changed(good, "xl/workbook.xml", None)) == "unreadable"
    assert reason_of(changed(good, "xl/worksheets/sheet1.xml", None)) == "unreadable"
    assert reason_of(changed(good, "xl/worksheets/sheet1.xml", b"<worksheet")) == "unreadable"
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    assert reason_of(changed(good, "xl/worksheets/sheet1.xml", bomb)) == "unreadable"
    assert reason_of(saved(openpyxl.Workbook())) == "empty"


def test_styles_that_openpyxl_refuses_are_read() -> None:
    data = raw_book(
        '<row><c s="9"><v>5</v></c><c s="0"><v>0.5</v></c></row>',
        styles='<cellXfs><xf numFmtId="9" fillId="x"/></cellXfs>',
    )
    assert texts(data) == ["5", "50%"]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**9))
def test_any_cells_are_those_that_openpyxl_sees(seed: int) -> None:
    choice = random.Random(seed)
    page = page_of([])
    for row in range(1, 9):
        for column in range(1, 7):
            if choice.random() < 0.5:
                page.cell(
                    row, column, choice.choice([choice.randrange(1000), choice.randrange(100) / 4, "字", f"{row}号"])
                )
    if choice.random() < 0.7:
        page.merge_cells(start_row=2, end_row=choice.randint(2, 4), start_column=2, end_column=choice.randint(2, 4))
    page["A9"] = "完"
    expected = {
        cell.coordinate: f"{cell.value:g}" if isinstance(cell.value, int | float) else cell.value
        for line in page.iter_rows()
        for cell in line
        if cell.value is not None
    }
    found = [cell for cell in read_xlsx(saved(page.parent), "a.xlsx").cells if cell.text]
    assert {cell.place.address: cell.text for cell in found} == expected
    assert [cell.place.address for cell in found] == list(expected), "in reading order"


GOOD = excel_report(FORMS["2021"], distinct_texts(FORMS["2021"]), borders=True)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**9), st.sampled_from(["", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"]))
def test_damaged_bytes_are_read_or_refused(seed: int, part: str) -> None:
    choice = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(GOOD)) as opened:
        data = bytearray(opened.read(part) if part else GOOD)
    for _ in range(choice.randint(1, 8)):
        at, start = choice.randrange(len(data)), choice.randrange(len(data))
        if choice.random() < 0.5:
            data[at] = choice.choice([choice.randrange(256), *b'0123456789"<>'])
        else:
            data[at:at] = data[start : start + choice.randrange(60)]
    try:
        read_xlsx(changed(GOOD, part, bytes(data)) if part else bytes(data), "a.xlsx")
    except UnreadableFileError as error:
        assert error.reason in ("unreadable", "empty", "too_large", "encrypted")
