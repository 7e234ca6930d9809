"""Which division a report is of: the one of its name that the places around it tell, or the candidates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from govinfo.definitions.patterns import patterns
from govinfo.gazetteer import Division, Gazetteer
from govinfo.parse.identity.bodies import ABOVE, OWN_COLUMN, Body, level_names, read_body
from govinfo.parse.identity.lines import Lines
from govinfo.parse.identity.naming import Naming, path_bodies
from govinfo.parse.identity.weighing import Choice, of_year, weigh

COLUMNS = ("township", *ABOVE)


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a report from outside its text; None: nothing."""

    township: str | None = None
    county: str | None = None
    city: str | None = None
    province: str | None = None
    year: int | None = None

    @property
    def names_place(self) -> bool:
        """Whether it says anything of the place."""
        return any(getattr(self, column) is not None for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class Located:
    """Where a report belongs: names by level, its division where the gazetteer has it, else what it may be."""

    level: str = "unknown"
    township: str | None = None
    county: str | None = None
    city: str | None = None
    province: str | None = None
    division: Division | None = None
    candidates: tuple[Division, ...] = ()

    @property
    def is_named(self) -> bool:
        """Whether a place of any level is known."""
        return any(getattr(self, column) is not None for column in COLUMNS)


def locate(naming: Naming, lines: Lines, page: Sequence[str], path: str, year: int | None, known: Gazetteer) -> Located:
    """Where the body that a report is of belongs, by its text alone.

    Parameters
    ----------
    naming : who is named.
    lines, page : what the report says, and what its page says around it.
    path : the file's path.
    year : the year reported on.
    known : all divisions.
    """
    if naming.own is None:
        return Located()
    body = naming.own.body
    if not body.divisions:
        return _unlisted(body, lines, page, year, known)
    left = _told(body, naming)
    if not left:
        return _undecided(body, body.divisions)
    choice = Choice(left)
    if not (body.told and choice.is_one):
        choice = weigh(left, {"page": page, "text": lines.report}, year, known)
    if not choice.is_one and choice.divisions:
        choice = _by_path(choice, path, known)
    if not choice.divisions:
        return with_names(Located(body.level, candidates=left), {OWN_COLUMN[left[0].level]: left[0].name})
    if not choice.is_one:
        return _undecided(body, choice.divisions)
    division = best_of(choice.divisions, year)
    # 巢湖市 was a prefecture once, and is a county now
    return placed(division.level if body.government else body.level, division)


def placed(level: str, division: Division) -> Located:
    """All that a division says of the place of a report of that level."""
    return with_names(Located(level, division=division), {column: getattr(division, column) for column in COLUMNS})


def with_names(located: Located, names: Mapping[str, str | None]) -> Located:
    """The place with these names by level, its others as they are."""
    return replace(located, **names)  # type: ignore[arg-type]


def best_of(divisions: Iterable[Division], year: int | None) -> Division:
    """Of one place's divisions the one of that year; the newest where there is no year."""
    return max(divisions, key=lambda one: (of_year(one, year), one.code is not None, one.last or 9999, one.first or 0))


def _told(body: Body, naming: Naming) -> tuple[Division, ...]:
    """The divisions of a body that agree with all other lines that name it with the place above it; () if none does."""
    left = body.divisions
    if Choice(left).is_one:
        return left
    said = [named.body.divisions for named in naming.others if named.body.told]
    said += [one.divisions for one in naming.townships if one.told]
    for divisions in dict.fromkeys(said):
        if any(division in body.divisions for division in divisions):
            left = tuple(division for division in left if division in divisions)
    return left


def _undecided(body: Body, candidates: Sequence[Division]) -> Located:
    """A place of which only what all candidates share is known, and the name as printed, if one is called so."""
    shared = {
        column: values.pop()
        for column in ABOVE
        if len(values := {getattr(division, column) for division in candidates}) == 1
    }
    own = OWN_COLUMN.get(body.level)
    names = {getattr(division, own) for division in candidates} if own else set()
    if own is not None and (body.name in names or len(names) == 1):
        shared[own] = body.name if body.name in names else names.pop()
    return with_names(Located(body.level, candidates=tuple(candidates)), shared)


def _by_path(choice: Choice, path: str, known: Gazetteer) -> Choice:
    """What is left by the names of the file and its folders; they are asked last.

    The name itself tells nothing there, unless the places above it stand before it.
    """
    left = choice.divisions
    for _, body in path_bodies(path, known):
        level = body.divisions[0].level
        if level == left[0].level:
            agreeing = tuple(division for division in left if body.told and division in body.divisions)
        else:
            column = OWN_COLUMN[level]
            names = {getattr(division, column) for division in body.divisions}
            agreeing = tuple(division for division in left if getattr(division, column) in names)
        left = agreeing or left
    return Choice(left, "path")


def _unlisted(body: Body, lines: Lines, page: Sequence[str], year: int | None, known: Gazetteer) -> Located:
    """A body that the gazetteer has no place for: its own name, and the places above it as far as they are known."""
    if not body.name:
        return Located(body.level)
    column = OWN_COLUMN.get(body.level)
    same = tuple(division for division in known.named(body.name) if division.level == body.level)
    found = with_names(Located(body.level, candidates=same), {column: body.name} if column else {})
    above = read_body(body.before, known) if body.before else None
    if above is not None and above.divisions:
        choice = weigh(above.divisions, {"page": page, "text": lines.report}, year, known)
        if choice.is_one:
            division = best_of(choice.divisions, year)
            return with_names(found, {level: getattr(division, level) for level in ABOVE})
        return found
    printed = patterns("identity").one["printed_above"].fullmatch(body.before)
    if printed is None or same:
        return found
    # a city right above a township may be one of county level, which nobody can tell where it is in no list
    only_city = printed.group("city") is not None and printed.group("county") is None
    return found if only_city else with_names(found, printed.groupdict())


def matches(said: str | None, division: Division, column: str) -> bool:
    """Whether a name said of the place of that level, in full or short, is that of the division; None fits all."""
    if said is None:
        return True
    return said == getattr(division, column) if column == "township" else said in level_names(division, column)
