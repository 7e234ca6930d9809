"""A refresh that is killed at any moment: there are the old results or the new ones, and the next one ends well."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from small_reports import environment, report
from small_study import CHART, LISTS, build, files, results, study, write_notebook

from govinfo.build.config import Config, load_config

KILLS = 20
pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")]


def start(config: Config) -> subprocess.Popen[bytes]:
    words = ["refresh", "--config", str(config.root / "govinfo.toml")]
    return subprocess.Popen(
        [sys.executable, "-c", "from govinfo.cli import main; main()", *words],
        env=environment(config.root.parent),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def end_all(session: int) -> None:
    """End the kernels that the killed program has left; they would end by themselves when they miss it."""
    with suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)


def readable(config: Config) -> dict[str, bytes]:
    """What readers see: pages, workbook and tables."""
    return {name: data for name, data in files(config).items() if "/." not in name and "notebooks/" not in name}


def changed_study(folder: Path) -> Config:
    """A study that was built, and then got new, changed and fewer reports and a notebook with another chart."""
    config = study(folder, reports=12, notebooks={"one": "1", "two": CHART})
    build(config)
    raw = config.path(config.raw)
    for number in range(4, 10):
        (raw / f"{number}.txt").write_bytes(report(number + 10))
    (raw / "new.txt").write_bytes(report(25))
    (raw / "0.txt").unlink()
    write_notebook(folder, "two", CHART.replace("chart.csv", "other.csv"), LISTS)
    return config


def test_killed_at_random_moments_it_leaves_the_last_good_state_and_then_equals_a_clean_build(tmp_path: Path) -> None:
    before = changed_study(tmp_path / "before")
    old = readable(before)
    shutil.copytree(before.root, tmp_path / "clean", ignore=shutil.ignore_patterns("processed", "output"))
    shutil.copytree(before.root, tmp_path / "through")
    clean, through = (load_config(tmp_path / name / "govinfo.toml") for name in ("clean", "through"))
    build(clean)
    begun = time.monotonic()
    assert start(through).wait() == 0
    whole, new = time.monotonic() - begun, readable(through)
    assert old != new
    assert results(through) == results(clean)
    chance, kills = random.Random(7), 0
    for attempt in range(KILLS):
        shutil.copytree(before.root, tmp_path / str(attempt))
        config = load_config(tmp_path / str(attempt) / "govinfo.toml")
        while kills < KILLS:
            program = start(config)
            try:
                done = program.wait(chance.uniform(0, whole)) == 0
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()
                done = False
                kills += 1
            end_all(program.pid)
            # whoever is killed while files are moved is finished by the next
            if not (config.path(config.processed) / ".switch.json").exists():
                assert readable(config) in (old, new)
            if done:
                break
        assert start(config).wait() == 0
        assert readable(config) == new
        assert not any(".next/" in name for name in files(config))
        if kills == KILLS:
            return
    assert kills == KILLS
