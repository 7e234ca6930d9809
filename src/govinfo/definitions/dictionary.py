"""What each exported table and column is: the data dictionary, as dictionary.yaml says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from govinfo.definitions.source import HERE, Source, read_source


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """A column. `values` are its codes with their meaning, empty where any value may stand there.

    `codes` is whether its values are codes of the form, which the table `codes` explains.
    """

    name: str
    zh: str
    en: str
    more: str = ""
    unit: str = ""
    values: Mapping[str, str] | None = None
    codes: bool = False

    @property
    def label(self) -> str:
        """Both names, as a variable's label."""
        return f"{self.zh} {self.en}"

    @property
    def about(self) -> str:
        """What it is, in a sentence or two."""
        sentence = f"{self.en[0].upper()}{self.en[1:]}."
        return f"{sentence} {self.more}" if self.more else sentence


@dataclass(frozen=True, slots=True)
class Link:
    """Columns of a table whose values stand in the columns of the same names of another table."""

    columns: tuple[str, ...]
    table: str


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A table; `key` are the columns that no two rows have alike, empty where there is no such key."""

    name: str
    zh: str
    en: str
    about: str
    columns: tuple[ColumnEntry, ...]
    key: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The whole dictionary, tables in order."""

    zh: str
    en: str
    about: str
    licence: str
    tables: Mapping[str, TableEntry]


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    """The data dictionary.

    Raises
    ------
    DefinitionError
        dictionary.yaml breaks its schema, or names a column or a list of values that it does not have.
    """
    source = read_source(HERE / "dictionary.yaml", "dictionary.schema.yaml")
    data = source.data
    tables = {name: _table(source, name, told) for name, told in data["tables"].items()}
    return Dictionary(data["title"]["zh"], data["title"]["en"], data["about"], data["licence"], tables)


def _table(source: Source, name: str, told: Mapping[str, Any]) -> TableEntry:
    columns = tuple(_column(source, name, column, entry) for column, entry in told["columns"].items())
    links = tuple(Link(tuple(one["columns"]), one["table"]) for one in told.get("links", []))
    known = [column.name for column in columns]
    for column in (*told.get("key", []), *(column for link in links for column in link.columns)):
        if column not in known:
            raise source.error(("tables", name), f"a key or link of {column}", "a column of the table")
    for link in links:
        if link.table not in source.data["tables"]:
            raise source.error(("tables", name, "links"), f"a link to {link.table}", "one of the tables")
    return TableEntry(name, told["zh"], told["en"], told["about"], columns, tuple(told.get("key", [])), links)


def _column(source: Source, table: str, name: str, told: Mapping[str, Any] | None) -> ColumnEntry:
    steps = ("tables", table, "columns", name)
    entry = source.data["shared"].get(name) if told is None else told
    if entry is None:
        raise source.error(steps, f"nothing said of {name}", "what it is, here or under shared")
    values = None
    if "values" in entry:
        values = source.data["values"].get(entry["values"])
        if values is None:
            raise source.error(steps, f"values {entry['values']}", "one of the lists under values")
    said = {key: entry[key] for key in ("zh", "en", "more", "unit", "codes") if key in entry}
    return ColumnEntry(name, values=values, **said)
