"""One refresh of a study at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from govinfo.errors import LockedError


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
            f"{path}\n  found     a lock that another process holds: it refreshes this study now\n"
            "  expected  one refresh at a time\n  to do     wait until it is done"
        ) from error
    try:
        yield
    finally:
        lock.release()
