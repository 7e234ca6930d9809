"""Section 五 that is last year's, or another township's, and the sentences that everybody writes."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import pandas as pd
import pytest
from one_check import findings_of

from govinfo.checks.alike import candidates, share
from govinfo.checks.copies import copy_findings
from govinfo.tables import Tables, typed

SYLLABLES = "公开信息政策栏目更新群众村组平台制度培训审查解读渠道宣传人员责任监督档案窗口补贴项目流程答复热线集市广播"
TOWNS = ("百泉镇", "头台乡", "西湖镇", "哈图镇", "车排子镇", "四棵树镇", "古尔图镇", "甘河子镇")


def sentence(random: Random, words: int = 9) -> str:
    return "".join(random.choice(SYLLABLES) + random.choice(SYLLABLES) for _ in range(words))


def section(random: Random, sentences: int = 16) -> list[str]:
    return [sentence(random) for _ in range(sentences)]


def reports(texts: dict[tuple[str, int], Sequence[str] | str], **more: Any) -> Tables:
    """A report without tables for each township and year, with its sentences as section 五."""
    said, sections = [], []
    for (town, year), text in texts.items():
        name = f"{town}{year}"
        place = {"province": "新疆维吾尔自治区", "city": "塔城地区", "county": "乌苏市", "township": town}
        row = {"report_id": name, "source": f"{name}.txt", "form": "none", "level": "township", "year": year}
        said.append({**row, **place, "counted": True, "sha256": name, **more})
        printed = text if isinstance(text, str) else "。".join(text) + "。"
        sections.append({"report_id": name, "order": 0, "role": "problems", "heading": "五、问题", "text": printed})
    return Tables(reports=typed("reports", said), narrative=typed("narrative", sections))


def copies(tables: Tables, rule: str = "places.copied_text") -> pd.DataFrame:
    found = findings_of(tables, copy_findings)
    return found[found["rule"] == rule].reset_index(drop=True)


def test_each_of_two_townships_with_one_text_names_the_other():
    text = section(Random(1))

    found = copies(reports({(TOWNS[0], 2021): text, (TOWNS[1], 2022): text, (TOWNS[2], 2021): section(Random(2))}))

    assert set(found["report_id"]) == {f"{TOWNS[0]}2021", f"{TOWNS[1]}2022"}
    assert set(found["severity"]) == {"warning"}
    first = found.set_index("report_id").loc[f"{TOWNS[0]}2021"]
    assert f"与乌苏市{TOWNS[1]}2022年度报告（{TOWNS[1]}2022.txt）约100%相同" in first["message"]
    assert first[["table", "found"]].tolist() == ["narrative", "1.00"]


def test_names_years_and_numbering_do_not_hide_a_copy():
    random = Random(3)
    points = section(random, 8)
    own = "".join(f"（{'一二三四五六七八'[n]}）2021年，{TOWNS[0]}{point}。" for n, point in enumerate(points))
    other = "\n".join(f"{n + 1}、我乡2022年{point}；" for n, point in enumerate(points))

    assert len(copies(reports({(TOWNS[0], 2021): own, (TOWNS[1], 2022): other}))) == 2


@pytest.mark.parametrize(("kept", "copied"), [(16, True), (15, True), (14, True), (11, False), (8, False), (0, False)])
def test_a_copy_shares_at_least_four_fifths(kept: int, copied: bool):
    text = section(Random(4))
    other = [*text[:kept], *section(Random(5), 16 - kept)]

    found = copies(reports({(TOWNS[0], 2021): text, (TOWNS[1], 2021): other}))

    assert len(found) == (2 if copied else 0)


def test_a_copy_is_found_in_another_order_of_points():
    points = [sentence(Random(number), 30) for number in range(8)]

    assert len(copies(reports({(TOWNS[0], 2021): points, (TOWNS[1], 2021): points[::-1]}))) == 2


@pytest.mark.parametrize("text", ["无。", "无", "", "本年度没有发现问题，下一步继续做好公开工作。" * 2])
def test_short_sections_are_never_copies(text: str):
    tables = reports({(town, year): text for town in TOWNS for year in (2021, 2022)})

    assert copies(tables).empty
    assert copies(tables, "years.copied_text").empty


def test_what_all_townships_write_is_no_copy():
    """A county's template with each township's own points in it."""
    template = section(Random(7), 14)
    tables = reports({(town, 2021): [*template, *section(Random(town), 3)] for town in TOWNS * 1})
    more = {
        (f"{mark}{town}", 2021): [*template, *section(Random(f"{mark}{town}"), 3)]
        for mark in "东西南北"
        for town in TOWNS
    }

    assert copies(reports(more)).empty
    assert len(tables.reports) == len(TOWNS)


def test_a_copy_among_townships_that_share_a_template_is_found():
    template = section(Random(8), 8)
    texts = {
        (f"{mark}{town}", 2021): [*template, *section(Random(f"{mark}{town}"), 9)]
        for mark in "东西南北"
        for town in TOWNS
    }
    own = texts[f"东{TOWNS[0]}", 2021]
    texts["抄村镇", 2022] = own

    assert set(copies(reports(texts))["report_id"]) == {f"东{TOWNS[0]}2021", "抄村镇2022"}


def test_a_text_that_many_townships_copied_whole_is_found_in_all_of_them():
    text = section(Random(9))
    tables = reports({(f"{mark}{town}", 2021): text for mark in "东西南北" for town in TOWNS})

    found = copies(tables)

    assert len(found) == 32
    assert found["message"].str.contains("另有30个乡镇（街道）也相同").all()


def test_the_nearest_of_several_is_named_and_the_earliest_of_those_that_are_as_near():
    text = section(Random(10))
    nearly = [*text[:-1], sentence(Random(11))]
    tables = reports({(TOWNS[0], 2023): text, (TOWNS[1], 2021): nearly, (TOWNS[2], 2022): text, (TOWNS[3], 2020): text})

    found = copies(tables).set_index("report_id")

    assert f"{TOWNS[3]}2020年度报告" in found.loc[f"{TOWNS[0]}2023", "message"]
    assert "另有2个乡镇（街道）也相同" in found.loc[f"{TOWNS[0]}2023", "message"]
    assert len(found) == 4


def test_a_townships_own_text_is_nobody_elses_under_another_name():
    """It became a town, or its county a city, between two years."""
    text = section(Random(12))
    tables = reports({("头台乡", 2020): text, ("头台镇", 2022): text})
    tables.reports["county"] = ["乌苏县", "乌苏市"]

    assert copies(tables).empty


@pytest.mark.parametrize("more", [{"level": "department"}, {"counted": False}, {"county": pd.NA}, {"township": pd.NA}])
def test_only_counted_reports_of_townships_that_are_told_are_compared(more: dict[str, Any]):
    text = section(Random(13))

    assert copies(reports({(TOWNS[0], 2021): text, (TOWNS[1], 2021): text}, **more)).empty


def test_last_years_section_again_is_told_in_the_later_report():
    text = section(Random(14))
    again = [*text[:-1], sentence(Random(15))]
    tables = reports({(TOWNS[0], 2021): text, (TOWNS[0], 2022): again, (TOWNS[0], 2023): section(Random(16))})

    found = copies(tables, "years.copied_text")

    assert list(found["report_id"]) == [f"{TOWNS[0]}2022"]
    assert f"第五部分与2021年度报告（{TOWNS[0]}2021.txt）约9" in found.loc[0, "message"]
    assert copies(tables).empty


def test_a_text_of_two_years_ago_is_not_last_years():
    text = section(Random(17))

    assert copies(reports({(TOWNS[0], 2020): text, (TOWNS[0], 2022): text}), "years.copied_text").empty


def test_ids_stay_when_files_are_renamed_and_other_reports_come():
    text = section(Random(18))
    few = copies(reports({(TOWNS[0], 2021): text, (TOWNS[1], 2021): text}))
    renamed = reports({(TOWNS[1], 2021): text, (TOWNS[2], 2021): section(Random(19)), (TOWNS[0], 2021): text})
    renamed.reports["source"] = ["x", "y", "z"]

    assert set(few["finding_id"]) == set(copies(renamed)["finding_id"])


def test_of_a_thousand_texts_the_copies_are_found_and_no_others():
    """Of 100 copies with up to a tenth of the sentences changed all are found; unrelated texts are never paired."""
    random = Random(20)
    texts = ["".join(section(random, 20)) for _ in range(900)]
    expected = set()
    for number in range(100):
        sentences = [texts[number][i : i + 18] for i in range(0, 360, 18)]
        for _ in range(random.randint(0, 2)):
            sentences[random.randrange(20)] = sentence(random)
        expected.add((number, len(texts)))
        texts.append("".join(sentences))
    # identical ones are no pair here: the caller joins them before
    texts = [text + sentence(random, 2) for text in texts]

    found = {(i, j) for i, j in candidates(texts) if share(texts[i], texts[j]) >= 0.8}

    assert found == expected


def test_what_two_texts_share_is_counted_in_pieces_of_both():
    one, other = "甲乙丙丁戊己庚辛", "甲乙丙丁戊己庚壬"

    assert share(one, one) == 1
    assert share(one, other) == 0.75  # 3 of 4 pieces each
    assert share(one, "子丑寅卯辰巳午未") == share(one, "甲乙丙丁") == 0
    assert share(one, one * 4, least=0.8) == 0
    assert list(candidates([])) == list(candidates(["甲乙丙丁戊己"])) == []
