"""The files of a folder of reports: their names, and their bytes, whatever lies there.

A folder that people fill holds more than files: pipes, links in circles, names in an old encoding, files that are
gone a moment later. Nothing but a regular file is ever opened.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from govinfo.errors import UnreadableFileError

_CHUNK = 1024 * 1024
_HIDDEN = (".", "~$")


def input_names(folder: Path, left_out: str) -> list[str]:
    """The names of all inputs in a folder and its subfolders, relative to it, `/`-separated, sorted.

    Hidden files and folders, `~$…` and the file `left_out` are no input. What is no regular file, and a folder that
    cannot be opened or is only a link, is named too: `open_input` then says what is wrong with it.
    """
    names: list[str] = []
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            with os.scandir(folder / below) as entries:
                found = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
        except OSError:
            if not below:
                raise
            names.append(below)
            continue
        for name, is_folder in found:
            path = f"{below}/{name}" if below else name
            if name.startswith(_HIDDEN) or path == left_out:
                continue
            (waiting if is_folder else names).append(path)
    return sorted(names)


def printable(name: str) -> str:
    """A file's name as text that can be written anywhere: bytes that are not UTF-8 become `\\xb5` and the like."""
    return os.fsencode(name).decode("utf-8", errors="backslashreplace")


def sha256_of(path: str, source: str, most: int) -> str:
    """The SHA-256 of the file's bytes, which are read piece by piece.

    Raises
    ------
    UnreadableFileError
        As `open_input`.
    """
    digest = hashlib.sha256()
    for chunk in _chunks(path, source, most):
        digest.update(chunk)
    return digest.hexdigest()


def read_input(path: str, source: str, most: int, sha256: str) -> bytes:
    """The file's bytes, which must have that SHA-256.

    Raises
    ------
    UnreadableFileError
        As `open_input`; `unreadable` too where the file has changed since.
    """
    data = b"".join(_chunks(path, source, most))
    if hashlib.sha256(data).hexdigest() != sha256:
        raise _unreadable(source, "a file that changed while it was read", "load again when nobody writes to it")
    return data


def _chunks(path: str, source: str, most: int) -> Iterator[bytes]:
    size = 0
    try:
        with open_input(path, source, most) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise _too_large(source, size, most)
                yield chunk
    except OSError as error:
        raise _unreadable(source, error.strerror or str(error), "see that it can be read, and load again") from error


def open_input(path: str, source: str, most: int) -> BinaryIO:
    """The file, open for reading.

    Raises
    ------
    UnreadableFileError
        `unreadable`: it is gone, may not be read, or is a link to nothing or in a circle; `too_large`: it has more
        than `most` bytes; `unsupported_format`: it is no file but a pipe, a device, or a link to a folder.
    """
    try:
        _check_regular(Path(path).stat(), source, most)
        # between the look and the opening the file may have been exchanged: opening must not wait for a pipe's writer
        number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        to_do = "see that it is there and may be read, and load again"
        raise _unreadable(source, error.strerror or str(error), to_do) from error
    stream = os.fdopen(number, "rb", buffering=0)
    try:
        _check_regular(os.fstat(number), source, most)
    except UnreadableFileError:
        stream.close()
        raise
    return stream


def _check_regular(status: os.stat_result, source: str, most: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableFileError(
            "unreadable",
            f"{source}\n  found     a folder that may not be opened, or a link to a folder\n  expected  a file\n"
            "  to do     put the folder itself there, and let it be read",
        )
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFileError(
            "unsupported_format",
            f"{source}\n  found     a pipe, socket or device\n  expected  a file\n"
            "  to do     take it out of the folder",
        )
    if status.st_size > most:
        raise _too_large(source, status.st_size, most)


def _too_large(source: str, size: int, most: int) -> UnreadableFileError:
    return UnreadableFileError(
        "too_large",
        f"{source}\n  found     {size} bytes\n  expected  at most {most}\n"
        "  to do     make the pictures in it smaller, or keep only the report",
    )


def _unreadable(source: str, found: str, to_do: str) -> UnreadableFileError:
    return UnreadableFileError(
        "unreadable", f"{source}\n  found     {found}\n  expected  a readable file\n  to do     {to_do}"
    )
