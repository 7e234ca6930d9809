"""Pages in a refresh: one for each place, their charts as files, and that only what rests on a change is made again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_reports import environment, report
from small_study import CHART, LISTS, build, files, log, results, stamps, study, write_notebook

from govinfo.build import keys
from govinfo.build.config import Config, load_config
from govinfo.build.lock import hold, lock_file
from govinfo.build.notebooks.run import run_notebooks
from govinfo.cli import main
from govinfo.errors import ConfigError, LockedError, NotebookError

EACH = 'each = "townships"'
ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _no_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cutting the font out for a page takes longer than all else here; the tests of pages look at it."""
    monkeypatch.setattr("govinfo.build.pages.standalone.embed_font", lambda html: html)


def output(config: Config, kind: str = "") -> list[str]:
    """The files of the output folder, or those of a kind."""
    names = (name.removeprefix("output/") for name in files(config) if name.startswith("output/"))
    return [name for name in names if name.endswith(kind)]


def clean(config: Config, folder: Path) -> dict[str, bytes]:
    """The results of a first build of the same inputs elsewhere."""
    shutil.copytree(config.root, folder, ignore=shutil.ignore_patterns("processed", "output"))
    other = load_config(folder / "govinfo.toml")
    build(other)
    return results(other)


def rewritten(config: Config, text: str) -> Config:
    (config.root / "govinfo.toml").write_text(text, encoding="utf-8")
    return load_config(config.root / "govinfo.toml")


def test_each_township_has_a_page_that_comes_and_goes_with_it(tmp_path: Path) -> None:
    config = study(tmp_path / "a", reports=2, notebooks={"one": CHART}, entry=EACH)
    raw = config.path(config.raw)
    build(config)
    assert output(config, "chart.csv") == [f"charts/one-测试{name}镇（所属不明）/chart.csv" for name in "乙甲"]
    assert len(output(config, ".html")) == 3
    before = stamps(config)
    assert not build(config).changed
    assert stamps(config) == before

    (raw / "0.txt").unlink()
    (raw / "2.txt").write_bytes(report(2))
    build(config)

    charts = [name for name in output(config) if name.startswith("charts/")]
    assert charts == [f"charts/one-测试{name}镇（所属不明）/chart.csv" for name in "丙乙"]
    assert sorted(path.name for path in (config.root / "output" / "charts").iterdir()) == [
        f"one-测试{name}镇（所属不明）" for name in "丙乙"
    ]
    assert results(config) == clean(config, tmp_path / "b")


@pytest.mark.slow
def test_charts_are_told_where_they_will_lie_and_belong_to_the_page(tmp_path: Path) -> None:
    config = study(tmp_path / "a", notebooks={"one": CHART})
    folder = tmp_path / "a" / "output" / "charts" / "one"
    build(config)
    executed = (tmp_path / "a" / "output" / "one.ipynb").read_text(encoding="utf-8")
    assert executed.count("output/charts/one") == 2 and ".next" not in executed
    (folder / "chart.csv").unlink()
    build(config)
    assert (log(config)[-1]["notebooks"], (folder / "chart.csv").is_file()) == (["one"], True)

    (folder / "mine.txt").touch()
    write_notebook(tmp_path / "a", "one", CHART.replace("chart.csv", "other.csv"), LISTS)
    build(config)

    assert sorted(path.name for path in folder.iterdir()) == ["mine.txt", "other.csv"]
    (folder / "mine.txt").unlink()
    assert results(config) == clean(config, tmp_path / "b")
    build(rewritten(config, ""))
    assert not folder.parent.exists()


@pytest.mark.slow
def test_a_page_may_keep_no_charts(tmp_path: Path) -> None:
    config = study(tmp_path, notebooks={"one": "print(repr(output))"}, entry='parameters = { output = "" }')

    build(config)

    assert not (tmp_path / "output" / "charts").exists()


@pytest.mark.slow
def test_a_place_that_is_not_there_stops_before_any_notebook_and_changes_nothing(tmp_path: Path) -> None:
    config = study(tmp_path, notebooks={"one": CHART})
    build(config)
    before = files(config)
    (tmp_path / "data" / "raw" / "8.txt").write_bytes(report(8))
    config = rewritten(config, '[[run]]\nnotebook = "one"\nparameters = { townships = ["测试子镇"] }\n')

    result = CliRunner().invoke(main, ["refresh", "--config", str(tmp_path / "govinfo.toml")])

    assert result.exit_code == 2
    assert "govinfo.toml: run 1 (one): townships = ['测试子镇']" in result.output
    assert "测试甲镇" in result.output
    left = {name: data for name, data in files(config).items() if "/.next/" not in name and name != "govinfo.toml"}
    assert left == {name: data for name, data in before.items() if name != "govinfo.toml"}
    assert (log(config)[-1]["result"], log(config)[-1]["step"]) == ("failed", "plan")


def test_a_year_that_is_not_there_yet_does_not_break_the_nightly_run(tmp_path: Path) -> None:
    config = study(tmp_path, notebooks={"one": "print(years)"}, entry="parameters = { years = [2035] }")

    build(config)

    assert "one.html" in output(config)
    with pytest.raises(ConfigError, match="years among 2021"):
        run_notebooks(["one"], {"years": [2034]}, config, progress=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ("workbook/sheets.py", (0, [])),
        ("cli/results.py", (0, [])),
        ("charts/bars.py", (0, ["one"])),
        ("checks/common.py", (0, ["one"])),
        ("readers/kinds.py", (3, [])),
    ],
)
def test_a_change_of_code_makes_again_only_what_rests_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str, told: tuple[int, list[str]]
) -> None:
    """Tables that are made again alike run no notebook."""
    config = study(tmp_path, notebooks={"one": "1"})
    build(config)
    before = {name: data for name, data in results(config).items() if not name.endswith(".built.json")}
    real = keys.file_digest
    monkeypatch.setattr(keys, "file_digest", lambda path: real(path) if path != keys._HOUSE / changed else "another")

    build(config)

    line = log(config)[-1]
    assert (line.get("read", 0), line.get("notebooks", [])) == told
    assert before.items() <= results(config).items()


@pytest.mark.slow
def test_what_is_run_now_goes_to_its_place_when_it_is_whole(tmp_path: Path) -> None:
    config = study(tmp_path, notebooks={"one": CHART}, entry=EACH)
    build(config)
    before = files(config)
    write_notebook(tmp_path, "one", f"{CHART}\n1 / 0", LISTS)
    with pytest.raises(NotebookError):
        run_notebooks(["one"], {}, config, progress=False)
    unchanged = {name: data for name, data in files(config).items() if not name.startswith("notebooks/")}
    assert unchanged == {name: data for name, data in before.items() if not name.startswith("notebooks/")}
    write_notebook(tmp_path, "one", CHART.replace("chart.csv", "other.csv"), LISTS)
    elsewhere = tmp_path / "elsewhere"

    (page,) = run_notebooks(["one-测试甲镇（所属不明）"], {}, config, progress=False)
    run_notebooks(["one"], {"townships": ["测试乙镇"], "output": str(elsewhere)}, config, progress=False)

    assert page.name == "one-测试甲镇（所属不明）.html"
    assert (elsewhere / "other.csv").read_text(encoding="utf-8") == "测试乙镇"
    assert [name.rpartition("/")[2] for name in output(config) if "甲" in name and "charts/" in name] == ["other.csv"]
    assert not (tmp_path / "output" / ".next").exists()


@pytest.mark.slow
def test_nothing_is_run_while_a_refresh_is_at_work(tmp_path: Path) -> None:
    config = study(tmp_path, notebooks={"one": "1"})
    build(config)

    with hold(lock_file(config)), pytest.raises(LockedError):
        run_notebooks(["one"], {}, config, progress=False)


@pytest.mark.slow
def test_two_clean_builds_on_different_days_and_machines_give_the_same_bytes(tmp_path: Path) -> None:
    """Another zone, language, home and order of hashes, reports saved on another day, another folder."""
    made: list[dict[str, bytes]] = []
    for number, (zone, seed) in enumerate((("UTC", "1"), ("Pacific/Kiritimati", "77"))):
        root = tmp_path / ("x" * (number + 1))
        (root / "home").mkdir(parents=True)
        program = "from govinfo.cli import main; main()"
        told = environment(root / "home") | {"TZ": zone, "PYTHONHASHSEED": seed, "HOME": str(root / "home")}
        words = [sys.executable, "-c", program]
        demo = ["demo", str(root / "data"), "--townships", "3", "--years", "2020-2022", "--faults"]
        subprocess.run([*words, *demo], env=told, check=True)
        for path in (root / "data" / "raw").rglob("*"):
            os.utime(path, (10**9 * number, 10**9 * number))
        shutil.copytree(ROOT / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".*"))
        entries = (ROOT / "govinfo.toml").read_text(encoding="utf-8").replace('also = ["demo.toml"]', "")
        (root / "govinfo.toml").write_text(entries, encoding="utf-8")
        refresh = ["refresh", "--config", str(root / "govinfo.toml"), "-j", str(number + 1)]
        subprocess.run([*words, *refresh], env=told, check=True, cwd=root / "home")
        config = load_config(root / "govinfo.toml")
        made.append({name: data for name, data in files(config).items() if not name.startswith("home/")})

    first, second = made
    assert sorted(first) == sorted(second)
    assert [name for name, data in first.items() if data != second[name]] == []
    assert {Path(name).suffix for name in first} >= {".parquet", ".html", ".ipynb", ".png", ".svg", ".csv", ".xlsx"}
