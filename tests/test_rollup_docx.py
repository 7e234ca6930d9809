"""The sums of a county's townships as a Word document: the official form, each number what pandas adds up."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest
from filled_reports import cell_keys, filled, form, together

from govinfo.build.rollup_docx import write_rollup
from govinfo.definitions.wording import words
from govinfo.errors import ConfigError, MissingFiguresError
from govinfo.tables import FIGURE_KEYS, Tables
from govinfo.workbook import Scope

NEW = ("requests", "new", "total")


def numbered(code: str, report_id: str, start: int, **more: Any) -> Tables:
    """A report with another number in every cell."""
    keys = [(table.name, line, column) for table in form(code).tables for line, column, *_ in cell_keys(table)]
    values = {key: start + number for number, key in enumerate(keys)}
    year = {"2021": 2022, "2019": 2020, "statistics": 2017}[code]
    said: dict[str, Any] = {"report_id": report_id, "source": f"{report_id}.txt", "year": year}
    return filled(code, values=values, **(said | more))


def county(code: str = "2021", **second: Any) -> Tables:
    return together(
        numbered(code, "r1", 1, township="甲镇"), numbered(code, "r2", 1000, **({"township": "乙乡"} | second))
    )


def cells(path: Path) -> list[list[list[str]]]:
    """The text of each cell, table by table; one that is merged stands in each place that it takes."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(str(path)).tables]


def texts(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


@pytest.mark.parametrize("code", ["2021", "2019", "statistics"])
def test_every_figure_is_the_sum_that_pandas_gives(code: str, tmp_path: Path) -> None:
    tables = county(code)
    write_rollup(tables, tmp_path / "a.docx")

    own = cells(tmp_path / "a.docx")
    assert len(own) == len(form(code).tables)
    for table, rows in zip(form(code).tables, own, strict=True):
        shown = {text for row in rows for text in row}
        line, column = FIGURE_KEYS[table.name]
        sums = getattr(tables, table.name).groupby([line, column])["value"].sum()
        for (_, name), value in sums.items():
            text = f"{value:.15g}"
            assert text in shown or (words("forms")["no_sum"] in shown and name in ("items_last_year", "items_change"))
    assert "甲镇、乙乡" in texts(tmp_path / "a.docx") or "乙乡、甲镇" in texts(tmp_path / "a.docx")


def test_a_sum_of_which_a_township_has_no_figure_is_none(tmp_path: Path) -> None:
    tables = county(cells={NEW: {"value": None, "raw": None, "status": "blank"}})
    write_rollup(tables, tmp_path / "a.docx")

    first = numbered("2021", "r1", 1).requests
    own = first[(first["line"] == "new") & (first["applicant"] == "total")]["value"].iloc[0]
    assert any(text == f"{own}\n（1/2）" for row in cells(tmp_path / "a.docx")[1] for text in row)
    assert "乙乡" in texts(tmp_path / "a.docx").split(words("document")["lacking_title"])[1]


def test_equations_that_the_sums_break_are_told_with_the_townships_that_break_them(tmp_path: Path) -> None:
    """What is ready to paste must not look right where the workbook beside it is red."""
    upheld, total = (("disputes", "reconsideration", name) for name in ("upheld", "total"))
    right = filled(report_id="r1", source="r1.txt", township="甲镇", values={upheld: 1, total: 1})
    wrong = filled(report_id="r2", source="r2.txt", township="乙乡", values={upheld: 2, total: 5})

    write_rollup(together(right, wrong), tmp_path / "a.docx")
    [told] = [line for line in texts(tmp_path / "a.docx").split("\n") if "行政复议”" in line]
    assert "总计6" in told and "4项之和3" in told and "相差3" in told
    assert "乙乡" in told and "甲镇" not in told

    write_rollup(right, tmp_path / "b.docx")
    assert words("document")["broken_title"] not in texts(tmp_path / "b.docx")


def test_a_report_that_does_not_count_or_follows_another_form_is_not_added(tmp_path: Path) -> None:
    tables = together(
        county(),
        numbered("2021", "r3", 5000, township="甲镇", counted=False),
        numbered("2019", "r4", 9, township="丙镇", year=2022),
    )
    write_rollup(tables, tmp_path / "a.docx")
    write_rollup(county(), tmp_path / "b.docx")

    assert cells(tmp_path / "a.docx") == cells(tmp_path / "b.docx")
    assert "丙镇" in texts(tmp_path / "a.docx")


def test_each_county_has_its_own_chapter_and_one_may_be_chosen(tmp_path: Path) -> None:
    tables = together(county(), numbered("2021", "r5", 7, township="丁镇", county="伊川县"))
    write_rollup(tables, tmp_path / "a.docx")
    write_rollup(tables, tmp_path / "b.docx", scope=Scope(county="伊川县"))

    assert len(cells(tmp_path / "a.docx")) == 2 * len(cells(tmp_path / "b.docx")) == 6
    assert "乌苏市" not in texts(tmp_path / "b.docx")
    with pytest.raises(ConfigError):
        write_rollup(tables, tmp_path / "c.docx", scope=Scope(county="没有县"))


def test_the_same_tables_give_the_same_bytes_and_names_are_only_text(tmp_path: Path) -> None:
    tables = county(township='<w:t>&"\x07镇', county="乌苏市")
    write_rollup(tables, tmp_path / "a.docx", "数字<均为>虚构")
    write_rollup(tables, tmp_path / "b.docx", "数字<均为>虚构")

    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    assert '<w:t>&"镇' in texts(tmp_path / "a.docx") and "数字<均为>虚构" in texts(tmp_path / "a.docx")


def test_nothing_to_add_up_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(MissingFiguresError):
        write_rollup(Tables(), tmp_path / "a.docx")
    assert not (tmp_path / "a.docx").exists()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    write_rollup(county("2019"), tmp_path / "a.docx")
    convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)

    assert (tmp_path / "a.pdf").stat().st_size > 1000
