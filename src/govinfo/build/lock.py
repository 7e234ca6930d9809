"""One program at a time that writes the results of a study."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from govinfo.build.config import Config
from govinfo.errors import LockedError

LOCK = ".lock"


def lock_file(config: Config) -> Path:
    """The file whose lock whoever writes results of the study holds."""
    return config.path(config.processed) / LOCK


@contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the lock of that name, or raise at once. It goes with its process, however that ends; the empty file stays.

    Raises
    ------
    LockedError
        Another process holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LockedError(
            f"{path}\n  found     a lock that another process holds: it writes results of this study now\n"
            "  expected  one at a time\n  to do     wait until it is done"
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def hold_tables(folder: Path) -> Iterator[None]:
    """Hold the lock of the study whose tables lie in the folder; where it is no study's, nothing is held.

    Raises
    ------
    LockedError
        Another process holds it.
    """
    if not (folder / LOCK).is_file():
        yield
        return
    with hold(folder / LOCK):
        yield
