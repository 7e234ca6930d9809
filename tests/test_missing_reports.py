"""Who has not published, judged by the list of townships of each year: never a guess that looks like an answer."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import govinfo
from govinfo.build.terminal.missing import read_years
from govinfo.cli import main
from govinfo.definitions.figure_keys import MOST_CANDIDATES
from govinfo.errors import ConfigError
from govinfo.gazetteer import Division, gazetteer
from govinfo.questions.publication.missing_reports import BY_YEAR, MISSING, missing_reports, published_by_year
from govinfo.tables import Tables, typed, write_tables

YICHUAN = {"province": "河南省", "city": "洛阳市", "county": "伊川县"}
ALL = tuple(one.name for one in gazetteer().listed(2020, county="伊川县"))
NOWHERE = {"county": None, "city": None, "province": None}


def report(township: str | None, year: int | None = 2020, **said: object) -> dict[str, object]:
    known = {"source": f"{township}{year}.txt", "level": "township", "status": "complete", "counted": True}
    return {**YICHUAN, **known, "township": township, "year": year, **said}


def made(*reports: dict[str, object], rejects: tuple[str, ...] = (), **frames: object) -> Tables:
    rows = [{"report_id": f"r{number}", **one} for number, one in enumerate(reports)]
    files = [{"source": f"{number}.doc", "reason": reason} for number, reason in enumerate(rejects)]
    return Tables(
        reports=typed("reports", rows),
        rejects=typed("rejects", files),
        **{name: typed(name, rows) for name, rows in frames.items()},
    )


def asked(tables: Tables, years: object = 2020, **place: object) -> pd.DataFrame:
    return missing_reports(tables, years=years, **(place or {"county": "伊川县"}))


def status_of(frame: pd.DataFrame, township: str) -> tuple[str, str | None]:
    (row,) = frame[frame["township"] == township].to_dict("records")
    return row["status"], None if pd.isna(row["reason"]) else row["reason"]


# the answer


def test_the_townships_of_the_list_without_a_report_are_missing_and_the_others_are_counted():
    found = asked(made(report("吕店镇"), report("高山镇")))

    assert set(found["township"]) == set(ALL) - {"吕店镇", "高山镇"}
    assert set(found["status"]) == {"missing"}
    assert set(found["listed"]) == {len(ALL)}
    assert set(found["published"]) == {2}
    assert set(found["edition"]) == {2020}
    assert set(found["due"]) == {pd.Timestamp("2021-01-31")}
    assert found["division_code"].notna().all()
    assert not found[["province", "city", "county"]].isna().any().any()


@given(there=st.sets(st.sampled_from(ALL)), years=st.sets(st.sampled_from([2018, 2020, 2021]), min_size=1))
@settings(max_examples=20, deadline=None)
def test_in_each_year_who_has_published_and_who_is_missing_are_all_of_the_list_and_no_other(there, years):
    tables = made(*(report(township, 2020) for township in there))

    found, counts = asked(tables, sorted(years)), published_by_year(tables, county="伊川县", years=sorted(years))

    assert list(counts["year"]) == sorted(years)
    for row in counts.to_dict("records"):
        own = set(found.loc[found["year"] == row["year"], "township"])
        listed = {one.name for one in gazetteer().listed(row["year"], county="伊川县")}
        assert own == listed - (there if row["year"] == 2020 else set())
        assert row["listed"] == row["published"] + row["missing"] == len(listed)


def test_the_columns_and_their_types_do_not_depend_on_the_answer():
    for tables in (made(), made(*(report(one) for one in ALL))):
        assert {name: str(dtype) for name, dtype in asked(tables).dtypes.items()} == dict(MISSING)
        counts = published_by_year(tables, county="伊川县", years=[2020])
        assert {name: str(dtype) for name, dtype in counts.dtypes.items()} == dict(BY_YEAR)


def test_a_year_of_which_all_have_published_has_no_row_but_is_counted():
    tables = made(*(report(one) for one in ALL))

    assert asked(tables).empty
    (row,) = published_by_year(tables, county="伊川县", years=2020).to_dict("records")
    assert (row["judged"], row["listed"], row["published"]) == (True, len(ALL), len(ALL))


@pytest.mark.parametrize(
    "said",
    [
        {"status": "narrative_only"},
        {"counted": False},
        {
            "township": "吕店镇人民政府",
            "division_code": next(o.code for o in gazetteer().named("吕店镇") if o.county == "伊川县"),
        },
        {"province": None, "city": None},
    ],
)
def test_any_report_of_the_township_stands_for_it(said):
    assert "吕店镇" not in set(asked(made(report("吕店镇") | said))["township"])


def coded(one: Division, year: int) -> dict[str, object]:
    """Its report as it is loaded: with both codes."""
    place = {"province": one.province, "city": one.city, "county": one.county}
    return report(one.township, year) | place | {"division_code": one.code, "nbs_code": one.nbs_code}


@pytest.mark.parametrize("year", [2020, 2023, 2025])
@pytest.mark.parametrize("county", ["伊川县", "新安县", "濮阳县"])
def test_a_report_stands_for_its_own_township_and_not_for_the_neighbour_whose_other_code_is_the_same(county, year):
    """The civil-affairs code of 葛寨镇 is the statistical one of 鸦岭镇, and the other way round."""
    there = gazetteer().listed(year, county=county)
    for one in there:
        found = asked(made(coded(one, year)), year, county=county)
        assert set(found["township"]) == {each.name for each in there} - {one.name}


def test_a_township_that_the_list_of_the_year_spells_otherwise_is_known_by_its_code():
    """白堽乡 stands in the lists of 2018 to 2021 as 濮阳县白罡乡, with the same code."""
    (now,) = (one for one in gazetteer().listed(2023, county="濮阳县") if one.name == "白堽乡")

    assert "濮阳县白罡乡" not in set(asked(made(coded(now, 2020)), 2020, county="濮阳县")["township"])


def test_another_spelling_of_a_street_office_is_the_same_one():
    assert "城关街道" in ALL
    assert "城关街道" not in set(asked(made(report("城关街道办事处")))["township"])


@pytest.mark.parametrize(
    "said",
    [{"year": 2021}, {"county": "宜阳县"}, {"city": "郑州市"}, {"level": "department"}, {"level": "county"}],
)
def test_another_year_county_or_body_stands_for_none(said):
    assert status_of(asked(made(report("吕店镇") | said)), "吕店镇") == ("missing", None)


# what cannot be told


def test_years_before_the_first_list_are_not_judged_and_say_so():
    """An empty answer would look like a county of which all have published."""
    found = asked(made(report("吕店镇", 2016)), [2016, 2017, 2020])

    early = found[found["year"] < 2018]
    assert list(early["status"]) == ["not_judged", "not_judged"]
    assert set(early["reason"]) == {"before_lists"}
    assert early["township"].isna().all()
    assert early["listed"].isna().all()


def test_a_year_that_no_list_and_no_report_knows_is_not_judged():
    newest = gazetteer().editions[-1]

    assert list(asked(made(), newest + 2)["reason"]) == ["year_ahead"]
    later = asked(made(report("吕店镇", newest + 2)), newest + 2)
    assert set(later["status"]) == {"missing"}
    assert set(later["edition"]) == {newest}


def test_a_county_that_bore_the_name_in_another_year_only_is_not_judged():
    found = asked(made(), [2020, 2021], county="沙湾县")

    assert set(found.loc[found["year"] == 2020, "status"]) == {"missing"}
    assert found.loc[found["year"] == 2021, "reason"].tolist() == ["not_listed"]


def test_in_a_year_without_a_list_what_only_one_of_its_neighbours_names_is_uncertain():
    """万善乡 is in the list of 2023, 万善镇 in that of 2025: either may have stood in 2024, and one of them did."""
    found = asked(made(report("万善乡", 2023), year_known(2024)), 2024, county="冠县")

    assert status_of(found, "万善乡") == ("uncertain", "between_lists")
    assert status_of(found, "万善镇") == ("uncertain", "between_lists")
    assert set(found["edition"]) == {2023}
    sure = found[found["status"] == "missing"]
    assert set(found["listed"]) == {len(sure)}


def year_known(year: int) -> dict[str, object]:
    return report("别处镇", year, county="别县")


def test_a_report_of_a_township_that_was_another_kind_in_the_list_makes_it_uncertain():
    reports = report("万善乡", 2025, province="山东省", city="聊城市", county="冠县")

    assert status_of(asked(made(reports), 2025, county="冠县"), "万善镇") == ("uncertain", "renamed")


def test_a_report_without_a_county_makes_the_township_of_its_name_uncertain():
    found = asked(made(report("吕店镇", **NOWHERE)))

    assert status_of(found, "吕店镇") == ("uncertain", "place_unknown")
    assert status_of(found, "高山镇") == ("missing", None)
    assert set(found["unplaced"]) == {1}


def test_a_report_without_a_year_makes_its_township_uncertain_in_every_year():
    found = asked(made(report("吕店镇", None)), [2020, 2021])

    rows = found[found["township"] == "吕店镇"]
    assert list(rows["status"]) == ["uncertain", "uncertain"]
    assert set(rows["reason"]) == {"year_unknown"}


@pytest.mark.parametrize(
    "said", [{"province": "山东省"}, {"year": 2019}, {"township": "百泉镇"}, {"level": "department"}]
)
def test_a_report_that_cannot_be_one_of_the_missing_is_not_counted_among_those_that_may_be(said):
    assert set(asked(made(report("吕店镇", **NOWHERE) | said))["unplaced"]) == {0}


def test_the_candidates_of_a_report_say_whether_it_may_be_one_of_the_missing():
    def candidate(code):
        rows = [{"report_id": "r0", "aspect": "place", "role": "candidate", "division_code": code}]
        return asked(made(report("吕店镇", **NOWHERE), identity=rows))

    own = next(one.code for one in gazetteer().named("吕店镇") if one.county == "伊川县")
    assert status_of(candidate(own), "吕店镇") == ("uncertain", "place_unknown")
    assert status_of(candidate("654202101"), "吕店镇") == ("missing", None)


@pytest.mark.parametrize(
    ("code", "how_many"),
    [("410323100", 2), ("410323199", 1), ("410323199", MOST_CANDIDATES)],
    ids=["own", "other", "cut"],
)
def test_a_common_name_without_a_county_makes_its_township_uncertain_where_it_is_or_may_be_a_candidate(code, how_many):
    """城关镇 has more candidates than are kept, and in 新安县 only a statistical code, as it is gone since."""
    rows = [
        {"report_id": "r0", "aspect": "place", "role": "candidate", "value": "甲省/乙县/城关镇"}
        for _ in range(how_many)
    ]
    rows = [row | {"division_code": code if not n else f"9{n:08d}"} for n, row in enumerate(rows)]
    found = asked(made(report(None, 2020, **NOWHERE), identity=rows), 2020, county="新安县")

    doubted = status_of(found, "城关镇") == ("uncertain", "place_unknown")
    assert doubted == (code == "410323100" or how_many == MOST_CANDIDATES)
    assert status_of(found, "石寺镇") == ("missing", None)


def test_files_that_could_not_be_read_are_counted_but_copies_and_other_texts_are_not():
    found = asked(made(rejects=("unreadable", "timeout", "duplicate_file", "not_a_report")))

    assert set(found["unplaced"]) == {2}


def test_what_is_not_yet_due_is_not_missing_and_the_day_comes_from_the_caller():
    tables = made(report("吕店镇"))

    before = missing_reports(tables, county="伊川县", years=2020, today=date(2021, 1, 31))
    after = missing_reports(tables, county="伊川县", years=2020, today=date(2021, 2, 1))

    assert set(before["status"]) == {"not_due"}
    assert set(after["status"]) == {"missing"}
    assert len(before) == len(after) == len(ALL) - 1


# which county


def test_a_city_without_counties_is_asked_for_by_itself():
    report_of = {"province": "广东省", "city": "东莞市", "county": None}
    tables = made(report("石碣镇", **report_of))

    for place in ({"city": "东莞市"}, {"county": "东莞市"}):
        found = asked(tables, **place)
        assert "石碣镇" not in set(found["township"])
        assert len(found) == len(gazetteer().listed(2020, county="东莞市")) - 1
        assert found["county"].isna().all()


def test_a_municipality_has_districts_without_a_city():
    tables = made(report("密云镇", province="北京市", city=None, county="密云区"))

    assert "密云镇" not in set(asked(tables, county="密云区")["township"])


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ({"county": "伊川"}, "伊川县"),
        ({"county": "伊穿县"}, "伊川县"),
        ({"county": "鼓楼区"}, "name its city"),
        ({"county": "鼓楼区", "province": "江苏省"}, "徐州市"),
        ({"county": "鼓楼区", "city": "洛阳市"}, "correct the city"),
        ({"city": "洛阳市"}, "伊川县"),
        ({"county": None}, "city without counties"),
    ],
)
def test_a_county_that_is_not_known_or_not_the_only_one_is_an_error_that_says_what_to_do(place, told):
    with pytest.raises(ConfigError, match=told):
        asked(made(), **place)


def test_a_county_of_a_name_that_several_have_is_told_by_its_city():
    tables = made(report("湖南路街道", province="江苏省", city="南京市", county="鼓楼区"))

    found = asked(tables, county="鼓楼区", city="南京市")

    assert "湖南路街道" not in set(found["township"])
    assert set(found["city"]) == {"南京市"}


@pytest.mark.parametrize("years", [[], "2020", [2020, "x"], 20, [0]])
def test_years_that_are_none_are_an_error(years):
    with pytest.raises(ConfigError):
        asked(made(), years)


def test_a_place_of_the_projects_own_is_expected_too():
    row = {**YICHUAN, "township": "虚构镇"}

    assert status_of(asked(made(places=[row])), "虚构镇") == ("missing", None)
    assert "虚构镇" not in set(asked(made(report("虚构镇"), places=[row]))["township"])
    county = {"province": "某省", "city": "某市", "county": "某县"}
    assert list(asked(made(places=[{**county, "township": "东河镇"}]), county="某县")["township"]) == ["东河镇"]


def test_it_is_a_public_name():
    assert govinfo.missing_reports is missing_reports


# the command


def run(tables: Tables, folder: Path, *words: str):
    write_tables(replace(tables), folder)
    return CliRunner().invoke(main, ["missing", str(folder), *words])


def test_the_command_lists_by_year_how_many_and_who_and_tells_by_its_exit_code(tmp_path: Path):
    some = made(report("吕店镇"), report("高山镇", **NOWHERE), rejects=("unreadable",))

    result = run(some, tmp_path, "--county", "伊川县", "--years", "2020")

    assert result.exit_code == 1
    assert f"按2020年名录）：{len(ALL)} 个乡镇（街道）中 1 个已公布" in result.output
    assert "未见报告（13）：城关街道、" in result.output
    assert "同名乡镇的报告未能认定所属县区）：高山镇" in result.output
    assert "另有 2 份文件" in result.output


def test_the_command_exits_with_0_only_where_every_year_is_judged_and_none_is_missing(tmp_path: Path):
    whole = made(*(report(one) for one in ALL))

    assert run(whole, tmp_path, "--county", "伊川县", "--years", "2020").exit_code == 0
    early = run(whole, tmp_path, "--county", "伊川县", "--years", "2017,2020")
    assert early.exit_code == 2
    assert "2017年度：无法判断" in early.output
    wrong = run(whole, tmp_path, "--county", "伊川", "--years", "2020")
    assert wrong.exit_code == 2
    assert "伊川县" in wrong.output


def test_the_command_writes_a_list_for_spreadsheets_and_json(tmp_path: Path):
    listed = tmp_path / "未公布.csv"

    result = run(made(report("吕店镇")), tmp_path, "--county", "伊川县", "--years", "2020", "--json", "-o", str(listed))

    data = json.loads(result.output)
    assert data["by_year"][0]["published"] == 1
    assert len(data["missing"]) == len(ALL) - 1
    written = pd.read_csv(listed, dtype=str, encoding="utf-8")
    assert listed.read_bytes().startswith(b"\xef\xbb\xbf")
    assert set(written["情况"]) == {"未见报告"}
    assert len(written) == len(ALL) - 1


@pytest.mark.parametrize(
    ("text", "years"), [("2020-2022", [2020, 2021, 2022]), ("2021", [2021]), ("2018, 2020-2021", [2018, 2020, 2021])]
)
def test_years_are_spans_and_lists(text, years):
    assert read_years(text) == years


@pytest.mark.parametrize("text", ["", "2022-2020", "二〇二〇", "20", "2020-"])
def test_other_words_are_no_years(text):
    with pytest.raises(ConfigError):
        read_years(text)
