"""What belongs to the paper, not to the text: page numbers, and heads and feet printed again on each page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from govinfo.readers.pdf.loose import is_figure, segments_of
from govinfo.readers.pdf.page import Block, Page
from govinfo.readers.pdf.words import Line

_NUMBER = re.compile(r"\d+")
_PAGE = re.compile(r"^[\W_]*\d{1,3}(\s*/\s*\d{1,3})?[\W_]*$")
_AT_EDGE = 3
_SAME_HEIGHT = 4.0
# So many pages at the front may have no number.
_UNCOUNTED = 2


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without what is printed on several of them at one height, above or below everything else.

    A number counts as the page's where numbers at one height go up by one with each page, a line as head or foot
    where it is the same but for such numbers; its first printing stays where it holds no page number. Nothing else
    is left out: a number that stands on one page only stays as a line of text, and so does a row of figures that
    stands on two pages by chance.
    """
    marks = [list(_edge_lines(page)) for page in pages]
    taken: list[set[int]] = [set() for _ in pages]
    for at in range(len(pages) - 1):
        for index, line in marks[at]:
            for other_index, other in marks[at + 1]:
                if abs(line.base - other.base) > _SAME_HEIGHT or not _is_same(line.text, other.text):
                    continue
                if _is_row(other) and not _counts_pages(line, other, pages[at + 1].number):
                    continue
                taken[at + 1].add(other_index)
                if _counts_up(line.text, other.text):
                    taken[at].add(index)
    return [
        replace(page, items=tuple(item for index, item in enumerate(page.items) if index not in gone))
        for page, gone in zip(pages, taken, strict=True)
    ]


def _edge_lines(page: Page) -> Iterator[tuple[int, Line]]:
    """The lines that stand first or last on a page, with nothing of a table beyond them."""
    for order in (range(len(page.items)), range(len(page.items) - 1, -1, -1)):
        for index in list(order)[:_AT_EDGE]:
            item = page.items[index]
            if isinstance(item, Block):
                break
            yield index, item


def _is_row(line: Line) -> bool:
    """Whether a line shows a figure beside words, as a row of a table does."""
    segments = segments_of(line)
    return len(segments) > 1 and any(is_figure(segment.text) for segment in segments)


def _counts_pages(line: Line, other: Line, page: int) -> bool:
    """Whether words and a single number stand there that can be the page's: a cover and contents may not count."""
    numbers = _NUMBER.findall(other.text)
    counts = len(segments_of(other)) == 2 and len(numbers) == 1 and _counts_up(line.text, other.text)
    return counts and 0 <= page - int(numbers[0]) <= _UNCOUNTED


def _words(text: str) -> str:
    return re.sub(r"[\W\d_]", "", text)


def _is_same(text: str, following: str) -> bool:
    """Whether two lines say the same but for numbers that are the pages'; a lone number must count up."""
    if _NUMBER.sub("#", text) != _NUMBER.sub("#", following):
        return False
    steps = _steps(text, following)
    if any(step not in (0, 1) for step in steps):
        return False
    if len(_words(text)) > 1:
        return True
    return sum(steps) == 1 and (bool(_words(text)) or _PAGE.match(text) is not None)


def _counts_up(text: str, following: str) -> bool:
    return sum(_steps(text, following)) == 1


def _steps(text: str, following: str) -> list[int]:
    return [int(b) - int(a) for a, b in zip(_NUMBER.findall(text), _NUMBER.findall(following), strict=True)]
