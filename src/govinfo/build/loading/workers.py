"""Processes that read files: who reads what, what came back, and what happens to a file over which one was lost."""

from __future__ import annotations

import pickle
import queue
import shutil
import sys
import threading
import time
from collections import deque
from collections.abc import Generator, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from govinfo.build.reading.limits import Limits
from govinfo.build.reading.one_file import Setup, Task
from govinfo.build.reading.processes import Process, end_process, interrupt_waits, take_process
from govinfo.build.reading.wire import Answer, receive_answer, send_object
from govinfo.build.scratch import drop_scratch, make_scratch
from govinfo.errors import GovinfoError

# A process is ready in half a second; on a machine that is busy or slow in opening files it may take long.
_SECONDS_TO_START = 120.0
_LOOK_EVERY = 0.25
_MOST_LOSSES = 3


class WorkerError(GovinfoError):
    """The processes that read files cannot be started, or end before they begin a file."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What some files gave, `first` the first of them: columns by table, and how many reports they are."""

    first: int
    parts: Mapping[str, bytes]
    reports: int


@dataclass(frozen=True, slots=True)
class Failure:
    """Why the file of that index gave no report."""

    index: int
    reason: str
    message: str


@dataclass
class _Worker:
    """A process, the tasks it has not answered for, and which of them it has begun."""

    number: int
    process: Process
    folder: Path
    deadline: float
    tasks: list[Task] = field(default_factory=list)
    begun: int | None = None
    files: int = 0
    ready: bool = False
    late: bool = False


@dataclass
class _Pool:
    """All processes, what they said, and what is to be done again after one was lost."""

    setup: Setup
    jobs: int
    folder: Path
    events: queue.Queue[tuple[int, Answer | None]] = field(default_factory=queue.Queue)
    workers: dict[int, _Worker] = field(default_factory=dict)
    again: deque[list[Task]] = field(default_factory=deque)
    alone: deque[Task] = field(default_factory=deque)
    started: int = 0
    losses: int = 0


def read_all(chunks: Iterator[list[Task]], setup: Setup, jobs: int) -> Generator[Columns | Failure, None, None]:
    """Read the files of all chunks in processes of their own.

    Parameters
    ----------
    chunks : files that go to one process together, in the order of their indices; taken as they are needed.
    setup : the same for all processes.
    jobs : how many processes there are at most.

    Yields
    ------
    Columns or Failure
        As they come. Every file is in one of them. `Columns` never overlap in their files.

    Raises
    ------
    WorkerError
        No process can be started.
    """
    folder = make_scratch()
    pool = _Pool(setup, jobs, folder)
    ahead: deque[list[Task]] = deque()
    try:
        while True:
            _hand_out(pool, ahead, chunks)
            if not any(worker.tasks for worker in pool.workers.values()):
                return
            if not ahead:
                # while the processes read, the next files are looked up
                ahead.extend(chunk for chunk in [next(chunks, None)] if chunk)
            yield from _hear(pool)
            if pool.events.empty():
                yield from _look_at_the_clock(pool)
    finally:
        with interrupt_waits():
            for worker in list(pool.workers.values()):
                _end(pool, worker)
            drop_scratch(folder)


def _hand_out(pool: _Pool, ahead: deque[list[Task]], chunks: Iterator[list[Task]]) -> None:
    """Give work to every process that has none, and start those that are lacking."""
    while pool.alone:
        idle = next((worker for worker in pool.workers.values() if not worker.tasks), None)
        if idle is not None and idle.files:
            _end(pool, idle)
            idle = None
        if idle is None and len(pool.workers) >= pool.jobs:
            break
        _give(idle or _start(pool), [pool.alone.popleft()], pool)
    while True:
        idle = next((worker for worker in pool.workers.values() if not worker.tasks), None)
        if idle is None and len(pool.workers) >= pool.jobs:
            return
        chunk = pool.again.popleft() if pool.again else ahead.popleft() if ahead else next(chunks, None)
        if chunk is None:
            return
        _give(idle or _start(pool), chunk, pool)


def _start(pool: _Pool) -> _Worker:
    try:
        process = take_process()
    except OSError as error:
        raise WorkerError(
            f"{sys.executable}\n  found     {error.strerror}\n  expected  a Python that can be started\n"
            "  to do     see that sys.executable is the Python that govinfo is installed for"
        ) from error
    pool.started += 1
    folder = pool.folder / process.mark
    folder.mkdir()
    worker = _Worker(pool.started, process, folder, time.monotonic() + _SECONDS_TO_START)
    pool.workers[worker.number] = worker
    stream = process.program.stdout
    threading.Thread(target=_listen, args=(worker.number, stream, pool.events), daemon=True).start()
    try:
        _send(worker, (pool.setup, str(folder)))
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise WorkerError(
            f"load\n  found     a form or a reader that no other process can be given: {error}\n"
            "  expected  what can be imported by its name\n  to do     put it into a module of its own"
        ) from error
    return worker


def _listen(number: int, stream: BinaryIO, events: queue.Queue[tuple[int, Answer | None]]) -> None:
    """Pass on what a process says; None when it says no more, or nonsense."""
    try:
        with stream, suppress(EOFError, OSError, ValueError):
            while True:
                events.put((number, receive_answer(stream)))
    finally:
        events.put((number, None))


def _give(worker: _Worker, tasks: list[Task], pool: _Pool) -> None:
    worker.tasks = tasks
    worker.begun = None
    if worker.ready:
        worker.deadline = time.monotonic() + pool.setup.limits.seconds
    _send(worker, tasks)


def _send(worker: _Worker, value: object) -> None:
    """Send to a process; one that is dead is noticed when its answers end."""
    with suppress(BrokenPipeError, ConnectionError):
        send_object(cast(BinaryIO, worker.process.program.stdin), value)


def _hear(pool: _Pool) -> Iterator[Columns | Failure]:
    """Take in what the processes have said; where nothing was said, wait a moment for it."""
    for more in range(max(1, pool.events.qsize())):
        try:
            number, answer = pool.events.get(timeout=0 if more else _LOOK_EVERY)
        except queue.Empty:
            return
        worker = pool.workers.get(number)
        if worker is None:
            continue
        if answer is None or answer.kind == "memory":
            yield from _lost(pool, worker, "crashed" if answer is None else "too_large")
        else:
            yield from _answered(pool, worker, answer)


def _answered(pool: _Pool, worker: _Worker, answer: Answer) -> Iterator[Columns | Failure]:
    worker.deadline = time.monotonic() + pool.setup.limits.seconds
    worker.late = False
    if answer.kind == "ready":
        worker.ready = True
        # it has nothing more to say there
        cast(BinaryIO, worker.process.program.stderr).close()
    elif answer.kind == "begin":
        worker.begun = answer.values["index"]
        worker.files += 1
        pool.losses = 0
    elif answer.kind == "rows":
        through = answer.values["through"]
        done = [task for task in worker.tasks if task.index <= through]
        worker.tasks = [task for task in worker.tasks if task.index > through]
        worker.begun = None
        yield Columns(done[0].index if done else through, answer.parts, answer.values["reports"])
        for index, reason, message in answer.values["rejects"]:
            yield Failure(index, reason, message)
        if answer.values["retire"]:
            _end(pool, worker)


def _look_at_the_clock(pool: _Pool) -> Iterator[Columns | Failure]:
    """Give up the files that take too long.

    A process is late only when it is found so twice: after this program was stopped for a while (Ctrl-Z, a laptop
    that slept), the answers that came meanwhile are heard first.
    """
    for worker in list(pool.workers.values()):
        if not worker.tasks or time.monotonic() < worker.deadline:
            continue
        if not worker.late:
            worker.late = True
            worker.deadline = time.monotonic() + _LOOK_EVERY
            continue
        yield from _lost(pool, worker, "timeout")


def _lost(pool: _Pool, worker: _Worker, reason: str) -> Iterator[Columns | Failure]:
    """End a process over the file it had begun; what it has not sent of other files is read again.

    A file that crashed a process, or took its memory, is tried once more alone in a new one, for what was read before
    may have been the cause. Where it was the first there, it is given up. A process that was ended from outside before
    it began a file is replaced, a few times.
    """
    limits = pool.setup.limits
    tasks, begun, files = worker.tasks, worker.begun, worker.files
    _end(pool, worker)
    code = worker.process.program.returncode
    if not worker.ready and (reason == "timeout" or code >= 0):
        raise _not_started(worker)
    if begun is None:
        pool.losses += 1
        if pool.losses > _MOST_LOSSES:
            raise _not_started(worker)
        pool.again.extend([tasks] if tasks else [])
        return
    before = [task for task in tasks if task.index < begun]
    after = [task for task in tasks if task.index > begun]
    pool.again.extend(part for part in (before, after) if part)
    task = next(task for task in tasks if task.index == begun)
    if reason != "timeout" and files > 1:
        pool.alone.append(task)
        return
    yield Failure(begun, reason, _why(task, reason, code, limits))


def _why(task: Task, reason: str, code: int, limits: Limits) -> str:
    found = {
        "timeout": f"not read after {limits.seconds:g} seconds",
        "too_large": f"reading it takes more than {limits.memory // 1024**2} MB of memory",
        "crashed": f"the process that read it ended ({'signal ' + str(-code) if code < 0 else 'code ' + str(code)})",
    }[reason]
    expected = {
        "timeout": "a report, which takes less than a second (a scan: some six seconds a page)",
        "too_large": "a report, which takes a few MB",
        "crashed": "a file that its reader understands",
    }[reason]
    to_do = "look at the original; save only the report as .docx or .pdf and load again"
    if reason == "timeout":
        to_do += ", or allow more seconds (--timeout)"
    return f"{task.source}\n  found     {found}\n  expected  {expected}\n  to do     {to_do}"


def _not_started(worker: _Worker) -> WorkerError:
    code, stream = worker.process.program.returncode, cast(BinaryIO, worker.process.program.stderr)
    said = "" if stream.closed else stream.read().decode("utf-8", errors="replace").strip()
    stream.close()
    words = "\n".join(f"    {line}" for line in said.splitlines()[-3:])
    return WorkerError(
        f"{sys.executable}\n  found     a reading process that ended (code {code}) before it"
        f" read anything:\n{words}\n  expected  one that starts\n"
        "  to do     see what it says; forms and readers given to `load` must be importable by name"
    )


def _end(pool: _Pool, worker: _Worker) -> None:
    """End a process with all that it started, and what they left on the disk."""
    pool.workers.pop(worker.number, None)
    end_process(worker.process)
    shutil.rmtree(worker.folder, ignore_errors=True)
