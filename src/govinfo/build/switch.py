"""Putting new files in the place of old ones, all or none.

First all new files are written beside (`staging`). Then a journal names every file that is to move: from the moment it
is there the new state is decided. Each move replaces a whole file by a whole file. Whoever is killed before the journal
stands has changed nothing; whoever is killed after it has decided, and the next one finishes what the journal says.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from govinfo.build.files import write_whole

_STAGING = ".next"


def staging(folder: Path) -> Path:
    """Where files that will stand in `folder` are written first: on the same disk, out of sight."""
    return folder / _STAGING


def switch(journal: Path, moves: Sequence[tuple[Path, Path]], gone: Iterable[Path] = ()) -> None:
    """Move each staged file to its place and remove those that are `gone`; `journal` stands as long as it lasts.

    Raises
    ------
    OSError
        A file cannot be replaced, e.g. because a program holds it open; the next `finish` goes on.
    """
    base = journal.parent
    names = [[_relative(staged, base), _relative(final, base)] for staged, final in moves]
    said = {"moves": names, "gone": [_relative(path, base) for path in gone]}
    write_whole(journal, json.dumps(said).encode("ascii"))
    finish(journal)


def finish(journal: Path) -> bool:
    """Do what is left of a switch that was begun; whether there was one.

    Raises
    ------
    OSError
        As `switch`.
    """
    try:
        said = json.loads(journal.read_bytes())
    except FileNotFoundError:
        return False
    except ValueError:
        # a power cut: what was moved and what was not, the next build sees by the bytes
        journal.unlink()
        return False
    base = journal.parent
    for staged, final in said["moves"]:
        # one that is there no more has been moved
        if (base / staged).is_file():
            (base / final).parent.mkdir(parents=True, exist_ok=True)
            (base / staged).replace(base / final)
    for name in said["gone"]:
        (base / name).unlink(missing_ok=True)
        # a folder of which all is gone goes too
        with suppress(OSError):
            for folder in (base / name).parents[:2]:
                folder.rmdir()
    journal.unlink()
    return True


def clear(folders: Iterable[Path]) -> None:
    """Remove what is left in the staging of these folders."""
    for folder in folders:
        if staging(folder).is_dir():
            shutil.rmtree(staging(folder))


def clear_empty(folder: Path) -> None:
    """Remove the folder and those in it as far as no file is left in them."""
    for path in sorted((one for one in folder.rglob("*") if one.is_dir()), reverse=True):
        with suppress(OSError):
            path.rmdir()
    with suppress(OSError):
        folder.rmdir()


def _relative(path: Path, base: Path) -> str:
    return Path(os.path.relpath(path, base)).as_posix()
