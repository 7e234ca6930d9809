"""What is asked of notebooks: values of the right type, places that the tables have, mistakes told with near names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from made_tables import busy_tables
from small_study import LISTS, write_notebook

from govinfo.build.config import load_config
from govinfo.build.notebooks.plan import plan, plan_run
from govinfo.build.notebooks.values import fits, read_value, type_of
from govinfo.cli import main
from govinfo.errors import ConfigError
from govinfo.questions.asked import check_asked
from govinfo.questions.seats import Seat, matching, seats
from govinfo.tables import write_tables

KNOWN = (
    Seat("甲省", "东市", "山县", "河镇", 2020),
    Seat("甲省", "东市", "山县", "河镇", 2021),
    Seat("甲省", "东市", "水县", "河镇", 2021),
    Seat("乙省", "西市", "林县", "湖乡", 2022),
    Seat("", "", "", "湖乡", 2022),
)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("str", ["", "甲"], [1, None, ["甲"]]),
        ("int", [0, -3], [True, 1.5, "1"]),
        ("float", [1, 1.5], [True, "1"]),
        ("bool", [True, False], [0, "true"]),
        ("list", [[], ["a", 1]], ["a", None]),
        ("list[str]", [[], ["甲", ""]], [["甲", 1], "甲", [None]]),
        ("list[int]", [[], [2021]], [["2021"], [True], [2021.0], 2021]),
        ("dict[str, int]", [{}, {"a": 1}], [[], "a"]),
        ("int | None", [None, 3], ["3", True]),
        ("str | None", [None, "a"], [3]),
        ("", [None, 3, "a"], []),
    ],
)
def test_a_value_fits_its_type_or_does_not(kind: str, good: list[Any], bad: list[Any]) -> None:
    assert [fits(value, kind) for value in good] == [True] * len(good)
    assert [fits(value, kind) for value in bad] == [False] * len(bad)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("2021", "list[int]", [2021]),
        ("2019-2021，2023", "list[int]", [2019, 2020, 2021, 2023]),
        ("河镇、湖乡", "list[str]", ["河镇", "湖乡"]),
        ("2021", "list[str]", ["2021"]),
        ('[""]', "list[str]", [""]),
        ("", "list[str]", []),
        ("True", "bool", True),
        ("none", "int | None", None),
        ("3", "int | None", 3),
        ("0.5", "float", 0.5),
        ("a=b", "str", "a=b"),
        ('{"a": 1}', "dict[str, int]", {"a": 1}),
    ],
)
def test_values_are_typed_as_people_type_them(text: str, kind: str, value: Any) -> None:
    assert read_value("knob", text, kind) == value
    assert fits(read_value("knob", text, kind), kind)


@pytest.mark.parametrize(("text", "kind"), [("five", "int"), ("ja", "bool"), ("[2021", "list[int]")])
def test_a_text_that_is_no_such_value_is_refused(text: str, kind: str) -> None:
    with pytest.raises(ConfigError, match="knob"):
        read_value("knob", text, kind)


def test_without_a_declared_type_the_default_tells_it() -> None:
    assert [type_of("None", default) for default in ("3", '"a"', "None", "f(x)")] == ["int", "str", "", ""]
    assert type_of("list[int]", "[]") == "list[int]"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"townships": ["河"]}, "河镇"),
        ({"counties": ["东市"]}, r"cities = \['东市'\]"),
        ({"townships": ["河镇", "伊川县"]}, "河南省洛阳市伊川县, of which nothing was loaded"),
        ({"provinces": ["丙省"]}, "乙省 or 甲省|甲省 or 乙省"),
        ({"counties": ["林县"], "townships": ["河镇"]}, "townships among 湖乡"),
        ({"provinces": ["甲省"], "cities": ["西市"]}, "cities among 东市"),
        ({"years": [202]}, "2020, 2021, 2022"),
        ({"years": [2021, 20222]}, "20222"),
    ],
)
def test_what_no_report_can_answer_is_told_with_what_may_have_been_meant(asked: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message) as error:
        check_asked(asked, KNOWN, where="govinfo.toml: run 2")
    assert str(error.value).startswith("govinfo.toml: run 2: ")


def test_a_year_that_is_not_there_yet_is_no_mistake_but_where_somebody_asks_now() -> None:
    none: list[dict[str, Any]] = [{"years": [2035]}, {"counties": ["水县"], "years": [2020]}]
    for asked in (*none, {"years": [2020, 2035]}):
        check_asked(asked, KNOWN)
    check_asked({"years": [2020, 2035]}, KNOWN, some=True)
    for asked in none:
        with pytest.raises(ConfigError, match="years among"):
            check_asked(asked, KNOWN, some=True)


def test_an_empty_name_asks_for_the_place_that_is_not_known() -> None:
    assert matching({"counties": [""]}, KNOWN) == [KNOWN[4]]
    check_asked({"provinces": [""], "townships": ["湖乡"]}, KNOWN)
    with pytest.raises(ConfigError, match="all reports say it"):
        check_asked({"townships": [""]}, KNOWN)


PLACES_ASKED = st.lists(st.sampled_from(["", "东河镇", "西山乡", "x"]), max_size=2)
YEARS_ASKED = st.lists(st.sampled_from([2021, 2022]), max_size=2)


@settings(deadline=None, max_examples=40)
@given(st.fixed_dictionaries({"counties": PLACES_ASKED, "townships": PLACES_ASKED, "years": YEARS_ASKED}))
def test_what_is_asked_of_seats_is_what_the_tables_select(asked: dict[str, Any]) -> None:
    made = busy_tables()
    cut = made.select(**asked)
    assert matching(asked, seats(made.reports)) == list(seats(cut.reports))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "notebooks").mkdir()
    write_notebook(tmp_path, "one", "1", LISTS)
    write_tables(busy_tables(), tmp_path / "data" / "processed")
    return tmp_path


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('parameters = { townshps = ["a"] }', "townships"),
        ("parameters = { years = [true] }", r"list\[int\]"),
        ('each = "township"', "townships"),
        ("each = 3", "a text"),
        ('each = "townships"\nparameters = { processed = "x" }', "tables of the study"),
        ('parameters = { output = "x" }', "charts/"),
        ('name = "Index"', "page of contents"),
        ('name = "x/y"', "without a folder"),
    ],
)
def test_a_wrong_entry_is_named(folder: Path, entry: str, message: str) -> None:
    (folder / "govinfo.toml").write_text(
        f'[[run]]\nnotebook = "one"\nname = "first"\n[[run]]\nnotebook = "one"\n{entry}\n'
    )

    with pytest.raises(ConfigError, match=message) as error:
        plan(load_config(folder / "govinfo.toml"))
    assert "govinfo.toml: run 2" in str(error.value)


def test_a_notebook_that_cannot_tell_namesakes_apart_is_not_run_for_each(folder: Path) -> None:
    write_notebook(folder, "two", "1", {"townships": "list[str]"})
    (folder / "govinfo.toml").write_text('[[run]]\nnotebook = "two"\neach = "townships"\n')

    with pytest.raises(ConfigError, match="no parameter provinces"):
        plan(load_config(folder / "govinfo.toml"))


def test_a_page_is_told_where_the_tables_and_its_charts_are(folder: Path) -> None:
    (folder / "govinfo.toml").write_text('[folders]\noutput = "out"\n[[run]]\nnotebook = "one"\nname = "a b"\n')
    config = load_config(folder / "govinfo.toml")

    (_, run), *_ = plan_run([], {}, config)
    (_, elsewhere), *_ = plan_run(["one"], {"output": "x"}, config)

    assert (run.parameters["processed"], run.parameters["output"]) == ("data/processed", "out/charts/a b")
    assert elsewhere.parameters["output"] == "x"


def test_notebooks_are_listed_with_what_their_parameters_mean(folder: Path) -> None:
    (folder / "govinfo.toml").write_text('[[run]]\nnotebook = "one"\neach = "townships"\n')
    config = ["--config", str(folder / "govinfo.toml")]

    text = CliRunner().invoke(main, ["notebooks", *config]).output
    listed = json.loads(CliRunner().invoke(main, ["notebooks", "one", "--json", *config]).output)
    unknown = CliRunner().invoke(main, ["notebooks", "won", *config])

    assert "每个乡镇（街道）一页" in text and "years：list[int]，默认 []" in text
    assert {"name": "years", "type": "list[int]", "default": [], "help": "years?"} in listed[0]["parameters"]
    assert listed[0]["pages"] == [{"name": "one", "each": "townships", "parameters": {}}]
    assert unknown.exit_code == 2 and "expected  one" in unknown.output
