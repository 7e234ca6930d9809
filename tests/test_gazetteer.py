"""The packaged lists of divisions: what is in them, and how a name is looked up."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from govinfo.cli import main
from govinfo.errors import PlacesError
from govinfo.gazetteer import Division, gazetteer, read_places, short_name, stood
from govinfo.gazetteer.near import look_up, near_names
from govinfo.gazetteer.words import DATA

KNOWN = gazetteer()


def years(division: Division) -> tuple[int, int]:
    return division.first or 0, division.last or 9999


@pytest.fixture(scope="module")
def everything() -> list[Division]:
    """All divisions that some name finds."""
    return list({one: None for name in sorted(KNOWN.names()) for one in KNOWN.named(name)})


def named(name: str, **wanted: object) -> Division:
    """The one division of that name that has these values."""
    (found,) = (one for one in KNOWN.named(name) if all(getattr(one, key) == value for key, value in wanted.items()))
    return found


# what holds for all of them


def test_every_division_is_found_by_its_own_name(everything: list[Division]) -> None:
    for one in everything:
        assert one in KNOWN.named(one.name)


def test_every_township_of_the_table_is_given(everything: list[Division]) -> None:
    given = {(one.name, one.code or one.nbs_code) for one in everything if one.level == "township"}
    for line in KNOWN.townships:
        name, _, code, nbs_code, *_ = line.split(",")
        assert (name, code or nbs_code) in given


def test_a_division_ends_its_own_chain(everything: list[Division]) -> None:
    for one in everything:
        assert one.path[-1] == one.name
        assert one.level in ("province", "prefecture", "county", "township")
        assert (one.township is not None) == (one.level == "township")


def test_the_places_above_a_division_are_divisions_of_their_own_in_its_years(everything: list[Division]) -> None:
    chains: dict[tuple[str, ...], list[Division]] = defaultdict(list)
    for one in everything:
        if one.level != "township":
            chains[one.path].append(one)
    for one in everything:
        if one.level == "township":
            (above,) = chains[one.path[:-1]]
            assert years(above)[0] <= years(one)[0] <= years(one)[1] <= years(above)[1]


def test_no_place_stands_twice_in_a_year(everything: list[Division]) -> None:
    held: dict[tuple[str | None, ...], list[tuple[int, int]]] = defaultdict(list)
    for one in everything:
        held[(one.level, one.province, one.city, one.county, one.township)].append(years(one))
    for spans in held.values():
        assert all(first <= last for first, last in spans)
        ordered = sorted(spans)
        assert all(before[1] < after[0] for before, after in pairwise(ordered))


def test_codes_have_their_length_and_a_civil_code_stands_for_one_township(everything: list[Division]) -> None:
    standing: set[str] = set()
    for one in everything:
        length = 9 if one.level == "township" else 6
        assert all(code is None or (len(code) == length and code.isdigit()) for code in (one.code, one.nbs_code))
        assert one.code != one.nbs_code or one.code is None
        if one.level == "township" and one.code and one.last is None:
            assert one.code not in standing
            standing.add(one.code)
    # all that the civil-affairs list has and does not call abolished
    assert len(standing) == 38_749 - 213


@pytest.mark.parametrize(
    ("year", "official"), [(2018, 39_945), (2020, 38_741), (2021, 38_558), (2022, 38_602), (2023, 38_658)]
)
def test_there_are_as_many_townships_as_the_yearbooks_say(everything: list[Division], year: int, official: int) -> None:
    """The yearbooks count at the end of the year, the lists some months before it."""
    standing = [one for one in everything if one.level == "township" and stood(one, year)]
    assert len(standing) == pytest.approx(official, rel=0.003)


def test_the_tables_are_sorted_plain_text() -> None:
    for name in ("counties", "townships", "aliases"):
        text = (DATA / f"{name}.csv").read_bytes().decode("utf-8")
        rows = text.split("\n")[1:-1]
        assert rows == sorted(set(rows))
        assert "\r" not in text and '"' not in text


# single names


def test_a_name_of_several_places_gives_them_all() -> None:
    assert [one.path[-2:] for one in KNOWN.named("百泉镇")] == [
        ("辉县市", "百泉镇"),
        ("独山县", "百泉镇"),
        ("乌苏市", "百泉镇"),
    ]
    assert KNOWN.named("百泉") == ()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("溪翁庄镇", ("北京市", "密云区", "溪翁庄镇")),
        ("常平镇", ("广东省", "东莞市", "常平镇")),
        ("新城镇", ("甘肃省", "嘉峪关市", "新城镇")),
        ("天骄街道", ("新疆维吾尔自治区", "北屯市", "天骄街道")),
        ("克井镇", ("河南省", "济源市", "克井镇")),
        ("柳屯镇", ("河南省", "濮阳市", "濮阳县", "柳屯镇")),
    ],
)
def test_the_chain_has_only_the_levels_that_there_are(name: str, path: tuple[str, ...]) -> None:
    """Not 市辖区 nor 省直辖县级行政区划; 东莞 has no counties; the list that has 濮阳县柳屯镇 means 柳屯镇."""
    assert path in [one.path for one in KNOWN.named(name)]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("百泉街道办事处", "百泉街道"),
        ("河朗镇", "河㙟镇"),
        ("阎各庄镇", "闫各庄镇"),
        ("南磨房地区办事处", "南磨房乡"),
        ("元江县", "元江哈尼族彝族傣族自治县"),
        ("于潜镇", "於潜镇"),
        ("干县", "乾县"),
    ],
)
def test_other_names_of_a_place_find_it(said: str, name: str) -> None:
    assert name in {one.name for one in KNOWN.named(said)}


def test_a_township_that_became_a_town_is_two_divisions_with_their_years() -> None:
    old, new = named("大木乡", county="涪陵区"), named("大木镇", county="涪陵区")
    assert (old.first, old.last, new.first, new.last) == (None, 2023, 2025, None)


def test_a_county_that_became_a_city_has_its_townships_under_both_names() -> None:
    old, new = named("乌恰镇", county="库车县"), named("乌恰镇", county="库车市")
    assert (old.last, new.first) == (2019, 2020)


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("密云县", 2014),
        ("静海县", 2014),
        ("哈密地区", 2015),
        ("毕节地区", 2010),
        ("铜仁地区", 2010),
        ("海东地区", 2012),
        ("襄樊市", 2009),
        ("沾益县", 2015),
        ("富阳市", 2013),
        ("苍山县", 2013),
        ("宣武区", 2009),
        ("闸北区", 2014),
        ("塘沽区", 2008),
        ("蓟县", 2015),
        ("户县", 2015),
        ("盘县", 2016),
        ("莱城区", 2018),
        ("库车县", 2019),
    ],
)
def test_names_that_are_no_longer_are_known_with_their_last_year(name: str, last: int) -> None:
    assert [one.last for one in KNOWN.named(name) if one.level != "township"] == [last]


def test_a_renamed_county_had_the_townships_that_the_first_list_has() -> None:
    before, after = named("溪翁庄镇", county="密云县"), named("溪翁庄镇", county="密云区")
    assert (before.first, before.last, after.first, after.last) == (None, 2014, 2015, None)
    assert (before.code, before.nbs_code, after.code) == (None, None, "110118101")


def test_an_absorbed_district_lends_its_name_to_no_township() -> None:
    """静安区 holds what were 静安区 and 闸北区: which of its streets lay in which no list says."""
    assert not [one for one in KNOWN.named("彭浦镇") if one.county == "闸北区"]
    assert not [one for one in KNOWN.named("三角镇") if one.county in ("万盛区", "綦江县")]


def test_a_county_that_moved_to_another_city_stands_below_each_in_its_years() -> None:
    found = {one.city: (one.first, one.last) for one in KNOWN.named("公主岭市")}
    assert found == {"四平市": (None, 2019), "长春市": (2020, None)}


# a county's townships in a year


@pytest.mark.parametrize(
    ("year", "edition"), [(2017, None), (2018, 2018), (2023, 2023), (2024, 2023), (2025, 2025), (2030, 2025)]
)
def test_a_year_is_judged_by_its_own_list_or_the_last_one_before_it(year: int, edition: int | None) -> None:
    assert KNOWN.edition(year) == edition


def test_the_townships_of_a_county_are_those_of_that_year() -> None:
    assert {one.county for one in KNOWN.listed(2020, county="伊川县")} == {"伊川县"}
    assert "吕店镇" in {one.name for one in KNOWN.listed(2020, county="伊川县")}
    assert "白坪乡" in {one.name for one in KNOWN.listed(2019, county="武胜县")}
    assert "白坪乡" not in {one.name for one in KNOWN.listed(2020, county="武胜县")}
    assert len(KNOWN.listed(2022, county="东莞市")) == 32
    assert KNOWN.listed(2017, county="伊川县") == ()
    assert KNOWN.listed(2020, county="无此县") == ()


def test_counties_of_one_name_are_told_apart_by_what_is_above_them() -> None:
    one = KNOWN.listed(2020, county="朝阳区", province="北京市")
    other = KNOWN.listed(2020, county="朝阳区", city="长春市")
    assert one and other and {*one, *other} == set(KNOWN.listed(2020, county="朝阳区"))


def test_in_a_year_between_two_lists_what_only_one_has_is_not_sure() -> None:
    """大木乡 is in the list of 2023, 大木镇 in that of 2025: nobody knows from them which it was in 2024."""
    found = {one.name: stood(one, 2024) for one in KNOWN.listed(2024, county="涪陵区")}
    assert found["大木乡"] is False and found["大木镇"] is False
    assert found["白涛街道"] is True


def test_added_places_are_further_candidates() -> None:
    place = Division("township", "百泉镇", "某省", "某市", "某县", "百泉镇", None, None, 2020, None)
    more = KNOWN.extended([place])
    assert set(more.named("百泉镇")) == {*KNOWN.named("百泉镇"), place}
    assert more.listed(2021, county="某县") == (place,)
    assert more.listed(2019, county="某县") == ()
    assert len(KNOWN.named("百泉镇")) == 3


# short names


@pytest.mark.parametrize(
    ("name", "level", "short"),
    [
        ("伊川县", "county", "伊川"),
        ("雄县", "county", "雄县"),
        ("城区", "county", "城区"),
        ("乌苏市", "county", "乌苏"),
        ("塔城地区", "prefecture", "塔城"),
        ("锡林郭勒盟", "prefecture", "锡林郭勒"),
        ("内蒙古自治区", "province", "内蒙古"),
        ("新疆维吾尔自治区", "province", "新疆"),
        ("黔东南苗族侗族自治州", "prefecture", "黔东南"),
        ("伊犁哈萨克自治州", "prefecture", "伊犁"),
        ("元江哈尼族彝族傣族自治县", "county", "元江"),
        ("东乡族自治县", "county", "东乡"),
        ("鄂温克族自治旗", "county", "鄂温克"),
        ("积石山保安族东乡族撒拉族自治县", "county", "积石山"),
        ("管城回族区", "county", "管城"),
        ("滨海新区", "county", "滨海"),
        ("神农架林区", "county", "神农架"),
        ("百泉镇", "township", "百泉"),
        ("东风街道", "township", "东风"),
        ("安昌镇", "township", "安昌"),
    ],
)
def test_short_names(name: str, level: str, short: str) -> None:
    assert short_name(Division(level, name, "某省")) == short


# what a person types


@pytest.mark.parametrize(
    ("typed", "paths"),
    [
        ("乌苏市百泉镇", [("乌苏市", "百泉镇")]),
        ("新疆塔城地区乌苏市百泉镇", [("乌苏市", "百泉镇")]),
        ("烏蘇市 百泉鎮", [("乌苏市", "百泉镇")]),
        ("於潛鎮", [("临安区", "於潜镇"), ("临安市", "於潜镇")]),
        (
            "百泉",
            [
                ("延庆区", "百泉街道"),
                ("延庆县", "百泉街道"),
                ("辉县市", "百泉镇"),
                ("独山县", "百泉镇"),
                ("乌苏市", "百泉镇"),
            ],
        ),
        ("伊川县百泉镇", []),
        ("某某百泉镇", []),
        ("镇", []),
        ("", []),
    ],
)
def test_a_name_is_found_as_people_type_it(typed: str, paths: list[tuple[str, str]]) -> None:
    assert [one.path[-2:] for one in look_up(KNOWN, typed)] == paths


def test_near_names_hold_what_was_typed_or_are_spelled_alike() -> None:
    assert near_names(KNOWN, "吉尔格勒特郭")[0] == "吉尔格勒特郭楞蒙古族乡"
    assert "溪翁庄镇" in near_names(KNOWN, "溪翁壮镇")
    assert near_names(KNOWN, "") == ()


def places(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["places", *words])
    return result.exit_code, result.output


def test_the_command_shows_the_candidates() -> None:
    code, said = places("百泉镇")
    assert code == 0
    assert all(text in said for text in ("辉县市", "独山县", "乌苏市", "410782103", "522726108", "654202105"))


def test_the_command_names_what_is_near_where_there_is_none() -> None:
    code, said = places("溪翁壮镇")
    assert code == 1
    assert "溪翁庄镇" in said


def test_the_command_lists_a_county_and_marks_what_is_not_sure() -> None:
    code, said = places("涪陵区", "--list", "--year", "2024")
    assert code == 0
    assert "2023、2025" in said
    assert "不能确定" in next(line for line in said.splitlines() if "大木乡" in line)
    assert "不能确定" not in next(line for line in said.splitlines() if "白涛街道" in line)
    assert places("涪陵区", "--list", "--year", "2015")[0] == 1


def test_the_command_gives_json() -> None:
    code, said = places("乌苏市百泉镇", "--json")
    assert code == 0
    (record,) = json.loads(said)
    assert (record["level"], record["county"], record["code"]) == ("township", "乌苏市", "654202105")
    assert json.loads(places("无此地名", "--json")[1]) == []


# a project's own places


def test_a_file_of_places_gives_divisions(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(
        "\ufeffprovince,city,county,township,division_code,first,last,remark\n"
        "某省,某市,某县,新镇,990101100,2019,,\n"
        "某省,,某县级市,,990102,,2020,已撤销\n"
        ",,,,,,,\n".encode()
    )
    assert read_places(path) == (
        Division("township", "新镇", "某省", "某市", "某县", "新镇", "990101100", None, 2019, None),
        Division("county", "某县级市", "某省", None, "某县级市", None, "990102", None, None, 2020),
    )


def broken_files() -> Iterator[tuple[bytes, int, str]]:
    head = "province,city,county,township,division_code,first,last\n"
    yield b"province,township\n", 1, "county"
    yield f"{head},某市,某县,新镇,,,\n".encode(), 2, "province"
    yield f"{head}某省,某市,某县,新镇,12345,,\n".encode(), 2, "12345"
    yield f"{head}某省,某市,某县,新镇,,二〇二〇,\n".encode(), 2, "first"
    yield f"{head}某省,某市,某县,新镇,,2021,2020\n".encode(), 2, "2021"
    yield f"{head}某省,某市,某县,新镇,,,,多\n".encode(), 2, "cells"
    yield f"{head}某省,某市,某县,新镇,,,\n".encode("gb18030"), 2, "UTF-8"
    yield f'{head}某省,某市,某县,"新\0镇,,,\n'.encode(), 2, ""


@pytest.mark.parametrize(("data", "line", "found"), list(broken_files()))
def test_a_broken_file_of_places_names_its_line(tmp_path: Path, data: bytes, line: int, found: str) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(data)
    with pytest.raises(PlacesError) as raised:
        read_places(path)
    message = str(raised.value)
    assert f"places.csv:{line}\n" in message and found in message
    assert all(part in message for part in ("found", "expected", "to do"))
