"""A sentence cut into words, figures and marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from govinfo.definitions.mentions import MentionWords, mention_words
from govinfo.text import han_count

FIGURE, MARK, REST, QUOTE, PAUSE = "figure", "mark", "rest", "quote", "pause"
_OPENING = frozenset({MARK, QUOTE, "year", "this_year", "whole_year", "enumerator", "we"})
_AFTER_BODY = frozenset(
    {
        MARK,
        "this_year",
        "year",
        "whole_year",
        "disclose",
        "publish",
        "count",
        "tally",
        "receive",
        "by",
        "neither",
        "ever",
    }
)
_LARGEST = 10**9


@dataclass(frozen=True, slots=True)
class Amount:
    """What a figure says: its value (of one unit, multipliers worked in), its unit, and whether it is approximate."""

    value: Decimal
    unit: str
    approximate: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, figure or mark of a sentence; of other text the kind is REST."""

    kind: str
    text: str
    start: int
    end: int
    amount: Amount | None = None


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    said, shapes = words(), words().shapes
    more = shapes["more"]
    numeral = f"(?:{shapes['digits']}|{shapes['han']})"
    figure = f"{numeral}(?P<more>{more})?(?P<scale>{shapes['scale']})?(?P<more2>{more})?(?P<unit>{shapes['units']})?"
    named = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in said.patterns.items())
    marks = r"[，。；：！？()\n!?;]|(?<!\d)[,:]|[,:](?!\d)"
    return re.compile(
        f"(?P<word>{shapes['hotline']}|{said.spelt})|{named}|(?P<range>{shapes['range']})|(?P<figure>{figure})"
        rf"|(?P<mark>{marks})|(?P<pause>、)|(?P<quote>[“”\"《》‘’「」『』])"
    )


def pieces(text: str) -> list[Piece]:
    """The pieces of a sentence in order; together they are the whole text."""
    said = words()
    found: list[Piece] = []
    position = 0
    for match in _pattern().finditer(text):
        start, end = match.span()
        kind = match.lastgroup or REST
        amount = None
        if kind == "word":
            kind = said.kinds[match.group()]
        elif kind not in said.patterns and kind not in (MARK, PAUSE, QUOTE):
            kind, amount = _figure(match)
        if start > position:
            found.append(_rest(text, position, start))
        found.append(Piece(kind, match.group(), start, end, amount))
        position = end
    if position < len(text):
        found.append(_rest(text, position, len(text)))
    return _with_bodies(found)


def _with_bodies(found: list[Piece]) -> list[Piece]:
    """The pieces with the name of a township that opens a clause as such (清溪镇全年公开…, not 城乡建设信息)."""
    for i in range(1, len(found)):
        if found[i].kind != "place_end" or found[i - 1].kind != REST:
            continue
        opens = i == 1 or found[i - 2].kind in _OPENING
        if opens and (i + 1 == len(found) or found[i + 1].kind in _AFTER_BODY):
            found[i - 1] = replace(found[i - 1], kind="we")
    return found


def _rest(text: str, start: int, end: int) -> Piece:
    """Other text; signs alone say nothing."""
    return Piece(REST if any(map(str.isalnum, text[start:end])) else QUOTE, text[start:end], start, end)


def _figure(match: re.Match[str]) -> tuple[str, Amount | None]:
    """The amount of a matched figure; REST where it is a range, has no unit, or cannot be one number."""
    unit = match.group("unit")
    if match.group("range") or not unit:
        return REST, None
    value = _value(match)
    if value is None or value > _LARGEST:
        return REST, None
    more = bool(match.group("more") or match.group("more2"))
    if _is_bare(match.group("han")):
        # 百余条 and 近百条 are a hundred or so; 百条 alone is the end of another word
        if not more and match.string[match.start() - 1 : match.start()] not in words().bare_after:
            return REST, None
        more = True
    return FIGURE, Amount(value, unit, more)


def _is_bare(han: str | None) -> bool:
    return han is not None and han in words().bare


def _value(match: re.Match[str]) -> Decimal | None:
    digits, decimals, han = match.group("digits"), match.group("decimals"), match.group("han")
    scale = match.group("scale") or ""
    if han is not None:
        number = words().bare.get(han) or han_count(han)
        if number is None:
            return None
        return Decimal(number) * words().scales.get(scale, 1)
    plain = digits.replace(",", "").replace(" ", "")
    if (len(plain) > 1 and plain[0] == "0") or plain == words().shapes["no_count"]:
        return None
    value = Decimal(plain + (decimals or "")) * words().scales.get(scale, 1)
    whole = match.group("unit") in words().units["money"] | words().units["percent"]
    return value if whole or value == value.to_integral_value() else None


def kinds(found: Sequence[Piece]) -> frozenset[str]:
    """The kinds of pieces."""
    return frozenset(piece.kind for piece in found)


def group(name: str) -> frozenset[str]:
    """The kinds of a group of `mentions.yaml`."""
    return mention_words().groups[name]


def words() -> MentionWords:
    """What `mentions.yaml` says."""
    return mention_words()
