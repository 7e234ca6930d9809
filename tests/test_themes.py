"""Which themes a statement carries. All sentences here were written for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.definitions.themes import UNCLASSIFIED, load_taxonomy, themes
from govinfo.errors import DefinitionError
from govinfo.tables import SCHEMA, typed
from govinfo.text import fold_width, squeeze
from govinfo.themes import cues_in, tag_themes

CODES = [theme.code for theme in themes()]


def problems(*texts: str):
    return typed(
        "problems",
        [{"report_id": "r1", "kind": "problem", "ordinal": i + 1, "text": text} for i, text in enumerate(texts)],
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开内容单一，发布的信息数量少", ["content_scope"]),
        ("栏目更新不及时，过期通知没有撤下", ["timeliness"]),
        ("个别稿件有错别字，标题与正文不符", ["quality"]),
        ("部分干部对公开工作重视不够", ["awareness"]),
        ("没有专人负责，都是兼职", ["staffing"]),
        ("信息员业务水平不高，培训少", ["skills"]),
        ("宣传力度不够，村民知晓率低", ["publicity"]),
        ("公开渠道单一，没有开通公众号", ["channels"]),
        ("政策解读形式单一，群众看不懂", ["interpretation"]),
        ("没有建立考核机制", ["institutions"]),
        ("依申请公开答复不规范", ["requests"]),
        ("公示时泄露了个人信息", ["privacy_secrecy"]),
        ("公开的信息与群众需求有差距", ["public_needs"]),
        ("部门之间各自为战，信息不共享", ["coordination"]),
        ("没有专项经费", ["funding"]),
        ("工作方法创新不足", ["innovation"]),
        ("人手不足导致信息更新慢", ["timeliness", "staffing"]),
        ("工作推进偏慢，成效不明显", [UNCLASSIFIED]),
    ],
)
def test_a_statement_carries_every_theme_whose_cue_it_holds(text, expected):
    assert list(tag_themes(problems(text))["theme"]) == expected


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("干部保密意识不强", "awareness"),
        ("群众公开意识淡薄", "awareness"),
        ("回应群众关切不够及时", "timeliness"),
        ("解读形式单一", "channels"),
        ("规范依申请公开办理", "quality"),
        ("推进公开制度化、规范化发展", "quality"),
        ("财政预决算之外的资金使用情况公开不多", "funding"),
    ],
)
def test_a_wording_that_belongs_to_another_theme_is_no_cue(text, theme):
    assert theme not in cues_in(text)


def test_the_evidence_is_the_words_themselves():
    found = tag_themes(problems("人手不足，常常顾不过来，无法及时更新")).set_index("theme")["evidence"]

    assert found["staffing"] == "人手"
    assert found["timeliness"] == "无法及时 | 更新"


def test_spaces_and_full_width_do_not_hide_a_cue():
    assert cues_in("人 手\n不 足") == cues_in("人手不足")


@given(st.lists(st.text(max_size=60), max_size=4))
def test_each_statement_has_a_theme_and_its_evidence_stands_in_it(texts):
    found = tag_themes(problems(*texts))

    assert set(found["ordinal"]) == set(range(1, len(texts) + 1))
    assert set(found["theme"]) <= set(CODES)
    for row in found.itertuples():
        if row.theme == UNCLASSIFIED:
            assert (found["ordinal"] == row.ordinal).sum() == 1
        else:
            text = squeeze(fold_width(texts[row.ordinal - 1]))
            assert all(word in text for word in row.evidence.split(" | "))


def test_no_statement_gives_no_row_but_all_columns():
    found = tag_themes(problems())

    assert found.empty
    assert list(found.columns) == list(SCHEMA["problem_themes"])


def test_the_taxonomy_has_sixteen_themes_and_what_none_covers():
    assert len(CODES) == 17
    assert CODES[-1] == UNCLASSIFIED
    assert all(theme.label and theme.belongs for theme in themes())
    assert all(theme.cues for theme in themes()[:-1])


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("theme: timeliness", "theme: content_scope", "twice"),
        ("|滞后|", "|(滞后|", "regular expression"),
        ("|<need>", "|<needs>", "no words"),
        ("theme: unclassified", "theme: rest", "as the last theme"),
        ("label: 时效", "name: 时效", "themes.schema.yaml"),
    ],
)
def test_a_wrong_entry_is_named_with_its_line(tmp_path: Path, old, new, told):
    text = (Path(__file__).parents[1] / "src/govinfo/definitions/themes.yaml").read_text(encoding="utf-8")
    broken = tmp_path / "themes.yaml"
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(DefinitionError, match=r"themes\.yaml:[0-9]+") as error:
        load_taxonomy(broken)

    assert told in str(error.value)
