"""How much of section 五 is copied: from last year, from other townships, and what everybody writes counts less."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import pandas as pd
import pytest

from govinfo.questions.problems.copied_text import copied_text
from govinfo.tables import Tables, typed

SYLLABLES = "公开信息政策栏目更新群众村组平台制度培训审查解读渠道宣传人员责任监督档案窗口补贴项目流程答复热线集市广播"
TOWNS = ("百泉镇", "头台乡", "西湖镇", "哈图镇", "车排子镇", "四棵树镇", "古尔图镇", "甘河子镇")
A, B, C = TOWNS[:3]


def clauses(seed: object, number: int = 10) -> list[str]:
    """So many clauses of 16 characters, the same for the same seed."""
    random = Random(str(seed))
    return ["".join(random.choice(SYLLABLES) for _ in range(16)) for _ in range(number)]


def reports(texts: Mapping[tuple[str, int], Sequence[str] | None], **more: Any) -> Tables:
    """A report for each township and year, with its clauses as section 五 (None: without one)."""
    said, sections, problems = [], [], []
    for (town, year), text in texts.items():
        name = f"{town}{year}"
        place = {"province": "新疆维吾尔自治区", "city": "塔城地区", "county": "乌苏市", "township": town}
        row = {"report_id": name, "source": f"{name}.txt", "form": "none", "level": "township", "year": year}
        said.append({**row, **place, "counted": True, **more})
        if text is not None:
            printed = "；".join(text) + "。"
            sections.append({"report_id": name, "order": 0, "role": "problems", "heading": "五、问题", "text": printed})
            problems.append({"report_id": name, "kind": "problem", "ordinal": 1, "text": printed})
    return Tables(
        reports=typed("reports", said), narrative=typed("narrative", sections), problems=typed("problems", problems)
    )


def asked(texts: Mapping[tuple[str, int], Sequence[str] | None], **more: Any) -> pd.DataFrame:
    return copied_text(reports(texts, **more)).set_index("report_id")


@pytest.mark.parametrize("kept", [0, 3, 5, 10])
def test_the_share_is_of_the_characters_that_stand_in_last_years_report(kept: int):
    last = clauses("last")

    found = asked({(A, 2020): last, (A, 2021): [*last[:kept], *clauses("new", 10 - kept)]})

    assert pd.isna(found.loc[f"{A}2020", "from_last_year"])
    later = found.loc[f"{A}2021"]
    assert later["from_last_year"] == later["copied"] == pytest.approx(kept / 10)
    assert (later["last_report_id"], later["last_source"]) == (f"{A}2020", f"{A}2020.txt")
    assert pd.isna(later["from_others"])
    assert later["characters"] == 160


def test_a_changed_word_does_not_hide_a_copy_and_another_clause_is_none():
    last = ["".join(clauses(number, 2)) for number in range(5)]
    changed = [clause[:30] + "呢吗" for clause in last]

    assert asked({(A, 2020): last, (A, 2021): changed}).loc[f"{A}2021", "from_last_year"] == 1
    assert asked({(A, 2020): last, (A, 2021): clauses("x")}).loc[f"{A}2021", "from_last_year"] == 0


@pytest.mark.parametrize("seed", range(5))
def test_another_townships_text_is_found_though_each_of_its_clauses_was_changed_a_little(seed: int):
    theirs = clauses(seed, 8)
    changed = [("呢" + clause[1:]) if number % 2 else (clause[:-1] + "吗") for number, clause in enumerate(theirs)]
    others = {(town, 2020): clauses((seed, town), 8) for town in TOWNS[2:]}

    found = asked({(A, 2020): theirs, **others, (B, 2021): changed}).loc[f"{B}2021"]

    assert (found["from_others"], found["other_township"]) == (1, A)


def test_a_text_of_two_years_ago_is_not_last_years():
    found = asked({(A, 2019): clauses(1), (A, 2021): clauses(1)})

    assert found["from_last_year"].isna().all()
    assert found["from_others"].isna().all()


def test_the_other_township_that_shares_most_is_named_and_a_later_report_is_no_source():
    text = clauses("own")
    found = asked({(A, 2021): text, (B, 2020): [*text[:7], *clauses("b", 3)], (C, 2019): [*text[:4], *clauses("c", 6)]})

    own = found.loc[f"{A}2021"]
    assert own["from_others"] == pytest.approx(0.7)
    assert own[["other_township", "other_year", "other_source", "other_when"]].tolist() == [
        B,
        2020,
        f"{B}2020.txt",
        "earlier",
    ]
    assert found.loc[f"{B}2020", "from_others"] == pytest.approx(0.4)
    assert pd.isna(found.loc[f"{C}2019", "from_others"])


def test_of_two_reports_of_one_year_it_is_not_said_who_copied():
    found = asked({(A, 2021): clauses(1), (B, 2021): clauses(1)})

    assert found["from_others"].tolist() == [1, 1]
    assert set(found["other_when"]) == {"same_year"}
    assert found["other_township"].to_dict() == {f"{A}2021": B, f"{B}2021": A}


def test_what_last_year_and_another_township_share_counts_once():
    text = clauses("own")
    found = asked(
        {(A, 2020): [*text[:6], *clauses("a", 4)], (B, 2020): [*text[4:8], *clauses("b", 6)], (A, 2021): text}
    )

    own = found.loc[f"{A}2021"]
    assert own[["from_last_year", "from_others", "copied"]].tolist() == pytest.approx([0.6, 0.4, 0.8])


def test_what_many_townships_write_counts_less():
    """Five clauses of a county's template in forty townships, beside five of each one's own or of one other's."""
    template = clauses("template", 5)
    towns = [f"{mark}{town}" for mark in "东西南北中" for town in TOWNS]
    texts = {(town, 2021): [*template, *clauses(town, 5)] for town in towns}
    texts["抄村镇", 2022] = [*template, *texts[towns[3], 2021][5:9], *clauses("z", 1)]

    found = asked(texts)

    alone = found[~found.index.isin(["抄村镇2022", f"{towns[3]}2021"])]
    assert alone["from_others"].astype(float).between(0.05, 0.2).all()
    copy = found.loc["抄村镇2022"]
    assert copy["other_township"] == towns[3]
    assert 0.78 < copy["from_others"] < 0.9


def test_a_text_that_many_townships_copied_whole_is_copied_in_all_of_them():
    text = clauses("one")
    towns = [f"{mark}{town}" for mark in "东西南北" for town in TOWNS]

    found = asked({(town, 2021): text for town in towns})

    assert (found["from_others"] == 1).all()
    assert (found["other_township"] != found["township"]).all()


def test_a_township_under_its_older_name_is_no_other_township():
    made = reports({("头台乡", 2020): clauses(1), ("头台镇", 2021): clauses(1)}, division_code="654202200")

    found = copied_text(made).set_index("report_id")

    assert found["from_others"].isna().all()
    assert found.loc["头台镇2021", "from_last_year"] == 1


@pytest.mark.parametrize(
    ("text", "more", "state"),
    [
        (None, {}, "unread"),
        (["更新不及时"], {}, "short"),
        (clauses(1), {"county": pd.NA}, "unplaced"),
        (clauses(1), {"year": pd.NA}, "unplaced"),
        (clauses(1), {}, "compared"),
    ],
)
def test_what_is_not_compared_says_why(text: Sequence[str] | None, more: dict[str, Any], state: str):
    found = asked({(A, 2021): text}, **more)

    assert found["state"].tolist() == [state]
    assert found["copied"].isna().all()


def test_a_section_of_nothing_but_a_template_has_no_share():
    template = clauses("template")
    towns = [f"{mark}{town}" for mark in "东西南北中上下左右前" for town in TOWNS]
    texts = {(town, 2021): [*template, *clauses(town, 12)] for town in towns}

    found = asked({**texts, (A, 2022): template})

    assert found.loc[f"{A}2022", "state"] == "template"
    assert pd.isna(found.loc[f"{A}2022", "copied"])


def test_the_order_of_reports_does_not_change_an_answer():
    texts = {
        (town, year): clauses((town, year % 2), 8) + clauses("all", 2) for town in TOWNS for year in range(2018, 2022)
    }

    made, turned = reports(texts), reports(dict(reversed(texts.items())))

    pd.testing.assert_frame_equal(copied_text(made), copied_text(turned))
