"""What a result rests on, as one hash: files, our own code and definitions, the libraries, the programs that help.

Nothing here knows what the files mean, and nothing heavy is imported: whether there is anything to do is told fast.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

_HOUSE = Path(__file__).parents[1]
# What decides how one file is read, whatever else there is. Of the definitions only those that speak of later steps are
# left out; a test looks whether what reads imports anything beyond.
READING = (
    *("definitions", "gazetteer", "parse", "readers", "errors.py", "place.py", "tables.py", "text.py"),
    *("build/reading", "build/scratch.py"),
)
LATER = (
    *("definitions/demo.", "definitions/rules.", "definitions/themes.", "definitions/wording.", "definitions/words/"),
    "gazetteer/make.py",
)
# What decides what the tables say once all files are read, and what pages and the workbook rest on; a test follows the
# imports of each. `build` counts for pages but for what only loads.
_LOADING = ("build/keys.py", "build/loading", "build/registers")
TABLES = (*READING, *_LOADING, "checks", "themes")
_BELOW = (
    *("checks", "definitions", "errors.py", "gazetteer", "place.py", "questions", "sheet_text.py", "tables.py"),
    *("text.py", "themes"),
)
# how tables look in a notebook, which changes nothing in what they say
LOOKS = "rich"
# how a line of a text file is found again
_LINES = ("readers/charset.py", "readers/document.py", "readers/plain/text.py")
PAGES = (*_BELOW, *_LINES, LOOKS, "build", "charts")
WORKBOOK = (*_BELOW, "workbook")
PARTS: Mapping[str, tuple[str, ...]] = {"tables": TABLES, "pages": PAGES, "workbook": WORKBOOK}
NOT_OF_PAGES = (*_LOADING, "build/reading", "build/imports")
# no result but the made-up county's own reports rests on these
_DEMO = "definitions/demo."
# programs that readers ask for help: a file that needed one is read again once it is there
_PROGRAMS = ("soffice", "libreoffice")
# an import in the source of a cell; the package alone leads everywhere
_IMPORT = re.compile(r"\b(?:from|import)\s+govinfo\b(?:\.(\w+))?")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def digest(*parts: object) -> str:
    """One hash of plain values, in their order; whatever is no plain value counts by its text."""
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def file_digest(path: Path) -> str | None:
    """The SHA-256 of a file's bytes, None where there is no such file."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def code_keys() -> dict[str, str]:
    """What each of the `PARTS` rests on of our code and data, and what that stands on; `all` is everything."""
    files, below = _files(_HOUSE.rglob("*")), _below()
    keys = {"all": digest(files, below)}
    for part in PARTS:
        keys[part] = digest([one for one in files if belongs(one[0], part)], below)
    return keys


def notebook_part(text: str) -> str:
    """Which of the parts a notebook reaches, by what it imports of ours: `pages`, else `all`."""
    modules = {match[1] for match in _IMPORT.finditer(text)}
    return "pages" if modules <= {name.removesuffix(".py") for name in PAGES} else "all"


def belongs(file: str, part: str) -> bool:
    """Whether the part rests on that file of ours."""
    if file.startswith(_DEMO) or (part == "pages" and _is_in(file, NOT_OF_PAGES)):
        return False
    return _is_in(file, PARTS[part])


def _is_in(file: str, names: Iterable[str]) -> bool:
    return any(file == name or file.startswith(f"{name}/") for name in names)


def reading_key() -> str:
    """Only what decides how one file is read: later steps may change, and no file is read again."""
    own = [path for name in READING for path in _inside(_HOUSE / name)]
    return digest(_files(path for path in own if not _name(path).startswith(LATER)), _below())


def _inside(path: Path) -> Iterable[Path]:
    return path.rglob("*") if path.is_dir() else (path,)


def _files(paths: Iterable[Path]) -> list[tuple[str, str | None]]:
    chosen = (path for path in paths if path.suffix != ".pyc" and path.is_file())
    return sorted((_name(path), file_digest(path)) for path in chosen)


def _name(path: Path) -> str:
    return path.relative_to(_HOUSE).as_posix()


def _below() -> list[object]:
    """The Python, the libraries that we ask for (the extra ones too), and which programs are there."""
    try:
        names = sorted({match[0] for line in requires("govinfo") or () if (match := _NAME.match(line))})
    except PackageNotFoundError:
        names = []
    return [sys.version, [(name, _version(name)) for name in names], [bool(shutil.which(name)) for name in _PROGRAMS]]


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
