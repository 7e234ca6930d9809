"""Word, Excel, WPS and RTF files of before 2007 and OpenDocument files → Document, by way of LibreOffice.

They are converted to the new formats and read like these.

LibreOffice is a program of its own, not a library: where it is not installed, these files are refused and all
others are read. It runs without macros, without fetching anything that a file links to, in a folder and with a
profile of its own, and for a limited time.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import struct
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from govinfo.errors import UnreadableFileError
from govinfo.readers.archive import MAX_TOTAL_BYTES, broken, open_archive, too_large
from govinfo.readers.document import Document
from govinfo.readers.kinds import kind_of
from govinfo.readers.ole import top_streams
from govinfo.readers.sheets.xlsx import read_xlsx
from govinfo.readers.word.docx import read_docx

# A report takes one to three seconds; less than `load` gives a file, so that the message can say what took long.
SECONDS = 50
_MOST_OUTPUT_KB = 400_000
_PROGRAMS = ("soffice", "libreoffice")
_FILE_PASSWORD = 0x2F
_WORD_97 = 0xC0
_SHEETS = frozenset({"xls", "et", "ods"})
_OPEN_FILTERS: Mapping[str, str] = {"odt": "writer8", "ods": "calc8"}
# the suffixes by which LibreOffice takes the files of WPS for those of Word and Excel, which they are inside
_SUFFIX: Mapping[str, str] = {"wps": "doc", "et": "xls"}
# the limits hold for whatever the shell becomes: seconds of work, size of what it writes (in blocks of 512 or 1,024)
_LIMITED = 'ulimit -t "$1"; ulimit -f "$2"; shift 2; exec "$@"'
_SETTING = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Calc/Content/Update", "Link", "2"),
    # what still asks for an address is sent to where nobody answers
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
    # a figure is what the file says, not what another program makes of its formulas
    ("Office.Calc/Formula/Load", "OOXMLRecalcMode", "1"),
    ("Office.Calc/Formula/Load", "ODFRecalcMode", "1"),
)


def read_legacy(data: bytes, source: str, format: str) -> Document:
    """The document in the bytes of an old office file.

    Parameters
    ----------
    format : `doc`, `wps`, `xls`, `et`, `rtf`, `odt` or `ods`.

    Raises
    ------
    UnreadableFileError
        `unsupported_format` where LibreOffice is not installed; `encrypted`; `unreadable` where it cannot convert the
        file, or not within SECONDS; and what the readers of docx and xlsx raise.
    """
    # a new file under an old name needs no conversion
    suffix = _SUFFIX.get(format, format)
    kind = kind_of(data, f"file.{suffix}")
    if kind == "encrypted":
        raise _encrypted(source)
    if kind in ("docx", "xlsx"):
        return read_docx(data, source, format) if kind == "docx" else read_xlsx(data, source, format)
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise UnreadableFileError(
            "unsupported_format",
            f"{source}\n  found     a file of type `{format}`, and no LibreOffice to convert it\n"
            "  expected  the program `soffice`\n"
            "  to do     install it (Debian: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui), "
            "or save the file as .docx or .xlsx and load again",
        )
    target = "xlsx" if format in _SHEETS else "docx"
    converted = _convert(data, source, suffix, target, [program, *_how_to_open(data, source, kind)])
    return (read_xlsx if target == "xlsx" else read_docx)(converted, source, format)


def _how_to_open(data: bytes, source: str, kind: str) -> list[str]:
    """Which of its filters LibreOffice must use: left to itself it opens a damaged file as if its bytes were text."""
    if kind in _OPEN_FILTERS:
        unpacked = sum(member.file_size for member in open_archive(data, source).members.values())
        if unpacked > MAX_TOTAL_BYTES:
            raise too_large(source, f"a package that unpacks to {unpacked} bytes", f"at most {MAX_TOTAL_BYTES}")
        return [f"--infilter={_OPEN_FILTERS[kind]}"]
    if data.lstrip().startswith(b"{\\rtf"):
        return ["--infilter=Rich Text Format"]
    streams = {name.lower(): begin for name, begin in top_streams(data).items()}
    if "worddocument" in streams:
        begin = streams["worddocument"]
        version = struct.unpack_from("<H", begin, 2)[0] if len(begin) > 4 else _WORD_97
        return ["--infilter=MS Word 97" if version >= _WORD_97 else "--infilter=MS WinWord 6.0"]
    if "workbook" in streams:
        return ["--infilter=MS Excel 97"]
    if "book" in streams:
        return ["--infilter=MS Excel 5.0/95"]
    if "matost" in streams:
        # a file of Microsoft Works, of which there are too many versions to name
        return []
    raise broken(source, "a file that is no Word, Excel, WPS or RTF file inside, or the beginning of one only")


def _convert(data: bytes, source: str, suffix: str, target: str, program: list[str]) -> bytes:
    """The bytes of the file as LibreOffice saves it in the new format."""
    with tempfile.TemporaryDirectory(prefix="govinfo-") as folder:
        place = Path(folder)
        (place / f"report.{suffix}").write_bytes(data)
        profile = place / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_registry(), encoding="utf-8")
        command = [*program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
        command += ["--nodefault", "--nologo", "--convert-to", target, "--outdir", str(place / "out")]
        said = _run([*command, str(place / f"report.{suffix}")], place, source)
        found = place / "out" / f"report.{target}"
        if not found.is_file() or found.stat().st_size == 0:
            if suffix == "xls" and _asks_for_password(data):
                raise _encrypted(source)
            raise broken(source, f"a file that LibreOffice cannot convert ({said or 'it said nothing'})")
        return found.read_bytes()


def _encrypted(source: str) -> UnreadableFileError:
    return UnreadableFileError(
        "encrypted",
        f"{source}\n  found     an office file with a password\n  expected  a file that opens without one\n"
        "  to do     open it, save it without a password and load again",
    )


def _asks_for_password(data: bytes) -> bool:
    """Whether an old workbook says in its first records that the rest is encrypted (record 0x2F).

    Only asked of one that could not be converted: many are encrypted with a password that every program knows.
    """
    streams = {name.lower(): begin for name, begin in top_streams(data).items()}
    begin = streams.get("workbook") or streams.get("book") or b""
    at = 0
    while at + 4 <= len(begin):
        record, length = struct.unpack_from("<HH", begin, at)
        if record == _FILE_PASSWORD:
            return True
        at += 4 + length
    return False


def _registry() -> str:
    items = "".join(_SETTING.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"'
        f' xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>'
    )


def _run(command: list[str], folder: Path, source: str) -> str:
    """Run the conversion; its own last line. It and all that it started end when its time is over."""
    shell = ["/bin/sh", "-c", _LIMITED, "sh", str(SECONDS), str(_MOST_OUTPUT_KB), *command]
    variables = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "LC_ALL")}
    variables |= {"HOME": str(folder), "TMPDIR": str(folder)}
    process = subprocess.Popen(
        shell,
        cwd=folder,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise broken(source, f"a file that LibreOffice did not convert within {SECONDS} seconds") from error
    finally:
        _end(process)
    lines = [line.strip() for line in output.decode("utf-8", errors="replace").splitlines() if line.strip()]
    return lines[-1].replace(str(folder), "")[:200] if lines else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it started; it runs in a session of its own."""
    # all of them may have ended by themselves
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
