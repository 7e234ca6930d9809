"""Web archives: the page and the frames in it, in whatever way mail packs them."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable

import pytest
from html_pages import TITLE, report
from test_layouts import FORMS, assert_read, made_up

from govinfo.definitions.form import forms
from govinfo.errors import UnreadableFileError
from govinfo.parse.report import parse_report
from govinfo.readers.web.mht import read_mht

HEAD = (
    'From: "Saved by a browser"\r\nSubject: x\r\nMIME-Version: 1.0\r\n'
    'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----=_Next"\r\n\r\n'
)
PACKED: dict[str, Callable[[bytes], bytes]] = {
    "quoted-printable": quopri.encodestring,
    "base64": base64.encodebytes,
    "8bit": lambda data: data,
}


def part(content: bytes, kind: str, packing: str = "8bit") -> bytes:
    head = f"------=_Next\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {packing}\r\n\r\n"
    return head.encode() + PACKED[packing](content) + b"\r\n"


def archive(*parts: bytes, end: bytes = b"------=_Next--\r\n") -> bytes:
    return HEAD.encode() + b"".join(parts) + end


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize(("encoding", "declared"), [("utf-8", "utf-8"), ("gb18030", "gb2312"), ("gb18030", "utf-8")])
def test_a_report_comes_back_from_every_packing(packing: str, encoding: str, declared: str) -> None:
    form = FORMS["2021"]
    texts = made_up(form, 6, ("", "/", "无"))
    page = report(form, texts, table="word", page="portal").encode(encoding)
    data = archive(part(b"\x89PNG", "image/png", "base64"), part(page, f'text/html; charset="{declared}"', packing))

    document = read_mht(data, "a.mht")

    assert document.format == "mht"
    assert document.title is not None
    assert TITLE in document.title
    assert_read(parse_report(document, forms()), form, texts, ("read", "aligned"))


def test_the_pages_in_its_frames_follow_the_page() -> None:
    first = b"<p>a</p><table><tr><td>1<td>2</table>"
    second = b"<p>b</p><table><tr><td>3<td>4</table>"

    document = read_mht(archive(part(first, "text/html"), part(second, "application/xhtml+xml")), "a.mht")

    assert [(cell.text, str(cell.place)) for cell in document.cells] == [
        ("a", "row 1"),
        ("1", "table 1 row 1 cell 1"),
        ("2", "table 1 row 1 cell 2"),
        ("b", "row 2"),
        ("3", "table 2 row 1 cell 1"),
        ("4", "table 2 row 1 cell 2"),
    ]


def test_a_single_page_needs_no_parts() -> None:
    data = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>\xe5\xb9\xb4</p>"

    assert [cell.text for cell in read_mht(data, "a.mht").cells] == ["年"]


def test_a_page_under_the_name_of_an_archive_is_read() -> None:
    assert [cell.text for cell in read_mht("<html><p>年报</p></html>".encode("gbk"), "a.mht").cells] == ["年报"]


def test_an_archive_cut_short_gives_what_is_left_and_no_half_figure() -> None:
    page = b"<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>12"

    cells = read_mht(archive(part(page, "text/html"), end=b""), "a.mht").cells

    assert [cell.text for cell in cells] == ["a", "1", "b", "12\ufffd"]


@pytest.mark.parametrize(
    "data",
    [
        archive(part(b"\x89PNG", "image/png", "base64")),
        b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nabc",
        b"no archive",
        b"MIME-Version: 1.0\n"
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000)),
    ],
    ids=["pictures only", "mail", "text", "parts in parts"],
)
def test_without_a_page_it_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match="save it as HTML") as caught:
        read_mht(data, "a.mht")

    assert caught.value.reason == "unreadable"
