"""Figures corrected in a township's sheet come into the register, or it is said why not; never on another cell."""

from __future__ import annotations

import csv
import hashlib
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from filled_reports import filled, together
from openpyxl.workbook import Workbook

from govinfo.build.corrections import apply_corrections, read_corrections
from govinfo.build.imports.corrections import Decided, import_corrections
from govinfo.build.imports.told import Imported
from govinfo.definitions.wording import say
from govinfo.errors import RegisterError
from govinfo.sheet_text import FORMULA_SIGNS
from govinfo.tables import FIGURE_KEYS, Tables
from govinfo.workbook import write_workbook
from govinfo.workbook.origins import Origin, add_origins, figure_origin, read_origins

NEW = ("requests", "new", "total")
BYTES = b"a report"
SHA = hashlib.sha256(BYTES).hexdigest()
WHO = Decided("某某", date(2024, 3, 2))
NAME = "百泉镇'甲 乙"


def report(code: str = "2021", **more: Any) -> Tables:
    """A report that prints 21 where 12 was received; `more` are cells by key."""
    cells = {NEW: {"value": 21, "raw": "21"}} | more.pop("cells", {})
    said: dict[str, Any] = {"sha256": SHA, "report_id": SHA[:16], "source": "a.txt"}
    return filled(code, cells=cells, **(said | more))


def write(tables: Tables, path: Path, name: str = NAME) -> dict[tuple[str, str, str], str]:
    """A workbook with a sheet of all figures; the address of each."""
    book = Workbook()
    page: Any = book.worksheets[0]
    page.title, page["A1"] = name, "年度报告"
    origins: list[Origin] = []
    at = {}
    row = 2
    for column in range(2, 10):
        page.cell(row, column).value = f"列{column}"
    told = tables.reports.to_dict("records")[0]
    for table, keys in FIGURE_KEYS.items():
        frame = getattr(tables, table)
        for line, own in frame.groupby(keys[0], sort=False):
            row += 1
            page.cell(row, 1).value = f"{table} {line}"
            for column, figure in enumerate(own.to_dict("records"), start=2):
                cell = page.cell(row, column)
                missing = figure["status"] in ("missing", "unreadable")
                value = figure_origin(name, cell.coordinate, told, table, figure).value
                cell.value = "无此数" if missing else value
                origins.append(figure_origin(name, cell.coordinate, told, table, figure))
                at[table, str(line), str(figure[keys[1]])] = cell.coordinate
    page.cell(row + 1, 1).value = "注：表下的文字"
    add_origins(book, origins)
    book.save(path)
    return at


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "raw"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_bytes(BYTES)
    return folder


def change(path: Path, cells: dict[str, Any], name: str = NAME) -> None:
    book = openpyxl.load_workbook(path)
    for address, value in cells.items():
        book[name][address].value = value
    book.save(path)


def brought(path: Path, tables: Tables, raw: Path, decided: Decided = WHO, **more: Any) -> Imported:
    return import_corrections(path, tables, raw, raw.parent / "corrections.csv", decided, **more)


def states(done: Imported) -> list[str]:
    return [one.state for one in done.told]


def corrected(tables: Tables, raw: Path) -> Tables:
    return apply_corrections(tables, read_corrections(raw.parent / "corrections.csv"))


def value_of(tables: Tables, key: tuple[str, str, str] = NEW) -> Any:
    frame, (line, column) = getattr(tables, key[0]), FIGURE_KEYS[key[0]]
    return frame[(frame[line] == key[1]) & (frame[column] == key[2])].iloc[0]["value"]


@pytest.mark.parametrize("code", ["2021", "2019", "statistics"])
def test_a_workbook_that_nobody_changed_corrects_nothing(code: str, raw: Path, tmp_path: Path) -> None:
    tables = report(code, cells={})
    write(tables, tmp_path / "表.xlsx")

    done = brought(tmp_path / "表.xlsx", tables, raw)

    assert done.told == () and not done.wrote
    assert not (raw.parent / "corrections.csv").exists()


@pytest.mark.parametrize("typed", [12, 12.0, "12", " １２ ", "1,2"])
def test_a_corrected_figure_comes_back_with_who_and_when_and_old_and_new(typed: Any, raw: Path, tmp_path: Path) -> None:
    tables, path = report(), tmp_path / "表.xlsx"
    at = write(tables, path)
    change(path, {at[NEW]: typed})

    done = brought(path, tables, raw)

    assert states(done) == ["new"]
    assert "21 → 12" in done.told[0].text and done.told[0].place == f"{NAME}!{at[NEW]}"
    [line] = csv.DictReader((raw.parent / "corrections.csv").read_text(encoding="utf-8-sig").splitlines())
    assert line | {"reason": ""} == {
        **{"source": "a.txt", "sha256": SHA, "table": NEW[0], "line": NEW[1], "column": NEW[2]},
        **{"as_printed": "21", "corrected": "12", "reason": "", "decided_by": "某某", "decided_on": "2024-03-02"},
    }
    after = corrected(tables, raw)
    assert value_of(after) == 12 and list(after.corrections["state"]) == ["applied"]


def test_a_second_import_adds_nothing_before_and_after_a_refresh(raw: Path, tmp_path: Path) -> None:
    tables, path = report(), tmp_path / "表.xlsx"
    at = write(tables, path)
    change(path, {at[NEW]: 12})
    brought(path, tables, raw)
    before = (raw.parent / "corrections.csv").read_bytes()

    again = brought(path, tables, raw)
    later = brought(path, corrected(tables, raw), raw)
    write(corrected(tables, raw), tmp_path / "新.xlsx")
    fresh = brought(tmp_path / "新.xlsx", corrected(tables, raw), raw)

    assert states(again) == states(later) == ["unchanged"] and states(fresh) == []
    assert (raw.parent / "corrections.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("cell", "typed"),
    [
        ({"value": None, "raw": None, "printed": "3|1|2", "status": "ambiguous"}, 12),
        ({"value": None, "raw": None, "status": "blank"}, 12),
        ({"value": None, "raw": None, "status": "missing"}, 0),
        ({"value": None, "raw": "—", "status": "not_applicable"}, 0),
        ({"value": None, "raw": "若干", "status": "unreadable"}, 5),
        ({"value": None, "raw": "=1+1", "status": "unreadable"}, 5),
        ({"value": None, "raw": "-12", "status": "unreadable"}, 12),
    ],
)
def test_a_cell_without_a_figure_gets_one(cell: dict[str, Any], typed: int, raw: Path, tmp_path: Path) -> None:
    tables, path = report(cells={NEW: cell}), tmp_path / "表.xlsx"
    at = write(tables, path)
    change(path, {at[NEW]: typed})

    assert states(brought(path, tables, raw)) == ["new"]

    after = corrected(tables, raw)
    assert (value_of(after), list(after.corrections["state"])) == (typed, ["applied"])
    assert states(brought(path, after, raw)) == ["unchanged"]
    for line in csv.reader((raw.parent / "corrections.csv").read_text(encoding="utf-8-sig").splitlines()):
        assert not [text for text in line if text.startswith(FORMULA_SIGNS) and text != "-12"]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (None, "cleared"),
        ("  ", "cleared"),
        ("=3+9", "formula"),
        ("十二", "text"),
        ("12件", "text"),
        (True, "text"),
        ("#REF!", "text"),
        (datetime(2024, 3, 2), "text"),
        (-3, "below"),
        (1.5, "whole"),
        (1e20, "large"),
        (1 / 3, "fraction"),
    ],
)
def test_what_cannot_be_a_figure_is_refused_and_stops_no_other(typed: Any, why: str, raw: Path, tmp_path: Path) -> None:
    tables, path = report(), tmp_path / "表.xlsx"
    at = write(tables, path)
    other = ("disputes", "reconsideration", "upheld")
    change(path, {at[NEW]: typed, at[other]: 1})

    done = brought(path, tables, raw)

    assert sorted(states(done)) == ["new", "refused"]
    refused = next(one for one in done.told if one.state == "refused")
    assert say("imports", f"why_{why}") in refused.text and refused.place.endswith(at[NEW])
    assert (value_of(corrected(tables, raw)), value_of(corrected(tables, raw), other)) == (21, 1)


def test_an_amount_may_have_decimals_and_a_change_may_be_negative(raw: Path, tmp_path: Path) -> None:
    fees = ("disclosure", "government_procurement", "amount")
    less = ("disclosure", "administrative_licensing", "items_change")
    tables, path = report("2019", cells={fees: {"value": 70.320372, "raw": "70.320372"}}), tmp_path / "表.xlsx"
    at = write(tables, path)
    change(path, {at[fees]: 70.32, at[less]: -3})

    assert states(brought(path, tables, raw)) == ["new", "new"]
    after = corrected(tables, raw)
    assert (value_of(after, fees), value_of(after, less)) == (70.32, -3)


def test_a_percentage_is_no_count(raw: Path, tmp_path: Path) -> None:
    tables, path = report(), tmp_path / "表.xlsx"
    at = write(tables, path)
    book = openpyxl.load_workbook(path)
    book[NAME][at[NEW]].value, book[NAME][at[NEW]].number_format = 1, "0%"
    book.save(path)

    assert states(brought(path, tables, raw)) == ["refused"]


def other_bytes(raw: Path, tables: Tables) -> Tables:
    (raw / "a.txt").write_bytes(b"another report")
    return tables


def loaded_anew(raw: Path, tables: Tables) -> Tables:
    (raw / "a.txt").write_bytes(b"another report")
    return report(sha256="1" * 64, report_id="1" * 16)


def taken_away(raw: Path, tables: Tables) -> Tables:
    (raw / "a.txt").unlink()
    return tables


def not_loaded(raw: Path, tables: Tables) -> Tables:
    return report(sha256="1" * 64, report_id="1" * 16, source="b.txt")


def read_otherwise(raw: Path, tables: Tables) -> Tables:
    return report(cells={NEW: {"value": 2, "raw": "2"}})


@pytest.mark.parametrize("happens", [other_bytes, loaded_anew, taken_away, not_loaded, read_otherwise])
def test_a_cell_whose_source_has_changed_since_is_refused(
    happens: Callable[[Path, Tables], Tables], raw: Path, tmp_path: Path
) -> None:
    tables, path = report(), tmp_path / "表.xlsx"
    at = write(tables, path)
    change(path, {at[NEW]: 12})

    done = brought(path, happens(raw, tables), raw)

    assert states(done) == ["refused"] and not (raw.parent / "corrections.csv").exists()


def test_a_file_with_another_name_is_still_the_same_report(raw: Path, tmp_path: Path) -> None:
    tables, path = report(), tmp_path / "表.xlsx"
    at = write(tables, path)
    change(path, {at[NEW]: 12})
    (raw / "a.txt").rename(raw / "新名.txt")

    assert states(brought(path, report(source="新名.txt"), raw)) == ["new"]


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
    assert states(brought(path, tables, raw, dry_run=True)) == ["new"]

    del book["新'名"], book[NAME]
    book.create_sheet("别的")
    book.save(path)
    assert states(brought(path, tables, raw)) == ["kept"]


def test_what_another_has_corrected_meanwhile_is_not_overwritten(raw: Path, tmp_path: Path) -> None:
    tables, path = report(), tmp_path / "表.xlsx"
    at = write(tables, path)
    shutil.copy(path, tmp_path / "别人.xlsx")
    change(tmp_path / "别人.xlsx", {at[NEW]: 13})
    brought(tmp_path / "别人.xlsx", tables, raw, replace(WHO, by="别人"))
    before = (raw.parent / "corrections.csv").read_bytes()

    untouched = brought(path, tables, raw)
    change(path, {at[NEW]: 12})
    done = brought(path, corrected(tables, raw), raw)

    assert states(untouched) == ["kept"] and "13" in untouched.told[0].text
    assert states(done) == ["refused"] and "别人" in done.told[0].text
    assert (raw.parent / "corrections.csv").read_bytes() == before


def test_a_correction_is_corrected_in_its_own_line(raw: Path, tmp_path: Path) -> None:
    tables, path = report(), tmp_path / "表.xlsx"
    at = write(tables, path)
    change(path, {at[NEW]: 13})
    brought(path, tables, raw)
    after = corrected(tables, raw)
    write(after, path)
    change(path, {at[NEW]: 12})

    done = brought(path, after, raw)

    assert states(done) == ["changed"] and "13" in done.told[0].text and "12" in done.told[0].text
    assert [one.corrected for one in read_corrections(raw.parent / "corrections.csv")] == [12]
    assert value_of(corrected(tables, raw)) == 12


def test_a_correction_that_is_set_back_is_told_and_stays(raw: Path, tmp_path: Path) -> None:
    tables, path = report(), tmp_path / "表.xlsx"
    at = write(tables, path)
    change(path, {at[NEW]: 12})
    brought(path, tables, raw)
    before = (raw.parent / "corrections.csv").read_bytes()
    after = corrected(tables, raw)

    change(path, {at[NEW]: 21})
    in_the_old = brought(path, after, raw)
    write(after, path)
    change(path, {at[NEW]: 21})
    in_the_new = brought(path, after, raw)

    assert states(in_the_old) == ["kept"] and states(in_the_new) == ["refused"]
    assert (raw.parent / "corrections.csv").read_bytes() == before


def test_a_line_that_has_expired_gives_way_to_a_new_one(raw: Path, tmp_path: Path) -> None:
    """Two lines for one cell would stop the next load."""
    head = "source,sha256,table,line,column,as_printed,corrected,reason,decided_by,decided_on,备注\n"
    old = f"a.txt,{'7' * 64},requests,new,total,99,12,旧,别人,2020-01-01,留着\n"
    other = f",{SHA},requests,new,business,0,3,理由,别人,2020-01-01,也留着\n"
    (raw.parent / "corrections.csv").write_text(head + old + other, encoding="utf-8")
    tables, path = report(), tmp_path / "表.xlsx"
    at = write(corrected(tables, raw), path)
    change(path, {at[NEW]: 12})

    assert states(brought(path, tables, raw)) == ["changed"]
    text = (raw.parent / "corrections.csv").read_text(encoding="utf-8")
    assert text.startswith(head) and other in text and "留着" in text
    assert value_of(corrected(tables, raw)) == 12


def test_who_decided_must_be_said_before_anything_is_written(raw: Path, tmp_path: Path) -> None:
    tables, path = report(), tmp_path / "表.xlsx"
    at = write(tables, path)
    change(path, {at[NEW]: 12})

    with pytest.raises(RegisterError, match="--by"):
        brought(path, tables, raw, replace(WHO, by=""))
    assert states(brought(path, tables, raw, replace(WHO, by=""), dry_run=True)) == ["new"]
    assert not (raw.parent / "corrections.csv").exists()


def test_a_workbook_that_does_not_say_where_its_figures_come_from_is_refused(raw: Path, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    Workbook().save(path)
    with pytest.raises(RegisterError, match="hidden sheet"):
        brought(path, report(), raw)

    write(report(), path)
    book = openpyxl.load_workbook(path)
    book["_govinfo"]["B4"].value = "[1"
    book.save(path)
    with pytest.raises(RegisterError, match="hidden sheet"):
        brought(path, report(), raw)


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
    add_origins(book, written)
    book.save(tmp_path / "a.xlsx")

    page = openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True)["_govinfo"]
    sheets = read_origins([cell.value for cell in row] for row in page.iter_rows())

    assert [origin for sheet in sheets for origin in sheet.origins] == written
    assert [(sheet.sheet, sheet.area) for sheet in sheets] == [("镇0", f"B1:B{len(own)}"), ("镇1", f"B1:B{len(own)}")]


def test_the_township_sheets_of_the_workbook_are_read_back(raw: Path, tmp_path: Path) -> None:
    """The real sheets: merged heads, comments, protected cells, checks beside the figures."""
    blank = ("requests", "granted", "business")
    tables, path = report(cells={blank: {"value": None, "raw": None, "status": "blank"}}), tmp_path / "表.xlsx"
    write_workbook(tables, path)
    assert brought(path, tables, raw).told == ()
    page = openpyxl.load_workbook(path, read_only=True)["_govinfo"]
    [sheet] = read_origins([cell.value for cell in row] for row in page.iter_rows())
    at = {(origin.table, origin.line, origin.column): origin.cell for origin in sheet.origins}
    assert len(at) == sum(len(getattr(tables, table)) for table in FIGURE_KEYS)

    change(path, {at[NEW]: 12, at[blank]: 2}, sheet.sheet)
    done = brought(path, tables, raw)

    assert states(done) == ["new", "new"]
    after = corrected(tables, raw)
    assert (value_of(after), value_of(after, blank)) == (12, 2)
    write_workbook(after, path)
    assert brought(path, after, raw).told == ()
