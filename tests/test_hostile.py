"""A folder of good reports and of files that are made to do harm: every good one is read as if it were alone."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from demo_truth import differences
from hostile_files import HOSTILE
from small_reports import reasons, sources, write_all

from govinfo.build.loading.load import load
from govinfo.build.reading.limits import Limits
from govinfo.definitions.themes import themes
from govinfo.demo.corpus import formats, write_corpus
from govinfo.tables import FIGURE_KEYS, Tables, read_tables

REASONS = {"unreadable", "encrypted", "unsupported_format", "not_a_report", "too_large", "timeout", "crashed", "empty"}
# these end at a cap, before they cost anything
CAPPED = {
    "100,000 pages.pdf": "too_large",
    "whitespace.xlsx": "too_large",
    "whitespace.docx": "too_large",
    "wide and high cells.html": "too_large",
    "entities.xlsx": "unreadable",
    "entities.docx": "unreadable",
}


def of_reports(tables: Tables, ids: set[str]) -> Tables:
    """The figures of these reports only."""
    names = ["reports", *FIGURE_KEYS]
    return replace(tables, **{name: (frame := getattr(tables, name))[frame["report_id"].isin(ids)] for name in names})


@pytest.mark.slow
def test_hostile_files_are_rejects_or_harmless_and_every_good_report_is_exact(tmp_path: Path) -> None:
    write_corpus(tmp_path, townships=3, years=(2021, 2022, 2023, 2024), formats=formats(), seed=5)
    truth = read_tables(tmp_path / "truth")
    write_all(tmp_path / "raw", {f"hostile/{name}": make() for name, make in HOSTILE.items()})

    tables = load(tmp_path / "raw", limits=Limits(seconds=20))

    assert list(differences(truth, of_reports(tables, set(truth.reports["report_id"])))) == []
    assert set(truth.reports["source"]) <= set(sources(tables))
    found = {name.removeprefix("hostile/"): reason for name, reason in reasons(tables).items()}
    assert set(found) <= set(HOSTILE) and set(found.values()) <= REASONS
    # what is slow on a busy computer may be given up there
    assert {name: found[name] for name in CAPPED if found[name] != "timeout"}.items() <= CAPPED.items()
    harmful = tables.reports[tables.reports["source"].str.startswith("hostile/")]
    for name in FIGURE_KEYS:
        figures = getattr(tables, name)
        assert figures[figures["report_id"].isin(harmful["report_id"])]["value"].isna().all()


def test_no_cue_of_a_theme_looks_further_than_a_sentence() -> None:
    """Themes are tagged by the program that loads, without a time limit: 2,000,000 digits held it for ever.

    A repetition without an end costs the square of the text's length, unless it is the last thing that is looked for.
    """
    cues = [cue for theme in themes() for cue in (*theme.cues, *theme.excluded)]
    endless = re.compile(r"(?<!\\)[*+](?![|)]|$)|\{\d+,\}")
    assert [cue for cue in cues if endless.search(cue)] == []
