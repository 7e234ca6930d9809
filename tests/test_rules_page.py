"""The page of rules is what the definitions say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govinfo.build.docs import rules_page, write_pages
from govinfo.checks.findings import Spoken, Subject, make
from govinfo.definitions.form import forms
from govinfo.definitions.rules import rules
from govinfo.errors import DefinitionError

DOCS = Path(__file__).parent.parent / "docs"


def test_the_page_is_up_to_date() -> None:
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == rules_page(), "run `make docs`"


def test_every_rule_is_told_with_its_source_and_linked_from_the_top() -> None:
    page = rules_page()
    headings = re.findall(r"^## (\S+)$", page, re.MULTILINE)

    assert headings == list(rules())
    for rule in rules().values():
        assert f"(#{rule.code.replace('.', '')})" in page
        assert f"Source: {rule.source}" in page


def test_every_equation_of_the_forms_stands_under_its_rule() -> None:
    page = rules_page()
    for form in forms():
        for table in form.tables:
            for equation in table.equations:
                assert equation.rule in rules(), "an equation's rule has its texts in definitions/rules.yaml"
                section = page.split(f"\n## {equation.rule}\n")[1].split("\n## ")[0]
                assert f"| {form.code} | {table.name} | {equation.for_each} | `{equation.formula}` |" in section


def test_pages_that_are_up_to_date_are_not_written(tmp_path: Path) -> None:
    assert write_pages(tmp_path) == [tmp_path / "rules.md"]
    assert write_pages(tmp_path) == []


def test_a_rule_whose_texts_nobody_wrote_is_named_and_so_is_the_file_that_lacks_them() -> None:
    report = Subject("0" * 16, "x", 0, "2021", "township", 2022)

    with pytest.raises(DefinitionError, match=r"rules\.yaml\n.*`requests\.unheard_of`"):
        make(report, "requests.unheard_of", "broken", Spoken("requests"))
