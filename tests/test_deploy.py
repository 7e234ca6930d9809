"""The examples of scheduled regeneration: what they start is there, and those who read them understand them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from govinfo.cli import main

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
PLACE = "/srv/govinfo"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_takes_the_service_and_its_timer(tmp_path: Path) -> None:
    for name in ("govinfo.service", "govinfo.timer"):
        text = (DEPLOY / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(f"{PLACE}/.venv/bin/govinfo", sys.executable), encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("govinfo.service", "govinfo.timer")]

    done = subprocess.run(["systemd-analyze", "verify", *paths], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="cron")
def test_the_line_of_cron_says_something_only_when_the_run_did_not_go_well(tmp_path: Path) -> None:
    (line,) = [
        line
        for line in (DEPLOY / "crontab.example").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    command = line.split(maxsplit=5)[5].replace(PLACE, str(tmp_path))
    # cron makes a new line of it
    assert "%" not in command
    program = tmp_path / ".venv" / "bin" / "govinfo"
    program.parent.mkdir(parents=True)
    for code, said in ((0, ""), (1, "refresh --fail-on error\n"), (2, "refresh --fail-on error\n")):
        program.write_text(f'#!/bin/sh\necho "$*"\nexit {code}\n', encoding="utf-8")
        program.chmod(0o755)
        done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
        assert (done.stdout, done.stderr) == (said, "")


def test_all_of_them_start_a_command_that_there_is() -> None:
    told = CliRunner().invoke(main, ["refresh", "--help"]).output
    for name in ("govinfo.service", "crontab.example", "github-workflow.yml"):
        assert ".venv/bin/govinfo refresh" in (DEPLOY / name).read_text(encoding="utf-8")
    assert "--fail-on" in told


def test_the_workflow_sets_up_refreshes_and_keeps_what_was_built() -> None:
    workflow = yaml.safe_load((DEPLOY / "github-workflow.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["refresh"]["steps"]
    ran = [step["run"] for step in steps if "run" in step]

    assert ran[:2] == ["make setup", ".venv/bin/govinfo refresh"]
    assert workflow["permissions"] == {"contents": "read"}
    (cache,) = [step["with"]["path"] for step in steps if step.get("uses", "").startswith("actions/cache@")]
    assert cache.split() == ["data/processed", "output"]
