"""How the lines, columns and tables of a form are called, and where they stand in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from govinfo.definitions.form import Column, Form, FormTable, Line, forms
from govinfo.text import fold_width, strip_enumerator


@dataclass(frozen=True, slots=True)
class Spot:
    """A line or a column of a form's table.

    `label` is the printed label with the caption that it needs to be found; `plain` is the label alone, without
    enumerator; `short` is without bracketed notes too; `rank` is its place in the form; `width` is how many figures
    the printed line has (0 for a column).
    """

    label: str
    plain: str
    rank: int
    width: int = 0

    @property
    def short(self) -> str:
        """The label alone, without enumerator and bracketed notes."""
        return self.plain.split("(")[0]


@lru_cache(maxsize=8)
def _spots(known: tuple[Form, ...]) -> dict[tuple[str, str, str, str], Spot]:
    """(form, table, "line" or "column", code) to the spot; channels of table four are lines."""
    found: dict[tuple[str, str, str, str], Spot] = {}
    for form in known:
        for table in form.tables:
            for block in table.blocks:
                for line in block.lines:
                    spot = Spot(_line_label(line), _plain(line.label or line.code), len(found), len(block.columns))
                    found[form.code, table.name, "line", line.code] = spot
                # figures of a list are told apart by line and unit; they all stand in its one column
                for unit in {line.unit: None for line in block.lines if line.unit is not None}:
                    spot = Spot(_column_label(block.columns[0]), _plain(block.columns[0].label), len(found))
                    found.setdefault((form.code, table.name, "column", unit), spot)
                for column in block.columns:
                    if column.group is not None:
                        label = " ".join(column.captions)
                        group = Spot(label, _plain(column.captions[-1]), len(found), len(block.columns))
                        found.setdefault((form.code, table.name, "line", column.group), group)
                    spot = Spot(_column_label(column), _plain(column.label), len(found))
                    found.setdefault((form.code, table.name, "column", column.code), spot)
    return found


def line_spot(form: str, table: str, code: str) -> Spot:
    """The line (item, line or channel) with that code; the code itself where the form has no such line."""
    return _spots(forms()).get((form, table, "line", code), Spot(code, code, -1))


def column_spot(form: str, table: str, code: str) -> Spot:
    """The column (measure, applicant or result) with that code; the code itself where the form has none."""
    return _spots(forms()).get((form, table, "column", code), Spot(code, code, -1))


def figure_labels(form: str, table: str, line: str, column: str) -> tuple[str, str]:
    """The printed labels of a figure's line and column, enumerators left out; codes where the form has none.

    `line` and `column` are the codes of the data contract: item and measure, line and applicant, channel and result.
    """
    return line_spot(form, table, line).plain, column_spot(form, table, column).plain


def form_of(code: str) -> Form | None:
    """The form with that code, None for reports that follow none."""
    return next((form for form in forms() if form.code == code), None)


def has_groups(form: str, table: str) -> bool:
    """Whether the table is one printed line whose columns stand in groups, as table four is."""
    found = form_of(form)
    sheet = found.table(table) if found is not None else None
    return sheet is not None and any(column.group for block in sheet.blocks for column in block.columns)


def table_title(table: FormTable) -> str:
    """The table's title without its numeral."""
    return strip_enumerator(table.title)


def _line_label(line: Line) -> str:
    # the outermost caption groups nearly the whole table; only the nearer ones tell lines apart
    return " ".join((*line.captions[1:], line.label or line.code))


def _column_label(column: Column) -> str:
    captions = () if column.group is not None else column.captions[1:]
    return " ".join((*captions, column.label))


def _plain(label: str) -> str:
    return fold_width(strip_enumerator(label))
