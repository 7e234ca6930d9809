"""What may have been meant by a name that nothing has, for messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

_MOST = 12


def listed(values: Sequence[Any]) -> str:
    """The first of the values, and how many there are where that is not all."""
    more = f" … ({len(values)})" if len(values) > _MOST else ""
    return ", ".join(map(str, values[:_MOST])) + more


def near(wanted: str, known: Iterable[str]) -> str:
    """What may have been meant by `wanted`, or what is known, for a message."""
    known = sorted(known)
    close = get_close_matches(wanted, known, n=3, cutoff=0.5)
    return " or ".join(close) if close else (f"one of {listed(known)}" if known else "none: there are none")
