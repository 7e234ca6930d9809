"""The packaged gazetteer: names → administrative divisions, lists of a county's townships by year.

The tables stay lines of text, which a name is looked up in; a `Division` is made only of those that are asked for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from govinfo.gazetteer.division import Division, in_order
from govinfo.gazetteer.words import DATA, Words
from govinfo.gazetteer.words import words as known_words

_MOST_SEEN = 20_000


@dataclass(frozen=True)
class Gazetteer:
    """Names of divisions and what they stand for. Get the packaged one from `gazetteer()`."""

    editions: tuple[int, ...]
    words: Words
    # the lines of counties.csv by their key, and the keys by name
    areas: Mapping[str, str]
    area_names: Mapping[str, Sequence[str]]
    # the lines of townships.csv, which are sorted by name; and the lines of other names
    townships: Sequence[str]
    aliases: Mapping[str, Sequence[str]]
    added: Mapping[str, Sequence[Division]] = field(default_factory=dict)
    # what was asked for lately: reports of one folder ask for the same names again and again
    _seen: dict[str, tuple[Division, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def named(self, name: str) -> tuple[Division, ...]:
        """All divisions of that official name, of all levels and years, in the order of their codes; none: ().

        An office's name finds its division (X街道办事处 for X街道, X地区 for the town X of the newest list),
        and so does another spelling that a list has. Only simplified characters are looked up;
        those of an official name that count as traditional ones may be either (於潜镇, 于潜镇).

        A township whose county had another name or city before the first list (密云县 until 2014) is given
        under that one too, without codes: which townships it had then is told by the first list only.
        """
        found = self._seen.get(name)
        if found is None:
            found = self._look_up(name)
            if len(self._seen) >= _MOST_SEEN:
                self._seen.clear()
            self._seen[name] = found
        return found

    def listed(
        self, year: int, *, county: str, city: str | None = None, province: str | None = None
    ) -> tuple[Division, ...]:
        """The townships of a county in the list that judges that year (`edition`), in the order of their codes.

        `county` may be a city without counties (东莞市). A year between two lists (2024) has those of the list before
        it and those of the one after it, for each may have stood then. Those that are in both did, says `stood`; of the
        others the lists do not tell. Before the first list it is (): there is nothing to judge by.
        """
        before = self.edition(year)
        if before is None:
            return ()
        after = min((edition for edition in self.editions if edition >= year), default=before)
        lines = [
            line
            for key in self.area_names.get(county, ())
            if _fits(self._area(key), city, province)
            for line in self._by_area.get(key, ())
        ]
        found = {one for line in lines for one in self._of_line(line) if _spans(one, before) or _spans(one, after)}
        own = {
            one
            for places in self.added.values()
            for one in places
            if one.level == "township" and county == (one.county or one.city) and _fits(one, city, province)
        }
        return in_order(found | {one for one in own if _spans(one, year)})

    def edition(self, year: int) -> int | None:
        """The year of the list that judges a year: its own, else the last one before it; before the first list None."""
        place = bisect_right(self.editions, year)
        return self.editions[place - 1] if place else None

    def extended(self, places: Sequence[Division]) -> Gazetteer:
        """This gazetteer with more divisions: further candidates, that win over none."""
        added = {name: list(held) for name, held in self.added.items()}
        for place in places:
            added.setdefault(place.name, []).append(place)
        return replace(self, added=added)

    def names(self) -> set[str]:
        """All names that `named` finds as they are."""
        return {line.partition(",")[0] for line in self.townships} | {*self.area_names, *self.aliases, *self.added}

    def _look_up(self, name: str) -> tuple[Division, ...]:
        for form in self.words.forms(name):
            found = [self._area(key) for key in self.area_names.get(form, ())]
            for line in (*self._lines(form), *self.aliases.get(form, ())):
                found.extend(self._of_line(line))
            found.extend(self.added.get(form, ()))
            if found:
                return in_order(found)
        return ()

    @cached_property
    def _by_area(self) -> Mapping[str, Sequence[str]]:
        lines: dict[str, list[str]] = {}
        for line in self.townships:
            lines.setdefault(line.split(",", 2)[1], []).append(line)
        return lines

    @cached_property
    def _earlier(self) -> Mapping[str, Sequence[str]]:
        """The keys of what was renamed to each area."""
        earlier: dict[str, list[str]] = {}
        for key, line in self.areas.items():
            renamed = line.rpartition(",")[2]
            if renamed:
                earlier.setdefault(renamed, []).append(key)
        return earlier

    @cached_property
    def _made(self) -> dict[str, Division]:
        return {}

    def _area(self, key: str) -> Division:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = _area(self.areas[key])
        return made

    def _lines(self, name: str) -> Iterator[str]:
        start = f"{name},"
        for place in range(bisect_left(self.townships, start), len(self.townships)):
            line = self.townships[place]
            if not line.startswith(start):
                return
            yield line

    def _of_line(self, line: str) -> Iterator[Division]:
        """The township of a line; and the same below what its county was called before the first list."""
        name, key, code, nbs_code, first, last = line.split(",")
        area = self._area(key)
        yield Division(
            "township",
            name,
            area.province,
            area.city,
            area.county,
            name,
            code or None,
            nbs_code or None,
            int(first) if first else area.first,
            int(last) if last else area.last,
        )
        if not first:
            for old in self._former(key):
                yield Division(
                    "township", name, old.province, old.city, old.county, name, None, None, old.first, old.last
                )

    def _former(self, key: str) -> Iterator[Division]:
        for earlier in self._earlier.get(key, ()):
            yield self._area(earlier)
            yield from self._former(earlier)


def _spans(one: Division, year: int) -> bool:
    return (one.first is None or one.first <= year) and (one.last is None or one.last >= year)


def _fits(one: Division, city: str | None, province: str | None) -> bool:
    return city in (None, one.city) and province in (None, one.province)


def _area(line: str) -> Division:
    _, level, province, city, county, code, nbs_code, first, last, *_ = line.split(",")
    return Division(
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


def _rows(name: str) -> list[str]:
    return (DATA / name).read_text(encoding="utf-8").split("\n")[1:-1]


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The packaged gazetteer: its lists and where they are from stand in `data/source.yaml`."""
    words = known_words()
    areas = {line.partition(",")[0]: line for line in _rows("counties.csv")}
    area_names: dict[str, list[str]] = {}
    for line in areas.values():
        key, _, province, city, county, *_, aliases, _ = line.split(",")
        for name in (county or city or province, *(aliases.split("|") if aliases else ())):
            area_names.setdefault(name, []).append(key)
    other_names: dict[str, list[str]] = {}
    for line in _rows("aliases.csv"):
        alias, _, rest = line.partition(",")
        other_names.setdefault(alias, []).append(rest)
    return Gazetteer(words.editions, words, areas, area_names, _rows("townships.csv"), other_names)
