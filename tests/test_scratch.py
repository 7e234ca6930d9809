"""What is temporary goes with the program, and what a killed one left goes with the next."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_study import build, study

from govinfo.build.lock import hold, lock_file
from govinfo.build.scratch import make_scratch, scratch
from govinfo.cli import main


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_goes_when_it_is_no_more_needed(temporary: Path) -> None:
    with scratch() as folder:
        (folder / "file").touch()
        assert folder.parent == temporary and (folder.stat().st_mode & 0o077) == 0

    assert list(temporary.iterdir()) == []


def test_what_a_killed_program_left_is_removed_and_what_a_living_one_uses_is_not(temporary: Path) -> None:
    code = "import os; from govinfo.build.scratch import make_scratch; print(make_scratch()); os._exit(0)"
    environment = {**os.environ, "TMPDIR": str(temporary)}
    left = Path(
        subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True).stdout[:-1]
    )
    mine = make_scratch()
    other = temporary / "govinfo-of-somebody"
    other.mkdir()
    assert left.is_dir()
    for folder in (left, mine):
        os.utime(folder / ".alive", (0, 0))

    with scratch():
        assert not left.exists()
        assert mine.is_dir() and other.is_dir()


@pytest.mark.slow
def test_tables_of_a_study_are_not_loaded_anew_while_a_refresh_is_at_work(tmp_path: Path) -> None:
    config = study(tmp_path)
    build(config)
    words = ["load", str(config.path(config.raw)), "-o", str(config.path(config.processed))]

    with hold(lock_file(config)):
        locked = CliRunner().invoke(main, words)

    assert locked.exit_code == 2 and "lock" in locked.output
    assert CliRunner().invoke(main, words).exit_code == 0
