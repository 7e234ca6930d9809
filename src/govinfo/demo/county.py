"""The made-up county: its townships, their sizes and how they grow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, permutations
from random import Random
from typing import Any

from govinfo.definitions.demo import made_up
from govinfo.errors import DemoError
from govinfo.gazetteer import Division


@dataclass(frozen=True, slots=True)
class Township:
    """A made-up township.

    `body` is what its government is called and `we` how it speaks of itself; `size` is 1 for an ordinary one,
    `growth` the share by which its figures grow from year to year.
    """

    name: str
    body: str
    we: str
    size: float
    growth: float


@dataclass(frozen=True, slots=True)
class County:
    """The made-up county, with the places above it."""

    province: str
    city: str
    name: str
    townships: tuple[Township, ...]


def make_county(townships: int, random: Random) -> County:
    """A county of that many townships; the same state of `random` gives the same county.

    Raises
    ------
    DemoError
        There are not so many names.
    """
    places = made_up("places")
    names = list(islice(_stems(places), max(0, townships)))
    if townships < 1 or len(names) < townships:
        raise DemoError(
            f"townships\n  found     {townships}\n  expected  1 to {sum(1 for _ in _stems(places))}\n"
            "  to do     ask for a number in between"
        )
    made = tuple(_township(name, places, random) for name in names)
    return County(places["province"], places["city"], places["county"], made)


def divisions(county: County) -> tuple[Division, ...]:
    """The townships of the county as divisions of a gazetteer; made up, they have no codes."""
    return tuple(
        Division("township", one.name, county.province, county.city, county.name, one.name) for one in county.townships
    )


def _stems(places: dict[str, Any]) -> Iterator[str]:
    """Every name without its kind, each once: those with one feature first."""
    marks, features = places["marks"], places["features"]
    short = (
        mark + features[(i + shift) % len(features)] for shift in range(len(features)) for i, mark in enumerate(marks)
    )
    long = (mark + first + second for first, second in permutations(features, 2) for mark in marks)
    return chain(dict.fromkeys(short), long)


def _township(stem: str, places: dict[str, Any], random: Random) -> Township:
    kinds = places["kinds"]
    (kind,) = random.choices(kinds, [kind["share"] for kind in kinds])
    size = round(random.lognormvariate(0, 0.6), 3)
    return Township(stem + kind["suffix"], kind["body"], kind["we"], size, round(random.uniform(-0.06, 0.14), 3))
