"""Word documents (docx, docm, dotx) → Document, by reading the XML itself.

What comes out is what is printed once all changes are accepted, without headers, footers and notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from govinfo.errors import UnreadableFileError
from govinfo.place import Place
from govinfo.readers.archive import (
    Archive,
    Relation,
    broken,
    open_archive,
    package_title,
    read_member,
    read_xml,
    relations,
)
from govinfo.readers.caps import MAX_CELLS, too_many_cells
from govinfo.readers.document import Cell, Document
from govinfo.readers.kinds import kind_of
from govinfo.readers.plain.marked_text import read_marked_text
from govinfo.readers.plain.pasted import unpasted
from govinfo.readers.plain.text import read_text
from govinfo.readers.web.html import read_html
from govinfo.readers.web.mht import read_mht
from govinfo.readers.word.grid import Row, is_nested, read_grid
from govinfo.readers.word.lists import Lists, read_lists, style_name
from govinfo.readers.word.looks import W
from govinfo.readers.word.runs import (
    ALTERNATIVES,
    PARAGRAPH,
    TABLE,
    WRAPPERS,
    Marks,
    Paragraph,
    chosen,
    look_over,
    read_paragraph,
)
from govinfo.text import strip_enumerator

# A picture or object that stands in the text like a letter, and the letter that stands for it.
_SET_IN = (
    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline",
    "{urn:schemas-microsoft-com:vml}imagedata",
    f"{W}object",
)
_PICTURE = "\ufffc"
_CHUNK, _TEXT = f"{W}altChunk", f"{W}t"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_USES = (f"{W}pStyle", f"{W}rStyle", f"{W}numPr")
_CONTENTS = "table of contents"
_MAX_CHUNKS = 20
_CHUNK_READERS = {"html": read_html, "mht": read_mht, "txt": read_text, "marked_txt": read_marked_text}
# A cell with so much text in so many paragraphs is a part of the page, not of a table.
_FLOW_PARAGRAPHS = 3
_FLOW_LENGTH = 300


@dataclass
class _State:
    """What was read so far, and what reading on needs."""

    source: str
    archive: Archive
    part: str
    lists: Lists
    marks: Marks
    cells: list[Cell] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    rows: int = 0
    chunks: int = 0
    targets: dict[str, Relation] | None = None


def read_docx(data: bytes, source: str, format: str = "docx") -> Document:
    """The document in the bytes of a Word file.

    Raises
    ------
    UnreadableFileError
        `unreadable` where it is damaged or no Word document, `encrypted`, `too_large` beyond the caps of
        `archive` or `MAX_CELLS`, `empty` where nothing is printed in it.
    """
    archive = open_archive(data, source)
    state = _open(archive, source, 0)
    if not any(cell.text for cell in state.cells):
        raise UnreadableFileError(
            "empty",
            f"{source}\n  found     a document without text\n  expected  the text of a report\n"
            "  to do     look at the original: its pages may be pictures",
        )
    cells = state.cells if state.tables else unpasted(state.cells, source)
    return Document(source, format, tuple(cells), package_title(archive))


def _open(archive: Archive, source: str, chunks: int) -> _State:
    """The state after the whole body was read; `chunks` inserted documents were read before."""
    targets = [item.target for item in relations(archive, "").values() if item.kind == "officeDocument"]
    part = next((name for name in (*targets, "word/document.xml") if name.lower() in archive.members), None)
    root = None if part is None else read_xml(archive, part)
    body = None if root is None else root.find(f"{W}body")
    if part is None or root is None or body is None:
        raise broken(source, "a package without the text of a Word document")
    lists = _lists(archive, part, root)
    state = _State(source, archive, part, lists, look_over(root, lists), chunks=chunks)
    _flow(body, state, None)
    return state


def _lists(archive: Archive, part: str, root: etree._Element) -> Lists:
    """The lists and styles beside the text; only what it uses is opened."""
    if next(root.iter(*_USES), None) is None:
        return read_lists(None, None)
    beside = {item.kind: item.target for item in relations(archive, part).values() if not item.external}
    styles, numbering = (
        read_xml(archive, beside[kind]) if kind in beside else None for kind in ("styles", "numbering")
    )
    return read_lists(styles, numbering)


def _blocks(item: etree._Element, state: _State) -> Iterator[etree._Element]:
    """The paragraphs, tables and inserted documents in `item`, whatever wraps them, in reading order."""
    for child in item:
        tag = child.tag
        if tag in (PARAGRAPH, TABLE, _CHUNK):
            yield child
        elif tag in WRAPPERS:
            if not _is_contents(child):
                yield from _blocks(child, state)
        elif tag == ALTERNATIVES:
            for branch in chosen(child):
                yield from _blocks(branch, state)


def _is_contents(item: etree._Element) -> bool:
    """Whether `item` is a table of contents that Word made: it only repeats the headings."""
    gallery = item.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and (gallery.get(f"{W}val") or "").lower() == _CONTENTS


def _flow(item: etree._Element, state: _State, place: Place | None) -> None:
    """Read `item` as text that runs on; `place` is the cell around it, None on the open page."""
    before: Paragraph | None = None
    for block in _blocks(item, state):
        if block.tag == PARAGRAPH:
            before = _joined(before, read_paragraph(block, state.marks, state.lists))
            if before.goes_on and not before.boxes:
                continue
            _add_paragraph(before, state, place)
        else:
            if before is not None and before.goes_on:
                _add_paragraph(before, state, place)
            if block.tag == TABLE:
                _table(block, state)
            else:
                _chunk(block, state)
        before = None
    if before is not None:
        _add_paragraph(before, state, place)


def _joined(before: Paragraph | None, here: Paragraph) -> Paragraph:
    """The paragraph that goes on from `before`, whose end was deleted."""
    if before is None:
        return here
    number, gap = (before.number, before.gap) if before.text else (here.number, here.gap)
    return Paragraph(before.text + here.text, before.boxes + here.boxes, here.goes_on, number, gap, here.style)


def _add_paragraph(paragraph: Paragraph, state: _State, place: Place | None) -> None:
    """Its lines as cells, then what stands in its text boxes."""
    text = paragraph.printed
    if len(state.cells) > MAX_CELLS:
        raise too_many_cells(state.source)
    if text and not _is_entry(paragraph, state):
        state.paragraphs += 1
        here = place or Place(state.source, row=state.paragraphs)
        for line in text.split("\n"):
            _add_line(line, here, state)
    for box in paragraph.boxes:
        if isinstance(box, str):
            state.cells.append(Cell(box.strip(), place or Place(state.source, row=max(state.paragraphs, 1))))
        else:
            _flow(box, state, place)


def _is_entry(paragraph: Paragraph, state: _State) -> bool:
    """Whether the paragraph is an entry of a table of contents: its style, a tab and the page's number."""
    if "\t" not in paragraph.text or not paragraph.text.rpartition("\t")[2].strip().isdecimal():
        return False
    return style_name(state.lists, paragraph.style).startswith("toc ")


def _add_line(line: str, place: Place, state: _State) -> None:
    """A line of text; where tabs part it into several pieces, a row of cells."""
    pieces = [piece.strip() for piece in line.split("\t")]
    if len(pieces) > 1 and pieces[0] and not strip_enumerator(pieces[0]):
        # the tab between a heading's number and its words
        pieces[:2] = [pieces[0] + pieces[1]]
    if sum(1 for piece in pieces if piece) < 2:
        text = "".join(pieces)
        if text:
            state.cells.append(Cell(text, place))
        return
    state.cells.extend(Cell(piece, place, state.rows, column) for column, piece in enumerate(pieces))
    state.rows += 1


def _table(item: etree._Element, state: _State) -> None:
    state.tables += 1
    number = state.tables
    rows = read_grid(item)
    if sum(slot.span for row in rows for slot in row) + len(state.cells) > MAX_CELLS:
        raise too_many_cells(state.source)
    alone = all(sum(1 for slot in row if slot.cell is not None) <= 1 for row in rows)
    for at, row in enumerate(rows, start=1):
        _add_row(row, number, at, alone, state)


def _add_row(row: Row, table: int, at: int, alone: bool, state: _State) -> None:
    """A row of a table; a row that only parts the page, and all of a table that is one column, runs on as text."""
    flows = alone or any(slot.cell is not None and _runs_on(slot.cell, state) for slot in row)
    for slot in row:
        place = Place(state.source, table=table, row=at, cell=slot.column + 1)
        if flows:
            if slot.cell is not None:
                _flow(slot.cell, state, place)
            continue
        first = slot.column
        if slot.cell is not None:
            state.cells.append(Cell(_cell_text(slot.cell, state), place, state.rows, first))
            first += 1
        for column in range(first, slot.column + slot.span):
            covered = Place(state.source, table=table, row=at, cell=column + 1)
            state.cells.append(Cell("", covered, state.rows, column, covered=True))
    if not flows:
        state.rows += 1


def _runs_on(cell: etree._Element, state: _State) -> bool:
    """Whether the cell is a part of the page: it holds a table of several cells, or long text in paragraphs."""
    if cell in state.marks.holders and is_nested(cell):
        return True
    if len(cell) < _FLOW_PARAGRAPHS:
        return False
    lengths = [sum(len(piece.text or "") for piece in item.iter(_TEXT)) for item in cell.iterchildren(PARAGRAPH)]
    return sum(1 for length in lengths if length) >= _FLOW_PARAGRAPHS and sum(lengths) >= _FLOW_LENGTH


def _cell_text(item: etree._Element, state: _State) -> str:
    """The text of a table's cell, a line for each of its lines; text boxes and a table of one cell included.

    What a tab parts are lines too, for 1 and 2 are not 12. A picture in a cell without text is no blank.
    """
    lines: list[str] = []
    before: Paragraph | None = None
    for block in _blocks(item, state):
        if block.tag != PARAGRAPH:
            if block.tag == TABLE:
                state.tables += 1
                lines += [_cell_text(cell, state) for cell in block.iter(f"{W}tc")]
            continue
        here = read_paragraph(block, state.marks, state.lists)
        before = here if before is None else _joined(before, here)
        if not before.goes_on:
            if before.text or before.boxes or before.number:
                lines += _lines(before, state)
            before = None
    if before is not None:
        lines += _lines(before, state)
    lines = [piece.strip() for line in lines for piece in line.split("\t")]
    text = "\n".join([line for line in lines if line])
    return text or (_PICTURE if next(item.iter(*_SET_IN), None) is not None else "")


def _lines(paragraph: Paragraph, state: _State) -> list[str]:
    boxes = [box.strip() if isinstance(box, str) else _cell_text(box, state) for box in paragraph.boxes]
    return [paragraph.printed.strip(), *boxes]


def _chunk(item: etree._Element, state: _State) -> None:
    """A document inserted as a file of its own: another Word file, a web page or text. Others are left out."""
    if state.targets is None:
        state.targets = relations(state.archive, state.part)
    found = state.targets.get(item.get(_RELATION) or "")
    state.chunks += 1
    if found is None or found.external or state.chunks > _MAX_CHUNKS:
        return
    data = read_member(state.archive, found.target)
    try:
        _add_chunk(data or b"", found.target, state)
    except UnreadableFileError as error:
        # one damaged piece does not make the rest unreadable; what it held is missing, and found missing
        if error.reason == "too_large":
            raise


def _add_chunk(data: bytes, name: str, state: _State) -> None:
    kind = kind_of(data, name)
    if kind == "docx":
        # what is unpacked counts for the whole file, however deep documents are inserted in one another
        archive = replace(open_archive(data, state.source), left=state.archive.left)
        # and each document counts for several, so that no more than four stand in one another
        inner = _open(archive, state.source, state.chunks + _MAX_CHUNKS // 4)
        _take_over(inner.cells, inner.tables, inner.paragraphs, state)
    elif kind in _CHUNK_READERS:
        reader = _CHUNK_READERS[kind]
        cells = list(reader(data, state.source).cells)
        tables = max((cell.place.table or 0 for cell in cells), default=0)
        _take_over(cells, tables, sum(1 for cell in cells if cell.row is None), state)


def _take_over(cells: Sequence[Cell], tables: int, paragraphs: int, state: _State) -> None:
    """The cells of an inserted document as if they stood here."""
    rows = 1 + max((cell.row for cell in cells if cell.row is not None), default=-1)
    for cell in cells:
        table = None if cell.place.table is None else cell.place.table + state.tables
        row = cell.place.row if table is not None else (cell.place.row or cell.place.line or 1) + state.paragraphs
        place = replace(cell.place, line=None, table=table, row=row)
        state.cells.append(replace(cell, place=place, row=None if cell.row is None else cell.row + state.rows))
    state.rows += rows
    state.tables += tables
    state.paragraphs += paragraphs
