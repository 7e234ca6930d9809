"""The main job again and again: only what is out of date is done, all results change together or none does."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from small_reports import report
from small_study import build, files, log, results, stamps, study, write_notebook

from govinfo.build import switch as switching
from govinfo.build.built import BESIDE, read_built
from govinfo.build.byclock import fails
from govinfo.build.config import Config, load_config
from govinfo.build.loading.beside import PLACES
from govinfo.build.refresh import refresh
from govinfo.build.registers.corrections import CORRECTIONS
from govinfo.build.registers.remarks import REMARKS
from govinfo.build.switch import finish, staging, switch
from govinfo.build.uptodate import Refreshed
from govinfo.cli import main
from govinfo.errors import LockedError, NotebookError

TABLES = "data/processed"


def govinfo(config: Config, *words: object) -> Result:
    return CliRunner().invoke(main, ["refresh", "--config", str(config.root / "govinfo.toml"), *map(str, words)])


@pytest.fixture(autouse=True)
def _no_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cutting the font out for a page takes longer than all else here; the tests of pages look at it."""
    monkeypatch.setattr("govinfo.build.pages.standalone.embed_font", lambda html: html)


def clean(config: Config, folder: Path) -> dict[str, bytes]:
    """The results of a first build of the same inputs elsewhere."""
    shutil.copytree(config.root, folder, ignore=shutil.ignore_patterns("processed", "output"))
    other = load_config(folder / "govinfo.toml")
    build(other)
    return results(other)


def test_a_second_refresh_with_nothing_changed_writes_nothing_but_its_log_line(tmp_path: Path) -> None:
    config = study(tmp_path)
    first = build(config)
    before = stamps(config)

    again = build(config)

    assert (first.changed, again.changed) == (True, False)
    assert stamps(config) == before
    assert [line["result"] for line in log(config)] == ["done", "nothing"]
    assert again.reports == first.reports == 3 and again.loaded == first.loaded and again.contents.is_file()


def test_a_report_that_is_only_saved_again_changes_nothing(tmp_path: Path) -> None:
    config = study(tmp_path)
    build(config)
    os.utime(tmp_path / "data" / "raw" / "1.txt", (0, 0))
    before = stamps(config)

    assert not build(config).changed
    assert stamps(config) == before


def test_only_new_and_changed_files_are_read_and_all_is_as_in_a_clean_build(tmp_path: Path) -> None:
    config = study(tmp_path / "a", reports=6)
    raw = tmp_path / "a" / "data" / "raw"
    build(config)
    (raw / "2.txt").write_bytes(report(12))
    (raw / "4.txt").rename(raw / "44.txt")
    (raw / "sub").mkdir()
    (raw / "sub" / "0.txt").write_bytes(report(7))
    (raw / "5.txt").unlink()
    (raw / "copy.txt").write_bytes((raw / "1.txt").read_bytes())
    (raw / "news.txt").write_bytes("今天天气很好".encode())

    build(config)

    line = log(config)[-1]
    assert (line["read_files"], line["kept"]) == (["2.txt", "44.txt", "news.txt", "sub/0.txt"], 3)
    assert results(config) == clean(config, tmp_path / "b")
    (raw / "6.txt").write_bytes(report(8))
    build(config)
    assert log(config)[-1]["read_files"] == ["6.txt"]


@pytest.mark.slow
def test_what_the_manifest_says_of_a_file_has_that_file_read_again(tmp_path: Path) -> None:
    config = study(tmp_path / "a")
    manifest = tmp_path / "a" / "data" / "raw" / "manifest.csv"
    manifest.write_text("file,note\n0.txt,甲\n1.txt,乙\n", encoding="utf-8")
    build(config)
    manifest.write_text("file,note,remark\n1.txt,丙,x\n0.txt,甲,y\n", encoding="utf-8")

    build(config)

    assert log(config)[-1]["read_files"] == ["1.txt"]
    assert results(config) == clean(config, tmp_path / "b")


@pytest.mark.slow
def test_places_have_all_files_read_again_and_registers_none(tmp_path: Path) -> None:
    config = study(tmp_path / "a")
    build(config)
    data = tmp_path / "a" / "data"
    head = "finding_id,status,remark,who,when\n"
    (data / "remarks.csv").write_text(f"{head}{'0' * 16},confirmed,无,某,2024-01-02\n", encoding="utf-8")
    build(config)
    registers = log(config)[-1]
    (data / "places.csv").write_text("province,city,county,township\n河南省,洛阳市,伊川县,测试甲镇\n", encoding="utf-8")
    build(config)

    assert (registers["result"], registers["read"], registers["kept"]) == ("done", 0, 3)
    assert log(config)[-1]["read"] == 3
    assert results(config) == clean(config, tmp_path / "b")
    assert (PLACES, CORRECTIONS, REMARKS) == BESIDE


@pytest.mark.slow
def test_results_that_are_gone_or_changed_by_others_are_made_again(tmp_path: Path) -> None:
    config = study(tmp_path)
    build(config)
    before = files(config)
    (tmp_path / "output" / "index.html").write_text("x", encoding="utf-8")
    (tmp_path / "output" / "reports.xlsx").unlink()
    (tmp_path / TABLES / "reports.parquet").unlink()

    build(config)

    assert files(config) == before
    assert log(config)[-1]["read"] == 0


@pytest.mark.slow
def test_a_record_or_a_store_that_is_broken_only_costs_time(tmp_path: Path) -> None:
    config = study(tmp_path)
    build(config)
    before = files(config)
    record, store = tmp_path / TABLES / ".built.json", tmp_path / TABLES / ".rows.sqlite"
    whole = store.read_bytes()
    for told, kept in ((b"{", b"no store"), (b'{"version": 1}', whole[:5000] + bytes(3000)), (b"\xff", whole[:4096])):
        record.write_bytes(told)
        store.write_bytes(kept)

        build(config)

        assert files(config) == before


@pytest.mark.slow
def test_a_notebook_runs_again_only_when_it_or_its_inputs_have_changed(tmp_path: Path) -> None:
    config = study(tmp_path / "a", notebooks={"one": "print(processed)", "two": "2"})
    root = tmp_path / "a"
    build(config)
    assert log(config)[-1]["notebooks"] == ["one", "two"]
    assert "data/processed" in (root / "output" / "one.ipynb").read_text(encoding="utf-8")
    write_notebook(root, "two", "3")
    build(config)
    assert log(config)[-1]["notebooks"] == ["two"]
    text = '[[run]]\nnotebook = "one"\nname = "uno"\n[[run]]\nnotebook = "two"\n'
    (root / "govinfo.toml").write_text(text, encoding="utf-8")
    config = load_config(root / "govinfo.toml")
    build(config)
    assert log(config)[-1]["notebooks"] == ["uno"]
    assert sorted(path.name for path in (root / "output").glob("*.html")) == ["index.html", "two.html", "uno.html"]
    assert results(config) == clean(config, tmp_path / "b")


@pytest.mark.slow
def test_a_notebook_that_stops_leaves_all_results_and_the_others_need_not_run_again(tmp_path: Path) -> None:
    config = study(tmp_path / "a", notebooks={"one": "1", "two": "2"})
    root = tmp_path / "a"
    build(config)
    before = files(config)
    (root / "data" / "raw" / "9.txt").write_bytes(report(9))
    write_notebook(root, "one", "'new'")
    write_notebook(root, "two", "1 / 0")
    with pytest.raises(NotebookError, match="ZeroDivisionError") as error:
        build(config)
    assert any(f"{TABLES}/.next" in note for note in error.value.__notes__)
    left = {name: data for name, data in files(config).items() if "/.next/" not in name and "notebooks/" not in name}
    assert left == {name: data for name, data in before.items() if "notebooks/" not in name}
    assert (log(config)[-1]["result"], log(config)[-1]["step"]) == ("failed", "run")

    write_notebook(root, "two", "22")
    build(config)

    assert (log(config)[-1]["read"], log(config)[-1]["notebooks"]) == (0, ["two"])
    assert results(config) == clean(config, tmp_path / "b")


@pytest.mark.slow
def test_a_page_that_somebody_else_has_written_since_is_not_removed(tmp_path: Path) -> None:
    config = study(tmp_path, notebooks={"one": "1"})
    build(config)
    page = tmp_path / "output" / "one.html"
    page.write_text("mine", encoding="utf-8")
    (tmp_path / "govinfo.toml").write_text("", encoding="utf-8")

    build(load_config(tmp_path / "govinfo.toml"))

    assert page.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "output" / "one.ipynb").exists()


@pytest.mark.slow
def test_steps_that_were_left_out_are_done_by_the_next_whole_refresh(tmp_path: Path) -> None:
    config = study(tmp_path / "a")
    refresh(config, steps=("load",), progress=False)
    assert not (tmp_path / "a" / "output" / "reports.xlsx").exists()
    build(config)
    assert results(config) == clean(config, tmp_path / "b")


@pytest.mark.parametrize("fails_at", range(6))
def test_a_switch_that_was_cut_off_is_finished_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    """Before the journal stands all is as it was; after it, nothing is but the new."""
    base, names = tmp_path / "a", ("x", "y", "z")
    staged = staging(base)
    staged.mkdir(parents=True)
    for name in (*names, "old"):
        (base / name).write_text("old", encoding="utf-8")
    for name in names:
        (staged / name).write_text("new", encoding="utf-8")
    calls = iter(range(100))
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if next(calls) == fails_at:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(switching.Path, "replace", replace)
    moves = [(staged / name, base / name) for name in names]
    if fails_at < 4:
        with pytest.raises(KeyboardInterrupt):
            switch(base / "journal", moves, [base / "old"])
    else:
        switch(base / "journal", moves, [base / "old"])
    decided = fails_at > 0

    assert finish(base / "journal") == (0 < fails_at < 4)
    assert [(base / name).read_text(encoding="utf-8") for name in names] == ["new" if decided else "old"] * 3
    assert (base / "old").exists() != decided
    assert not (base / "journal").exists()


def test_a_refresh_that_runs_keeps_others_out_and_a_killed_one_does_not(tmp_path: Path) -> None:
    config = study(tmp_path)
    code = (
        "import sys, time; from pathlib import Path; from govinfo.build.lock import hold\n"
        "with hold(Path(sys.argv[1])): print('held', flush=True); time.sleep(600)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / TABLES / ".lock")], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        result = govinfo(config)
        assert result.exit_code == 2
        assert "lock" in result.output
        assert (log(config)[-1]["result"], log(config)[-1]["step"]) == ("failed", "lock")
        with pytest.raises(LockedError):
            build(config)
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.wait()

    assert govinfo(config).exit_code == 0


@pytest.mark.parametrize(
    ("findings", "unread", "fails_on"),
    [
        ((0, 0, 0), 0, []),
        ((0, 0, 3), 0, ["info"]),
        ((0, 2, 0), 0, ["warning", "info"]),
        ((1, 0, 0), 0, ["error", "warning", "info"]),
        ((0, 0, 0), 1, ["error", "warning", "info"]),
    ],
)
def test_a_build_fails_by_what_was_asked_for(findings: tuple[int, int, int], unread: int, fails_on: list[str]) -> None:
    counts = dict(zip(("error", "warning", "info"), findings, strict=True))
    done = Refreshed(5, unread + 1, counts, Path("index.html"), None, unread=unread)
    assert [severity for severity in counts if fails(done, severity)] == fails_on
    assert not fails(done, None)


def test_the_exit_code_is_1_only_where_it_was_asked_for(tmp_path: Path) -> None:
    config = study(tmp_path)
    (tmp_path / "data" / "raw" / "empty.txt").write_bytes(b"")
    (tmp_path / "data" / "raw" / "copy.txt").write_bytes(report(1))
    for _ in ("done", "nothing to do"):
        assert govinfo(config, "--fail-on", "error").exit_code == 1
        assert govinfo(config).exit_code == 0
    assert read_built(config).said["unread"] == 1


def test_a_step_that_fails_is_named_and_exits_with_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = study(tmp_path)
    manifest = tmp_path / "data" / "raw" / "manifest.csv"
    manifest.write_text("file\nnowhere.txt\n", encoding="utf-8")
    result = govinfo(config)
    assert result.exit_code == 2
    assert "nowhere.txt" in result.output and "load" in result.output
    manifest.unlink()

    def breaks(*_: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr("govinfo.build.refresh.write_workbook", breaks)
    assert govinfo(config).exit_code == 2
    assert [(line["step"], line["error"].splitlines()[0]) for line in log(config)] == [
        ("load", "manifest.csv:2"),
        ("export", "ZeroDivisionError: a fault of ours"),
    ]
    shutil.rmtree(tmp_path / "data" / "raw")
    assert govinfo(config).exit_code == 2


def test_what_has_changed_is_told_and_stays_until_the_next_change(tmp_path: Path) -> None:
    config = study(tmp_path)
    build(config)
    changes = tmp_path / "output" / "CHANGES.md"
    assert "这是第一次生成" in changes.read_text(encoding="utf-8")
    (tmp_path / "data" / "raw" / "2.txt").unlink()
    build(config)
    told = changes.read_text(encoding="utf-8")
    build(config)

    assert "去掉报告 1 份" in told and "（2.txt）" in told
    assert log(config)[1]["changed"]["removed"] == 1
    assert changes.read_text(encoding="utf-8") == told


@pytest.mark.slow
def test_tables_of_a_refresh_are_those_of_load(tmp_path: Path) -> None:
    config = study(tmp_path)
    build(config)
    (tmp_path / "data" / "raw" / "1.txt").write_bytes(report(5))
    build(config)
    CliRunner().invoke(main, ["load", str(tmp_path / "data" / "raw"), "-o", str(tmp_path / "loaded")])

    for path in (tmp_path / "loaded").glob("*.parquet"):
        assert path.read_bytes() == (tmp_path / TABLES / path.name).read_bytes(), path.name
    assert len(pd.read_parquet(tmp_path / TABLES / "reports.parquet")) == 3
