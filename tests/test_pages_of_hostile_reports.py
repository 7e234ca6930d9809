"""All pages of a study whose reports are named to do harm, in a real browser."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from browser import ask, complaints, opened, requests, running
from made_page import HOSTILE, RARE
from made_tables import busy_tables

from govinfo.build.config import load_config
from govinfo.build.refresh import refresh
from govinfo.tables import Tables, write_tables

ROOT = Path(__file__).parents[1]


def hostile_tables() -> Tables:
    """The made tables with names, notes, texts and messages of reports that nobody should have."""
    made = busy_tables()
    texts = {
        "reports": {"township": HOSTILE[:3], "note": [HOSTILE[4]] * 3, "county": [HOSTILE[1], HOSTILE[1], RARE + "县"]},
        "problems": {"text": [HOSTILE[0], HOSTILE[5], HOSTILE[1]]},
        "findings": {"message": [HOSTILE[1]] * len(made.findings), "locator": [HOSTILE[2]] * len(made.findings)},
        "rejects": {"source": [HOSTILE[3]] * len(made.rejects)},
    }
    changed = {
        name: getattr(made, name).assign(**{one: pd.Series(said, dtype="string") for one, said in columns.items()})
        for name, columns in texts.items()
    }
    return replace(made, **changed)


@pytest.mark.slow
def test_no_page_of_a_study_does_what_a_report_says(tmp_path):
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks", ignore=shutil.ignore_patterns(".*"))
    shutil.copy(ROOT / "govinfo.toml", tmp_path)
    config = replace(load_config(tmp_path / "govinfo.toml"), also=())
    write_tables(hostile_tables(), config.path(config.processed))
    refresh(config, steps=("run",), progress=False)

    pages = sorted(config.path(config.output).glob("*.html"))
    assert len(pages) > len(config.runs)
    seen = ""
    with running(tmp_path / "browser") as browser:
        for page in pages:
            with opened(browser, page, 390) as tab:
                ask(tab, "document.querySelectorAll('details').forEach(one => { one.open = true })")
                assert complaints(tab) == [], page.name
                assert [url for url in requests(tab) if not url.startswith("data:")] == [page.as_uri()]
                seen += ask(tab, "document.body.textContent")
                alien = "document.querySelectorAll('script, iframe, object, [onerror], img:not([src^=data])').length"
                assert ask(tab, alien) == 0, page.name
                assert ask(tab, "document.documentElement.scrollWidth") <= 390, page.name
    assert all(text in seen for text in HOSTILE[:3])
