"""Reading processes as the system sees them: started, and ended for certain with all that they started.

Each is a program of its own (`python -c …`), not a fork and not a process of `multiprocessing`: a fork of a program
with threads (Jupyter, a server, pyarrow) may hang for ever, and a spawned process of `multiprocessing` runs the
user's script again, which without a `__main__` guard would load again. Each leads a session of its own, so that Ctrl-C
reaches only the program that loads. docs/decisions/0001-reading-processes.md says what was measured.

What a reading process started (a converter) dies with it: it is found by its session or by the mark that it inherits
in its environment, for the process that started it may be gone and its children be children of another by then.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

# what is in the working folder must not be taken for a library (-P); the rest is found where we find it
_PROGRAM = "import sys; sys.path[:] = {path!r}; from govinfo.build.reading.worker import main; main()"
# a process for each core is enough: its libraries need not start more threads
_THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
# the environment's word for the mark
MARK = "GOVINFO_READER"
_SECONDS_TO_DIE = 2.0


@dataclass(frozen=True, slots=True)
class Process:
    """A reading process, and the mark that stands in the environment of all that it starts."""

    program: subprocess.Popen[bytes]
    mark: str


_ahead: list[Process] = []


def start_ahead() -> None:
    """Start a reading process before it is needed, so that it imports while we do; `take_process` gives it."""
    with suppress(OSError):
        _ahead.append(_start())


def take_process() -> Process:
    """A reading process that waits for its `Setup`: the one that was started ahead, or a new one.

    Raises
    ------
    OSError
        It cannot be started.
    """
    while _ahead:
        process = _ahead.pop()
        if process.program.poll() is None:
            return process
        end_process(process)
    return _start()


def _start() -> Process:
    program = _PROGRAM.format(path=[str(place) for place in sys.path])
    mark = uuid.uuid4().hex
    started = subprocess.Popen(
        [sys.executable, "-P", "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **_THREADS, MARK: mark},
        start_new_session=True,
    )
    return Process(started, mark)


def end_process(process: Process) -> None:
    """End a process and all that it started, and wait for it; what it said on standard error may still be read."""
    program = process.program
    if sys.platform == "win32":
        program.kill()
    else:
        _kill(program.pid)
        end_started(program.pid, process.mark)
    program.wait()
    with suppress(OSError):
        if program.stdin:
            program.stdin.close()


@contextmanager
def interrupt_waits() -> Iterator[None]:
    """Let a Ctrl-C that comes meanwhile be heard only afterwards: who presses twice must not stop the tidying up."""
    if threading.current_thread() is not threading.main_thread():
        # it is never heard in other threads
        yield
        return
    heard = False

    def remember(*_: object) -> None:
        nonlocal heard
        heard = True

    before = signal.signal(signal.SIGINT, remember)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if heard:
        signal.raise_signal(signal.SIGINT)


def end_started(pid: int, mark: str) -> None:
    """End all that the process `pid` started, also in sessions of their own; on Linux only, elsewhere nothing."""
    if sys.platform == "linux":
        until = time.monotonic() + _SECONDS_TO_DIE
        # again, for one of them may have started another meanwhile
        while found := list(_started(pid, mark.encode())):
            for number in found:
                _kill(number)
            if time.monotonic() > until:
                return
            time.sleep(0.005)


def _kill(pid: int) -> None:
    """End a process, and its group where it leads one."""
    for end in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            end(pid, signal.SIGKILL)


def _started(pid: int, mark: bytes) -> Iterator[int]:
    """The living processes of the session of `pid`, and those with the mark in their environment, but not itself."""
    for folder in Path("/proc").glob("[0-9]*"):
        if folder.name == str(pid):
            continue
        try:
            # the name stands in brackets and may hold anything; after it: state, parent, group, session
            state, _, _, session = (folder / "stat").read_bytes().rpartition(b")")[2].split()[:4]
            if state not in (b"Z", b"X") and (session == b"%d" % pid or mark in (folder / "environ").read_bytes()):
                yield int(folder.name)
        except (OSError, ValueError):
            # it has ended, or is another user's
            continue
