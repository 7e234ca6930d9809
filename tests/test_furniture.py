"""What a page prints around a report is no narrative; a sentence of the report always is."""

from __future__ import annotations

import html_pages
import pytest
from test_layouts import FORMS, made_up

from govinfo.definitions.form import forms
from govinfo.parse.prose.furniture import is_furniture
from govinfo.parse.report import Report, parse_report
from govinfo.readers.plain.text import read_text
from govinfo.readers.web.html import read_html

TITLE = "示例县清溪镇2023年政府信息公开工作年度报告"
PREAMBLE = "按照要求编制本报告。如有疑问，请与清溪镇党政办联系（电话：0000-0000000）。"

FURNITURE = """\
当前位置: 首页>政府信息公开>清溪镇>年报
您当前所在位置：首页 > 政务公开
您现在的位置：网站首页
首页/ 政务公开 / 正文
首页 >> 信息公开 >> 年报
【字体：大 中 小】
【字体:
字号: 大 中 小
[大][中][小]
【 默认 超大
打印本页 / 关闭窗口
【打印】【关闭】
扫一扫在手机打开当前页
扫码使用手机浏览
分享到： 微信 微博
分享:
无障碍浏览
长者模式
登录 注册
设为首页 加入收藏
简体 | 繁体
文件已失效
Ai政务问答
点击收听年报语音朗读
来源：示例县人民政府 发布时间：2023-01-28
发布时间：2022-01-13-11:05 来源: 清溪镇 浏览次数: 次
日期:2022-01-24来源:清溪镇
索 引 号: 000-2023-1
访问量:
阅读次数：-
来源： 作者： 点击率：【打印】
文号：〔〕号
作者:佚名 来源:本站原创
示例县清溪镇人民政府2023年政府信息公开工作年度报告.pdf
附件：清溪镇统计表.docx（点击下载）
附件1：年报.pdf 附件2：统计表.xlsx
上一篇：清溪镇2022年政府信息公开工作年度报告
下一篇：没有了
主办：示例县人民政府办公室
主办单位：示例县人民政府 承办：示例县政务服务和数据局
网站标识码：0000000000
示ICP备00000000号-1
示公网安备 00000000000000号
版权所有：示例县人民政府
版权所有 未经许可不得转载。
Copyright © 2023 示例县人民政府 All Rights Reserved
信息来源：清溪镇 | 发布时间：2023-01-28 10:22 | 责任编辑：某某
索引号: 1 文号: 无 发布机构: 清溪镇 公开方式: 主动公开 成文日期: 2021.01.05 有效性: 有效
网站地图 | 联系我们 | 关于我们"""

REPORT = """\
一、总体情况
无。
无
清溪镇人民政府
2023年1月20日
附件：政府信息公开工作情况统计表
（一）主动公开情况
联系电话：0000-0000000
联系地址：示例县清溪镇政府大院，邮编：000000
本报告中所列数据的统计期限自2023年1月1日起至2023年12月31日止。
来源广泛，渠道多样，公开信息35条。
来源：群众来信3件，上级交办2件
微信
微信公众号
通过微信公众号发布信息120条
网站访问量达12000次，信息公开栏更新12次。
首先，加强组织领导。
打印报告12份，分享经验3次。
首页开设专栏，公开信息35条。
发布时间不及时；公开内容不全面。
作者署名制度不健全。
名称不规范的问题
字体不统一。
公开方式单一
位置：本镇位于县城以北。
更新时间不固定，个别栏目更新不及时
1. 公开内容不够全面
主办单位责任落实不到位。
返回群众申请2件。
上条所述问题已整改
上一条建议提案已办结
相关信息公开35条
文号: 无。本年度未制发规范性文件。
日期：自2023年1月1日起"""


@pytest.mark.parametrize("line", FURNITURE.splitlines())
def test_a_line_of_nothing_but_known_pieces_is_furniture(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", REPORT.splitlines())
def test_a_line_of_a_report_is_none(line: str) -> None:
    assert not is_furniture(line)


def report(above: str = "", below: str = "", title: str = TITLE, inside: str = "") -> str:
    """A report between what a page prints above and below it, a line each."""
    return (
        f"{above}\n{title}\n{PREAMBLE}\n一、总体情况\n公开信息若干条。\n{inside}\n"
        f"五、存在的主要问题及改进情况\n公开不全面。\n六、其他需要报告的事项\n无\n清溪镇人民政府\n2024年1月15日\n{below}\n"
    )


def parsed(text: str) -> Report:
    return parse_report(read_text(text.encode(), "a.txt"), forms())


def narrative(found: Report) -> dict[str, str]:
    return {row["role"]: row["text"] for row in found.rows["narrative"]}


@pytest.mark.parametrize("line", FURNITURE.splitlines())
def test_furniture_above_and_below_a_report_is_left_out(line: str) -> None:
    found = narrative(parsed(report(above=line, below=line)))

    assert (found["preamble"], found["other"]) == (PREAMBLE, "无\n清溪镇人民政府\n2024年1月15日")


@pytest.mark.parametrize("line", REPORT.splitlines()[1:])
def test_a_line_of_a_report_stays_wherever_it_stands(line: str) -> None:
    title = f"{TITLE}\n{line}"
    found = narrative(parsed(report(above="当前位置：首页", below="网站标识码：0000000000", title=title, inside=line)))

    assert line in found["preamble"].splitlines()
    assert line in found["overview"].splitlines() or line.startswith(("（一）", "附件"))


def test_furniture_between_the_sections_is_not_looked_for() -> None:
    """There, a line like these is the report's own."""
    assert "来源：清溪镇" in narrative(parsed(report(inside="来源：清溪镇")))["overview"]


def test_short_lines_above_the_title_go_with_the_furniture_among_them() -> None:
    above = "首页\n走进示例\n政务公开\n当前位置：首页 > 年报\n某某专栏"

    assert narrative(parsed(report(above=above)))["preamble"] == PREAMBLE


def test_lines_above_the_title_stay_where_no_furniture_is() -> None:
    found = narrative(parsed(report(above="清溪镇文件\n本页为节选。")))

    assert found["preamble"] == f"清溪镇文件\n本页为节选。\n{PREAMBLE}"


def test_a_sentence_above_the_title_stays_even_among_furniture() -> None:
    found = narrative(parsed(report(above="当前位置：首页\n本报告公开信息35条。\n打印本页")))

    assert found["preamble"] == f"本报告公开信息35条。\n{PREAMBLE}"


@pytest.mark.parametrize("title", [TITLE, "示例县清溪镇\n2023年政府信息公开工作年度报告"])
def test_a_title_printed_twice_is_no_preamble(title: str) -> None:
    found = parsed(report(above=f"{title}\n发布时间：2024-01-18 来源：清溪镇", title=title))

    assert found.identity.title == TITLE
    assert narrative(found)["preamble"] == PREAMBLE


def test_the_rest_of_a_broken_sentence_is_no_title_printed_twice() -> None:
    sentence = f"按照上级关于做好年度报告编制和公布工作的要求，本机关现在向社会公布\n{TITLE}\n，内容如下。"
    found = narrative(parsed(report(title=f"{TITLE}\n{sentence}")))

    assert TITLE in found["preamble"]


def test_what_stands_in_the_foot_goes_with_it() -> None:
    below = "分享到：\n微信\n友情链接\n某某网\n主办：示例县人民政府\n地址：示例县一号\n电话：0000-0000000"

    assert narrative(parsed(report(below=below)))["other"] == "无\n清溪镇人民政府\n2024年1月15日"


def test_a_sentence_below_the_foot_means_that_the_report_goes_on() -> None:
    found = narrative(parsed(report(below="打印本页\n补充说明\n本年度未收取费用。")))

    assert found["other"].endswith("补充说明\n本年度未收取费用。")


META = """<table><tr><td>索引号</td><td>000-1</td><td>分类</td><td>其他</td></tr>
<tr><td>发布机构</td><td>清溪镇</td><td>发布日期</td><td>2024-01-18</td></tr>
<tr><td>名称</td><td colspan=3>{title}</td></tr><tr><td>文号</td><td></td><td>点播次数</td><td>有效</td></tr></table>"""


def test_a_block_of_metadata_is_no_narrative_and_says_when_the_page_was_published() -> None:
    body = "".join(f"<p>{line}</p>" for line in report(above="首页").splitlines())
    found = parse_report(read_html((META.format(title=TITLE) + body).encode(), "a.html"), forms())

    assert narrative(found)["preamble"] == PREAMBLE
    assert str(found.identity.published_on) == "2024-01-18"


@pytest.mark.parametrize(
    ("above", "day"),
    [
        ("发布日期：2024-01-18", "2024-01-18"),
        ("发布日期\n2024-01-18", "2024-01-18"),
        ("来源：清溪镇 日期：2024/1/18 浏览次数：12", "2024-01-18"),
        ("成文日期：2024-01-10 发布日期：2024-01-18", "2024-01-18"),
        ("成文日期：2024-01-10", "2024-01-10"),
        ("今天是2024年11月25日", "2024-01-15"),
        ("", "2024-01-15"),
    ],
)
def test_the_day_of_publication_comes_before_the_day_of_the_signature(above: str, day: str) -> None:
    assert str(parsed(report(above=above, below="主办：示例县")).identity.published_on) == day


def test_a_long_foot_does_not_hide_the_signature() -> None:
    below = "主办：示例县人民政府\n" + "\n".join(f"栏目{number}" for number in range(30))
    found = parsed(report(below=below, title="政府信息公开工作年度报告"))

    assert str(found.identity.published_on) == "2024-01-15"
    assert found.identity.township == "清溪镇"


def test_the_date_of_a_list_of_other_reports_is_not_the_reports() -> None:
    found = parsed(report(below="下一篇：清溪镇2022年政府信息公开工作年度报告 2023-01-09"))

    assert str(found.identity.published_on) == "2024-01-15"


@pytest.mark.parametrize("line", ["首页>" * 70, "[大" * 140, "打印本页" * 70, "来源:" * 70, ".doc" * 70])
def test_an_endless_line_of_pieces_costs_little(line: str) -> None:
    for _ in range(200):
        is_furniture(line)


YEARS = "\n".join(f"示例县清溪镇{year}年政府信息公开工作年度报告" for year in (2022, 2021, 2020))


@pytest.mark.parametrize("between", ["当前位置：首页 > 年报", "某某栏目\n" * 200])
def test_the_title_is_the_one_above_the_text_not_one_of_the_other_years_listed_beside_it(between: str) -> None:
    """The first of the list was taken for the title, and the report for that year's."""
    found = parsed(report(above=f"{YEARS}\n{between}"))

    assert (found.identity.title, found.identity.year) == (TITLE, 2023)


def test_a_list_of_other_years_gives_no_title() -> None:
    """The page's own title in the browser's head still says the year."""
    page = html_pages.report(FORMS["2021"], made_up(FORMS["2021"], 1, ("/",)))
    years = "".join(f"<li>测试镇{year}年政府信息公开工作年度报告" for year in (2023, 2021, 2020))
    found = parse_report(
        read_html(page.replace(f"<h1>{html_pages.TITLE}</h1>", f"<ul>{years}</ul>").encode(), "a.html"), forms()
    )

    assert (found.identity.title, found.identity.year) == (None, 2022)
