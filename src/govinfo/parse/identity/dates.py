"""When a report was published: what the page says, before what the report's signature says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from govinfo.definitions.patterns import patterns
from govinfo.parse.identity.years import han_year
from govinfo.text import han_number

# as numerals: 三十一
_LONGEST_DAY = 3


def published_on(metadata: Sequence[str], signature: Sequence[str]) -> tuple[date, str, str] | None:
    """The date of publication, the source (`metadata`, `signature`) and the line that says so.

    发布日期 goes before 成文日期, and both before the date under the report's signature, as the data contract says.

    Parameters
    ----------
    metadata, signature : lines without spaces.
    """
    rules = patterns("identity")
    for pattern in rules.many["published"]:
        for line in metadata:
            match = pattern.search(line)
            if match and (found := _date(*(int(part) for part in match.groups()))):
                return found, "metadata", line
    for line in reversed(signature):
        for name, number in (("signature_date", int), ("han_signature_date", _han)):
            match = rules.one[name].match(line)
            if match and (found := _date(*(number(part) for part in match.groups()))):
                return found, "signature", line
    return None


def _han(text: str) -> int:
    return han_year(text) if len(text) > _LONGEST_DAY else han_number(text) or 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
