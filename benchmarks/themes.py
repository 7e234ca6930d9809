"""What tagging costs: made-up sections of 五, cut and tagged in one process as `load` does it.

python benchmarks/themes.py [REPORTS]
"""

from __future__ import annotations

import itertools
import random
import resource
import sys
import time

import pandas as pd

from govinfo.parse.prose.sections import NarrativeSection
from govinfo.parse.prose.statements import read_statements
from govinfo.tables import typed
from govinfo.themes import tag_themes
from govinfo.themes.labelled import labelled

REPORTS = 20_000
STATEMENTS = 5
NATION = 200_000
NUMERALS = "一二三四五"


def sections(reports: int) -> list[str]:
    """A section for each report: five points, each of two labelled statements, so that nearly no text comes twice."""
    chance = random.Random(0)
    texts = [row.text for row in labelled()]
    return [
        "存在的问题："
        + "；".join(f"{numeral}是{chance.choice(texts)}，{chance.choice(texts)}" for numeral in NUMERALS)
        + "。"
        for _ in range(reports)
    ]


def cut(texts: list[str]) -> pd.DataFrame:
    """The table `problems` of these sections."""
    rows = []
    for i, text in enumerate(texts):
        for one in read_statements([NarrativeSection(0, 5, "problems", None, text)]):
            rows.append({"report_id": f"r{i}", "kind": one.kind, "ordinal": one.ordinal, "text": one.text})
    return typed("problems", rows)


def main(reports: int) -> None:
    made = sections(reports)
    start = time.process_time()
    problems = cut(made)
    middle = time.process_time()
    found = tag_themes(problems)
    end = time.process_time()
    characters = problems["text"].str.len().mean()
    factor = NATION / reports
    print(f"{reports:,} sections, {len(problems):,} statements of {characters:.0f} characters, {len(found):,} tags")
    cutting, tagging = middle - start, end - middle
    print(f"cut   {1e6 * cutting / reports:8.0f} us a section    {factor * cutting:6.0f} s for {NATION:,} reports")
    print(
        f"tagged{1e6 * tagging / len(problems):8.0f} us a statement  {factor * tagging:6.0f} s for {NATION:,} reports"
    )
    print(f"peak  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")
    once = pd.concat(itertools.repeat(problems.head(1000), 20), ignore_index=True)
    start = time.process_time()
    tag_themes(once)
    print(f"texts that come 20 times: {1e6 * (time.process_time() - start) / len(once):.0f} us a statement")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else REPORTS)
