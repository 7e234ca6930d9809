"""A report as a document of cells with merged ones, as readers of pages and Word files give it."""

from __future__ import annotations

from govinfo.definitions.form import Form
from govinfo.definitions.sheet import Texts, sheet
from govinfo.place import Place
from govinfo.readers.document import Cell, Document

HEAD = "测试镇2022年政府信息公开工作年度报告\n\n一、总体情况\n\n本镇公开信息 35 条，收到申请 2 件。\n\n"


def merged_document(form: Form, texts: dict[str, Texts], keep_covered: bool) -> Document:
    """The form as a page with merged cells: covered positions said, or left out as careless exports do."""
    cells = [Cell(text, Place("a")) for text in HEAD.split("\n\n")]
    row = 0
    for number, table in enumerate(form.tables, 1):
        cells.append(Cell(table.title, Place("a")))
        for printed in sheet(table, texts[table.name]):
            shown = [cell for cell in printed.cells if keep_covered or not cell.merged]
            for column, cell in enumerate(shown):
                place = Place("a", table=number, row=row + 1, cell=column + 1)
                cells.append(Cell(cell.text, place, row, column, covered=bool(cell.merged)))
            row += 1
    return Document("a", "html", tuple(cells))
