"""What reading costs, as ratios within one run: `make bench`. Nothing is written but to a temporary folder.

A ratio compares two ways to use the same bytes on the same computer at the same time; seconds alone say little on a
computer that others use too. Each time is the least of several rounds; within one process it is that of its work.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pypdfium2
import turbohtml
from lxml import etree

from govinfo.build.loading.load import load
from govinfo.definitions.form import forms
from govinfo.demo.corpus import formats, write_corpus
from govinfo.errors import UnreadableFileError
from govinfo.gazetteer import gazetteer
from govinfo.gazetteer.words import DATA, words
from govinfo.parse.report import parse_report
from govinfo.readers import Document, read_document

ROUNDS = 3
YEARS = range(2014, 2025)


def corpus(folder: Path, reports: int, chosen: Sequence[str]) -> list[Path]:
    write_corpus(folder, townships=-(-reports // len(YEARS)), years=YEARS, formats=chosen, seed=7)
    return sorted(path for path in (folder / "raw").rglob("*") if path.is_file() and path.name != "manifest.csv")


def bare_html(data: bytes) -> None:
    turbohtml.parse(data)


def bare_office(data: bytes) -> None:
    """The XML of the text or of the sheets, unpacked and parsed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name == "word/document.xml" or name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml":
                etree.fromstring(package.read(name))


def bare_pdf(data: bytes) -> None:
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            page.get_textpage().get_text_range()


def bare_text(data: bytes) -> None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        data.decode("gb18030", errors="replace")


BARE: dict[str, Callable[[bytes], None]] = {
    "txt": bare_text,
    "md": bare_text,
    "html": bare_html,
    "docx": bare_office,
    "xlsx": bare_office,
    "pdf": bare_pdf,
}


def least(action: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """The least of the seconds that the action takes: of this process, or of the clock on the wall."""
    times = []
    for _ in range(ROUNDS):
        start = clock()
        action()
        times.append(clock() - start)
    return min(times)


def each_format(folder: Path, reports: int) -> None:
    """Milliseconds a report: bare parse of the bytes, our reader, parsing what was read; and their ratio."""
    print(f"\n{'format':8}{'reports':>8}{'bare ms':>10}{'read ms':>10}{'read/bare':>11}{'parse ms':>10}")
    for name in formats():
        files = [(path, path.read_bytes()) for path in corpus(folder / name, reports, [name])]
        documents = read_all(files)
        bare = least(lambda files=files, name=name: [BARE[name](data) for _, data in files])  # type: ignore[misc]
        read = least(lambda files=files: read_all(files))  # type: ignore[misc]
        parse = least(lambda documents=documents: parse_all(documents))  # type: ignore[misc]
        share = 1000 / len(files)
        print(f"{name:8}{len(files):8}{bare * share:10.2f}{read * share:10.2f}{read / bare:11.1f}{parse * share:10.2f}")


def read_all(files: Iterable[tuple[Path, bytes]]) -> list[Document]:
    return [read_document(path, path.name, data) for path, data in files]


def parse_all(documents: Iterable[Document]) -> None:
    for document in documents:
        try:
            parse_report(document, forms())
        except UnreadableFileError as error:
            raise SystemExit(f"a report of the made-up county is refused: {error}") from error


def whole_load(folder: Path, reports: int) -> None:
    """The whole load, checks and themes included, with one and with two processes that read."""
    files = corpus(folder / "all", reports, formats())
    times: dict[int, float] = {}
    for jobs in (1, 2):
        times[jobs] = least(lambda jobs=jobs: load(folder / "all" / "raw", jobs=jobs), time.perf_counter)  # type: ignore[misc]
    print(f"\nwhole load of {len(files)} reports in all formats")
    for jobs, seconds in times.items():
        print(f"  jobs {jobs}: {seconds:6.2f} s, {1000 * seconds / len(files):6.1f} ms a report")
    print(f"  jobs 1 / jobs 2: {times[1] / times[2]:.2f}")


def memory(folder: Path) -> None:
    """Peak memory of the program that loads while the reports become more; each load in a program of its own."""
    if sys.platform != "linux":
        return
    print(f"\n{'text reports':14}{'peak MB':>9}{'tables MB':>11}{'kB a report more':>18}{'of it tables':>14}")
    before: tuple[int, float, float] | None = None
    for reports in (100, 400, 1600):
        count = len(corpus(folder / str(reports), reports, ["txt"]))
        command = [sys.executable, str(Path(__file__).with_name("peak.py")), str(folder / str(reports) / "raw")]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        peak, held = map(float, said.split())
        more = ["", ""]
        if before:
            pairs = ((peak, before[1]), (held, before[2]))
            more = [f"{1024 * (now - then) / (count - before[0]):.1f}" for now, then in pairs]
        print(f"{count:<14}{peak:9.0f}{held:11.1f}{more[0]:>18}{more[1]:>14}")
        before = (count, peak, held)


def gazetteer_load() -> None:
    """Milliseconds until the first name is looked up, beside bare reading of the tables; then microseconds a name."""
    tables = [path for path in DATA.iterdir() if path.suffix == ".csv"]
    names = sorted(gazetteer().names())[::20]

    def first_name() -> None:
        gazetteer.cache_clear()
        words.cache_clear()
        gazetteer().named("")

    def many_names() -> None:
        fresh = gazetteer().extended([])
        for name in names:
            fresh.named(name)

    bare = 1000 * least(lambda: [path.read_text(encoding="utf-8").split("\n") for path in tables])
    load = 1000 * least(first_name)
    each = 1e6 * least(many_names) / len(names)
    print(f"\ngazetteer: bare {bare:.0f} ms, load {load:.0f} ms, load/bare {load / bare:.1f}; {each:.0f} µs a name")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="govinfo-bench-") as place:
        gazetteer_load()
        each_format(Path(place), 22)
        whole_load(Path(place), 66)
        memory(Path(place))
