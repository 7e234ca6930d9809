"""Word and Excel files made for tests: the sheet of paper with its merged cells, and packages written by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from random import Random

import docx
import openpyxl
from docx.table import Table

from govinfo.definitions.form import Form, forms
from govinfo.definitions.sheet import SheetRow, sheet, spans
from govinfo.definitions.wording import say
from govinfo.parse.report import Report, parse_report
from govinfo.readers.document import Document

WORDS = "<w:r><w:t>{}</w:t></w:r>"
FORMS = {form.code: form for form in forms()}
Texts = Mapping[str, Mapping[tuple[str, str], str]]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def distinct_texts(form: Form, seed: int = 7, odd: float = 0.0) -> dict[str, dict[tuple[str, str], str]]:
    """A different number in every cell of the form; `odd` is the share of cells that are blank or hold a mark."""
    random = Random(seed)
    names = [
        (table.name, line.code, column.key)
        for table in form.tables
        for block in table.blocks
        for line in block.lines
        for column in block.columns
    ]
    numbers = random.sample(range(100, 9000), len(names))
    texts: dict[str, dict[tuple[str, str], str]] = {table.name: {} for table in form.tables}
    for (table, line, column), number in zip(names, numbers, strict=True):
        texts[table][line, column] = str(number) if random.random() >= odd else random.choice(["", "/"])
    return texts


def printed_parts(form: Form, texts: Texts) -> list[str | Sequence[SheetRow]]:
    """A report as paragraphs and tables, in order."""
    parts: list[str | Sequence[SheetRow]] = [
        say("demo", "title", township="测试镇", year=2022),
        say("demo", "overview", year=2022),
        say("demo", "overview_text"),
    ]
    for table in form.tables:
        parts += [table.title, sheet(table, texts[table.name])]
    return parts + [say("demo", key) for key in ("problems", "problems_text", "other", "other_text")]


def word_report(form: Form, texts: Texts) -> bytes:
    """The report as python-docx writes it."""
    document = docx.Document()
    for part in printed_parts(form, texts):
        if isinstance(part, str):
            for line in part.split("\n"):
                document.add_paragraph(line)
        else:
            fill(document.add_table(len(part), len(part[0].cells)), part)
            document.add_paragraph()
    return saved(document)


def fill(table: Table, rows: Sequence[SheetRow]) -> None:
    # asked for one by one, each cell would lay out the whole table anew
    cells = [row.cells for row in table.rows]
    for span in spans(rows):
        cell = cells[span.row][span.column]
        if span.rows > 1 or span.columns > 1:
            cell = cell.merge(cells[span.row + span.rows - 1][span.column + span.columns - 1])
        cell.text = span.text


def excel_report(form: Form, texts: Texts, numbers: bool = True, borders: bool = False) -> bytes:
    """The report on one sheet as openpyxl writes it; tables begin in column B."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "年报"
    thin = openpyxl.styles.Side(style="thin")
    row = 2
    for part in printed_parts(form, texts):
        if isinstance(part, str):
            for line in part.split("\n"):
                page.cell(row, 2, line)
                row += 1
            continue
        for span in spans(part):
            first, column = row + span.row, 2 + span.column
            cell = page.cell(first, column)
            cell.value = int(span.text) if numbers and span.text.isdecimal() else (span.text or None)
            if span.rows > 1 or span.columns > 1:
                page.merge_cells(
                    start_row=first,
                    end_row=first + span.rows - 1,
                    start_column=column,
                    end_column=column + span.columns - 1,
                )
            if borders:
                cell.border = openpyxl.styles.Border(thin, thin, thin, thin)
        row += len(part) + 1
    return saved(book)


def saved(document: docx.document.Document | openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def package(members: Mapping[str, str | bytes]) -> bytes:
    """A zip package of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return stream.getvalue()


def word(body: str, styles: str = "", numbering: str = "", **more: str | bytes) -> bytes:
    """A Word file with this XML as its body."""
    members: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{R}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="s" Type="{R}/styles" Target="styles.xml"/>'
        f'<Relationship Id="n" Type="{R}/numbering" Target="numbering.xml"/>'
        f'<Relationship Id="c" Type="{R}/aFChunk" Target="/word/inner.docx"/></Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMES}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMES}>{numbering}</w:numbering>",
    }
    return package({**members, **{name.replace("__", "/"): text for name, text in more.items()}})


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{WORDS.format(text)}</w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p>{WORDS.format(text)}</w:p></w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, grid: str = "") -> str:
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def changed(data: bytes, name: str, change: bytes | None) -> bytes:
    """The package with one member replaced, or left out where `change` is None."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {item: archive.read(item) for item in archive.namelist()}
    if change is None:
        del members[name]
    else:
        members[name] = change
    return package(members)


def report_of(document: Document) -> Report:
    return parse_report(document, forms())


def assert_whole(report: Report, form: Form, texts: Texts) -> None:
    """Every figure of the form is what was printed, with status and raw."""
    keys = {"disclosure": ("item", "measure"), "requests": ("line", "applicant"), "disputes": ("channel", "result")}
    checked = 0
    for table in form.tables:
        first, second = keys[table.name]
        found = {(row[first], row[second]): row for row in report.rows[table.name]}
        for block in table.blocks:
            for line in block.lines:
                for column in block.columns:
                    text = texts[table.name][line.code, column.key]
                    row = found[column.group or line.code, column.code]
                    checked += 1
                    if column.number == "amount" and form.code == "2019" and text not in ("", "/"):
                        # the national form of 2019 prints no unit beside this amount
                        assert (row["status"], row["value"], row["raw"]) == ("unreadable", None, text), row
                    elif text in ("", "/"):
                        status = "not_applicable" if text else "blank"
                        assert (row["status"], row["value"]) == (status, None), row
                    else:
                        assert row["status"] in ("read", "aligned"), row
                        assert (row["value"], row["raw"]) == (int(text), text), row
    assert checked == report.cells_expected == report.cells_found
    assert report.form is form
    assert (report.identity.township, report.identity.year) == ("测试镇", 2022)
    assert not report.rows["unknown_lines"]
