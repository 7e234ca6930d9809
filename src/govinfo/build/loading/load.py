"""A folder of reports → the tables of the data contract, checks and themes included."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
from tqdm import tqdm

from govinfo.build.loading.beside import Beside, read_beside
from govinfo.build.loading.gather import gather
from govinfo.build.loading.workers import Columns, Failure, read_all
from govinfo.build.reading.inputs import printable, sha256_of
from govinfo.build.reading.kept import Kept, read_new
from govinfo.build.reading.limits import Limits
from govinfo.build.reading.manifest import ManifestEntry
from govinfo.build.reading.one_file import Read, Setup, Task
from govinfo.build.registers.corrections import apply_corrections
from govinfo.build.registers.remarks import join_remarks
from govinfo.checks import run_checks, set_aside
from govinfo.definitions.form import Form, forms, using_forms
from govinfo.definitions.wording import say, words
from govinfo.errors import UnreadableFileError
from govinfo.gazetteer import place_row
from govinfo.readers import read_document
from govinfo.tables import DTYPES, SCHEMA, Tables, typed
from govinfo.themes import tag_themes

_DEFAULT = Limits()
# So many files go to a process at once where there are many: enough that the way there costs nothing.
_CHUNK = 32
_ROUNDS = 4


@dataclass
class _Found:
    """What became of the files, by their index in the order of names."""

    names: Sequence[str]
    columns: dict[str, list[tuple[int, pa.Table]]] = field(default_factory=lambda: {name: [] for name in SCHEMA})
    failures: dict[int, tuple[str, str]] = field(default_factory=dict)
    hashes: dict[int, str] = field(default_factory=dict)
    first_of: dict[bytes, int] = field(default_factory=dict)
    copies: dict[int, int] = field(default_factory=dict)
    reports: int = 0


def load(
    raw: Path | str | Sequence[Path | str],
    *,
    progress: bool = False,
    known_forms: Sequence[Form] | None = None,
    jobs: int | None = None,
    limits: Limits = _DEFAULT,
    read: Read = read_document,
    places: Path | str | None = None,
    corrections: Path | str | None = None,
    remarks: Path | str | None = None,
    kept: Kept | None = None,
) -> Tables:
    """The tables of all reports in a folder (or in one file, or several of both), findings and themes included.

    Files are read by other processes, within limits: one that hangs, crashes or eats memory becomes a row of
    `rejects`, and the others are read. The tables do not depend on `jobs`.

    Parameters
    ----------
    raw : a folder, read with its subfolders, or a file, or several. Hidden files, `~$…` and the manifest are no input.
    progress : show a progress bar on standard error.
    known_forms : the generations of the form to read; by default those of `forms()`, a file of one's own is read by
        `load_form`.
    jobs : how many files are read at once; by default as many as there are usable cores.
    limits : what one file may cost.
    read : makes a Document of (path, source, data); a function that can be imported by its name.
    places, corrections, remarks : CSV files of divisions that the gazetteer lacks (`read_places`), known misprints
        (`read_corrections`), and what officials said of findings (`read_remarks`); by default `places.csv`,
        `corrections.csv` and `remarks.csv` beside the folder of reports, where there are such.
    kept : the store of rows of files that were read before (`open_kept`); what is in it is not read again.

    Returns
    -------
    Tables
        Every file is in `reports` or in `rejects`, never in neither.

    Raises
    ------
    FileNotFoundError, ManifestError, PlacesError, RegisterError, WorkerError
        There is no such folder or file; the manifest, the list of places or a register cannot be used; the manifest
        names a file that is not there; the processes that read cannot be started.
    """
    inputs = gather(raw)
    beside, found = read_beside(inputs.folder, inputs.whole, places, corrections, remarks), _Found(inputs.names)
    schemas = {name: _schema(columns) for name, columns in SCHEMA.items()}
    setup = Setup(tuple(known_forms or forms()), schemas, read, limits, beside.places)
    _read(_tasks(inputs.folder, inputs.manifest, limits, found), setup, jobs or usable_cores(), progress, found, kept)
    with using_forms(setup.forms):
        return _finish(found, beside)


def _read(tasks: Iterator[Task], setup: Setup, jobs: int, progress: bool, found: _Found, kept: Kept | None) -> None:
    jobs = max(1, min(jobs, len(found.names)))
    size = max(1, min(_CHUNK, len(found.names) // (jobs * _ROUNDS)))

    def read(files: Iterator[Task]) -> Generator[Columns | Failure, None, None]:
        return read_all(_chunks(files, size), setup, jobs)

    every = read(tasks) if kept is None else read_new(tasks, kept, read)
    with closing(every) as outcomes, _bar(len(found.names), progress) as bar:
        for outcome in outcomes:
            _take_in(outcome, found)
            _show(bar, found)


def usable_cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def _schema(columns: Mapping[str, str]) -> pa.Schema:
    return pa.schema([(column, DTYPES[dtype]) for column, dtype in columns.items()])


def _tasks(folder: Path, manifest: Mapping[str, ManifestEntry], limits: Limits, found: _Found) -> Iterator[Task]:
    """The files to read, in order: neither those that cannot be opened nor copies, which are noted in `found`."""
    # the program that loads may change its working folder while others read
    folder = folder.absolute()
    for index, name in enumerate(found.names):
        path, source = str(folder / name), printable(name)
        try:
            sha256 = sha256_of(path, source, limits.file_bytes)
        except UnreadableFileError as error:
            found.failures[index] = (error.reason, str(error))
            continue
        found.hashes[index] = sha256
        first = found.first_of.setdefault(bytes.fromhex(sha256), index)
        if first == index:
            yield Task(index, path, source, sha256, manifest.get(name))
        else:
            found.copies[index] = first


def _chunks(tasks: Iterator[Task], size: int) -> Iterator[list[Task]]:
    chunk: list[Task] = []
    for task in tasks:
        chunk.append(task)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _take_in(outcome: Columns | Failure, found: _Found) -> None:
    if isinstance(outcome, Failure):
        found.failures[outcome.index] = (outcome.reason, outcome.message)
        return
    found.reports += outcome.reports
    for name, part in outcome.parts.items():
        found.columns[name].append((outcome.first, pa.ipc.open_stream(part).read_all()))


def _bar(total: int, shown: bool) -> tqdm[Any]:
    said = words("load")
    return tqdm(total=total, desc=said["reading"], unit=said["unit"], disable=not shown, leave=False)


def _show(bar: tqdm[Any], found: _Found) -> None:
    if found.failures:
        bar.set_postfix_str(say("load", "rejects", count=len(found.failures)), refresh=False)
    bar.update(found.reports + len(found.failures) + len(found.copies) - bar.n)


def _rejects(found: _Found) -> Iterator[dict[str, str | None]]:
    """A row for each file that gave no report, in the order of names.

    A copy of a file that was read is a `duplicate_file`; a copy of one that was rejected shares its reason.
    """
    for index in sorted({*found.failures, *found.copies}):
        source = printable(found.names[index])
        if index in found.failures:
            reason, message = found.failures[index]
        else:
            first = found.copies[index]
            same = f"{source}\n  found     the same bytes as {printable(found.names[first])}"
            reason = "duplicate_file"
            message = f"{same}\n  expected  each report once\n  to do     nothing: it is read once"
            if first in found.failures:
                reason, message = found.failures[first][0], f"{same}\n{found.failures[first][1]}"
        yield {
            "source": source,
            "sha256": found.hashes.get(index),
            "reason": reason,
            "message": message.encode("utf-8", "backslashreplace").decode("utf-8"),
        }


def _finish(found: _Found, beside: Beside) -> Tables:
    """Typed frames of all rows in the order of the files' names, corrected, with themes, findings and remarks."""
    frames: dict[str, pd.DataFrame] = {}
    for name in SCHEMA:
        parts = [table for _, table in sorted(found.columns.pop(name), key=lambda part: part[0])]
        frames[name] = typed(name, _frame(pa.concat_tables(parts)) if parts else ())
    frames["rejects"] = typed("rejects", _rejects(found))
    frames["places"] = typed("places", map(place_row, beside.places))
    frames["problem_themes"] = tag_themes(frames["problems"])
    read = apply_corrections(Tables(**frames), beside.corrections, below=beside.below, whole=beside.whole)
    tables = set_aside(read)
    return join_remarks(replace(tables, findings=run_checks(tables)), beside.remarks, whole=beside.whole)


def _frame(table: pa.Table) -> pd.DataFrame:
    """The columns as a frame, without a Python object for each value."""
    dtypes = {DTYPES[dtype]: pd.api.types.pandas_dtype(dtype) for dtype in DTYPES if not dtype.startswith("datetime")}
    return table.combine_chunks().to_pandas(types_mapper=dtypes.get)  # type: ignore[no-any-return]
