"""Figures corrected in a township's sheet come into the register, or it is said why not; never on another cell."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from corrected_book import (
    NAME,
    NEW,
    SHA,
    WHO,
    brought,
    change,
    corrected,
    raw_folder,
    report,
    states,
    value_of,
    write,
)
from openpyxl.workbook import Workbook

from govinfo.build.registers.corrections import read_corrections
from govinfo.definitions.wording import say
from govinfo.errors import RegisterError
from govinfo.sheet_text import FORMULA_SIGNS
from govinfo.tables import Tables


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return raw_folder(tmp_path)


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
