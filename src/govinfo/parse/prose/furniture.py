"""What a page prints around a report: paths, buttons, metadata, files to fetch, and its foot.

Such lines are no narrative. What is marked is certain: lines made of nothing but known pieces, above the first heading
or below the last, and beside them the short lines above a title or in a page's foot. A sentence is never marked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from govinfo.definitions.patterns import patterns
from govinfo.readers.document import Cell
from govinfo.text import fold_width, squeeze

_BETWEEN = re.compile(r"[\s|()\[\]{}<>»›→:;,.、·•*_/\-—~+]*")
_SPACES = re.compile(r"\s+")
_SUFFIX = re.compile(r"\.[a-zA-Z]{2,4}$")
# A table with so many rows of metadata is a block of it.
_BLOCK_ROWS = 2
_TITLE_LINES = 4


@dataclass(frozen=True, slots=True)
class Furniture:
    """Positions of cells: `known` are furniture by their words, `around` by standing among those.

    `known` is there for identity: it says when and by whom a page was published.
    """

    known: frozenset[int]
    around: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Rules:
    telling: re.Pattern[str]
    beside: re.Pattern[str]
    label: re.Pattern[str]
    label_line: re.Pattern[str]
    next: re.Pattern[str]
    below: re.Pattern[str]
    sentence: re.Pattern[str]
    clause: re.Pattern[str]
    numbers: Mapping[str, int]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    said = patterns("furniture")

    def joined(*names: str) -> str:
        return "|".join(f"(?:{pattern.pattern})" for name in names for pattern in said.many[name])

    telling, label = joined("pieces", "below", "foot"), joined("labels")
    return _Rules(
        re.compile(telling),
        re.compile(joined("beside")),
        re.compile(rf"(?:{label})\s?:?"),
        re.compile(rf"(?:{label})\s?:"),
        re.compile(rf"(?:{label})\s?:|{telling}"),
        re.compile(joined("below", "foot")),
        said.one["sentence"],
        said.one["clause"],
        said.numbers,
    )


def find_furniture(cells: Sequence[Cell], positions: Sequence[int], first: int | None, last: int | None) -> Furniture:
    """The furniture that its words tell, and what stands in the page's foot.

    Parameters
    ----------
    positions : cells that are neither tables of the form nor headings, in order.
    first, last : positions of the first and the last heading; None where there is none.
    """
    outside = [p for p in positions if cells[p].text and (first is None or last is None or not first < p < last)]
    known = {p for p in outside if cells[p].row is None and is_furniture(cells[p].text)}
    known |= _in_rows(cells, outside)
    below = [p for p in outside if last is None or p > last]
    return Furniture(frozenset(known), frozenset(_in_foot(cells, below, known)))


def with_surroundings(
    found: Furniture, cells: Sequence[Cell], positions: Sequence[int], title: frozenset[int], first: int | None
) -> Furniture:
    """`found` with other printings of the title, and with the short lines above the title.

    Parameters
    ----------
    title : positions of the cells that print the title, none where it is not printed.
    """
    above = [p for p in positions if cells[p].text and (first is None or p < first)]
    marked = found.known | found.around
    again = _printed_again(cells, above, title, marked)
    end = max(title | again, default=max((p for p in marked if first is not None and p < first), default=-1))
    numbers, rules = _rules().numbers, _rules()
    around = set(again)
    if any(p in marked for p in above):
        for p in above:
            if p >= end or p in marked:
                continue
            text, mark = squeeze(cells[p].text), rules.sentence if title else rules.clause
            longest = numbers["longest_above"] if title else numbers["longest_untitled"]
            if len(text) <= longest and mark.search(fold_width(text)) is None and "。" not in text:
                around.add(p)
    return Furniture(found.known, found.around | around)


def is_furniture(text: str) -> bool:
    """Whether a line is made of known pieces, at least one of which tells that it is furniture."""
    rules = _rules()
    if len(text) > rules.numbers["longest_line"] or "。" in text.rstrip()[:-1]:
        return False
    line = _SPACES.sub(" ", fold_width(text)).strip()
    at, telling = _after(_BETWEEN, line, 0), False
    while at < len(line):
        labelled = rules.label_line.match(line, at)
        piece = None if labelled else rules.telling.match(line, at)
        if labelled is not None:
            following = rules.next.search(line, labelled.end())
            end = following.start() if following else len(line)
            value = line[labelled.end() : end]
            if len(value) > rules.numbers["longest_value"] or "," in value or rules.sentence.search(value):
                return False
        elif piece is not None and piece.end() > at:
            end = piece.end()
        else:
            beside = rules.beside.match(line, at)
            if beside is None:
                return False
            at = _after(_BETWEEN, line, beside.end())
            continue
        telling = True
        at = _after(_BETWEEN, line, end)
    return telling


def _after(pattern: re.Pattern[str], line: str, at: int) -> int:
    match = pattern.match(line, at)
    return match.end() if match else at


def _in_rows(cells: Sequence[Cell], positions: Sequence[int]) -> set[int]:
    """The cells of printed rows that hold labels of metadata with their values, and of blocks of such rows."""
    rows: dict[int, list[int]] = {}
    for p in positions:
        row = cells[p].row
        if row is not None:
            rows.setdefault(row, []).append(p)
    texts = {row: [cells[p].text for p in members] for row, members in rows.items()}
    told = {row for row, its in texts.items() if _is_metadata(its) or is_furniture(" | ".join(its))}
    tables: dict[int | None, list[int]] = {}
    for row, members in rows.items():
        tables.setdefault(cells[members[0]].place.table, []).append(row)
    for table, its in tables.items():
        if table is not None and sum(row in told for row in its) >= max(_BLOCK_ROWS, len(its) / 2):
            told |= {row for row in its if all(_is_value(cells[p].text) for p in rows[row])}
    return {p for row in told for p in rows[row]}


def _is_metadata(texts: Sequence[str]) -> bool:
    """Whether a row is made of labels, each with a value or without one, or of lines of furniture."""
    rules, after_label, telling = _rules(), False, False
    for text in texts:
        line = _SPACES.sub(" ", fold_width(text)).strip()
        if rules.label.fullmatch(line):
            after_label = telling = True
        elif is_furniture(text):
            after_label, telling = False, True
        elif after_label and _is_value(text):
            after_label = False
        else:
            return False
    return telling


def _is_value(text: str) -> bool:
    rules = _rules()
    return len(text) <= rules.numbers["longest_value"] and rules.sentence.search(fold_width(text)) is None


def _in_foot(cells: Sequence[Cell], below: Sequence[int], known: set[int]) -> list[int]:
    """The lines below the first one that stands below a report, where no sentence follows."""
    rules = _rules()
    prose = max((p for p in below if p not in known and rules.sentence.search(fold_width(cells[p].text))), default=-1)
    begun, found = False, []
    for p in below:
        if p <= prose:
            continue
        line = _SPACES.sub(" ", fold_width(cells[p].text)).strip()
        begun = begun or (p in known and rules.below.search(line) is not None)
        if begun and p not in known and len(line) <= rules.numbers["longest_above"]:
            found.append(p)
    return found


def _printed_again(
    cells: Sequence[Cell], above: Sequence[int], title: frozenset[int], marked: frozenset[int]
) -> set[int]:
    """The lines above the first heading that print the title once more, in one piece or in several."""
    words = _SUFFIX.sub("", "".join(squeeze(fold_width(cells[p].text)) for p in sorted(title)))
    lines = [_SUFFIX.sub("", squeeze(fold_width(cells[p].text))) for p in above]
    found: set[int] = set()
    for start in range(len(lines)) if words else ():
        if start and above[start - 1] not in marked | title and _goes_on(lines[start - 1]):
            continue
        text = ""
        for stop in range(start, min(start + _TITLE_LINES, len(lines))):
            text += lines[stop]
            if text == words:
                found.update(above[start : stop + 1])
            if not words.startswith(text):
                break
    return found - title


def _goes_on(line: str) -> bool:
    """Whether a line of prose was broken, so that the next one is the rest of its sentence."""
    rules = _rules()
    return len(line) > rules.numbers["longest_untitled"] and rules.clause.fullmatch(line[-1]) is None
