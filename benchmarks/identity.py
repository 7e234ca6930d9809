"""What it costs to find out who reports and when, beside reading the report: `make bench`.

Each report is read as a whole several times; the time within `read_identity` is taken apart from the rest, in one
process and one run. The made-up county's names are in its own list of places, those of the headers below are real ones
that many townships share.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from govinfo.definitions.form import forms
from govinfo.demo.corpus import formats, write_corpus
from govinfo.gazetteer import Gazetteer, gazetteer, read_places
from govinfo.parse import report as parsing
from govinfo.readers import Document, read_document

ROUNDS = 5
YEARS = range(2017, 2025)
SHARED_NAMES = ("百泉镇", "城关镇", "太平镇", "和平街道", "新城镇")


def documents(folder: Path, format: str) -> list[Document]:
    write_corpus(folder, townships=4, years=YEARS, formats=[format], seed=7)
    paths = sorted(path for path in (folder / "raw").rglob("*") if path.is_file() and path.name != "manifest.csv")
    return [read_document(path, path.name, path.read_bytes()) for path in paths]


def renamed(document: Document, name: str) -> Document:
    """The same report with a title that names a township which many counties have."""
    cells = document.cells
    title = replace(cells[0], text=f"{name}2022年政府信息公开工作年度报告")
    return replace(document, cells=(title, *cells), title=None)


def shares(read: Sequence[Document], known: Gazetteer) -> tuple[float, float]:
    """Milliseconds a report for all of parsing but its identity, and for its identity: the least of several rounds."""
    original: Callable[..., Any] = parsing.read_identity
    spent = 0.0

    def timed(*given: Any, **named: Any) -> Any:
        nonlocal spent
        start = time.process_time()
        found = original(*given, **named)
        spent += time.process_time() - start
        return found

    best = (float("inf"), float("inf"))
    parsing.read_identity = timed
    try:
        for _ in range(ROUNDS):
            spent, start = 0.0, time.process_time()
            for document in read:
                parsing.parse_report(document, forms(), divisions=known)
            whole = time.process_time() - start
            best = min(best, (1000 * (whole - spent) / len(read), 1000 * spent / len(read)))
    finally:
        parsing.read_identity = original
    return best


def loading() -> None:
    """How long the packaged gazetteer takes to be ready, in a program of its own, and that program without it."""
    code = "import time; s = time.process_time(); {0}; print(time.process_time() - s)"
    ready = "from govinfo.gazetteer import gazetteer; s = time.process_time(); gazetteer()"
    times = [
        float(
            subprocess.run(
                [sys.executable, "-c", code.format(ready)], capture_output=True, text=True, check=True
            ).stdout
        )
        for _ in range(ROUNDS)
    ]
    print(f"\nthe gazetteer is ready after {1000 * min(times):.0f} ms")


if __name__ == "__main__":
    print(f"{'reports':16}{'the rest ms':>12}{'identity ms':>12}{'identity/rest':>15}")
    with tempfile.TemporaryDirectory(prefix="govinfo-bench-") as place:
        for name in formats():
            made = documents(Path(place) / name, name)
            known = gazetteer().extended(read_places(Path(place) / name / "places.csv"))
            rest, identity = shares(made, known)
            print(f"{name:16}{rest:12.2f}{identity:12.2f}{identity / rest:15.2f}")
            if name == "txt":
                shared = [renamed(one, SHARED_NAMES[i % len(SHARED_NAMES)]) for i, one in enumerate(made)]
                rest, identity = shares(shared, known)
                print(f"{'txt, shared name':16}{rest:12.2f}{identity:12.2f}{identity / rest:15.2f}")
    loading()
