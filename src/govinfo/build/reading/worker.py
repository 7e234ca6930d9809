"""The process that reads files, for it may hang, crash or run out of memory over them.

It is started by `workers.py`, takes tasks from standard input and answers on standard output. It lives no longer
than the process that started it: when its input ends, it ends with all that it has started.
"""

from __future__ import annotations

import os
import queue
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NoReturn

import pyarrow as pa

from govinfo.build.reading.limits import Limits
from govinfo.build.reading.one_file import Rows, Setup, Task, pack, read_file
from govinfo.build.reading.processes import MARK, end_started
from govinfo.build.reading.wire import Answer, receive_object, send_answer
from govinfo.build.scratch import drop_abandoned
from govinfo.definitions.form import forms
from govinfo.errors import UnreadableFileError
from govinfo.parse.report import parse_report
from govinfo.parse.tables.labels import label_index
from govinfo.readers.plain.text import read_text

if sys.platform != "win32":
    import resource

# What was read is sent after so long: little is read again where a later file ends the process.
_SEND_AFTER = 1.0
# A process that once took this part of its memory is replaced, so that the next big file finds all of it.
_RETIRE_AT = 0.25
_LONGEST_MESSAGE = 2_000
# The rows of a report are some 100 kB; a small file that unpacks to much must not fill the memory of who loads.
_MOST_BYTES = 4 * 1024 * 1024
_MISFIT = (ValueError, TypeError, OverflowError, pa.ArrowException)


@dataclass
class Pending:
    """What was read and not yet sent."""

    read: list[tuple[int, Rows]] = field(default_factory=list)
    rejects: list[tuple[int, str, str]] = field(default_factory=list)
    since: float = 0.0


def main() -> None:
    """Read files until there are no more tasks."""
    given, answers = _own_streams()
    _warm_up()
    try:
        setup, folder = receive_object(given)
    except EOFError:
        return
    # what is left behind when this process is ended lies in a folder that goes with it
    tempfile.tempdir = folder
    os.environ.update({"TMPDIR": folder, "TMP": folder, "TEMP": folder})
    _guard(setup.limits)
    for form in setup.forms:
        label_index(form)
    waiting: queue.SimpleQueue[Sequence[Task]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(given, waiting), daemon=True).start()
    send_answer(answers, Answer("ready", {}))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    while True:
        _read_all(waiting.get(), setup, answers)


def _warm_up() -> None:
    """Load the definitions by reading a text that is no report, while the program that loads still imports."""
    with suppress(UnreadableFileError):
        parse_report(read_text(b"0", "", "txt"), forms())


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for ourselves: what a library reads or prints must not get between the messages."""
    given, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return given, answers


def _guard(limits: Limits) -> None:
    """Hold this process to its memory; Ctrl-C is for the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = limits.memory if hard == resource.RLIM_INFINITY else min(limits.memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _listen(given: BinaryIO, waiting: queue.SimpleQueue[Sequence[Task]]) -> None:
    """Take tasks as they come; at the end of the input, end everything here at once and leave nothing behind."""
    try:
        while True:
            waiting.put(receive_object(given))
    except (EOFError, OSError):
        end_started(os.getpid(), os.environ[MARK])
        folder = Path(tempfile.gettempdir())
        shutil.rmtree(folder, ignore_errors=True)
        # that of all reading processes: the last one removes it, where the program that began it could not
        drop_abandoned(folder.parent)
        if sys.platform != "win32" and os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(0)


def _read_all(tasks: Sequence[Task], setup: Setup, answers: BinaryIO) -> None:
    pending = Pending(since=time.monotonic())
    for task in tasks:
        send_answer(answers, Answer("begin", {"index": task.index}))
        if not _read_one(task, setup, pending):
            _give_up(answers, task)
        last = task is tasks[-1]
        if last or time.monotonic() - pending.since > _SEND_AFTER:
            _send(pending, tasks, task, setup, answers, last)


def _read_one(task: Task, setup: Setup, pending: Pending) -> bool:
    """Whether the memory was enough to read the file; what became of it is in `pending` then."""
    _alarm(setup.limits.seconds * 2 + 30)
    try:
        pending.read.append((task.index, read_file(task, setup)))
    except UnreadableFileError as error:
        pending.rejects.append((task.index, error.reason, str(error)))
    except MemoryError:
        return False
    except BaseException as error:  # noqa: BLE001  a panic of a library is no Exception, and the others must be read
        pending.rejects.append((task.index, "crashed", crash_message(task.source, error)))
    # who loads may be stopped for a while: to wait until it takes the rows is no reason to end
    _alarm(0)
    return True


def _give_up(answers: BinaryIO, task: Task) -> NoReturn:
    if sys.platform != "win32":
        # there must be enough to say so
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    send_answer(answers, Answer("memory", {"index": task.index}))
    os._exit(0)


def _send(pending: Pending, tasks: Sequence[Task], through: Task, setup: Setup, answers: BinaryIO, last: bool) -> None:
    """Send what is pending as columns, up to and with the task `through`."""
    parts = packed(pending, {task.index: task.source for task in tasks}, setup)
    if parts is None:
        _give_up(answers, through)
    values = {
        "through": through.index,
        "reports": len(pending.read),
        "rejects": [(index, reason, message[:_LONGEST_MESSAGE]) for index, reason, message in pending.rejects],
        "retire": last and _is_worn(setup.limits),
    }
    send_answer(answers, Answer("rows", values, parts))
    pending.read.clear()
    pending.rejects.clear()
    pending.since = time.monotonic()


def packed(pending: Pending, sources: Mapping[int, str], setup: Setup) -> dict[str, bytes] | None:
    """The rows as columns, those of files that do not fit taken out; None where the memory is not enough."""
    try:
        with suppress(*_MISFIT):
            parts = pack([rows for _, rows in pending.read], setup.schemas)
            if _size(parts) <= _MOST_BYTES:
                return parts
        return pack(_without_misfits(pending, sources, setup), setup.schemas)
    except MemoryError:
        return None


def _size(parts: Mapping[str, bytes]) -> int:
    return sum(map(len, parts.values()))


def _without_misfits(pending: Pending, sources: Mapping[int, str], setup: Setup) -> list[Rows]:
    """The rows of the files that fit the contract and are not beyond all measure; the others become rejects."""
    fitting = []
    for index, rows in pending.read:
        try:
            size = _size(pack([rows], setup.schemas))
        except _MISFIT as error:
            if isinstance(error, MemoryError):
                raise
            pending.rejects.append((index, "crashed", crash_message(sources[index], error)))
            continue
        if size <= _MOST_BYTES:
            fitting.append((index, rows))
        else:
            pending.rejects.append((index, "too_large", _large_message(sources[index], size)))
    pending.read[:] = fitting
    return [rows for _, rows in fitting]


def _large_message(source: str, size: int) -> str:
    return (
        f"{source}\n  found     a text that makes {size} bytes of tables\n  expected  at most {_MOST_BYTES}\n"
        "  to do     look at the original; keep only the report and load again"
    )


def crash_message(source: str, error: BaseException) -> str:
    """The message of a reject for an error that nobody foresaw: its kind, its words, where it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}: " if frames else ""
    said = traceback.format_exception_only(error)[-1].strip()
    return (
        f"{source}\n  found     {place}{said}\n  expected  a file that its reader understands\n"
        "  to do     save it as .docx or .pdf and load again; tell the developers, with the file if it may be passed on"
    )


def _alarm(seconds: float) -> None:
    """Let the system end this process after so long (0: never), where nobody else is left to do so."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _is_worn(limits: Limits) -> bool:
    if sys.platform == "win32":
        return False
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return peak > limits.memory * _RETIRE_AT
