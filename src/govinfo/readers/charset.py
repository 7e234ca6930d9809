"""Bytes → text, whatever encoding Chinese offices saved it in.

What a file says of its own encoding is often wrong, so the bytes speak first: text that is valid UTF-8 is UTF-8,
and what is left is told by how much of it is made of common characters. Broken bytes become U+FFFD and are never
dropped, or a damaged number would turn into another one.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from govinfo.errors import UnreadableFileError

# the mark of UTF-32 begins with that of UTF-16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_REPLACED = "\ufffd"
# enough to tell encodings apart, little enough to cost nothing
_SAMPLE = 4000
# shares of common characters: 0.97 and more in the right encoding, 0.25 to 0.55 in the others
_POSSIBLE = 0.6
_PLAUSIBLE = 0.75
_CERTAIN = 0.9
# below so many characters a share says little
_FEW = 6


def decode_text(data: bytes, source: str, declared: str | None = None) -> str:
    """The text in `data`.

    By its byte order mark, else as UTF-8, else as UTF-16 without a mark, else as GB18030 or Big5, whichever gives
    common characters.

    Parameters
    ----------
    data : the bytes of a file of text.
    source : the file's name, for the message.
    declared : the encoding that the file names; it counts only where the bytes leave a doubt.

    Returns
    -------
    The text without byte order mark, each broken byte (also of a last character cut off) as U+FFFD.

    Raises
    ------
    UnreadableFileError
        `unreadable`: the bytes are text in none of these encodings, or hold NUL characters as binary files do.
    """
    text: str | None
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace").lstrip("\ufeff")
            break
    else:
        text = _unmarked(data, declared)
    # U+FFFD may stand for a broken byte, but not for most of a text
    if text is None or "\0" in text or 2 * text.count(_REPLACED) > len(text) + 1:
        raise UnreadableFileError(
            "unreadable",
            f"{source}\n  found     bytes that are no text in UTF-8, UTF-16, GB18030 or Big5\n"
            "  expected  a file of text\n  to do     save the original anew as UTF-8",
        )
    return text


def _unmarked(data: bytes, declared: str | None) -> str | None:
    """The text of bytes without a byte order mark; None where they are none."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if "\0" not in text:
            return text
    if b"\0" not in data:
        certain = _certain_gb18030(data)
        if certain is not None:
            return certain
    wide = utf16_text(data)
    if wide is not None:
        return wide
    if b"\0" in data:
        return None
    return _nearly_utf8(data) or _double_byte(data, declared)


def _certain_gb18030(data: bytes) -> str | None:
    """The text of undamaged GB18030, the usual case, told without trying the others; else None."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return text if _share(text, _common()) >= _CERTAIN else None


def utf16_text(data: bytes) -> str | None:
    """The text of UTF-16 without a mark; None where `data` is something else.

    Markup and digits leave NULs in every other byte; text without them is told by its common characters.
    """
    sample = data[: 2 * _SAMPLE]
    low, high = sample[::2].count(0), sample[1::2].count(0)
    orders = ["utf-16-le", "utf-16-be"] if high >= low else ["utf-16-be", "utf-16-le"]
    for encoding in orders:
        text = data.decode(encoding, errors="replace")
        if "\0" in text or text.count(_REPLACED) > 1 or len(text) < 2:
            continue
        if _CONTROL.search(text) is None and _share(text, _common()) >= _CERTAIN:
            return text
    return None


def _nearly_utf8(data: bytes) -> str | None:
    """The text of UTF-8 in which few bytes are broken, among them a last character cut off; else None."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count(_REPLACED)
    whole = sum(map(len, _FOREIGN.findall(text))) - broken
    # hardly two characters of GB18030 in a row are valid UTF-8
    return text if whole > 1 and broken <= 1 + whole // 20 else None


def _double_byte(data: bytes, declared: str | None) -> str | None:
    """The text of GB18030 or Big5, whichever is the more plausible; None where neither is."""
    best: tuple[float, str] | None = None
    for encoding, common in _double_byte_encodings():
        text = data.decode(encoding, errors="replace")
        broken = text.count(_REPLACED)
        foreign = sum(map(len, _FOREIGN.findall(text))) - broken
        if broken > 1 + foreign // 50:
            continue
        share = _share(text, common())
        enough = share >= (_POSSIBLE if _names(declared, encoding) else _PLAUSIBLE)
        few = foreign < _FEW and not broken and encoding == "gb18030"
        if (enough or few) and (best is None or share > best[0]):
            best = (share, text)
    return None if best is None else best[1]


def _double_byte_encodings() -> tuple[tuple[str, Callable[[], frozenset[str]]], ...]:
    return (("gb18030", _common), ("big5hkscs", _common_traditional))


def _names(declared: str | None, encoding: str) -> bool:
    """Whether the file names this encoding, or one of its family."""
    return declared is not None and declared.strip().lower()[:2] == encoding[:2]


def _share(text: str, common: frozenset[str]) -> float:
    """The share of `common` in the characters of a sample of `text` that are not ASCII; 1 where there are none."""
    foreign = ""
    for run in _FOREIGN.finditer(text):
        foreign += run.group().replace(_REPLACED, "")
        if len(foreign) >= _SAMPLE:
            break
    return sum(map(common.__contains__, foreign)) / len(foreign) if foreign else 1.0


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The common characters of Chinese: the first level of GB 2312, its punctuation and digits, and those of Big5.

    GB18030 and UTF-16 hold traditional text as well.
    """
    pairs = [*_pairs(0xA1, 0xA3, (range(0xA1, 0xFF),)), *_pairs(0xB0, 0xD7, (range(0xA1, 0xFF),))]
    return frozenset(_decoded(pairs, "gb2312")) | _common_traditional()


@lru_cache(maxsize=1)
def _common_traditional() -> frozenset[str]:
    """The common characters of traditional Chinese: the first level of Big5, and its punctuation and digits."""
    trails = (range(0x40, 0x7F), range(0xA1, 0xFF))
    pairs = [*_pairs(0xA1, 0xA2, trails), *_pairs(0xA4, 0xC6, trails)]
    return frozenset(_decoded(pairs, "big5") + "\xa0\u2022\u2014\u2013")


def _pairs(first: int, last: int, trails: tuple[range, ...]) -> Iterator[bytes]:
    return (bytes((lead, trail)) for lead in range(first, last + 1) for part in trails for trail in part)


def _decoded(pairs: list[bytes], encoding: str) -> str:
    return b"".join(pairs).decode(encoding, errors="ignore")
