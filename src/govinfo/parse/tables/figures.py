"""What a cell of the form says: a number, nothing, a mark for none, or no figure at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from govinfo.definitions.form import Column
from govinfo.definitions.reading import reading
from govinfo.text import fold_width, han_count, simplify, squeeze

_NUMBER = re.compile(r"^([+\-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?$")
_BREAK = re.compile(r"(?<=[\d.,])(?:\s*\n\s*|\s{2,})(?=[\d.,+\-])")
# superscripts, circled and other digits that count no things
_NOTE = re.compile("[\u00b2\u00b3\u00b9\u2070-\u209c\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289]")
_MAX_DIGITS = 12
_SHORT_MARK = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell says.

    `status` is `read` (a number, in `value`), `blank`, `not_applicable` or `unreadable`; `detail` says why
    a cell is unreadable. `value` is an int for counts and changes, a Decimal in 万元 for amounts.
    """

    status: str
    value: int | Decimal | None = None
    detail: str | None = None


BLANK = Figure("blank")


@lru_cache(maxsize=65536)
def is_figure(text: str) -> bool:
    """Whether `text` can stand in a figure's cell: a number with or without a unit, a word for zero, a mark."""
    folded = _folded(text)
    if not folded:
        return False
    return _split(folded) is not None or folded in reading().marks


def _folded(text: str) -> str:
    """`text` width-folded and without spaces, but with a bar where two figures must not become one.

    They do not where a line break or a gap parts them, nor where one is the mark of a note (3①, 3²).
    """
    if text.isdecimal() and text.isascii():
        return text
    folded = fold_width(_NOTE.sub("|", text)).strip()
    return simplify(squeeze(_BREAK.sub("|", folded)))


def is_page_mark(text: str) -> bool:
    """Whether `text` is what conversion prints between pages; it is neither a label nor a figure."""
    return _is_short_mark(text) if len(text) <= _SHORT_MARK else _is_mark(text)


def _is_mark(text: str) -> bool:
    return reading().page_mark.match(fold_width(text)) is not None


# the texts of cells come again and again, those of paragraphs do not
_is_short_mark = lru_cache(maxsize=65536)(_is_mark)


@lru_cache(maxsize=4096)
def head_unit(text: str) -> str | None:
    """The unit of money that a column's printed head names: one of the keys of the amounts table, or None."""
    folded = simplify(squeeze(fold_width(text)))
    if any(unit in folded for unit in reading().other_money):
        return None
    return next((unit for unit in reading().money if unit in folded), None)


def parse_figure(text: str, column: Column, unit: str | None = None) -> Figure:
    """What the cell `text` says in `column`.

    Parameters
    ----------
    text : the cell as printed.
    column : its `number` is `count` (whole, not below 0), `change` (whole) or `amount` (money in 万元).
    unit : for an amount, the unit of money that its printed head names, None where it names none.

    Returns
    -------
    Figure
        A count in pieces, a change in pieces, or an amount in 万元; a unit printed in the cell goes before
        the head's. An amount other than 0 whose unit stands nowhere is `unreadable` (`no unit`).
    """
    return _parsed(text, column.number, unit)


@lru_cache(maxsize=65536)
def _parsed(text: str, kind: str, unit: str | None) -> Figure:
    folded = _folded(text)
    if not folded:
        return BLANK
    if folded in reading().marks:
        return Figure("not_applicable")
    parts = _split(folded)
    if parts is None:
        return Figure("unreadable", detail="words")
    sign, number, own_unit = parts
    if len(number.as_tuple().digits) > _MAX_DIGITS:
        return Figure("unreadable", detail="too long")
    value = -number if sign == "-" else number
    if kind == "amount":
        return _amount(value, own_unit, unit)
    return _count(value, sign, own_unit, kind)


def _count(value: Decimal, sign: str, own_unit: str, kind: str) -> Figure:
    if own_unit and own_unit not in reading().counters:
        return Figure("unreadable", detail="wrong unit")
    if value != value.to_integral_value():
        return Figure("unreadable", detail="fraction")
    if kind == "count" and (value < 0 or sign == "-"):
        return Figure("unreadable", detail="negative")
    return Figure("read", int(value))


def _amount(value: Decimal, own_unit: str, head: str | None) -> Figure:
    unit = own_unit or head
    if value < 0:
        return Figure("unreadable", detail="negative")
    if unit is None:
        # nothing is nothing in any unit
        return Figure("read", Decimal(0)) if value == 0 else Figure("unreadable", detail="no unit")
    factor = reading().money.get(unit)
    if factor is None:
        return Figure("unreadable", detail="wrong unit")
    return Figure("read", value * factor)


@lru_cache(maxsize=65536)
def _split(folded: str) -> tuple[str, Decimal, str] | None:
    """Sign, number and unit of a width-folded, squeezed text; None where it is no figure."""
    words = reading()
    if folded in words.zeros:
        return "", Decimal(0), ""
    unit = next((unit for unit in words.units if folded.endswith(unit) and folded != unit), "")
    body = folded.removesuffix(unit).translate(words.minus)
    match = _NUMBER.match(body)
    if match is None:
        value = han_count(body)
        return None if value is None else ("", Decimal(value), unit)
    sign, whole, fraction = match.groups()
    digits = whole.replace(",", "")
    if len(digits) > 1 and digits.startswith("0"):
        # 00 or 012 are cells run together, not a number
        return None
    return sign, Decimal(digits + (fraction or "")), unit
