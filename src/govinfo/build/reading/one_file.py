"""One file → its rows of the data contract, and rows of many files → columns that travel.

Everything here runs in a process that may die of what it reads; it imports neither pandas nor what draws or writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from govinfo.build.reading.inputs import read_input
from govinfo.build.reading.limits import Limits
from govinfo.build.reading.manifest import ManifestEntry
from govinfo.definitions.form import Form
from govinfo.gazetteer import Division, Gazetteer, gazetteer
from govinfo.parse.identity.places import Given
from govinfo.parse.report import Report, parse_report
from govinfo.readers import Document

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Read = Callable[[Path, str, bytes], Document]
_ID_LENGTH = 16
# the columns of `reports` that are the identity's
_IDENTITY = (
    *("level", "issuer", "township", "county", "city", "province", "division_code", "nbs_code"),
    *("year", "year_source", "place_source", "published_on", "title"),
)


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read: its place in the order of all files, where it is, what it is called, its bytes' hash."""

    index: int
    path: str
    source: str
    sha256: str
    entry: ManifestEntry | None = None


@dataclass(frozen=True, slots=True)
class Setup:
    """What a reading process is told once: the forms to read, the columns to give, how to read, the limits, and which
    places there are beside those of the gazetteer."""

    forms: tuple[Form, ...]
    schemas: Mapping[str, pa.Schema]
    read: Read
    limits: Limits
    places: tuple[Division, ...] = ()


def read_file(task: Task, setup: Setup) -> Rows:
    """The rows of one file for each table: one of `reports`, and those that it holds.

    Raises
    ------
    UnreadableFileError
        The file gives no report; `reason` says why.
    """
    data = read_input(task.path, task.source, setup.limits.file_bytes, task.sha256)
    document = setup.read(Path(task.path), task.source, data)
    report = parse_report(document, setup.forms, _given(task.entry), _divisions(setup.places))
    row = _report_row(task, document.format, report)
    rows: Rows = {"reports": [row]}
    for name, found in report.rows.items():
        rows[name] = [{"report_id": row["report_id"], **item} for item in found]
    return rows


def _report_row(task: Task, format: str, report: Report) -> Row:
    """The row of `reports`."""
    said = report.identity
    entry = task.entry or ManifestEntry(task.source)
    return {
        "report_id": task.sha256[:_ID_LENGTH],
        "source": task.source,
        "format": format,
        "form": report.form.code if report.form else "none",
        **{name: getattr(said, name) for name in _IDENTITY},
        "counted": True,
        "note": entry.note,
        "status": report.status,
        "cells_expected": report.cells_expected,
        "cells_found": report.cells_found,
        "sha256": task.sha256,
        "url": entry.url,
        "retrieved_on": entry.retrieved_on,
    }


@lru_cache(maxsize=1)
def _divisions(places: tuple[Division, ...]) -> Gazetteer:
    return gazetteer().extended(places) if places else gazetteer()


def _given(entry: ManifestEntry | None) -> Given:
    if entry is None:
        return Given()
    return Given(entry.township, entry.county, entry.city, entry.province, entry.year)


def pack(files: Sequence[Rows], schemas: Mapping[str, pa.Schema]) -> dict[str, bytes]:
    """The rows of some files as columns, one stream of bytes for each table that has any.

    Raises
    ------
    ValueError, TypeError, OverflowError, pyarrow.ArrowException
        A value is not of its column's type, or a column or table is not declared.
    """
    merged: Rows = {}
    for rows in files:
        for name, found in rows.items():
            merged.setdefault(name, []).extend(found)
    return {name: _stream(name, rows, schemas) for name, rows in merged.items() if rows}


def _stream(name: str, rows: list[Row], schemas: Mapping[str, pa.Schema]) -> bytes:
    if name not in schemas:
        raise ValueError(f"table {name} is not declared")
    schema = schemas[name]
    extra = {key for row in rows for key in row} - set(schema.names)
    if extra:
        raise ValueError(f"table {name} has undeclared columns {sorted(extra)}")
    columns = [_column([row.get(field.name) for row in rows], field.type) for field in schema]
    return stream_bytes(pa.Table.from_arrays(columns, schema=schema))


def stream_bytes(table: pa.Table) -> bytes:
    """Columns as they go through a pipe, or into the store of kept rows."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]


def _column(values: list[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_timestamp(kind):
        return pa.array(values, pa.date32()).cast(kind)
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        # half a character, as broken pages hold: it can be neither stored nor shown
        whole = [None if value is None else value.encode("utf-8", "replace").decode("utf-8") for value in values]
        return pa.array(whole, kind)
