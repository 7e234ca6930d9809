"""Reading processes as the system sees them: started, and ended for certain with all that they started.

Each is a program of its own (`python -c …`), not a fork and not a process of `multiprocessing`: a fork of a program
with threads (Jupyter, a server, pyarrow) may hang for ever, and a spawned process of `multiprocessing` runs the
user's script again, which without a `__main__` guard would load again. Each leads a session of its own, so that Ctrl-C
reaches only the program that loads, and what it started (a converter) dies with it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

# what is in the working folder must not be taken for a library (-P); the rest is found where we find it
_PROGRAM = "import sys; sys.path[:] = {path!r}; from govinfo.build.worker import main; main()"
# a process for each core is enough: its libraries need not start more threads
_THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_ahead: list[subprocess.Popen[bytes]] = []


def start_ahead() -> None:
    """Start a reading process before it is needed, so that it imports while we do; `take_process` gives it."""
    with suppress(OSError):
        _ahead.append(_start())


def take_process() -> subprocess.Popen[bytes]:
    """A reading process that waits for its `Setup`: the one that was started ahead, or a new one.

    Raises
    ------
    OSError
        It cannot be started.
    """
    while _ahead:
        process = _ahead.pop()
        if process.poll() is None:
            return process
    return _start()


def _start() -> subprocess.Popen[bytes]:
    program = _PROGRAM.format(path=[str(place) for place in sys.path])
    return subprocess.Popen(
        [sys.executable, "-P", "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **_THREADS},
        start_new_session=True,
    )


def end_process(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started, and wait for it."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):
            # first it is stopped, so that it cannot start another while its descendants are looked up
            os.kill(process.pid, signal.SIGSTOP)
        end_descendants(process.pid)
        for end in (os.killpg, os.kill):
            with suppress(ProcessLookupError, PermissionError):
                end(process.pid, signal.SIGKILL)
    process.wait()


def end_descendants(pid: int) -> None:
    """End what the process `pid` started, also in sessions of their own; on Linux only, elsewhere nothing."""
    if sys.platform == "linux":
        for started in list(_descendants(pid)):
            for end in (os.killpg, os.kill):
                # one that leads no group of its own is ended alone
                with suppress(ProcessLookupError, PermissionError):
                    end(started, signal.SIGKILL)


def _descendants(pid: int) -> Iterator[int]:
    """The processes that a process started, those that they started, and so on."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            # the name stands in brackets and may hold anything; after it come the state and the parent
            fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
            children.setdefault(int(fields[1]), []).append(int(folder.name))
        except (OSError, ValueError, IndexError):
            continue
    waiting = [pid]
    while waiting:
        found = children.get(waiting.pop(), [])
        yield from found
        waiting += found
