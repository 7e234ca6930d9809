"""The workbook says whose figures it has: of no other township, none of an unknown county, none left out unsaid."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from filled_reports import filled, together
from slow_cases import slow

from govinfo.build.imports.corrections import Decided, import_corrections
from govinfo.checks import run_checks
from govinfo.definitions.wording import say
from govinfo.tables import Tables
from govinfo.workbook import write_workbook

PLACE = {"county": "乌苏市", "city": "塔城地区", "province": "新疆维吾尔自治区"}
FEES = ("disclosure", "administrative_fees", "amount")


def sha(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()


def report(township: str | None, **more: Any) -> Tables:
    source = f"{township}.txt"
    said = {**PLACE, "township": township, "source": source, "report_id": sha(source)[:16], "sha256": sha(source)}
    return filled(**{**said, **more})


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "raw"
    folder.mkdir(parents=True)
    for name in ("百泉镇", "哈图布呼镇"):
        (folder / f"{name}.txt").write_text(f"{name}.txt", encoding="utf-8")
    return folder


def test_the_figures_of_another_township_are_no_corrections(raw: Path, tmp_path: Path) -> None:
    """A sheet that was pasted over, or that took the name of another one, looks like a report with other figures."""
    tables = together(report("百泉镇"), report("哈图布呼镇", values={("requests", "new", "total"): 7}))
    path = tmp_path / "表.xlsx"
    write_workbook(tables, path)
    book = openpyxl.load_workbook(path)
    book["百泉镇"].title = "空"
    book["哈图布呼镇"].title = "百泉镇"
    book["空"].title = "哈图布呼镇"
    book.save(path)

    done = import_corrections(path, tables, raw, raw.parent / "corrections.csv", Decided("某某", date(2024, 3, 2)))

    assert [one.state for one in done.told] == ["refused", "refused"] and not done.wrote
    assert all("哈图布呼镇" in one.text and "百泉镇" in one.text for one in done.told)


def test_a_figure_of_a_report_that_is_gone_is_named_as_the_form_prints_it(raw: Path, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    write_workbook(together(report("百泉镇"), report("哈图布呼镇")), path)
    book = openpyxl.load_workbook(path)
    page = book["百泉镇"]
    [row] = [cell.row for cell in page["A"] if cell.value == "行政处罚"]
    page[f"G{row}"].value = 5
    book.save(path)

    left = report("哈图布呼镇")
    done = import_corrections(path, left, raw, raw.parent / "corrections.csv", Decided("某某", date(2024, 3, 2)))

    [told] = done.told
    assert told.state == "refused" and "行政处罚" in told.text and "administrative_penalties" not in told.text


def texts(path: Path, name: str) -> list[str]:
    page = openpyxl.load_workbook(path, data_only=True)[name]
    return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize(
    "level",
    ["county", *(slow(level) for level in ("prefecture", "province", "department"))],
)
def test_the_report_of_a_body_above_the_townships_is_not_of_an_unknown_place(level: str, tmp_path: Path) -> None:
    tables = together(report("百泉镇"), report(None, level=level, issuer="乌苏市人民政府"))
    write_workbook(tables, tmp_path / "表.xlsx")

    for name in ("sheet_cover", "sheet_figures"):
        found = texts(tmp_path / "表.xlsx", say("workbook", name))
        assert not any(say("workbook", "unknown_place") in text for text in found)
        assert any(say("codes", f"level_{level}") in text for text in found)


def test_sums_name_the_townships_of_the_list_that_no_report_is_of(tmp_path: Path) -> None:
    write_workbook(report("百泉镇"), tmp_path / "表.xlsx")

    [scope] = [text for text in texts(tmp_path / "表.xlsx", say("forms", "sheet_rollup")) if "百泉镇" in text]

    head = say("forms", "rollup_unseen", n=0, year=2022, names="|").partition("0")
    assert head[0] in scope and "哈图布呼镇" in scope


def test_sums_of_amounts_have_the_decimals_that_reports_print(tmp_path: Path) -> None:
    """0.1 and 0.2 are 0.3 also where a county's own figure is held against them."""
    townships = [report("百泉镇", values={FEES: 0.1}), report("哈图布呼镇", values={FEES: 0.2})]
    tables = together(*townships, report(None, level="county", values={FEES: 0.05}))

    found = run_checks(tables)

    [said] = found[found["rule"] == "county.rollup"].to_dict("records")
    assert said["expected"] == "0.3" and "0.3000" not in said["message"]


def test_a_report_whose_cells_are_blank_is_not_told_like_one_that_is_filled_in(tmp_path: Path) -> None:
    """No rule is broken by blanks, so the mark stays green: that figures are not there is said beside it."""
    key = ("requests", "new", "total")
    blank = {key: {"value": None, "raw": None, "status": "blank"}}
    write_workbook(together(report("百泉镇", cells=blank), report("哈图布呼镇")), tmp_path / "表.xlsx")

    found = texts(tmp_path / "表.xlsx", say("workbook", "sheet_overview"))

    green = say("sheet_overview", "green")
    assert sorted(text for text in found if text.startswith(green))[:2] == [
        green,
        say("sheet_overview", "gaps", mark=green, n=1),
    ]
