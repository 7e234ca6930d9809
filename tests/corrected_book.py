"""A workbook with the figures of one report, what an official changes in it, and how it is brought back."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from filled_reports import filled
from openpyxl.workbook import Workbook

from govinfo.build.imports.corrections import Decided, import_corrections
from govinfo.build.imports.told import Imported
from govinfo.build.registers.corrections import apply_corrections, read_corrections
from govinfo.tables import FIGURE_KEYS, Tables
from govinfo.workbook.origins import Origin, add_origins, figure_origin

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


def raw_folder(tmp_path: Path) -> Path:
    """A folder with the report's file, beside which the register is written."""
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
