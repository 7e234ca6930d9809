"""What is asked of the tables, places and years, held against what they have; without the tables themselves.

An empty text among names of places asks for reports of which that place is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from govinfo.errors import ConfigError
from govinfo.gazetteer import gazetteer
from govinfo.gazetteer.near import look_up
from govinfo.questions.near import listed, near
from govinfo.questions.seats import COLUMNS, PLACES, Seat, matching

# a report of another year is a slip of the pen: the first rules on these reports are of 2007
_YEARS = range(2000, 2101)
_CORRECT = "correct it where it is given"


def check_asked(
    asked: Mapping[str, Sequence[Any]], known: Sequence[Seat], *, some: bool = False, where: str = ""
) -> None:
    """Refuse what no report can answer: a place that none has, places that none has together, an impossible year.

    A year that the tables do not have is no mistake: the page that asks for it every night is there before the reports
    are, and says so. With `some` (somebody asks now) it is one, where no report is left.

    Parameters
    ----------
    asked : the lists of `COLUMNS`, and others, which do not count.
    known : the places and years that the tables have.
    where : where it was asked, for the message.

    Raises
    ------
    ConfigError
        Names the list, what was given, and what may have been meant.
    """
    place = f"{where}: " if where else ""
    for name in PLACES:
        there = sorted({getattr(seat, COLUMNS[name]) for seat in known})
        for value in asked.get(name, ()):
            if value not in there:
                given = f"{place}{name} = {list(asked[name])}"
                raise ConfigError(given, _no_report(value), _meant(name, value, known), _CORRECT)
    for year in asked.get("years", ()):
        if year not in _YEARS:
            expected = f"a year like {listed(_years(known)) or '2021'}"
            raise ConfigError(f"{place}years = {list(asked['years'])}", str(year), expected, _CORRECT)
    names = [name for name in (COLUMNS if some else PLACES) if len(asked.get(name, ()))]
    for size in range(1, len(names) + 1):
        for some_names in combinations(names, size):
            part = {name: asked[name] for name in some_names}
            if not matching(part, known):
                raise _conflict(place, part, known)


def _no_report(value: str) -> str:
    return f"{value!r}, of which the data have no report" if value else "'', but all reports say it"


def _meant(name: str, value: str, known: Iterable[Seat]) -> str:
    """What may have been meant: a near name, the same name at another level, what the gazetteer knows of it."""
    levels = {level: sorted({getattr(seat, COLUMNS[level]) for seat in known} - {""}) for level in PLACES}
    elsewhere = [level for level in PLACES if value and value in levels[level]]
    if elsewhere:
        return f"{elsewhere[0]} = [{value!r}]: in the data it stands there"
    there = near(value, levels[name])
    found = look_up(gazetteer(), value)
    held = [one.name for one in found if one.name in levels[name]]
    if held:
        return held[0]
    if found:
        return f"{there}; {value} is {' or '.join(''.join(one.path) for one in found[:3])}, of which nothing was loaded"
    return there


def _conflict(place: str, part: Mapping[str, Sequence[Any]], known: Sequence[Seat]) -> ConfigError:
    """That no report has all of these, and what reports have that fit all but the last."""
    *others, last = part
    left = matching({name: part[name] for name in others}, known)
    have = sorted({getattr(seat, COLUMNS[last]) for seat in left} - {"", 0})
    given = place + "; ".join(f"{name} = {list(values)}" for name, values in part.items())
    found = "no report of all these" if others else "no report of these"
    return ConfigError(given, found, f"{last} among {listed(have)}" if have else f"no {last}", _CORRECT)


def _years(known: Iterable[Seat]) -> list[int]:
    return sorted({seat.year for seat in known} - {0})
