"""Readers that do what readers do at their worst; a file's first word chooses. Found by name by the reading process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from govinfo.errors import UnreadableFileError
from govinfo.readers import Document
from govinfo.readers.plain.text import read_text

# nobody else runs this; tests look for it among all processes
SLEEPER = [sys.executable, "-c", "import time; time.sleep(3600)  # a converter that never ends"]

# the environment's word for a file that is there once a file was begun
SIGN = "GOVINFO_TEST_SIGN"


def read_oddly(path: Path, source: str, data: bytes) -> Document:
    """The text in the file, unless its first word is the name of something that goes wrong."""
    word = data[:40].split(None, 1)[0].decode("ascii", errors="replace") if data else ""
    if word == "change" and path.name == "3.txt":
        path.with_name("4.txt").write_bytes(b"changed")
        path.with_name("5.txt").unlink()
    _ODD.get(word, lambda: None)()
    return read_text(data, source, "txt")


def _flag() -> bool:
    """Leave a sign that a file was begun; whether there was none before."""
    sign = Path(os.environ[SIGN])
    first = not sign.exists()
    sign.touch()
    return first


def _nap() -> None:
    _flag()
    time.sleep(0.3)


def _flaky() -> None:
    if _flag():
        _kill()


def _hang() -> None:
    if SIGN in os.environ:
        _flag()
    while True:
        time.sleep(1)


def _spin() -> None:
    # a loop in C that lets no other thread run
    sum(range(10**13))


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _segfault() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _eat() -> None:
    held = []
    while True:
        held.append(bytearray(16 * 1024 * 1024))


def _swallow() -> None:
    # as libraries do that take every error for a damaged file
    try:
        _eat()
    except MemoryError as error:
        raise ValueError("cannot be parsed") from error


def _recurse() -> None:
    _recurse()


def _fail() -> None:
    raise ZeroDivisionError("half of nothing \ud800")


def _refuse() -> None:
    raise UnreadableFileError("encrypted", "locked\n  found     a lock")


def _leave() -> None:
    sys.exit("as if this were a program")


def _interrupt() -> None:
    raise KeyboardInterrupt


def _print() -> None:
    print("{'kind': 'ready'}" * 10_000)
    os.write(1, b"\0" * 100_000)
    sys.stderr.write("a warning\n" * 100_000)
    os.write(2, b"another\n" * 100_000)


def _ask() -> None:
    if sys.stdin.read() or os.read(0, 10):
        raise ValueError("somebody answered")


def _convert(detached: bool = False) -> None:
    subprocess.Popen(SLEEPER, start_new_session=detached)


def _convert_and_hang() -> None:
    _convert(detached=True)
    _hang()


def _convert_and_crash() -> None:
    _convert()
    _convert(detached=True)
    # its parent is gone at once, and it has closed all that it inherited
    subprocess.run(["/bin/sh", "-c", 'setsid "$@" >/dev/null 2>&1 </dev/null &', "sh", *SLEEPER], check=True)
    _segfault()


def _litter() -> None:

    Path(tempfile.mkdtemp(), "left").write_bytes(b"x" * 1000)


def _litter_and_crash() -> None:
    _litter()
    _segfault()


def _fork() -> None:
    if os.fork() == 0:
        os.setsid()
        time.sleep(3600)


def _wear() -> None:
    bytearray(300 * 1024 * 1024)


_ODD: dict[str, Callable[[], None]] = {
    "hang": _hang,
    "spin": _spin,
    "kill": _kill,
    "segfault": _segfault,
    "exit": lambda: os._exit(3),
    "exit0": lambda: os._exit(0),
    "eat": _eat,
    "swallow": _swallow,
    "recurse": _recurse,
    "fail": _fail,
    "refuse": _refuse,
    "leave": _leave,
    "interrupt": _interrupt,
    "print": _print,
    "ask": _ask,
    "convert": _convert,
    "convert-hang": _convert_and_hang,
    "convert-crash": _convert_and_crash,
    "litter": _litter,
    "litter-crash": _litter_and_crash,
    "fork": _fork,
    "wear": _wear,
    "nap": _nap,
    "flaky": _flaky,
}
