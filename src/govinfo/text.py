"""Chinese text made comparable: widths, spaces, brackets, enumerators, numerals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from opencc import OpenCC

HAN_DIGITS = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
HAN_DIGITS |= {"六": 6, "七": 7, "八": 8, "九": 9}
HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
HAN_NUMERAL = "〇○零一二两三四五六七八九十百千"

_ENUMERATOR = re.compile(
    r"""^(?:
        [(]\s*(?:[〇零一二三四五六七八九十]{1,3}|\d{1,2})?\s*[)]\s*[、.]?   # (一) (1) ()
      | [〇零一二三四五六七八九十]{1,3}\s*[、.]                              # 一、
      | \d{1,2}\s*(?:[、.)]|(?=[\u4e00-\u9fff]))                             # 1. 1、 1) and a circled 1
      | [、.]                                                                # the numeral was lost
    )\s*""",
    re.VERBOSE,
)
_BRACKETED = re.compile(r"[(\[{][^()\[\]{}]*(?:[)\]}]|$)")
_NOT_WORD = re.compile(r"[^\w]|_")
# At least this share of the characters of a text in traditional characters differ from the simplified ones.
_TRADITIONAL_SHARE = 0.1
_TOP_NUMERAL = re.compile(r"^([一二三四五六七八九十]{1,3})\s*[、.．，, ]\s*(.*)$", re.DOTALL)


def fold_width(text: str) -> str:
    """`text` with full-width forms, compatibility characters and bracket variants made one (NFKC)."""
    if text.isascii():
        return text
    folded = unicodedata.normalize("NFKC", text)
    return folded if _OTHER_BRACKETS.isdisjoint(folded) else folded.translate(_BRACKETS)


# a simplified character of its own that traditional texts print for another one (反覆 and 答覆 for 反复 and 答复)
_ALIKE = str.maketrans({"覆": "复"})
# forms of characters that the list of 1955 gave up, and that names on mirrors still bear
_VARIANTS = str.maketrans("澂邨岺埧塲嵒", "澄村岭坝场岩")
_BRACKETS = str.maketrans({"〔": "(", "〕": ")", "【": "(", "】": ")", "﹙": "(", "﹚": ")", "．": "."})
_OTHER_BRACKETS = frozenset(map(chr, _BRACKETS))


@lru_cache(maxsize=1)
def _simplified() -> Mapping[int, str]:
    """Each traditional character with its simplified one; a character stands for one character."""
    # a character a line, so that no phrase decides about it
    traditional = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    # that of Hong Kong knows all that the general one knows, and characters of its own (衞, 敍)
    simplified = OpenCC("hk2s").convert("\n".join(traditional)).split("\n")
    pairs = zip(traditional, simplified, strict=True)
    return {key: chr(to) for key, to in _VARIANTS.items()} | {
        ord(old): new for old, new in pairs if old != new and len(new) == 1
    }


@lru_cache(maxsize=1)
def _traditional() -> frozenset[str]:
    return frozenset(map(chr, _simplified()))


def simplify(text: str) -> str:
    """`text` with every traditional character as its simplified one; its length stays."""
    return text if _traditional().isdisjoint(text) else text.translate(_simplified())


def is_traditional(text: str, least: int = 1) -> bool:
    """Whether `text` is printed in traditional characters, at least so many of them.

    Some simplified texts hold a few (乾县, 瞭望), so one or two say nothing of a single line.
    """
    if _traditional().isdisjoint(text):
        return False
    han = sum(1 for char in text if "\u3400" <= char <= "\u9fff")
    changed = sum(1 for char in text if ord(char) in _simplified())
    return changed >= max(least, _TRADITIONAL_SHARE * han)


def squeeze(text: str) -> str:
    """`text` without any white space."""
    return "".join(text.split())


def strip_enumerator(text: str) -> str:
    """Width-folded `text` without one leading enumerator such as 一、 （二） 3. ④."""
    return _ENUMERATOR.sub("", fold_width(text).strip(), count=1)


def has_enumerator(text: str) -> bool:
    """Whether `text` begins with an enumerator."""
    return _ENUMERATOR.match(fold_width(text).strip()) is not None


@lru_cache(maxsize=65536)
def label_keys(text: str) -> tuple[str, ...]:
    """The keys under which a printed label is looked up, the most telling first.

    The first keeps what stands in brackets, the second leaves it out; both are without enumerator,
    punctuation and spaces, and in simplified characters. Text without a word in it has no key.
    """
    folded = simplify(squeeze(fold_width(text))).translate(_ALIKE)
    whole = _NOT_WORD.sub("", _ENUMERATOR.sub("", folded, count=1))
    core = _NOT_WORD.sub("", _ENUMERATOR.sub("", _BRACKETED.sub("", folded), count=1))
    return tuple(key for key in dict.fromkeys((whole, core)) if key)


@lru_cache(maxsize=65536)
def top_numeral(text: str) -> tuple[int, str] | None:
    """The number and the rest of a line that begins with a top-level numeral (三、…), else None."""
    match = _TOP_NUMERAL.match(fold_width(text).strip())
    if match is None:
        return None
    number = han_number(match.group(1))
    return None if number is None else (number, match.group(2).strip())


def han_number(text: str) -> int | None:
    """The integer that Chinese numerals below 10,000 say (十二 → 12, 二〇二三 → 2023), else None."""
    if not text or any(char not in HAN_NUMERAL for char in text):
        return None
    if not any(char in HAN_UNITS for char in text):
        return int("".join(str(HAN_DIGITS[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in HAN_UNITS:
            total += (digit or 1) * HAN_UNITS[char]
            digit = 0
        else:
            digit = HAN_DIGITS[char]
    return total + digit


# what is said in one way only: 一百五 may be 105 or 150, 一二 may be two figures
_D = "[一二两三四五六七八九]"
_HAN_COUNT = re.compile(
    f"^(?:[〇○零]|{_D}|{_D}?十{_D}?|(?=.*[千百])(?:{_D}千)?(?:零?{_D}百)?(?:零?{_D}?十{_D}?|零{_D})?)$"
)


def han_count(text: str) -> int | None:
    """The count below 10,000 that well-formed Chinese numerals say (十二 → 12, 一百零五 → 105), else None."""
    return han_number(text) if _HAN_COUNT.match(text) else None
