"""One page for each place or year: which there are, that none mixes two places, and what their files are called."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_tables import busy_tables
from small_study import LISTS, write_notebook

from govinfo.build.config import Config, Run, load_config
from govinfo.build.notebooks.fanout import expand
from govinfo.build.notebooks.plan import plan_run
from govinfo.errors import ConfigError
from govinfo.questions.seats import COLUMNS, PLACES, Seat, matching
from govinfo.tables import Tables, typed, write_tables

NAME = "township_profile"


def pages(each: str, *known: Seat, **parameters: list[object]) -> list[Run]:
    return expand([Run(NAME, NAME, parameters, each)], known)


def names(each: str, *known: Seat) -> list[str]:
    return [page.name.removeprefix(f"{NAME}-") for page in pages(each, *known)]


def township(name: str, county: str = "山县", city: str = "东市", province: str = "甲省", year: int = 2020) -> Seat:
    return Seat(province, city, county, name, year)


def test_a_page_for_each_township_names_all_places_above_it() -> None:
    known = (township("河镇"), township("河镇", year=2021), township("湖乡"), township("", year=2022))

    made = pages("townships", *known, years=[2020])

    assert [page.name for page in made] == [f"{NAME}-山县-河镇", f"{NAME}-山县-湖乡"]
    assert made[0].parameters == {
        "years": [2020],
        "provinces": ["甲省"],
        "cities": ["东市"],
        "counties": ["山县"],
        "townships": ["河镇"],
    }
    assert {(page.group, page.label, page.each) for page in made} == {(NAME, "山县河镇", ""), (NAME, "山县湖乡", "")}


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        ("provinces", ["乙省", "甲省"]),
        ("cities", ["乙省-东市", "甲省-东市"]),
        ("counties", ["东市-水县", "东市-山县"]),
        ("years", ["2020", "2022"]),
    ],
)
def test_the_other_lists_give_pages_too(each: str, expected: list[str]) -> None:
    known = (township("河镇"), township("", "水县", province="乙省", year=2022), Seat("乙省", "", "", "", 0))

    assert names(each, *known) == expected


def test_namesakes_are_told_apart_by_as_many_places_as_it_takes() -> None:
    known = [
        township("河镇"),
        township("河镇", "水县"),
        township("湖乡", "水县"),
        township("湖乡", "水县", "西市"),
        township("湖乡", "水县", "西市", "乙省"),
    ]

    assert sorted(names("townships", *known)) == sorted(
        ["山县-河镇", "水县-河镇", "东市-水县-湖乡", "甲省-西市-水县-湖乡", "乙省-西市-水县-湖乡"]
    )


def test_a_township_of_which_the_county_is_not_known_is_a_page_of_its_own() -> None:
    known = (township("河镇"), township("河镇", "", "", ""), township("河镇", "", "东市"))

    found = {page.label: matching(page.parameters, known) for page in pages("townships", *known)}

    assert found == {"河镇（所属不明）": [known[1]], "东市河镇": [known[2]], "山县河镇": [known[0]]}


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a/b\\c", ".hidden", "长" * 300, "x\0y", "a\nb", "CON", "a:b*?<>|"]
)
def test_names_of_files_are_safe_on_any_system(name: str) -> None:
    (page,) = pages("townships", township(name))

    assert page.name == Path(page.name).name and page.name.startswith(f"{NAME}-")
    assert not set(page.name) & set('/\\:*?"<>|\n\0') and not page.name.endswith((".", " "))
    assert len(f".{page.name}.ipynb.part".encode()) <= 255
    assert page.parameters["townships"] == [name]


PART = st.text(st.sampled_from("aA/._ 甲乙é\u0301ﬁ\u202e"), max_size=3)
SEATS = st.lists(st.builds(Seat, PART, PART, PART, PART, st.integers(2020, 2022)), max_size=12)


@given(SEATS, st.sampled_from(PLACES))
def test_each_report_of_a_known_place_is_on_one_page_and_no_two_files_are_one(known: list[Seat], each: str) -> None:
    made = pages(each, *known)
    files = [unicodedata.normalize("NFKC", page.name).casefold() for page in made]
    shown = [seat for page in made for seat in matching(page.parameters, set(known))]

    assert len(set(files)) == len(files)
    assert sorted(shown) == sorted({seat for seat in known if getattr(seat, COLUMNS[each])})
    assert made == pages(each, *reversed(known))


@given(SEATS, SEATS)
def test_a_page_keeps_its_name_when_other_places_come_in_that_are_called_otherwise(
    known: list[Seat], more: list[Seat]
) -> None:
    there = {(page.label, page.name) for page in pages("townships", *known)}
    townships = {unicodedata.normalize("NFKC", seat.township).casefold() for seat in known}
    strangers = [seat._replace(township=f"又{seat.township}") for seat in more]

    assert townships.isdisjoint(seat.township for seat in strangers)
    assert there <= {(page.label, page.name) for page in pages("townships", *known, *strangers)}


def test_a_page_never_takes_the_name_of_another_entry() -> None:
    other = Run("one", f"{NAME}-山县-河镇")

    first, second = expand([other, Run(NAME, NAME, {}, "townships")], [township("河镇")])

    assert first == other
    assert second.name.startswith(f"{other.name}-") and second.group == NAME


@pytest.fixture
def study(tmp_path: Path) -> Config:
    """A study of a notebook that is run for each township, and one that is run once; its townships are made ones."""
    (tmp_path / "notebooks").mkdir()
    write_notebook(tmp_path, "one", "1", LISTS)
    write_notebook(tmp_path, "other", "2", LISTS)
    write_tables(busy_tables(), tmp_path / "data" / "processed")
    entry = '[[run]]\nnotebook = "one"\neach = "townships"\n[[run]]\nnotebook = "other"\n'
    (tmp_path / "govinfo.toml").write_text(entry, encoding="utf-8")
    return load_config(tmp_path / "govinfo.toml")


def test_whoever_runs_such_a_notebook_now_may_ask_for_fewer_of_its_pages(study: Config) -> None:
    def asked(*wanted: str, **parameters: list[object]) -> list[str]:
        return [run.name for _, run in plan_run(wanted, parameters, study)]

    every = asked("one")
    assert len(every) == 2 and all("东河镇" in name or "西山乡" in name for name in every)
    assert asked() == [*every, "other"]
    assert asked("one", townships=["东河镇"]) == [name for name in every if "东河镇" in name]
    assert asked(every[1]) == [every[1]]
    assert asked(every[1], "one") == every
    with pytest.raises(ConfigError, match=every[0]):
        asked(every[0][:-1])


def test_where_no_place_is_known_there_is_no_page_and_whoever_asks_is_told(study: Config) -> None:
    rows = busy_tables().reports.assign(township=None)
    write_tables(Tables(reports=typed("reports", rows)), study.path(study.processed))

    with pytest.raises(ConfigError, match="no report whose township is known"):
        plan_run(["one"], {}, study)
