"""Document + forms → Report: everything that one file says, as rows of the data contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any

from govinfo.definitions.form import Form
from govinfo.gazetteer import Gazetteer, gazetteer
from govinfo.parse.identify import identify_form
from govinfo.parse.identity.identity import Identity, read_identity
from govinfo.parse.identity.places import Given
from govinfo.parse.mentions.mentions import read_mentions
from govinfo.parse.prose.furniture import find_furniture, with_surroundings
from govinfo.parse.prose.genre import check_report
from govinfo.parse.prose.headings import Heading, find_headings, part_headings
from govinfo.parse.prose.sections import NarrativeSection, narrative
from govinfo.parse.prose.statements import Statement, read_statements
from govinfo.parse.tables.hidden import with_hidden
from govinfo.parse.tables.labels import label_index
from govinfo.parse.tables.laid import LaidTable
from govinfo.parse.tables.laying import lay_labels
from govinfo.parse.tables.misread import with_labels
from govinfo.parse.tables.placed import PlacedCell
from govinfo.parse.tables.placing import place_table
from govinfo.parse.tables.several import second_report
from govinfo.parse.tables.torn import mend_torn
from govinfo.parse.tables.unfold import unfold
from govinfo.parse.tables.vocabulary import vocabulary
from govinfo.readers.document import Cell, Document

Row = dict[str, Any]
_NOTHING = Given()


@dataclass(frozen=True)
class Report:
    """One report: who and when, and its rows for each table of the data contract but `reports`."""

    identity: Identity
    form: Form | None
    cells_expected: int
    cells_found: int
    rows: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """`complete`, `partial` or `narrative_only`, as the contract says."""
        if self.form is None:
            return "narrative_only"
        return "complete" if self.cells_found == self.cells_expected else "partial"


@dataclass(frozen=True)
class Layout:
    """A document cut up by one form: headings, tables, and which cells belong to tables."""

    form: Form | None
    headings: tuple[Heading, ...]
    tables: dict[str, LaidTable]
    in_tables: frozenset[int]


def parse_report(
    document: Document, forms: Sequence[Form], given: Given = _NOTHING, divisions: Gazetteer | None = None
) -> Report:
    """The report in `document`.

    Parameters
    ----------
    document : what a reader made of a file.
    forms : the generations of the form to look for.
    given : what the manifest says of place and year.
    divisions : the administrative divisions that there are; by default the packaged ones.

    Raises
    ------
    UnreadableFileError
        `not_a_report`, as `check_report` says.
    """
    divisions = divisions or gazetteer()
    known = vocabulary(tuple(forms))
    document = mend_torn(unfold(document, known), known)
    cells = part_headings(document.cells, known)
    document = replace(document, cells=cells)
    fitting = identify_form(cells, forms)
    end = second_report(cells, label_index(fitting[0])) if fitting else None
    others = () if end is None else cells[end:]
    if end is not None:
        document = replace(document, cells=cells[:end])
        cells = document.cells
        fitting = identify_form(cells, forms)
    layout = lay_out(cells, fitting[0] if fitting else None, forms)
    identity, aside = _identity(document, layout, given, divisions)
    if len(fitting) > 1 and identity.year is not None:
        covering = [form for form in fitting if form.covers(identity.year)]
        if covering and covering[0] is not layout.form:
            layout = lay_out(cells, covering[0], forms)
            identity, aside = _identity(document, layout, given, divisions)
    sections = narrative(cells, layout.headings, layout.in_tables | aside)
    check_report(document, identity.title, layout.headings, layout.tables, layout.in_tables)
    placed = [cell for table in _tables_of(layout) for cell in table]
    placed = with_hidden(placed, document.hidden, layout.form)
    rows = _figure_rows(placed)
    rows["narrative"] = [_section_row(section) for section in sections]
    rows["identity"] = [asdict(statement) for statement in identity.statements]
    rows["mentions"] = [asdict(mention) for mention in read_mentions(sections, identity.year, identity.level)]
    rows["problems"] = [_statement_row(statement) for statement in read_statements(sections)]
    rows["unknown_lines"] = _unknown_rows(layout) + _left_out(others, layout.form, forms)
    found = sum(1 for cell in placed if cell.status != "missing")
    return Report(identity, layout.form, len(placed), found, rows)


def lay_out(cells: Sequence[Cell], form: Form | None, forms: Sequence[Form]) -> Layout:
    """Where headings and lines of `form` stand in the cells; without a form the headings of any of `forms`."""
    headings = find_headings(cells, vocabulary(tuple(forms) if form is None else (form,)))
    if form is None:
        return Layout(None, headings, {}, frozenset())
    index = label_index(form)
    tables, used = lay_labels(with_labels(cells, index), index, frozenset(heading.position for heading in headings))
    return Layout(form, headings, dict(tables), used)


def _identity(
    document: Document, layout: Layout, given: Given, divisions: Gazetteer
) -> tuple[Identity, frozenset[int]]:
    """Who and when, and the positions of the title and of what a page prints around the report."""
    cells = document.cells
    headings = [heading.position for heading in layout.headings]
    first, last = (headings[0], headings[-1]) if headings else (None, None)
    narrative = sorted(frozenset(range(len(cells))) - layout.in_tables - set(headings))
    furniture = find_furniture(cells, narrative, first, last)
    around = furniture.known | furniture.around
    identity, title = read_identity(
        cells, first, narrative, around, document.title, path=document.source, given=given, known=divisions
    )
    furniture = with_surroundings(furniture, cells, narrative, title, first)
    return identity, title | furniture.known | furniture.around


def _tables_of(layout: Layout) -> list[list[PlacedCell]]:
    if layout.form is None:
        return []
    return [place_table(table, layout.tables.get(table.name)) for table in layout.form.tables]


def _figure_rows(placed: Sequence[PlacedCell]) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {}
    for cell in placed:
        row = _keys(cell)
        row["value"] = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
        row["raw"] = cell.raw
        row["status"] = cell.status
        row["status_detail"] = cell.detail
        row["locator"] = None if cell.place is None else str(cell.place)
        row["printed"] = cell.printed
        rows.setdefault(cell.table.name, []).append(row)
    return rows


def _keys(cell: PlacedCell) -> Row:
    """The columns of the contract that say which cell of the form this is."""
    block, line, column = cell.block, cell.line, cell.column
    if cell.table.name == "disclosure":
        return {"article": block.article, "item": line.code, "measure": column.code, "unit": column.unit}
    if cell.table.name == "requests":
        return {"line": line.code, "category": line.category, "reason": line.reason, "applicant": column.code}
    if cell.table.name == "disputes":
        return {"channel": column.group, "result": column.code}
    return {"line": line.code, "parent": cell.table.parent(line.code), "label": line.label, "unit": line.unit}


def _section_row(section: NarrativeSection) -> Row:
    return {
        "order": section.order,
        "section": section.number,
        "role": section.role,
        "heading": section.heading,
        "text": section.text,
    }


def _statement_row(statement: Statement) -> Row:
    return {
        "kind": statement.kind,
        "ordinal": statement.ordinal,
        "text": statement.text,
        "order": statement.order,
        "start": statement.start,
        "end": statement.end,
    }


def _unknown_rows(layout: Layout) -> list[Row]:
    return [
        {
            "table": name,
            "label": line.label,
            "printed": " | ".join(slot.text for slot in line.printed),
            "locator": str(line.place),
        }
        for name, table in layout.tables.items()
        for line in table.unknown
    ]


def _left_out(cells: Sequence[Cell], form: Form | None, forms: Sequence[Form]) -> list[Row]:
    """The first line of each table of other reports in the file, so that they are not left out in silence."""
    begins = next((cell for cell in cells if cell.text), None)
    if begins is None or form is None:
        return []
    found = [row | {"label": begins.text} for row in _first_lines(lay_out(cells, form, forms))]
    return found or [{"table": form.tables[0].name, "label": begins.text, "printed": "", "locator": str(begins.place)}]


def _first_lines(layout: Layout) -> list[Row]:
    return [
        {
            "table": name,
            "printed": " | ".join(slot.text for slot in table.lines[0].printed),
            "locator": str(table.lines[0].place),
        }
        for name, table in layout.tables.items()
        if table.lines
    ]
