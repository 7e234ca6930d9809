"""The reports' own files, looked at anew: what hash each has today."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from govinfo.build.reading.inputs import input_names, printable, sha256_of
from govinfo.build.reading.limits import Limits
from govinfo.errors import UnreadableFileError


def sums_today(raw: Path, sources: Iterable[str]) -> dict[str, str | None]:
    """The SHA-256 of the files of these sources as they are now; None where one is not there or cannot be read."""
    wanted = dict.fromkeys(sources)
    if not wanted or not raw.is_dir():
        return dict.fromkeys(wanted)
    # tables hold names as they can be printed
    names = {printable(name): name for name in input_names(raw, "")}
    return {source: _sum(raw, names.get(source), source) for source in wanted}


def _sum(raw: Path, name: str | None, source: str) -> str | None:
    if name is None:
        return None
    try:
        return sha256_of(str(raw / name), source, Limits().file_bytes)
    except UnreadableFileError:
        return None
