"""The text of a section as sentences without blanks, each character with its place in the section's text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from govinfo.definitions.mentions import mention_words

# full-width forms that a figure or its brackets may be printed in; one character stands for one
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_FOLD = {**_WIDE, ord("（"): "(", ord("）"): ")", ord("％"): "%", ord("﹪"): "%", ord("．"): ".", ord("｡"): "。"}
_FOLD |= {ord("〔"): "(", ord("〕"): ")", ord("［"): "(", ord("］"): ")", ord("["): "(", ord("]"): ")"}
_FOLDED = re.compile("[" + "".join(map(chr, _FOLD)).replace("[", r"\[").replace("]", r"\]") + "]")
_BLANK = re.compile(r"\s+")
_ENDS = "。；;：:！!？?)）”、，,"
_MARKS = re.compile(r"[，。；：,;:！？]")
_HEADING = 24
_STOP = re.compile(r"[。！？!?]|(?<=[\u4e00-\u9fff)”])[.](?!\d)")


@lru_cache(maxsize=1)
def _list_head() -> re.Pattern[str]:
    return re.compile(mention_words().shapes["list_head"])


@lru_cache(maxsize=1)
def _point() -> re.Pattern[str]:
    return re.compile(mention_words().shapes["point"])


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence folded and without blanks; `places` says where each of its characters stands in the section.

    One blank is kept between two digits: they may be one figure or two.
    """

    text: str
    places: Sequence[int]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Start and end of a paragraph in the section's text; a heading has no sentence."""

    start: int
    end: int
    heading: bool


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs of a section: a line that does not end a sentence goes on in the next, unless that is a point."""
    start, position = 0, 0
    listed = False
    lines = text.split("\n")
    for number, line in enumerate(lines):
        end = position + len(line)
        bare = line.strip()
        following = lines[number + 1] if number + 1 < len(lines) else ""
        # 其中： and its parts, a line each, are one sentence
        listed = bool(_list_head().search(bare)) or (listed and bare[-1:] in "；;，,、")
        if position == start and is_heading(bare, following):
            yield Paragraph(start, end, True)
            start = end + 1
        elif listed and following.strip():
            pass
        elif not bare or not following or bare[-1] in _ENDS[:9] or _point().match(following):
            if text[start:end].strip():
                yield Paragraph(start, end, False)
            start = end + 1
        position = end + 1


def is_heading(line: str, following: str = "") -> bool:
    """Whether a line is a heading within the section: short, without marks inside, and with text below."""
    return (
        bool(line)
        and len(line) <= _HEADING
        and not _MARKS.search(line[:-1])
        and line[-1] not in "。；;，,、"
        and bool(following)
    )


def sentences(text: str, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a paragraph in the section's text, its mark included."""
    start = paragraph.start
    for match in _STOP.finditer(text, paragraph.start, paragraph.end):
        yield start, match.end()
        start = match.end()
    if start < paragraph.end:
        yield start, paragraph.end


def folded(text: str, start: int, end: int) -> Sentence:
    """The part of `text`, which is in simplified characters, from `start` to `end`."""
    part = text[start:end]
    if _FOLDED.search(part):
        part = part.translate(_FOLD)
    if not _BLANK.search(part):
        return Sentence(part, range(start, end))
    kept: list[int] = []
    last = len(part)
    chars: list[str] = []
    for i, char in enumerate(part):
        if char.isspace():
            after = part[i + 1] if i + 1 < last else ""
            before = chars[-1] if chars else ""
            # of several blanks between two digits the last is kept
            if not (before.isdigit() and after.isdigit()):
                continue
            char = " "
        chars.append(char)
        kept.append(start + i)
    return Sentence("".join(chars), kept)
