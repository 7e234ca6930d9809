"""What a cell of a sheet shows: its number by its number format.

The stored number is given whole, not rounded as on screen: what was typed is the figure. Units are kept, percentages
and scaled numbers are given as they read; where a format would print digits of its own, number and format are both
given, which is no figure. A number that the format hides is a blank, a 0 too: a blank is never read as 0. A dash is how
the formats for accounts write the 0 that was entered, and stays 0.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Context, Decimal
from functools import lru_cache

# The sheet's own precision.
_DIGITS = Context(prec=15, traps=[])
_LARGEST_DATE = 2_958_466
_LARGEST_EXPONENT = 40
# the sheet's own limit
_LONGEST_CODE = 255
_SECTION = re.compile(r'(?:"[^"]*"?|\\.|!.|_.|\*.|\[[^\]]*\]|[^;])*', re.DOTALL)
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|[_*].|\[\$(?P<money>[^\]\-]*)[^\]]*\]|\[(?P<elapsed>h+|m+|s+)\]'
    r"|\[[^\]]*\]|(?P<general>General|G/[^\x00-\x7f]{2,4})|(?P<ampm>AM/PM|A/P)|(?P<scientific>E[+\-]0+)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_BUILT_IN: Mapping[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 41: "#,##0", 43: "#,##0.00", 49: "@",
    18: "h:mm", 19: "h:mm", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-m-d h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss",
    32: "h:mm", 33: "h:mm:ss", 34: "h:mm", 35: "h:mm:ss", 55: "h:mm", 56: "h:mm:ss",
}  # fmt: skip
# a dash between digits, which makes 12 read 1-2
_PARTED = re.compile(r"[0#?][^0#?]*-[^0#?]*[0#?]")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)\s*\]")
_COMPARE: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_DASHES = frozenset("-\u2010\u2013\u2014\uff0d")
_BUILT_IN_DATES = frozenset({14, 15, 16, 17, *range(27, 32), 36, *range(50, 55), 57, 58})


@dataclass(frozen=True, slots=True)
class _Section:
    """A part of a format.

    `kind` is `number`, `date`, `time`, `nothing` (prints none), `words` (prints `words` instead of the number) or `odd`
    (prints digits of its own). `bare`: it prints `words` and no digit for 0. `condition` says of which numbers the part
    is, None where its position says so.
    """

    kind: str
    before: str = ""
    after: str = ""
    words: str = ""
    percents: int = 0
    thousands: int = 0
    bare: bool = False
    condition: tuple[str, Decimal] | None = None


def format_code(number: int, own: Mapping[int, str]) -> str:
    """The format with that number: the workbook's own, else the built-in one."""
    if number in own:
        return own[number]
    return "yyyy-m-d" if number in _BUILT_IN_DATES else _BUILT_IN.get(number, "General")


def shown(raw: str, code: str, from_1904: bool = False) -> str:
    """The number stored as `raw` under the format `code`, as text.

    Parameters
    ----------
    raw : as the file stores it, with noise behind the 15th digit and exponents.
    code : the format as the workbook spells it.
    from_1904 : the workbook counts its days from 1904.
    """
    value = _DIGITS.create_decimal(raw.strip())
    if not value.is_finite() or (abs(value.adjusted()) > _LARGEST_EXPONENT and value):
        return raw
    if len(code) > _LONGEST_CODE:
        return f"{plain(value)} [{code[:_LONGEST_CODE]}]"
    section = _choose(_sections(code), value)
    if section is not None and section.kind == "nothing":
        return ""
    if section is None or section.kind == "odd" or (section.kind == "words" and value != 0):
        return f"{plain(value)} [{code}]"
    if section.kind == "words" or (section.bare and value == 0):
        return _zero(section.words, code)
    if section.kind in ("date", "time"):
        return _moment(value, section.kind, from_1904)
    value = _DIGITS.multiply(value, Decimal(100) ** section.percents)
    value = _DIGITS.divide(value, Decimal(1000) ** section.thousands)
    before, after = section.before, section.after
    if value < 0 and before.endswith("(") and after.startswith(")"):
        # as accounts write what is below 0, here with its sign
        before, after = before[:-1], after[1:]
    return before + plain(value) + after


def plain(value: Decimal) -> str:
    """`value` without exponent and without zeros behind its last digit."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[_Section, ...]:
    """The parts of a format: for numbers above 0, below 0, and 0; the fourth is for text."""
    parts: list[str] = []
    position = 0
    while position <= len(code) and len(parts) < 4:
        match = _SECTION.match(code, position)
        end = position if match is None else match.end()
        parts.append(code[position:end])
        position = end + 1
    if len(parts) > 1 and "@" in parts[-1]:
        # a last part with this mark is for text
        parts.pop()
    return tuple(_with_condition(part) for part in parts[:3]) if code.strip() else (_Section("number"),)


def _with_condition(part: str) -> _Section:
    condition = _CONDITION.search(part)
    section = _section(part)
    if condition is None:
        return section
    return replace(section, condition=(condition.group(1), Decimal(condition.group(2))))


def _choose(sections: tuple[_Section, ...], value: Decimal) -> _Section | None:
    """The part that shows `value`; None where none does, and the sheet shows only that there is a number."""
    for at, section in enumerate(sections):
        if section.condition is not None:
            chosen = _COMPARE[section.condition[0]](value, section.condition[1])
        elif at == len(sections) - 1:
            chosen = True
        elif at == 0:
            chosen = value > 0 or (value == 0 and len(sections) == 2)
        else:
            chosen = value < 0
        if chosen:
            return section
    return None


def _zero(words: str, code: str) -> str:
    """What stands for 0 where a format prints `words` instead of a digit."""
    if any(char.isnumeric() and unicodedata.numeric(char) != 0 for char in words):
        # it would read as another number
        return f"0 [{code}]"
    return "0" if words and set(words) <= _DASHES else words


def _section(part: str) -> _Section:
    """What one part of a format does to its number."""
    before, after, digits, tokens = "", "", False, ""
    percents = 0
    elapsed = odd = general = False
    for match in _TOKEN.finditer(part):
        said = match.groupdict()
        literal = said["quoted"] or said["escaped"] or said["money"] or ""
        other = said["other"] or ""
        elapsed = elapsed or bool(said["elapsed"])
        percents += other == "%"
        if other and (other in "%$" or not other.isascii()):
            literal = other
        digits = digits or (other != "" and other in "0#?")
        tokens += other.lower() if not literal else ""
        general = general or bool(said["general"])
        digits = digits or general
        odd = odd or any(char.isdigit() or char in ".,+-" for char in literal.strip(" -"))
        odd = odd or (bool(said["escaped"]) and digits and literal in ".,")
        before, after = (before, after + literal) if digits else (before + literal, after)
    if not digits and (elapsed or any(char in "ymdhsge" for char in tokens)):
        return _Section("date" if any(char in "ydge" for char in tokens) else "time")
    if "@" in tokens:
        return _Section("number")
    if not digits:
        # words alone stand for the number: it is hidden behind them, unless nothing is printed at all
        return _Section("words" if before.strip() else "nothing", words=before.strip())
    if odd or _PARTED.search(tokens):
        return _Section("odd")
    scale = re.search(r"[0#?](,+)(?=$|[^0#?,.])", tokens)
    return _Section(
        "number",
        before.strip(" -"),
        after.strip(),
        (before + after).strip(),
        percents,
        len(scale.group(1)) if scale else 0,
        bare=not general and "0" not in tokens and "/" not in tokens,
    )


def _moment(value: Decimal, kind: str, from_1904: bool) -> str:
    """A day or a time as 2023-01-05, 2023-01-05 10:30 or 10:30:00."""
    if not 0 <= value < _LARGEST_DATE:
        return f"{plain(value)} [{kind}]"
    first = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
    if not from_1904 and value < 60:
        # the sheet believes in a 29 February 1900
        first = datetime(1899, 12, 31)
    when = first + timedelta(seconds=round(float(value) * 86_400))
    time = f"{when:%H:%M:%S}" if when.second else f"{when:%H:%M}"
    if kind == "time":
        days = int(value)
        return f"{days * 24 + when.hour}:{when:%M:%S}" if days else f"{when:%H:%M:%S}"
    return f"{when:%Y-%m-%d}" + (f" {time}" if (when.hour, when.minute, when.second) != (0, 0, 0) else "")
