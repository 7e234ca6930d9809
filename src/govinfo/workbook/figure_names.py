"""How the main figures are called on sheets: name, unit, and which forms count them alike."""

from __future__ import annotations

from govinfo.definitions.labels import figure_labels
from govinfo.definitions.wording import say, words
from govinfo.questions.comparison.main_figures import MainFigure, forms_with
from govinfo.tables import LISTED

_SECTION = "sheet_years"
_MONEY = ("CNY_10k",)
# Amounts are read from decimals: sums and differences of them are rounded to what a report can print.
AMOUNT_DECIMALS = 6


def figure_name(figure: MainFigure) -> str:
    """The figure's name; one that the wording has none for is called as its form prints it."""
    own = words(_SECTION).get(f"figure_{figure.table}_{figure.line}_{figure.column}")
    if own is not None:
        return own
    form = forms_with(figure)[0]
    line, column = figure_labels(form.code, figure.table, figure.line, figure.column)
    return line if figure.table == LISTED else say(_SECTION, "colon", line=line, column=column)


def figure_unit(figure: MainFigure) -> str:
    """The unit, in Chinese."""
    return words("codes").get(f"unit_{figure.unit}", figure.unit)


def figure_scope(figure: MainFigure) -> str:
    """Which forms have the figure: all that count it alike, or its own."""
    own = forms_with(figure)
    if len(own) > 1:
        return say(_SECTION, "scope_all")
    return words("codes").get(f"form_{own[0].code}", own[0].title)


def is_amount(figure: MainFigure) -> bool:
    """Whether the figure is money, which has decimals."""
    return figure.unit in _MONEY
