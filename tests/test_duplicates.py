"""Two files of one township and year: one counts, both stay, and a finding says which cells differ."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pandas as pd
import pytest
from filled_reports import filled, lost, together
from hypothesis import given, settings
from hypothesis import strategies as st
from one_check import findings_of

from govinfo.build.loading.load import load
from govinfo.checks import run_checks, set_aside
from govinfo.checks.duplicates import duplicate_findings
from govinfo.checks.versions import set_aside_reports
from govinfo.tables import Tables, typed

RAW = Path(__file__).parent.parent / "data" / "raw"
NEW, TOTAL = ("requests", "new", "total"), ("requests", "total", "total")
NAMES = {"province": "新疆维吾尔自治区", "city": "塔城地区"}
# three different figures, as chance does not give them to two townships
BUSY = {NEW: 17, TOTAL: 21, ("requests", "granted", "total"): 9}
LONG = "虚构的一段话，只为比较两份报告的文字是否相同，" * 12


def made(number: int, values=None, text: str | None = None, code: str = "2021", cells=None, **said) -> Tables:
    """A report of 百泉镇, 2022, unless `said` says otherwise."""
    known = {"report_id": f"r{number}", "source": f"{number}.txt", "sha256": f"{number}" * 64, **NAMES}
    tables = filled(code, values, cells, **(known | said))
    rows = [{"report_id": f"r{number}", "order": 0, "role": "overview", "heading": "一、总体情况", "text": text}]
    return replace(tables, narrative=typed("narrative", rows if text is not None else []))


def told(number: int, text: str, **said) -> Tables:
    """A report that is text only."""
    return made(number, text=text, code="none", **({"status": "narrative_only"} | said))


def judged(*reports: Tables) -> tuple[set[str], pd.DataFrame]:
    """The reports that count, and the findings about doubles."""
    tables = set_aside(together(*reports))
    aside = set_aside_reports(tables)
    found = findings_of(tables, lambda tables, reports: duplicate_findings(aside, reports))
    return set(tables.reports.loc[tables.reports["counted"], "report_id"]), found


# which one counts


def test_of_two_files_with_the_same_figures_the_first_by_path_counts_and_both_stay():
    tables = together(made(2, BUSY), made(1, BUSY))

    done = set_aside(tables)

    assert done.reports.set_index("report_id")["counted"].to_dict() == {"r1": True, "r2": False}
    for item in fields(Tables):
        if item.name != "reports":
            pd.testing.assert_frame_equal(getattr(done, item.name), getattr(tables, item.name))


def test_a_cell_that_one_file_lost_is_no_conflict_and_the_more_complete_reading_counts():
    counted, found = judged(made(1, BUSY, cells={NEW: lost()}), made(2, BUSY))

    assert counted == {"r2"}
    assert list(found["report_id"]) == ["r1"]
    assert "内容相同" in found["message"].iloc[0]
    assert "2.txt" in found["message"].iloc[0]
    assert "199" in found["message"].iloc[0]


def test_of_the_same_figures_those_read_where_they_stand_go_before_repaired_ones():
    repaired = {NEW: {"value": 17, "status": "repaired"}}

    assert judged(made(1, BUSY, cells=repaired), made(2, BUSY))[0] == {"r2"}


def test_a_page_of_text_and_its_attachment_with_the_tables_are_one_report_without_conflict():
    counted, found = judged(told(1, LONG), made(2, BUSY))

    assert counted == {"r2"}
    assert "没有表格数字" in found["message"].iloc[0]
    assert "contradict" not in found["message_en"].iloc[0]


def test_two_files_that_differ_are_told_cell_by_cell_with_both_figures():
    counted, found = judged(made(1, BUSY), made(2, BUSY | {NEW: 18}))

    assert counted == {"r1"}
    (finding,) = found.to_dict("records")
    assert (finding["report_id"], finding["severity"], finding["table"]) == ("r2", "warning", "reports")
    assert "互相矛盾" in finding["message"]
    assert "表三“一、本年新收政府信息公开申请数量-总计”（本文件18，另一文件17）" in finding["message"]
    assert "table 3 new total (18 here, 17 there)" in finding["message_en"]


def test_many_cells_that_differ_are_counted_after_the_first_few():
    lines = ("new", "carried_over", "granted", "total")
    columns = ("natural_person", "total")
    many = {("requests", line, column): 40 for line in lines for column in columns}

    _, found = judged(made(1), made(2, many))

    assert found["message_en"].iloc[0].count("40 here") == 5
    assert "and 3 more" in found["message_en"].iloc[0]


def test_what_was_published_later_is_the_corrected_version():
    early, late = pd.Timestamp("2023-01-20"), pd.Timestamp("2023-03-02")

    counted, found = judged(made(1, BUSY, published_on=early), made(2, BUSY | {NEW: 18}, published_on=late))

    assert counted == {"r2"}
    assert "1.txt，2023-01-20公布" in found["message"].iloc[0]
    assert "2023-03-02公布" in found["message"].iloc[0]


def test_a_copy_put_online_again_after_the_correction_is_not_the_later_version():
    """The first version, saved again from an archive in 2025, must not win over the correction of March 2023."""
    days = [pd.Timestamp(day) for day in ("2023-01-20", "2023-03-02", "2025-06-01")]

    counted, _ = judged(
        made(1, BUSY, published_on=days[0]),
        made(2, BUSY | {NEW: 18}, published_on=days[1]),
        made(3, BUSY, published_on=days[2]),
    )

    assert counted == {"r2"}


@pytest.mark.parametrize(
    "said",
    [{"title": "百泉镇2022年政府信息公开工作年度报告（更正）"}, {"source": "0更正版.txt"}, {"note": "修订后重发"}],
)
def test_what_says_that_it_corrects_goes_before_what_was_published_later(said):
    later = made(2, BUSY, published_on=pd.Timestamp("2024-03-02"))
    correction = made(1, BUSY | {NEW: 18}, **({"published_on": pd.Timestamp("2023-03-02")} | said))

    counted, found = judged(correction, later)

    assert counted == {"r1"}
    assert "标明更正" in found["message"].iloc[0]


@pytest.mark.parametrize("name", ["百泉镇2022更正前.txt", "百泉镇2022（草稿）.txt", "作废/百泉镇2022.txt"])
def test_a_draft_or_what_was_replaced_does_not_count_where_it_differs(name):
    """更正前 holds the word 更正 and is no correction."""
    counted, found = judged(made(1, BUSY, source=name), made(2, BUSY | {NEW: 18}))

    assert counted == {"r2"}
    assert "草稿、旧版或已作废" in found["message"].iloc[0]


def test_a_notice_that_prints_only_the_corrected_lines_does_not_count_but_is_named():
    everything = made(1, BUSY)
    kept = {("disputes", "reconsideration", "total"): 3}
    cells = {
        (table, line, column): lost()
        for table in ("disclosure", "requests")
        for line, column in _lines(everything, table)
    }
    notice = made(2, kept, cells=cells, title="关于更正百泉镇2022年政府信息公开工作年度报告的说明")

    counted, found = judged(everything, notice)

    assert counted == {"r1"}
    assert "可能已被更正" in found["message"].iloc[0]


def _lines(tables: Tables, table: str) -> list[tuple[str, str]]:
    frame = getattr(tables, table)
    line, column = ("item", "measure") if table == "disclosure" else ("line", "applicant")
    return list(zip(frame[line], frame[column], strict=True))


def test_of_three_files_one_counts_and_each_other_one_has_a_finding():
    counted, found = judged(made(1, BUSY), made(2, BUSY), made(3, BUSY | {NEW: 18}))

    assert counted == {"r1"}
    assert sorted(found["report_id"]) == ["r2", "r3"]
    assert found["finding_id"].is_unique


def test_old_reports_without_tables_are_compared_by_their_text():
    old = {"year": 2012}
    same = judged(told(1, LONG, **old), told(2, LONG[:200], **old))[1]
    other = judged(told(1, LONG, **old), told(2, "别的话，与前面的一段毫无相同之处。" * 9, **old))[1]

    assert "正文内容相同" in same["message"].iloc[0]
    assert "互相矛盾：正文" in other["message"].iloc[0]


def test_figures_of_two_generations_of_the_form_are_compared_where_they_share_a_cell():
    counted, found = judged(made(1, BUSY, code="2019"), made(2, BUSY, code="2021"))

    assert len(counted) == 1
    assert "内容相同" in found["message"].iloc[0]


# what is one place


@pytest.mark.parametrize(
    "other",
    [
        {"year": 2021},
        {"year": None},
        {"township": "西山乡"},
        {"county": "昌吉市"},
        {"level": "department", "township": None},
        {"division_code": "654202999"},
    ],
)
def test_another_place_or_year_is_no_duplicate(other):
    counted, found = judged(made(1, BUSY, division_code="654202101"), made(2, BUSY, **other))

    assert counted == {"r1", "r2"}
    assert found.empty


def test_one_code_is_one_place_though_the_names_are_spelt_otherwise():
    code = {"division_code": "654202101"}

    assert len(judged(made(1, BUSY, **code), made(2, BUSY, county=None, township="百泉乡", **code))[0]) == 1


def test_names_that_stand_for_two_codes_do_not_tell_which_of_them_a_report_without_a_code_is_of():
    counted, _ = judged(
        made(1, BUSY, division_code="654202101"), made(2, BUSY, division_code="654202102"), made(3, {NEW: 1})
    )

    assert counted == {"r1", "r2", "r3"}


UNKNOWN = {"county": None, "city": None, "province": None}


@pytest.mark.parametrize("values", [{}, {NEW: 1, TOTAL: 1}])
def test_a_township_without_a_county_is_nobodys_double_for_figures_that_chance_could_give(values):
    """城关镇 stands in a hundred counties, and most townships report nothing but 0."""
    assert judged(made(1, values), made(2, values, **UNKNOWN))[0] == {"r1", "r2"}


@pytest.mark.parametrize(("values", "text"), [(BUSY, None), ({}, LONG), (BUSY, LONG)])
def test_a_township_without_a_county_is_the_double_of_what_says_the_same(values, text):
    counted, found = judged(made(1, values, text), made(2, values, text, **UNKNOWN))

    assert counted == {"r1"}
    assert list(found["report_id"]) == ["r2"]


def test_a_township_without_a_county_whose_province_or_figures_contradict_is_no_double():
    elsewhere = UNKNOWN | {"province": "河南省"}

    assert len(judged(made(1, BUSY), made(2, BUSY, **elsewhere))[0]) == 2
    assert len(judged(made(1, BUSY, LONG), made(2, BUSY | {NEW: 18}, LONG, **UNKNOWN))[0]) == 2


def test_a_township_that_could_be_two_that_say_the_same_is_neither():
    first, second = made(1, BUSY), made(2, BUSY, county="沙湾市")

    assert judged(first, second, made(3, BUSY, **UNKNOWN))[0] == {"r1", "r2", "r3"}


def test_the_candidates_of_an_open_place_speak_against_a_code_that_is_not_among_them():
    rows = [{"report_id": "r2", "aspect": "place", "role": "candidate", "division_code": "410101100"}]
    open_place = replace(made(2, BUSY, **UNKNOWN), identity=typed("identity", rows))

    assert len(judged(made(1, BUSY, division_code="654202101"), open_place)[0]) == 2


def test_the_government_and_its_office_are_two_bodies():
    """A district reports for all its bodies, and its office for itself: same place, same year, other figures."""
    place = {"level": "county", "township": None}
    whole = made(1, BUSY, issuer="乌苏市人民政府", **place)

    assert len(judged(whole, made(2, {NEW: 3}, issuer="乌苏市人民政府办公室", **place))[0]) == 2
    assert len(judged(whole, made(2, {NEW: 3}, issuer="乌苏市人民政府", **place))[0]) == 1


# the order of files does not matter


@st.composite
def corpora(draw) -> list[Tables]:
    """Some reports of a few places, many of them doubles."""
    count = draw(st.integers(min_value=1, max_value=6))
    return [
        made(
            number,
            draw(st.sampled_from([BUSY, BUSY | {NEW: 18}, {}])),
            draw(st.sampled_from([None, LONG])),
            county=draw(st.sampled_from(["乌苏市", "沙湾市", None])),
            province=draw(st.sampled_from([None, NAMES["province"]])),
            published_on=draw(st.sampled_from([None, pd.Timestamp("2023-01-20"), pd.Timestamp("2023-04-01")])),
            source=draw(st.sampled_from(["甲", "乙更正", "丙作废"])) + f"{number}.txt",
        )
        for number in range(count)
    ]


@pytest.mark.slow
@given(reports=corpora(), data=st.data())
@settings(max_examples=25, deadline=None)
def test_whatever_their_order_the_same_reports_count_and_no_place_loses_all_of_its_reports(reports, data):
    tables = together(*reports)
    shuffled = together(*data.draw(st.permutations(reports)))

    aside = {each.own.report_id: each.other.report_id for each in set_aside_reports(tables)}

    assert aside == {each.own.report_id: each.other.report_id for each in set_aside_reports(shuffled)}
    assert not set(aside) & set(aside.values())
    found = run_checks(set_aside(tables)).query("rule == 'report.duplicate'")
    assert set(found["report_id"]) == set(aside)


def test_loading_a_folder_sets_the_double_aside(tmp_path: Path):
    """The same report with another last line: other bytes, the same content."""
    text = (RAW / "百泉镇2023.txt").read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(text + "\n\n", encoding="utf-8")
    (tmp_path / "manifest.csv").write_text(
        "file,township,county,year\na.txt,百泉镇,乌苏市,2023\nb.txt,百泉镇,乌苏市,2023\n", encoding="utf-8"
    )

    tables = load(tmp_path)

    assert tables.reports.set_index("source")["counted"].to_dict() == {"a.txt": True, "b.txt": False}
    assert list(tables.findings.query("rule == 'report.duplicate'")["report_id"]) == [
        tables.reports.set_index("source").loc["b.txt", "report_id"]
    ]
    assert len(tables.select().reports) == 1
