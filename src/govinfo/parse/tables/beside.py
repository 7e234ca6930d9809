"""Tables with one column of figures in the form and several on the page: last year's beside this year's.

The figures of another year satisfy the form's equations too, so arithmetic tells nothing here; only the heads do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from govinfo.definitions.form import FormTable
from govinfo.parse.tables.figures import is_figure
from govinfo.parse.tables.labels import LabelIndex
from govinfo.parse.tables.laid import LaidLine
from govinfo.readers.document import Cell

# So many lines with one and the same number of figures, and most of all lines, show that the table has so many columns.
_LINES = 3


def figure_columns(table: FormTable, lines: Sequence[LaidLine]) -> int:
    """How many columns of figures a table has on the page for the one that it has in the form; else 1."""
    if any(len(block.columns) != 1 for block in table.blocks):
        return 1
    counts = Counter(len(line.printed) for line in lines if line.printed)
    if not counts:
        return 1
    count, seen = counts.most_common(1)[0]
    return count if count > 1 and seen >= _LINES and 2 * seen > counts.total() else 1


def own_column(cells: Sequence[Cell], start: int, index: LabelIndex, table: FormTable, count: int) -> int | None:
    """Which of `count` columns of figures is the form's, as the heads from `start` on tell; None where they do not.

    They do where as many heads as columns are printed, one of which is the form's.
    """
    heads: list[bool] = []
    for cell in cells[start:]:
        if not cell.text:
            continue
        labels = [label for label in index.find(cell.text) if label.table == table.name]
        if is_figure(cell.text) or any(label.kind in ("line", "caption") for label in labels):
            break
        heads.append(any(label.kind == "column" for label in labels))
        if len(heads) > count:
            return None
    return heads.index(True) if len(heads) == count and heads.count(True) == 1 else None
