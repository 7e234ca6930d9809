"""What the gazetteer says of a name, as a person reads it on the terminal, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from unicodedata import east_asian_width

from govinfo.definitions.wording import say, words
from govinfo.gazetteer import Division, Gazetteer, stood
from govinfo.gazetteer.near import near_names

_GAP = "  "


def places_text(known: Gazetteer, name: str, found: Sequence[Division]) -> str:
    """The divisions that a name stands for, one a line; without any, the names near it."""
    if found:
        lines = [say("places", "found", name=name, count=len(found)), *_table(found)]
    else:
        near = near_names(known, name)
        lines = [say("places", "none", name=name)]
        lines += [say("places", "near", names=say("places", "join").join(near))] if near else []
    return "\n".join(lines) + "\n"


def townships_of(known: Gazetteer, found: Iterable[Division], year: int) -> list[tuple[Division, tuple[Division, ...]]]:
    """Each county (or city without counties) among the divisions, with its townships as `listed` in that year."""
    held = []
    for one in found:
        if one.level in ("county", "prefecture"):
            listed = known.listed(year, county=one.name, city=one.city, province=one.province)
            own = tuple(place for place in listed if place.county == one.county)
            if own:
                held.append((one, own))
    return held


def townships_text(known: Gazetteer, found: Sequence[Division], year: int) -> str:
    """The townships of each county among the divisions, with the list that judges the year."""
    edition = known.edition(year)
    if edition is None:
        return say("places", "before", year=year, first=known.editions[0]) + "\n"
    after = [one for one in known.editions if one >= year]
    editions = say("places", "join").join(str(one) for one in dict.fromkeys([edition, *after[:1]]))
    lines: list[str] = []
    for county, own in townships_of(known, found, year):
        head = say("places", "listed", place=" ".join(county.path), year=year, editions=editions, count=len(own))
        lines += [head, *_table(own, year)]
    return "\n".join(lines or [say("places", "no_townships", year=year)]) + "\n"


def places_json(divisions: Iterable[Division]) -> str:
    """The divisions as JSON: a list of records, null where there is no value."""
    return json.dumps([asdict(one) for one in divisions], ensure_ascii=False, indent=2) + "\n"


def _table(divisions: Sequence[Division], year: int | None = None) -> list[str]:
    """A line for each: level, path or name, codes, years; columns are as wide as their widest cell."""
    rows = [
        (
            words("codes")[f"level_{one.level}"],
            " ".join(one.path) if year is None else one.name,
            _codes(one),
            _years(one) if year is None or stood(one, year) else f"{_years(one)}{say('places', 'unsure', year=year)}",
        )
        for one in divisions
    ]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        _GAP + _GAP.join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _codes(one: Division) -> str:
    said = [one.code] if one.code else []
    if one.nbs_code:
        said.append(say("places", "nbs_code", code=one.nbs_code))
    return " ".join(said) or say("places", "no_code")


def _years(one: Division) -> str:
    key = {(True, True): "now", (False, True): "since", (True, False): "until"}.get(
        (one.first is None, one.last is None), "span"
    )
    return say("places", key, first=one.first, last=one.last)
