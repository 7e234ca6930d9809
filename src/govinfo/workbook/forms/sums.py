"""The sums over the townships of a county: which figures, from how many of them, and as which formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from govinfo.checks.rollup import NO_SUM
from govinfo.definitions.wording import say, words
from govinfo.workbook.forms.chosen import County, FormReport
from govinfo.workbook.forms.grid import Grid, Key, grid_of
from govinfo.workbook.forms.marks import shown, status_word
from govinfo.workbook.forms.relations import whole

# The sheet with all townships side by side: its first row of figures counts from the head, and the first of the
# columns with a township.
FIRST_TOWNSHIP = 7
# Amounts are read from decimals: sums of them are rounded to what a report can print.
_DECIMALS = 6
_NAMED = 12


@dataclass(frozen=True)
class Sums:
    """The figures of a county's townships: for each of the form, what stands in each township's cell."""

    county: County
    grid: Grid
    cells: Mapping[Key, tuple[Any, ...]] = field(repr=False)

    @property
    def townships(self) -> int:
        """How many townships are added up."""
        return len(self.county.summed)


def sums_of(county: County, top: int) -> Sums:
    """The figures of the townships whose reports are added up, as their sheets show them."""
    grid = grid_of(county.form, top)
    cells = {key: tuple(shown(report.figures.get(key)) for report in county.summed) for key in grid.figures}
    return Sums(county, grid, cells)


def is_summed(key: Key) -> bool:
    """Whether adding up the figure over townships counts anything."""
    return key[2] not in NO_SUM


def sum_value(sums: Sums, key: Key) -> Any:
    """What the sum's formula gives: a number where every township has one, else a text that says how many have."""
    known = [value for value in sums.cells[key] if isinstance(value, int | float)]
    if not known:
        return words("forms")["nobody"]
    total = whole(round(sum(known), _DECIMALS))
    if len(known) == sums.townships:
        return total
    # spreadsheets write a number that becomes part of a text with 15 digits
    open_, close = words("forms")["partial_open"], words("forms")["partial_close"]
    return f"{total:.15g}{open_}{len(known)}/{sums.townships}{close}"


def sum_formula(sums: Sums, key: Key, sheet: str, row: int) -> str:
    """The formula of the sum over the row of the sheet with all townships (`sheet` as formulas write it).

    A sum over sheets (`'first:last'!C5`) would be shorter, but what it adds up changes with the order of the sheets,
    it cannot say which township has no figure, and no reader of the file but a spreadsheet can follow it.
    """
    first, last = (get_column_letter(FIRST_TOWNSHIP + number) for number in (0, sums.townships - 1))
    cells = f"{sheet}{first}{row}:{last}{row}"
    total = f"SUM({cells})" if sums.grid.numbers[key] != "amount" else f"ROUND(SUM({cells}),{_DECIMALS})"
    text = words("forms")
    known = f'{total}&"{text["partial_open"]}"&COUNT({cells})&"/"&COLUMNS({cells})&"{text["partial_close"]}"'
    return f'=IF(COUNT({cells})=COLUMNS({cells}),{total},IF(COUNT({cells})=0,"{text["nobody"]}",{known}))'


def lacking_text(sums: Sums, key: Key) -> str | None:
    """Which townships have no figure there, and why; None where all have one."""
    lacking = [
        say("forms", "partial_one", name=report.record["township"], status=_status(report, key))
        for report, value in zip(sums.county.summed, sums.cells[key], strict=True)
        if not isinstance(value, int | float)
    ]
    return say("forms", "partial_comment", names=joined(lacking)) if lacking else None


def joined(names: Sequence[str]) -> str:
    """The names in one text; of many the first, and how many there are."""
    text = say("forms", "join").join(names[:_NAMED])
    return text if len(names) <= _NAMED else say("forms", "more", names=text, n=len(names))


def _status(report: FormReport, key: Key) -> str:
    figure = report.figures.get(key)
    return status_word("missing" if figure is None else figure.status)
