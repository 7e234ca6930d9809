"""A folder of anything → tables: every file in `reports` or `rejects`, each once, and the same whoever reads."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from odd_readers import SIGN, read_oddly
from small_reports import assert_same, reasons, report, sources, write_all

from govinfo.build.loading.load import load
from govinfo.build.reading.inputs import printable
from govinfo.build.reading.limits import Limits
from govinfo.cli import main
from govinfo.errors import ManifestError
from govinfo.tables import SCHEMA

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")


def govinfo(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@LINUX
def test_every_file_is_in_reports_or_in_rejects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = tmp_path / "raw"
    write_all(raw, {"a.txt": report(1), "乙/b.txt": report(2), "c.txt": b"", "d.txt": b"\n \n", "e.txt": b"%PDF-1.7"})
    bad_name = os.fsdecode("镇".encode("gbk") + b".txt")
    (raw / bad_name).write_bytes(report(3))
    (raw / os.fsdecode(b"\xff\xfe")).write_bytes(b"")
    with (raw / "large.txt").open("wb") as stream:
        stream.truncate(10**10)
    os.mkfifo(raw / "pipe.txt")
    (raw / "round.txt").symlink_to("round.txt")
    (raw / "up").symlink_to("..")
    monkeypatch.chdir(raw)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket")
        tables = load(raw)
    assert sources(tables) == ["a.txt", "乙/b.txt", printable(bad_name)]
    assert printable(bad_name) == "\\xd5\\xf2.txt"
    assert reasons(tables) == {
        "c.txt": "empty",
        "d.txt": "empty",
        "e.txt": "unreadable",
        "large.txt": "too_large",
        "pipe.txt": "unsupported_format",
        "round.txt": "unreadable",
        "socket": "unsupported_format",
        "up": "unreadable",
        "\\xff\\xfe": "empty",
    }
    opened = tables.rejects.set_index("source")["sha256"].notna()
    assert list(opened[opened].index) == ["c.txt", "d.txt", "e.txt", "\\xff\\xfe"]


def test_an_empty_folder_gives_empty_tables_with_all_their_columns(tmp_path: Path) -> None:
    tables = load(tmp_path)
    for name, columns in SCHEMA.items():
        frame = getattr(tables, name)
        assert frame.empty and {column: str(dtype) for column, dtype in frame.dtypes.items()} == dict(columns)


def test_of_files_with_the_same_bytes_the_first_by_path_is_read(tmp_path: Path) -> None:
    write_all(tmp_path, {"z.txt": report(1), "b/a.txt": report(1), "b.txt": report(1), "c.txt": b"", "d.txt": b""})
    tables = load(tmp_path, jobs=1)
    assert sources(tables) == ["b.txt"]
    assert reasons(tables) == {
        "b/a.txt": "duplicate_file",
        "c.txt": "empty",
        "d.txt": "empty",
        "z.txt": "duplicate_file",
    }
    said = tables.rejects.set_index("source")["message"]
    assert said["z.txt"].startswith("z.txt\n  found     the same bytes as b.txt\n  expected")
    assert said["d.txt"].startswith("d.txt\n  found     the same bytes as c.txt\nc.txt\n  found")


def test_files_that_vanish_or_change_meanwhile_are_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SIGN, str(tmp_path / "sign"))
    files = {f"{number}.txt": report(number, "change") for number in range(6)}
    # of so many the first six go to the process together: all were looked at before the first is read
    more = {f"6{number:02}.txt": report(10 + number) for number in range(18)}
    raw = write_all(tmp_path / "raw", files | more)
    tables = load(raw, read=read_oddly, jobs=1, limits=Limits(seconds=30))
    assert sources(tables) == ["0.txt", "1.txt", "2.txt", "3.txt", *more]
    assert reasons(tables) == {"4.txt": "unreadable", "5.txt": "unreadable"}
    assert "changed while it was read" in tables.rejects["message"][0]
    assert "No such file" in tables.rejects["message"][1]


def test_a_report_has_the_same_rows_alone_and_among_others(tmp_path: Path) -> None:
    write_all(tmp_path, {f"{number}.txt": report(number) for number in range(5)})
    together, again = load(tmp_path, jobs=2), load(tmp_path, jobs=1)
    assert_same(together, again)
    alone = load(tmp_path / "3.txt")
    whole = together.problems[together.problems["report_id"] == alone.reports["report_id"][0]]
    assert list(whole["text"]) == list(alone.problems["text"]) != []


@LINUX
def test_one_file_alone_may_be_anything_too(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "nowhere").symlink_to("gone")
    assert reasons(load(tmp_path / "pipe")) == {"pipe": "unsupported_format"}
    assert reasons(load(tmp_path / "nowhere")) == {"nowhere": "unreadable"}
    with pytest.raises(FileNotFoundError, match="expected  a folder of reports, or one report"):
        load(tmp_path / "gone")


@pytest.mark.parametrize("name", ["./a.txt", "A.txt", "sub", "gone.txt", "../raw/a.txt"])
def test_a_manifest_names_inputs_as_they_are_or_is_an_error(tmp_path: Path, name: str) -> None:
    """A line that names no input would overrule nothing, in silence."""
    write_all(
        tmp_path, {"a.txt": report(1), "sub/b.txt": report(2), "manifest.csv": f"file,year\n{name},2020\n".encode()}
    )
    with pytest.raises(ManifestError, match=r"manifest\.csv:\d+\n  found     .*, which is no input in"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("file,note\na.txt,节选本\n".encode("gbk"), r"manifest.csv:2\n  found     bytes that are no UTF-8"),
        (b"file,note\na.txt," + b"x" * 200_000 + b"\n", "manifest.csv:2"),
        ("file,year\na.txt,２０２０年\n".encode(), "manifest.csv:2"),
        (b"", "a column `file`"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_an_error_that_says_why(tmp_path: Path, data: bytes, found: str) -> None:
    write_all(tmp_path, {"a.txt": report(1), "manifest.csv": data})
    with pytest.raises(ManifestError, match=found):
        load(tmp_path)


@LINUX
def test_a_manifest_that_is_no_file_is_an_error(tmp_path: Path) -> None:
    write_all(tmp_path, {"a.txt": report(1)})
    os.mkfifo(tmp_path / "manifest.csv")
    with pytest.raises(ManifestError, match="a pipe, socket or device"):
        load(tmp_path)


@pytest.mark.slow
def test_the_bar_shows_how_many_a_second_and_how_many_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SIGN, str(tmp_path / "sign"))
    raw = tmp_path / "raw"
    write_all(raw, {"0.txt": b""} | {f"{number}.txt": report(number, "nap") for number in range(1, 8)})
    load(raw, progress=True, jobs=1, read=read_oddly)
    shown = capsys.readouterr().err
    assert "份/s" in shown or "s/份" in shown
    assert "/8 [" in shown
    assert "未能读成 1" in shown
    load(raw, jobs=1)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a.txt": report(1)}, 0),
        ({"a.txt": report(1), "b.txt": report(1)}, 0),
        ({"a.txt": report(1), "b.txt": b""}, 2),
        ({}, 0),
    ],
)
def test_load_tells_by_its_exit_code_whether_all_was_read(tmp_path: Path, files: dict[str, bytes], code: int) -> None:
    (tmp_path / "raw").mkdir()
    result = govinfo("load", write_all(tmp_path / "raw", files), "-o", tmp_path / "out")
    assert result.exit_code == code, result.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {f"{name}.parquet" for name in SCHEMA}


def test_load_refuses_what_it_cannot_do_with_a_message_and_2(tmp_path: Path) -> None:
    write_all(tmp_path, {"raw/a.txt": report(1), "file": b"x"})
    for words in (
        ("load", tmp_path / "gone", "-o", tmp_path / "out"),
        ("load", tmp_path / "raw", "-o", tmp_path / "file"),
        ("load", tmp_path / "raw", "-o", tmp_path / "file" / "out"),
        ("load", tmp_path / "raw"),
        ("load", tmp_path / "raw", "-o", tmp_path / "out", "-j", "0"),
        ("load", tmp_path / "raw", "-o", tmp_path / "out", "--timeout", "inf"),
        ("load", tmp_path / "raw", "-o", tmp_path / "out", "--timeout", "0"),
        ("show", tmp_path / "gone"),
    ):
        result = govinfo(*words)
        assert result.exit_code == 2, words
        assert result.exception is None or isinstance(result.exception, SystemExit), words
        assert "Traceback" not in result.output
    assert not (tmp_path / "out").exists()
