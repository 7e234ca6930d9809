"""Files in the container of old office programs, made for tests: streams with names, and nothing else."""

from __future__ import annotations

import struct
from collections.abc import Mapping

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
# a smaller stream has no sector of its own
LEAST = 4096


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file with these streams at its top, each filled up with zeros to the least size."""
    names = [("Root Entry", 5, END, 0), *((name, 2, 0, 0) for name in streams)]
    directory = -(-len(names) * 128 // SECTOR)
    table = [FAT, *range(2, 1 + directory), END]
    bodies, entries = [], [_entry("Root Entry", 5, END, 0, child=1)]
    for number, (name, data) in enumerate(streams.items(), 1):
        body = data.ljust(-(-max(len(data), LEAST) // SECTOR) * SECTOR, b"\0")
        first, count = len(table), len(body) // SECTOR
        table += [*range(first + 1, first + count), END]
        bodies.append(body)
        entries.append(_entry(name, 2, first, len(body), right=number + 1 if number < len(streams) else FREE))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIIII", 1, 1, 0, LEAST, END, 0, END, 0, 0) + struct.pack("<I", FREE) * 108
    fat = struct.pack(f"<{len(table)}I", *table).ljust(SECTOR, b"\xff")
    return header + fat + b"".join(entries).ljust(directory * SECTOR, b"\0") + b"".join(bodies)


def _entry(name: str, kind: int, first: int, size: int, child: int = FREE, right: int = FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )
