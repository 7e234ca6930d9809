"""One page for each place or year that the tables have: which they are, and what their files are called."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from govinfo.build.config import Run
from govinfo.build.keys import digest
from govinfo.definitions.wording import say
from govinfo.questions.seats import PLACES, Seat, matching

# A file's name may have 255 bytes; what is put before and behind this one while it is written takes some.
_MOST_BYTES = 160
_SAFE = "（）()·_-"
_KEY = 8


def expand(runs: Iterable[Run], known: Sequence[Seat]) -> list[Run]:
    """The pages of all runs: a run with `each` gives one for each value that the seats have within its parameters.

    A page about a place says in its parameters all places above it too, "" for one that is not known: it never mixes
    two places of one name. Their files are called by the entry's name and the place with the one above it; further
    ones are named only where two would be called the same.
    """
    pages = [page for run in runs for page in (_pages(run, known) if run.each else [run])]
    often = Counter(page.name.casefold() for page in pages)
    return [
        replace(page, name=f"{page.name}-{_key(page.parameters)}")
        if page.group and often[page.name.casefold()] > 1
        else page
        for page in pages
    ]


def lists_of(each: str) -> tuple[str, ...]:
    """The parameters that a page of such an entry is told: of a place also those of all places above it."""
    return PLACES[: PLACES.index(each) + 1] if each in PLACES else (each,) if each else ()


def _pages(run: Run, known: Sequence[Seat]) -> Iterator[Run]:
    """The pages of one run, in the order of their places or years."""
    fitting = matching(run.parameters, known)
    if run.each == "years":
        for year in sorted({seat.year for seat in fitting} - {0}):
            yield _page(run, str(year), {"years": [year]})
        return
    depth = len(lists_of(run.each))
    places = sorted({seat[:-1][:depth] for seat in fitting if seat[depth - 1]})
    for place, names in _told_apart(places).items():
        asked = {name: [part] for name, part in zip(PLACES, place, strict=False)}
        yield _page(run, "-".join(names), asked, "".join(names))


def _page(run: Run, name: str, asked: Mapping[str, Any], label: str = "") -> Run:
    parameters = {**run.parameters, **asked}
    safe = file_name(run.name, name, parameters)
    return Run(run.notebook, safe, parameters, group=run.name, label=label or name, where=run.where)


def _told_apart(places: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What each place is called: its name after that of the place above it, and after more where others have both."""
    called = {place: _called(place, 2) for place in places}
    for most in range(3, len(PLACES) + 1):
        often = Counter(map(_alike, called.values()))
        called = {place: _called(place, most) if often[_alike(one)] > 1 else one for place, one in called.items()}
    return called


def _called(place: tuple[str, ...], most: int) -> tuple[str, ...]:
    """The last names of the place, `most` of them, without those that are not known."""
    names = tuple(name for name in place if name)[-most:]
    # alone, and not because it is the widest place there is
    unplaced = len(names) == 1 and len(place) > 1
    return (say("fanout", "unknown", name=names[0]),) if unplaced else names


def _alike(names: Sequence[str]) -> str:
    return unicodedata.normalize("NFKC", "-".join(names)).casefold()


def file_name(run: str, name: str, parameters: Mapping[str, Any]) -> str:
    """`run`-`name` as a file's name on any system: what may not stand in one becomes `_`, and a hash tells it apart."""
    text = unicodedata.normalize("NFC", name)
    safe = "".join(char if char.isalnum() or char in _SAFE else "_" for char in text)
    room = max(_MOST_BYTES - len(run.encode()), _KEY)
    short = safe.encode()[:room].decode(errors="ignore")
    return f"{run}-{safe}" if safe == name and short == safe else f"{run}-{short}-{_key(parameters)}"


def _key(parameters: Mapping[str, Any]) -> str:
    return digest({name: list(parameters.get(name, ())) for name in (*PLACES, "years")})[:_KEY]
