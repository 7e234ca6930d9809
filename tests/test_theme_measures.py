"""How well statements are tagged: on what was set aside, and that docs/themes.md says what is measured."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from theme_gold import published

from govinfo.definitions.themes import load_taxonomy, themes
from govinfo.text import fold_width, squeeze
from govinfo.themes.deciding import decide
from govinfo.themes.labelled import is_set_aside, labelled, set_aside, to_learn
from govinfo.themes.learn import learn
from govinfo.themes.make import make
from govinfo.themes.measure import BOTH, CUES, MODEL, count, cross_validated, macro, tagged
from govinfo.themes.model import packaged_model, read_model
from govinfo.themes.page import PAGE, page

ROOT = Path(__file__).parents[1]
TAXONOMY = ROOT / "src/govinfo/definitions/themes.yaml"


def rows_set_aside(source: str):
    return [row for row in set_aside(labelled()) if row.source == source]


def test_a_third_is_set_aside_by_the_hash_of_the_id() -> None:
    ids = [row.id for row in labelled()]

    assert all(is_set_aside(one) == (int(hashlib.sha256(one.encode()).hexdigest(), 16) % 3 == 0) for one in ids)
    assert 0.28 < sum(map(is_set_aside, ids)) / len(ids) < 0.38
    assert not {row.id for row in to_learn(labelled())} & {row.id for row in set_aside(labelled())}


def test_many_statements_of_each_theme_are_labelled_and_none_twice() -> None:
    made = [row for row in labelled() if row.source == "made"]

    assert len(made) >= 500
    assert len({row.text for row in labelled()}) == len(labelled())
    assert all(sum(theme.code in row.themes for row in made) >= 25 for theme in themes())
    assert all(row.themes <= {theme.code for theme in themes()} and row.themes for row in labelled())
    assert sum(len(row.themes) > 1 for row in made) > 150
    assert sum(row.kind == "measure" for row in made) > 200


def test_statements_written_by_others_that_were_set_aside_are_tagged_as_they_tagged_them() -> None:
    rows = rows_set_aside("given")

    assert count(rows, tagged(rows)[BOTH]).f1 >= 0.93


def test_so_are_those_of_published_reports() -> None:
    rows = published()
    if not rows:
        pytest.skip("no annotated statements: GOVINFO_GOLD names no folder with problem_statements.csv")
    aside = set_aside(rows)

    assert count(aside, tagged(aside)[BOTH]).f1 >= 0.93
    assert count(rows, tagged(rows)[BOTH]).f1 >= 0.95


def test_statements_that_we_made_up_and_set_aside() -> None:
    rows = rows_set_aside("made")
    found = tagged(rows)

    assert count(rows, found[BOTH]).f1 >= 0.905
    assert macro(rows, found[BOTH]) >= 0.905
    assert count(rows, found[BOTH]).f1 >= max(count(rows, found[CUES]).f1, count(rows, found[MODEL]).f1)


@pytest.mark.slow
def test_by_cross_validation() -> None:
    rows = to_learn(labelled())
    found = cross_validated(rows)

    assert count(rows, found[BOTH]).f1 >= 0.95
    assert count(rows, found[MODEL]).f1 >= 0.8


@pytest.mark.slow
def test_the_page_says_what_is_measured() -> None:
    """`python -m govinfo.themes.page` writes it."""
    assert (ROOT / PAGE).read_text(encoding="utf-8") == page()


def test_the_model_is_what_the_labelled_statements_give(tmp_path: Path) -> None:
    """`python -m govinfo.themes.make` writes it; the last digit may differ from one machine to another."""
    again = read_model(make(tmp_path / "model.csv"))
    packaged = packaged_model()

    assert again.grams == packaged.grams
    assert again.themes == packaged.themes
    assert abs(again.weights - packaged.weights).max() < 0.02


def test_learning_twice_gives_the_same() -> None:
    rows = to_learn(labelled())[:200]

    assert (learn(rows).weights == learn(rows).weights).all()


def test_a_surer_tag_is_more_often_right() -> None:
    rows = set_aside(labelled())
    tags = [
        (tag.confidence, tag.theme in row.themes)
        for row, some in zip(rows, decide([row.text for row in rows]), strict=True)
        for tag in some
    ]
    sure = [right for confidence, right in tags if confidence >= 0.9]
    unsure = [right for confidence, right in tags if confidence < 0.7]

    assert sum(sure) / len(sure) > 0.95 > sum(unsure) / len(unsure) > 0.4


def test_what_is_not_sure_is_unclassified_with_its_best_guess() -> None:
    (tag,) = next(decide(["大家对来年的打算说法各异，还要再商量"]))

    assert tag.theme == "unclassified"
    assert tag.guess in {None, *(theme.code for theme in themes())}
    assert 0.5 <= tag.confidence <= 1


def test_a_theme_of_the_model_alone_names_the_characters_that_spoke_for_it() -> None:
    """No cue is needed, and the evidence stands in the text as printed."""
    rows = set_aside(labelled())
    found = [
        (row.text, tag)
        for row, some, cues in zip(rows, decide([row.text for row in rows]), tagged(rows)[CUES], strict=True)
        for tag in some
        if tag.theme not in cues and tag.theme != "unclassified"
    ]

    assert found
    for text, tag in found:
        assert tag.evidence
        assert all(gram in squeeze(fold_width(text)) for gram in tag.evidence)


def test_a_theme_is_added_by_one_entry(tmp_path: Path) -> None:
    """Its cues work at once; the model knows nothing of it, and the other themes stay as they are."""
    entry = """  - theme: minority_languages
    label: 民族语言
    belongs: 没有双语公开，译员不足
    cues: ['双语|民族(?:语言|文字)|译员']

  - theme: unclassified
"""
    amended = tmp_path / "themes.yaml"
    amended.write_text(
        TAXONOMY.read_text(encoding="utf-8").replace("  - theme: unclassified\n", entry), encoding="utf-8"
    )
    known = load_taxonomy(amended)
    texts = ["公示没有双语版本，缺少译员", "网站更新不及时", "工作成效不够明显"]

    found = [[tag.theme for tag in tags] for tags in decide(texts, known=known)]

    assert "minority_languages" in found[0]
    assert found[1:] == [[tag.theme for tag in tags] for tags in decide(texts[1:])]
