"""Make the tables of the gazetteer from the unpacked packages: `python -m govinfo.gazetteer.make SOURCES`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from govinfo.gazetteer.counties import Held, add_former, areas_of_lists, changes_before
from govinfo.gazetteer.join import Township, townships_of_lists
from govinfo.gazetteer.sources import Area, read_changes, read_lists
from govinfo.gazetteer.words import DATA, Words, spoken_names
from govinfo.gazetteer.words import words as known_words
from govinfo.text import simplify

COUNTIES = "key,level,province,city,county,code,nbs_code,first,last,aliases,renamed"
TOWNSHIPS = "name,area,code,nbs_code,first,last"
ALIASES = f"alias,{TOWNSHIPS}"
# so many lists without it make two spans of years of one
_GAP = 2
# what a list prints for a character that it has lost
_LOST = "?"


def make(sources: Path, out: Path, words: Words) -> Mapping[str, int]:
    """Write counties.csv and townships.csv to the folder `out`; gives counts of what was made one, and of the rows."""
    years = words.editions
    rows, below = read_lists(sources, words)
    areas = areas_of_lists(rows, years)
    counts: Counter[str] = Counter()
    held = townships_of_lists(below, rows, words, counts)
    odd = add_former(areas, changes_before(read_changes(sources, words), years[0], words))
    counts["changes that fit nothing"] = len(odd)
    for area in [area for area, one in areas.items() if one.zone and not held.get(area)]:
        del areas[area]
    keys = _keys(areas)
    counties = [_county(one, keys) for one in areas.values()]
    townships: list[tuple[str, ...]] = []
    aliases: list[tuple[str, ...]] = []
    for area, own in held.items():
        for one in own.values():
            lines = list(_lines(one, areas[area], keys[area], _newest(own, years), years))
            counts["abolished before their county was made: left out"] += not lines
            townships += lines
            others = one.aliases | set(_other_names(one.name, "township"))
            aliases += [(alias, *line) for alias in others if _LOST not in alias for line in lines]
    counts["areas"], counts["townships"], counts["aliases"] = len(counties), len(townships), len(aliases)
    for name, head, lines in (
        ("counties", COUNTIES, counties),
        ("townships", TOWNSHIPS, townships),
        ("aliases", ALIASES, aliases),
    ):
        text = "\n".join([head, *sorted(map(",".join, lines))]) + "\n"
        (out / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")
    return counts


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _keys(areas: Mapping[Area, Held]) -> dict[Area, str]:
    """A short key for each area: its code, with a letter where another area has that code too."""
    keys: dict[Area, str] = {}
    taken: set[str] = set()
    order = sorted(areas.values(), key=lambda one: (one.last is not None, -(one.last or 0), str(one.area)))
    for one in order:
        code = one.civil or one.code or "000000"
        key = next(code + letter for letter in ("", *"abcdefghijklmnopqrstuvwxyz") if code + letter not in taken)
        taken.add(key)
        keys[one.area] = key
    return keys


def _county(one: Held, keys: Mapping[Area, str]) -> tuple[str, ...]:
    former = 0 in one.codes
    code = one.civil or (one.code if former or not one.zone else None)
    nbs_code = one.code if one.code != code and not former else None
    area = one.area
    return (
        keys[area],
        one.level,
        area.province,
        _text(area.city),
        _text(area.county),
        _text(code),
        _text(nbs_code),
        _text(one.first),
        _text(one.last),
        "|".join(_other_names(area.county or area.city or area.province, one.level)),
        keys[one.renamed] if one.renamed else "",
    )


def _other_names(name: str, level: str) -> tuple[str, ...]:
    """What the name becomes where all characters are simplified (乾县), and what an autonomous place is called."""
    simple = simplify(name)
    return (*((simple,) if simple != name else ()), *spoken_names(name, level))


def _newest(own: Mapping[str, Township], years: Sequence[int]) -> int:
    """The newest list that has townships of this area: the civil-affairs list lacks those of some."""
    return years[-1] if any(years[-1] in one.years for one in own.values()) else years[-2]


def _lines(one: Township, area: Held, key: str, newest: int, years: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """The rows of a township: one for each span of years in which lists have it."""
    statistical = {year: code for year, code in one.codes.items() if year != years[-1] or one.code is None}
    nbs_code = statistical[max(statistical)] if statistical else None
    codes = _text(one.code), _text(nbs_code) if nbs_code != one.code else ""
    for first, last in _spans(one.years, years):
        yield (
            one.name,
            key,
            *codes,
            "" if first == years[0] else str(first),
            "" if last >= newest and area.last is None else str(last),
        )
    if not one.years and (area.first or 0) < years[0]:
        yield one.name, key, *codes, "", str(years[0] - 1)


def _spans(stands: set[int], years: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last year of each run of lists; lists that lack it, if few, part no run."""
    runs: list[list[int]] = []
    for place in sorted(years.index(year) for year in stands):
        if runs and place - runs[-1][1] <= _GAP:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    for first, last in runs:
        yield years[first], years[last]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(f"usage: python -m {__spec__.name} SOURCES")
    for what, count in make(Path(sys.argv[1]), DATA, known_words()).items():
        print(f"{count:7} {what}")
