"""The study that `govinfo.toml` describes: folders, notebooks and their parameters, what is exported."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from govinfo.errors import ConfigError
from govinfo.questions.near import near
from govinfo.questions.root import CONFIG_NAME, find_root
from govinfo.questions.seats import COLUMNS

_FOLDERS = {"raw": "data/raw", "processed": "data/processed", "output": "output", "notebooks": "notebooks"}
_SECTIONS = {"study": dict, "folders": dict, "run": list, "export": dict}
_STUDY = {"title": str, "notice": str, "also": list}
_RUN = {"notebook": str, "name": str, "parameters": dict, "each": str}
_EXPORT = {"workbook": str}
_CORRECT = "correct it in the file"
_APART = "a folder beside that of the reports: what lies in it is read as reports"
_CONTENTS = "index"
_KINDS: Mapping[type, str] = {str: "a text", list: "a list", dict: "a table"}


@dataclass(frozen=True)
class Run:
    """A notebook with parameters of its own; `name` is that of the page it gives.

    With `each`, one of the lists of places and years, it is one page for each value that the tables have (`fanout`);
    each of these has the entry's name as its `group` and says in `label` of what it is. `where` is where it was asked
    for.
    """

    notebook: str
    name: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    each: str = ""
    group: str = ""
    label: str = ""
    where: str = field(default="", compare=False)


@dataclass(frozen=True)
class Config:
    """The study. Folders are as written in the file; `path` gives where they are.

    `title` heads its page of contents (None: the usual words), `notice` stands on top of every page and sheet,
    `also` are the files of other studies to which the page of contents leads.
    """

    root: Path
    raw: str = _FOLDERS["raw"]
    processed: str = _FOLDERS["processed"]
    output: str = _FOLDERS["output"]
    notebooks: str = _FOLDERS["notebooks"]
    runs: tuple[Run, ...] = ()
    workbook: str = "reports.xlsx"
    title: str | None = None
    notice: str | None = None
    also: tuple[str, ...] = ()

    def path(self, folder: str) -> Path:
        """Where a folder of the study is: relative ones count from the folder of the file."""
        return self.root / folder


def load_config(path: Path | str | None = None) -> Config:
    """The study in the file `path`; without one, in the nearest govinfo.toml at or above the working folder.

    Raises
    ------
    ConfigError
        There is no such file, it is no TOML, or it has a key or a value that means nothing.
    """
    file = _find(path)
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(str(file), str(error), "a readable TOML file", "correct the file, or name another") from error
    _check(file, "", data, _SECTIONS)
    study, folders, export = (data.get(section, {}) for section in ("study", "folders", "export"))
    _check(file, "study", study, _STUDY)
    also = tuple(_also(file, name) for name in study.get("also", []))
    _check(file, "folders", folders, dict.fromkeys(_FOLDERS, str))
    _check(file, "export", export, _EXPORT)
    workbook = export.get("workbook", Config.workbook)
    _check_file_name(file, "export.workbook", workbook)
    runs = tuple(_run(file, number, entry) for number, entry in enumerate(data.get("run", []), start=1))
    # the files of two pages whose names differ by case only are one on some systems
    names = [run.name.casefold() for run in runs]
    twice = next((run.name for run in runs if names.count(run.name.casefold()) > 1), None)
    if twice is not None:
        to_do = 'give one of them a `name = "…"` of its own'
        raise ConfigError(f"{file}: run", f"two pages named {twice!r}", "each name once", to_do)
    root, folders = file.resolve().parent, {**_FOLDERS, **folders}
    for name in ("processed", "output"):
        if would_be_read(root / folders[name], root / folders["raw"]):
            found = f"{name} = {folders[name]!r}, which lies in raw = {folders['raw']!r}"
            raise ConfigError(f"{file}: folders", found, _APART, _CORRECT)
    return Config(
        root,
        **folders,
        runs=runs,
        workbook=workbook,
        title=study.get("title") or None,
        notice=study.get("notice") or None,
        also=also,
    )


def would_be_read(folder: Path, raw: Path) -> bool:
    """Whether what is written to `folder` lies among the inputs of `raw`, and would be taken for reports the next time.

    That makes a workbook of sums one more report. A hidden folder is no input.
    """
    inner, outer = folder.resolve(), raw.resolve()
    return inner.is_relative_to(outer) and not any(part.startswith(".") for part in inner.relative_to(outer).parts)


def _find(path: Path | str | None) -> Path:
    if path is not None:
        return Path(path)
    root = find_root()
    if root is None:
        raise ConfigError(
            str(Path.cwd()),
            f"no {CONFIG_NAME} here or above",
            "the file that describes a study",
            "change to the study's folder, or name the file",
        )
    return root / CONFIG_NAME


def _also(file: Path, name: Any) -> str:
    if not isinstance(name, str):
        raise ConfigError(f"{file}: study.also", repr(name), "the file of another study", _CORRECT)
    return name


def _run(file: Path, number: int, entry: dict[str, Any] | str) -> Run:
    where = f"run {number}"
    if not isinstance(entry, dict):
        raise ConfigError(f"{file}: {where}", repr(entry), "a table [[run]]", _CORRECT)
    _check(file, where, entry, _RUN)
    if "notebook" not in entry:
        raise ConfigError(f"{file}: {where}", "no key notebook", "the name of a notebook", _CORRECT)
    notebook = str(entry["notebook"]).removesuffix(".ipynb")
    name, parameters = str(entry.get("name", notebook)), entry.get("parameters", {})
    _check_file_name(file, where, name)
    if name.casefold() == _CONTENTS:
        raise ConfigError(f"{file}: {where}", repr(name), "another name: this is the page of contents", _CORRECT)
    each = entry.get("each", "")
    if each and each not in COLUMNS:
        raise ConfigError(f"{file}: {where}", f"each = {each!r}", near(each, COLUMNS), _CORRECT)
    if each and "processed" in parameters:
        expected = "the tables of the study: `each` is for their values"
        raise ConfigError(f"{file}: {where}", f"processed = {parameters['processed']!r}", expected, _CORRECT)
    if parameters.get("output"):
        expected = 'no such parameter, or "" for no files: those of a page lie in charts/ below the folder of pages'
        raise ConfigError(f"{file}: {where}", f"output = {parameters['output']!r}", expected, _CORRECT)
    return Run(notebook, name, parameters, each, where=f"{file}: {where} ({name})")


def _check(file: Path, where: str, data: Mapping[str, Any], known: Mapping[str, type]) -> None:
    """Every key is known, every value of its type."""
    place = f"{file}: {where}" if where else str(file)
    for key, value in data.items():
        if key not in known:
            raise ConfigError(place, f"the key {key!r}", near(key, known), _CORRECT)
        if not isinstance(value, known[key]):
            raise ConfigError(place, f"{key} = {value!r}", _KINDS[known[key]], _CORRECT)


def _check_file_name(file: Path, where: str, name: str) -> None:
    """A file of the output folder is named, not a way out of it."""
    if not name or name != Path(name).name or name.startswith("."):
        raise ConfigError(f"{file}: {where}", repr(name), "a file's name without a folder", _CORRECT)
