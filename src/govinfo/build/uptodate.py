"""Whether the main job has anything to do, told without loading what would do it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govinfo.build.built import Built, bytes_key, intact, read_built, remembered, tables_key, wanted
from govinfo.build.config import Config
from govinfo.build.lock import hold, lock_file
from govinfo.build.reading.limits import Limits
from govinfo.build.runlog import LOG, logged, step
from govinfo.errors import LockedError

_DEFAULT = Limits()
_JOURNAL = ".switch.json"


@dataclass(frozen=True)
class Refreshed:
    """What a run of the main job did. `contents` is the page to open first.

    `findings` counts by severity those that nobody dismissed; `loaded` says all this in words, registers included.
    `unread` are the files that gave no report and are no second copies. `changed` is whether anything was written.
    """

    reports: int
    rejects: int
    findings: Mapping[str, int]
    contents: Path
    workbook: Path | None
    pages: tuple[Path, ...] = ()
    processed: Path | None = None
    loaded: tuple[str, ...] = ()
    unread: int = 0
    changed: bool = True


def unchanged(config: Config, limits: Limits = _DEFAULT) -> Refreshed | None:
    """What was built last, where it rests on just what there is now and is still there; None where something is to do.

    Where nothing is to do, the run log gets its line, and nothing else is written.

    Raises
    ------
    LockedError
        Another process refreshes the study.
    """
    begun = time.monotonic()
    with alone(config):
        built = read_built(config)
        if journal(config).is_file() or not _is_current(built, config, limits):
            return None
        with logged(log(config), begun) as record:
            record.told |= {"result": "nothing", **sums(built.said)}
        return told(config, built.said, changed=False)


@contextmanager
def alone(config: Config) -> Iterator[None]:
    """Hold the study's lock; that another process holds it is told in the run log too.

    Raises
    ------
    LockedError
        Another process refreshes the study.
    """
    with ExitStack() as held:
        try:
            held.enter_context(hold(lock_file(config)))
        except LockedError:
            with logged(log(config)) as record, step(record, "lock"):
                raise
        yield


def journal(config: Config) -> Path:
    """The file that stands while new results are put in the place of old ones."""
    return config.path(config.processed) / _JOURNAL


def log(config: Config) -> Path:
    """The run log."""
    return config.path(config.output) / LOG


def sums(said: Mapping[str, Any]) -> dict[str, Any]:
    """What the run log tells of any build."""
    return {name: said[name] for name in ("reports", "rejects", "findings")}


def told(config: Config, said: Mapping[str, Any], changed: bool) -> Refreshed:
    """What a build said of itself, with its paths."""
    output = config.path(config.output)
    return Refreshed(
        reports=said["reports"],
        rejects=said["rejects"],
        findings=said["findings"],
        contents=output / "index.html",
        workbook=output / said["workbook"] if said["workbook"] else None,
        pages=tuple(output / name for name in said["pages"]),
        processed=config.path(config.processed),
        loaded=tuple(said["loaded"]),
        unread=said["unread"],
        changed=changed,
    )


def _is_current(built: Built, config: Config, limits: Limits) -> bool:
    tables = built.products.get("tables")
    try:
        if tables is None or not intact(tables, tables_key(config, limits), config):
            return False
        keys = wanted(config, bytes_key(tables.files), remembered(built))
    except OSError:
        # whoever loads the reports will say what is wrong with the folder
        return False
    return set(built.products) == {"tables", *keys} and all(
        intact(built.products[name], key, config) for name, key in keys.items()
    )
