"""The directory of an OLE file (the container of Word, Excel and WPS files before 2007, and of encrypted new ones).

Only as much is read as it takes to tell what the file is: the names at its top, and how a stream begins. Nothing that
the file says of itself is trusted: every chain has an end, every offset is checked.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
# so many bytes of a stream tell what it is
_BEGINNING = 512
_IN_HEADER = 109
_NO_SECTOR = 0xFFFFFFFA
_NO_ENTRY = 0xFFFFFFFF
_STREAM = 2
# No office file has nearly as many; a chain that is longer runs in a circle or is made to cost time.
_MOST_SECTORS = 2_000
_MOST_NAMES = 5_000
_MOST_TABLE_SECTORS = 30_000


@dataclass(frozen=True, slots=True)
class _Header:
    size: int
    first: int
    cutoff: int
    tables: tuple[int, ...]


def top_streams(data: bytes) -> Mapping[str, bytes]:
    """What stands at the top of the OLE file in `data`: each name with the first bytes of its stream.

    A storage, and a stream that is too small to have a sector of its own, come with no bytes. A file that is cut
    short or damaged gives what can be reached, perhaps nothing; nothing is raised.
    """
    header = _header(data)
    if header is None:
        return {}
    directory = b"".join(_sectors(data, header, header.first))
    names: dict[str, bytes] = {}
    for name, kind, start, size in _top_entries(directory):
        own = kind == _STREAM and size >= header.cutoff
        names[name] = next(_sectors(data, header, start), b"")[:_BEGINNING] if own else b""
    return names


def _header(data: bytes) -> _Header | None:
    if len(data) < 512 or not data.startswith(SIGNATURE):
        return None
    (shift,) = struct.unpack_from("<H", data, 0x1E)
    if shift not in (9, 12):
        return None
    first, _, cutoff = struct.unpack_from("<III", data, 0x30)
    tables = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 0x4C))
    (more,) = struct.unpack_from("<I", data, 0x44)
    size = 1 << shift
    while more < _NO_SECTOR and len(tables) < _MOST_TABLE_SECTORS:
        sector = data[(more + 1) * size : (more + 2) * size]
        if len(sector) < size:
            break
        *some, more = struct.unpack(f"<{size // 4}I", sector)
        tables += some
    return _Header(size, first, cutoff, tuple(tables))


def _sectors(data: bytes, header: _Header, sector: int) -> Iterator[bytes]:
    """The sectors of the chain that begins with `sector`."""
    per_table = header.size // 4
    for _ in range(_MOST_SECTORS):
        offset = (sector + 1) * header.size
        if sector >= _NO_SECTOR or offset >= len(data):
            return
        yield data[offset : offset + header.size]
        if sector // per_table >= len(header.tables):
            return
        place = (header.tables[sector // per_table] + 1) * header.size + sector % per_table * 4
        if place + 4 > len(data):
            return
        (sector,) = struct.unpack_from("<I", data, place)


def _top_entries(directory: bytes) -> Iterator[tuple[str, int, int, int]]:
    """Name, kind, first sector and size of what stands directly below the root."""
    count = len(directory) // _ENTRY
    if count == 0:
        return
    waiting = [struct.unpack_from("<I", directory, 76)[0]]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_NAMES:
        number = waiting.pop()
        if number == _NO_ENTRY or number >= count or number in seen:
            continue
        seen.add(number)
        at = number * _ENTRY
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        start, size = struct.unpack_from("<II", directory, at + 116)
        name = directory[at : at + min(max(length - 2, 0), 64)].decode("utf-16-le", errors="replace")
        yield name, kind, start, size
        waiting += struct.unpack_from("<II", directory, at + 68)
