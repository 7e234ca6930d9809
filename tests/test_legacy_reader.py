"""Files of before 2007 in, the same cells out as of their new kin; what cannot be converted says why."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from office_files import FORMS, assert_whole, distinct_texts, excel_report, package, report_of, word, word_report
from slow_cases import slow

from govinfo.errors import UnreadableFileError
from govinfo.readers import legacy
from govinfo.readers.legacy import read_legacy

needs_libreoffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
FORM = FORMS["2021"]
TEXTS = distinct_texts(FORM, odd=0.2)
PARAGRAPH = "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"


@pytest.fixture(scope="module")
def old_file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """The report as an old file of that kind, as LibreOffice writes it."""
    folder = tmp_path_factory.mktemp("old")
    (folder / "word.docx").write_bytes(word_report(FORM, TEXTS))
    (folder / "sheet.xlsx").write_bytes(excel_report(FORM, TEXTS, borders=True))

    def made(kind: str) -> bytes:
        source = "sheet.xlsx" if kind in ("xls", "ods") else "word.docx"
        target = (folder / source).with_suffix(f".{kind}")
        if not target.exists():
            command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
            command += ["--convert-to", kind, "--outdir", str(folder), str(folder / source)]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
        return target.read_bytes()

    return made


def reason_of(data: bytes, format: str) -> tuple[str, str]:
    with pytest.raises(UnreadableFileError) as caught:
        read_legacy(data, "镇/报告.doc", format)
    message = str(caught.value)
    assert message.startswith("镇/报告.doc\n  found     ")
    return caught.value.reason, message


@needs_libreoffice
@pytest.mark.parametrize(
    ("kind", "format"),
    [
        *(("doc", "doc"), ("rtf", "rtf"), ("xls", "xls"), ("ods", "ods")),
        *(slow(*kinds) for kinds in (("doc", "wps"), ("xls", "et"), ("odt", "odt"))),
    ],
)
def test_every_figure_of_an_old_file_comes_back(old_file: Callable[[str], bytes], kind: str, format: str) -> None:
    document = read_legacy(old_file(kind), f"a.{format}", format)
    assert (document.format, document.source) == (format, f"a.{format}")
    assert_whole(report_of(document), FORM, TEXTS)


def test_a_new_file_under_an_old_name_needs_no_conversion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy.shutil, "which", lambda name: None)
    document = read_legacy(word(PARAGRAPH), "a.wps", "wps")
    assert ([cell.text for cell in document.cells], document.format) == (["甲"], "wps")


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy.shutil, "which", lambda name: None)
    reason, message = reason_of(b"{\\rtf1 x}", "rtf")
    assert reason == "unsupported_format"
    assert "libreoffice-writer-nogui" in message


@needs_libreoffice
def test_a_damaged_file_is_unreadable_and_not_taken_for_text(old_file: Callable[[str], bytes]) -> None:
    """Left to itself LibreOffice shows the bytes of a damaged file as if they were letters."""
    for data, format in (
        (old_file("xls")[:9000], "xls"),
        (old_file("doc")[:20_000], "doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "doc"),
        (b"{\\rtf1 {{{", "rtf"),
        (b"some text 5 6 7", "doc"),
        (old_file("odt")[:6000], "odt"),
    ):
        assert reason_of(data, format)[0] == "unreadable"


@needs_libreoffice
def test_a_file_with_a_password_is_encrypted(old_file: Callable[[str], bytes]) -> None:
    document = bytearray(old_file("doc"))
    document[512 + document[512:].index(b"\xec\xa5") + 11] |= 0x01
    assert reason_of(bytes(document), "doc")[0] == "encrypted"
    book = bytearray(old_file("xls"))
    # the record behind the beginning of the workbook becomes one that says: encrypted
    begin = book.index(b"\x09\x08\x10\x00\x00\x06")
    behind = begin + 4 + 16
    book[behind : behind + 2] = b"\x2f\x00"
    assert reason_of(bytes(book), "xls")[0] == "encrypted"


def test_an_open_document_with_a_password_or_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    members = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": " " * 5000}
    locked = package({**members, "META-INF/manifest.xml": "<manifest:encryption-data/>"})
    assert reason_of(locked, "odt")[0] == "encrypted"
    monkeypatch.setattr(legacy.shutil, "which", lambda name: "soffice")
    monkeypatch.setattr(legacy, "MAX_TOTAL_BYTES", 4000)
    assert reason_of(package(members), "odt")[0] == "too_large"


@needs_libreoffice
def test_what_a_file_links_to_is_not_fetched() -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            asked.append(str(self.rfile.readline()))

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    picture = rf'{{\field{{\*\fldinst INCLUDEPICTURE "{address}a.png" \\d}}{{\fldrslt x}}}}'
    text = rf'{{\field{{\*\fldinst INCLUDETEXT "{address}a.docx"}}{{\fldrslt y}}}}'
    document = read_legacy(rf"{{\rtf1\ansi {picture}{text} 5\par}}".encode(), "a.rtf", "rtf")
    server.shutdown()
    assert [cell.text for cell in document.cells] == ["xy 5"]
    assert asked == []


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a shell script in LibreOffice's place."""

    def written(script: str) -> None:
        path = tmp_path / "soffice"
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setattr(legacy.shutil, "which", lambda name: str(path))

    return written


def test_the_last_line_of_the_program_is_in_the_message(program: Callable[[str], None]) -> None:
    program("echo one; echo Error: no room left >&2; exit 1")
    assert "Error: no room left" in reason_of(b"{\\rtf1 x}", "rtf")[1]


def test_a_program_that_hangs_is_ended_with_all_that_it_started(
    program: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    program(f"(sleep 3; touch {mark}) & sleep 60")
    monkeypatch.setattr(legacy, "SECONDS", 1)
    reason, message = reason_of(b"{\\rtf1 x}", "rtf")
    assert (reason, "within 1 seconds" in message) == ("unreadable", True)
    threading.Event().wait(3.5)
    assert not mark.exists()


def test_a_program_that_writes_rubbish_is_refused(program: Callable[[str], None]) -> None:
    program('while [ "$1" != --outdir ]; do shift; done; mkdir -p "$2"; echo rubbish > "$2/report.docx"')
    assert reason_of(b"{\\rtf1 x}", "rtf")[0] == "unreadable"
