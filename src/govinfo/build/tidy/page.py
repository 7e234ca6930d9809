"""The data dictionary as a page that people read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govinfo.build.tidy.frames import EXPORTED
from govinfo.build.tidy.package import Written
from govinfo.build.tidy.stata_files import stata_name
from govinfo.definitions.dictionary import ColumnEntry, TableEntry, dictionary
from govinfo.definitions.wording import say


def page_bytes(files: Mapping[str, Written], kind: str, notice: str | None) -> bytes:
    """The dictionary in markdown: what the package is, how its format is read, each table with its columns."""
    said = dictionary()
    lines = [f"# {say('tidy', 'page')}", "", f"{said.zh} · {said.en}", ""]
    if notice:
        lines += [f"**{_plain(notice)}**", ""]
    lines += [said.about, "", say("tidy", f"how_{kind}"), f"{say('tidy', 'licence')}: {said.licence}", ""]
    for name, file in files.items():
        lines += _table(said.tables[name], file, kind)
    return ("\n".join(lines).rstrip() + "\n").encode()


def _table(entry: TableEntry, file: Written, kind: str) -> Iterator[str]:
    yield f"## {file.name}: {entry.zh} · {entry.en}"
    yield ""
    yield f"{entry.about} {say('tidy', 'rows', n=file.rows)}."
    yield ""
    if entry.key:
        yield f"- {say('tidy', 'key')}: {_names(entry.key, kind)}"
    for link in entry.links:
        yield f"- {say('tidy', 'links')}: {_names(link.columns, kind)} → `{link.table}`"
    if entry.key or entry.links:
        yield ""
    yield say("tidy", "table_heads")
    yield "|---|---|---|---|"
    for column in entry.columns:
        dtype = EXPORTED[entry.name][column.name]
        yield f"| `{_name(column.name, kind)}` | {dtype} | {column.zh} | {_about(column)} |"
    yield ""


def _about(column: ColumnEntry) -> str:
    parts = [column.about]
    if column.unit:
        parts.append(f"{say('tidy', 'unit', unit=column.unit)}.")
    if column.codes:
        parts.append("`codes`.")
    parts += [f"<br>`{code}` {meaning}" for code, meaning in (column.values or {}).items()]
    return " ".join(parts).replace("|", "\\|")


def _names(columns: tuple[str, ...], kind: str) -> str:
    return ", ".join(f"`{_name(column, kind)}`" for column in columns)


def _name(column: str, kind: str) -> str:
    return stata_name(column) if kind == "stata" else column


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace("*", "\\*")
