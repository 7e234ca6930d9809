"""Changing a register that people keep: lines are added and cells changed, everything else stays as it is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from govinfo.build.files import write_whole
from govinfo.build.registers.entries import read_head, read_text
from govinfo.errors import RegisterError

_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A register as it stands: `lines` with their ends, `marked` whether the mark of UTF-8 stands before them.

    `head` are the codes of its columns (None: a column for people), which stand in the line `head_line` (from 1).
    """

    path: Path
    lines: tuple[str, ...]
    marked: bool
    head: tuple[str | None, ...]
    head_line: int


def open_register_file(path: Path, columns: Sequence[str], required: Sequence[str]) -> RegisterFile:
    """The register at `path`; where there is none yet, one with only its head.

    Raises
    ------
    RegisterError
        It cannot be read, or has no head.
    """
    if not path.exists():
        return RegisterFile(path, (_row(columns, "\r\n"),), True, tuple(columns), 1)
    text = read_text(path)
    line, head = read_head(path, text, columns, required)
    return RegisterFile(path, _lines(text), path.read_bytes().startswith(_MARK.encode()), tuple(head), line)


def write_register(
    register: RegisterFile, changed: Mapping[int, Mapping[str, str]], added: Sequence[Mapping[str, str]]
) -> bool:
    """Write the register with new cells in the lines `changed` and with the lines `added` at its end; whether it did.

    Lines are counted from 1, as `Entry.line` does. A column that the head lacks is added to it.

    Raises
    ------
    RegisterError
        Somebody else has changed the file since it was read.
    """
    if not changed and not added:
        return False
    if register.path.exists() and _lines(read_text(register.path)) != register.lines:
        found, to_do = "a file that was changed meanwhile", "run the command again"
        raise RegisterError(str(register.path), found, "the file as it was read", to_do)
    end = "\r\n" if register.lines[register.head_line - 1].endswith("\r\n") else "\n"
    named = list(register.head)
    fresh = list(dict.fromkeys(name for cells in (*changed.values(), *added) for name in cells if name not in named))
    at = {name: place for place, name in enumerate([*named, *fresh]) if name is not None}
    cells_of = {**changed, **({register.head_line: {name: name for name in fresh}} if fresh else {})}
    out: list[str] = []
    for line, length, raw in _records(register.lines):
        new = cells_of.get(line)
        if new is None:
            out += register.lines[line - 1 : line - 1 + length]
            continue
        row = raw + [""] * (len(named) + len(fresh) - len(raw))
        for name, cell in new.items():
            row[at[name]] = cell
        out.append(_row(row, end))
    if added and out and not out[-1].endswith(("\n", "\r")):
        out[-1] += end
    out += [_row([cells.get(name or "", "") for name in (*named, *fresh)], end) for cells in added]
    return write_whole(register.path, ((_MARK if register.marked else "") + "".join(out)).encode())


def _records(lines: Sequence[str]) -> list[tuple[int, int, list[str]]]:
    """Each record: the line that it begins in, how many lines it takes, its cells."""
    reader = csv.reader(iter(lines), strict=True)
    found, begun = [], 0
    for row in reader:
        found.append((begun + 1, reader.line_num - begun, row))
        begun = reader.line_num
    return found


def _lines(text: str) -> tuple[str, ...]:
    return tuple(io.StringIO(text, newline=""))


def _row(cells: Sequence[str | None], end: str) -> str:
    target = io.StringIO()
    # a cell with either end of a line in it is quoted, whatever ends the lines of this file
    csv.writer(target, lineterminator="\r\n").writerow(["" if cell is None else cell for cell in cells])
    return target.getvalue().removesuffix("\r\n") + end
