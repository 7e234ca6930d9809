"""The bytes say which encoding they are in; what a file says of itself counts only where they leave a doubt."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.errors import UnreadableFileError
from govinfo.readers.charset import decode_text
from govinfo.readers.web.html import declared_charset, read_html

SIMPLIFIED = "一、总体情况\n我镇全年主动公开政府信息35条，收到申请2件，均已按时答复。\n规章 0 0 0\n"
TRADITIONAL = "一、總體情況\n我鎮全年主動公開政府信息35條，收到申請2件，均已按時答覆。\n規章 0 0 0\n"
# characters that GB 2312 does not have: the names of places and people
RARE = "干𬒗镇，镕、堃、喆、玥；〇、㙍\n"


@pytest.mark.parametrize("declared", [None, "utf-8", "gb2312", "GBK", "big5", "iso-8859-1", "nonsense", ""])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_simplified_text_is_read_whatever_it_declares(encoding: str, declared: str | None) -> None:
    assert decode_text(SIMPLIFIED.encode(encoding), "a.txt", declared) == SIMPLIFIED


@pytest.mark.parametrize("declared", [None, "big5", "utf-8", "gb2312"])
@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "utf-8", "gb18030", "utf-16-le"])
def test_traditional_text_is_read_whatever_it_declares(encoding: str, declared: str | None) -> None:
    assert decode_text(TRADITIONAL.encode(encoding), "a.txt", declared) == TRADITIONAL


def test_what_is_called_gb2312_holds_characters_that_only_gb18030_has() -> None:
    text = SIMPLIFIED + RARE

    assert decode_text(text.encode("gb18030"), "a.txt", "gb2312") == text


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE])
def test_a_byte_order_mark_is_believed_and_taken_off(mark: bytes) -> None:
    encoding = {
        codecs.BOM_UTF8: "utf-8",
        codecs.BOM_UTF16_LE: "utf-16-le",
        codecs.BOM_UTF16_BE: "utf-16-be",
        codecs.BOM_UTF32_LE: "utf-32-le",
    }[mark]

    assert decode_text(mark + SIMPLIFIED.encode(encoding), "a.txt", "gb2312") == SIMPLIFIED


@pytest.mark.parametrize("cut", [1, 2])
def test_a_character_cut_off_at_the_end_becomes_one_sign_and_nothing_before_it_changes(cut: int) -> None:
    found = decode_text((SIMPLIFIED + "镇").encode("utf-8")[:-cut], "a.txt")

    assert found == SIMPLIFIED + "\ufffd"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_broken_byte_between_digits_is_never_dropped(encoding: str) -> None:
    """1?2 without its broken byte would be another number."""
    data = (SIMPLIFIED * 9).encode(encoding) + b"1\xff2" + SIMPLIFIED.encode(encoding)

    found = decode_text(data, "a.txt")

    assert "12" not in found
    assert "1\ufffd2" in found


@pytest.mark.parametrize("text", ["规章", "0", "35", "规章 0 0 0", "无。", "镇", "0,0,0\n1,2,3\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_few_characters_are_enough(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\x03" * 99,
        bytes(range(256)) * 9,
        b"\xff\xfe" + b"\x00\xd8" * 99,
        b"abc\0def\0gh",
        b"\x80\x81\x8d\x8f\x90" * 50,
    ],
)
def test_what_is_no_text_in_any_of_them_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        decode_text(data, "a.txt")

    assert caught.value.reason == "unreadable"
    assert "a.txt" in str(caught.value)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_unreadable(data: bytes) -> None:
    try:
        text = decode_text(data, "x")
    except UnreadableFileError as error:
        assert error.reason == "unreadable"
    else:
        assert "\0" not in text


@given(
    st.text(st.sampled_from("公开政府信息年度报告镇乡街道办事处规章件条0123456789，。、；\n"), min_size=20),
    st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be"]),
)
def test_any_text_of_common_characters_comes_back(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding), "x") == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "gbk", "big5", "", "utf-16"])
def test_a_page_is_read_whatever_its_head_declares(encoding: str, declared: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    text = TRADITIONAL if encoding == "big5" else SIMPLIFIED
    page = f"<html><head>{meta}<title>年</title></head><body><p>{text.replace(chr(10), '<br>')}</p></body></html>"

    document = read_html(page.encode(encoding), "a.html")

    assert [cell.text for cell in document.cells] == text.split("\n")[:-1]


@pytest.mark.parametrize(
    ("head", "declared"),
    [
        (b'<meta charset="gb2312">', "gb2312"),
        (b"<META HTTP-EQUIV='Content-Type' CONTENT='text/html; CHARSET=GBK'>", "GBK"),
        (b"<?xml version='1.0' encoding='utf-8'?>", "utf-8"),
        (b"<p>no word of it", None),
        (b"<p>" + b" " * 5000 + b"charset=gbk", None),
    ],
)
def test_what_a_page_declares_is_looked_for_in_its_head(head: bytes, declared: str | None) -> None:
    assert declared_charset(head) == declared
