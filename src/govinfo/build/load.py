"""A folder of reports → the tables of the data contract, checks and themes included."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from tqdm import tqdm

from govinfo.build.manifest import MANIFEST, ManifestEntry, read_manifest
from govinfo.checks import run_checks
from govinfo.definitions.form import Form, forms
from govinfo.errors import ManifestError, UnreadableFileError
from govinfo.parse.report import Report, parse_report
from govinfo.readers import read_document
from govinfo.tables import SCHEMA, Tables, typed
from govinfo.themes import tag_themes

Row = dict[str, Any]
_ID_LENGTH = 16


def load(raw: Path | str, *, progress: bool = False, known_forms: Sequence[Form] | None = None) -> Tables:
    """The tables of all reports in a folder (or in one file), findings and themes included.

    Parameters
    ----------
    raw : a folder, read with its subfolders, or one file. Hidden files, `~$…` and the manifest are no input.
    progress : show a progress bar on standard error.
    known_forms : the generations of the form to read; by default all that the package defines.

    Returns
    -------
    Tables
        Every file is in `reports` or in `rejects`, never in neither.

    Raises
    ------
    FileNotFoundError
        There is no such folder or file.
    ManifestError
        The manifest cannot be used, or names a file that is not there.
    """
    raw = Path(raw)
    if not raw.exists():
        raise FileNotFoundError(f"{raw}\n  found     nothing\n  expected  a folder of reports, or one report")
    folder = raw if raw.is_dir() else raw.parent
    files = sorted(_input_files(raw), key=lambda path: path.relative_to(folder).as_posix())
    manifest = read_manifest(folder)
    if raw.is_dir():
        _check_manifest(manifest, folder)
    rows: dict[str, list[Row]] = {name: [] for name in SCHEMA}
    seen: dict[str, str] = {}
    for path in tqdm(files, unit="file", disable=not progress, leave=False):
        source = path.relative_to(folder).as_posix()
        _load_file(path, source, manifest.get(source), known_forms or forms(), seen, rows)
    return _finish(rows)


def _input_files(raw: Path) -> Iterator[Path]:
    if raw.is_file():
        yield raw
        return
    for path in raw.rglob("*"):
        parts = path.relative_to(raw).parts
        hidden = any(part.startswith((".", "~$")) for part in parts)
        if path.is_file() and not hidden and parts != (MANIFEST,):
            yield path


def _check_manifest(manifest: Mapping[str, ManifestEntry], folder: Path) -> None:
    for name in manifest:
        if not (folder / name).is_file():
            raise ManifestError(
                f"{MANIFEST}\n  found     {name}, which is not in {folder}\n  expected  files of that folder\n"
                "  to do     correct the name, or take the line out"
            )


def _load_file(
    path: Path,
    source: str,
    entry: ManifestEntry | None,
    known_forms: Sequence[Form],
    seen: dict[str, str],
    rows: dict[str, list[Row]],
) -> None:
    """Add what one file says to `rows`: a report with its figures, or a reject with its reason."""
    data = path.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        if sha256 in seen:
            raise UnreadableFileError("duplicate_file", f"{source}: the same bytes as {seen[sha256]}")
        document = read_document(path, source, data)
        report = parse_report(document, known_forms)
    except UnreadableFileError as error:
        rejected = {"source": source, "sha256": sha256, "reason": error.reason, "message": str(error)}
        rows["rejects"].append(rejected)
        return
    seen[sha256] = source
    report_id = sha256[:_ID_LENGTH]
    rows["reports"].append(_report_row(report_id, source, sha256, document.format, report, entry))
    for name, found in report.rows.items():
        rows[name].extend({"report_id": report_id, **row} for row in found)


def _report_row(
    report_id: str, source: str, sha256: str, format: str, report: Report, entry: ManifestEntry | None
) -> Row:
    """The row of `reports`; what the manifest says goes before what the text says."""
    said = report.identity
    entry = entry or ManifestEntry(source)
    return {
        "report_id": report_id,
        "source": source,
        "format": format,
        "form": report.form.code if report.form else "none",
        "level": "township" if entry.township else said.level,
        "issuer": said.issuer,
        "township": entry.township or said.township,
        "county": entry.county or said.county,
        "city": entry.city or said.city,
        "province": entry.province or said.province,
        "place_source": "manifest" if entry.township else said.place_source,
        "year": entry.year or said.year,
        "year_source": "manifest" if entry.year else said.year_source,
        "published_on": said.published_on,
        "title": said.title,
        "counted": True,
        "note": entry.note,
        "status": report.status,
        "cells_expected": report.cells_expected,
        "cells_found": report.cells_found,
        "sha256": sha256,
        "url": entry.url,
        "retrieved_on": entry.retrieved_on,
    }


def _finish(rows: Mapping[str, list[Row]]) -> Tables:
    """Typed frames of all rows, with themes and findings."""
    frames: dict[str, pd.DataFrame] = {name: typed(name, rows[name]) for name in SCHEMA}
    frames["problem_themes"] = tag_themes(frames["problems"])
    frames["findings"] = run_checks(Tables(**frames))
    return Tables(**frames)
