"""Small files that cost a careless reader minutes, gigabytes or the process, made from their descriptions."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import partial

from office_files import NAMES, RELATIONS, R, S, p, package, word
from small_reports import report

MB = 1024 * 1024


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1, the first its root."""
    out, offsets = io.BytesIO(b"%PDF-1.7\n"), []
    out.seek(0, io.SEEK_END)
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


def deflated(pieces: int, piece: bytes) -> bytes:
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(piece) for _ in range(pieces)) + packer.flush()


def pdf_page(content: bytes, kids: bytes = b"[3 0 R]", count: int = 1) -> bytes:
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
    page += b" /Resources << /Font << /F 5 0 R >> >> >>"
    tree = b"<< /Type /Pages /Kids %s /Count %d >>" % (kids, count)
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", tree, page, content, font)


def flate_bomb() -> bytes:
    return pdf_page(stream(deflated(1024, b" " * MB), b"/Filter /FlateDecode"))


def nested_flate_bomb() -> bytes:
    twice = zlib.compress(deflated(2048, b" " * MB), 9)
    return pdf_page(stream(twice, b"/Filter [/FlateDecode /FlateDecode]"))


def pdf_lines() -> bytes:
    drawn = b"".join(b"%d %d m %d %d l S\n" % (i % 595, i % 842, i % 500, i % 700) for i in range(300_000))
    return pdf_page(stream(zlib.compress(b"BT /F 9 Tf 9 9 Td (2022) Tj ET\n" + drawn, 9), b"/Filter /FlateDecode"))


def pdf_letters() -> bytes:
    drawn = b"".join(b"BT /F 9 Tf %d %d Td (%d) Tj ET\n" % (i % 595, i % 842, i) for i in range(200_000))
    return pdf_page(stream(zlib.compress(drawn, 9), b"/Filter /FlateDecode"))


def pdf_loop() -> bytes:
    """A tree of pages that holds itself, and a form that draws itself."""
    form = stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >>")
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 9 /Parent 2 0 R >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /XObject << /X 4 0 R >> >> >>",
        form,
        stream(b"/X Do"),
    )


def pdf_many_pages() -> bytes:
    return pdf_page(stream(b"BT /F 9 Tf 9 9 Td (2022) Tj ET"), b"[" + b"3 0 R " * 100_000 + b"]", 100_000)


def pdf_huge_page() -> bytes:
    return pdf_page(stream(b"BT /F 9 Tf 9 9 Td (2022) Tj ET")).replace(b"[0 0 595 842]", b"[0 0 1e9 1e9]")


def book(cells: str, more: Mapping[str, bytes] | None = None, before: str = "", behind: str = "") -> bytes:
    head = f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{R}/'
    parts: dict[str, str | bytes] = {
        "_rels/.rels": f'{head}officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{head}worksheet" Target="sheet1.xml"/></Relationships>',
        "xl/sheet1.xml": f'{before}<worksheet xmlns="{S}"><sheetData>{cells}</sheetData>{behind}</worksheet>',
    }
    return package({**parts, **(more or {})})


def far_cell() -> bytes:
    far = (("A", 1), ("XFD", 1048576))
    cells = "".join(f'<row r="{row}"><c r="{at}{row}"><v>1</v></c></row>' for at, row in far)
    return book(cells)


def merged_all_over() -> bytes:
    merged = "".join(f'<mergeCell ref="A{row}:XFD1048576"/>' for row in range(1, 5000))
    return book('<row r="1"><c r="A1"><v>1</v></c></row>', behind=f"<mergeCells>{merged}</mergeCells>")


def whitespace_book() -> bytes:
    return book('<row r="1"><c r="A1"><v>1</v></c></row>' + " " * (150 * MB))


def entities(root: str) -> str:
    deeper = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY e0 "0123456789">{deeper}]>'


def entity_book() -> bytes:
    return book('<row r="1"><c r="A1" t="str"><v>&e11;</v></c></row>', before=entities("worksheet"))


def entity_word() -> bytes:
    text = f"{entities('w:document')}<w:document {NAMES}><w:body>{p('&e11;')}</w:body></w:document>"
    return replaced(word(p("1")), "word/document.xml", text.encode())


def replaced(data: bytes, name: str, member: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        return package({info: member if info == name else old.read(info) for info in old.namelist()})


def spans_in_word() -> bytes:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="1000000"/></w:tcPr>{p("1")}</w:tc>'
    return word(f"<w:tbl>{f'<w:tr>{cell * 3}</w:tr>' * 1000}</w:tbl>")


def deep_word() -> bytes:
    return word("<w:tbl><w:tr><w:tc>" * 100_000 + p("1") + "</w:tc></w:tr></w:tbl>" * 100_000)


def zip_bomb() -> bytes:
    """Many members that all unpack to much, each said to be small."""
    member = io.BytesIO()
    with zipfile.ZipFile(member, "w", zipfile.ZIP_DEFLATED) as inner:
        inner.writestr("a", b"\0" * (64 * MB))
    names = ["word/document.xml", *(f"word/{number}.xml" for number in range(2000))]
    return package(dict.fromkeys(names, member.getvalue()))


def xml_bomb() -> bytes:
    return replaced(word(p("1")), "word/document.xml", b"<w:document>" + b" " * (150 * MB))


def attributes() -> bytes:
    return page("<div " + " ".join(f'a{number}="{number}"' for number in range(200_000)) + ">2022</div>")


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><meta charset=utf-8><title>2022</title><body>{body}</body></html>".encode()


def spans_in_page() -> bytes:
    cell = '<td rowspan="65534" colspan="1000">1</td>'
    return page(f"<table>{f'<tr>{cell * 20}</tr>' * 50}</table>")


def picture(width: int, height: int) -> bytes:
    """A PNG that says that it is so wide and high, with a few bytes of nothing in it."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", deflated(64, b"\0" * MB)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "flate bomb.pdf": flate_bomb,
    "flate bomb in a flate bomb.pdf": nested_flate_bomb,
    "300,000 lines.pdf": pdf_lines,
    "200,000 words.pdf": pdf_letters,
    "loop of pages.pdf": pdf_loop,
    "100,000 pages.pdf": pdf_many_pages,
    "huge page.pdf": pdf_huge_page,
    "far cell.xlsx": far_cell,
    "merged all over.xlsx": merged_all_over,
    "whitespace.xlsx": whitespace_book,
    "entities.xlsx": entity_book,
    "entities.docx": entity_word,
    "wide cells.docx": spans_in_word,
    "deep tables.docx": deep_word,
    "bomb.zip": zip_bomb,
    "bombs in a document.docx": zip_bomb,
    "whitespace.docx": xml_bomb,
    "200,000 attributes.html": attributes,
    "wide and high cells.html": spans_in_page,
    "200,000 divs.html": lambda: page("<div>" * 200_000 + "2022"),
    "20,000 tables.html": lambda: page("<table><tr><td>" * 20_000 + "2022"),
    "one long line.txt": lambda: report(1) + "政府信息公开，".encode() * 100_000,
    "100,000 short lines.txt": lambda: report(2) + "一、本年新收\n1\n".encode() * 50_000,
    "digits.txt": lambda: report(3) + b"1" * 2_000_000,
    "pipes.md": lambda: report(4) + b"|" * 1_000_000,
    "mail.mht": lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n" + b"--a\n" * 300_000,
    "brackets.rtf": lambda: b"{\\rtf1" + b"{" * 1_000_000,
    "half a picture.png": partial(picture, 60_000, 60_000),
    "long picture.png": partial(picture, 2, 2**31 - 1),
}
