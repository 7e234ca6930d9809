"""Where something stands in its file, as people say it."""

from __future__ import annotations

import re

from govinfo.definitions.wording import say

# how `Place` writes a page and a cell of a table
_SPOT = re.compile(
    r"(?:p\.(?P<page>\d+)(?: |$))?(?:table (?P<table>\d+)(?: |$))?(?:row (?P<row>\d+)(?: |$))?(?:cell (?P<cell>\d+))?"
)


def spot_text(locator: str | None, source: str | None = None) -> str | None:
    """Where in its file something stands, in words; a locator of another shape as it is, None where there is none.

    The name of the file `source` is left out of it: it stands beside.
    """
    if locator is None:
        return None
    text = locator.removeprefix(f"{source}:")
    if text.isascii() and text.isdigit():
        return say("locators", "line", n=text)
    match = _SPOT.fullmatch(text)
    if match is None:
        return text
    return "".join(say("locators", name, n=n) for name, n in match.groupdict().items() if n is not None)
