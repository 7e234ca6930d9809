"""Sections are found by their headings, whatever these lost, hang on or were broken into; a point of a list is none."""

from __future__ import annotations

import pytest
from mutated_reports import read

from govinfo.definitions.form import forms
from govinfo.definitions.sheet import sheet
from govinfo.demo.layouts import TEXT_LAYOUTS
from govinfo.parse.report import Report

TITLE = "测试镇2023年政府信息公开工作年度报告"
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
ROLES = ["overview", "disclosure", "requests", "disputes", "problems", "other"]
OVERVIEW = "2023年，我镇公开信息35条。"
PROBLEMS = "一是人员培训不足；二是更新不够及时。下一步，一是加强培训；二是按月检查。"


def table(name: str) -> list[str]:
    """One table of the form of 2021, all zeros, a cell a line."""
    found = next(item for item in forms()[0].tables if item.name == name)
    zeros = {(line.code, column.key): "0" for block in found.blocks for line in block.lines for column in block.columns}
    return TEXT_LAYOUTS["plain"].printer(sheet(found, zeros)).split("\n")


def lines_of(*headings: str | tuple[str, ...]) -> list[str]:
    """A report under these headings; a tuple is printed over several lines."""
    under = [[OVERVIEW], table("disclosure"), table("requests"), table("disputes"), [PROBLEMS], ["无。"]]
    lines = [TITLE]
    for heading, below in zip(headings, under, strict=True):
        lines += [*([heading] if isinstance(heading, str) else heading), *below]
    return lines


def changed(number: int, heading: str | tuple[str, ...]) -> list[str]:
    """The report with one of its headings printed otherwise."""
    return lines_of(*HEADINGS[: number - 1], heading, *HEADINGS[number:])


def roles(report: Report) -> list[str]:
    return [row["role"] for row in report.rows["narrative"]]


def text_of(report: Report, role: str) -> str:
    (found,) = [row["text"] for row in report.rows["narrative"] if row["role"] == role]
    return found


def statements(report: Report) -> list[tuple[str, str]]:
    return [(row["kind"], row["text"]) for row in report.rows["problems"]]


def assert_places_fit(report: Report) -> None:
    """What `start` and `end` of a statement cut out of the section's text is the statement."""
    texts = {row["order"]: row["text"] for row in report.rows["narrative"]}
    for row in report.rows["problems"]:
        assert texts[row["order"]][row["start"] : row["end"]].replace("\n", "") == row["text"]


POINTS = [
    ("problem", "人员培训不足"),
    ("problem", "更新不够及时"),
    ("measure", "加强培训"),
    ("measure", "按月检查"),
]


@pytest.mark.parametrize("number", range(1, 7))
def test_a_heading_of_which_only_the_numeral_is_left_has_the_role_of_its_number(number: int) -> None:
    report = read(changed(number, HEADINGS[number - 1][:2]))

    assert roles(report) == ROLES
    assert text_of(report, "overview") == OVERVIEW
    assert statements(report) == POINTS
    assert report.status == "complete"


def test_a_numeral_alone_says_nothing_where_the_chapters_are_not_those_of_the_form() -> None:
    lines = [TITLE, "一、概述", OVERVIEW, "二、组织领导", "成立了小组。", "三、", "本年未收取费用。"]
    assert roles(read(lines)) == ["overview", "unknown", "unknown"]


def test_the_table_below_tells_what_a_numeral_alone_stands_for() -> None:
    lines = [TITLE, "一、组织领导", "成立了小组。", "二、", *table("disclosure")]
    assert roles(read(lines)) == ["unknown", "disclosure"]


@pytest.mark.parametrize("label", ["四、结转下年度继续办理", "三、本年度办理结果", "二、上年结转政府信息公开申请数量"])
def test_a_numeral_torn_from_a_label_of_the_table_is_no_heading(label: str) -> None:
    lines = lines_of(*HEADINGS)
    at = lines.index(label)

    report = read([*lines[:at], label[:2], label[2:], *lines[at + 1 :]])

    assert roles(report) == ROLES
    assert report.status == "complete"


@pytest.mark.parametrize(
    ("number", "glued", "rest"),
    [
        (1, "一、总体情况2023年，我镇公开信息12条。", "2023年，我镇公开信息12条。"),
        (1, "一、总体情况：本镇公开信息12条。", "本镇公开信息12条。"),
        (1, "一、 总体情况 测试镇公开信息12条。", "测试镇公开信息12条。"),
        (1, "一、概述我镇公开信息12条。", "我镇公开信息12条。"),
        (1, "一、总体情况（一）主动公开。我镇公开信息12条。", "（一）主动公开。我镇公开信息12条。"),
        (6, "六、其他需要报告的事项无。", "无。"),
        (6, "六、其他事项无其他需要报告的事项。", "无其他需要报告的事项。"),
    ],
)
def test_a_heading_that_hangs_on_its_paragraph_is_parted_from_it(number: int, glued: str, rest: str) -> None:
    report = read(changed(number, glued))

    assert roles(report) == ROLES
    row = report.rows["narrative"][number - 1]
    assert row["text"].split("\n")[0] == rest
    assert row["heading"] + rest.replace("\n", "") in glued.replace(" ", "").replace("：", "")


def test_points_behind_a_heading_are_found_where_they_stand() -> None:
    lines = changed(5, "五、存在的主要问题及改进情况（一）存在问题：一是人员培训不足；二是更新不够及时。")
    lines[lines.index(PROBLEMS)] = "（二）改进措施：一是加强培训；二是按月检查。"

    report = read(lines)

    assert roles(report) == ROLES
    assert statements(report) == POINTS
    assert_places_fit(report)


def test_a_paragraph_that_holds_further_headings_is_not_taken_for_the_first_section() -> None:
    told = "全年通过网站、公开栏和广播等多种渠道公开信息，内容涉及机构职能、政策文件、财政资金和民生实事等方面。" * 2
    lines = [TITLE, f"一、总体情况：{told}二、主动公开政府信息情况：公开35条。三、存在问题：人员不足。"]
    assert roles(read(lines)) == ["preamble"]


@pytest.mark.parametrize(
    "broken",
    [
        ("五、存在的主要问题及改", "进情况"),
        ("五、", "存在的主要问题及改进情况"),
        ("五、存在的主要", "问题及改进", "情况"),
        ("五、存在的主要问题及改", "进情况2023年，我镇工作仍有不足："),
    ],
)
def test_a_heading_broken_over_lines_is_joined(broken: tuple[str, ...]) -> None:
    report = read(changed(5, broken))

    assert roles(report) == ROLES
    assert report.rows["narrative"][4]["heading"] == HEADINGS[4]
    assert statements(report) == POINTS
    assert_places_fit(report)


@pytest.mark.parametrize(
    "heading", ["、总体情况", "总体情况", "- 总体情况", "、总体概述", "一 总 体 情 况", "一.概述", "一 概 述"]
)
def test_the_numeral_or_its_mark_may_be_lost(heading: str) -> None:
    assert roles(read(changed(1, heading))) == ROLES


def test_empty_brackets_are_a_heading_only_above_the_table_of_their_section() -> None:
    assert roles(read(changed(2, "()主动公开政府信息情况"))) == ROLES
    lines = lines_of(*HEADINGS)
    lines.insert(2, "()主动公开政府信息情况")
    report = read(lines)
    assert roles(report) == ROLES
    assert text_of(report, "overview") == f"()主动公开政府信息情况\n{OVERVIEW}"


def test_numbers_may_be_skipped() -> None:
    lines = [
        TITLE,
        "一、总体情况",
        OVERVIEW,
        "三、收到和处理政府信息公开申请情况",
        "未收到申请。",
        "五、存在问题",
        PROBLEMS,
    ]
    assert roles(read(lines)) == ["overview", "requests", "problems"]


def test_a_number_used_twice_opens_the_next_section() -> None:
    numerals = ("一、", "一、", "二、", "三、", "四、", "五、")
    headings = [numeral + heading[2:] for numeral, heading in zip(numerals, HEADINGS, strict=True)]

    report = read(lines_of(*headings))

    assert roles(report) == ROLES
    assert [row["section"] for row in report.rows["narrative"]] == [1, 1, 2, 3, 4, 5]


def test_problems_and_measures_in_chapters_of_their_own() -> None:
    lines = lines_of(*HEADINGS[:4], "五、存在问题", "七、其他需要报告的事项")
    at = lines.index(PROBLEMS)
    lines[at : at + 1] = ["一是人员培训不足；二是更新不够及时。", "六、改进措施", "一是加强培训；二是按月检查。"]

    report = read(lines)

    assert roles(report) == [*ROLES[:4], "problems", "problems", "other"]
    assert statements(report) == POINTS


def test_an_introduction_below_the_first_heading_belongs_to_it() -> None:
    lines = lines_of(*HEADINGS)
    lines.insert(2, "根据《中华人民共和国政府信息公开条例》编制本报告。")
    report = read(lines)
    assert roles(report) == ROLES
    assert text_of(report, "overview").startswith("根据")


def test_a_report_that_lost_all_headings_is_one_text() -> None:
    lines = [line for line in lines_of(*HEADINGS) if line not in HEADINGS]
    report = read(lines)
    assert roles(report) == ["preamble"]
    assert report.status == "complete"


@pytest.mark.parametrize(
    "points",
    [
        ["一、人员培训不足。", "二、更新不够及时。"],
        ["一、存在的主要问题：人员培训不足。", "二、下一步工作：加强培训。"],
        ["主要问题：一、人员培训不足；二、更新不够及时。"],
        ["一、存在的主要问题", "人员培训不足。", "二、改进措施", "加强培训。"],
    ],
)
def test_numbered_points_within_the_problems_open_no_section(points: list[str]) -> None:
    lines = lines_of(*HEADINGS)
    at = lines.index(PROBLEMS)
    lines[at : at + 1] = points

    report = read(lines)

    assert roles(report) == ROLES
    assert text_of(report, "problems") == "\n".join(points)
    assert_places_fit(report)


@pytest.mark.parametrize(
    "points",
    [
        ["一、主动公开情况", "公开35条。", "二、主动公开平台建设", "网站一个。", "三、依申请公开情况", "未收到。"],
        ["一、总体情况良好，公开35条。", "二、主动公开政府信息情况良好。"],
        ["一、加强领导", "二、加强培训", "三、加强宣传"],
    ],
)
def test_numbered_points_within_the_overview_open_no_section(points: list[str]) -> None:
    lines = lines_of(*HEADINGS)
    at = lines.index(OVERVIEW)
    lines[at : at + 1] = points

    report = read(lines)

    assert roles(report) == ROLES
    assert text_of(report, "overview") == "\n".join(points)


def test_a_list_of_contents_opens_no_section() -> None:
    lines = lines_of(*HEADINGS)
    report = read([TITLE, *HEADINGS, *lines[1:]])
    assert roles(report) == ["preamble", *ROLES]
    assert text_of(report, "overview") == OVERVIEW


def test_headings_without_their_tables_follow_one_another() -> None:
    lines = [TITLE, HEADINGS[0], OVERVIEW, *HEADINGS[1:5], PROBLEMS, HEADINGS[5], "无。"]
    assert roles(read(lines)) == ROLES
