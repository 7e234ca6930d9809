"""`govinfo check`: what is listed, what is written, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from filled_reports import filled, together

from govinfo.build.terminal.findings_file import write_findings
from govinfo.build.terminal.listing import exit_code, findings_text
from govinfo.checks import run_checks
from govinfo.cli import main
from govinfo.definitions.wording import say, words
from govinfo.tables import SCHEMA, Tables, typed

RAW = Path(__file__).parent.parent / "data" / "raw"
DAMAGED, CLEAN = RAW / "高唐镇2021.txt", RAW / "百泉镇2023.txt"
NEW = ("requests", "new", "total")


def govinfo(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def checked(tables: Tables) -> Tables:
    return replace(tables, findings=run_checks(tables))


@pytest.fixture
def mixed() -> Tables:
    """Three reports in order of places; findings of each severity, and a file that gave no report."""
    good = filled(report_id="r1", source="good.txt", sha256="1" * 64)
    bad = filled(values={NEW: 3}, report_id="r2", source="bad.txt", year=2023, sha256="2" * 64)
    late = filled(report_id="r3", source="late.txt", year=2021, sha256="3" * 64)
    late = replace(late, reports=late.reports.assign(published_on=pd.Timestamp("2022-06-01")))
    rejects = typed("rejects", [{"source": "坏.doc", "sha256": "0", "reason": "unreadable", "message": "broken"}])
    return replace(checked(together(good, late, bad)), rejects=rejects)


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


# on the terminal


def test_findings_stand_under_their_report_with_place_and_id(mixed: Tables) -> None:
    lines = findings_text(mixed).split("\n")

    head = next(number for number, text in enumerate(lines) if "bad.txt" in text)
    assert "乌苏市百泉镇" in lines[head] and "2023" in lines[head]
    finding = mixed.findings[mixed.findings["report_id"] == "r2"].iloc[0]
    assert finding["message"] in lines[head + 1]
    assert all(str(finding[name]) in lines[head + 2] for name in ("rule", "locator", "finding_id"))
    assert not any("good.txt" in text for text in lines)


@pytest.mark.parametrize(("severity", "rules"), [("error", 2), ("warning", 2), ("info", 3), (None, 3)])
def test_only_the_severity_asked_for_and_worse_is_listed(mixed: Tables, severity: str | None, rules: int) -> None:
    text = findings_text(mixed, severity)

    assert sum(text.count(one) for one in mixed.findings["finding_id"]) == rules
    assert say("check", "total", reports=3, error=2, warning=0, info=1, rejects=1) in text
    assert "坏.doc" in text


def test_english_has_english_messages_and_no_chinese_of_ours(mixed: Tables) -> None:
    text = findings_text(mixed, lang="en")

    assert all(message in text for message in mixed.findings["message_en"])
    assert not any(message in text for message in mixed.findings["message"])
    assert words("check").keys() == words("check_en").keys()


@pytest.mark.parametrize(
    ("values", "year", "severity", "code"),
    [
        ({}, 2022, None, 0),
        ({NEW: 3}, 2022, None, 1),
        ({NEW: 3}, 2022, "error", 1),
        ({}, 2021, None, 0),
        ({}, 2021, "info", 1),
        ({}, 2021, "error", 0),
    ],
)
def test_the_exit_code_is_of_the_severity_asked_for(
    values: dict[tuple[str, str, str], int], year: int, severity: str | None, code: int
) -> None:
    """The report on 2021 is late, an info: it makes a check fail only where infos are asked for."""
    tables = filled(values=values, year=year)
    late = tables.reports.assign(published_on=pd.Timestamp("2022-12-01" if year == 2021 else "2023-01-10"))

    assert exit_code(checked(replace(tables, reports=late)), severity) == code


def test_a_file_that_gave_no_report_is_the_worst(mixed: Tables) -> None:
    assert exit_code(mixed, "error") == 2


def test_several_paths_are_one_list_with_one_sum(tmp_path: Path) -> None:
    """A report and its copy in another folder are compared, as they are when they lie in one folder."""
    for name in ("a/x.txt", "b/y.txt"):
        (tmp_path / name).parent.mkdir()
    (tmp_path / "a" / "x.txt").write_bytes(CLEAN.read_bytes())
    (tmp_path / "b" / "y.txt").write_bytes(CLEAN.read_bytes() + b"\n")

    result = govinfo("check", tmp_path / "a" / "x.txt", tmp_path / "b")

    assert result.exit_code == 1
    assert "report.duplicate" in result.output and "a/x.txt" in result.output and "b/y.txt" in result.output
    assert result.output.count(say("check", "total", reports=2, error=0, warning=1, info=0, rejects=0)) == 1


def test_the_manifest_speaks_of_each_of_several_files(tmp_path: Path) -> None:
    for path in (CLEAN, DAMAGED):
        shutil.copyfile(path, tmp_path / path.name)
    manifest = f"file,township,county\n{CLEAN.name},虚构镇,虚构县\n{DAMAGED.name},编造镇,虚构县\n"
    (tmp_path / "manifest.csv").write_text(manifest, encoding="utf-8")

    output = govinfo("check", tmp_path / CLEAN.name, tmp_path / DAMAGED.name).output

    assert "虚构县虚构镇" in output and "虚构县编造镇" in output


# as a file


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json", "CSV"])
def test_the_same_findings_give_the_same_bytes(mixed: Tables, tmp_path: Path, suffix: str) -> None:
    for name in ("one", "two"):
        write_findings(tmp_path / f"{name}.{suffix}", mixed)

    assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()


def test_a_spreadsheet_has_a_line_for_each_finding_and_each_file_without_a_report(
    mixed: Tables, tmp_path: Path
) -> None:
    write_findings(tmp_path / "list.csv", mixed)
    write_findings(tmp_path / "list.xlsx", mixed)

    rows = read_csv(tmp_path / "list.csv")
    head = words("check")
    assert {row[head["head_finding_id"]] for row in rows[:-1]} == set(mixed.findings["finding_id"])
    assert (rows[-1][head["head_severity"]], rows[-1][head["head_source"]]) == (head["severity_unread"], "坏.doc")
    wrong = next(row for row in rows if row[head["head_rule"]] == "requests.row_total")
    assert wrong[head["head_table"]] == "表三" and wrong[head["head_line"]] == "一、本年新收政府信息公开申请数量"
    page = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0]
    table = [["" if cell is None else str(cell) for cell in row] for row in page.values]
    assert table[-len(rows) :] == [list(row.values()) for row in rows]


def test_an_english_list_has_codes(mixed: Tables, tmp_path: Path) -> None:
    write_findings(tmp_path / "list.csv", mixed, "error", "en")

    rows = read_csv(tmp_path / "list.csv")
    assert [row["rule"] for row in rows] == ["requests.balance", "requests.row_total", "unreadable"]
    assert rows[1]["table"] == "requests" and rows[1]["line"] == "new" and rows[1]["severity"] == "error"
    assert rows[1]["message"] in set(mixed.findings["message_en"])


def test_json_has_every_column_and_both_languages(mixed: Tables, tmp_path: Path) -> None:
    write_findings(tmp_path / "list.json", mixed, lang="en")

    data = json.loads((tmp_path / "list.json").read_text(encoding="utf-8"))
    assert len(data["findings"]) == len(mixed.findings)
    assert set(SCHEMA["findings"]) | {"source", "county", "township", "year"} <= set(data["findings"][0])
    assert [one["source"] for one in data["rejects"]] == ["坏.doc"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_text_of_a_report_is_never_a_formula(mixed: Tables, tmp_path: Path, text: str) -> None:
    rows = mixed.findings.assign(locator=text, message=text)
    made = replace(mixed, findings=rows, reports=mixed.reports.assign(source=text, township=text))
    write_findings(tmp_path / "list.csv", made)
    write_findings(tmp_path / "list.xlsx", made)

    for row in read_csv(tmp_path / "list.csv")[:-1]:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row.values())
    for row in openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0].iter_rows():
        assert all(cell.data_type != "f" for cell in row)


@pytest.mark.parametrize("name", ["list.txt", "list", "list.xls"])
def test_another_suffix_is_refused_before_anything_is_read(tmp_path: Path, name: str) -> None:
    result = govinfo("check", tmp_path / "absent", "-o", tmp_path / name)

    assert result.exit_code == 2
    assert ".csv, .xlsx, .json" in result.output and "absent" not in result.output.split("expected")[1]


def test_the_command_writes_what_it_lists(tmp_path: Path) -> None:
    result = govinfo("check", DAMAGED, "-o", tmp_path / "out" / "核对.csv", "--severity", "warning", "--lang", "en")

    assert result.exit_code == 1
    rows = read_csv(tmp_path / "out" / "核对.csv")
    assert "table.shape" in {row["rule"] for row in rows} and "info" not in {row["severity"] for row in rows}
    assert all(row["finding_id"] in result.output for row in rows)
