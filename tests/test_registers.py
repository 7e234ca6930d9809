"""Registers beside the reports: what a spreadsheet saves is read, and what it spoilt is named with its line."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govinfo.build.imports.register import open_register_file, write_register
from govinfo.build.registers.corrections import read_corrections
from govinfo.build.registers.entries import read_register
from govinfo.build.registers.remarks import read_remarks
from govinfo.errors import RegisterError

CORRECTIONS = "source,sha256,table,line,column,as_printed,corrected,reason,decided_by,decided_on\n"
LINE = "a.txt,,requests,new,total,21,12,各列之和为12,某某,2024-03-02\n"
REMARKS = "finding_id,status,remark,who,when\n"
REMARK = "0123456789abcdef,dismissed,原件如此,某某,2024-03-02\n"


def written(folder: Path, text: str | bytes, name: str = "register.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["UTF-8", "UTF-8 with a mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_register_is_read_as_spreadsheets_save_it(tmp_path: Path, mark: str, end: str) -> None:
    path = written(tmp_path, (mark + CORRECTIONS + LINE + ",,,,,,,,,\n").replace("\n", end))

    (one,) = read_corrections(path)

    assert (one.source, one.table, one.line, one.column) == ("a.txt", "requests", "new", "total")
    assert (one.as_printed, one.corrected, one.decided_on) == ("21", 12, date(2024, 3, 2))


@pytest.mark.parametrize("day", ["2024-03-02", "2024/3/2", "2024.3.2", "2024-3-2", "2024年3月2日", "2024年03月02日"])
def test_a_day_may_be_written_as_spreadsheets_do(tmp_path: Path, day: str) -> None:
    (one,) = read_remarks(written(tmp_path, REMARKS + REMARK.replace("2024-03-02", day)))

    assert one.when == date(2024, 3, 2)


def test_columns_may_be_named_in_chinese_stand_in_any_order_and_be_more(tmp_path: Path) -> None:
    text = "日期,编号,备用,处理,意见,经办人\n2024/3/2,0123456789abcdef,x,无误,原件如此,某某\n"

    (one,) = read_remarks(written(tmp_path, text))

    assert (one.finding_id, one.status, one.remark, one.who) == ("0123456789abcdef", "dismissed", "原件如此", "某某")


def test_titles_may_stand_above_the_head_as_in_a_sheet_that_was_saved(tmp_path: Path) -> None:
    (one,) = read_remarks(written(tmp_path, f'核对结果,,,,\n"两行的\n说明",,,,\n,,,,\n{REMARKS}{REMARK}'))

    assert one.finding_id == "0123456789abcdef"
    with pytest.raises(RegisterError, match=":3\n"):
        read_remarks(written(tmp_path, f"核对结果,,,,\n{REMARKS}{REMARK.replace('某某', '')}"))


def test_lines_of_a_list_that_nobody_filled_in_are_no_remarks(tmp_path: Path) -> None:
    assert read_remarks(written(tmp_path, REMARKS + "0123456789abcdef,,,,\n")) == ()


@pytest.mark.parametrize(
    ("data", "found", "to_do"),
    [
        ((CORRECTIONS + LINE).encode("gbk"), "GBK", "CSV UTF-8"),
        ((CORRECTIONS + LINE).encode("utf-16"), "UTF-16", "CSV UTF-8"),
        (b"source\xff\xff\xff", "no UTF-8", "CSV UTF-8"),
    ],
    ids=["GBK", "UTF-16", "neither"],
)
def test_another_encoding_is_told_and_how_to_save_the_file(tmp_path: Path, data: bytes, found: str, to_do: str) -> None:
    with pytest.raises(RegisterError) as error:
        read_corrections(written(tmp_path, data))

    assert found in str(error.value) and to_do in str(error.value).split("to do")[1]


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        (CORRECTIONS.replace("decided_by,", "") + LINE, 1, "no line with the columns table, line"),
        ((CORRECTIONS + LINE).replace(",", ";"), 1, "the first line is 'source;sha256"),
        (CORRECTIONS.replace("reason", "table") + LINE, 1, "the column table twice"),
        (CORRECTIONS + LINE + LINE.replace("某某,", "某某,2024,"), 3, "11 cells"),
        (CORRECTIONS + '"多\n行",' + LINE[6:] + LINE.replace("12", "十二", 1), 4, "corrected '十二'"),
        (CORRECTIONS + LINE.replace("12", "", 1), 2, "no corrected"),
        (CORRECTIONS + LINE.replace("各列之和为12", ""), 2, "no reason"),
        (CORRECTIONS + LINE.replace("某某", ""), 2, "no decided_by"),
        (CORRECTIONS + LINE.replace("total", ""), 2, "no column"),
        (CORRECTIONS + LINE.replace("requests", "narrative"), 2, "table narrative"),
        (CORRECTIONS + LINE.replace("a.txt", ""), 2, "neither sha256 nor source"),
        (CORRECTIONS + LINE.replace("a.txt,", "a.txt,1.23E+15"), 2, "sha256 1.23E+15"),
        (CORRECTIONS + LINE.replace("2024-03-02", "2024-02-30"), 2, "decided_on '2024-02-30'"),
        (CORRECTIONS + LINE.replace("2024-03-02", "0024-03-02"), 2, "decided_on '0024-03-02'"),
        (CORRECTIONS + LINE.replace("2024-03-02", "45353"), 2, "decided_on '45353'"),
        (CORRECTIONS + LINE.replace("某某", '"某'), 2, "unexpected end of data"),
    ],
)
def test_a_broken_line_of_corrections_is_named(tmp_path: Path, text: str, line: int, found: str) -> None:
    path = written(tmp_path, text)

    with pytest.raises(RegisterError) as error:
        read_corrections(path)

    said = str(error.value)
    assert said.startswith(f"{path}:{line}\n") and found in said
    assert "expected" in said and "to do" in said


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        (REMARKS + REMARK + REMARK, 3, "a second time, after line 2"),
        (REMARKS + REMARK.replace("dismissed", "wrong"), 2, "status 'wrong'"),
        (REMARKS + REMARK.replace("dismissed", ""), 2, "no status"),
        (REMARKS + REMARK.replace("某某", ""), 2, "no who"),
        (REMARKS + REMARK.replace("2024-03-02", ""), 2, "when ''"),
        (REMARKS + REMARK.replace("0123456789abcdef", "1.23457E+15"), 2, "finding_id '1.23457E+15'"),
        ("编号,处理\n", 1, "no line with the columns"),
        ("", 1, "no line with the columns"),
    ],
)
def test_a_broken_line_of_remarks_is_named(tmp_path: Path, text: str, line: int, found: str) -> None:
    path = written(tmp_path, text)

    with pytest.raises(RegisterError) as error:
        read_remarks(path)

    assert str(error.value).startswith(f"{path}:{line}\n") and found in str(error.value)


def test_a_register_that_is_no_file_is_named(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.csv"):
        with pytest.raises(RegisterError, match="to do"):
            read_remarks(path)


@given(
    data=st.binary(max_size=300) | st.text(alphabet=',"\n\r;\t\x00编号finding_id处理a1', max_size=80).map(str.encode)
)
@settings(max_examples=200, deadline=None)
def test_whatever_the_file_holds_it_is_read_or_named(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for head, read in ((CORRECTIONS, read_corrections), (REMARKS, read_remarks)):
            for whole in (data, head.encode() + data):
                try:
                    read(written(Path(folder), whole))
                except RegisterError as error:
                    assert "to do" in str(error)


cell_texts = st.text(
    st.one_of(st.sampled_from(" \"',;\n\r=甲\u2028\u0085\x0b"), st.characters(codec="utf-8")), max_size=12
).map(lambda text: "".join(text.split()) if not text.strip() else text.strip())


@given(
    rows=st.lists(st.tuples(cell_texts, cell_texts.filter(bool), cell_texts), max_size=6),
    changed=st.dictionaries(st.integers(0, 5), cell_texts, max_size=3),
    added=st.lists(st.tuples(cell_texts.filter(bool), cell_texts), max_size=3),
    end=st.sampled_from(["\n", "\r\n"]),
    marked=st.booleans(),
    fresh=st.booleans(),
)
@settings(max_examples=80, deadline=None)
def test_a_register_that_is_written_keeps_what_nobody_changed(
    rows: list[tuple[str, str, str]],
    changed: dict[int, str],
    added: list[tuple[str, str]],
    end: str,
    marked: bool,
    fresh: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """A column for people stands among the others, and one that the head lacks is added."""
    path = tmp_path_factory.mktemp("register") / "r.csv"
    target = io.StringIO()
    csv.writer(target, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(
        [("我科备注", "finding_id", "status"), *rows]
    )
    path.write_bytes(target.getvalue().encode("utf-8-sig" if marked else "utf-8"))
    columns = ("finding_id", "status", "remark") if fresh else ("finding_id", "status")
    before = list(read_register(path, columns, ("finding_id",)))
    own = {number: text for number, text in changed.items() if number < len(before)}
    last = columns[-1]

    file = open_register_file(path, columns, ("finding_id",))
    write_register(
        file,
        {before[number].line: {last: text} for number, text in own.items()},
        [{"finding_id": first, last: second} for first, second in added],
    )

    after = list(read_register(path, columns, ("finding_id",)))
    expected = [{**entry.cells, **({last: own[i]} if i in own else {})} for i, entry in enumerate(before)]
    expected += [{"finding_id": first, last: second} for first, second in added]
    assert [{k: v for k, v in entry.cells.items() if v} for entry in after] == [
        {k: v for k, v in cells.items() if v} for cells in expected
    ]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") == marked
    people = [row[0] for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))]
    assert people[1 : len(rows) + 1] == [row[0] for row in rows]
