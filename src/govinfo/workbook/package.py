"""Office files without the time of the run: the same content, the same bytes."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

from openpyxl.workbook import Workbook

# The earliest moment that a zip archive can name.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"
_STAMP = b"1980-01-01T00:00:00Z"
_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def save(book: Workbook, path: Path) -> None:
    """Write `book` to `path`, whole or not at all, without any time of the run in it."""
    book.properties.creator = "govinfo"
    buffer = BytesIO()
    book.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_bytes(timeless(buffer.getvalue()))
    temporary.replace(path)


def timeless(data: bytes) -> bytes:
    """The same archive with fixed dates on its parts and in its properties."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == _CORE:
                content = _TIME.sub(rb"\g<1>" + _STAMP + rb"\g<2>", content)
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            archive.writestr(part, content)
    return target.getvalue()
