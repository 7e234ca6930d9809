"""Known misprints: corrected while the source still prints them, and never in silence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner
from filled_reports import filled, lost, together
from slow_cases import slow

from govinfo.build.loading.load import load
from govinfo.build.registers.corrections import apply_corrections, read_corrections
from govinfo.build.terminal.show import show_text
from govinfo.checks import run_checks
from govinfo.cli import main
from govinfo.definitions.wording import say
from govinfo.errors import RegisterError
from govinfo.tables import Tables, read_tables
from govinfo.workbook import write_workbook

RAW = Path(__file__).parent.parent / "data" / "raw"
HASH = "5" * 64
HEAD = "source,sha256,table,line,column,as_printed,corrected,reason,decided_by,decided_on\n"
NEW = ("requests", "new", "total")


def said(**cells: str) -> str:
    """A line of the register: of the report `HASH`, its figure `NEW`, unless `cells` say otherwise."""
    line = {"source": "", "sha256": HASH, "table": NEW[0], "line": NEW[1], "column": NEW[2], "as_printed": "21"}
    line |= {"corrected": "12", "reason": "各列之和为12", "decided_by": "某某", "decided_on": "2024-03-02"}
    return ",".join((line | cells).values()) + "\n"


def corrected(tables: Tables, folder: Path, *lines: str, **more: Any) -> Tables:
    path = folder / "corrections.csv"
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return apply_corrections(tables, read_corrections(path), **more)


def printed(**cell: Any) -> Tables:
    """A report that prints 21 where 12 was received; `cell` says what else of that cell."""
    own = {NEW: {"value": 21, "raw": "21"} | cell}
    return filled("2021", cells=own, sha256=HASH, source="a.txt")


def cell_of(tables: Tables, key: tuple[str, str, str] = NEW) -> pd.Series:
    frame = getattr(tables, key[0])
    line, column = {"requests": ("line", "applicant"), "disclosure": ("item", "measure")}.get(
        key[0], ("channel", "result")
    )
    return frame[(frame[line] == key[1]) & (frame[column] == key[2])].iloc[0]


def findings(tables: Tables) -> pd.DataFrame:
    found = run_checks(tables)
    return found[found["rule"] == "correction.not_applied"]


def test_a_corrected_figure_says_what_is_printed_and_who_decided(tmp_path: Path) -> None:
    before = printed()
    after = corrected(before, tmp_path, said())

    cell = cell_of(after)
    assert (cell["value"], cell["raw"], cell["status"]) == (12, "21", "aligned")
    for words in ("corrected by the register", "21", "各列之和为12", "某某", "2024-03-02"):
        assert words in cell["status_detail"]
    assert list(after.corrections["state"]) == ["applied"]
    assert findings(after).empty
    assert cell_of(before)["value"] == 21


def test_only_the_cell_that_the_register_names_changes(tmp_path: Path) -> None:
    before = together(printed(), filled(report_id="r2", sha256="6" * 64, source="b.txt", cells={NEW: {"raw": "21"}}))
    after = corrected(before, tmp_path, said())

    changed = after.requests.compare(before.requests)
    assert len(changed) == 1 and set(changed.columns.get_level_values(0)) == {"value", "status_detail"}
    for name in ("reports", "disclosure", "disputes", "narrative"):
        pd.testing.assert_frame_equal(getattr(after, name), getattr(before, name))


def test_the_checks_see_the_corrected_figure(tmp_path: Path) -> None:
    before = printed()
    assert not run_checks(before).empty

    assert run_checks(corrected(before, tmp_path, said(corrected="0"))).empty


@pytest.mark.parametrize("name", ["b.txt", "更名/a (1).txt"])
def test_a_correction_by_hash_survives_another_name(tmp_path: Path, name: str) -> None:
    renamed = printed()
    renamed = replace(renamed, reports=renamed.reports.assign(source=name))

    for sha256 in (HASH, HASH[:16]):
        assert cell_of(corrected(renamed, tmp_path, said(source="a.txt", sha256=sha256)))["value"] == 12


def test_a_correction_by_hash_expires_with_the_bytes(tmp_path: Path) -> None:
    """The portal may have put another report, or a corrected one, in the file's place."""
    after = corrected(printed(), tmp_path, said(source="a.txt", sha256="6" * 64))

    assert cell_of(after)["value"] == 21
    (found,) = findings(after).to_dict("records")
    assert (found["table"], found["line"], found["column"]) == NEW
    assert "sha256" in found["message"] and "21" in found["message"] and "12" in found["message"]


def test_a_correction_without_a_hash_goes_by_the_path(tmp_path: Path) -> None:
    assert cell_of(corrected(printed(), tmp_path, said(source="a.txt", sha256="")))["value"] == 12
    assert cell_of(corrected(printed(), tmp_path, said(source="x\\a.txt", sha256=""), below="x/"))["value"] == 12


@pytest.mark.parametrize(
    ("raw", "as_printed"),
    [
        ("21", "21"),
        ("２１", "21"),
        ("1,234", "1234"),
        ("21 ", " 21"),
        ("359.70", "359.7"),
        ("若干", "若干"),
        (None, ""),
    ],
)
def test_what_a_spreadsheet_does_to_a_figure_is_no_other_figure(
    tmp_path: Path, raw: str | None, as_printed: str
) -> None:
    after = corrected(printed(raw=raw), tmp_path, said(as_printed=as_printed))

    assert list(after.corrections["state"]) == ["applied"]


@pytest.mark.parametrize(
    ("raw", "as_printed", "state"),
    [("22", "21", "other"), ("12", "21", "right"), ("", "21", "other"), ("21", "", "other"), ("2 1", "21", "other")],
)
def test_a_correction_expires_when_the_cell_prints_something_else(
    tmp_path: Path, raw: str, as_printed: str, state: str
) -> None:
    after = corrected(printed(raw=raw), tmp_path, said(as_printed=as_printed))

    assert cell_of(after)["value"] == 21
    assert list(after.corrections["state"]) == [state]
    assert len(findings(after)) == 1


@pytest.mark.parametrize(
    ("status", "raw", "line", "as_printed", "after"),
    [
        ("read", "21", None, "21", "read"),
        ("aligned", "21", None, "21", "aligned"),
        ("repaired", None, "21 | 0 | 21", "21|0|21", "read"),
        ("ambiguous", None, "21 | 0 | 21", "21 0 21", "read"),
        ("unreadable", "若干", None, "若干", "read"),
        ("blank", "", None, "", "read"),
        ("missing", None, None, "", "read"),
    ],
)
def test_a_figure_that_could_not_be_read_can_be_given(
    tmp_path: Path, status: str, raw: str | None, line: str | None, as_printed: str, after: str
) -> None:
    """Where the figures of a line did not fit its columns, the register says what the line prints."""
    value = 21 if status in ("read", "aligned", "repaired") else None
    tables = printed(status=status, raw=raw, printed=line, value=value)

    cell = cell_of(corrected(tables, tmp_path, said(as_printed=as_printed)))

    assert (cell["value"], cell["status"]) == (12, after)
    assert (status in cell["status_detail"]) == (status != after)


def test_what_was_known_of_a_figure_before_stays_in_its_detail(tmp_path: Path) -> None:
    cell = cell_of(corrected(printed(status_detail="read by OCR"), tmp_path, said()))

    assert cell["status_detail"].endswith("; read by OCR")


@pytest.mark.parametrize(
    "cells",
    [{"line": "granted", "column": "nobody"}, {"line": "other"}, {"table": "statistics", "column": ""}],
    ids=["no column", "no line of this form", "no table of this form"],
)
def test_a_correction_of_no_cell_is_a_finding(tmp_path: Path, cells: dict[str, str]) -> None:
    after = corrected(printed(), tmp_path, said(**cells))

    assert list(after.corrections["state"]) == ["no_cell"]
    assert len(findings(after)) == 1


def test_lines_and_columns_may_be_named_as_they_are_printed(tmp_path: Path) -> None:
    labels = said(table="表三", line="一、本年新收政府信息公开申请数量", column="总计")

    assert cell_of(corrected(printed(), tmp_path, labels))["value"] == 12


def test_a_label_that_stands_under_each_channel_is_that_of_its_own(tmp_path: Path) -> None:
    """其他结果 stands three times in table 四; the line of the register names the channel."""
    key = ("disputes", "litigation_direct", "other")
    tables = filled(cells={key: {"raw": "21"}}, sha256=HASH)

    after = corrected(tables, tmp_path, said(table="disputes", line="litigation_direct", column="其他结果"))

    assert cell_of(after, key)["value"] == 12


def test_an_amount_is_corrected_in_the_unit_of_its_column(tmp_path: Path) -> None:
    key = ("disclosure", "administrative_fees", "amount")
    tables = filled(cells={key: {"value": 703203.72, "raw": "703203.72"}}, sha256=HASH)
    assert set(run_checks(tables)["rule"]) == {"value.unit"}

    after = corrected(
        tables, tmp_path, said(table=key[0], line=key[1], column=key[2], as_printed="703203.72", corrected="70.320372")
    )

    assert cell_of(after, key)["value"] == 70.320372
    assert run_checks(after).empty


def test_a_line_of_the_statistics_table_needs_no_column(tmp_path: Path) -> None:
    cells = {("statistics", "disclosed", "value"): {"raw": "21", "unit": "条"}}
    tables = filled("statistics", cells=cells, year=2017, sha256=HASH)

    after = corrected(tables, tmp_path, said(table="statistics", line="disclosed", column=""))

    assert list(after.corrections["state"]) == ["applied"]
    assert after.statistics.set_index("line").loc["disclosed", "value"] == 12


@pytest.mark.parametrize("number", ["12.5", "-1"])
def test_a_number_that_can_be_no_figure_of_the_cell_is_refused(tmp_path: Path, number: str) -> None:
    with pytest.raises(RegisterError, match=r"corrections\.csv:2"):
        corrected(printed(), tmp_path, said(corrected=number))


def test_two_corrections_of_one_cell_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"corrections\.csv:3"):
        corrected(printed(), tmp_path, said(), said(source="a.txt", sha256="", corrected="13"))


def test_a_correction_of_a_report_that_is_not_there_is_kept(tmp_path: Path) -> None:
    line = said(source="gone.txt", sha256="6" * 64)

    assert list(corrected(printed(), tmp_path, line).corrections["state"]) == ["no_report"]
    assert corrected(printed(), tmp_path, line, whole=False).corrections.empty


def test_a_correction_by_the_path_of_a_copy_corrects_the_report(tmp_path: Path) -> None:
    copy = {"source": "copy.txt", "sha256": HASH, "reason": "duplicate_file", "message": "the same bytes"}
    tables = replace(printed(), rejects=pd.concat([printed().rejects, pd.DataFrame([copy])], ignore_index=True))

    assert cell_of(corrected(tables, tmp_path, said(source="copy.txt", sha256="")))["value"] == 12


def test_nothing_is_corrected_without_a_register() -> None:
    before = printed()

    pd.testing.assert_frame_equal(apply_corrections(before, ()).requests, before.requests)


def test_a_lost_cell_that_is_given_is_missing_no_more(tmp_path: Path) -> None:
    tables = filled(cells={NEW: lost()}, sha256=HASH)
    assert "table.cells_missing" in set(run_checks(tables)["rule"])

    assert run_checks(corrected(tables, tmp_path, said(as_printed="", corrected="0"))).empty


# the register beside the reports


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A folder of two real reports, one in a subfolder, with a register beside it."""
    raw = tmp_path / "study" / "raw"
    (raw / "2021").mkdir(parents=True)
    (raw / "2021" / "a.txt").write_bytes((RAW / "高唐镇2021.txt").read_bytes())
    (raw / "b.txt").write_bytes((RAW / "百泉镇2023.txt").read_bytes())
    line = said(source="2021/a.txt", sha256="", as_printed="0", corrected="12")
    gone = said(source="gone.txt", sha256="")
    (raw.parent / "corrections.csv").write_text(HEAD + line + gone, encoding="utf-8")
    return raw


def test_the_register_beside_the_folder_is_found_and_raw_stays_as_it_is(study: Path) -> None:
    before = (study / "2021" / "a.txt").read_bytes()
    tables = load(study, jobs=1)

    assert list(tables.corrections["state"]) == ["applied", "no_report"]
    assert 12 in set(tables.requests["value"])
    assert (study / "2021" / "a.txt").read_bytes() == before


def test_a_file_by_itself_is_corrected_as_in_its_folder(study: Path) -> None:
    tables = load(study / "2021" / "a.txt", jobs=1)

    assert list(tables.corrections["state"]) == ["applied"]
    shown = show_text(tables)
    assert "12#" in shown and say("show", "corrected") in shown


@pytest.mark.parametrize(
    "path",
    [
        "raw/2021/..",
        "raw/2021/../2021/a.txt",
        *(slow(path) for path in ("raw", "./raw")),
    ],
)
def test_the_register_is_found_whatever_way_the_path_goes(
    study: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.chdir(study.parent)

    assert "applied" in set(load(path, jobs=1).corrections["state"])


def test_a_register_elsewhere_can_be_named(study: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text(HEAD, encoding="utf-8")

    assert load(study, jobs=1, corrections=other).corrections.empty


def test_refresh_check_and_workbook_see_the_corrected_figure(study: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = CliRunner().invoke(main, ["load", str(study), "-o", str(out)])
    assert say("check", "corrected", n=1) in result.output and say("check", "not_applied", n=1) in result.output

    result = CliRunner().invoke(main, ["check", "--processed", str(out)])
    assert result.exit_code == 1
    assert "requests.balance" in result.output and "gone.txt" in result.output

    write_workbook(load(study, jobs=1), tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    rows = [[cell for cell in row if cell is not None] for row in book[say("workbook", "sheet_corrections")].values]
    assert any({"12", "各列之和为12", "某某"} <= set(row) for row in rows)
    overview = book[say("workbook", "sheet_figures")]
    (cell,) = [cell for row in overview.iter_rows() for cell in row if cell.style == "govinfo_whole_corrected"]
    assert cell.value == 12


def test_a_broken_register_stops_the_load_with_its_line(study: Path) -> None:
    (study.parent / "corrections.csv").write_bytes((HEAD + said()).encode("gbk"))

    result = CliRunner().invoke(main, ["check", str(study)])

    assert result.exit_code == 2
    assert "corrections.csv:2" in result.output and "GBK" in result.output


# a study that was loaded before


@pytest.fixture
def loaded(study: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The study as a project of its own, loaded; the working folder is the project's."""
    config = f'[folders]\nraw = "{study.name}"\nprocessed = "processed"\noutput = "output"\n'
    (study.parent / "govinfo.toml").write_text(config, encoding="utf-8")
    monkeypatch.chdir(study.parent)
    assert CliRunner().invoke(main, ["load", "raw", "-o", "processed"]).exit_code == 0
    return study.parent


def test_a_register_that_changed_since_the_load_is_not_used_in_silence(loaded: Path) -> None:
    assert say("load", "corrections_changed") not in CliRunner().invoke(main, ["check"]).output
    register = loaded / "corrections.csv"
    register.write_text(register.read_text(encoding="utf-8").replace(",12,", ",13,"), encoding="utf-8")

    for command in ("check", "export"):
        assert say("load", "corrections_changed") in CliRunner().invoke(main, [command]).output


def test_remarks_made_since_the_load_are_listed_at_once(loaded: Path) -> None:
    found = read_tables(loaded / "processed").findings
    first = found.loc[found["severity"] == "error", "finding_id"].iloc[0]
    assert say("check", "dismissed", n=1) not in CliRunner().invoke(main, ["check"]).output

    text = f"finding_id,status,remark,who,when\n{first},dismissed,,某某,2024-03-02\n"
    (loaded / "remarks.csv").write_text(text, encoding="utf-8")
    assert say("check", "dismissed", n=1) in CliRunner().invoke(main, ["check"]).output

    (loaded / "remarks.csv").unlink()
    assert say("check", "dismissed", n=1) not in CliRunner().invoke(main, ["check"]).output
