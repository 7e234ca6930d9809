"""Processes that read: what one file does to its process is one row of `rejects`, and nothing stays behind."""

from __future__ import annotations

import io
import os
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from odd_readers import SIGN, read_oddly
from slow_cases import slow
from small_reports import assert_same, environment, left_running, reasons, report, sources, write_all

from govinfo.build.loading.load import load
from govinfo.build.loading.workers import WorkerError
from govinfo.build.reading import worker
from govinfo.build.reading.limits import Limits
from govinfo.build.reading.one_file import Setup
from govinfo.build.reading.wire import Answer, receive_answer, send_answer
from govinfo.tables import Tables

if sys.platform == "win32":
    pytest.skip("signals and process groups", allow_module_level=True)

LIMITS = Limits(seconds=60, memory=700 * 1024 * 1024)
SHORT = Limits(seconds=2, memory=700 * 1024 * 1024)


@pytest.fixture(autouse=True)
def temporary(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder of the test's own, which must be empty after it, as the system must be of its processes."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    for name in ("TMPDIR", "TMP", "TEMP"):
        monkeypatch.setenv(name, str(folder))
    yield folder
    assert wait_for(lambda: not left_running()), left_running()
    assert wait_for(lambda: not list(folder.iterdir())), list(folder.rglob("*"))


def wait_for(holds: Callable[[], bool], seconds: float = 30) -> bool:
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def load_with(folder: Path, odd: dict[str, str], limits: Limits = LIMITS, jobs: int = 2, good: int = 8) -> Tables:
    """Good reports, and between them one for each odd word, all read by `read_oddly`."""
    files = {f"{number:02}5.txt": report(number) for number in range(good)}
    files |= {name: report(30 + number, word) for number, (name, word) in enumerate(odd.items())}
    return load(write_all(folder, files), read=read_oddly, limits=limits, jobs=jobs)


ENDS = {
    "kill": "crashed",
    "segfault": "crashed",
    "exit": "crashed",
    "exit0": "crashed",
    "eat": "too_large",
    "swallow": "crashed",
    "recurse": "crashed",
    "fail": "crashed",
    "refuse": "encrypted",
    "leave": "crashed",
    "interrupt": "crashed",
    "convert-crash": "crashed",
    "litter-crash": "crashed",
}
HARMLESS = ("print", "ask", "convert", "litter", "fork", "wear")


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 3])
def test_a_file_that_ends_its_process_is_one_row_of_rejects_and_all_others_are_read(tmp_path: Path, jobs: int) -> None:
    names = {word: f"{number:02}0 {word}.txt" for number, word in enumerate([*ENDS, *HARMLESS])}

    tables = load_with(tmp_path, {name: word for word, name in names.items()}, jobs=jobs)

    assert reasons(tables) == {names[word]: reason for word, reason in ENDS.items()}
    assert sources(tables) == sorted([f"{number:02}5.txt" for number in range(8)] + [names[word] for word in HARMLESS])
    for name, message in zip(tables.rejects["source"], tables.rejects["message"], strict=True):
        assert "refuse" in name or message.startswith(f"{name}\n  found     ")


@pytest.mark.parametrize("word", ["hang", *(slow(word) for word in ("spin", "convert-hang"))])
def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path, word: str) -> None:
    """`spin` is a loop in C in which no other thread of the process can run, `convert-hang` waits for a converter."""
    tables = load_with(tmp_path, {"030.txt": word}, SHORT)
    assert reasons(tables) == {"030.txt": "timeout"}
    assert "not read after 2 seconds" in tables.rejects["message"][0]
    assert len(tables.reports) == 8


def test_a_crash_says_by_which_signal_and_an_error_where_it_came_from(tmp_path: Path) -> None:
    tables = load_with(tmp_path, {"030.txt": "segfault", "040.txt": "fail"}, good=2)
    segfault, failure = tables.rejects["message"]
    assert "signal 11" in segfault
    assert "odd_readers.py:" in failure and "ZeroDivisionError: half of nothing \\ud800" in failure


@pytest.mark.slow
def test_the_tables_do_not_depend_on_how_many_read(tmp_path: Path) -> None:
    """With one process 32 files travel together, with four there are 16: other files stand before each crash."""
    odd = {"100.txt": "segfault", "330.txt": "eat", "335a.txt": "fail", "700.txt": "kill", "900.txt": "print"}
    first = load_with(tmp_path, odd, jobs=1, good=256)
    assert len(first.reports) == 257 and first.reports["report_id"].is_unique
    assert list(reasons(first)) == ["100.txt", "330.txt", "335a.txt", "700.txt"]
    assert_same(first, load(tmp_path, read=read_oddly, limits=LIMITS, jobs=4))


@pytest.mark.slow
def test_a_file_over_which_a_worn_process_ended_is_tried_once_more_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read before it, or somebody outside, may have ended the process."""
    monkeypatch.setenv(SIGN, str(tmp_path / "sign"))
    tables = load_with(tmp_path / "raw", {"050.txt": "flaky"}, jobs=1)
    assert reasons(tables) == {}
    assert len(tables.reports) == 9


@pytest.mark.slow
def test_a_process_that_is_ended_from_outside_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SIGN, str(tmp_path / "sign"))

    def end_one() -> None:
        wait_for((tmp_path / "sign").exists)
        children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
        for child in children:
            if b"govinfo.build.reading.worker" in Path(f"/proc/{child}/cmdline").read_bytes():
                os.kill(int(child), signal.SIGTERM)

    killer = threading.Thread(target=end_one)
    killer.start()
    tables = load_with(tmp_path / "raw", {f"0{number}0.txt": "nap" for number in range(8)}, jobs=1)
    killer.join()

    assert len(tables.reports) + len(tables.rejects) == 16
    assert set(reasons(tables).values()) <= {"crashed"} and len(tables.rejects) <= 1


def test_rows_beyond_all_measure_are_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file may unpack to a long text: it must not fill the memory of the program that loads."""
    monkeypatch.setattr(worker, "_MOST_BYTES", 2_000)
    schema = {"gaps": pa.schema([("report_id", pa.string())])}
    setup = Setup((), schema, read_oddly, LIMITS)
    rows = [[{"report_id": "x" * length}] for length in (1_000, 3_000, 1_000)]
    pending = worker.Pending([(number, {"gaps": found}) for number, found in enumerate(rows)])

    parts = worker.packed(pending, {0: "a", 1: "b", 2: "c"}, setup)

    assert parts and len(pa.ipc.open_stream(parts["gaps"]).read_all()) == 2
    assert [(index, reason) for index, reason, _ in pending.rejects] == [(1, "too_large")]
    assert [index for index, _ in pending.read] == [0, 2]


def test_rows_that_are_not_of_the_contract_are_one_file_s_failure() -> None:
    schema = {"gaps": pa.schema([("report_id", pa.string()), ("year", pa.int16())])}
    rows = [{"year": 2022}, {"year": "2022年"}, {"year": 10**9}, {"county": "某县"}, {"report_id": "半个字\ud800"}]
    pending = worker.Pending([(number, {"gaps": [row]}) for number, row in enumerate(rows)])

    worker.packed(pending, dict(enumerate("abcde")), Setup((), schema, read_oddly, LIMITS))

    assert [(index, reason) for index, reason, _ in pending.rejects] == [(at, "crashed") for at in (1, 2, 3)]


def test_a_reader_that_no_other_process_can_import_is_an_error_that_says_so(tmp_path: Path) -> None:
    write_all(tmp_path, {"a.txt": report()})
    with pytest.raises(WorkerError, match="imported by its name"):
        load(tmp_path, read=lambda path, source, data: read_oddly(path, source, data))


def test_a_python_that_cannot_start_is_an_error_that_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all(tmp_path, {"a.txt": report()})
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no python"))
    with pytest.raises(WorkerError, match="No such file"):
        load(tmp_path)
    (tmp_path / "bad python").write_text("#!/bin/sh\necho the disk is broken >&2\nexit 7\n")
    (tmp_path / "bad python").chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bad python"))
    with pytest.raises(WorkerError, match=r"code 7[\s\S]*the disk is broken"):
        load(tmp_path / "a.txt")


@pytest.mark.parametrize("limit", [{"seconds": 0}, {"seconds": float("inf")}, {"seconds": float("nan")}, {"memory": 0}])
def test_limits_are_numbers_that_a_system_can_keep(limit: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="expected  numbers above 0"):
        Limits(**limit)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"[]",
        b"7",
        b'["rows", {}, {}]',
        b'["begin", {"index": "1"}, {}]',
        b'["ready", {}, {"reports": -1}]',
        b"\xff",
    ],
)
def test_an_answer_of_another_shape_is_no_answer(head: bytes) -> None:
    with pytest.raises(ValueError):
        receive_answer(io.BytesIO(struct.pack(">Q", len(head)) + head))


def test_an_answer_arrives_as_it_was_sent() -> None:
    stream = io.BytesIO()
    values = {"through": 3, "reports": 1, "rejects": [[2, "crashed", "镇\ud800"]], "retire": False}
    for answer in (
        said := [Answer("begin", {"index": 2}), Answer("rows", values, {"reports": b"\0\n\xff", "gaps": b""})]
    ):
        send_answer(stream, answer)
    stream.seek(0)
    assert [receive_answer(stream), receive_answer(stream)] == said
    with pytest.raises(EOFError):
        receive_answer(stream)


SCRIPT = """
import sys, threading
from pathlib import Path
print("run", __name__)
from govinfo.build.loading.load import load
raw = Path(sys.argv[1])
found = []
threads = [threading.Thread(target=lambda: found.append(load(raw, jobs=2))) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
found.append(load(raw))
print([len(tables.reports) for tables in found])
"""


@pytest.mark.slow
def test_a_script_without_a_main_guard_loads_in_threads_and_twice(tmp_path: Path, temporary: Path) -> None:
    """The processes do not run the script again, nor take what lies in the working folder for a library."""
    write_all(tmp_path, {"raw/a.txt": report(1), "raw/b.txt": report(2), "s/script.py": SCRIPT.encode()})
    write_all(tmp_path, {f"{name}.py": b"raise SystemExit('not a library')" for name in ("json", "pyarrow", "lxml")})
    done = run([str(tmp_path / "s/script.py"), "raw"], temporary, cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("run __main__\n[2, 2, 2]\n", "")


def test_a_session_without_a_file_or_a_real_output_loads(tmp_path: Path, temporary: Path) -> None:
    """As a notebook does: `__main__` has no file, an event loop runs, the output is no file."""
    write_all(tmp_path, {"raw/a.txt": report(1), "raw/b.txt": report(2)})
    session = """
import asyncio, io, sys
del __file__
sys.path.insert(0, "")
said, sys.stdout, sys.stderr, sys.stdin = sys.stdout, io.StringIO(), io.StringIO(), None
from govinfo.build.loading.load import load
async def cell():
    return load("raw", progress=True)
print(len(asyncio.run(cell()).reports), file=said)
"""
    code = f"import sys; exec(compile({session!r}, 'cell', 'exec'), dict(__name__='__main__', __file__=''))"
    done = run(["-c", code], temporary, cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("2\n", "")


def run(words: list[str], temporary: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *words]
    return subprocess.run(command, env=environment(temporary), cwd=cwd, capture_output=True, text=True, check=False)


# the command with a reader of ours, for no file of a known kind hangs for certain
COMMAND = """
import signal, sys
# a shell that starts its programs in the background lets them ignore it
signal.signal(signal.SIGINT, signal.default_int_handler)
from odd_readers import read_oddly
from govinfo.build.loading.load import load
load.__kwdefaults__["read"] = read_oddly
from govinfo.cli import main
main(sys.argv[1:])
"""


def started(tmp_path: Path, temporary: Path, words: str, *more: str) -> subprocess.Popen[str]:
    """`govinfo load` on good reports and those with the words, once it has begun the first of these."""
    odd = {f"0{number}0.txt": report(30 + number, word) for number, word in enumerate(words.split())}
    write_all(tmp_path / "raw", {f"0{number}5.txt": report(number) for number in range(8)} | odd)
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "load", str(tmp_path / "raw"), "-o", str(tmp_path / "out"), *more],
        env=environment(temporary) | {SIGN: str(tmp_path / "sign")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert wait_for((tmp_path / "sign").exists)
    return process


@pytest.mark.parametrize("times", [1, 2, 40])
def test_ctrl_c_ends_all_and_writes_nothing(tmp_path: Path, temporary: Path, times: int) -> None:
    process = started(tmp_path, temporary, "hang hang", "-j", "2")
    for _ in range(times):
        process.send_signal(signal.SIGINT)
        # it tidies up for some hundredths of a second, in which it must not be disturbed
        time.sleep(0.002)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in errors and "已中断" in errors
    assert output == ""
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_processes_end_with_the_program_that_loads_however_it_ends(
    tmp_path: Path, temporary: Path, number: signal.Signals
) -> None:
    process = started(tmp_path, temporary, "convert hang", "-j", "1")
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode == -number


@pytest.mark.slow
def test_a_program_that_is_stopped_for_a_while_gives_up_no_file(tmp_path: Path, temporary: Path) -> None:
    process = started(tmp_path, temporary, "nap nap nap nap nap nap", "-j", "2", "--timeout", "2")
    process.send_signal(signal.SIGSTOP)
    time.sleep(4)
    process.send_signal(signal.SIGCONT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
