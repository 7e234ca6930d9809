"""The rows of single files as they were read before, so that only new and changed files are read again.

One SQLite file: a row for each file, found by all that its reading rests on (its bytes, its name, its line in the
manifest; the definitions, the readers, the libraries; the places that were added). What is kept is what a reading
process says, so it can be run as little as that can; broken entries are as good as none.
"""

from __future__ import annotations

import io
import sqlite3
import zlib
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import pyarrow as pa

from govinfo.build.keys import digest
from govinfo.build.loading.workers import Columns, Failure
from govinfo.build.reading.one_file import Task, stream_bytes
from govinfo.build.reading.wire import Answer, receive_answer, send_answer

# what such a file is does not change; other failures may be the machine's, and are tried again
_LASTING = ("empty", "encrypted", "not_a_report")
_LEVEL = 1
# the manifest's columns that end up in the rows or decide how a file is read
_ENTRY = ("url", "retrieved_on", "note", "township", "county", "city", "province", "year")
_TABLE = "CREATE TABLE IF NOT EXISTS rows (key TEXT PRIMARY KEY, answer BLOB NOT NULL) WITHOUT ROWID"
Outcome = Columns | Failure


@dataclass(frozen=True)
class Kept:
    """An open store. `key` is what all readings rest on; `used` are the entries of this run, `read` the files anew."""

    store: sqlite3.Connection
    key: str
    used: set[str] = field(default_factory=set)
    read: list[str] = field(default_factory=list)


@contextmanager
def open_kept(path: Path, key: str) -> Iterator[Kept]:
    """The store in the file `path`, made where there is none, and made anew where it is broken."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        store = _open(path)
    except sqlite3.DatabaseError:
        for name in (path.name, f"{path.name}-journal"):
            path.with_name(name).unlink(missing_ok=True)
        store = _open(path)
    with closing(store):
        yield Kept(store, key)


def _open(path: Path) -> sqlite3.Connection:
    store = sqlite3.connect(path, isolation_level=None)
    try:
        # a killed process loses nothing this way; after a power cut the file may be broken, and is then made anew
        store.execute("PRAGMA synchronous = OFF")
        store.execute("PRAGMA auto_vacuum = FULL")
        store.execute(_TABLE)
        store.execute("SELECT count(*) FROM rows").fetchone()
    except sqlite3.DatabaseError:
        store.close()
        raise
    return store


def read_new(
    tasks: Iterator[Task], kept: Kept, read: Callable[[Iterator[Task]], Generator[Outcome, None, None]]
) -> Generator[Outcome, None, None]:
    """What became of the files, each for itself: from the store where it has them, else by `read`, and kept then."""
    given: dict[int | str, Task] = {}
    taken: list[Outcome] = []

    def unread() -> Iterator[Task]:
        for task in tasks:
            outcome = _find(kept, task)
            if outcome is None:
                given[task.index] = given[task.sha256] = task
                kept.read.append(task.source)
                yield task
            else:
                taken.append(outcome)

    with closing(read(unread())) as outcomes:
        for outcome in outcomes:
            yield from _keep(kept, outcome, given)
            yield from taken
            taken.clear()
    yield from taken


def forget_others(kept: Kept) -> None:
    """Drop the entries that this run had no use for."""
    held = {key for (key,) in kept.store.execute("SELECT key FROM rows")}
    with _transaction(kept):
        kept.store.executemany("DELETE FROM rows WHERE key = ?", [(key,) for key in sorted(held - kept.used)])


def _key(kept: Kept, task: Task) -> str:
    said = None if task.entry is None else [getattr(task.entry, name) for name in _ENTRY]
    return digest(kept.key, task.sha256, task.source, said)


def _find(kept: Kept, task: Task) -> Outcome | None:
    key = _key(kept, task)
    kept.used.add(key)
    with suppress(sqlite3.DatabaseError, zlib.error, ValueError, EOFError):
        row = kept.store.execute("SELECT answer FROM rows WHERE key = ?", (key,)).fetchone()
        if row is not None:
            answer = receive_answer(io.BytesIO(zlib.decompress(row[0])))
            for _, reason, message in answer.values["rejects"]:
                return Failure(task.index, reason, message)
            return Columns(task.index, answer.parts, 1)
    return None


def _keep(kept: Kept, outcome: Outcome, given: Mapping[int | str, Task]) -> Iterator[Outcome]:
    """The outcome file by file, each put into the store on the way."""
    if isinstance(outcome, Failure):
        if outcome.reason in _LASTING:
            _put(kept, given[outcome.index], [(outcome.index, outcome.reason, outcome.message)], {})
        yield outcome
        return
    parts = _by_report(outcome.parts)
    with _transaction(kept):
        for sha256, own in parts.items():
            _put(kept, given[sha256], [], own)
    for sha256, own in parts.items():
        yield Columns(given[sha256].index, own, 1)


@contextmanager
def _transaction(kept: Kept) -> Iterator[None]:
    kept.store.execute("BEGIN")
    try:
        yield
    except BaseException:
        kept.store.execute("ROLLBACK")
        raise
    kept.store.execute("COMMIT")


def _put(kept: Kept, task: Task, rejects: list[tuple[int, str, str]], parts: Mapping[str, bytes]) -> None:
    values = {"through": task.index, "reports": 0 if rejects else 1, "rejects": rejects, "retire": False}
    stream = io.BytesIO()
    send_answer(stream, Answer("rows", values, parts))
    kept.store.execute(
        "INSERT OR REPLACE INTO rows VALUES (?, ?)", (_key(kept, task), zlib.compress(stream.getvalue(), _LEVEL))
    )


def _by_report(parts: Mapping[str, bytes]) -> dict[str, dict[str, bytes]]:
    """The columns of some files, parted by file: by the hash of its bytes, tables in their order."""
    tables = {name: pa.ipc.open_stream(data).read_all() for name, data in parts.items()}
    if "reports" not in tables:
        return {}
    ids, hashes = (tables["reports"].column(name).to_pylist() for name in ("report_id", "sha256"))
    whole = dict(zip(ids, hashes, strict=True))
    found: dict[str, dict[str, bytes]] = {sha256: {} for sha256 in whole.values()}
    for name, table in tables.items():
        start = 0
        # the rows of a file stand together
        for report_id, rows in groupby(table.column("report_id").to_pylist()):
            length = sum(1 for _ in rows)
            found[whole[report_id]][name] = stream_bytes(table.slice(start, length))
            start += length
    return found
