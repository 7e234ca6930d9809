"""What a file is, its bytes say; its name only where the same bytes may be two things."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from office_files import saved
from ole_files import ole
from PIL import Image

from govinfo.errors import UnreadableFileError
from govinfo.readers import read_document
from govinfo.readers.kinds import kind_of

REPORT = "清溪镇2023年政府信息公开工作年度报告\n\n一、总体情况\n\n公开信息35条。\n\n规章\t0\t0\t0\n"
TABLE = "<table><tr><td>规章</td><td>0</td></tr></table>"
# every name that a file may come under by mistake
NAMES = ["a.txt", "a.doc", "a.docx", "a.xls", "a.pdf", "a.html", "a.wps", "a", "报告.2023", "a.md", "a.csv", "a.zip"]


def zipped(*names: str, first: tuple[str, bytes] | None = None) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in [*([first] if first else []), *((name, b"x") for name in names)]:
            package.writestr(name, data)
    return stream.getvalue()


def picture(format: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, format)
    return stream.getvalue()


def word_head(flags: int = 0) -> bytes:
    return b"\xec\xa5\xc1\x00" + bytes(6) + flags.to_bytes(2, "little") + bytes(20)


def tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return stream.getvalue()


SURE: dict[str, tuple[str, bytes]] = {
    "word": ("docx", saved(docx.Document())),
    "excel": ("xlsx", saved(openpyxl.Workbook())),
    "word package cut short": ("docx", saved(docx.Document())[:-200]),
    "word package with another main part": (
        "docx",
        zipped(
            "word/doc2.xml",
            first=("[Content_Types].xml", b'ContentType="application/vnd...wordprocessingml.document.main+xml"'),
        ),
    ),
    "slides": ("pptx", zipped("ppt/presentation.xml")),
    "binary workbook": ("xlsb", zipped("xl/workbook.bin")),
    "ofd": ("ofd", zipped("OFD.xml", "Doc_0/Document.xml")),
    "open text": ("odt", zipped("content.xml", first=("mimetype", b"application/vnd.oasis.opendocument.text"))),
    "open sheet": ("ods", zipped("content.xml", first=("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"))),
    "open slides": (
        "odf",
        zipped("content.xml", first=("mimetype", b"application/vnd.oasis.opendocument.presentation")),
    ),
    "book": ("epub", zipped("x", first=("mimetype", b"application/epub+zip"))),
    "zip": ("archive", zipped("报告.docx", "报告.txt")),
    "empty zip": ("archive", b"PK\x05\x06" + bytes(18)),
    "rar": ("archive", b"Rar!\x1a\x07\x01\x00" + bytes(50)),
    "old rar": ("archive", b"Rar!\x1a\x07\x00" + bytes(50)),
    "7z": ("archive", b"7z\xbc\xaf\x27\x1c" + bytes(50)),
    "gz": ("archive", gzip.compress(REPORT.encode())),
    "tar": ("archive", tar()),
    "pdf": ("pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n"),
    "pdf behind junk": ("pdf", b"junk\n%PDF-1.4\n1 0 obj endobj startxref"),
    "png": ("image", picture("PNG")),
    "jpeg": ("image", picture("JPEG")),
    "gif": ("image", picture("GIF")),
    "bmp": ("image", picture("BMP")),
    "tiff": ("image", picture("TIFF")),
    "webp": ("image", picture("WEBP")),
    "rich text": ("rtf", rb"{\rtf1\ansi\ansicpg936 {\fonttbl}}"),
    "page": ("html", f"<!DOCTYPE html><html><body><p>x</p>{TABLE}</body></html>".encode()),
    "page behind a mark": ("html", b"\xef\xbb\xbf\r\n <!-- saved --><HTML><BODY><P>x</P></BODY></HTML>"),
    "page in utf-16": ("html", f"<html><body>{TABLE}</body></html>".encode("utf-16")),
    "page in gbk": ("html", f"<html><head><title>年报</title></head><body>{TABLE}</body></html>".encode("gbk")),
    "page as xml": ("html", f'<?xml version="1.0"?><html><body>{TABLE}</body></html>'.encode()),
    "web archive": (
        "mht",
        b"From: <Saved by a browser>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        b'\ttype="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>x\r\n--b--',
    ),
    "other xml": ("xml", b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>"),
    "drawing": ("xml", b"<svg xmlns='http://www.w3.org/2000/svg'><text>1</text></svg>"),
    "postscript": ("postscript", b"%!PS-Adobe-3.0\n"),
    "program": ("executable", b"MZ\x90\0" + bytes(500)),
    "sound": ("media", b"ID3\x04\0\0\0\0" + bytes(500)),
    "film": ("media", b"\0\0\0\x18ftypmp42" + bytes(50)),
    "encrypted word": ("encrypted", ole({"EncryptionInfo": b"x", "EncryptedPackage": b"x"})),
    "encrypted old word": ("encrypted", ole({"WordDocument": word_head(0x0100), "1Table": b"x"})),
    "old slides": ("ppt", ole({"PowerPoint Document": b"x"})),
    "database": ("binary", b"SQLite format 3\0" + bytes(99)),
    "noise": ("binary", bytes(range(256)) * 4),
    "empty": ("empty", b""),
    "only blanks": ("empty", b"\xef\xbb\xbf \r\n\t\0"),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("case", SURE)
def test_the_bytes_decide_whatever_the_name_says(case: str, name: str) -> None:
    kind, data = SURE[case]

    assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.doc", "doc"), ("a.txt", "doc"), ("a.pdf", "doc"), ("a.wps", "wps"), ("A.WPS", "wps"), ("a.wpt", "wps")],
)
def test_the_files_of_word_and_of_wps_have_the_same_bytes(name: str, kind: str) -> None:
    assert kind_of(ole({"WordDocument": word_head(), "1Table": b"x"}), name) == kind


@pytest.mark.parametrize(("name", "kind"), [("a.xls", "xls"), ("a.doc", "xls"), ("a.et", "et"), ("a.ett", "et")])
@pytest.mark.parametrize("stream", ["Workbook", "Book"])
def test_the_files_of_excel_and_of_et_have_the_same_bytes(stream: str, name: str, kind: str) -> None:
    assert kind_of(ole({stream: b"x"}), name) == kind


def test_an_old_office_file_of_no_known_program_is_named_so() -> None:
    assert kind_of(ole({"Other": b"x"}), "a.doc") == "ole"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", "txt"),
        ("a.docx", "txt"),
        ("a.html", "txt"),
        ("a.pdf", "txt"),
        ("a", "txt"),
        ("a.md", "md"),
        ("A.MARKDOWN", "md"),
        ("a.csv", "csv"),
        ("a.tsv", "csv"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_plain_text_is_text_in_every_encoding(encoding: str, name: str, kind: str) -> None:
    assert kind_of(REPORT.encode(encoding), name) == kind


@pytest.mark.parametrize(
    "text",
    [
        "一、总体情况 <一>\n",
        "收到申请 <5 件\n",
        "a < b > c",
        "MZ 公司",
        "BM 报告",
        "ID3 标签",
        "From: 某镇\nSubject: 年报\n\n正文",
        "%PDF-1.4 是一种格式\n" * 2,
        "{rtf}",
        "PK 赛",
    ],
)
def test_text_that_looks_like_something_else_is_text(text: str) -> None:
    assert kind_of(f"报告\n{text}".encode(), "a.txt") == "txt"


@pytest.mark.parametrize("suffix", ["txt", "md"])
@pytest.mark.parametrize(
    "text",
    [
        f"标题\n\n{TABLE}\n\n五、问题\n",
        f"{TABLE}\n五、问题\n",
        f"标题\n<html><body>{TABLE}</body></html>\n五、问题",
        f'标题\n<div style="text-align: center;"><html><body>{TABLE}</body></html></div>\n五、问题',
        "标题\n<tr><td>规章</td><td>0</td></tr>\n五、问题",
        "规章&nbsp;|&nbsp;0\n五、问题",
        "| 本年新<br>制作数量 | 0 |\n",
        "标题\n<table><tr><td>规章</td><td>0",
    ],
)
def test_plain_lines_with_markup_left_in_them_stay_text(text: str, suffix: str) -> None:
    assert kind_of(text.encode(), f"a.{suffix}") == f"marked_{suffix}"


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a", "a.doc"])
@pytest.mark.parametrize(
    "text",
    [
        f"<p>标题</p>\n<p>一、总体情况</p>{TABLE}",
        f"<div>\n标题\n</div>\n{TABLE}\n<p>五、问题</p>",
        f"<html><head><title>x</title></head><body>标题\n{TABLE}\n五、问题</body></html>",
        TABLE,
        f"{TABLE}\n{TABLE}",
    ],
)
def test_a_page_or_a_piece_of_one_is_a_page_under_every_name(text: str, name: str) -> None:
    assert kind_of(text.encode(), name) == "html"


def test_plain_lines_around_a_table_are_a_page_where_the_name_says_so() -> None:
    assert kind_of(f"标题\n{TABLE}\n五、问题".encode(), "a.html") == "html"


def test_in_markdown_some_paragraphs_may_stand_in_tags_of_their_own() -> None:
    text = f'<div align="center">标题</div>\n\n一、总体情况\n\n公开信息若干条。\n\n{TABLE}\n\n无。\n'

    assert kind_of(text.encode(), "a.md") == "marked_md"
    assert kind_of(text.encode(), "a.txt") == "html"


@pytest.mark.parametrize(
    ("case", "reason", "to_do"),
    [
        ("empty", "empty", "get the file again"),
        ("encrypted word", "encrypted", "without a password"),
        ("ofd", "unsupported_format", "PDF"),
        ("rar", "unsupported_format", "unpack"),
        ("slides", "unsupported_format", "save it"),
        ("program", "unsupported_format", "take it out"),
        ("noise", "unsupported_format", "open it"),
    ],
)
def test_what_no_reader_takes_is_refused_by_name_with_what_to_do(case: str, reason: str, to_do: str) -> None:
    with pytest.raises(UnreadableFileError, match=to_do) as caught:
        read_document(Path("某镇.txt"), data=SURE[case][1])

    assert caught.value.reason == reason
    assert "某镇.txt" in str(caught.value)


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.pdf", "a.docx", "a.txt"])
def test_a_page_under_the_name_of_an_office_file_is_read_as_a_page(name: str) -> None:
    document = read_document(Path(name), data=f"<html><body>{TABLE}</body></html>".encode())

    assert document.format == "html"
    assert [cell.text for cell in document.cells] == ["规章", "0"]


@given(st.binary(max_size=400), st.sampled_from(NAMES))
def test_any_bytes_have_a_kind(data: bytes, name: str) -> None:
    assert kind_of(data, name)


@given(st.data())
def test_a_damaged_file_has_a_kind(data: st.DataObject) -> None:
    _, whole = SURE[data.draw(st.sampled_from(sorted(SURE)))]
    cut = data.draw(st.integers(0, len(whole)))
    at = data.draw(st.integers(0, max(cut - 1, 0)))

    assert kind_of(whole[:at] + b"\xff" + whole[at + 1 : cut], "a.doc")
