"""What people keep beside the folder of reports: places of their own, known misprints, remarks on findings."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from govinfo.build.registers.corrections import CORRECTIONS, Correction, read_corrections
from govinfo.build.registers.remarks import REMARKS, Remark, join_remarks, read_remarks
from govinfo.definitions.wording import say
from govinfo.gazetteer import Division, read_places
from govinfo.tables import Tables, read_tables

PLACES = "places.csv"
# the folder of a single file and those above it beside which they may lie
_MOST_UP = 4
Given = Path | str | None
# what of a correction tells whether its line has changed since
_TOLD = ("source", "sha256", "as_printed", "corrected", "reason", "decided_by")


@dataclass(frozen=True)
class Beside:
    """What lies there.

    `below` is what stands before a report's source in the paths of the register of corrections; `whole` is whether
    all reports of which the registers may speak are loaded.
    """

    places: tuple[Division, ...]
    corrections: Sequence[Correction]
    remarks: Sequence[Remark]
    below: str
    whole: bool


def read_beside(folder: Path, whole: bool, places: Given, corrections: Given, remarks: Given) -> Beside:
    """What lies at the given paths, else beside `folder`; for one file of it (not `whole`) beside a folder above too.

    Raises
    ------
    PlacesError, RegisterError
        One of the files cannot be used.
    """
    up = 1 if whole else _MOST_UP
    divisions = _find(folder, PLACES, places, up)
    misprints, said = _find(folder, CORRECTIONS, corrections, up), _find(folder, REMARKS, remarks, up)
    below = ""
    if misprints is not None and corrections is None:
        # the register's paths begin in the folder of reports, which lies beside it
        below = "".join(f"{part}/" for part in _whole(folder).relative_to(misprints.parent).parts[1:])
    return Beside(
        places=() if divisions is None else read_places(divisions),
        corrections=() if misprints is None else read_corrections(misprints),
        remarks=() if said is None else read_remarks(said),
        below=below,
        whole=whole,
    )


def read_study(processed: Path, raw: Path) -> tuple[Tables, list[str]]:
    """The tables that were loaded to a folder, with the remarks that now lie beside the reports, and what is outdated.

    Raises
    ------
    RegisterError, TablesError
        A register cannot be used, or there are no tables.
    """
    tables = read_tables(processed)
    remarks, corrections = _find(raw, REMARKS, None, 1), _find(raw, CORRECTIONS, None, 1)
    said = () if remarks is None else read_remarks(remarks)
    now = () if corrections is None else read_corrections(corrections)
    outdated = [say("load", "corrections_changed")] if _lines(tables) != [_line(one) for one in now] else []
    return join_remarks(tables, said), outdated


def register_path(raw: Path, name: str) -> Path:
    """Where a register of that name lies, or would lie: beside the folder of reports."""
    return _whole(raw).parent / name


def _lines(tables: Tables) -> list[tuple[str, ...]]:
    """The lines of the register of corrections as it was when the tables were loaded."""
    columns = [tables.corrections[name].fillna("") for name in _TOLD]
    return list(zip(*columns, strict=True))


def _line(one: Correction) -> tuple[str, ...]:
    return tuple(str(getattr(one, name)) for name in _TOLD)


def _find(folder: Path, name: str, given: Given, up: int) -> Path | None:
    if given is not None:
        return Path(given)
    beside = (above / name for above in _whole(folder).parents[:up])
    return next((file for file in beside if file.is_file()), None)


def _whole(folder: Path) -> Path:
    """The folder's path from the root: what `..` leads to lies beside it, not what it leads through."""
    return Path(os.path.normpath(folder.absolute()))
