"""The equations of the forms, evaluated over whole tables at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from govinfo.checks.findings import Row, Spoken, Subject, make, null_free, number_text
from govinfo.definitions.form import Equation, forms
from govinfo.definitions.labels import Spot, column_spot, line_spot
from govinfo.definitions.rules import Said, rule_book
from govinfo.tables import FIGURE_KEYS, Tables

# Sides of an equation with more terms than this are written without their zeros.
_SHORT = 4
# Amounts are read from decimals: what is nearer than this is the same amount.
_SAME = 1e-6


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One table of one form, for one of its equations: the equation's terms are the columns of `values`."""

    form: str
    table: str
    equation: Equation
    values: pd.DataFrame
    cells: pd.DataFrame


def equation_findings(tables: Tables, reports: Mapping[str, Subject]) -> Iterator[Row]:
    """One finding for each instance of a form's equation that its figures break.

    An instance (a column, a line, a group of one report) with a null figure says nothing: a blank is not 0.
    """
    for form in forms():
        ids = {subject.report_id for subject in reports.values() if subject.form == form.code}
        for table in form.tables:
            frame: pd.DataFrame = getattr(tables, table.name)
            cells = frame[frame["report_id"].isin(ids)]
            if cells.empty:
                continue
            for equation in table.equations:
                sheet = _sheet(form.code, table.name, equation, cells)
                yield from _broken(sheet, reports)


def _sheet(form: str, table: str, equation: Equation, cells: pd.DataFrame) -> _Sheet:
    """The cells with the equation's terms as columns and a row for each of its instances."""
    line, column = FIGURE_KEYS[table]
    each, term = (column, line) if equation.for_each == "column" else (line, column)
    wide = cells.pivot(index=["report_id", each], columns=term, values="value")
    values = wide.reindex(columns=[code for _, code in equation.terms]).astype("Float64")
    return _Sheet(form, table, equation, values, cells)


def _broken(sheet: _Sheet, reports: Mapping[str, Subject]) -> Iterator[Row]:
    left = [code for factor, code in sheet.equation.terms for _ in range(factor)]
    right = [code for factor, code in sheet.equation.terms for _ in range(-factor)]
    first = sheet.values[left].sum(axis=1, skipna=False)
    second = sheet.values[right].sum(axis=1, skipna=False)
    unequal = ((first - second).abs() > _SAME).fillna(False).to_numpy(dtype=bool)
    locators = _locators(sheet, left[0], unequal)
    alone = len(left) == 1
    broken = sheet.values[unequal]
    sums = zip(first[unequal], second[unequal], strict=True)
    for number, (total, parts) in enumerate(sums):
        report_id, each = place = broken.index[number]
        figures = broken.iloc[number]
        yield make(
            reports[report_id],
            sheet.equation.rule,
            "broken",
            _spoken(sheet, each, left[0] if alone else None, locators.get(place)),
            expected=parts if alone else total,
            found=total if alone else parts,
            left=_side(sheet, left, figures),
            right=_side(sheet, right, figures),
            difference=number_text(abs(total - parts)),
        )


def _locators(sheet: _Sheet, term: str, unequal: npt.NDArray[np.bool_]) -> dict[tuple[str, str], str | None]:
    """Where the term's cells stand, by report and instance, for the reports with an unequal instance."""
    line, column = FIGURE_KEYS[sheet.table]
    each, codes = (column, line) if sheet.equation.for_each == "column" else (line, column)
    ids = set(sheet.values.index[unequal].get_level_values("report_id"))
    cells = sheet.cells[(sheet.cells[codes] == term) & sheet.cells["report_id"].isin(ids)]
    keys = zip(cells["report_id"], cells[each], strict=True)
    return dict(zip(keys, map(null_free, cells["locator"]), strict=True))


def _spoken(sheet: _Sheet, each: str, summed: str | None, locator: str | None) -> Spoken:
    """The place of a broken instance; where one figure is the sum of others (`summed`), that one's cell."""
    if sheet.equation.for_each == "column":
        return Spoken(sheet.table, summed, each, locator)
    return Spoken(sheet.table, each, summed, locator)


def _side(sheet: _Sheet, codes: Sequence[str], figures: pd.Series[float]) -> Said:
    """One side of the equation with its figures, in Chinese by labels, in English by codes."""
    words = rule_book().formula
    spots = [_term(sheet, code) for code in codes]
    terms = [(spot, code, float(figures[code])) for spot, code in zip(spots, codes, strict=True)]
    shown = terms if len(terms) <= _SHORT else [term for term in terms if term[2] != 0]
    if not shown:
        return words["nothing"]
    left_out = len(shown) < len(terms)
    zh = words["plus"].zh.join(f"{spot.short}{number_text(value)}" for spot, _, value in shown)
    en = words["plus"].en.join(f"{code} {number_text(value)}" for _, code, value in shown)
    if left_out:
        zh, en = zh + words["rest"].zh, en + words["rest"].en
    if len(shown) > 1:
        total = number_text(sum(value for _, _, value in terms))
        zh, en = f"{zh}{words['equals'].zh}{total}", f"{en}{words['equals'].en}{total}"
    return Said(zh, en)


def _term(sheet: _Sheet, code: str) -> Spot:
    find = line_spot if sheet.equation.for_each == "column" else column_spot
    return find(sheet.form, sheet.table, code)
