"""A project's own places: a CSV of divisions that the packaged lists lack."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from govinfo.errors import PlacesError
from govinfo.gazetteer.division import Division

_HEAD = ("province", "city", "county", "township")


def read_places(path: Path) -> tuple[Division, ...]:
    """The divisions of a CSV file: province, city, county, township, and if known division_code, first, last.

    The file is UTF-8 with a head. A blank township makes the line a county's; a blank city or county is what the
    place has none of. Other columns are for people.

    Raises
    ------
    PlacesError
        It is no UTF-8 text, a column is missing, or a line names no place or has no code or year in its place; the
        message names the line.
    """
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    places: list[Division] = []
    try:
        missing = [name for name in _HEAD if name not in (reader.fieldnames or ())]
        if missing:
            raise _error(path, 1, ",".join(reader.fieldnames or ()), f"a head with {', '.join(_HEAD)}")
        for row in reader:
            if any(isinstance(value, str) and value.strip() for value in row.values()):
                places.append(_place(path, row, reader.line_num))
    except csv.Error as error:
        raise _error(path, reader.line_num + 1, str(error), "a line of text between commas") from error
    return tuple(places)


def place_row(place: Division) -> Mapping[str, str | int | None]:
    """A division as a line of such a file has it, by column."""
    names = (("division_code", "code"), ("first", "first"), ("last", "last"))
    return {name: getattr(place, name) for name in _HEAD} | {name: getattr(place, own) for name, own in names}


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _error(
            path, line, "bytes that are no UTF-8", "a file saved as CSV UTF-8 (Excel offers it by that name)"
        ) from error


def _place(path: Path, row: Mapping[str, str | None], line: int) -> Division:
    text = {name: (row.get(name) or "").strip() or None for name in (*_HEAD, "division_code", "first", "last")}
    province, city, county, township = (text[name] for name in _HEAD)
    for name in _HEAD:
        if any(char < " " or char == "," for char in text[name] or ""):
            raise _error(path, line, f"{name} {text[name]!r}", "a name on one line; quotation marks come in pairs")
    if province is None:
        raise _error(path, line, "no province", "the province's full name")
    if row.get(None):  # type: ignore[call-overload]
        raise _error(path, line, "more cells than the head has", "a cell for each column")
    level = "township" if township else "county" if county else "prefecture" if city else "province"
    first, last = _year(path, text["first"], "first", line), _year(path, text["last"], "last", line)
    if first is not None and last is not None and first > last:
        raise _error(path, line, f"first {first} after last {last}", "the first year before the last")
    return Division(
        level,
        township or county or city or province,
        province,
        city,
        county,
        township,
        _code(path, text["division_code"], level, line),
        None,
        first,
        last,
    )


def _code(path: Path, text: str | None, level: str, line: int) -> str | None:
    if text is None:
        return None
    length = 9 if level == "township" else 6
    if not (text.isascii() and text.isdigit() and len(text) in (length, 12) and not text[length:].strip("0")):
        raise _error(path, line, f"division_code {text}", f"a code of {length} digits")
    return text[:length]


def _year(path: Path, text: str | None, name: str, line: int) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise _error(path, line, f"{name} {text}", "a year of four digits")
    return int(text)


def _error(path: Path, line: int, found: str, expected: str) -> PlacesError:
    return PlacesError(
        f"{path}:{line}\n  found     {found}\n  expected  {expected}\n  to do     correct this line of the file"
    )
