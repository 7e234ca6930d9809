"""Sheets that were moved, renamed, copied or typed over since they were written: read rightly, or told and not read."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from corrected_book import (
    NAME,
    NEW,
    brought,
    change,
    corrected,
    raw_folder,
    report,
    states,
    value_of,
    write,
)
from filled_reports import together
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import coordinate_to_tuple, rows_from_range
from openpyxl.workbook import Workbook

from govinfo.definitions.wording import say
from govinfo.tables import FIGURE_KEYS
from govinfo.workbook import write_workbook
from govinfo.workbook.origins import Origin, add_origins, figure_origin, read_origins, rectangles


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return raw_folder(tmp_path)


def insert_row(book: Any) -> None:
    book[NAME].insert_rows(4)


def delete_row(book: Any) -> None:
    book[NAME].delete_rows(5)


def insert_column(book: Any) -> None:
    book[NAME].insert_cols(2)


def sort_lines(book: Any) -> None:
    first, second = book[NAME]["A4"], book[NAME]["A5"]
    first.value, second.value = second.value, first.value


def mark_moved(book: Any) -> None:
    mark = book.defined_names["_govinfo_1"]
    mark.attr_text = mark.attr_text.replace("$B$3", "$B$4")


@pytest.mark.parametrize("happens", [insert_row, delete_row, insert_column, sort_lines, mark_moved])
def test_a_sheet_whose_rows_or_columns_moved_is_not_read(
    happens: Callable[[Any], None], raw: Path, tmp_path: Path
) -> None:
    tables, path = report(), tmp_path / "表.xlsx"
    at = write(tables, path)
    change(path, {at[NEW]: 12})
    book = openpyxl.load_workbook(path)
    happens(book)
    book.save(path)

    done = brought(path, tables, raw)

    assert states(done) == ["refused"] and NAME in done.told[0].place
    assert not (raw.parent / "corrections.csv").exists()


def test_a_deleted_sheet_is_told_and_a_renamed_one_is_found(raw: Path, tmp_path: Path) -> None:
    tables, path = report(), tmp_path / "表.xlsx"
    at = write(tables, path)
    change(path, {at[NEW]: 12})
    book = openpyxl.load_workbook(path)
    book[NAME].title = "新'名"
    # what Excel, WPS and LibreOffice do when a sheet gets another name
    book.defined_names["_govinfo_1"].attr_text = book.defined_names["_govinfo_1"].attr_text.replace(
        "百泉镇''甲 乙", "新''名"
    )
    book.create_sheet(NAME)
    book.save(path)
    # the sheet that has its old name now is none of the workbook's
    assert states(brought(path, tables, raw, dry_run=True)) == ["new", "kept"]

    del book["新'名"], book[NAME]
    book.create_sheet("别的")
    book.save(path)
    assert [(one.state, one.place) for one in brought(path, tables, raw).told] == [("kept", NAME), ("kept", "别的")]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_a_workbook_that_libreoffice_saved_is_read_alike(raw: Path, tmp_path: Path) -> None:
    fees = ("disclosure", "administrative_fees", "amount")
    cells = {
        fees: {"value": 70.320372, "raw": "70.320372"},
        ("requests", "new", "business"): {"value": None, "raw": "_x0041_\x01若干", "status": "unreadable"},
    }
    tables, path = report(cells=cells), tmp_path / "表.xlsx"
    at = write(tables, path)
    change(path, {at[NEW]: 12})
    convert = ["soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "lo")]
    subprocess.run([*convert, str(path)], check=True, capture_output=True, timeout=120)

    done = brought(tmp_path / "lo" / "表.xlsx", tables, raw)

    assert states(done) == ["new"] and "21 → 12" in done.told[0].text


def test_origins_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    hostile = {NEW: {"value": None, "raw": "=1+1\x07_x0041_" + "长" * 50_000, "status": "unreadable"}}
    tables = together(report(cells=hostile), report(report_id="r2", sha256="2" * 64, source="=b.txt"))
    written: list[Origin] = []
    book = Workbook()
    for number, told in enumerate(tables.reports.to_dict("records")):
        page: Any = book.create_sheet(f"镇{number}")
        own = tables.requests[tables.requests["report_id"] == told["report_id"]].to_dict("records")
        for row, figure in enumerate(own, start=1):
            written.append(figure_origin(page.title, f"B{row}", told, "requests", figure))
            page.cell(row, 1).value, page.cell(row, 2).value = f"行{row}", written[-1].value
    formulas = [(row, column) for row in (1, 2, 3) for column in (3, 4)] + [(5, 1)]
    add_origins(book, written, {"镇0": [], "镇1": formulas})
    book.save(tmp_path / "a.xlsx")

    page = openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True)["_govinfo"]
    told_of = read_origins([cell.value for cell in row] for row in page.iter_rows())

    assert told_of is not None and told_of.names == ("Sheet", "镇0", "镇1")
    assert told_of.formulas == {"镇1": ("C1:D3", "A5:A5")}
    sheets = told_of.sheets
    assert [origin for sheet in sheets for origin in sheet.origins] == written
    assert [(sheet.sheet, sheet.area) for sheet in sheets] == [("镇0", f"B1:B{len(own)}"), ("镇1", f"B1:B{len(own)}")]


def test_the_township_sheets_of_the_workbook_are_read_back(raw: Path, tmp_path: Path) -> None:
    """The real sheets: merged heads, comments, protected cells, checks beside the figures."""
    blank = ("requests", "granted", "business")
    tables, path = report(cells={blank: {"value": None, "raw": None, "status": "blank"}}), tmp_path / "表.xlsx"
    write_workbook(tables, path)
    assert brought(path, tables, raw).told == ()
    page = openpyxl.load_workbook(path, read_only=True)["_govinfo"]
    written = read_origins([cell.value for cell in row] for row in page.iter_rows())
    assert written is not None
    [sheet] = written.sheets
    at = {(origin.table, origin.line, origin.column): origin.cell for origin in sheet.origins}
    assert len(at) == sum(len(getattr(tables, table)) for table in FIGURE_KEYS)

    change(path, {at[NEW]: 12, at[blank]: 2}, sheet.sheet)
    done = brought(path, tables, raw)

    assert states(done) == ["new", "new"]
    after = corrected(tables, raw)
    assert (value_of(after), value_of(after, blank)) == (12, 2)
    write_workbook(after, path)
    assert brought(path, after, raw).told == ()


@given(st.sets(st.tuples(st.integers(1, 12), st.integers(1, 8))))
def test_rectangles_hold_each_cell_once_and_no_other(cells: set[tuple[int, int]]) -> None:
    found = [cell for area in rectangles(cells) for row in rows_from_range(area) for cell in row]

    assert sorted(coordinate_to_tuple(cell) for cell in found) == sorted(cells)


def test_a_number_typed_over_a_sum_is_refused_and_its_place_told(raw: Path, tmp_path: Path) -> None:
    tables, path = report(), tmp_path / "表.xlsx"
    write_workbook(tables, path)
    book = openpyxl.load_workbook(path)
    name = next(name for name in book.sheetnames if name.startswith(say("forms", "sheet_rollup")))
    sums = [cell.coordinate for row in book[name].iter_rows() for cell in row if cell.data_type == "f"]
    change(path, {sums[0]: 3, sums[1]: "=1+1", sums[2]: "不详", sums[3]: "12件", sums[4]: "12（5/6）"}, name)

    done = brought(path, tables, raw)

    assert [(one.state, one.place) for one in done.told] == [("refused", f"{name}!{sums[0]}")]
    assert "2 个公式格" in done.told[0].text and not done.wrote


def test_a_copied_sheet_is_not_read_and_that_is_told(raw: Path, tmp_path: Path) -> None:
    tables, path = report(), tmp_path / "表.xlsx"
    at = write(tables, path)
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book[NAME]).title = f"{NAME} (2)"
    book.save(path)
    change(path, {at[NEW]: 12}, f"{NAME} (2)")

    done = brought(path, tables, raw)

    assert [(one.state, one.place) for one in done.told] == [("kept", f"{NAME} (2)")]
