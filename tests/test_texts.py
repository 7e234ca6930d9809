"""Words that do not belong in a report, and the many that look like them and do."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from filled_reports import filled, together
from one_check import findings_of

from govinfo.checks import run_checks
from govinfo.checks.texts import text_findings
from govinfo.tables import Tables, typed

SECTIONS = {
    "preamble": None,
    "overview": "一、总体情况",
    "problems": "五、存在的主要问题及改进情况",
    "appendix": "八、附表",
}


def report(text: str, role: str = "overview", name: str = "r1", **said: Any) -> Tables:
    """A report of 元马镇 with one section."""
    place = {"township": "元马镇", "county": "元谋县", "city": "楚雄彝族自治州", "province": "云南省"}
    place |= {"division_code": "532328100", "title": "元马镇人民政府2022年政府信息公开工作年度报告"}
    tables = filled(report_id=name, **(place | said))
    row = {"report_id": name, "order": 0, "section": 1, "role": role, "heading": SECTIONS[role], "text": text}
    return together(tables, Tables(narrative=typed("narrative", [row])))


def findings(text: str, rule: str, role: str = "overview", **said: Any) -> pd.DataFrame:
    found = findings_of(report(text, role, **said), text_findings)
    return found[found["rule"] == rule].reset_index(drop=True)


UNFILLED = {
    "XX镇人民政府高度重视政府信息公开工作": "XX",
    "20XX年，我镇坚持公开为常态": "20XX",
    "全年主动公开信息xxxx条": "xxxx",
    "受理申请××件，均已答复": "××",
    "配有x名专职工作人员": "x",
    "自X年1月1日起": "X",
    "根据某某县人民政府的部署": "某某",
    "按照国办公开办函〔〕30号的要求": "〔〕30号",
    "依据〔 〕号文件": "〔 〕号",
    "依据县政办发[]12号": "[]12号",
    "全年公开信息___条": "___",
    "在县政府网站（具体网址）公布": "（具体网址）",
    "登录（网址）查询": "（网址）",
    "由（单位名称）负责解释": "（单位名称）",
    "（此处填写本单位情况）": "（此处填写本单位情况）",
    "本级政府（本部门）按照要求": "本级政府（本部门）",
    "电话：0878-XXXXXXX": "XXXXXXX",
    "（请根据实际情况填写）": "（请根据实际情况填写）",
    "这一项报告本机关政府信息公开工作的总体情况": "这一项报告本机关",
    "ＸＸ街道办事处": "ＸＸ",
    "地址：XX路15号": "XX",
    "自2022-XX-XX起施行": "2022-XX-XX",
    "主动公开信息  条": "  ",
    "共\u3000\u3000件": "\u3000\u3000",
    "发布了\u00a0\u00a0篇": "\u00a0\u00a0",
    "公开信息（  ）条": "（  ）",
    "公开信息〇〇条": "〇〇",
    "20○○年，全镇平稳": "20○○",
    "公开信息*条": "*",
    "公开信息**余条": "**",
    "公开信息N条": "N",
    "公开信息__余条": "__",
    "开通“XX镇政务”微信公众号": "XX",
}
FILLED = [
    "国办公开办函〔2021〕30号",
    "申请人张××要求公开，申请人李XX撤回",
    "电话：138XXXX1234",
    "网址：http://www.xxgk.gov.cn/xx/xxx_2021.html",
    "登录www.xx.gov.cn查询，邮箱xxgk_xx@163.com",
    "拍摄X光片20人次，X射线设备已公示",
    "面积3×5米，共4×2块",
    "某些栏目更新不及时，某个村没有公开栏",
    "（一）主动公开（二）依申请公开",
    "当面（电话）咨询、来信（邮箱）咨询均可",
    "各部门（单位）按照职责分工负责",
    "政府信息公开指南（2022年版）",
    "EXX系列软件",
    "电话：0878-XXXX",
    "设备型号为AB-XX-2022",
    "AB/XX标准",
    "公示模板中“××村”由各村自行填写",
    "公开信息  12条，二十三  条，各类申请  2件",
    "学习信息公开  条例，按要求公开  项目",
    "文  件，事  项：日  期；负责  人，附  件。",
    "单位  件，信息  条目",
    "登录官网（http://www.xx.gov.cn）人民满意，（www.xx.gov.cn）条",
    "二〇〇条，一百〇〇件，二〇〇〇年",
    "（）条例，（）项目，（）人员",
    "**年度重点**\n*项目建设\n* 日常工作",
    "公开**条例**，公开*人员",
    "推行“1+N”机制，“N个平台”，1+N件",
]


@pytest.mark.parametrize(("text", "printed"), UNFILLED.items())
def test_what_a_template_leaves_open_is_told_with_its_surroundings(text: str, printed: str) -> None:
    found = findings(f"开头的话。{text}，其余照旧。", "text.placeholder")

    assert list(found["found"]) == [printed]
    assert found[["severity", "table"]].values.tolist() == [["warning", "narrative"]]
    assert f"“一、总体情况”里有没有填写的模板文字“{printed}”" in found.loc[0, "message"]
    assert f"section overview still has “{printed}”" in found.loc[0, "message_en"]


@pytest.mark.parametrize("text", FILLED)
def test_what_looks_like_a_blank_and_is_none_is_left_alone(text: str) -> None:
    assert findings(text, "text.placeholder").empty


def test_a_blank_of_one_kind_is_told_once_a_section_and_no_more_than_five_are_named() -> None:
    assert len(findings("XX镇公开XX条，XX次", "text.placeholder")) == 1
    assert len(findings("20XX年XX镇公开xxx条，××××件，〔〕号，（网址）见上，（单位名称）", "text.placeholder")) == 5


def test_lines_for_signatures_below_a_table_are_no_blanks() -> None:
    assert findings("单位负责人：____ 填报日期：____年__月", "text.placeholder", "appendix").empty


def test_a_title_that_was_not_filled_in_is_told() -> None:
    found = findings("无", "text.placeholder", title="XX镇2022年政府信息公开工作年度报告")

    assert "标题里有没有填写的模板文字“XX”" in found.loc[0, "message"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2022年，开云体育高度重视信息公开", "开云体育"),
        ("依乐鱼体育申请公开情况", "乐鱼体育"),
        ("请登录华体会官网查询", "华体会官网"),
        ("威廉希尔体育政务公开领导小组", "威廉希尔体育政务"),
        ("半岛体育官网最新入口", "半岛体育官"),
        ("在线阅读 kaiyun 下载", "kaiyun"),
        ("澳门新葡京赌场欢迎您", "葡京赌场"),
        ("真人百家乐平台", "真人百家乐平台"),
        ("体育投注平台推荐", "体育投注平台"),
    ],
)
def test_names_of_betting_sites_are_told(text: str, name: str) -> None:
    found = findings(text, "text.foreign")

    assert len(found) == 1
    assert name in found.loc[0, "found"] or found.loc[0, "found"] in name + "网"
    assert "网页可能已被篡改" in found.loc[0, "message"]


@pytest.mark.parametrize(
    "text",
    [
        "公开文化体育、教育体育等领域的信息",
        "江南体育馆、半岛体育中心免费开放",
        "严厉打击网上赌场平台和开云体育官网等赌博网站",
        "公示体育彩票公益金和福利彩票的使用情况",
        "整治棋牌室、老虎机，开展反赌宣传",
        "米兰花园小区、星空社区的公开栏",
        "县教育体育局官网公布了名单",
        "全民健身与群众体育平台建设",
    ],
)
def test_sports_and_the_fight_against_gambling_are_no_betting_sites(text: str) -> None:
    assert findings(text, "text.foreign").empty


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("2022年，吕店镇坚持以公开为常态。", "吕店镇", "overview"),
        ("柳屯镇人民政府高度重视政务公开。", "柳屯镇", "overview"),
        ("本报告由濮阳县柳屯镇人民政府编制。", "柳屯镇", "preamble"),
        ("现公布柳屯镇2022年度政府信息公开工作情况。", "柳屯镇", "preamble"),
        ("如有疑问，请与高唐镇党政办联系（电话见下）。", "高唐镇", "preamble"),
        ("一是加强领导。高唐镇主动公开信息20条。", "高唐镇", "overview"),
        ("按照伊川县人民政府办公室的要求，我镇开展工作。", "伊川县", "overview"),
        ("根据洛阳市伊川县人民政府的部署，编制本报告。", "伊川县", "preamble"),
        ("今年以来，我局高度重视公开工作。", "我局", "overview"),
        ("范县人民政府高度重视政务公开。", "范县", "overview"),
        ("完善制度。濮阳市范县政府认真落实《条例》。", "范县", "problems"),
    ],
)
def test_another_place_in_the_reports_own_stead_is_told(text: str, name: str, role: str) -> None:
    found = findings(text, "text.foreign", role)

    assert list(found["found"]) == [name]
    assert "元马镇" in found.loc[0, "message"]


@pytest.mark.parametrize(
    "text",
    [
        "2022年，元马镇坚持以公开为常态。元谋县元马镇人民政府高度重视。",
        "按照元谋县人民政府办公室和楚雄州人民政府的要求，我镇开展工作。",
        "赴吕店镇学习考察，吕店镇人民政府介绍了经验。",
        "借鉴高唐镇坚持公开的做法。",
        "各乡镇坚持公开，全镇坚持公开，我镇坚持公开。",
        "元马乡坚持公开。",  # what it was called before
        "与黄瓜园镇联合开展宣传。",
        "乡镇认真落实，村镇积极参与，集镇按照要求整治。",
        "在县人民政府网站公布，县区人民政府统一部署。",
        "无。\n吕店镇2021年政府信息公开工作年度报告\n高唐镇政府信息公开工作2022年度报告\n柳屯镇政府信息公开指南",
        "按照云南省人民政府的要求。",
        "县市场监管局检查时，该局反馈了意见。",
        "我局限于人手，公开不及时。",
        "元谋县人民政府高度重视。楚雄州人民政府认真落实。",
        "县人民政府高度重视，市政府全面部署，开发区政府积极参与。",
        "我县高度重视政务公开，我县各乡镇均有公开栏。",
        "赴范县学习，范县人民政府高度重视公开的做法值得借鉴。",
    ],
)
def test_neighbours_superiors_and_former_names_are_no_text_from_elsewhere(text: str) -> None:
    assert findings(text, "text.foreign").empty


@pytest.mark.parametrize(
    "said",
    [{"level": "county", "township": pd.NA}, {"level": "department"}, {"township": pd.NA}],
)
def test_only_a_township_that_is_told_can_be_another_than_the_text_names(said: dict[str, Any]) -> None:
    assert findings("2022年，吕店镇坚持以公开为常态。我局高度重视。", "text.foreign", **said).empty


def test_a_place_that_only_the_project_knows_is_known() -> None:
    own = {"province": "虚构省", "city": "示范市", "county": "示例县"}
    places = typed("places", [own | {"township": name} for name in ("拟山镇", "例河镇")])
    tables = report("2022年，例河镇坚持公开。", **own, township="拟山镇", division_code=pd.NA, title=pd.NA)

    found = run_checks(together(tables, Tables(places=places)))

    assert list(found.query("rule == 'text.foreign'")["found"]) == ["例河镇"]


def test_a_clause_of_twenty_characters_that_stands_twice_is_told_once() -> None:
    clause = "建立健全信息发布的审查登记和定期清理的工作机制"
    found = findings(f"一是{clause}。二是加强培训。我镇{clause}，{clause}；{clause}。", "text.repeated")

    assert found[["severity", "found"]].values.tolist() == [["info", clause]]
    assert findings(f"{clause[:19]}。{clause[:19]}。", "text.repeated").empty


def test_clauses_pasted_together_are_one_text() -> None:
    pasted = "建立健全信息发布的审查登记和定期清理的工作机制，对各村公开栏的更新情况逐月进行检查并通报结果。"

    assert len(findings(f"{pasted}\n另起一段。\n{pasted}", "text.repeated")) == 1


@pytest.mark.parametrize(
    "results",
    ["其中结果维持2件、结果纠正1件、其他结果0件、尚未审结0件", "其中维持2件、纠正1件、其他0件"],
)
def test_reviews_and_suits_may_have_the_same_results(results: str) -> None:
    text = f"行政复议3件，{results}。行政诉讼3件，{results}。"

    assert findings(text, "text.repeated").empty
    assert findings(f"行政复议维持12件、纠正1件、维持12件。{text}", "text.repeated").empty


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("完善了“保密审查制度”、“考核评议制度”、“考核评议制度”等", ["考核评议制度"]),
        ("公开教育信息、医疗信息、教育信息等内容", []),  # 公开教育信息 is the first item
        ("公开了低保名单、医疗信息、教育信息、医疗信息", ["医疗信息"]),
        ("分布在一、二、二、三组", []),
        ("教育、医疗；教育、养老", []),
    ],
)
def test_an_item_that_stands_twice_in_one_list_is_told(text: str, items: list[str]) -> None:
    assert list(findings(text, "text.repeated")["found"]) == items


def test_ids_of_findings_on_texts_stay_when_the_text_around_changes() -> None:
    one = findings("XX镇公开信息。", "text.placeholder")
    other = findings("本年度，XX镇公开了信息。", "text.placeholder")

    assert list(one["finding_id"]) == list(other["finding_id"])
