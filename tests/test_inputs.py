"""Whatever lies in a folder of reports: what is an input, and what is said of one that cannot be opened."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_reports import write_all

from govinfo.build.reading.inputs import input_names, open_input, printable, read_input, sha256_of
from govinfo.build.reading.manifest import manifest_line
from govinfo.errors import ManifestError, UnreadableFileError

MOST = 1000


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A working folder, for a socket's name must be short."""
    before = Path.cwd()
    os.chdir(tmp_path)
    yield tmp_path
    os.chdir(before)


def refusal(path: Path) -> tuple[str, str]:
    """The reason and the message with which a file is refused, by whoever opens it."""
    with pytest.raises(UnreadableFileError) as caught:
        sha256_of(str(path), "甲/a.txt", MOST)
    with pytest.raises(UnreadableFileError) as again:
        read_input(str(path), "甲/a.txt", MOST, "0" * 64)
    assert again.value.reason == caught.value.reason
    lines = str(caught.value).split("\n")
    assert lines[0] == "甲/a.txt"
    assert [line[2:12].strip() for line in lines[1:]] == ["found", "expected", "to do"]
    return caught.value.reason, lines[1].removeprefix("  found     ")


def test_inputs_are_all_files_below_the_folder_but_hidden_ones_and_the_manifest(tmp_path: Path) -> None:
    inputs = ["a.txt", "a/b.txt", "a/manifest.csv", "a/深/c.txt", "b.txt", "没有后缀"]
    others = [".git/config", ".hidden", "a/.DS_Store", "a/~$b.docx", "manifest.csv", "~$x/y.txt"]
    write_all(tmp_path, dict.fromkeys(inputs + others, b"x"))
    (tmp_path / "empty").mkdir()
    assert input_names(tmp_path, "manifest.csv") == inputs


@pytest.mark.skipif(sys.platform == "win32", reason="pipes, sockets and links")
def test_what_is_no_file_is_named_and_never_opened(folder: Path) -> None:
    """To open a pipe that nobody writes to waits for ever."""
    os.mkfifo("pipe.txt")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket.txt")
        for name in ("pipe.txt", "socket.txt", "/dev/zero"):
            assert refusal(Path(name)) == ("unsupported_format", "a pipe, socket or device")
    assert input_names(folder, "manifest.csv") == ["pipe.txt", "socket.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="links")
def test_links_are_followed_to_files_only(folder: Path) -> None:
    """A link to a folder may lead back to a folder above it, and round and round."""
    write_all(folder, {"a.txt": b"text", "sub/b.txt": b"text"})
    for name, target in {
        "good.txt": "a.txt",
        "round.txt": "round.txt",
        "nowhere.txt": "gone.txt",
        "up": "..",
        "sub/up": "..",
    }.items():
        Path(name).symlink_to(target)
    assert input_names(folder, "manifest.csv") == sorted(
        ["a.txt", "good.txt", "nowhere.txt", "round.txt", "sub/b.txt", "sub/up", "up"]
    )
    assert sha256_of("good.txt", "good.txt", MOST) == hashlib.sha256(b"text").hexdigest()
    assert refusal(Path("round.txt"))[0] == "unreadable"
    assert refusal(Path("nowhere.txt")) == ("unreadable", "No such file or directory")
    assert refusal(Path("up")) == ("unreadable", "a folder that may not be opened, or a link to a folder")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is forbidden here")
def test_what_may_not_be_read_is_unreadable(tmp_path: Path) -> None:
    write_all(tmp_path, {"a.txt": b"text", "locked/b.txt": b"text"})
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "locked").chmod(0)
    try:
        assert input_names(tmp_path, "manifest.csv") == ["a.txt", "locked"]
        assert refusal(tmp_path / "a.txt") == ("unreadable", "Permission denied")
        assert refusal(tmp_path / "locked")[0] == "unreadable"
    finally:
        (tmp_path / "locked").chmod(0o700)


def test_a_file_beyond_the_limit_is_too_large_and_not_read(tmp_path: Path) -> None:
    """It may be all holes: as large as one likes, without taking room."""
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(10**12)
    assert refusal(tmp_path / "a.txt") == ("too_large", "1000000000000 bytes")
    (tmp_path / "b.txt").write_bytes(b"x" * MOST)
    assert len(read_input(str(tmp_path / "b.txt"), "b", MOST, hashlib.sha256(b"x" * MOST).hexdigest())) == MOST


def test_a_file_that_grows_while_it_is_read_ends_at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 10)
    writer = subprocess.Popen(
        [sys.executable, "-c", f"f = open({str(path)!r}, 'ab', 0)\nwhile True: f.write(b'x' * 99)"]
    )
    try:
        while path.stat().st_size <= MOST:
            time.sleep(0.01)
        assert refusal(path)[0] == "too_large"
    finally:
        writer.kill()
        writer.wait()


def test_a_file_that_was_changed_between_two_looks_is_unreadable(tmp_path: Path) -> None:
    """What is in the tables must have the hash that stands beside it."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"new")
    with pytest.raises(UnreadableFileError, match="changed while it was read") as caught:
        read_input(str(path), "a.txt", MOST, hashlib.sha256(b"old").hexdigest())
    assert caught.value.reason == "unreadable"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes")
def test_a_file_that_becomes_a_pipe_between_look_and_opening_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    status = (tmp_path / "a.txt").stat()
    (tmp_path / "a.txt").unlink()
    os.mkfifo(tmp_path / "a.txt")
    monkeypatch.setattr(Path, "stat", lambda self: status)
    with pytest.raises(UnreadableFileError) as caught:
        open_input(str(tmp_path / "a.txt"), "a.txt", MOST)
    assert caught.value.reason == "unsupported_format"


@given(st.binary(min_size=1, max_size=40))
def test_every_name_can_be_written_anywhere(name: bytes) -> None:
    said = printable(os.fsdecode(name))
    said.encode("utf-8")
    try:
        assert said == name.decode("utf-8")
    except UnicodeDecodeError:
        assert "\\x" in said


def test_a_file_by_itself_is_said_of_by_the_manifest_of_its_folder_or_one_above(tmp_path: Path) -> None:
    (tmp_path / "2022").mkdir()
    (tmp_path / "manifest.csv").write_text("file,county\n2022/a.txt,某县\n", encoding="utf-8")

    assert manifest_line(tmp_path / "2022" / "a.txt")["a.txt"].county == "某县"
    assert manifest_line(tmp_path / "2022" / "b.txt") == {}


def test_a_manifest_of_something_else_further_up_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "2022").mkdir()
    (tmp_path / "manifest.csv").write_text("name\nx\n", encoding="utf-8")

    assert manifest_line(tmp_path / "2022" / "a.txt") == {}
    with pytest.raises(ManifestError):
        manifest_line(tmp_path / "a.txt")
