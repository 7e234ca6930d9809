"""The lists as their packages hold them: one row a county, one a township, with clean names."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from govinfo.gazetteer.words import Words

# the code of a zone that the statistical lists hold like a county, told by its last two digits, and of one more
_ZONE = re.compile(r"^(?:\d{4}[67][1-9]|632857)$")
# the first of the last three digits of the code of what is no administrative unit: farms, forests, parks
_NO_UNIT = ("4", "5")
# so many characters at least are the name of a zone before that of a township
_PREFIX = 2


@dataclass(frozen=True, slots=True)
class Area:
    """The chain of a province, prefecture or county; what it lacks is None."""

    province: str
    city: str | None = None
    county: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What one list says of one area, or of one township in it. `year` None: a list names it as abolished."""

    year: int | None
    area: Area
    code: str
    township: str | None = None
    civil: bool = False

    @property
    def zone(self) -> bool:
        """Whether the area is a zone of the statistical lists and no administrative unit."""
        return not self.civil and _ZONE.match(self.code[:6]) is not None


def read_lists(sources: Path, words: Words) -> tuple[list[Listed], list[Listed]]:
    """All lists that `words` names, from the folder of unpacked packages: areas, and townships with clean names."""
    areas: list[Listed] = []
    townships: list[Listed] = []
    for source in sorted(words.sources, key=lambda source: -source["year"]):
        folder, year = sources / source["folder"], source["year"]
        for row in _civil(folder, year) if source["kind"].startswith("civil") else _statistical(folder, year, words):
            (areas if row.township is None else townships).append(row)
    known: set[Any] = {(row.area, row.township) for row in townships if row.civil}
    known |= {(row.area.city, row.township) for row in townships if row.civil}
    everywhere = {row.township for row in townships if row.civil}
    clean = (_clean(row, words) for row in townships)
    named = [_without_county(row, known, everywhere, words) for row in clean if row is not None]
    return areas, [row for row in named if row.civil or _is_unit(row) or (row.area, row.township) in known]


def _is_unit(row: Listed) -> bool:
    """Whether the code is that of an administrative unit. Some lists give other codes to towns in zones."""
    return row.code[6] not in _NO_UNIT


def read_changes(sources: Path, words: Words) -> list[Mapping[str, Any]]:
    """The changes of names and codes at county level and above, as the civil-affairs package lists them."""
    folder = next(sources / source["folder"] for source in words.sources if source["kind"].startswith("civil"))
    events: list[Mapping[str, Any]] = json.loads((folder / "historical_changes_v1.json").read_text("utf-8"))["events"]
    return events


def _civil(folder: Path, year: int) -> Iterator[Listed]:
    provinces = json.loads((folder / "divisions_v1.json").read_text("utf-8"))["provinces"]
    below = json.loads((folder / "townships_v1.json").read_text("utf-8"))
    for province, held in provinces.items():
        yield Listed(year, Area(province), held["code"][:6], civil=True)
        for city, own in held["cities"].items():
            chains = [(Area(province, city or None, county), code) for county, code in own["counties"].items()]
            if city:
                chains.append((Area(province, city), own["code"]))
            for area, code in chains:
                yield Listed(year, area, code[:6], civil=True)
                for name, own_code in below.get(code, {}).get("townships", {}).items():
                    yield Listed(year, area, own_code[:9], name, civil=True)


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _statistical(folder: Path, year: int, words: Words) -> Iterator[Listed]:
    no_city = re.compile(words.cleaning["no_city"])
    provinces = {row["code"]: row["name"] for row in _table(folder / "provinces.csv")}
    cities = {row["code"]: row for row in _table(folder / "cities.csv")}
    areas: dict[str, Area] = {}
    for code, name in provinces.items():
        yield Listed(year, Area(name), f"{code}0000")
    for code, row in cities.items():
        if not no_city.search(row["name"]):
            yield Listed(year, Area(provinces[row["provinceCode"]], row["name"]), f"{code}00")
    for row in _table(folder / "areas.csv"):
        city = cities[row["cityCode"]]["name"]
        county = None if row["name"] == city else row["name"]
        areas[row["code"]] = Area(provinces[row["provinceCode"]], None if no_city.search(city) else city, county)
        if county:
            yield Listed(year, areas[row["code"]], row["code"])
    for row in _table(folder / "streets.csv"):
        yield Listed(year, areas[row["areaCode"]], row["code"], row["name"])


def _clean(row: Listed, words: Words) -> Listed | None:
    """The row with the name of a township in it; None where the name is that of something else."""
    cleaning = words.cleaning
    name = row.township or ""
    if row.civil:
        plain = re.sub(cleaning["former"], "", name)
        return replace(row, township=plain, year=row.year if plain == name else None)
    for pattern, instead in cleaning["rewritten"]:
        name = re.sub(pattern, instead, name)
    good = name.endswith((*words.kinds, *cleaning["other_kinds"])) and not re.search(cleaning["no_township"], name)
    return replace(row, township=name) if good else None


def _without_county(row: Listed, known: set[Any], everywhere: set[Any], words: Words) -> Listed:
    """The row without the name of its county or zone in front, where a township of the rest's name is known."""
    name = row.township or ""
    if row.civil:
        return row
    zone = re.match(words.cleaning["zone"], name)
    city, county = row.area.city or "", row.area.county or ""
    for prefix in (city + county, county, city, zone.group() if zone else ""):
        rest = name.removeprefix(prefix)
        known_there = (row.area, rest) in known or (prefix != city and rest in everywhere)
        if prefix and rest != name and known_there:
            return replace(row, township=rest)
    if row.zone:
        rests = (name[start:] for start in range(_PREFIX, len(name) - _PREFIX))
        return replace(row, township=next((rest for rest in rests if (row.area.city, rest) in known), name))
    return row
