"""Damaged and hostile Word files: read, or refused with a reason, never an error of another kind."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_files import FORMS, NAMES, RELATIONS, R, changed, distinct_texts, p, word, word_report

from govinfo.errors import UnreadableFileError
from govinfo.readers import archive
from govinfo.readers.word.docx import read_docx

NUMBERING = """
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/>
</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
"""


def reason_of(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_docx(data, "镇/报告.docx")
    assert str(caught.value).startswith("镇/报告.docx\n  found     ")
    return caught.value.reason


def texts(body: str) -> list[str]:
    return [cell.text for cell in read_docx(word(body), "a.docx").cells]


def test_what_cannot_be_read_says_why() -> None:
    good = word(p("甲"))
    assert reason_of(b"PK\x03\x04 broken") == "unreadable"
    assert reason_of(b"") == "unreadable"
    assert reason_of(changed(good, "word/document.xml", None)) == "unreadable"
    assert reason_of(changed(good, "word/document.xml", b"<w:document")) == "unreadable"
    assert reason_of(good[: len(good) // 2]) == "unreadable"
    assert reason_of(word(p(" "))) == "empty"
    bomb = (
        b'<!DOCTYPE x [<!ENTITY a "1">]><w:document '
        + NAMES.encode()
        + b"><w:body><w:p><w:r><w:t>1&a;2</w:t></w:r></w:p></w:body></w:document>"
    )
    assert reason_of(changed(good, "word/document.xml", bomb)) == "unreadable"
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr>{p("1")}</w:tc>'
    narrow = f"<w:tc>{p('1')}</w:tc>"
    assert reason_of(word(f"<w:tbl><w:tr>{narrow * 1000}</w:tr>{f'<w:tr>{wide}</w:tr>' * 300}</w:tbl>")) == "too_large"


def test_an_encrypted_member_is_encrypted() -> None:
    good = bytearray(word(p("甲")))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = good.find(mark)
        while at >= 0:
            good[at + offset] |= 1
            at = good.find(mark, at + 4)
    assert reason_of(bytes(good)) == "encrypted"


def test_what_unpacks_without_end_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    data = word(p("0" * 3_000_000))
    assert len(data) < 20_000
    monkeypatch.setattr(archive, "MAX_MEMBER_BYTES", 2_000_000)
    assert reason_of(data) == "too_large"
    monkeypatch.undo()
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    assert reason_of(data) == "too_large"


def test_a_deep_document_does_not_break_the_reader() -> None:
    deep = p("底")
    for _ in range(60):
        deep = f"<w:tbl><w:tr><w:tc>{deep}</w:tc></w:tr></w:tbl>"
    assert "底" in texts(deep)
    for _ in range(200):
        deep = f"<w:tbl><w:tr><w:tc>{deep}</w:tc></w:tr></w:tbl>"
    assert reason_of(word(deep)) == "unreadable"


GOOD = word_report(FORMS["2021"], distinct_texts(FORMS["2021"]))
with zipfile.ZipFile(io.BytesIO(GOOD)) as opened:
    TEXT = opened.read("word/document.xml")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**9), st.booleans())
def test_damaged_bytes_are_read_or_refused(seed: int, packed: bool) -> None:
    choice = random.Random(seed)
    data = bytearray(GOOD if packed else TEXT)
    for _ in range(choice.randint(1, 8)):
        at = choice.randrange(len(data))
        if choice.random() < 0.5:
            data[at] = choice.randrange(256)
        else:
            start = choice.randrange(len(data))
            data[at:at] = data[start : start + choice.randrange(60)]
    try:
        read_docx(bytes(data) if packed else changed(GOOD, "word/document.xml", bytes(data)), "a.docx")
    except UnreadableFileError as error:
        assert error.reason in ("unreadable", "empty", "too_large", "encrypted")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**9))
def test_nodes_in_any_order_are_read_or_refused(seed: int) -> None:
    """Well-formed, but nothing stands where it should."""
    choice = random.Random(seed)
    names = [
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "tcPr",
        "gridSpan",
        "vMerge",
        "hMerge",
        "pPr",
        "numPr",
        "numId",
        "ilvl",
        "fldChar",
    ]
    names += [
        "ins",
        "del",
        "sdt",
        "sdtContent",
        "sym",
        "altChunk",
        "pict",
        "txbxContent",
        "rPr",
        "vanish",
        "trPr",
        "gridBefore",
    ]

    def node(depth: int) -> str:
        name = choice.choice(names)
        value = choice.choice(["", "0", "1", "-1", "x", "99999999999", "restart", "begin", "end", "²"])
        kind = choice.choice(["begin", "separate", "end", "x"])
        inside = "".join(node(depth - 1) for _ in range(choice.randint(0, 4))) if depth else "5"
        return f'<w:{name} w:val="{value}" w:fldCharType="{kind}" w:char="{value}" r:id="c">{inside}</w:{name}>'

    body = "".join(node(6) for _ in range(6))
    try:
        read_docx(word(body, numbering=NUMBERING + node(4), styles=node(4)), "a.docx")
    except UnreadableFileError as error:
        assert error.reason in ("unreadable", "empty", "too_large")


def test_relations_that_point_anywhere_are_not_followed() -> None:
    outward = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="c" Type="{R}/aFChunk" TargetMode="External"'
        ' Target="file:///etc/passwd"/><Relationship Id="s" Type="'
        + R
        + '/styles" Target="../../../../etc/passwd"/></Relationships>'
    )
    data = changed(
        word(p("甲", '<w:pStyle w:val="1"/>') + '<w:altChunk r:id="c"/>'),
        "word/_rels/document.xml.rels",
        outward.encode(),
    )
    assert [cell.text for cell in read_docx(data, "a.docx").cells] == ["甲"]
