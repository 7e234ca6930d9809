"""The data package (Frictionless): every file with its hash, every table with its fields, keys and links."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from govinfo.build.tidy.frames import EXPORTED
from govinfo.build.tidy.stata_files import stata_name
from govinfo.definitions.dictionary import ColumnEntry, TableEntry, dictionary
from govinfo.definitions.wording import say

_NAME = "govinfo-reports"
PACKAGE = "datapackage.json"
PAGE = "dictionary.md"
_TYPES = {"string": "string", "Float64": "number", "boolean": "boolean", "datetime64[ns]": "date"}
_MEDIA = {
    "csv": "text/csv",
    "stata": "application/x-stata-dta",
    "parquet": "application/vnd.apache.parquet",
    "md": "text/markdown",
}
SUFFIXES = {"csv": "csv", "stata": "dta", "parquet": "parquet"}
# true and false in CSV; in Stata they are numbers
_WORDS = {"trueValues": ["true"], "falseValues": ["false"]}


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the package: its name, its bytes' number and SHA-256, and how many rows it has."""

    name: str
    size: int
    sha256: str
    rows: int | None = None


def written(name: str, content: bytes, rows: int | None = None) -> Written:
    """What the package says of a file's content."""
    return Written(name, len(content), hashlib.sha256(content).hexdigest(), rows)


def package_bytes(files: Mapping[str, Written], page: Written, kind: str, notice: str | None) -> bytes:
    """datapackage.json for the files of the tables, in one of the formats of SUFFIXES, and the dictionary's page.

    It holds no time of the run: the same files give the same bytes.
    """
    said = dictionary()
    package: dict[str, Any] = {
        "profile": "data-package",
        "name": _NAME,
        "title": f"{said.zh} · {said.en}",
        "description": " ".join(text for text in (notice, said.about) if text),
        "licenceNote": said.licence,
        "resources": [
            *(_resource(said.tables[name], file, kind) for name, file in files.items()),
            _file("dictionary", page, "md") | {"title": say("tidy", "page")},
        ],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def known_files(content: bytes) -> dict[str, str]:
    """The files that a datapackage.json of ours names, with their SHA-256; empty where it is not one of ours."""
    try:
        package = json.loads(content)
        if package["name"] != _NAME:
            return {}
        return {one["path"]: one["hash"].removeprefix("sha256:") for one in package["resources"]}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _file(name: str, file: Written, kind: str) -> dict[str, Any]:
    return {
        "name": name,
        "path": file.name,
        "format": SUFFIXES.get(kind, kind),
        "mediatype": _MEDIA[kind],
        **({"encoding": "utf-8"} if kind in ("csv", "md") else {}),
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }


def _resource(entry: TableEntry, file: Written, kind: str) -> dict[str, Any]:
    resource = _file(entry.name, file, kind) | {
        "profile": "tabular-data-resource",
        "title": f"{entry.zh} · {entry.en}",
        "description": entry.about,
        "rowCount": file.rows,
    }
    if kind == "csv":
        resource["dialect"] = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True}
    return resource | {"schema": _schema(entry, kind)}


def _schema(entry: TableEntry, kind: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(entry, column, kind) for column in entry.columns],
        "missingValues": [""],
    }
    if entry.key:
        schema["primaryKey"] = [_name(column, kind) for column in entry.key]
    if entry.links:
        schema["foreignKeys"] = [
            {
                "fields": [_name(column, kind) for column in link.columns],
                "reference": {"resource": link.table, "fields": [_name(column, kind) for column in link.columns]},
            }
            for link in entry.links
        ]
    return schema


def _field(entry: TableEntry, column: ColumnEntry, kind: str) -> dict[str, Any]:
    dtype = EXPORTED[entry.name][column.name]
    constraints: dict[str, Any] = {}
    if column.name in entry.key:
        constraints["required"] = True
    if entry.key == (column.name,):
        constraints["unique"] = True
    if column.values:
        constraints["enum"] = list(column.values)
    return {
        "name": _name(column.name, kind),
        "type": _TYPES.get(dtype, "integer"),
        "title": column.zh,
        "description": column.about,
        **({"unit": column.unit} if column.unit else {}),
        **({"valueLabels": dict(column.values)} if column.values else {}),
        **(_WORDS if dtype == "boolean" and kind == "csv" else {}),
        **({"constraints": constraints} if constraints else {}),
    }


def _name(column: str, kind: str) -> str:
    return stata_name(column) if kind == "stata" else column
