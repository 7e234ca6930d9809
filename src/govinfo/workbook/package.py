"""Office files without the time of the run, and with the results of formulas: the same content, the same bytes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils import coordinate_to_tuple
from openpyxl.workbook import Workbook

# The earliest moment that a zip archive can name; that of a document whose data have no date.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNDATED = date(1980, 1, 1)
_CORE = "docProps/core.xml"
_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
# A cell with a formula as openpyxl writes it: address, other attributes, formula, no value.
_FORMULA = re.compile(rb'<c r="([A-Z]+[0-9]+)"((?: [a-z]+="[^"]*")*)>(<f>[^<]*</f>)<v ?(?:/>|></v>)</c>')
_TYPE = re.compile(rb' t="[^"]*"')

# What formulas give, by the name of the sheet, then by row and column.
Results = Mapping[str, Mapping[tuple[int, int], Any]]


def save(book: Workbook, path: Path, results: Results | None = None, dated: date | None = None) -> None:
    """Write `book` to `path`, whole or not at all, without any time of the run in it.

    `results` are the values of its formulas, which openpyxl cannot write: with them, programs that do not calculate
    (previewers, pandas) show numbers where formulas stand. A spreadsheet calculates them anew when it opens the file.
    `dated` is the day of the data, which the file's properties tell as its own.
    """
    book.properties.creator = "govinfo"
    buffer = BytesIO()
    book.save(buffer)
    values = {
        f"xl/worksheets/sheet{number}.xml": (results or {}).get(page.title, {})
        for number, page in enumerate(book.worksheets, start=1)
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_bytes(timeless(buffer.getvalue(), values, dated))
    temporary.replace(path)


def timeless(
    data: bytes, values: Mapping[str, Mapping[tuple[int, int], Any]] | None = None, dated: date | None = None
) -> bytes:
    """The same archive with a fixed date on its parts, and the day of the data (`dated`) in its properties.

    `values` has, by the name of a sheet's part, what the formulas of its cells give, by row and column.
    """
    target = BytesIO()
    stamp = f"{dated or _UNDATED}T00:00:00Z".encode("ascii")
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == _CORE:
                content = _TIME.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            own = (values or {}).get(name)
            if own:
                content = with_values(content, own)
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            archive.writestr(part, content)
    return target.getvalue()


def with_values(sheet: bytes, values: Mapping[tuple[int, int], Any]) -> bytes:
    """The XML of a sheet with the values of its formulas; a formula without one stays as it is."""

    def filled(match: re.Match[bytes]) -> bytes:
        address, attributes, formula = match.groups()
        value = values.get(coordinate_to_tuple(address.decode("ascii")))
        if value is None:
            return match.group()
        attributes = _TYPE.sub(b"", attributes)
        if isinstance(value, str):
            attributes += b' t="str"'
            text = escape(value)
        else:
            # the shortest text that gives the same number again
            text = repr(value)
        return b'<c r="' + address + b'"' + attributes + b">" + formula + b"<v>" + text.encode("utf-8") + b"</v></c>"

    return _FORMULA.sub(filled, sheet)
