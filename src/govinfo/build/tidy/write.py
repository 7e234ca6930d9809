"""Writing the tidy tables to a folder: all files or none, and nobody else's file is touched."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from govinfo.build.keys import file_digest
from govinfo.build.switch import clear, finish, staging, switch
from govinfo.build.tidy.csv_files import csv_bytes
from govinfo.build.tidy.frames import EXPORTED, tidy_frames
from govinfo.build.tidy.package import PACKAGE, PAGE, SUFFIXES, Written, known_files, package_bytes, written
from govinfo.build.tidy.page import page_bytes
from govinfo.build.tidy.stata_files import stata_bytes
from govinfo.definitions.dictionary import TableEntry, dictionary
from govinfo.errors import TablesError
from govinfo.tables import DTYPES, Tables

FORMATS = tuple(SUFFIXES)
_JOURNAL = ".govinfo-export"
# what systems put into folders unasked
_UNASKED = ("thumbs.db", "desktop.ini")


def export_tables(tables: Tables, folder: Path, kind: str, notice: str | None = None) -> list[Path]:
    """Write each table to `folder` (made where it is not there) as a file, with datapackage.json and a dictionary.

    An earlier export in it, in whatever format, is replaced: all of it or, where this fails, none. The same tables give
    the same bytes. `kind` is one of FORMATS; `notice` stands above the dictionary.

    Raises
    ------
    TablesError
        `folder` is a file, or holds files that are not those of an earlier export as it was written.
    """
    if folder.exists() and not folder.is_dir():
        raise _not_ours(folder, "a file")
    journal = folder / _JOURNAL
    finish(journal)
    old = _check_ours(folder)
    clear([folder])
    files: dict[str, Written] = {}
    beside = staging(folder)
    beside.mkdir(parents=True)
    try:
        for name, frame in tidy_frames(tables).items():
            content = _WRITERS[kind](frame, dictionary().tables[name])
            files[name] = written(f"{name}.{SUFFIXES[kind]}", content, len(frame))
            (beside / files[name].name).write_bytes(content)
        page = page_bytes(files, kind, notice)
        (beside / PAGE).write_bytes(page)
        (beside / PACKAGE).write_bytes(package_bytes(files, written(PAGE, page), kind, notice))
        names = [*(file.name for file in files.values()), PAGE, PACKAGE]
        switch(
            journal, [(beside / name, folder / name) for name in names], [folder / name for name in old - set(names)]
        )
    finally:
        # what has begun to move is needed: the next export goes on with it
        if not journal.exists():
            clear([folder])
    return [folder / name for name in names]


def _check_ours(folder: Path) -> set[str]:
    """The names of an earlier export's files in the folder; raises where it holds anything else."""
    there = {path.name: path for path in folder.iterdir()} if folder.exists() else {}
    there = {name: path for name, path in there.items() if not name.startswith(".") and name.lower() not in _UNASKED}
    if not there:
        return set()
    package = there.pop(PACKAGE, None)
    known = known_files(package.read_bytes()) if package is not None and package.is_file() else {}
    if package is not None and not known:
        raise _not_ours(folder, f"{PACKAGE}, which this command did not write")
    for name, path in sorted(there.items()):
        if name not in known:
            raise _not_ours(folder, f"{name}, which this command did not write")
        if not path.is_file() or file_digest(path) != known[name]:
            raise _not_ours(folder, f"{name}, which was changed since this command wrote it")
    return {*there, *([] if package is None else [PACKAGE])}


def _not_ours(folder: Path, found: str) -> TablesError:
    expected = "a new or an empty folder, or an earlier export"
    return TablesError(f"{folder}\n  found     {found}\n  expected  {expected}\n  to do     name another folder")


def _csv(frame: pd.DataFrame, entry: TableEntry) -> bytes:
    return csv_bytes(frame)


def _parquet(frame: pd.DataFrame, entry: TableEntry) -> bytes:
    schema = pa.schema([(column, DTYPES[dtype]) for column, dtype in EXPORTED[entry.name].items()])
    target = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(frame, schema=schema, preserve_index=False), target, compression="zstd")
    return target.getvalue()


_WRITERS: dict[str, Callable[[pd.DataFrame, TableEntry], bytes]] = {
    "csv": _csv,
    "stata": stata_bytes,
    "parquet": _parquet,
}
