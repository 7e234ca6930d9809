"""Official labels of codes, as the report's own form prints them."""

from __future__ import annotations

from functools import lru_cache

from govinfo.definitions.form import Block, forms
from govinfo.text import strip_enumerator


@lru_cache(maxsize=1)
def _labels() -> dict[tuple[str, str, str, str], tuple[str, str]]:
    """(form, table, line, column) to the labels of line and column; a group is the line of its columns."""
    return {
        (form.code, table.name, line, column): labels
        for form in forms()
        for table in form.tables
        for block in table.blocks
        for line, column, labels in _block_labels(block)
    }


def _block_labels(block: Block) -> list[tuple[str, str, tuple[str, str]]]:
    found = []
    for line in block.lines:
        for column in block.columns:
            code = column.group or line.code
            label = column.captions[-1] if column.group and column.captions else line.label or line.code
            found.append((code, column.code, (label, column.label)))
    return found


def figure_labels(form: str, table: str, line: str, column: str) -> tuple[str, str]:
    """The printed labels of a figure's line and column, enumerators left out; codes where the form has none.

    `line` and `column` are the codes of the data contract: item and measure, line and applicant,
    channel and result.
    """
    left, top = _labels().get((form, table, line, column), (line, column))
    return strip_enumerator(left), strip_enumerator(top)
