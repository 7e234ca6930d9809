"""What the last build left behind: which results, what each rests on, which files it is; and what is wanted now."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from govinfo.build.config import Config, Run, load_config
from govinfo.build.keys import code_keys, digest, file_digest, notebook_part
from govinfo.build.notebooks.fanout import expand
from govinfo.build.reading.inputs import input_names, sha256_of
from govinfo.build.reading.limits import Limits
from govinfo.build.reading.manifest import MANIFEST
from govinfo.errors import ConfigError, UnreadableFileError
from govinfo.questions.seats import Seat

# beside the tables: what was built, and the rows of single files
_BUILT = ".built.json"
ROWS = ".rows.sqlite"
# the registers that lie beside the folder of reports
BESIDE = ("places.csv", "corrections.csv", "remarks.csv")
_VERSION = 2


@dataclass(frozen=True)
class Product:
    """A result: the hash of all that it rests on, and its files (relative to the study) with their hashes."""

    key: str
    files: Mapping[str, str]


@dataclass(frozen=True)
class Built:
    """The results of the last build by name, and what it told of itself."""

    products: Mapping[str, Product] = field(default_factory=dict)
    said: Mapping[str, Any] = field(default_factory=dict)


def built_path(config: Config) -> Path:
    """Where it is kept what was built."""
    return config.path(config.processed) / _BUILT


def read_built(config: Config) -> Built:
    """What the last build left; nothing where there was none, or where its record cannot be used."""
    try:
        data = json.loads(built_path(config).read_bytes())
        if data["version"] != _VERSION:
            return Built()
        products = {name: Product(str(one["key"]), dict(one["files"])) for name, one in data["products"].items()}
        return Built(products, dict(data["said"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Built()


def built_bytes(built: Built) -> bytes:
    """The record as it is stored."""
    return json.dumps({"version": _VERSION, **asdict(built)}, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def relative(path: Path, config: Config, folder: Path | None = None) -> str:
    """How a file of the study is called in the record: from the study's folder on, or from that one."""
    return Path(os.path.relpath(path, folder or config.root)).as_posix()


def intact(product: Product | None, key: str, config: Config) -> bool:
    """Whether a result rests on just that, and its files are still as they were written."""
    return (
        product is not None
        and product.key == key
        and all(file_digest(config.root / name) == sha256 for name, sha256 in product.files.items())
    )


def tables_key(config: Config, limits: Limits) -> str:
    """What the tables rest on: the bytes and names of all reports, what is said of them beside, our code.

    Raises
    ------
    OSError
        The folder of reports cannot be looked into.
    """
    raw = config.path(config.raw)
    folder, names = (raw, input_names(raw, MANIFEST)) if raw.is_dir() else (raw.parent, [raw.name])
    files = [(os.fsencode(name).hex(), _sha256(folder / name, name, limits)) for name in names]
    beside = [file_digest(folder / MANIFEST), *beside_digests(config)]
    return digest("tables", code_keys()["tables"], files, beside, asdict(limits))


def beside_digests(config: Config) -> list[str | None]:
    """The hashes of the registers beside the folder of reports."""
    folder = Path(os.path.normpath(config.path(config.raw).absolute())).parent
    return [file_digest(folder / name) for name in BESIDE]


def _sha256(path: Path, name: str, limits: Limits) -> str:
    try:
        return sha256_of(str(path), name, limits.file_bytes)
    except UnreadableFileError as error:
        return error.reason


def bytes_key(files: Mapping[str, str]) -> str:
    """What tables say, whatever they rest on: a hash of their files' bytes."""
    return digest(sorted((Path(name).name, sha256) for name, sha256 in files.items()))


def wanted(config: Config, tables: str, known: Sequence[Seat]) -> dict[str, str]:
    """All results of the study but the tables, with what each rests on.

    `tables` is the hash of their bytes, `known` the places and years that they have.
    """
    code = code_keys()
    runs = {f"run:{run.name}": _run_key(config, run, tables, code) for run in expand(config.runs, known)}
    workbook = digest("workbook", code["workbook"], tables, config.workbook, config.notice)
    shown = [config.title, config.notice, config.workbook, config.output, list(_others(config))]
    contents = digest("contents", code["pages"], tables, list(runs.items()), shown)
    return {**runs, "workbook": workbook, "contents": contents}


def remembered(built: Built) -> tuple[Seat, ...]:
    """The places and years of the tables that were built."""
    return tuple(Seat(*row) for row in built.said.get("seats", ()))


def _run_key(config: Config, run: Run, tables: str, code: Mapping[str, str]) -> str:
    folder = config.path(str(run.parameters.get("processed", config.processed)))
    if folder != config.path(config.processed):
        # other tables than those of the study
        tables = digest([(path.name, file_digest(path)) for path in sorted(folder.glob("*.parquet"))])
    notebook = _bytes(config.path(config.notebooks) / f"{run.notebook}.ipynb")
    part = code[notebook_part(notebook.decode("utf-8", "replace"))]
    told = [run.parameters, run.label, run.group, config.processed, config.output, config.notice]
    return digest("run", part, tables, hashlib.sha256(notebook).hexdigest(), told)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        # whoever runs it will say what is wrong with it
        return b""


def _others(config: Config) -> Iterator[tuple[str, object]]:
    """The studies to which the page of contents leads, as far as it tells of them."""
    for file in config.also:
        try:
            other = load_config(config.path(file))
        except ConfigError as error:
            yield file, str(error)
            continue
        made = (other.path(other.output) / "index.html").is_file()
        yield file, [made, other.title, other.notice, other.output]
