"""The pages of `docs/` that are made from the definitions: `make docs` writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from govinfo.build.files import write_whole
from govinfo.definitions.form import forms
from govinfo.definitions.rules import Rule, rules
from govinfo.definitions.wording import say

PAGES = Path("docs")
# what markdown or a table in it would take for its own
_MARKS = re.compile(r"[|*<>\\`\[\]]")
_HEAD = """# The rules

Made from `src/govinfo/definitions/rules.yaml` and the forms beside it by `make docs`; not to be edited.

A finding is one violation of a rule at one place: a row of the table `findings`, a line of `govinfo check` and of the
workbook. A rule says nothing where a figure that it needs is null. An error is a figure that is wrong or that nobody
can read, a warning one to look at, an info something to know.
"""


def rules_page() -> str:
    """The page of all rules, in the order in which findings are listed: what must hold, why, who says so."""
    lines = [_HEAD, "| rule | severity | what must hold |", "|---|---|---|"]
    lines += [f"| [`{rule.code}`](#{_anchor(rule)}) | {rule.severity} | {_plain(rule.holds.en)} |" for rule in _all()]
    for rule in _all():
        lines += ["", *_section(rule)]
    return "\n".join(lines) + "\n"


def write_pages(folder: Path = PAGES) -> list[Path]:
    """Write the pages; those that are up to date are not touched. Returns those that changed."""
    path = folder / "rules.md"
    return [path] if write_whole(path, rules_page().encode("utf-8")) else []


def _all() -> list[Rule]:
    return list(rules().values())


def _section(rule: Rule) -> Iterator[str]:
    yield f"## {rule.code}"
    yield ""
    yield f"**{rule.severity}** ({say('codes', f'severity_{rule.severity}')})"
    yield ""
    yield f"{_plain(rule.holds.en)}  "
    yield _plain(rule.holds.zh)
    yield ""
    yield f"Why: {_plain(rule.why.en)}  "
    yield _plain(rule.why.zh)
    yield ""
    yield f"Source: {_plain(rule.source)}"
    equations = list(_equations(rule))
    if equations:
        yield ""
        yield from ("| form | table | in each | equation |", "|---|---|---|---|", *equations)
    yield ""
    yield "What an official reads, by case; {…} is filled in:"
    yield ""
    for case, said in rule.messages.items():
        yield f"- `{case}`: {_plain(said.zh)}  "
        yield f"  {_plain(said.en)}"


def _equations(rule: Rule) -> Iterator[str]:
    for form in forms():
        for table in form.tables:
            for equation in table.equations:
                if equation.rule == rule.code:
                    yield f"| {form.code} | {table.name} | {equation.for_each} | `{equation.formula}` |"


def _anchor(rule: Rule) -> str:
    """How a heading of that text is linked to."""
    return rule.code.replace(".", "")


def _plain(text: str) -> str:
    """The text with the marks of markdown shown as they are."""
    return _MARKS.sub(r"\\\g<0>", text)


if __name__ == "__main__":
    for changed in write_pages():
        print(changed)
