"""Folders of small reports for tests of loading, and what is left behind in the system by a load."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from odd_readers import SLEEPER

from govinfo.definitions.wording import say
from govinfo.tables import SCHEMA, Tables

ROOT = Path(__file__).parent.parent


def report(number: int = 0, first_line: str = "") -> bytes:
    """A small report of a made-up township, another for each number; `first_line` stands before it."""
    parts = [
        first_line,
        say("demo", "title", township=f"测试{'甲乙丙丁戊己庚辛壬癸'[number % 10]}镇", year=2021 + number // 10),
        say("demo", "overview", year=2021 + number // 10),
        f"{say('demo', 'overview_text')}{number}",
        say("demo", "problems"),
        say("demo", "problems_text"),
    ]
    return "\n".join(part for part in parts if part).encode()


def write_all(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def reasons(tables: Tables) -> dict[str, str]:
    """The reason of each reject by its file."""
    return dict(zip(tables.rejects["source"], tables.rejects["reason"], strict=True))


def sources(tables: Tables) -> list[str]:
    return list(tables.reports["source"])


def assert_same(one: Tables, other: Tables) -> None:
    for name in SCHEMA:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def left_running() -> list[str]:
    """The command lines of all living processes that a load has started, or that a reader has."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
            environ = (folder / "environ").read_bytes()
        except OSError:
            continue
        # tests that run beside this one have a folder of their own for what is temporary
        if f"TMPDIR={tempfile.gettempdir()}".encode() in environ and (
            words[:3] == SLEEPER or any("govinfo.build.reading.worker" in word for word in words)
        ):
            found.append(" ".join(words))
    return found


def environment(temporary: Path) -> dict[str, str]:
    """The environment for a program of its own: it finds the test's readers, and its temporary files go there."""
    path = os.pathsep.join([str(ROOT / "tests"), *sys.path])
    return {**os.environ, "PYTHONPATH": path, "TMPDIR": str(temporary), "TMP": str(temporary), "TEMP": str(temporary)}
