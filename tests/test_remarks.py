"""What officials say of findings: it stays with its finding, counts as they say, and is never lost."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from filled_reports import filled

from govinfo.build.loading.load import load
from govinfo.build.registers.remarks import join_remarks, read_remarks
from govinfo.build.terminal.findings_file import write_findings
from govinfo.build.terminal.listing import exit_code, findings_text, register_sums
from govinfo.checks import run_checks
from govinfo.cli import main
from govinfo.definitions.wording import say
from govinfo.demo.corpus import write_corpus
from govinfo.questions.coverage import count_by_severity, count_dismissed, coverage, distrust
from govinfo.tables import Tables
from govinfo.workbook import write_workbook

HEAD = "finding_id,status,remark,who,when,message\n"
NEW = ("requests", "new", "total")


def govinfo(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def checked(tables: Tables) -> Tables:
    return replace(tables, findings=run_checks(tables))


@pytest.fixture
def wrong() -> Tables:
    """A report of whose findings two speak of the same wrong figure: 3 received, none decided."""
    return checked(filled(values={NEW: 3}))


def remarked(tables: Tables, folder: Path, *lines: str, **more: bool) -> Tables:
    path = folder / "remarks.csv"
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return join_remarks(tables, read_remarks(path), **more)


def line(finding_id: str, status: str = "dismissed", message: str = "") -> str:
    return f"{finding_id},{status},原件如此,某某,2024-03-02,{message}\n"


def test_a_remark_stands_beside_its_finding(wrong: Tables, tmp_path: Path) -> None:
    first, *rest = wrong.findings["finding_id"]

    after = remarked(wrong, tmp_path, line(first, "confirmed"))

    by_id = after.findings.set_index("finding_id")
    said = by_id.loc[first, ["remark_status", "remark", "remark_by"]]
    assert list(said) == ["confirmed", "原件如此", "某某"]
    assert by_id.loc[first, "remark_on"] == pd.Timestamp("2024-03-02")
    assert by_id.loc[rest, "remark_status"].isna().all()
    assert list(after.remarks["state"]) == ["joined"]
    pd.testing.assert_frame_equal(
        after.findings.drop(columns=["remark_status", "remark", "remark_by", "remark_on"]),
        wrong.findings.drop(columns=["remark_status", "remark", "remark_by", "remark_on"]),
    )


@pytest.mark.parametrize(("status", "counts"), [("confirmed", True), ("dismissed", False), ("fixed", True)])
def test_only_what_was_dismissed_counts_no_more(wrong: Tables, tmp_path: Path, status: str, counts: bool) -> None:
    """What is said to be fixed still stands in the file that was read."""
    ids = list(wrong.findings["finding_id"])
    after = remarked(wrong, tmp_path, *(line(one, status) for one in ids))

    assert len(after.findings) == len(ids)
    assert count_by_severity(after.findings)["error"] == (len(ids) if counts else 0)
    assert count_dismissed(after.findings) == (0 if counts else len(ids))
    assert list(coverage(after)["errors"]) == [len(ids) if counts else 0]
    assert len(distrust(after)) == (len(ids) if counts else 0)
    assert exit_code(after) == int(counts)


def test_dismissed_findings_are_listed_last_and_as_such(wrong: Tables, tmp_path: Path) -> None:
    first, second = wrong.findings["finding_id"]
    text = findings_text(remarked(wrong, tmp_path, line(first)))

    assert text.index(second) < text.index(first)
    assert f"[{say('codes', 'remark_dismissed')}]" in text
    assert "原件如此" in text and "2024-03-02" in text
    assert say("check", "dismissed", n=1) in text


def test_a_remark_without_its_finding_is_kept_and_listed(wrong: Tables, tmp_path: Path) -> None:
    after = remarked(wrong, tmp_path, line("0" * 16))

    assert list(after.remarks["state"]) == ["gone"]
    assert "0" * 16 in findings_text(after)
    assert say("check", "gone_sum", n=1) in register_sums(after)
    assert remarked(wrong, tmp_path, line("0" * 16), whole=False).remarks.empty


def test_a_remark_on_other_figures_dismisses_nothing(tmp_path: Path) -> None:
    """The id of a finding is that of its place, so that remarks survive; a corrected file may print another figure."""
    before, after = checked(filled(values={NEW: 3})), checked(filled(values={NEW: 4}))
    lines = [line(row["finding_id"], message=row["message"]) for row in before.findings.to_dict("records")]
    assert list(before.findings["finding_id"]) == list(after.findings["finding_id"])

    assert set(remarked(before, tmp_path, *lines).findings["remark_status"]) == {"dismissed"}
    changed = remarked(after, tmp_path, *lines)
    assert set(changed.findings["remark_status"]) == {"outdated"}
    assert count_by_severity(changed.findings)["error"] == len(lines)
    assert say("codes", "remark_outdated") in findings_text(changed)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list_of_findings_is_the_register_once_it_is_filled_in(wrong: Tables, tmp_path: Path, lang: str) -> None:
    first, second = wrong.findings["finding_id"]
    before = remarked(wrong, tmp_path, line(first, "confirmed"), line("0" * 16, "fixed"))
    write_findings(tmp_path / "list.csv", before, lang=lang)
    text = (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
    filled_in = text.replace(f"{second},,,,", f"{second},dismissed,看过,某某,2024/3/5")
    (tmp_path / "remarks.csv").write_text(filled_in, encoding="utf-8-sig", newline="")

    after = join_remarks(wrong, read_remarks(tmp_path / "remarks.csv"))

    assert dict(zip(after.findings["finding_id"], after.findings["remark_status"], strict=True)) == {
        first: "confirmed",
        second: "dismissed",
    }
    assert set(after.remarks["finding_id"]) == {first, second, "0" * 16}


def test_the_sheet_can_be_filled_in_and_saved_as_the_register(wrong: Tables, tmp_path: Path) -> None:
    write_findings(tmp_path / "list.xlsx", wrong)
    rows = [list(row) for row in openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0].values]
    head = next(row for row in rows if say("registers", "head_finding_id") in row)
    for row in rows[rows.index(head) + 1 :]:
        for name, text in {"status": "无误", "remark": "原件如此", "who": "某某", "when": "2024/3/2"}.items():
            row[head.index(say("registers", f"head_{name}"))] = text
    with (tmp_path / "remarks.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)

    after = join_remarks(wrong, read_remarks(tmp_path / "remarks.csv"))

    assert set(after.findings["remark_status"]) == {"dismissed"}


def test_the_workbook_shows_what_was_said(wrong: Tables, tmp_path: Path) -> None:
    first, second = wrong.findings["finding_id"]
    write_workbook(remarked(wrong, tmp_path, line(first)), tmp_path / "book.xlsx")

    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    rows = list(book[say("workbook", "sheet_findings")].values)
    assert [next(one for one in (first, second) if one in row) for row in rows[-2:]] == [second, first]
    assert {say("codes", "remark_dismissed"), "原件如此", "某某", "2024-03-02"} <= set(rows[-1])
    cover = [cell for row in book[say("workbook", "sheet_cover")].values for cell in row]
    assert say("workbook", "dismissed") in cover


# the id of a finding


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of a made-up county with faults in them."""
    out = tmp_path_factory.mktemp("faults")
    write_corpus(out, townships=5, years=range(2019, 2024), formats=("txt", "md"), seed=3, faults=True)
    return out / "raw"


@pytest.fixture(scope="module")
def found(corpus: Path) -> Tables:
    tables = load(corpus, jobs=2)
    assert len(tables.findings) > 10
    return tables


def renamed(corpus: Path, study: Path, name: Callable[[int], str]) -> Path:
    """The same reports below `study/raw` under other names, with their manifest and places."""
    manifest = pd.read_csv(corpus / "manifest.csv", dtype="string")
    files = sorted(path for path in corpus.rglob("*") if path.is_file() and path.name != "manifest.csv")
    names = {}
    for number, path in enumerate(files):
        names[path.relative_to(corpus).as_posix()] = f"{name(number)}{path.suffix}"
        target = study / "raw" / names[path.relative_to(corpus).as_posix()]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    manifest["file"] = manifest["file"].map(names)
    manifest.to_csv(study / "raw" / "manifest.csv", index=False)
    shutil.copyfile(corpus.parent / "places.csv", study / "places.csv")
    return study / "raw"


def ids(tables: Tables, reports: set[str] | None = None) -> list[str]:
    rows = tables.findings
    return sorted(rows["finding_id"] if reports is None else rows.loc[rows["report_id"].isin(reports), "finding_id"])


def test_an_id_belongs_to_one_finding(found: Tables) -> None:
    assert found.findings["finding_id"].is_unique


def test_ids_stay_when_files_are_renamed_and_come_in_another_order(corpus: Path, found: Tables, tmp_path: Path) -> None:
    raw = renamed(corpus, tmp_path, lambda number: f"{number % 3}/{99 - number}")

    assert ids(load(raw, jobs=2)) == ids(found)


def test_ids_stay_when_rows_come_in_another_order(found: Tables) -> None:
    shuffled = Tables(
        **{
            item.name: getattr(found, item.name).sample(frac=1, random_state=5).reset_index(drop=True)
            for item in fields(Tables)
        }
    )

    assert sorted(run_checks(shuffled)["finding_id"]) == ids(found)


@pytest.mark.slow
def test_ids_stay_when_other_reports_are_added(corpus: Path, found: Tables, tmp_path: Path) -> None:
    """Of other years and other townships: what is compared with them may be found besides."""
    raw = renamed(corpus, tmp_path, str)
    write_corpus(tmp_path / "more", townships=8, years=range(2018, 2025), formats=("txt",), seed=4, faults=True)
    for path in (tmp_path / "more" / "raw").rglob("*.txt"):
        shutil.copyfile(path, raw / f"more {path.name}")

    tables = load(raw, jobs=2)

    own = set(found.reports["report_id"])
    assert len(tables.reports) > len(own)
    counted = set(tables.reports.loc[tables.reports["counted"], "report_id"])
    kept = found.findings.loc[found.findings["report_id"].isin(counted), "finding_id"]
    assert set(kept) <= set(ids(tables, own))


def test_a_remark_survives_a_new_load_of_renamed_files(corpus: Path, found: Tables, tmp_path: Path) -> None:
    raw = renamed(corpus, tmp_path, str)
    (tmp_path / "remarks.csv").write_text(HEAD + "".join(line(one) for one in ids(found)), encoding="utf-8")

    result = govinfo("check", raw)

    assert result.exit_code == 0, result.output
    assert say("check", "dismissed", n=len(found.findings)) in result.output
