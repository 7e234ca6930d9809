"""The process that reads files, for it may hang, crash or run out of memory over them.

It is started by `workers.py`, takes tasks from standard input and answers on standard output. It lives no longer
than the process that started it: when its input ends, it ends with all that it has started.
"""

from __future__ import annotations

import os
import queue
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from govinfo.build.limits import Limits
from govinfo.build.processes import end_descendants
from govinfo.build.reading import Rows, Setup, Task, pack, read_file
from govinfo.build.wire import Answer, receive_object, send_answer
from govinfo.definitions.form import forms
from govinfo.errors import UnreadableFileError
from govinfo.parse.labels import label_index
from govinfo.parse.report import parse_report
from govinfo.readers.text import read_text

if sys.platform != "win32":
    import resource

# What was read is sent after so long: little is read again where a later file ends the process.
_SEND_AFTER = 1.0
# A process that once took this part of its memory is replaced, so that the next big file finds all of it.
_RETIRE_AT = 0.25
_LONGEST_MESSAGE = 2_000


@dataclass
class _Pending:
    """What was read and not yet sent."""

    read: list[tuple[int, Rows]] = field(default_factory=list)
    rejects: list[tuple[int, str, str]] = field(default_factory=list)
    since: float = 0.0


def main() -> None:
    """Read files until there are no more tasks."""
    answers = _own_output()
    _warm_up()
    try:
        setup, folder = receive_object(sys.stdin.buffer)
    except EOFError:
        return
    # what is left behind when this process is ended lies in a folder that goes with it
    tempfile.tempdir = folder
    os.environ.update({"TMPDIR": folder, "TMP": folder, "TEMP": folder})
    _guard(setup.limits)
    for form in setup.forms:
        label_index(form)
    waiting: queue.SimpleQueue[Sequence[Task]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(waiting,), daemon=True).start()
    send_answer(answers, Answer("ready", {}))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    while True:
        _read_all(waiting.get(), setup, answers)


def _warm_up() -> None:
    """Load the definitions by reading a text that is no report, while the program that loads still imports."""
    with suppress(UnreadableFileError):
        parse_report(read_text(b"0", "", "txt"), forms())


def _own_output() -> BinaryIO:
    """Standard output for ourselves: what a library prints must not get between the answers."""
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return own


def _guard(limits: Limits) -> None:
    """Hold this process to its memory; Ctrl-C is for the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = limits.memory if hard == resource.RLIM_INFINITY else min(limits.memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _listen(waiting: queue.SimpleQueue[Sequence[Task]]) -> None:
    """Take tasks as they come; at the end of the input, end everything here at once."""
    try:
        while True:
            waiting.put(receive_object(sys.stdin.buffer))
    except (EOFError, OSError):
        end_descendants(os.getpid())
        if sys.platform != "win32" and os.getpgrp() == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(0)


def _read_all(tasks: Sequence[Task], setup: Setup, answers: BinaryIO) -> None:
    pending = _Pending(since=time.monotonic())
    for task in tasks:
        send_answer(answers, Answer("begin", {"index": task.index}))
        _alarm(setup.limits.seconds * 2 + 30)
        try:
            pending.read.append((task.index, read_file(task, setup)))
        except UnreadableFileError as error:
            pending.rejects.append((task.index, error.reason, str(error)))
        except MemoryError:
            _give_up(answers, task)
        except BaseException as error:  # noqa: BLE001  whatever one file provokes, the others must be read
            pending.rejects.append((task.index, "crashed", crash_message(task.source, error)))
        last = task is tasks[-1]
        if last or time.monotonic() - pending.since > _SEND_AFTER:
            _send(pending, tasks, task, setup, answers, last)
    _alarm(0)


def _give_up(answers: BinaryIO, task: Task) -> None:
    send_answer(answers, Answer("memory", {"index": task.index}))
    os._exit(0)


def _send(pending: _Pending, tasks: Sequence[Task], through: Task, setup: Setup, answers: BinaryIO, last: bool) -> None:
    """Send what is pending as columns, up to and with the task `through`."""
    try:
        parts = pack([rows for _, rows in pending.read], setup.schemas)
    except (ValueError, TypeError, OverflowError, pa.ArrowException):
        sources = {task.index: task.source for task in tasks}
        parts = pack(_without_misfits(pending, sources, setup), setup.schemas)
    except MemoryError:
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


def _without_misfits(pending: _Pending, sources: dict[int, str], setup: Setup) -> list[Rows]:
    """The rows of the files that fit the contract; the others become rejects."""
    fitting = []
    for index, rows in pending.read:
        try:
            pack([rows], setup.schemas)
        except (ValueError, TypeError, OverflowError, pa.ArrowException) as error:
            pending.rejects.append((index, "crashed", crash_message(sources[index], error)))
        else:
            fitting.append((index, rows))
    pending.read[:] = fitting
    return [rows for _, rows in fitting]


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
