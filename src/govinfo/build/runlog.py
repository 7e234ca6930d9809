"""The run log: one line of JSON for each run of the main job, whatever became of it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from traceback import format_exception_only
from typing import Any

from govinfo.definitions.wording import say
from govinfo.errors import GovinfoError

LOG = "refresh.jsonl"


@dataclass
class Record:
    """What is told of a run so far. `step` is the one that runs now, or in which it failed."""

    told: dict[str, Any] = field(default_factory=dict)
    step: str | None = None
    seconds: dict[str, float] = field(default_factory=dict)


@contextmanager
def logged(path: Path, since: float | None = None) -> Iterator[Record]:
    """Tell of the run in the log at `path` when it ends, also when an error ends it.

    `since` is when it began, by the clock of `time.monotonic`, where that was before now.
    """
    begun = time.monotonic() if since is None else since
    record, started = Record(), datetime.now(UTC) - timedelta(seconds=time.monotonic() - begun)
    error: BaseException | None = None
    try:
        yield record
    except BaseException as raised:
        error = raised
        raise
    finally:
        result = record.told.pop("result", "done") if error is None else "failed"
        line = {
            "started": started.isoformat(timespec="seconds"),
            "result": result,
            "seconds": round(time.monotonic() - begun, 2),
            "text": _text(result, record),
            **({"step": record.step, "error": _error(error)} if error is not None else {}),
            "steps": record.seconds,
            **record.told,
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        _append(path, json.dumps(line, ensure_ascii=False) + "\n")


@contextmanager
def step(record: Record, name: str) -> Iterator[None]:
    """A step of the run; an error in it is noted as that step's."""
    record.step, begun = name, time.monotonic()
    try:
        yield
    except BaseException as error:
        error.add_note(say("refresh", "failed", step=say("refresh", f"step_{name}"), code=name))
        raise
    record.step = None
    record.seconds[name] = round(record.seconds.get(name, 0) + time.monotonic() - begun, 2)


def _text(result: str, record: Record) -> str:
    """The run in a few words."""
    if result == "failed":
        name = record.step or "start"
        return say("refresh", "failed", step=say("refresh", f"step_{name}"), code=name)
    if result == "nothing":
        return say("refresh", "unchanged")
    return say("refresh", "did", **{name: record.told.get(name, 0) for name in ("read", "kept", "ran")})


def _error(error: BaseException) -> str:
    """What went wrong: the message of an error of ours, else its kind too."""
    return str(error) if isinstance(error, GovinfoError) else "".join(format_exception_only(error)).splitlines()[0]


def _append(path: Path, line: str) -> None:
    """Add a line in one write, so that lines of two processes never mix."""
    number = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    try:
        os.write(number, line.encode("utf-8", "backslashreplace"))
    finally:
        os.close(number)
