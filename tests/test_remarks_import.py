"""What officials write beside findings comes back into the register: by the finding's id, and nothing is lost."""

from __future__ import annotations

import csv
import shutil
import string
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from filled_reports import filled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govinfo.build.imports.remarks import import_remarks
from govinfo.build.registers.remarks import join_remarks, read_remarks
from govinfo.build.terminal.findings_file import write_findings
from govinfo.checks import run_checks
from govinfo.cli import main
from govinfo.definitions.wording import say, words
from govinfo.demo.corpus import write_corpus
from govinfo.errors import RegisterError
from govinfo.tables import Tables
from govinfo.workbook import write_workbook

NEW = ("requests", "new", "total")
HEAD = "finding_id,status,remark,who,when,message\n"
HEADS = {name: words("registers")[f"head_{name}"] for name in ("finding_id", "status", "remark", "who", "when")}
DISMISSED = words("codes")["remark_dismissed"]
SAID = {"status": DISMISSED, "remark": "原件如此", "who": "某某", "when": "2024-03-02"}
Writer = Callable[[Tables, Path], None]


def checked(tables: Tables) -> Tables:
    return replace(tables, findings=run_checks(tables))


def wrong(new: int = 3) -> Tables:
    """A report of whose findings two speak of the same wrong figure."""
    return checked(filled(values={NEW: new}))


def as_list(tables: Tables, path: Path) -> None:
    write_findings(path, tables)


def as_workbook(tables: Tables, path: Path) -> None:
    write_workbook(tables, path)


def list_of(path: Path) -> tuple[Any, Any, dict[str, int]]:
    """The workbook, the sheet with the list of findings, and the number of each of its columns for remarks."""
    book = openpyxl.load_workbook(path)
    for page in book.worksheets:
        for row in page.iter_rows(max_row=20):
            heads = {str(cell.value): int(cell.column or 0) for cell in row}
            if set(HEADS.values()) <= set(heads):
                return book, page, {name: heads[text] for name, text in HEADS.items()}
    raise AssertionError("no list of findings")


def fill(path: Path, told: Mapping[str, Mapping[str, Any]]) -> None:
    """Write into the lines of these findings."""
    book, page, at = list_of(path)
    for row in page.iter_rows():
        own = told.get(str(row[at["finding_id"] - 1].value), {})
        for name, value in own.items():
            row[at[name] - 1].value = value
    book.save(path)


def register(folder: Path, *lines: str) -> Path:
    path = folder / "remarks.csv"
    if lines:
        path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return path


def states(done: Any) -> list[str]:
    return [one.state for one in done.told if one.state != "kept"]


@pytest.mark.parametrize("write", [as_list, as_workbook])
def test_what_is_written_beside_a_finding_comes_back_to_it(write: Writer, tmp_path: Path) -> None:
    tables, path = wrong(), tmp_path / "核对.xlsx"
    first, second = tables.findings["finding_id"]
    write(tables, path)
    fill(path, {first: SAID})

    done = import_remarks(path, tables, register(tmp_path))

    assert states(done) == ["new"] and done.wrote
    joined = join_remarks(tables, read_remarks(register(tmp_path))).findings.set_index("finding_id")
    assert joined.loc[first, "remark_status"] == "dismissed"
    assert joined.loc[first, "remark"] == "原件如此"
    assert str(joined.loc[first, "remark_on"])[:10] == "2024-03-02"
    assert joined["remark_status"].isna()[second]


@pytest.mark.parametrize("write", [as_list, as_workbook])
def test_a_second_import_changes_nothing(write: Writer, tmp_path: Path) -> None:
    tables, path = wrong(), tmp_path / "核对.xlsx"
    write(tables, path)
    fill(path, dict.fromkeys(tables.findings["finding_id"], SAID))
    import_remarks(path, tables, register(tmp_path))
    before = register(tmp_path).read_bytes()

    done = import_remarks(path, tables, register(tmp_path))
    joined = join_remarks(tables, read_remarks(register(tmp_path)))
    write(joined, path)
    again = import_remarks(path, joined, register(tmp_path))

    assert set(states(done)) == set(states(again)) == {"unchanged"}
    assert not done.wrote and not again.wrote
    assert register(tmp_path).read_bytes() == before


def test_lines_may_be_sorted_filtered_moved_and_have_new_columns(tmp_path: Path) -> None:
    tables, path = wrong(), tmp_path / "核对.xlsx"
    first, second = tables.findings["finding_id"]
    as_list(tables, path)
    fill(path, {first: SAID, second: SAID | {"status": "fixed"}})
    book, page, at = list_of(path)
    below = next(number for number in range(1, page.max_row + 1) if page.cell(number, at["finding_id"]).value == first)
    one, other = ([cell.value for cell in page[number]] for number in (below, below + 1))
    for column, (left, right) in enumerate(zip(one, other, strict=True), start=1):
        page.cell(below, column).value, page.cell(below + 1, column).value = right, left
    page.row_dimensions[below].hidden = True
    page.insert_rows(1, 2)
    page.insert_cols(2)
    page.cell(1, 1).value = "科室自用"
    page.title = "改了名"
    book.save(path)

    import_remarks(path, tables, register(tmp_path))

    said = {one.finding_id: one.status for one in read_remarks(register(tmp_path))}
    assert said == {first: "dismissed", second: "fixed"}


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"finding_id": "0" * 16}, "finding_id"),
        ({"finding_id": "1e5"}, "finding_id"),
        ({"finding_id": 1234567890123456}, "finding_id"),
        ({"finding_id": 1.23e15}, "finding_id"),
        ({"finding_id": None}, "finding_id"),
        ({"status": "也许"}, "status"),
        ({"status": None}, "status"),
        ({"status": True}, "status"),
        ({"who": None}, "who"),
        ({"when": None}, "when"),
        ({"when": "去年"}, "when"),
        ({"when": "2024-02-30"}, "when"),
        ({"when": 20241302}, "when"),
        ({"when": "3月2日"}, "when"),
        ({"when": 12.5}, "when"),
        ({"remark": "=1+1"}, "remark"),
        ({"status": '="无误"'}, "status"),
    ],
)
def test_a_line_that_says_no_remark_is_refused_with_its_place_and_stops_no_other(
    cells: dict[str, Any], column: str, tmp_path: Path
) -> None:
    tables, path = wrong(), tmp_path / "核对.xlsx"
    first, second = tables.findings["finding_id"]
    as_list(tables, path)
    fill(path, {first: SAID | cells, second: SAID})

    done = import_remarks(path, tables, register(tmp_path))

    assert sorted(states(done)) == ["new", "refused"]
    refused = next(one for one in done.told if one.state == "refused")
    page, at = list_of(path)[1:]
    assert refused.place.startswith(f"{page.title}!{openpyxl.utils.get_column_letter(at[column])}")
    assert [one.finding_id for one in read_remarks(register(tmp_path))] == [second]


@pytest.mark.parametrize(
    "when",
    [
        *("2024/3/2", "2024.3.2", " 2024-03-02 ", "2024－3－2", "20240302", "2024年3月2号", "2024-03-02 00:00:00"),
        *(date(2024, 3, 2), datetime(2024, 3, 2), datetime(2024, 3, 2, 11, 30), 45353, 45353.5, 20240302),
    ],
)
def test_a_day_is_read_however_a_spreadsheet_keeps_it(when: Any, tmp_path: Path) -> None:
    tables, path = wrong(), tmp_path / "核对.xlsx"
    as_list(tables, path)
    fill(path, {tables.findings["finding_id"][0]: SAID | {"when": when}})

    import_remarks(path, tables, register(tmp_path))

    assert [one.when for one in read_remarks(register(tmp_path))] == [date(2024, 3, 2)]


def test_what_stands_in_a_cell_that_was_merged_down_is_said_of_each_of_its_lines(tmp_path: Path) -> None:
    """Who marks several lines at once merges the cells beside them: only the topmost keeps a content."""
    tables, path = wrong(), tmp_path / "核对.xlsx"
    as_list(tables, path)
    first, second = tables.findings["finding_id"]
    fill(path, {first: SAID, second: SAID})
    book, page, at = list_of(path)
    top = min(cell.row for row in page.iter_rows() for cell in row if cell.value in (first, second))
    for column in SAID:
        page.merge_cells(start_row=top, end_row=top + 1, start_column=at[column], end_column=at[column])
    book.save(path)

    import_remarks(path, tables, register(tmp_path))

    assert {one.finding_id for one in read_remarks(register(tmp_path))} == {first, second}
    assert {one.status for one in read_remarks(register(tmp_path))} == {"dismissed"}


def test_who_and_when_may_be_said_once_for_all(tmp_path: Path) -> None:
    tables, path = wrong(), tmp_path / "核对.xlsx"
    as_list(tables, path)
    fill(path, dict.fromkeys(tables.findings["finding_id"], SAID | {"who": None, "when": None}))

    import_remarks(path, tables, register(tmp_path), by="某某", on=date(2024, 3, 2))

    assert {(one.who, one.when) for one in read_remarks(register(tmp_path))} == {("某某", date(2024, 3, 2))}


@pytest.mark.parametrize(
    ("old", "when", "state"),
    [
        ("2024-03-01", "2024-03-02", "changed"),
        ("2024-03-03", "2024-03-02", "refused"),
        ("2024-03-02", "2024-03-02", "refused"),
    ],
)
def test_of_two_remarks_on_a_finding_the_later_stands(old: str, when: str, state: str, tmp_path: Path) -> None:
    tables, path = wrong(), tmp_path / "核对.xlsx"
    first, second = tables.findings["finding_id"]
    file = register(tmp_path, f"{first},confirmed,已电话核实,别人,{old},\n", f"{second},fixed,,别人,2020-01-01,\n")
    as_list(tables, path)
    fill(path, {first: SAID | {"when": when}})

    done = import_remarks(path, tables, file)

    assert states(done) == [state]
    told = next(one.text for one in done.told if one.state == state)
    assert "别人" in told and old in told
    statuses = [one.status for one in read_remarks(file)]
    assert statuses == ["dismissed" if state == "changed" else "confirmed", "fixed"]


def test_whoever_said_it_may_say_it_otherwise_on_the_same_day(tmp_path: Path) -> None:
    tables, path = wrong(), tmp_path / "核对.xlsx"
    first = tables.findings["finding_id"][0]
    file = register(tmp_path, f"{first},confirmed,,某某,2024-03-02,\n")
    as_list(tables, path)
    fill(path, {first: SAID})

    assert states(import_remarks(path, tables, file)) == ["changed"]


def test_what_stands_in_the_register_stays_to_the_letter(tmp_path: Path) -> None:
    """Titles above the head, columns for people, quotes nobody needs, lines of findings that are there no more."""
    tables, path = wrong(), tmp_path / "核对.xlsx"
    first, second = tables.findings["finding_id"]
    gone = f'"科室","{"0" * 16}",confirmed,"两行\n的意见",别人,2024/3/1\r\n'
    head = "登记簿,,,,,\r\n我科备注,编号,处理,意见,经办人,日期\r\n"
    old = f"甲,{first},属实,,别人,2024/3/1\r\n"
    register(tmp_path).write_bytes((head + gone + old + "\r\n").encode("utf-8-sig"))
    as_list(tables, path)
    fill(path, {first: SAID, second: SAID})

    import_remarks(path, tables, register(tmp_path))

    text = register(tmp_path).read_bytes().decode("utf-8-sig")
    assert register(tmp_path).read_bytes().startswith(b"\xef\xbb\xbf")
    assert gone in text and "登记簿,,,,,\r\n" in text
    rows = list(csv.reader(text.splitlines()))
    changed = next(row for row in rows if first in row)
    assert changed[:6] == ["甲", first, DISMISSED, "原件如此", "某某", "2024-03-02"]
    assert {one.finding_id for one in read_remarks(register(tmp_path))} == {"0" * 16, first, second}


def test_blank_lines_take_no_remark_away(tmp_path: Path) -> None:
    tables, path = wrong(), tmp_path / "核对.xlsx"
    first, _ = tables.findings["finding_id"]
    file = register(tmp_path, f"{first},confirmed,,别人,2024-03-01,\n")
    before = file.read_bytes()
    as_list(tables, path)

    done = import_remarks(path, tables, file)

    assert file.read_bytes() == before
    assert [one.text for one in done.told] == [say("imports", "blank_kept", n=1)]


def test_one_finding_remarked_twice_in_different_words_is_refused_in_both_lines(tmp_path: Path) -> None:
    tables, path = wrong(), tmp_path / "核对.xlsx"
    first, _ = tables.findings["finding_id"]
    as_list(tables, path)
    fill(path, {first: SAID})
    book, page, at = list_of(path)
    page.append([None] * page.max_column)
    for name, value in {"finding_id": first, **SAID, "remark": "另一种意见"}.items():
        page.cell(page.max_row + (name == "finding_id"), at[name]).value = value
    book.save(path)

    done = import_remarks(path, tables, register(tmp_path))

    assert states(done) == ["refused", "refused"] and not register(tmp_path).exists()


def test_a_remark_made_of_other_figures_counts_for_nothing_until_it_is_said_anew(tmp_path: Path) -> None:
    old, new, path = wrong(3), wrong(4), tmp_path / "核对.xlsx"
    as_list(old, path)
    fill(path, dict.fromkeys(old.findings["finding_id"], SAID))
    import_remarks(path, new, register(tmp_path))
    joined = join_remarks(new, read_remarks(register(tmp_path)))
    assert set(joined.findings["remark_status"]) == {"outdated"}

    as_list(joined, path)
    untouched = import_remarks(path, joined, register(tmp_path))
    fill(path, dict.fromkeys(old.findings["finding_id"], SAID))
    again = import_remarks(path, joined, register(tmp_path))

    assert set(states(untouched)) == {"unchanged"}
    assert set(states(again)) == {"changed"}
    assert set(join_remarks(new, read_remarks(register(tmp_path))).findings["remark_status"]) == {"dismissed"}


texts = st.text(
    alphabet=st.one_of(st.sampled_from(string.printable + "'=+-@\"，。镇\u2028\u00a0"), st.characters(codec="utf-8")),
    max_size=40,
)


@given(remark=texts, who=texts)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_remark_says_comes_back_once_and_is_no_formula(
    remark: str, who: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, tables = tmp_path_factory.mktemp("remark"), wrong()
    first = tables.findings["finding_id"][0]
    with (folder / "核对.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([list(HEADS.values()), [first, DISMISSED, remark, who, "2024-03-02"]])

    done = import_remarks(folder / "核对.csv", tables, register(folder))
    if not who.strip():
        assert states(done) == ["refused"]
        return
    assert states(done) == ["new"]
    joined = join_remarks(tables, read_remarks(register(folder)))
    as_list(joined, folder / "核对.xlsx")
    again = import_remarks(folder / "核对.xlsx", joined, register(folder))
    once_more = import_remarks(folder / "核对.csv", joined, register(folder))

    assert len(read_remarks(register(folder))) == 1
    assert not again.wrote or not import_remarks(folder / "核对.xlsx", joined, register(folder)).wrote
    assert set(states(once_more)) <= {"unchanged", "changed"}
    for row in csv.reader(register(folder).read_text(encoding="utf-8-sig").splitlines()[1:2]):
        assert not any(cell.startswith(("=", "+", "@", "\t")) for cell in row)


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.xlsx", b"PK\x03\x04"), ("a.xlsx", b"\xd0\xcf\x11\xe0"), ("a.json", b"[]"), ("a.csv", "甲,乙\n".encode("gbk"))],
)
def test_what_is_no_list_is_said_so(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)

    with pytest.raises(RegisterError, match="expected"):
        import_remarks(tmp_path / name, wrong(), register(tmp_path))


def test_of_another_kind_of_file_it_is_said_that_a_csv_will_do_too(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"\.csv"):
        import_remarks(tmp_path / "a.md", wrong(), register(tmp_path))


def test_a_workbook_without_a_list_is_said_so(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "a.xlsx")

    with pytest.raises(RegisterError, match="no such sheet"):
        import_remarks(tmp_path / "a.xlsx", wrong(), register(tmp_path))


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study of a made-up county whose reports have faults, loaded."""
    write_corpus(tmp_path / "made", townships=4, years=(2020, 2021, 2022), formats=("txt",), seed=3, faults=True)
    shutil.move(tmp_path / "made" / "raw", tmp_path / "data" / "raw")
    (tmp_path / "govinfo.toml").write_text('[study]\ntitle = "试"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(main, ["load", "data/raw", "-o", "data/processed"])
    return tmp_path


def govinfo(*told: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(word) for word in told])
    return result.exit_code, result.output


def test_the_command_reads_the_workbook_back_and_says_what_it_did(study: Path) -> None:
    assert govinfo("export", "-o", "表.xlsx")[0] == 0
    page, at = list_of(study / "表.xlsx")[1:]
    ids = [str(row[at["finding_id"] - 1].value) for row in page.iter_rows(min_row=6) if row[at["finding_id"] - 1].value]
    fill(study / "表.xlsx", {ids[0]: SAID, ids[1]: SAID | {"when": "不详"}})

    code, text = govinfo("remarks", "import", "表.xlsx", "--dry-run")
    assert code == 1 and not (study / "data" / "remarks.csv").exists()
    assert govinfo("remarks", "import", "表.xlsx")[0] == 1
    assert say("imports", "sums", new=1, changed=0, unchanged=0, kept=0, refused=1) in text
    fill(study / "表.xlsx", {ids[1]: SAID})
    assert govinfo("remarks", "import", "表.xlsx")[0] == 0
    code, text = govinfo("remarks", "import", "表.xlsx")
    assert code == 0 and say("imports", "sums", new=0, changed=0, unchanged=2, kept=0, refused=0) in text
    assert f"[{DISMISSED}]" in govinfo("check")[1]
    assert govinfo("remarks", "import", "没有.xlsx")[0] == 2
