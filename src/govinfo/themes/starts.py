"""The characters that a regular expression can begin with, so that only those that may match are tried."""

from __future__ import annotations

_REPEATED = "*?{"
# marks that are no plain character at the beginning of an expression
_SPECIAL = frozenset(".^$*+?{}[]\\|()")


def alternatives(pattern: str) -> list[str]:
    """`pattern` cut at its outermost `|`."""
    found, depth, start, position = [], 0, 0, 0
    in_class = False
    while position < len(pattern):
        char = pattern[position]
        if char == "\\":
            position += 2
            continue
        if in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        elif char == "|" and depth == 0:
            found.append(pattern[start:position])
            start = position + 1
        position += 1
    return [*found, pattern[start:]]


def first_characters(pattern: str) -> frozenset[str] | None:
    """The characters with which a match of one alternative can begin; None where that cannot be told."""
    while pattern.startswith(("(?<!", "(?<=", "(?!")):
        pattern = pattern[_end_of_group(pattern) :]
    if pattern.startswith("(?:"):
        end = _end_of_group(pattern)
        rest = pattern[end:]
        inner = [first_characters(one) for one in alternatives(pattern[3 : end - 1])]
        if any(one is None for one in inner):
            return None
        starts = frozenset[str]().union(*(one for one in inner if one is not None))
        if not rest.startswith(tuple(_REPEATED)):
            return starts
        following = first_characters(rest[1:]) if rest[0] in "*?" else None
        return None if following is None else starts | following
    if not pattern or pattern[0] in _SPECIAL:
        return None
    if len(pattern) > 1 and pattern[1] in _REPEATED:
        following = first_characters(pattern[2:]) if pattern[1] in "*?" else None
        return None if following is None else following | {pattern[0]}
    return frozenset(pattern[0])


def _end_of_group(pattern: str) -> int:
    """Where the group ends with which `pattern` begins."""
    depth, position, in_class = 0, 0, False
    while position < len(pattern):
        char = pattern[position]
        if char == "\\":
            position += 1
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth == 0:
                return position + 1
        position += 1
    return len(pattern)
