"""A further generation of the form costs one file: it is read, checked and explained without another line of code."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook

from govinfo.build.loading.load import load
from govinfo.definitions.form import Form, forms, load_form, using_forms
from govinfo.definitions.labels import line_spot
from govinfo.definitions.wording import say
from govinfo.demo.figures import consistent_figures
from govinfo.demo.report import print_report
from govinfo.tables import Tables
from govinfo.workbook import write_workbook

LAYOUTS = ("pipes", "cells", "tabs", "indented", "shifted")
MADE_UP = """\
form: "2031"
title: 虚构的第四种格式
source: 虚构办函〔2031〕1号
years: [2031, null]
tables:
  - table: disclosure
    title: 二、主动公开政府信息情况
    corner: 公开内容
    blocks:
      - caption: 第二十条第（一）项
        article: "20.1"
        columns:
          - {column: issued, label: 当年印发件数, unit: documents}
          - {column: explained, label: 当年解读件数, unit: documents}
          - {column: repealed, label: 当年失效件数, unit: documents}
          - {column: in_force, label: 年末有效件数, unit: documents}
        lines:
          - {line: regulations, label: 政府规章}
          - {line: normative_documents, label: 行政规范性文件}
  - table: requests
    title: 三、收到和处理政府信息公开申请情况
    corner: （表内关系：新收加转入等于办结加转出）
    blocks:
      - columns:
          - caption: 申请主体
            columns:
              - {column: natural_person, label: 自然人}
              - {column: business, label: 企业}
              - {column: media, label: 新闻媒体}
              - {column: total, label: 合计}
        lines:
          - {line: new, category: received, label: 一、当年新收申请}
          - {line: carried_over, category: received, label: 二、上年转入申请}
          - caption: 三、办理情况
            lines:
              - {line: granted, category: granted, label: （一）全部公开}
              - {line: refused, category: refused, label: （二）不予公开}
              - {line: transferred, category: transferred, label: （三）转送其他机关}
              - {line: total, category: total, label: （四）办结合计}
          - {line: carried_forward, category: carried_forward, label: 四、转入下年申请}
    equations:
      - {rule: requests.balance, for_each: column, formula: new + carried_over = total + carried_forward}
      - {rule: requests.outcome_total, for_each: column, formula: total = granted + refused + transferred}
      - {rule: requests.row_total, for_each: line, formula: total = natural_person + business + media}
"""


@pytest.fixture
def fourth(tmp_path: Path) -> Form:
    path = tmp_path / "2031.yaml"
    path.write_text(MADE_UP, encoding="utf-8")
    return load_form(path)


def printed(form: Form, folder: Path, wrong: bool) -> dict[str, dict[tuple[str, str], int]]:
    """Reports on the form in several layouts; where `wrong`, one total of theirs is one too high."""
    figures = consistent_figures(form, Random(3), 40)
    figures["requests"]["total", "total"] += wrong
    texts = {name: {cell: str(value) for cell, value in table.items()} for name, table in figures.items()}
    folder.mkdir()
    for layout in LAYOUTS:
        text = print_report(form, texts, layout, township="清溪镇", year=2031)
        (folder / f"{layout}.txt").write_text(text, encoding="utf-8")
    return figures


def assert_read(tables: Tables, figures: dict[str, dict[tuple[str, str], int]]) -> None:
    assert set(tables.reports["form"]) == {"2031"}
    assert set(tables.reports["status"]) == {"complete"}
    assert set(tables.reports["year"]) == {2031}
    for name, keys in (("disclosure", ["item", "measure"]), ("requests", ["line", "applicant"])):
        rows = getattr(tables, name)
        assert len(rows) == len(LAYOUTS) * len(figures[name])
        for line, column, value in rows[[*keys, "value"]].itertuples(index=False):
            assert figures[name][line, column] == value


def test_a_made_up_generation_is_read_exactly_in_every_layout(fourth: Form, tmp_path: Path) -> None:
    figures = printed(fourth, tmp_path / "raw", wrong=False)

    tables = load(tmp_path / "raw", known_forms=[fourth, *forms()], jobs=1)

    assert_read(tables, figures)
    assert tables.findings[tables.findings["severity"] == "error"].empty


def test_its_equations_are_checked(fourth: Form, tmp_path: Path) -> None:
    """Three of them hold the figure that is one too high."""
    figures = printed(fourth, tmp_path / "raw", wrong=True)

    tables = load(tmp_path / "raw", known_forms=[fourth, *forms()], jobs=1)

    assert_read(tables, figures)
    rules = ["requests.balance", "requests.outcome_total", "requests.row_total"]
    errors = tables.findings[tables.findings["rule"].isin(rules)]
    assert sorted(errors["rule"]) == sorted(rules * len(LAYOUTS))
    assert errors["message"].str.contains("办结合计|合计").all()


def test_it_repairs_a_damaged_line_by_its_own_arithmetic(fourth: Form, tmp_path: Path) -> None:
    figures = printed(fourth, tmp_path / "raw", wrong=False)
    path = tmp_path / "raw" / "pipes.txt"
    lost = f" {figures['requests']['granted', 'media']} |"
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(i for i, line in enumerate(lines) if "全部公开" in line)
    head, _, total = lines[at].rpartition(lost)
    lines[at] = head + total
    path.write_text("\n".join(lines), encoding="utf-8")

    tables = load(path, known_forms=[fourth, *forms()], jobs=1)

    line = tables.requests[tables.requests["line"] == "granted"].set_index("applicant")
    for column, value in line["value"].items():
        assert value is None or value != value or value == figures["requests"]["granted", str(column)]
    assert set(line["status"]) <= {"repaired", "ambiguous"}


def test_the_workbook_explains_it_by_its_code(fourth: Form, tmp_path: Path) -> None:
    """Officials have no name yet for a form that the package does not know."""
    printed(fourth, tmp_path / "raw", wrong=False)
    tables = load(tmp_path / "raw", known_forms=[fourth, *forms()], jobs=1)

    with using_forms([fourth, *forms()]):
        write_workbook(tables, tmp_path / "2031.xlsx")

    notes = load_workbook(tmp_path / "2031.xlsx")[say("workbook", "sheet_notes")]
    assert [row[3] for row in notes.iter_rows(values_only=True) if row[1] == "2031"] == [
        f"{fourth.source} {fourth.title}"
    ]


def test_within_using_forms_every_step_knows_it_and_none_behind(fourth: Form) -> None:
    with using_forms([fourth, *forms()]):
        assert line_spot("2031", "requests", "transferred").label == "（三）转送其他机关"
        assert fourth in forms()
    assert fourth not in forms()
    assert line_spot("2031", "requests", "transferred").label == "transferred"
