"""What questions over the years cost: `python benchmarks/over_time.py 200000` (reports; 20,000 unless told).

The reports are made up in memory: townships of seven years, six statements each, two of three from the township's own
few, some sections copied whole from the year before. Printed are seconds of this process and the most memory so far.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from random import Random
from typing import Any

import govinfo
from govinfo.definitions.demo import made_up
from govinfo.definitions.themes import themes
from govinfo.questions.problems.recurring_problems import longest_runs
from govinfo.tables import Tables, typed

YEARS = range(2017, 2024)
COPIED = 0.15
KINDS = ("problem", "measure")
Rows = dict[str, list[dict[str, Any]]]


def statements(own: list[int], random: Random) -> Iterator[tuple[str, int, str]]:
    """Kind, number in the list of the made-up county, and text of a year's statements."""
    for kind in KINDS:
        pool, details = made_up(f"{kind}s"), made_up("details")[f"{kind}s"]
        for number in [*random.sample(own, 2), random.randrange(len(pool))]:
            words = [random.choice(words) for words in (*details, details[0], details[2])]
            yield kind, number, pool[number] + made_up("joint") + "".join(words)


def note(rows: Rows, township: int, year: int, said: list[tuple[str, int, str]]) -> None:
    report_id, codes = f"r{township}_{year}", [theme.code for theme in themes()]
    place = {"province": "p", "city": f"c{township // 200}", "county": f"d{township // 15}", "township": f"t{township}"}
    row = {"report_id": report_id, "source": report_id, "level": "township", "year": year, "counted": True}
    rows["reports"].append(row | place | {"division_code": f"{township:09d}"})
    text, counts = "", dict.fromkeys(KINDS, 0)
    for kind, number, statement in said:
        counts[kind] += 1
        key = {"report_id": report_id, "kind": kind, "ordinal": counts[kind]}
        spot = {"order": 5, "start": len(text), "end": len(text) + len(statement)}
        rows["problems"].append({**key, "text": statement, **spot})
        named = {codes[number % len(codes)], codes[number * 7 % len(codes)]}
        rows["problem_themes"] += [{**key, "theme": theme} for theme in sorted(named)]
        text += statement + "\n"
    rows["narrative"].append({"report_id": report_id, "order": 5, "role": "problems", "text": text})


def corpus(reports: int) -> Tables:
    random = Random(1)
    rows: Rows = {name: [] for name in ("reports", "narrative", "problems", "problem_themes")}
    for township in range(reports // len(YEARS)):
        own = random.sample(range(len(made_up("problems"))), 3)
        said: list[tuple[str, int, str]] = []
        for year in YEARS:
            if not said or random.random() > COPIED:
                said = list(statements(own, random))
            note(rows, township, year, said)
    return Tables(**{name: typed(name, own) for name, own in rows.items()})


def main() -> None:
    tables = corpus(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
    print(f"{len(tables.reports)} reports, {len(tables.problems)} statements: {memory()} MB")
    asked = (govinfo.theme_shares, longest_runs, govinfo.recurring_problems, govinfo.promises, govinfo.copied_text)
    for question in asked:
        start = time.process_time()
        answer = question(tables)
        seconds = time.process_time() - start
        print(f"{question.__name__:20}{len(answer):10} rows{seconds:8.1f} s{memory():8} MB", flush=True)


def memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
