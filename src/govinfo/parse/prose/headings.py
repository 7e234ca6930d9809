"""Where the sections of a report begin: its headings, also those that lost a part or hang on their paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from govinfo.definitions.sections import Section, sections
from govinfo.parse.tables.figures import is_figure
from govinfo.parse.tables.vocabulary import Vocabulary
from govinfo.readers.document import Cell
from govinfo.text import fold_width, label_keys, simplify, squeeze, top_numeral

_SENTENCE = re.compile(r"[。；;!?！？]")
# A heading is broken over at most so many lines.
_MAX_JOINED = 3
# So many headings with the numbers of the form show that the report counts as the form does.
_COUNTING = 2
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading: the position of its cell, its number as printed and what the section is.

    `cells` is over how many cells it goes, `rest` the paragraph that hangs on it.
    """

    position: int
    number: int | None
    role: str
    text: str
    cells: int = 1
    rest: str = ""


@dataclass(frozen=True, slots=True)
class _Search:
    """What is looked through, the headings found so far, their last number, and the last number of a list."""

    cells: Sequence[Cell]
    known: Vocabulary
    found: Sequence[Heading]
    last: int
    listed: int

    def has(self, role: str) -> bool:
        """Whether a section with that role was found."""
        return any(heading.role == role for heading in self.found)


def find_headings(cells: Sequence[Cell], known: Vocabulary) -> tuple[Heading, ...]:
    """The headings of top-level sections, in reading order.

    A heading has a numeral that goes on counting, or the exact official wording. Lines of the form with
    numerals of their own (二、上年结转…) are none, nor are numbered points within a section.
    """
    found: list[Heading] = []
    last, listed, after = 0, 0, 0
    longest = 4 * sections().longest_heading
    for position, cell in enumerate(cells):
        text = cell.text
        if position < after or not text or is_figure(text):
            continue
        numbered = top_numeral(text if len(text) <= longest else text[:longest])
        if (numbered is None and not _is_official(text)) or _is_label(cells, position, known):
            continue
        search = _Search(cells, known, found, last, listed)
        heading = _unnumbered(search, position) if numbered is None else _numbered(search, position, *numbered)
        if heading is not None and not _is_announced(cells, heading):
            found.append(heading)
            last = max(last, heading.number or 0, _official_number(heading.role) if heading.number is None else 0)
            listed, after = 0, position + heading.cells
        elif numbered is not None:
            listed = numbered[0]
    return tuple(_with_roles(cells, known, found))


def part_headings(cells: Sequence[Cell], known: Vocabulary) -> tuple[Cell, ...]:
    """The cells with every heading in a cell of its own: parted from its paragraph, joined where it was broken."""
    headings = [heading for heading in find_headings(cells, known) if heading.rest or heading.cells > 1]
    if not headings:
        return tuple(cells)
    parted: list[Cell] = []
    at = 0
    for heading in headings:
        cell, last = cells[heading.position], cells[heading.position + heading.cells - 1]
        parted += [*cells[at : heading.position], replace(cell, text=heading.text)]
        if heading.rest:
            parted.append(replace(last, text=heading.rest))
        at = heading.position + heading.cells
    return (*parted, *cells[at:])


def _is_official(text: str) -> bool:
    """Whether a text without a numeral is a heading of the form, or a common one with the mark of a lost numeral."""
    keys = label_keys(text) if len(text) <= sections().longest_heading else ()
    if not keys or sections().worded(keys[0]) is None:
        return False
    return sections().official(keys[0]) is not None or sections().unnumbered.match(text) is not None


def _is_label(cells: Sequence[Cell], position: int, known: Vocabulary) -> bool:
    """Whether a text is a label in a table: a line's, or a caption with another label or a mark right after it."""
    kinds = known.kinds(cells[position].text)
    if "line" in kinds:
        return True
    if "caption" not in kinds:
        return False
    following = _next(cells, position + 1)
    return following is not None and (
        is_figure(following.text) or not known.kinds(following.text).isdisjoint(("line", "caption"))
    )


def _next(cells: Sequence[Cell], start: int) -> Cell | None:
    return next((cells[at] for at in range(start, len(cells)) if cells[at].text), None)


def _unnumbered(search: _Search, position: int) -> Heading | None:
    """The heading that an official wording without a numeral is.

    In brackets it is a heading within the overview, but where the table of its section follows.
    """
    text = search.cells[position].text
    section = sections().worded(label_keys(text)[0])
    if section is None or (section.number or 0) <= search.last or search.has(section.role):
        return None
    if squeeze(fold_width(text)).startswith("(") and section.role not in _tables_after(search, position):
        return None
    return Heading(position, None, section.role, squeeze(fold_width(text)))


def _tables_after(search: _Search, position: int) -> frozenset[str]:
    """The tables of which the next text is a label; sections are called like the tables in them."""
    following = _next(search.cells, position + 1)
    return frozenset() if following is None else search.known.tables(following.text)


def _numbered(search: _Search, position: int, number: int, words: str) -> Heading | None:
    """The heading that a text with a numeral is, if it is one."""
    if not label_keys(words) and (broken := _broken(search, position, number)) is not None:
        return broken
    if not words:
        return _bare(search, position, number)
    text = search.cells[position].text
    keys = label_keys(words)
    if not keys:
        return None
    section = sections().worded(keys[0])
    if section is None and (exact := _glued(search, position, number) or _broken(search, position, number)) is not None:
        return exact
    if len(keys[0]) > sections().longest_heading or _SENTENCE.search(words.rstrip("。")):
        return None
    title = squeeze(fold_width(text))
    if number <= search.last:
        if section is not None and _is_used_twice(search, position, section):
            return Heading(position, number, section.role, title)
        return None
    section = section or sections().fitting(keys[0])
    if not _follows(search, position, number, section):
        return None
    return Heading(position, number, section.role if section else _UNKNOWN, title)


def _follows(search: _Search, position: int, number: int, section: Section | None) -> bool:
    """Whether a numbered line can open a section: not as the next point of a list under way."""
    next_of_list = bool(search.listed) and number == search.listed + 1
    if section is not None and section.number is not None and number == section.number:
        return not (next_of_list and _comes_later(search.cells, position, section))
    return not next_of_list and (section is not None or number == search.last + 1)


def _comes_later(cells: Sequence[Cell], position: int, section: Section) -> bool:
    """Whether the heading of a section stands further below, with its number and in one of its exact wordings."""
    return any(
        numbered is not None
        and numbered[0] == section.number
        and not section.wordings.isdisjoint(label_keys(numbered[1])[:1])
        for numbered in (top_numeral(cell.text) for cell in _short(cells[position + 1 :]))
    )


def _short(cells: Sequence[Cell]) -> Iterator[Cell]:
    return (cell for cell in cells if cell.text and len(cell.text) <= sections().longest_heading)


def _is_used_twice(search: _Search, position: int, section: Section) -> bool:
    """Whether a wording of the form with a number that was used before is the next section all the same."""
    if section.number is None or not search.found or search.has(section.role):
        return False
    before = max(_official_number(heading.role) for heading in search.found)
    return section.number > before and not _comes_later(search.cells, position, section)


def _glued(search: _Search, position: int, number: int) -> Heading | None:
    """The heading that hangs on its paragraph: an exact wording with its number, and how a paragraph begins."""
    return _exact(search, position, number, 1)


def _broken(search: _Search, position: int, number: int) -> Heading | None:
    """The heading that goes on in the next cells: together they begin with an exact wording."""
    for count in range(2, _MAX_JOINED + 1):
        found = _exact(search, position, number, count)
        if found is not None:
            return found
    return None


def _exact(search: _Search, position: int, number: int, count: int) -> Heading | None:
    """The exact wording that ends in the last of `count` cells; the rest of that cell is its paragraph."""
    cells = search.cells[position : position + count]
    texts = [cell.text for cell in cells]
    if len(cells) < count or not all(texts) or any(is_figure(text) for text in texts):
        return None
    if count > 1 and any(cell.row is not None for cell in cells):
        return None
    before = "".join(texts[:-1])
    if len(before) > sections().longest_heading:
        return None
    whole = before + texts[-1]
    match = sections().known.match(simplify(whole[: 3 * sections().longest_heading]))
    if match is None or match.end() <= len(before):
        return None
    section = sections().worded(label_keys(match["words"])[0])
    rest = whole[match.end() :]
    if section is None or (rest and not _is_paragraph(rest)):
        return None
    if number <= search.last or search.has(section.role) or number not in (section.number, search.last + 1):
        return None
    if section.number != number and (section.number is not None or number == search.listed + 1):
        return None
    return Heading(position, number, section.role, squeeze(fold_width(whole[: match.end()])), count, _paragraph(rest))


def _is_paragraph(rest: str) -> bool:
    """Whether what hangs on a heading begins as a paragraph does, and no other heading stands within it."""
    text = simplify(rest)
    return sections().paragraph.match(text) is not None and sections().known.search(text) is None


def _paragraph(rest: str) -> str:
    """The paragraph behind a heading, without the mark that ends the heading."""
    return rest.lstrip("：:。 \t\n\u3000")


def _bare(search: _Search, position: int, number: int) -> Heading | None:
    """The heading of which only the numeral is left; its role is told later. In a table it is a label's."""
    if number != search.last + 1 or sections().bare.fullmatch(search.cells[position].text) is None:
        return None
    following = _next(search.cells, position + 1)
    if following is None or search.cells[position].row is not None or is_figure(following.text):
        return None
    if search.known.goes_on_from(number, following.text):
        return None
    return Heading(position, number, _UNKNOWN, squeeze(fold_width(search.cells[position].text)))


def _with_roles(cells: Sequence[Cell], known: Vocabulary, found: Sequence[Heading]) -> Iterator[Heading]:
    """The headings, those of which only the numeral is left with the role that their number has in the form.

    So it is where all headings count as the form does, or where the table of that section follows.
    """
    official = [(heading.number, _official_number(heading.role)) for heading in found if heading.number is not None]
    counted = [number == place for number, place in official if place]
    as_the_form = len(counted) >= _COUNTING and all(counted)
    for heading in found:
        if heading.role == _UNKNOWN and sections().bare.fullmatch(heading.text) is not None:
            role = next((item.role for item in sections().sections if item.number == heading.number), _UNKNOWN)
            following = _next(cells, heading.position + 1)
            table = following is not None and role in known.tables(following.text)
            taken = any(other.role == role for other in found)
            yield replace(heading, role=role) if (as_the_form or table) and not taken else heading
        else:
            yield heading


def _is_announced(cells: Sequence[Cell], heading: Heading) -> bool:
    """Whether a heading only stands in a list of contents: the next number follows, and it is printed again below."""
    following = _next(cells, heading.position + heading.cells)
    numbered = top_numeral(following.text[: sections().longest_heading]) if following is not None else None
    if numbered is None or heading.number is None or heading.rest:
        return False
    again = (cell for cell in _short(cells[heading.position + heading.cells :]))
    return any(squeeze(fold_width(cell.text)) == heading.text for cell in again)


def _official_number(role: str) -> int:
    return next((item.number or 0 for item in sections().sections if item.role == role), 0)
