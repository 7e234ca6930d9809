"""Messages between the process that loads and those that read.

Tasks go out pickled, for they come from us. Answers come from a process that has handled files of strangers, so they
are only JSON and columns of bytes: nothing in them can be run.
"""

from __future__ import annotations

import json
import pickle
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">Q")
_MOST_HEAD = 64 * 1024 * 1024
_MOST_PART = 1 << 33
# what an answer of each kind holds
_VALUES: Mapping[str, Mapping[str, type]] = {
    "ready": {},
    "begin": {"index": int},
    "memory": {"index": int},
    "rows": {"through": int, "reports": int, "rejects": list, "retire": bool},
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reading process says: `kind`, plain values, and named columns as bytes."""

    kind: str
    values: Mapping[str, Any]
    parts: Mapping[str, bytes] = field(default_factory=dict)


def send_object(stream: BinaryIO, value: Any) -> None:
    """Send a value to a process that trusts us."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive_object(stream: BinaryIO) -> Any:
    """The next value from the process that started us.

    Raises
    ------
    EOFError
        It has closed the stream.
    """
    return pickle.loads(_exactly(stream, _LENGTH.unpack(_exactly(stream, _LENGTH.size))[0]))


def send_answer(stream: BinaryIO, answer: Answer) -> None:
    """Send an answer; its parts follow one another as they are."""
    sizes = {name: len(part) for name, part in answer.parts.items()}
    head = json.dumps([answer.kind, answer.values, sizes]).encode("ascii")
    stream.write(_LENGTH.pack(len(head)) + head)
    for part in answer.parts.values():
        stream.write(part)
    stream.flush()


def receive_answer(stream: BinaryIO) -> Answer:
    """The next answer.

    Raises
    ------
    EOFError
        The process has ended.
    ValueError
        What came is no answer: the process is not to be trusted any more.
    """
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > _MOST_HEAD:
        raise ValueError(f"an answer with a head of {length} bytes")
    kind, values, sizes = _head(json.loads(_exactly(stream, length)))
    parts = {}
    for name, size in sizes.items():
        if not isinstance(size, int) or not 0 <= size <= _MOST_PART:
            raise ValueError(f"a part of {size} bytes")
        parts[name] = _exactly(stream, size)
    return Answer(kind, values, parts)


def _head(said: Any) -> tuple[str, dict[str, Any], dict[str, Any]]:
    match said:
        case [str(kind), dict(values), dict(sizes)] if _VALUES.get(kind) == {key: type(values[key]) for key in values}:
            return kind, values, sizes
        case _:
            raise ValueError("an answer of another shape")


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if data is None or len(data) < length:
        raise EOFError
    return data
