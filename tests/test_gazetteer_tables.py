"""How the packaged tables are made of the lists: on two made-up statistical lists and a made-up civil-affairs list."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from govinfo.gazetteer.make import make
from govinfo.gazetteer.words import words

SOURCES = [
    {"year": 2018, "folder": "first", "kind": "statistical codes"},
    {"year": 2019, "folder": "second", "kind": "statistical codes"},
    {"year": 2021, "folder": "civil", "kind": "civil-affairs codes"},
]
WORDS = replace(words(), sources=SOURCES, editions=(2018, 2019, 2021))
AREAS = {"990101": "甲县", "990102": "乙区", "990171": "丙高新技术产业开发区"}


def write_table(path: Path, head: str, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([head.split(","), *rows])


def statistical(folder: Path, streets: dict[str, str]) -> None:
    folder.mkdir()
    write_table(folder / "provinces.csv", "code,name", [("99", "某省")])
    write_table(
        folder / "cities.csv", "code,name,provinceCode", [("9901", "某市", "99"), ("9990", "省直辖县级行政区划", "99")]
    )
    areas = [(code, name, "9901", "99") for code, name in AREAS.items()] + [("999001", "丁市", "9990", "99")]
    write_table(folder / "areas.csv", "code,name,cityCode,provinceCode", areas)
    rows = [
        (code, name, code[:6], "99", "9990" if code.startswith("9990") else "9901") for code, name in streets.items()
    ]
    write_table(folder / "streets.csv", "code,name,areaCode,provinceCode,cityCode", rows)


def civil(folder: Path, townships: dict[str, dict[str, str]], events: Sequence[object] = ()) -> None:
    folder.mkdir()
    cities = {
        "某市": {"code": "990100000000", "counties": {"甲县": "990101000000", "乙区": "990102000000"}},
        "": {"code": None, "counties": {"丁市": "999001000000"}},
    }
    divisions = {"provinces": {"某省": {"code": "990000000000", "cities": cities}}}
    below = {
        f"{county}000000": {"county": "", "townships": {name: f"{code}000" for name, code in own.items()}}
        for county, own in townships.items()
    }
    for name, data in (
        ("divisions_v1", divisions),
        ("townships_v1", below),
        ("historical_changes_v1", {"events": events}),
    ):
        (folder / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


def made(tmp_path: Path, name: str) -> list[dict[str, str]]:
    with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def townships(
    tmp_path: Path, first: dict[str, str], second: dict[str, str], newest: dict[str, dict[str, str]]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Area and name of each township made of the lists, with codes and years."""
    statistical(tmp_path / "first", first)
    statistical(tmp_path / "second", second)
    civil(tmp_path / "civil", newest)
    make(tmp_path, tmp_path, WORDS)
    rows = made(tmp_path, "townships")
    return {(row["area"], row["name"]): (row["code"], row["nbs_code"], row["first"], row["last"]) for row in rows}


def test_years_are_those_of_the_lists(tmp_path: Path) -> None:
    found = townships(
        tmp_path,
        {"990101100": "旧镇", "990101101": "老镇", "990101200": "山乡"},
        {"990101100": "旧镇", "990101102": "中镇", "990101101": "老镇"},
        {"990101": {"旧镇": "990101103", "新镇": "990101104"}},
    )
    assert found == {
        ("990101", "旧镇"): ("990101103", "990101100", "", ""),
        ("990101", "老镇"): ("", "990101101", "", "2019"),
        ("990101", "山乡"): ("", "990101200", "", "2018"),
        ("990101", "中镇"): ("", "990101102", "2019", "2019"),
        ("990101", "新镇"): ("990101104", "", "2021", ""),
    }


@pytest.mark.parametrize(
    ("first", "second", "newest"),
    [
        ("东街道办事处", "东街道", "东街道"),
        ("东办事处", "东街道", "东街道"),
        ("甲县大河镇", "某市甲县大河镇", "大河镇"),
        ("大河镇（工业园）", "大河镇", "大河镇"),
        ("大河地区办事处", "大河地区", "大河镇"),
        ("大河地区办事处", "大河地区", "大河回族乡"),
        ("东湖街道", "东湖街道", "东湖街街道"),
        ("大河民族乡", "大河民族乡", "大河族乡"),
        ("沈渡镇", "沉渡镇", "沉渡镇"),
    ],
)
def test_what_lists_write_differently_is_one(tmp_path: Path, first: str, second: str, newest: str) -> None:
    found = townships(tmp_path, {"990101100": first}, {"990101100": second}, {"990101": {newest: "990101001"}})
    assert found == {("990101", newest): ("990101001", "990101100", "", "")}


def test_another_spelling_is_kept_as_a_name_to_find(tmp_path: Path) -> None:
    townships(tmp_path, {"990101100": "沈渡镇"}, {"990101100": "沈渡镇"}, {"990101": {"沉渡镇": "990101100"}})
    (row,) = made(tmp_path, "aliases")
    assert (row["alias"], row["name"], row["code"]) == ("沈渡镇", "沉渡镇", "990101100")


@pytest.mark.parametrize(
    ("old", "new"),
    [("大河乡", "大河镇"), ("大河镇", "大河街道"), ("大河镇", "小山镇"), ("卡乡", "恰乡")],
)
def test_another_kind_or_another_name_is_another_division(tmp_path: Path, old: str, new: str) -> None:
    found = townships(tmp_path, {"990101100": old}, {"990101100": old}, {"990101": {new: "990101100"}})
    assert {name for _, name in found} == {old, new}


def test_two_names_in_one_list_are_two_townships(tmp_path: Path) -> None:
    both = {"990101100": "沈渡镇", "990101101": "沉渡镇"}
    found = townships(tmp_path, both, both, {"990101": {"沉渡镇": "990101100"}})
    assert len(found) == 2


def test_a_township_of_a_zone_stands_in_the_county_that_the_newest_list_says(tmp_path: Path) -> None:
    zone = {"990171001": "高新区新街道", "990171002": "独街道"}
    found = townships(tmp_path, zone, zone, {"990101": {"新街道": "990101001"}})
    assert found[("990101", "新街道")] == ("990101001", "990171001", "", "")
    assert found[("990171", "独街道")] == ("", "990171002", "", "")


@pytest.mark.parametrize(
    "name", ["某农场", "某开发区", "甲县直辖村级区划", "某社区公共服务站", "某经济开发区（特殊乡镇）", "街道"]
)
def test_what_is_no_township_is_left_out(tmp_path: Path, name: str) -> None:
    lists = {"990101100": "旧镇", "990101101": name, "990101400": "某林场虚拟镇"}
    found = townships(tmp_path, lists, lists, {"990101": {"旧镇": "990101100"}})
    assert set(found) == {("990101", "旧镇")}


@pytest.mark.parametrize("mark", ["（撤销）", "（已撤销）", "（2020年撤销）", "（2020年撤分）"])
def test_what_a_list_calls_abolished_is_history(tmp_path: Path, mark: str) -> None:
    newest = {"990101": {f"老镇{mark}": "990101101", f"更老镇{mark}": "990101102", "旧镇": "990101100"}}
    found = townships(tmp_path, {"990101100": "老镇"}, {"990101100": "旧镇"}, newest)
    assert found[("990101", "老镇")] == ("990101101", "990101100", "", "2018")
    assert found[("990101", "更老镇")] == ("990101102", "", "", "2017")


def test_where_the_newest_list_has_no_townships_the_one_before_it_counts(tmp_path: Path) -> None:
    found = townships(tmp_path, {"999001100": "旧镇"}, {"999001100": "旧镇"}, {"990101": {"新镇": "990101100"}})
    assert found[("999001", "旧镇")] == ("", "999001100", "", "")


def event(year: int, kind: str, old: tuple[str, ...] | None, new: tuple[str, ...] | None) -> dict[str, object]:
    def side(place: tuple[str, ...] | None) -> dict[str, str | None]:
        return {"code": f"{place[0]}000000" if place else None, "name": place[-1] if place else None}

    path = {"old_path": list(old[1:]) if old else None, "new_path": list(new[1:]) if new else None}
    level = 3 if len(old or new or ()) == 4 else 2
    return {"year": year, "type": kind, "level": level, "old": side(old), "new": side(new), **path}


def counties(tmp_path: Path, *events: object) -> dict[str, tuple[str, str, str]]:
    """First and last year of each county, and to which key it was renamed."""
    for name in ("first", "second"):
        statistical(tmp_path / name, {"990102001": "某街道"})
    civil(tmp_path / "civil", {"990102": {"某街道": "990102001"}}, events)
    make(tmp_path, tmp_path, WORDS)
    rows = [row for row in made(tmp_path, "counties") if row["county"] not in ("甲县", "丁市", "")]
    return {f"{row['city']}{row['county']}": (row["first"], row["last"], row["renamed"]) for row in rows}


def test_a_county_that_became_a_district_keeps_its_former_name(tmp_path: Path) -> None:
    change = event(2015, "撤县设区", ("990121", "某省", "某市", "乙县"), ("990102", "某省", "某市", "乙区"))
    assert counties(tmp_path, change) == {"某市乙区": ("2015", "", ""), "某市乙县": ("", "2014", "990102")}


def test_a_city_that_was_renamed_takes_its_counties_with_it(tmp_path: Path) -> None:
    change = event(2010, "更名", ("990100", "某省", "故市"), ("990100", "某省", "某市"))
    assert counties(tmp_path, change) == {"某市乙区": ("2010", "", ""), "故市乙区": ("", "2009", "990102")}


def test_two_counties_that_became_one_are_not_it_by_another_name(tmp_path: Path) -> None:
    changes = (
        event(2015, "撤县设区", ("990121", "某省", "某市", "乙县"), ("990102", "某省", "某市", "乙区")),
        event(2015, "撤销", ("990103", "某省", "某市", "戊区"), ("990102", "某省", "某市", "乙区")),
    )
    found = counties(tmp_path, *changes)
    assert found["某市乙县"] == ("", "2014", "") and found["某市戊区"] == ("", "2014", "")
    assert found["某市乙区"] == ("2015", "", "")


def test_a_change_that_fits_no_list_is_left_out(tmp_path: Path) -> None:
    changes = (
        event(2015, "更名", ("990155", "某省", "某市", "戊县"), ("990156", "某省", "某市", "己县")),
        event(2015, "码位改派", ("990155", "某省", "某市", "庚县"), ("990102", "某省", "某市", "乙区")),
        event(1999, "更名", ("990155", "某省", "某市", "辛县"), ("990102", "某省", "某市", "乙区")),
    )
    assert counties(tmp_path, *changes) == {"某市乙区": ("", "", "")}


def test_the_same_lists_give_the_same_bytes(tmp_path: Path) -> None:
    lists = {f"9901011{number:02}": f"第{number}镇" for number in range(40)}
    townships(tmp_path, lists, lists, {"990101": {"第0镇": "990101100"}})
    before = [(tmp_path / f"{name}.csv").read_bytes() for name in ("counties", "townships", "aliases")]
    make(tmp_path, tmp_path, WORDS)
    assert before == [(tmp_path / f"{name}.csv").read_bytes() for name in ("counties", "townships", "aliases")]
