"""Finding a division by what a person types: with the places above it, without its kind, or not quite right."""

from __future__ import annotations

from difflib import get_close_matches

from govinfo.gazetteer.division import Division, in_order
from govinfo.gazetteer.gazetteer import Gazetteer
from govinfo.gazetteer.words import short_name
from govinfo.text import fold_width, simplify, squeeze

# how many near matches a person looks through
_MOST = 12
_SHORTEST = 2
_ALIKE = 0.5


def look_up(known: Gazetteer, text: str) -> tuple[Division, ...]:
    """The divisions that `text` names: alone (百泉镇), after places above it (乌苏市百泉镇), without its kind (百泉).

    Traditional characters, spaces and full-width forms are read through. () where there is none.
    """
    name = simplify(squeeze(fold_width(text)))
    if len(name) < _SHORTEST:
        return ()
    return known.named(name) or _with_places_above(known, name) or _without_kind(known, name)


def _with_places_above(known: Gazetteer, name: str) -> tuple[Division, ...]:
    """The divisions of the longest name at the end whose places above stand before it; all of that must be places."""
    for start in range(_SHORTEST, len(name) - 1):
        above = name[:start]
        found = [one for one in known.named(name[start:]) if _lies_in(one, above)]
        if found:
            return in_order(found)
    return ()


def _lies_in(one: Division, above: str) -> bool:
    """Whether `above` is made of names of places above the division, full or short, from the outermost to the next."""
    rest = above
    for place in one.path[:-1]:
        for called in (place, short_name(Division(one.level, place, one.province))):
            if rest.startswith(called):
                rest = rest.removeprefix(called)
                break
    return not rest


def _without_kind(known: Gazetteer, name: str) -> tuple[Division, ...]:
    found = {one for end in known.words.ends for one in known.named(name + end)}
    return in_order(found)


def near_names(known: Gazetteer, text: str) -> tuple[str, ...]:
    """Names of divisions that hold `text`, the shortest first, then names spelled alike; a dozen at most."""
    name = simplify(squeeze(fold_width(text)))
    if not name:
        return ()
    names = known.names()
    holding = sorted((one for one in names if name in one), key=lambda one: (len(one), one))
    alike = get_close_matches(name, sorted(names), n=5 * _MOST, cutoff=_ALIKE)
    # people err less in the first character, and in how many there are
    alike.sort(key=lambda one: (one[0] != name[0], len(one) != len(name)))
    return tuple(dict.fromkeys([*holding, *alike]))[:_MOST]
