"""Cells that hold a whole row, a whole table or the whole report run together: taken apart at labels and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from string import digits

from govinfo.definitions.patterns import patterns
from govinfo.definitions.reading import reading
from govinfo.definitions.sections import sections
from govinfo.parse.tables.figures import is_figure
from govinfo.parse.tables.vocabulary import Vocabulary
from govinfo.readers.document import Cell, Document
from govinfo.text import fold_width, label_keys, squeeze, top_numeral

_MAX_JOINED = 8
# A text of fewer words is a paragraph, or a row that is one label with its figures.
_RUN_TOGETHER = 20
# So many labels and figures with so many labels among them, one after the other, are a table; fewer are prose.
_TABLE_TOKENS = 8
_TABLE_LABELS = 3
# So many unknown words may stand between two pieces of one table: a label that no form has.
_GAP_WORDS = 3
# Labels without anything between them: so long together, so long each.
_LONGEST_GLUED = 300
_LONGEST_LABEL = 45
_IN_TABLES = ("label", "unit", "figure")
_SENTENCE = re.compile(r"[。；！？;!?]")
_PROSE = re.compile(r"[，。；：！？,;:!?]")


@dataclass(frozen=True, slots=True)
class _Token:
    """Words that are a `label`, a `unit` behind one, a `figure`, a `break` (a title or heading), or just a `word`."""

    kind: str
    text: str


def unfold(document: Document, known: Vocabulary) -> Document:
    """The document with every cell taken apart that is made of labels and figures set apart by spaces.

    A cell of prose stays whole, and so does a cell of a row that shows its columns: there a space may stand
    inside a number. But it is taken apart where a page's own table holds whole tables of the form in one cell. Of a
    long text in which tables stand run together with prose, the prose stays together. Labels without anything between
    them are parted too.
    """
    cells: list[Cell] = []
    for cell in document.cells:
        pieces = None
        if len(cell.text) > 2:
            pieces = _pieces(cell.text, known) if cell.row is None else _of_a_page(cell.text, known)
        if pieces is None:
            cells.append(cell)
        else:
            cells.extend(
                Cell(piece, cell.place, edge=cell.edge, covered=cell.covered, ocr=cell.ocr) for piece in pieces
            )
    return replace(document, cells=tuple(cells))


def _of_a_page(text: str, known: Vocabulary) -> Sequence[str] | None:
    """The pieces of a cell that holds at least one whole table."""
    words = text.split() if len(text) > _RUN_TOGETHER else ()
    if len(words) < _RUN_TOGETHER:
        return None
    tokens = list(_tokens(words, known))
    return _taken_apart(tokens) if _in_tables(tokens) else None


def _pieces(text: str, known: Vocabulary) -> Sequence[str] | None:
    words = text.split()
    if len(words) == 1:
        return _glued_labels(text, known)
    if len(words) < 2 or reading().page_mark.match(fold_width(text).strip()):
        return None
    if len(words) >= _RUN_TOGETHER:
        long = _taken_apart(list(_tokens(words, known)))
        return long if len(long) > 1 else None
    starts = is_figure(words[0]) or known.has(words[0]) or known.may_go_on(words[0])
    tokens = list(_tokens(words, known)) if starts or is_figure(words[-1]) else []
    return _row_pieces(tokens, words)


def _glued_labels(text: str, known: Vocabulary) -> list[str] | None:
    """The labels of which a text without spaces is made, digits left on the last; None where it is anything else."""
    if len(text) > _LONGEST_GLUED or _SENTENCE.search(text) or known.has(text):
        return None
    pieces: list[str] = []
    start, stop = 0, len(text.rstrip(digits))
    while start < stop:
        ends = range(min(stop, start + _LONGEST_LABEL), start + 1, -1)
        end = 0
        if known.begins(text[start : start + _LONGEST_LABEL]):
            end = next((end for end in ends if known.has(text[start:end])), 0)
        if not end:
            return None
        pieces.append(text[start:end])
        start = end
    return [*pieces[:-1], pieces[-1] + text[stop:]] if len(pieces) > 1 else None


def _row_pieces(tokens: Sequence[_Token], words: Sequence[str]) -> list[str] | None:
    """The labels and figures that make up a row; None where it holds anything else, or only one of them."""
    first_figure = next((i for i, token in enumerate(tokens) if token.kind == "figure"), len(tokens))
    head, figures = tokens[:first_figure], tokens[first_figure:]
    if any(token.kind not in _IN_TABLES for token in head) and len(figures) > 1:
        # a label that no form has, with its figures
        label = "".join(token.text for token in head)
        head = [] if _PROSE.search(label) else [_Token("label", label)]
        figures = figures if head and all(token.kind == "figure" for token in figures) else []
    pieces = [*head, *figures]
    if len(pieces) < 2 or any(token.kind not in _IN_TABLES for token in pieces):
        return None
    if all(token.kind == "figure" for token in pieces) and (len(pieces) < 3 or _is_one_number(words)):
        return None
    return [token.text for token in pieces]


def _tokens(words: Sequence[str], known: Vocabulary) -> Iterator[_Token]:
    position, last, units = 0, "", reading().units
    while position < len(words):
        label, count = _label_at(words, position, known)
        if count:
            yield _Token("label", label)
            position, last = position + count, "label"
            continue
        word = words[position]
        if last == "label" and word in units:
            yield _Token("unit", word)
        elif is_figure(word):
            yield _Token("figure", word)
        elif _is_break(heading := _heading_at(words, position)):
            yield _Token("break", heading)
            position += heading != word
        else:
            yield _Token("word", word)
        position, last = position + 1, ""


def _heading_at(words: Sequence[str], position: int) -> str:
    """The word at `position`, with the next one where it is a numeral that stands apart from its heading."""
    word = words[position]
    apart = position + 1 < len(words) and top_numeral(word + "、") is not None and not label_keys(word[1:])
    return word + words[position + 1] if apart else word


def _label_at(words: Sequence[str], position: int, known: Vocabulary) -> tuple[str, int]:
    """The longest label that begins at `position`, and over how many words it goes; none: 0."""
    found, count, text = "", 0, ""
    for size in range(1, min(_MAX_JOINED, len(words) - position) + 1):
        word = words[position + size - 1]
        text += word
        # a mark is no part of a key, so a label's key stays the same over the marks behind it: 3.其他 / / /
        if (size == 1 or not is_figure(word)) and known.has(text):
            found, count = text, size
        if not known.may_go_on(text):
            break
    return found, count


def _is_break(word: str) -> bool:
    """Whether a word is a title or a section's heading."""
    text = squeeze(fold_width(word))
    if patterns("identity").one["title"].match(text):
        return True
    if len(text) > sections().longest_heading or _PROSE.search(word):
        return False
    numbered = top_numeral(text)
    if numbered is not None:
        return bool(numbered[1])
    keys = label_keys(text)
    return bool(keys) and sections().official(keys[0]) is not None


def _taken_apart(tokens: Sequence[_Token]) -> list[str]:
    """A long text as pieces: each label and figure of its tables, each heading, and the prose between them."""
    inside = _in_tables(tokens)
    pieces: list[str] = []
    prose: list[str] = []
    for position, token in enumerate(tokens):
        alone = token.kind == "break" or (position in inside and token.kind != "word")
        if prose and (alone or (position in inside) != (position - 1 in inside)):
            pieces.append(" ".join(prose))
            prose = []
        if alone:
            pieces.append(token.text)
        else:
            prose.append(token.text)
    return [*pieces, " ".join(prose)] if prose else pieces


def _in_tables(tokens: Sequence[_Token]) -> frozenset[int]:
    """The positions that belong to tables: clusters of labels and figures with few unknown words between."""
    inside: set[int] = set()
    cluster: list[int] = []
    for position, token in enumerate([*tokens, *[_Token("break", "")] * (_GAP_WORDS + 2)]):
        if token.kind in _IN_TABLES:
            cluster.append(position)
            continue
        over = token.kind == "break" or _PROSE.search(token.text) is not None
        if cluster and (over or position - cluster[-1] > _GAP_WORDS):
            labels = sum(1 for i in cluster if tokens[i].kind == "label")
            if len(cluster) >= _TABLE_TOKENS and labels >= _TABLE_LABELS:
                inside.update(range(cluster[0], cluster[-1] + 1))
            cluster = []
    return frozenset(inside)


def _is_one_number(words: Sequence[str]) -> bool:
    """Whether the words are the groups of three digits of one number (1 234 567)."""
    return len(words[0]) <= 3 and words[0] != "0" and all(len(word) == 3 and word.isdigit() for word in words[1:])
