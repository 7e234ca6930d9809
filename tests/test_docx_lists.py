"""The numbers that Word prints before paragraphs are in no paragraph's text; the reader puts them there."""

from __future__ import annotations

from office_files import p, report_of, tbl, tc, tr, word

from govinfo.readers.word.docx import read_docx
from govinfo.readers.word.lists import shown_number

NUMBERING = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/>
  <w:pStyle w:val="1"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>
  <w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
 <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircle"/>
  <w:lvlText w:val="%4"/></w:lvl>
 <w:lvl w:ilvl="4"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>
  <w:lvlText w:val="%1.%5"/></w:lvl>
 <w:lvl w:ilvl="5"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/>
 <w:lvlOverride w:ilvl="0">
<w:startOverride w:val="5"/></w:lvlOverride></w:num>
"""


def listed(text: str, level: int, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_numbers_of_lists_are_part_of_the_text() -> None:
    body = (
        listed("总体情况", 0) + listed("主动公开", 1) + listed("依申请公开", 1) + listed("属于国家秘密", 2)
        + listed("主动公开情况", 0) + listed("甲", 1) + listed("乙", 3) + listed("丙", 4) + listed("丁", 5)
        + listed("存在的问题", 0, 2) + listed("其他", 0, 2) + listed("无", 0, 0) + listed("接着", 0)
    )  # fmt: skip
    assert texts(body, numbering=NUMBERING) == [
        *(
            "一、总体情况",
            "（一）主动公开",
            "（二）依申请公开",
            "1. 属于国家秘密",
            "二、主动公开情况",
            "（一）甲",
            "① 乙",
        ),
        *("2.1 丙", "丁", "五、存在的问题", "六、其他", "无", "七、接着"),
    ]


def test_a_style_numbers_its_paragraphs() -> None:
    styles = (
        '<w:style w:styleId="1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="a"><w:basedOn w:val="1"/></w:style>'
    )
    body = p("总体情况", '<w:pStyle w:val="1"/>') + p("问题", '<w:pStyle w:val="a"/>')
    assert texts(body, styles=styles, numbering=NUMBERING) == ["一、总体情况", "二、问题"]


def test_a_number_before_a_figure_stands_on_a_line_of_its_own() -> None:
    """The number 1. before 5 is not 1.5."""
    cell = f"<w:tc>{listed('5', 2)}</w:tc>"
    assert texts(tbl(tr(tc("甲"), cell)), numbering=NUMBERING) == ["甲", "1.\n5"]


def test_a_report_with_numbered_headings_has_its_sections() -> None:
    heads = ["总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况"]
    heads += ["存在的主要问题及改进情况", "其他需要报告的事项"]
    body = p("测试镇人民政府2022年政府信息公开工作年度报告") + "".join(listed(head, 0) + p("内容。") for head in heads)
    report = report_of(read_docx(word(body, numbering=NUMBERING), "a.docx"))
    assert [row["role"] for row in report.rows["narrative"]] == [
        *("overview", "disclosure", "requests", "disputes", "problems", "other")
    ]


def texts(body: str, **parts: str) -> list[str]:
    return [cell.text for cell in read_docx(word(body, **parts), "a.docx").cells]


def test_numbers_are_printed_in_words_as_word_prints_them() -> None:
    def shown(form: str, *values: int) -> str:
        return " ".join(shown_number(value, form) for value in values)

    assert shown("chineseCounting", 1, 10, 11, 20, 21, 101, 110) == "一 十 十一 二十 二十一 一百〇一 一百一十"
    assert shown("chineseCountingThousand", 2, 12, 105, 2023) == "二 十二 一百零五 二千零二十三"
    assert shown("ideographDigital", 7, 10, 23) == "七 一〇 二三"
    assert shown("decimalEnclosedCircle", 1, 20, 21, 36) == "① ⑳ ㉑ 36"
    assert shown("decimalEnclosedParen", 3) + shown("decimalEnclosedFullstop", 3) == "⑶⒊"
    assert shown("upperRoman", 4, 9, 14) == "IV IX XIV"
    assert shown("lowerLetter", 1, 26, 27) == "a z aa"
    assert shown("decimalZero", 5) + shown("none", 5) + shown("decimalFullWidth", 12) == "05１２"
    assert shown("chineseCounting", 10_000, 99_999) == "10000 99999"
