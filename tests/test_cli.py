"""The command as a user meets it: exit codes, messages, files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from slow_cases import slow

from govinfo.build.config import load_config
from govinfo.cli import main
from govinfo.errors import ConfigError
from govinfo.tables import SCHEMA

RAW = Path(__file__).parent.parent / "data" / "raw"


def govinfo(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_load_writes_every_table_with_its_types(tmp_path: Path) -> None:
    result = govinfo("load", RAW, "-o", tmp_path)
    assert result.exit_code == 0, result.output
    for name, schema in SCHEMA.items():
        frame = pd.read_parquet(tmp_path / f"{name}.parquet")
        assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == dict(schema)
    assert len(pd.read_parquet(tmp_path / "reports.parquet")) == 5


def test_the_same_reports_give_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        govinfo("load", RAW, "-o", tmp_path / folder)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_a_file_that_gives_no_report_is_named_and_the_rest_is_loaded(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    report = (RAW / "百泉镇2023.txt").read_bytes()
    for name, data in {
        "a.txt": report,
        "b.txt": report,
        "新闻.txt": "今天天气很好，我镇举行运动会。".encode(),
        "空.txt": b"",
        "图.png": b"\x89PNG",
        ".hidden": b"x",
        "~$a.txt": b"x",
    }.items():
        (raw / name).write_bytes(data)

    result = govinfo("load", raw, "-o", tmp_path / "out")

    assert result.exit_code == 2
    rejects = pd.read_parquet(tmp_path / "out" / "rejects.parquet")
    assert dict(zip(rejects["source"], rejects["reason"], strict=True)) == {
        "b.txt": "duplicate_file",
        "图.png": "unsupported_format",
        "新闻.txt": "not_a_report",
        "空.txt": "empty",
    }
    assert list(pd.read_parquet(tmp_path / "out" / "reports.parquet")["source"]) == ["a.txt"]


def test_show_says_who_when_and_where_each_line_stands() -> None:
    result = govinfo("show", RAW / "吕店镇2020.txt")
    assert result.exit_code == 0
    for words in ("吕店镇", "2020", "2019年格式", "359.7", "吕店镇2020.txt:", "节录"):
        assert words in result.output


def test_show_json_is_the_tables() -> None:
    data = json.loads(govinfo("show", RAW / "吕店镇2020.txt", "--json").output)
    assert set(data) == set(SCHEMA)
    amount = next(row for row in data["disclosure"] if row["measure"] == "amount")
    assert (amount["value"], amount["raw"], amount["unit"]) == (359.7, "359.7", "CNY_10k")


@pytest.mark.parametrize(("file", "code"), [("百泉镇2023.txt", 0), ("高唐镇2021.txt", 1), ("没有.txt", 2)])
def test_check_tells_by_its_exit_code(file: str, code: int) -> None:
    result = govinfo("check", RAW / file)
    assert result.exit_code == code
    assert ("table.shape" in result.output) == (code == 1)


def test_an_unknown_parameter_is_an_error_before_anything_runs() -> None:
    result = govinfo("run", "request_outcomes", "-p", "yeers=2021")
    assert result.exit_code == 2
    assert "years" in result.output


def test_a_manifest_line_overrules_the_text_and_errors_name_their_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((RAW / "百泉镇2023.txt").read_bytes())
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("file,township,year,note\na.txt,某某镇,2022,试\n", encoding="utf-8")
    (report,) = json.loads(govinfo("show", tmp_path / "a.txt", "--json").output)["reports"]
    assert (report["township"], report["year"], report["note"]) == ("某某镇", 2022, "试")
    assert (report["place_source"], report["year_source"]) == ("manifest", "manifest")

    manifest.write_text("file,year\na.txt,二〇二二\n", encoding="utf-8")
    result = govinfo("check", tmp_path)
    assert result.exit_code == 2
    assert "manifest.csv:2" in result.output


@pytest.mark.parametrize("inside", [".", "tables", "deep/er"])
def test_results_are_not_written_among_the_reports_where_they_would_be_read_as_such(
    tmp_path: Path, inside: str
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    config = tmp_path / "govinfo.toml"

    result = govinfo("load", raw, "-o", raw / inside)
    assert (result.exit_code, list(raw.iterdir())) == (2, [])

    for folder in ("processed", "output"):
        config.write_text(f'[folders]\nraw = "raw"\n{folder} = "raw/{inside}"\n', encoding="utf-8")
        with pytest.raises(ConfigError, match=f"{folder} = .*which lies in raw"):
            load_config(config)


def test_tables_may_lie_in_a_hidden_folder_of_the_reports_and_reports_among_results(tmp_path: Path) -> None:
    config = tmp_path / "govinfo.toml"
    config.write_text('[folders]\nraw = "raw"\nprocessed = "raw/.tables"\noutput = "."\n', encoding="utf-8")

    assert load_config(config).processed == "raw/.tables"


def test_help_and_import_load_no_heavy_library() -> None:
    code = (
        "import govinfo, govinfo.cli, sys; print([m for m in ('pandas', 'matplotlib', 'openpyxl') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("suffix", "place"),
    [
        ("txt", r"\.txt:\d+"),
        slow("html", r"table \d+ row \d+ cell \d+ … \d+"),
        slow("docx", r"table \d+ row \d+ cell \d+ … \d+"),
        slow("xlsx", r"![A-Z]\d+ … [A-Z]\d+"),
        ("pdf", r"p\.\d+ table \d+ row \d+ cell \d+ … \d+"),
    ],
)
def test_show_names_the_place_of_figures_in_every_format(tmp_path: Path, suffix: str, place: str) -> None:
    assert govinfo("demo", tmp_path, "--townships", 1, "--years", "2020", "--formats", suffix).exit_code == 0

    output = govinfo("show", next((tmp_path / "raw").rglob(f"*.{suffix}"))).output

    assert re.search(f"本年新收政府信息公开申请数量 .*{place}", output)


def test_show_calls_the_lines_of_the_statistics_table_by_their_official_names(tmp_path: Path) -> None:
    govinfo("demo", tmp_path, "--townships", 1, "--years", "2018", "--formats", "txt")

    output = govinfo("show", next((tmp_path / "raw").rglob("*.txt"))).output

    assert re.search(r"主动公开政府信息数\S* +\d+ 条", output)
    assert "disclosed" not in output
