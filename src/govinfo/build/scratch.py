"""Private folders for what is temporary; those that a killed program could not remove are removed by the next one."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "govinfo-"
# held as long as the program lives to which the folder belongs
_ALIVE = ".alive"
# who makes a folder has so many seconds to hold its lock
_YOUNG = 60.0
_held: dict[Path, FileLock] = {}


def make_scratch() -> Path:
    """A new folder that nobody else can read; who makes it drops it (`drop_scratch`)."""
    _sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    lock = FileLock(folder / _ALIVE)
    lock.acquire()
    _held[folder] = lock
    return folder


def drop_scratch(folder: Path) -> None:
    """Remove the folder, as far as the system lets us."""
    lock = _held.pop(folder, None)
    if lock is not None:
        lock.release()
    shutil.rmtree(folder, ignore_errors=True)


def drop_abandoned(folder: Path) -> None:
    """Remove the folder where nothing is left in it and its program is no more."""
    with suppress(OSError, Timeout):
        if not any(path.name != _ALIVE for path in folder.iterdir()):
            with FileLock(folder / _ALIVE).acquire(timeout=0):
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder as of `make_scratch`, dropped at the end."""
    folder = make_scratch()
    try:
        yield folder
    finally:
        drop_scratch(folder)


def _sweep(temporary: Path) -> None:
    """Remove our folders whose programs are no more: of this user only, and no links."""
    for folder in temporary.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if folder.is_symlink() or folder.stat().st_uid != os.getuid():
                continue
            alive = folder / _ALIVE
            if time.time() - alive.stat().st_mtime < _YOUNG:
                continue
            with suppress(Timeout), FileLock(alive).acquire(timeout=0):
                shutil.rmtree(folder, ignore_errors=True)
