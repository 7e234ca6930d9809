"""Every layout of text × every form, with a different number in every cell: each cell comes back, none is wrong."""

from __future__ import annotations

from random import Random

import pytest
from merged import HEAD, merged_document

from govinfo.definitions.form import Form, forms
from govinfo.definitions.sheet import Texts, sheet
from govinfo.demo.layouts import TEXT_LAYOUTS
from govinfo.parse.report import Report, parse_report
from govinfo.readers.plain.text import read_text

FORMS = {form.code: form for form in forms()}
TAIL = "五、存在的主要问题及改进情况\n\n一是人员培训不足。\n\n六、其他需要报告的事项\n\n无。\n"


def made_up(form: Form, seed: int, odd: tuple[str, ...]) -> dict[str, Texts]:
    """A different number in nearly every cell; in the others one of the `odd` texts."""
    random = Random(seed)
    names = [(t.name, line.code, c.key) for t in form.tables for b in t.blocks for line in b.lines for c in b.columns]
    numbers = random.sample(range(1, 5000), len(names))
    texts: dict[str, dict[tuple[str, str], str]] = {table.name: {} for table in form.tables}
    for (table, line, column), number in zip(names, numbers, strict=True):
        texts[table][line, column] = random.choice(odd) if random.random() < 0.2 else str(number)
    return texts


def assert_read(report: Report, form: Form, texts: dict[str, Texts], statuses: tuple[str, ...]) -> None:
    assert report.form is form
    for table in form.tables:
        rows = iter(report.rows[table.name])
        for block in table.blocks:
            for line in block.lines:
                for column in block.columns:
                    row, text = next(rows), texts[table.name][line.code, column.key]
                    if column.number == "amount" and form.code == "2019" and text not in ("", "/", "无"):
                        # the national form of 2019 prints no unit beside this amount, so it cannot be read
                        assert (row["status"], row["value"], row["raw"]) == ("unreadable", None, text)
                    elif text in ("", "/"):
                        expected = "blank" if text == "" else "not_applicable"
                        assert (row["status"], row["value"]) == (expected, None), (line.code, column.key, row)
                    else:
                        value = 0 if text == "无" else int(text)
                        assert (row["value"], row["raw"]) == (value, text), (line.code, column.key, row)
                        assert row["status"] in statuses


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("name", [name for name in TEXT_LAYOUTS if name != "markup"])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_cell_comes_back_from_every_layout(name: str, code: str, seed: int) -> None:
    form, layout = FORMS[code], TEXT_LAYOUTS[name]
    texts = made_up(form, seed, ("", "/", "无") if layout.blanks else ("/", "无"))
    tables = "".join(f"{t.title}\n\n{layout.printer(sheet(t, texts[t.name]))}\n\n" for t in form.tables)

    report = parse_report(read_text((HEAD + tables + TAIL).encode(), "a.txt"), forms())

    assert_read(report, form, texts, ("read", "aligned"))
    assert report.rows["unknown_lines"] == []
    assert report.rows["narrative"][0]["text"] == "本镇公开信息 35 条，收到申请 2 件。"
    assert report.rows["narrative"][-2]["text"] == "一是人员培训不足。"


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("seed", range(5))
def test_in_a_grid_with_merged_cells_each_cell_is_where_it_stands(code: str, seed: int) -> None:
    form = FORMS[code]
    texts = made_up(form, seed, ("", "/", "无"))

    report = parse_report(merged_document(form, texts, keep_covered=True), forms())

    assert_read(report, form, texts, ("read",))
    assert report.rows["unknown_lines"] == []


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("seed", range(5))
def test_without_its_merged_cells_a_table_is_aligned_by_label(code: str, seed: int) -> None:
    form = FORMS[code]
    texts = made_up(form, seed, ("", "/", "无"))

    report = parse_report(merged_document(form, texts, keep_covered=False), forms())

    assert_read(report, form, texts, ("read", "aligned"))


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("lines", [1, 2])
def test_a_report_on_one_or_two_lines_is_taken_apart(code: str, lines: int) -> None:
    """Prose with figures beside the tables stays prose, and statements are still found."""
    form = FORMS[code]
    texts = made_up(form, 3, ("/",))
    parts = HEAD.split()
    for table in form.tables:
        parts.append(table.title)
        parts += [cell.text for row in sheet(table, texts[table.name]) for cell in row.cells if cell.text]
    parts += TAIL.split()
    cut = len(parts) // lines
    text = "\n".join(" ".join(part) for part in (parts[:cut], parts[cut:]) if part)

    report = parse_report(read_text(text.encode(), "a.txt"), forms())

    assert_read(report, form, texts, ("aligned",))
    assert report.rows["narrative"][0]["text"].replace(" ", "") == "本镇公开信息35条，收到申请2件。"
    assert [row["text"] for row in report.rows["problems"]] == ["人员培训不足"]


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("name", [name for name in TEXT_LAYOUTS if name != "markup"])
@pytest.mark.parametrize("mark", ["/", "——"])
def test_lines_of_nothing_but_marks_are_not_applicable(name: str, code: str, mark: str) -> None:
    """The marks behind 3.其他 were taken for a part of its label, for they change nothing in a label's key."""
    form = FORMS[code]
    parts = [HEAD]
    for table in form.tables:
        marks = {(line.code, c.key): mark for block in table.blocks for line in block.lines for c in block.columns}
        parts.append(f"{table.title}\n\n{TEXT_LAYOUTS[name].printer(sheet(table, marks))}\n\n")

    report = parse_report(read_text("".join([*parts, TAIL]).encode(), "a.txt"), forms())

    assert report.form is form
    assert {row["status"] for table in form.tables for row in report.rows[table.name]} == {"not_applicable"}
