"""The packaged gazetteer: names → administrative divisions, lists of a county's townships by year.

The tables are kept as lines of text; a `Division` is made only of those that are asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from govinfo.gazetteer.division import Division, in_order
from govinfo.gazetteer.words import DATA, Words
from govinfo.gazetteer.words import words as known_words


@dataclass(frozen=True, slots=True)
class _Area:
    """What townships lie in: a county, or a city without counties; and the key of what it was renamed to, if it was."""

    key: str
    division: Division
    renamed: str | None


@dataclass(frozen=True)
class Gazetteer:
    """Names of divisions and what they stand for. Get the packaged one from `gazetteer()`."""

    editions: tuple[int, ...]
    words: Words
    areas: Mapping[str, _Area]
    lines: Sequence[str]
    index: Mapping[str, Sequence[int]]
    names: Mapping[str, Sequence[Division]]
    added: Mapping[str, Sequence[Division]] = field(default_factory=dict)

    def named(self, name: str) -> tuple[Division, ...]:
        """All divisions of that official name, of all levels and years, in the order of their codes; none: ().

        An office's name finds its division (X街道办事处 for X街道, X地区 for the X镇 or X乡 of the civil-affairs list),
        and so does another spelling that a list has. The name is looked up as it is: simplify it first.
        """
        for form in self.words.forms(name):
            found = [*self.names.get(form, ()), *self.added.get(form, ())]
            for number in self.index.get(form, ()):
                found.extend(self._townships(number))
            if found:
                return in_order(found)
        return ()

    def listed(
        self, year: int, *, county: str, city: str | None = None, province: str | None = None
    ) -> tuple[Division, ...]:
        """The townships of a county in the list that judges that year (`edition`), in the order of their codes.

        `county` may be a city without counties (东莞市). A year between two lists (2024) has those of the list before
        it and those of the one after it: each may have stood then. Those in both did, says `stood(division, year)`; of
        the others the lists do not tell. Before the first list it is (): there is nothing to judge by.
        """
        before = self.edition(year)
        if before is None:
            return ()
        after = min((edition for edition in self.editions if edition >= year), default=before)
        own = [line for area in self._areas_of(county, city, province) for line in self._lines_of(area.key)]
        found = [one for line in own for one in self._of_line(line) if _spans(one, before) or _spans(one, after)]
        extra = {
            one
            for added in self.added.values()
            for one in added
            if one.level == "township"
            and county in (one.county, one.county or one.city)
            and city in (None, one.city)
            and province in (None, one.province)
            and _spans(one, year)
        }
        return in_order({*found, *extra})

    def edition(self, year: int) -> int | None:
        """The year of the list that judges a year: its own, else the last one before it; before the first list None."""
        place = bisect_right(self.editions, year)
        return self.editions[place - 1] if place else None

    def extended(self, places: Sequence[Division]) -> Gazetteer:
        """This gazetteer with more divisions: further candidates, that win over none."""
        added: dict[str, list[Division]] = {name: list(held) for name, held in self.added.items()}
        for place in places:
            added.setdefault(place.name, []).append(place)
        return replace(self, added=added)

    @cached_property
    def _by_area(self) -> Mapping[str, Sequence[str]]:
        lines: dict[str, list[str]] = {}
        for line in self.lines:
            lines.setdefault(line.split(",", 2)[1], []).append(line)
        return lines

    @cached_property
    def _earlier(self) -> Mapping[str, Sequence[_Area]]:
        """What was renamed to each area."""
        earlier: dict[str, list[_Area]] = {}
        for area in self.areas.values():
            if area.renamed:
                earlier.setdefault(area.renamed, []).append(area)
        return earlier

    def _areas_of(self, county: str, city: str | None, province: str | None) -> Iterator[_Area]:
        for area in self.areas.values():
            one = area.division
            if one.name == county and city in (None, one.city) and province in (None, one.province):
                yield area

    def _lines_of(self, key: str) -> Sequence[str]:
        return self._by_area.get(key, ())

    def _townships(self, number: int) -> Iterator[Division]:
        return self._of_line(self.lines[number])

    def _of_line(self, line: str) -> Iterator[Division]:
        """The township of a line; before the first list it lay in what its county was before it was renamed."""
        name, key, code, nbs_code, first, last, *_ = line.split(",")
        area = self.areas[key].division
        one = Division(
            "township",
            name,
            area.province,
            area.city,
            None if area.level == "prefecture" else area.county,
            name,
            code or None,
            nbs_code or None,
            int(first) if first else area.first,
            int(last) if last else area.last,
        )
        yield one
        if not first:
            yield from self._before(one, key)

    def _before(self, one: Division, key: str) -> Iterator[Division]:
        for area in self._earlier.get(key, ()):
            old = area.division
            county = None if old.level == "prefecture" else old.county
            yield replace(
                one,
                province=old.province,
                city=old.city,
                county=county,
                code=None,
                nbs_code=None,
                first=old.first,
                last=old.last,
            )
            yield from self._before(one, area.key)


def _spans(one: Division, year: int) -> bool:
    return (one.first is None or one.first <= year) and (one.last is None or one.last >= year)


def _area(line: str) -> _Area:
    key, level, province, city, county, code, nbs_code, first, last, renamed = line.split(",")
    division = Division(
        level,
        county or city or province,
        province,
        city or None,
        county or None,
        None,
        code or None,
        nbs_code or None,
        int(first) if first else None,
        int(last) if last else None,
    )
    return _Area(key, division, renamed or None)


def _rows(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[1:-1]


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The packaged gazetteer: its lists and where they are from stand in `data/source.yaml`."""
    words = known_words()
    areas = {area.key: area for area in map(_area, _rows(DATA / "counties.csv"))}
    names: dict[str, list[Division]] = {}
    for area in areas.values():
        names.setdefault(area.division.name, []).append(area.division)
    lines = _rows(DATA / "townships.csv")
    index: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        name, _, _ = line.partition(",")
        index.setdefault(name, []).append(number)
    for number, line in enumerate(lines):
        if line[-1] != ",":
            for alias in line.rpartition(",")[2].split("|"):
                index.setdefault(alias, []).append(number)
    return Gazetteer(words.editions, words, areas, lines, index, names)
