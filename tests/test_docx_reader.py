"""A Word file in, what it prints out: merged cells in their columns, changes accepted, numbers of lists in the text."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from docx.shared import Cm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_files import (
    FORMS,
    WORDS,
    assert_whole,
    distinct_texts,
    p,
    package,
    report_of,
    saved,
    tbl,
    tc,
    tr,
    word,
    word_report,
)

from govinfo.readers.word.docx import read_docx

ENCLOSED = r"eq \o\ac(○,3)"


def texts(body: str, **parts: str | bytes) -> list[str]:
    return [cell.text for cell in read_docx(word(body, **parts), "a.docx").cells]  # type: ignore[arg-type]


def grid(body: str) -> list[tuple[int | None, int | None, str | None]]:
    """Row, column and text of every cell, None for a covered one."""
    cells = read_docx(word(body), "a.docx").cells
    return [(cell.row, cell.column, None if cell.covered else cell.text) for cell in cells]


@pytest.mark.parametrize("odd", [0.0, 0.3])
@pytest.mark.parametrize("code", ["2021", "2019"])
def test_every_figure_of_a_report_comes_back(code: str, odd: float) -> None:
    form = FORMS[code]
    printed = distinct_texts(form, odd=odd)
    assert_whole(report_of(read_docx(word_report(form, printed), "a.docx")), form, printed)


@pytest.mark.parametrize("code", ["2021", "2019"])
def test_the_grid_is_the_one_that_python_docx_sees(code: str) -> None:
    data = word_report(FORMS[code], distinct_texts(FORMS[code]))
    found: dict[tuple[int | None, int | None], dict[int, str | None]] = {}
    for cell in read_docx(data, "a.docx").cells:
        if cell.row is not None and cell.column is not None:
            place = (cell.place.table, cell.place.row)
            found.setdefault(place, {})[cell.column] = None if cell.covered else cell.text
    for number, table in enumerate(docx.Document(io.BytesIO(data)).tables, start=1):
        seen = set()
        for at, row in enumerate(table.rows, start=1):
            for column, cell in enumerate(row.cells):
                expected = None if cell._tc in seen else cell.text
                seen.add(cell._tc)
                assert found[number, at][column] == expected
            assert len(found[number, at]) == len(row.cells)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**9))
def test_any_merged_cells_stand_where_python_docx_sees_them(seed: int) -> None:
    choice = random.Random(seed)
    document = docx.Document()
    height, width = choice.randint(2, 6), choice.randint(2, 6)
    table = document.add_table(height, width)
    free = {(row, column) for row in range(height) for column in range(width)}
    cells = [row.cells for row in table.rows]
    for row, column in sorted(free):
        cells[row][column].text = f"{row}-{column}"
    for _ in range(3):
        top, left = choice.randrange(height), choice.randrange(width)
        bottom, right = choice.randrange(top, height), choice.randrange(left, width)
        block = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if block <= free:
            cells[top][left].merge(cells[bottom][right]).text = f"{top}-{left}"
            free -= block
    data = saved(document)
    again = docx.Document(io.BytesIO(data)).tables[0]
    seen = set()
    expected = {}
    for row, printed in enumerate(again.rows):
        for column, cell in enumerate(printed.cells):
            if cell._tc not in seen:
                expected[row, column] = cell.text
            seen.add(cell._tc)
    found = {}
    for cell in read_docx(data, "a.docx").cells:
        assert cell.place.row is not None
        assert cell.place.cell is not None
        if not cell.covered:
            # columns that no cell begins in are none on paper
            found[cell.place.row - 1, cell.text] = cell.column
    columns = sorted({column for _, column in expected})
    if all(sum(1 for at, _ in expected if at == row) > 1 for row in range(height)):
        assert found == {(row, text): columns.index(column) for (row, column), text in expected.items()}


def test_places_are_those_of_the_document() -> None:
    inner = tbl(tr(tc("三"), tc("四")))
    body = p("一") + tbl(tr(tc("a"), tc("b")), tr(tc("c"), tc("d"))) + p("二") + tbl(tr(f"<w:tc>{inner}{p('')}</w:tc>"))
    cells = read_docx(word(body), "a.docx").cells
    assert [(cell.text, str(cell.place), cell.row, cell.column) for cell in cells] == [
        ("一", "row 1", None, None),
        *(("a", "table 1 row 1 cell 1", 0, 0), ("b", "table 1 row 1 cell 2", 0, 1)),
        *(("c", "table 1 row 2 cell 1", 1, 0), ("d", "table 1 row 2 cell 2", 1, 1)),
        ("二", "row 2", None, None),
        *(("三", "table 3 row 1 cell 1", 2, 0), ("四", "table 3 row 1 cell 2", 2, 1)),
    ]


def test_rows_that_begin_late_and_old_ways_to_merge_keep_their_columns() -> None:
    span, late = '<w:gridSpan w:val="2"/>', '<w:gridBefore w:val="1"/>'
    body = tbl(
        tr(tc("甲", span), tc("乙")),
        tr(tc("1"), tc("2"), properties=late),
        tr(tc("丙", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("3")),
    )
    assert grid(body) == [
        *((0, 0, "甲"), (0, 1, None), (0, 2, "乙")),
        *((1, 1, "1"), (1, 2, "2")),
        *((2, 0, "丙"), (2, 1, None), (2, 2, "3")),
    ]


def test_a_cell_that_goes_on_from_none_is_a_cell_of_its_own() -> None:
    """Its first row was deleted, or the cell above has another width: what stands in it is printed."""
    body = tbl(
        tr(tc("旧", '<w:vMerge w:val="restart"/>'), tc("9"), properties='<w:del w:id="1"/>'),
        tr(tc("甲", "<w:vMerge/>"), tc("1")),
        tr(tc("", "<w:vMerge/>"), tc("2")),
    )
    assert grid(body) == [(0, 0, "甲"), (0, 1, "1"), (1, 0, None), (1, 1, "2")]


def test_lines_that_do_not_quite_meet_are_one_line() -> None:
    columns = '<w:gridCol w:w="2000"/><w:gridCol w:w="12"/><w:gridCol w:w="1000"/>'
    span = '<w:gridSpan w:val="2"/>'
    body = tbl(tr(tc("规章", span), tc("1")), tr(tc("行政许可"), tc("2", span)), grid=columns)
    assert grid(body) == [(0, 0, "规章"), (0, 1, "1"), (1, 0, "行政许可"), (1, 1, "2")]


def test_content_controls_are_read_through_wherever_they_stand() -> None:
    def control(inside: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    run = f"<w:p>{control(WORDS.format('5'))}</w:p>"
    body = control(p("题")) + control(tbl(control(tr(control(tc("甲")), f"<w:tc>{run}</w:tc>"))))
    assert grid(body) == [(None, None, "题"), (0, 0, "甲"), (0, 1, "5")]


def test_changes_are_accepted() -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>1</w:delText></w:r></w:del>'
    come = '<w:ins w:id="2"><w:r><w:t>2</w:t></w:r></w:ins>'
    moved = (
        '<w:moveFrom w:id="3"><w:r><w:t>3</w:t></w:r></w:moveFrom><w:moveTo w:id="4"><w:r><w:t>4</w:t></w:r></w:moveTo>'
    )
    body = tbl(
        tr(tc("甲"), f"<w:tc><w:p>{gone}{come}{moved}</w:p></w:tc>", tc("9", '<w:cellDel w:id="5"/>')),
        tr(tc("乙"), tc("7"), properties='<w:del w:id="6"/>'),
        tr(tc("丙"), tc("8"), properties='<w:ins w:id="7"/>'),
    )
    assert grid(body) == [(0, 0, "甲"), (0, 1, "24"), (1, 0, "丙"), (1, 1, "8")]


def test_a_paragraph_whose_end_was_deleted_goes_on() -> None:
    end = '<w:rPr><w:del w:id="1"/></w:rPr>'
    assert texts(p("公开", end) + p("指南")) == ["公开指南"]
    assert texts(tbl(tr(tc("甲"), f"<w:tc>{p('1', end)}{p('2')}</w:tc>"))) == ["甲", "12"]


def test_hidden_text_is_left_out() -> None:
    style = '<w:style w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
    style += '<w:style w:styleId="i"><w:basedOn w:val="h"/></w:style>'
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>5</w:t></w:r>'
    styled = '<w:r><w:rPr><w:rStyle w:val="i"/></w:rPr><w:t>8</w:t></w:r>'
    body = f"<w:p>{hidden}{shown}{styled}</w:p>" + p("藏", '<w:pStyle w:val="i"/>') + p("完")
    assert texts(body, styles=style) == ["5", "完"]


def test_of_a_field_the_result_is_read_and_its_code_is_not() -> None:
    def mark(kind: str, inside: str = "") -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'

    def code(text: str) -> str:
        return f"<w:r><w:instrText>{text}</w:instrText></w:r>"

    begin, parted, end = mark("begin"), mark("separate"), mark("end")
    five = WORDS.format("5")
    assert texts(f"<w:p>{begin}{code('=SUM(ABOVE)')}{parted}{five}{end}</w:p>") == ["5"]
    inner = f"{begin}{code('PAGE')}{parted}{WORDS.format('7')}{end}"
    assert texts(f"<w:p>{begin}{code('IF ')}{inner}{code(' = 1')}{parted}{five}{end}</w:p>") == ["5"]
    assert texts(f"<w:p>{begin}{code('=SUM(ABOVE)')}{end}</w:p>") == ["=SUM(ABOVE)"], "no result is no blank"
    assert texts(f"<w:p>{begin}{code('X')}{five}</w:p>") == ["5"], "a field without end hides nothing"
    assert texts(f"<w:p>{begin}{code(ENCLOSED)}{end}{WORDS.format('重复申请')}</w:p>") == ["(3)重复申请"]
    entries = '<w:result w:val="1"/><w:listEntry w:val="4"/><w:listEntry w:val="6"/>'
    chosen = mark("begin", f"<w:ffData><w:ddList>{entries}</w:ddList></w:ffData>")
    assert texts(f"<w:p>{chosen}{code('FORMDROPDOWN')}{end}</w:p>") == ["6"]
    assert texts('<w:p><w:fldSimple w:instr="DATE"><w:r><w:t>2023</w:t></w:r></w:fldSimple></w:p>') == ["2023"]


def test_a_text_box_is_read_once() -> None:
    box = "<w:txbxContent>" + p("框") + "</w:txbxContent>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    body = f"<w:p><w:r><w:t>前</w:t></w:r><w:r>{both}</w:r></w:p>" + p("后")
    assert texts(body) == ["前", "框", "后"]
    only_old = f"<w:p><w:r><w:pict><v:textbox>{box}</v:textbox><v:textpath string='年报'/></w:pict></w:r></w:p>"
    assert texts(only_old) == ["框", "年报"]
    empty = both.replace("框", "", 1).replace("<w:r><w:t></w:t></w:r>", "", 1)
    assert texts(f"<w:p><w:r>{empty}</w:r></w:p>") == ["框"]


def test_a_table_in_a_text_box_is_a_table() -> None:
    box = f"<w:txbxContent>{tbl(tr(tc('甲'), tc('5')))}</w:txbxContent>"
    assert grid(f"<w:p><w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r></w:p>") == [(0, 0, "甲"), (0, 1, "5")]


def test_breaks_and_marks_inside_text() -> None:
    body = (
        "<w:p><w:r><w:t>社会</w:t><w:br/><w:t>公益</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>0873</w:t><w:noBreakHyphen/><w:t>72</w:t><w:softHyphen/><w:t>36</w:t>"
        '<w:sym w:font="Symbol" w:char="F035"/></w:r></w:p>'
        '<w:p><w:r><w:t>2</w:t><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>'
    )
    assert texts(body) == ["社会", "公益", "0873-72365", "2\uf0fc"]
    cell = f"<w:tc>{p('1')}<w:p>{WORDS.format('2')}<w:r><w:br/></w:r>{WORDS.format('3')}</w:p></w:tc>"
    assert texts(tbl(tr(tc("甲"), cell))) == ["甲", "1\n2\n3"]


def test_tabs_part_the_cells_of_a_row_but_not_a_heading_from_its_number() -> None:
    def tabbed(*pieces: str) -> str:
        return "<w:p>" + "<w:r><w:tab/></w:r>".join(WORDS.format(piece) for piece in pieces) + "</w:p>"

    body = tabbed("规章", "0", "", "3") + tabbed("一、", "总体情况") + tabbed("", "缩进")
    assert grid(body) == [
        (0, 0, "规章"),
        (0, 1, "0"),
        (0, 2, ""),
        (0, 3, "3"),
        (None, None, "一、总体情况"),
        (None, None, "缩进"),
    ]


def test_struck_and_raised_figures_do_not_end_up_in_others() -> None:
    def run(text: str, property: str) -> str:
        return f"<w:r><w:rPr>{property}</w:rPr><w:t>{text}</w:t></w:r>"

    assert texts(f"<w:p>{run('5', '<w:strike/>')}{WORDS.format('6')}</w:p>") == ["~~5~~6"]
    raised = run("2", '<w:vertAlign w:val="superscript"/>')
    assert texts(f"<w:p>{WORDS.format('6')}{raised}</w:p>") == ["6^2"]
    half = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    assert texts(f"<w:p><m:oMath>{half}</m:oMath></w:p>") == ["1/2"]


def test_a_table_of_contents_is_left_out() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    control = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{p('目录')}</w:sdtContent></w:sdt>"
    styles = '<w:style w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    entry = '<w:p><w:pPr><w:pStyle w:val="11"/></w:pPr><w:r><w:t>一、总体情况</w:t><w:tab/><w:t>3</w:t></w:r></w:p>'
    assert texts(control + entry + p("一、总体情况"), styles=styles) == ["一、总体情况"]


def test_a_table_that_only_parts_the_page_is_no_table() -> None:
    inner = tbl(tr(tc("规章"), tc("5")))
    outer = tbl(tr(tc("报告")), tr(f"<w:tc>{p('一、总体情况')}{inner}{p('完')}</w:tc>"))
    assert grid(outer) == [
        (None, None, "报告"),
        (None, None, "一、总体情况"),
        (0, 0, "规章"),
        (0, 1, "5"),
        (None, None, "完"),
    ]
    small = tbl(tr(tc("规章"), f"<w:tc>{tbl(tr(tc('5')))}{p('')}</w:tc>"))
    assert grid(small) == [(0, 0, "规章"), (0, 1, "5")]
    long = "".join(p("很长的一段话。" * 20) for _ in range(3))
    assert [row for row, _, _ in grid(tbl(tr(tc("一、总体情况"), f"<w:tc>{long}</w:tc>")))] == [None] * 4


@pytest.mark.parametrize(
    "inner",
    [
        word(p("内") + tbl(tr(tc("甲"), tc("5")))),
        "<html><body><p>内</p><table><tr><td>甲</td><td>5</td></tr></table></body></html>",
    ],
    ids=["word", "page"],
)
def test_an_inserted_document_is_read_in_its_place(inner: bytes | str) -> None:
    body = p("前") + tbl(tr(tc("a"), tc("b"))) + '<w:altChunk r:id="c"/>' + p("后")
    cells = read_docx(word(body, **{"word/inner.docx": inner}), "a").cells  # type: ignore[arg-type]
    assert [cell.text for cell in cells] == ["前", "a", "b", "内", "甲", "5", "后"]
    assert [cell.row for cell in cells] == [None, 0, 0, None, 1, 1, None]
    assert str(cells[4].place) == "table 2 row 1 cell 1"


def test_strict_documents_and_other_main_parts_are_read() -> None:
    data = word(p("甲") + tbl(tr(tc("乙"), tc("5"))))
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    strict = {
        name: text.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, text in members.items()
    }  # fmt: skip
    assert [cell.text for cell in read_docx(package(strict), "a.docx").cells] == ["甲", "乙", "5"]
    moved = {name.replace("word/", "Word\\"): text for name, text in members.items()}
    assert [cell.text for cell in read_docx(package(moved), "a.docx").cells] == ["甲", "乙", "5"]


def test_the_title_is_that_of_the_properties() -> None:
    document = docx.Document()
    document.add_paragraph("甲")
    document.core_properties.title = " 测试镇年报 "
    assert read_docx(saved(document), "a.docx").title == "测试镇年报"
    document.core_properties.title = ""
    assert read_docx(saved(document), "a.docx").title is None


def test_headers_footers_and_notes_are_no_text() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "第3页"
    document.sections[0].footer.paragraphs[0].text = "4"
    document.add_paragraph("甲").paragraph_format.left_indent = Cm(1)
    assert [cell.text for cell in read_docx(saved(document), "a.docx").cells] == ["甲"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_document_that_libreoffice_wrote_is_read(tmp_path: Path) -> None:
    rows = "<tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>1<br>2</td><td></td></tr>"
    page = f"<html><meta charset=utf-8><body><h1>题</h1><table border=1>{rows}</table><p>完</p></body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--infilter=HTML (StarWriter)",
    ]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path), str(tmp_path / "a.html")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    cells = read_docx((tmp_path / "a.docx").read_bytes(), "a.docx").cells
    assert [(cell.text, cell.row, cell.column, cell.covered) for cell in cells] == [
        ("题", None, None, False),
        *(("甲", 0, 0, False), ("乙", 0, 1, False), ("", 0, 2, True)),
        *(("", 1, 0, True), ("1\n2", 1, 1, False), ("", 1, 2, False)),
        ("完", None, None, False),
    ]
