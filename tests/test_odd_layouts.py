"""Oddities of printed tables, each in several layouts: what is read is right, and what cannot be is said to be null."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import pytest
from mutated_reports import HEAD, TAIL, cells_of, read

from govinfo.definitions.form import Form, forms
from govinfo.definitions.sheet import LEFT, SheetCell, SheetRow, sheet
from govinfo.demo.figures import consistent_figures
from govinfo.demo.layouts import TEXT_LAYOUTS
from govinfo.parse.report import Report

FORMS = {form.code: form for form in forms()}
LAYOUTS = ["pipes", "cells", "tabs", "plain", "spaced", "dropped", "lone", "run", "trailing", "indented"]
Change = Callable[[Sequence[SheetRow]], Sequence[SheetRow]]
in_every_layout = pytest.mark.parametrize("layout", LAYOUTS)


def figures_of(code: str, most: int = 9) -> dict[str, dict[tuple[str, str], int]]:
    return consistent_figures(FORMS[code], Random(4), most)


def texts_of(code: str) -> dict[str, dict[tuple[str, str], str]]:
    return {name: {cell: str(value) for cell, value in table.items()} for name, table in figures_of(code).items()}


def lines_of(form: Form, layout: str, changed: str, change: Change, between: Sequence[str] = ()) -> list[str]:
    """The report with one table's rows changed before they are printed, and a text between each title and table."""
    lines = [*HEAD]
    for table in form.tables:
        rows = sheet(table, texts_of(form.code)[table.name])
        printed = TEXT_LAYOUTS[layout].printer(change(rows) if table.name == changed else rows)
        lines += [table.title, *between, *printed.split("\n"), ""]
    return [*lines, *TAIL]


def renamed(names: dict[str, str]) -> Change:
    """Other words for labels and heads."""
    return lambda rows: [
        replace(row, cells=tuple(replace(cell, text=names.get(cell.text, cell.text)) for cell in row.cells))
        for row in rows
    ]


def assert_whole(report: Report, code: str) -> None:
    assert report.form is FORMS[code]
    figures = figures_of(code)
    for line, cell, row in cells_of(report):
        truth = figures[line[0]][cell]
        if code == "2019" and cell[1] == "amount" and truth:
            assert (row["value"], row["status"]) == (None, "unreadable")
        else:
            assert (row["value"], row["status"] in ("read", "aligned")) == (truth, True), (line, cell, row)


@in_every_layout
def test_one_enumerator_at_two_levels(layout: str) -> None:
    names = {"（一）予以公开": "1.予以公开", "（三）不予公开": "3.不予公开"}
    names["（二）部分公开（区分处理的，只计这一情形，不计其他情形）"] = "2.部分公开"
    assert_whole(read(lines_of(FORMS["2021"], layout, "requests", renamed(names))), "2021")


@in_every_layout
def test_notes_within_labels_are_no_part_of_them(layout: str) -> None:
    names = {"规章": "规章（全区机关均无制定规章的权限）", "本年收费金额（单位：万元）": "本年收费金额单位:万元"}
    names["行政许可"] = "行政许可（含其他行政权力事项，请填写2022年度数据）"
    assert_whole(read(lines_of(FORMS["2021"], layout, "disclosure", renamed(names))), "2021")


@in_every_layout
@pytest.mark.parametrize("heads", [("本年新", "本年新"), ("本年新制作数量", "本年新制作数量")])
def test_two_heads_that_lost_what_tells_them_apart_are_told_by_their_order(layout: str, heads: tuple[str, str]) -> None:
    names = dict(zip(("本年新制作数量", "本年新公开数量"), heads, strict=True))
    assert_whole(read(lines_of(FORMS["2019"], layout, "disclosure", renamed(names))), "2019")


@in_every_layout
def test_rows_that_the_form_does_not_have_close_the_line_above(layout: str) -> None:
    """其他主动公开文件, and the parts of 其他对外管理服务事项, whose figures were taken for the line's own."""
    added = {"normative_documents": ["其他主动公开文件"], "other_services": ["行政检查", "行政确认"]}

    def change(rows: Sequence[SheetRow]) -> list[SheetRow]:
        found: list[SheetRow] = []
        for row in rows:
            found.append(row)
            for label in added.get(row.line.code if row.line else "", ()):
                cells = (SheetCell(label), *[LEFT] * (row.first - 1), *map(SheetCell, ("41", "52", "63")))
                found.append(SheetRow((*cells, *row.cells[len(cells) :])))
        return found

    report = read(lines_of(FORMS["2019"], layout, "disclosure", change))

    assert_whole(report, "2019")
    labels = [line["label"] for line in report.rows["unknown_lines"]]
    assert labels == ["其他主动公开文件", "行政检查", "行政确认"]


@in_every_layout
def test_sentences_with_figures_between_heading_and_table(layout: str) -> None:
    said = "2022年度收到申请 12 件，结转3件，情况如下表："
    report = read(lines_of(FORMS["2021"], layout, "", lambda rows: rows, [said]))
    assert_whole(report, "2021")
    sections = {row["role"]: row["text"] for row in report.rows["narrative"]}
    assert sections["requests"].replace(" ", "") == said.replace(" ", "")


@in_every_layout
def test_captions_and_the_corners_note_may_be_absent(layout: str) -> None:
    def without(rows: Sequence[SheetRow]) -> list[SheetRow]:
        return [row for row in rows if not any(cell.text.startswith("第二十条") for cell in row.cells)]

    assert_whole(read(lines_of(FORMS["2021"], layout, "disclosure", without)), "2021")
    corner = next(table for table in FORMS["2021"].tables if table.name == "requests").corner or ""
    assert_whole(read(lines_of(FORMS["2021"], layout, "requests", renamed({corner: ""}))), "2021")


@in_every_layout
def test_a_total_read_before_the_other_heads_moves_no_figure(layout: str) -> None:
    """总计 spans two rows of heads and is read first; the figures stand as always."""

    def moved(rows: Sequence[SheetRow]) -> list[SheetRow]:
        found = []
        for row in rows:
            texts = [cell.text for cell in row.cells]
            cells = list(row.cells)
            if "自然人" in texts and "总计" in texts:
                cells.insert(texts.index("自然人"), cells.pop(texts.index("总计")))
            found.append(replace(row, cells=tuple(cells)))
        return found

    assert_whole(read(lines_of(FORMS["2021"], layout, "requests", moved)), "2021")


@pytest.mark.parametrize("size", [3, 5, 8])
def test_labels_on_several_lines(size: int) -> None:
    """A form was told by whole labels only: a page of cut ones was taken for another form."""
    lines = [*HEAD]
    for table in FORMS["2021"].tables:
        lines.append(table.title)
        for row in sheet(table, texts_of("2021")[table.name]):
            for text in (cell.text for cell in row.cells if cell.text):
                step = len(text) if text.isdigit() else max(size, len(text) // 4 + 1)
                lines += [text[i : i + step] for i in range(0, len(text), step)]
    assert_whole(read([*lines, *TAIL]), "2021")


def glued(form: Form, texts: dict[str, dict[tuple[str, str], str]]) -> list[str]:
    lines = [*HEAD]
    for table in form.tables:
        rows = sheet(table, texts[table.name])
        lines += [table.title, *("".join(cell.text for cell in row.cells) for row in rows)]
    return [*lines, *TAIL]


def test_cells_without_anything_between_them_are_read_where_there_is_one_way() -> None:
    """规章000: three columns and three digits."""
    zeros = {name: dict.fromkeys(table, "0") for name, table in texts_of("2021").items()}

    report = read(glued(FORMS["2021"], zeros))

    assert all(row["value"] == 0 for _, _, row in cells_of(report))
    assert report.status == "complete"


@pytest.mark.parametrize("most", [1, 9, 60])
def test_figures_run_together_are_never_parted_by_guess(most: int) -> None:
    figures = figures_of("2021", most)
    texts = {name: {cell: str(value) for cell, value in table.items()} for name, table in figures.items()}

    report = read(glued(FORMS["2021"], texts))

    for line, cell, row in cells_of(report):
        assert row["value"] in (None, figures[line[0]][cell]), (line, cell, row)


@pytest.mark.parametrize("gap", ["", "\n"])
def test_labels_without_any_cell_are_a_table_without_figures(gap: str) -> None:
    lines = [*HEAD]
    for table in FORMS["2021"].tables:
        lines += [table.title, *(cell.text + gap for row in sheet(table, {}) for cell in row.cells if cell.text)]

    report = read([*lines, *TAIL])

    assert {row["status"] for _, _, row in cells_of(report)} == {"missing"}
    assert report.form is FORMS["2021"]


@pytest.mark.parametrize("layout", ["pipes", "cells", "tabs", "trailing"])
def test_a_table_of_blanks_is_no_table_of_zeros(layout: str) -> None:
    lines = [*HEAD]
    for table in FORMS["2021"].tables:
        lines += [table.title, *TEXT_LAYOUTS[layout].printer(sheet(table, {})).split("\n"), ""]

    report = read([*lines, *TAIL])

    assert {row["status"] for _, _, row in cells_of(report)} <= {"blank", "missing"}


@pytest.mark.parametrize("rows", [True, False])
def test_a_page_whose_own_table_holds_the_whole_report(rows: bool) -> None:
    """Hundreds of pipes are left of the page's table, with the report in one of its cells."""
    body = [HEAD[0], *HEAD[1:]]
    for table in FORMS["2021"].tables:
        printed = (cell.text for row in sheet(table, texts_of("2021")[table.name]) for cell in row.cells if cell.text)
        body += [table.title, " ".join(printed)]
    body += TAIL
    flood = ["|" * 6] * 300
    lines = [f"{body[0]} |", *flood, *body[1:-1], f"{body[-1]} |", *flood]
    if not rows:
        lines = ["| " * 50 + f"{body[0]} | {' '.join(body[1:])} |"]

    assert_whole(read(lines), "2021")


def test_six_zeros_before_a_page_break_and_eleven_behind_it() -> None:
    zeros = {name: dict.fromkeys(table, "0") for name, table in texts_of("2021").items()}
    lines = [*HEAD]
    for table in FORMS["2021"].tables:
        lines.append(table.title)
        for row in sheet(table, zeros[table.name]):
            code = row.line.code if row.line else ""
            cells = [cell.text for cell in row.cells]
            if code == "granted":
                cells = ["三、本年度办理结果", "(一) 予以公开", "", *["0"] * 6]
            if code == "refused_security_stability":
                cells = ["", "", "3.危及“三安全一稳定”", *["0"] * 11]
            lines.append("| " + " | ".join(cells) + " |")

    report = read([*lines, *TAIL])

    assert all(row["value"] == 0 for _, _, row in cells_of(report))
    damaged = {line[1] for line, _, row in cells_of(report) if row["status"] == "repaired"}
    assert damaged == {"granted", "refused_security_stability"}


def test_figures_whose_label_is_lost_do_not_become_the_line_that_a_head_is_called_like() -> None:
    """Behind the head 其他 the figures of 一、本年新收 were read as those of （六）其他处理."""
    lines = lines_of(FORMS["2019"], "plain", "", lambda rows: rows)
    lines = [line for line in lines if not line.startswith("一、本年新收")]
    figures = figures_of("2019")

    report = read(lines)

    for line, cell, row in cells_of(report):
        assert row["value"] in (None, figures[line[0]][cell])


def test_a_row_that_lost_a_tab_does_not_show_where_the_figures_of_another_stand() -> None:
    """Below a page break one row lost a tab and one a cell, so both had one width: its figures moved to the left."""
    lines = lines_of(FORMS["2019"], "shifted", "", lambda rows: rows)
    at = {label: next(i for i, line in enumerate(lines) if line.startswith(label)) for label in ("4.无", "（七）")}
    lines[at["（七）"]] = lines[at["（七）"]].replace("\t\t", "\t", 1)
    label, empty, *figures = lines[at["4.无"]].split("\t")
    lines[at["4.无"]] = "\t".join([label, empty, *figures[:2], *figures[3:]])
    truth = figures_of("2019")

    report = read(lines)

    for line, cell, row in cells_of(report):
        assert row["value"] in (None, truth[line[0]][cell]), (line, cell, row)
        if line[1] in ("declined_repeated", "declined_reissue", "total"):
            assert row["value"] == truth[line[0]][cell]


def test_rows_that_all_lost_a_cell_are_not_taken_for_a_table_without_merged_cells() -> None:
    """The two rows of two figures in a table of three were as short as they were long: a blank stood for a figure."""
    lines = lines_of(FORMS["2019"], "pipes", "", lambda rows: rows)
    for label in ("| 行政事业性收费", "| 政府集中采购"):
        at = next(i for i, line in enumerate(lines) if line.startswith(label))
        cells = lines[at].split(" | ")
        lines[at] = " | ".join([cells[0], *cells[2:]])
    truth = figures_of("2019")

    for line, cell, row in cells_of(read(lines)):
        assert row["value"] in (None, truth[line[0]][cell]), (line, cell, row)
        if line[1] in ("administrative_fees", "government_procurement"):
            assert row["status"] == "ambiguous"


@pytest.mark.parametrize(
    "torn",
    [
        ["| （一）回应公众关注热点", "7", "或重大舆情数 | 次 | 零 |"],
        ["| （一）回应公众关注热点或重大舆情数", "7", "次 | 0 |"],
        ["| （一）回应公众关注热点或重大舆情数 | 次", "7", "| 0 |"],
    ],
    ids=["in the label", "before the unit", "before the figure"],
)
def test_a_bare_page_number_in_a_torn_row_is_not_the_figure_of_its_line(torn: list[str]) -> None:
    """In a table of one column the page's number, alone on its line, was read as the figure of the cut label."""
    rows = [f"| {line} | 条 | 3 |" for line in ("1.政府公报公开政府信息数", "2.政府网站公开政府信息数")]
    end = "| 3.政策解读稿件发布数 | 篇 | 4 |"

    report = read([*HEAD, "| 统计指标 | 单位 | 统计数 |", *rows, *torn, end, "", *TAIL])

    values = {row["line"]: row["value"] for row in report.rows["statistics"]}
    assert values["responses"] in (None, 0)
    assert (values["disclosed_gazette"], values["disclosed_website"], values["interpretations"]) == (3, 3, 4)
