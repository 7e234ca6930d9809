"""The words by which names are looked up, shortened and cleaned, from `data/source.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from govinfo.definitions.source import read_source
from govinfo.gazetteer.division import Division

DATA = Path(__file__).parent / "data"
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Words:
    """What `source.yaml` says: the years of the lists, the spoken forms of names, what short names leave out."""

    edition: str
    editions: tuple[int, ...]
    sources: Sequence[Mapping[str, Any]]
    kinds: tuple[str, ...]
    spoken: Sequence[tuple[re.Pattern[str], str]]
    ends: tuple[str, ...]
    whole: tuple[str, ...]
    autonomous_ends: tuple[str, ...]
    peoples: tuple[str, ...]
    autonomous_peoples: tuple[str, ...]
    everyday: Mapping[str, tuple[str, ...]]
    cleaning: Mapping[str, Any]

    def forms(self, name: str) -> Iterator[str]:
        """The name itself, then what an office of that name may be called in a list."""
        yield name
        for pattern, instead in self.spoken:
            if pattern.search(name):
                yield pattern.sub(instead, name)


@lru_cache(maxsize=1)
def words() -> Words:
    """The words of `data/source.yaml`.

    Raises
    ------
    DefinitionError
        It is no YAML.
    """
    data = read_source(DATA / "source.yaml").data
    short = data["short"]
    return Words(
        edition=data["edition"],
        editions=tuple(sorted(source["year"] for source in data["sources"])),
        sources=data["sources"],
        kinds=tuple(data["kinds"]),
        spoken=tuple((re.compile(pattern), instead) for pattern, instead in data["spoken"]),
        ends=tuple(short["ends"]),
        whole=tuple(short["whole"]),
        autonomous_ends=tuple(short["autonomous"]),
        peoples=tuple(sorted(short["peoples"], key=len, reverse=True)),
        autonomous_peoples=tuple(short["peoples_before_autonomous"]),
        everyday={name: tuple(others) for name, others in data["everyday"].items()},
        cleaning=data["cleaning"],
    )


def short_name(division: Division) -> str:
    """The name as people say it: without what says its kind, and without the peoples (黔东南苗族侗族自治州 → 黔东南).

    Names of two characters stay whole (雄县), and so do those of zones and of banners (乌拉特前旗).
    """
    name, known = division.name, words()
    if len(name) <= _SHORTEST or name.endswith(known.whole):
        return name
    end = next((end for end in known.ends if name.endswith(end) and len(name) - len(end) >= _SHORTEST), "")
    return without_peoples(name.removesuffix(end), end in known.autonomous_ends)


def spoken_names(name: str, level: str) -> tuple[str, ...]:
    """How a place is called in everyday writing: 元江县 for 元江哈尼族彝族傣族自治县, 凉山州, 前郭县; none for most."""
    everyday = words().everyday.get(name, ())
    if level in ("county", "prefecture") and name.endswith(words().autonomous_ends):
        return tuple(dict.fromkeys((short_name(Division(level, name, "")) + name[-1], *everyday)))
    return everyday


def without_peoples(core: str, autonomous: bool = False) -> str:
    """A name that lost its kind without the peoples at its end; a name that is a people's keeps it (东乡族 → 东乡)."""
    known = words()
    peoples = known.peoples + known.autonomous_peoples if autonomous else known.peoples
    while True:
        if core in known.peoples:
            return core[:-1] if len(core) > _SHORTEST else core
        people = next((one for one in peoples if core.endswith(one) and len(core) - len(one) >= _SHORTEST), None)
        if people is None:
            return core
        core = core.removesuffix(people)
