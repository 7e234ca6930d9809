"""What the workbook costs: `python benchmarks/workbook.py 300 6` (townships and years; so many unless told).

The reports are made up in memory: figures that add up, one report in ten with a broken total, one cell in fifty blank;
checked as always. Printed are seconds of work of this process and the most memory so far, first without the workbook.
With a path as the third word, the workbook is kept there.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

from govinfo.checks import run_checks
from govinfo.definitions.form import Form, forms
from govinfo.demo.figures import consistent_figures
from govinfo.tables import FIGURE_KEYS, Tables, typed
from govinfo.workbook import write_workbook

Rows = dict[str, list[dict[str, Any]]]
BROKEN, BLANK = 0.1, 0.02
LAST = 2024


def add_report(rows: Rows, form: Form, township: int, year: int, random: Random) -> None:
    """One report with all its cells."""
    report_id = f"r{township}_{year}"
    place = {"province": "p", "city": "c", "county": "d", "township": f"t{township}", "level": "township"}
    said = {"source": f"{report_id}.txt", "format": "txt", "form": form.code, "status": "complete", "counted": True}
    sizes = {"cells_expected": 200, "cells_found": 200, "sha256": f"{township:040d}{year:024d}"}
    rows["reports"].append({"report_id": report_id, "year": year, **place, **said, **sizes})
    figures = consistent_figures(form, random, 30)
    if random.random() < BROKEN:
        figures["requests"]["total", "total"] += 1
    for table in form.tables:
        line_name, column_name = FIGURE_KEYS[table.name]
        for block in table.blocks:
            for line in block.lines:
                for column in block.columns:
                    value = figures[table.name][line.code, column.key]
                    blank = random.random() < BLANK
                    cell: dict[str, Any] = {
                        line_name: column.group or line.code,
                        column_name: column.code,
                        "report_id": report_id,
                    }
                    cell |= {"value": None if blank else value, "raw": None if blank else str(value)}
                    cell |= {"status": "blank" if blank else "read", "locator": f"{report_id}.txt:1"}
                    rows[table.name].append(cell)


def corpus(townships: int, years: int) -> Tables:
    random = Random(1)
    rows: Rows = {name: [] for name in ("reports", *FIGURE_KEYS)}
    for year in range(LAST - years + 1, LAST + 1):
        form = next(form for form in forms() if form.covers(year))
        for township in range(townships):
            add_report(rows, form, township, year, random)
    return Tables(**{name: typed(name, made) for name, made in rows.items()})


def told(what: str, seconds: float) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<24} {seconds:8.1f} s   {memory:8.0f} MB at most so far")


def main(townships: int, years: int, kept: str | None) -> None:
    start = time.process_time()
    tables = corpus(townships, years)
    tables = Tables(**{**vars(tables), "findings": run_checks(tables)})
    told(f"{len(tables.reports)} reports, checked", time.process_time() - start)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(kept) if kept else Path(folder) / "book.xlsx"
        start = time.process_time()
        write_workbook(tables, path)
        told("the workbook", time.process_time() - start)
        print(f"{path.stat().st_size / 2**20:.1f} MB")


if __name__ == "__main__":
    words = sys.argv[1:]
    townships, years = (*words, *("300", "6")[len(words) :])[:2]
    main(int(townships), int(years), words[2] if len(words) > 2 else None)
