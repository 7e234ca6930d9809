"""Section 五 cut into the problems and measures that the report itself lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from govinfo.definitions.patterns import Patterns, patterns
from govinfo.parse.prose.sections import NarrativeSection
from govinfo.parse.prose.units import Unit, is_title, units
from govinfo.text import is_traditional, simplify

_END = "。；;！!：:\n |"
_OPENING_MARKS = " \n，,、。；;：:•*-|"
_AROUND = " \n。;!|"
# A line that only groups the points beneath it is shorter.
_SHORT = 16
# Marks of one width, so that a place in the one text is the same place in the other.
_WIDTHS = str.maketrans("：；，！（）．", ":;,!().")


@dataclass(frozen=True, slots=True)
class Statement:
    """One point of section 五; `start` and `end` are its place in the text of section `order`."""

    kind: str
    ordinal: int
    text: str
    order: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    start: int
    end: int


@dataclass
class _State:
    """What is being read: the kind of what follows, the enumerators that are open, and the point that is."""

    kind: str
    found: list[_Piece] = field(default_factory=list)
    levels: list[tuple[str, str]] = field(default_factory=list)
    point: _Piece | None = None
    # a general sentence, kept only where nothing more follows
    general: _Piece | None = None
    titled: bool = False


def read_statements(sections: Sequence[NarrativeSection]) -> tuple[Statement, ...]:
    """The statements of the sections whose role is `problems`, numbered from 1 for each kind."""
    rules = patterns("statements")
    counts = {"problem": 0, "measure": 0}
    found = []
    for section in sections:
        if section.role != "problems":
            continue
        text = section.text.translate(_WIDTHS)
        text = simplify(text) if is_traditional(section.text) else text
        for piece in _pieces(replace(section, text=text), rules):
            start, end = _trimmed(text, piece, rules)
            printed = section.text[start:end].replace("\n", "")
            if not printed or rules.one["no_statement"].match(text[start:end]):
                continue
            counts[piece.kind] += 1
            found.append(Statement(piece.kind, counts[piece.kind], printed, section.order, start, end))
    return tuple(found)


def _pieces(section: NarrativeSection, rules: Patterns) -> Iterator[_Piece]:
    """Kind and place of each statement of a section."""
    rows = list(_table(section.text, rules))
    if rows:
        yield from rows
        return
    heading = (section.heading or "").translate(_WIDTHS)
    state = _State("measure" if _kind(heading, rules) == "measure" else "problem")
    for unit in units(section.text, rules):
        _take(section.text, unit, state, rules)
    _close(state)
    if not state.found and state.general is not None:
        state.found.append(state.general)
    yield from state.found


def _take(text: str, unit: Unit, state: _State, rules: Patterns) -> None:
    """One unit more: it announces what follows, begins a point, goes on with one, or stands for itself."""
    said = text[unit.start : unit.end].strip(_AROUND)
    if unit.mark == "pair":
        _close(state)
        state.kind = "problem" if rules.one["problem"].match(_label(text, unit)) else "measure"
        state.levels = []
        state.found.append(_Piece(state.kind, unit.start, unit.end))
        return
    if _announces(said, unit, state, rules):
        _announce(said, unit, state, rules)
    elif unit.mark is not None:
        _begin(unit, state)
    elif state.point is not None and not _turns(said, state, rules):
        state.point = replace(state.point, end=unit.end)
    else:
        _close(state)
        _stand_alone(text, unit, state, rules)


def _label(text: str, unit: Unit) -> str:
    """The words of a pair's label, which stand before the unit."""
    return text[max(0, unit.start - 6) : unit.start].strip().split("\n")[-1].lstrip("。;")


def _announces(said: str, unit: Unit, state: _State, rules: Patterns) -> bool:
    """Whether a unit holds no statement but says what follows."""
    if not said or is_title(said.rstrip(": "), rules) is not None:
        return True
    if unit.mark is not None:
        return unit.whole and rules.one["group"].search(said.rstrip(": ")) is not None and len(said) < _SHORT
    if unit.leads or unit.heads:
        return True
    if unit.whole and len(said) < _SHORT and rules.one["group"].search(said):
        return True
    return rules.one["lead_in"].search(said) is not None and _kind(said, rules) is not None


def _announce(said: str, unit: Unit, state: _State, rules: Patterns) -> None:
    _close(state)
    title = is_title(said.rstrip(": "), rules)
    if title == "problem" and not state.titled:
        # what stands before the first title of problems only introduces them
        state.found.clear()
    state.titled = state.titled or title is not None
    kind = title or _kind(said, rules)
    if kind is not None:
        state.kind = kind
    if unit.mark is None:
        # a line that groups points leaves the enumerators open around it
        state.levels = state.levels if kind is None else []
    else:
        _open(unit.mark, state)


def _open(mark: str, state: _State) -> None:
    """Open a level of points, closing those within it."""
    names = [name for name, _ in state.levels]
    if mark in names:
        state.levels = state.levels[: names.index(mark)]
    state.levels.append((mark, state.kind))


def _begin(unit: Unit, state: _State) -> None:
    """A point begins: what was open at its level is closed; a point around it only groups and is none."""
    names = [name for name, _ in state.levels]
    mark = unit.mark or ""
    if mark in names:
        _close(state)
        if unit.number != 1:
            state.kind = state.levels[names.index(mark)][1]
    elif state.point is not None and unit.number in (1, None):
        state.point = None
    else:
        _close(state)
    _open(mark, state)
    state.point = _Piece(state.kind, unit.start, unit.end)


def _close(state: _State) -> None:
    if state.point is not None:
        state.found.append(state.point)
    state.point = None


def _turns(said: str, state: _State, rules: Patterns) -> bool:
    """Whether a sentence after a problem's text no longer belongs to it."""
    if rules.one["praise"].search(said) is not None and rules.one["of_all"].match(said) is not None:
        return True
    kind = state.point.kind if state.point is not None else state.kind
    return kind == "problem" and rules.one["opens_measures"].match(said) is not None


def _stand_alone(text: str, unit: Unit, state: _State, rules: Patterns) -> None:
    """A sentence or clause that is no point of a list; what leads in to it on the way is left out."""
    said = text[unit.start : unit.end].rstrip(_AROUND)
    lead = rules.one["lead"].match(said)
    start = unit.start + (lead.end() if lead is not None and lead.end() < len(said) else 0)
    state.kind = _kind_of_prose(said.lstrip(_AROUND), state.kind, rules)
    said = text[start : unit.end].strip(_AROUND)
    piece = _Piece(state.kind, start, unit.end)
    if rules.one["praise"].search(said) is not None:
        state.general = state.general or (piece if state.kind == "problem" and _is_gap(said, rules) else None)
    else:
        state.found.append(piece)


def _is_gap(said: str, rules: Patterns) -> bool:
    return rules.one["problem"].search(said) is not None and rules.one["of_all"].match(said) is None


def _table(text: str, rules: Patterns) -> Iterator[_Piece]:
    """The cells of a table of problems and measures, whose head names the columns."""
    columns: list[str | None] = []
    position = 0
    for line in text.split("\n"):
        cells = list(re.finditer(r"[^\s|]+", line))
        heads = [_head(match.group(), rules) for match in cells]
        if {"problem", "measure"} <= set(heads) and None not in heads:
            columns = [head if head != "other" else None for head in heads]
        elif columns and len(cells) == len(columns):
            for kind, cell in zip(columns, cells, strict=True):
                if kind is not None:
                    yield _Piece(kind, position + cell.start(), position + cell.end())
        elif cells and not set(line) <= set("|-: "):
            columns = []
        position += len(line) + 1


def _head(cell: str, rules: Patterns) -> str | None:
    for kind in ("problem", "measure", "other"):
        if rules.one[f"{kind}_head"].match(cell):
            return kind
    return None


def _kind(text: str, rules: Patterns) -> str | None:
    """What the words of a heading or a lead-in announce; None where they announce both or neither."""
    measure = rules.one["measure"].search(text)
    problem = rules.one["problem"].search(text)
    if measure and problem:
        # 针对存在的问题，… announces measures; 问题及改进情况 announces both
        return "measure" if rules.one["answers"].search(text) else None
    return "measure" if measure else "problem" if problem else None


def _kind_of_prose(said: str, kind: str, rules: Patterns) -> str:
    """The kind of a sentence that stands for itself: it goes on as before unless it opens the other kind."""
    if rules.one["mended"].match(said) or rules.one["opens_measures"].match(said):
        return "measure"
    if rules.one["opens_problems"].match(said):
        return "problem"
    found = _kind(said.split(",", 1)[0], rules)
    return "measure" if found == "measure" else kind


def _trimmed(text: str, piece: _Piece, rules: Patterns) -> tuple[int, int]:
    """The span without enumerators, labels and marks at its ends."""
    start, end = piece.start, piece.end
    for name in ("opening", "answered", "opening"):
        start = _after(text, start, end)
        opening = rules.one[name].match(text[start:end])
        start += opening.end() if opening is not None and opening.end() < end - start else 0
    start = _after(text, start, end)
    while end > start and text[end - 1] in _END:
        end -= 1
    return start, end


def _after(text: str, start: int, end: int) -> int:
    """The first place that holds no mark."""
    while start < end and text[start] in _OPENING_MARKS:
        start += 1
    return start
