"""Statements that no theme covers are grouped, so that a theme that nobody defined is seen."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

import govinfo
from govinfo.definitions.themes import UNCLASSIFIED
from govinfo.questions.problems.emerging_themes import EMERGING
from govinfo.tables import Tables, typed
from govinfo.themes.grouping import group_texts

FIREWALLS = ["机房防火墙过期", "防火墙没有升级，机房常被攻击", "机房防火墙形同虚设", "机房与防火墙无人巡护"]
OTHERS = ["受洪涝影响，推进较慢", "亮点不够鲜明", "与先进乡镇相比仍有距离", "早年文件堆在库房", "合并不久，处于磨合期"]


def tables(*texts: str, counted: bool = True) -> Tables:
    """A report for each text, each of another township, that names it and nothing else."""
    ids = [f"r{i}" for i in range(len(texts))]
    reports = [
        {"report_id": one, "county": "东县", "township": f"{i}镇", "year": 2019 + i, "counted": counted}
        for i, one in enumerate(ids)
    ]
    key = {"kind": "problem", "ordinal": 1}
    return dataclasses.replace(
        Tables(),
        reports=typed("reports", reports),
        problems=typed("problems", [{"report_id": one, **key, "text": t} for one, t in zip(ids, texts, strict=True)]),
        problem_themes=typed(
            "problem_themes", [{"report_id": one, **key, "theme": UNCLASSIFIED, "guess": "funding"} for one in ids]
        ),
    )


def test_like_statements_are_a_group_named_by_its_words() -> None:
    found = govinfo.emerging_themes(tables(*FIREWALLS, *OTHERS))

    assert len(found) == 1
    first = found.iloc[0]
    assert {"防火墙", "机房"} <= set(first["name"].split("、"))
    assert (first["statements"], first["reports"], first["townships"]) == (4, 4, 4)
    assert (first["first_year"], first["last_year"]) == (2019, 2022)
    assert first["guess"] == "funding"
    assert first["example"] in FIREWALLS
    assert set(first["examples"].split("\n")) < set(FIREWALLS)


def test_statements_of_stock_words_only_make_no_group() -> None:
    assert govinfo.emerging_themes(tables(*["政府信息公开工作水平有待进一步提高"] * 5)).empty


def test_the_same_words_in_many_reports_are_a_group_too() -> None:
    found = govinfo.emerging_themes(tables(*["本镇正在搬迁办公楼"] * 3, *OTHERS))

    assert list(found["name"]) == ["本镇正在搬迁办公楼"]


def test_small_groups_are_left_out_unless_asked_for() -> None:
    made = tables(*FIREWALLS[:2], *OTHERS)

    assert govinfo.emerging_themes(made).empty
    assert len(govinfo.emerging_themes(made, smallest=2)) == 1


def test_a_report_that_is_not_counted_makes_no_group() -> None:
    assert govinfo.emerging_themes(tables(*FIREWALLS, counted=False)).empty


def test_nothing_gives_no_row_but_all_columns() -> None:
    found = govinfo.emerging_themes(Tables())

    assert found.empty
    assert list(found.columns) == list(EMERGING)


@pytest.mark.parametrize("many", [0, 40])
def test_the_groups_do_not_depend_on_the_run_nor_on_being_many(monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    """More texts than are compared with each other join the groups of the first."""
    monkeypatch.setattr("govinfo.themes.grouping._COMPARED", len(FIREWALLS) + len(OTHERS))
    texts = [*FIREWALLS, *OTHERS, *(f"机房防火墙第{i}次告警" for i in range(many))]

    first, again = group_texts(texts), group_texts(texts)

    assert first == again
    assert len(first[0].members) > many


def test_the_answer_has_the_declared_dtypes() -> None:
    found = govinfo.emerging_themes(tables(*FIREWALLS))

    assert {column: str(dtype) for column, dtype in found.dtypes.items()} == EMERGING
    assert isinstance(found, pd.DataFrame)
