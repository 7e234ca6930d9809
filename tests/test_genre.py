"""What is a yearly report, and what only speaks of one: news, rules, explanations, lists of links, other tables."""

from __future__ import annotations

import pytest

from govinfo.definitions.form import forms
from govinfo.demo.layouts import print_table
from govinfo.errors import UnreadableFileError
from govinfo.parse.report import Report, parse_report
from govinfo.readers.plain.text import read_text
from govinfo.readers.web.html import read_html

TITLE = "清溪镇2022年政府信息公开工作年度报告"
PROSE = "本年度我镇坚持以公开为常态，围绕群众关心的事项公开各类信息，并安排专人负责日常维护。" * 3
OTHERS = {
    "news": ["清溪镇召开2023年政府信息公开工作推进会", "来源：清溪镇", PROSE, "会议要求，一是提高认识；二是加强培训。"],
    "explanation": [
        *(f"《{TITLE}》解读", "一、编制背景", "根据条例编制。", "二、主动公开政府信息情况", PROSE),
        *("三、依申请公开情况", "无。"),
    ],
    "notice": [
        *("关于做好2022年政府信息公开工作年度报告编制工作的通知", "一、主动公开", PROSE),
        *("二、收到和处理申请情况", PROSE),
    ],
    "rules": [
        *("清溪镇政府信息公开工作年度报告制度", "第一条 为规范报告，制定本制度。", "一、主动公开", PROSE),
        *("二、依申请公开", "无。"),
    ],
    "guide": [
        *("清溪镇政府信息公开指南", "一、主动公开", PROSE, "规章、规范性文件"),
        *("二、依申请公开", "公民可以申请。", "三、监督"),
    ],
    "template": [
        *("XX镇2023年政府信息公开工作年度报告（模板）", "一、总体情况", "XX镇…"),
        *("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"),
    ],
    "work report": [
        *("2023年政府工作报告", "一、总体情况", PROSE, "二、存在的主要问题", "发展不平衡。"),
        *("三、其他事项", "无。"),
    ],
    "another yearly report": [
        *("清溪镇2022年法治建设年度报告", "一、总体情况", PROSE),
        *("二、存在的主要问题及改进情况", "执法力量不足。"),
    ],
}
PAGES = {
    "list of links": "".join(
        f"<li><a>清溪镇{year}年政府信息公开工作年度报告</a> {year + 1}-01-20</li>" for year in range(2018, 2024)
    ),
    "page with an attachment": f"<h1>{TITLE}</h1><p>附件：{TITLE}.pdf</p>",
    "budget": "<h1>2022年预算公开表</h1><table><tr><td>项目</td><td>本年</td></tr>"
    "<tr><td>行政事业性收费</td><td>12.5</td></tr><tr><td>其他</td><td>3</td></tr><tr><td>总计</td><td>15.5</td></tr></table>",
    "list of cases": "<table><tr><th>序号</th><th>行政处罚</th><th>行政许可</th><th>总计</th></tr>"
    "<tr><td>1</td><td>3</td><td>4</td><td>7</td></tr></table>",
}


def read(text: str) -> Report:
    return parse_report(read_text(text.encode(), "a.txt"), forms())


@pytest.mark.parametrize("name", OTHERS)
def test_a_text_that_only_speaks_of_reports_is_none(name: str) -> None:
    with pytest.raises(UnreadableFileError) as error:
        read("\n".join(OTHERS[name]))

    assert error.value.reason == "not_a_report"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_without_a_report_is_none(name: str) -> None:
    with pytest.raises(UnreadableFileError) as error:
        parse_report(read_html(f"<html><body>{PAGES[name]}</body></html>".encode(), "a.html"), forms())

    assert error.value.reason == "not_a_report"


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n{PROSE}",  # every heading lost
        f"{TITLE}\n一、概述\n{PROSE}",
        f"一、总体情况\n{PROSE}\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n五、存在的主要问题及改进情况\n人手少。",
        f"三、收到和处理政府信息公开申请情况\n无。\n四、政府信息公开行政复议、行政诉讼情况\n无。\n五、存在的主要问题及改进情况\n{PROSE}",
        f"一、概述\n{PROSE}\n二、主动公开政府信息情况\n{PROSE}\n三、依申请公开情况\n无。\n四、收费及减免情况\n无。",
    ],
    ids=["headings lost", "one section", "title lost", "front half lost", "old chapters"],
)
def test_a_report_that_lost_much_is_still_one(text: str) -> None:
    assert read(text).status == "narrative_only"


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.code)
def test_the_tables_of_a_form_make_a_report_without_any_other_word(form) -> None:  # type: ignore[no-untyped-def]
    tables = "\n".join(
        print_table(
            table,
            {
                (line.code, column.key): "0"
                for block in table.blocks
                for line in block.lines
                for column in block.columns
            },
            "tabs",
        )
        for table in form.tables
    )

    assert read(tables).status == "complete"
