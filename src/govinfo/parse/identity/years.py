"""Which year a report is on: what title, period, publication and narrative say, and what counts where they differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from govinfo.definitions.patterns import patterns
from govinfo.text import han_number

# The witnesses from the most trusted on; what a report says of its period is often last year's.
_ORDER = ("title", "period", "metadata", "narrative", "filename")
# Until this month a report is on the year before.
_LAST_MONTH = 6
_LEAST_NAMED = 2
_ZEROS = str.maketrans("0O", "\u3007\u3007")


@dataclass(frozen=True, slots=True)
class YearSaid:
    """The year that counts, and who says so; what every witness says, by its name."""

    year: int | None
    source: str | None
    said: Mapping[str, int]
    counts: Mapping[int, int]

    @property
    def contradictions(self) -> Mapping[str, int]:
        """What of title, period and narrative says another year than another of them."""
        loud = {name: year for name, year in self.said.items() if name in ("title", "period")}
        narrative = self.said.get("narrative")
        if narrative is not None and self.counts.get(narrative, 0) >= _LEAST_NAMED:
            quiet = all(self.counts.get(year, 0) == 0 for year in loud.values())
            loud |= {"narrative": narrative} if quiet else {}
        return loud if len(set(loud.values())) > 1 else {}


def weigh_years(said: Mapping[str, int], counts: Mapping[int, int], published: date | None) -> YearSaid:
    """The year that the witnesses agree on.

    Parameters
    ----------
    said : what each witness says (`title`, `period`, `metadata`, `narrative`, `filename`); those that say nothing, or
        several years, are left out.
    counts : how often the running text names each year.
    published : when the report was published, or is signed.

    Where title and period differ, or the title names the year of publication, the year counts that a third witness
    names too (the date, for a report on a year is published in the first half of the next; else the running text).
    Where nobody does, there is no year.
    """
    expected = _expected(published)
    witnesses = [name for name in _ORDER if name in said]
    if not witnesses:
        return YearSaid(None, None, said, counts)
    title, period = said.get("title"), said.get("period")
    if title is not None and period is not None and title != period:
        year = _third(title, period, expected, counts)
    elif title is not None and period is None and published is not None and title == published.year != expected:
        year = _third(title, title - 1, None, counts)
    else:
        year = said[witnesses[0]]
    source = next((name for name in witnesses if said[name] == year), "narrative")
    return YearSaid(year, None if year is None else source, said, counts)


def _third(first: int, second: int, expected: int | None, counts: Mapping[int, int]) -> int | None:
    """Which of two years the date, or else the running text, names."""
    if expected in (first, second):
        return expected
    one, other = counts.get(first, 0), counts.get(second, 0)
    if one == other:
        return None
    return first if one > other else second


def _expected(published: date | None) -> int | None:
    if published is None:
        return None
    return published.year if published.month == 12 else published.year - 1 if published.month <= _LAST_MONTH else None


def year_in_title(title: str) -> int | None:
    """The one year that a title names; None where it names none or several."""
    rules = patterns("identity")
    years = {int(year) for year in rules.one["year_in_title"].findall(title)}
    years |= {han_year(year) for year in rules.one["han_year_in_title"].findall(title)} - {0}
    return years.pop() if len(years) == 1 else None


def han_year(text: str) -> int:
    """The year that four Chinese numerals say, a zero printed in any way (二O二三, 二0二三); 0 where they say none."""
    return han_number(text.upper().translate(_ZEROS)) or 0


def period_year(lines: Iterable[str]) -> int | None:
    """The year of the one period that lines without spaces state (2023年1月1日至12月31日), digits lost or not."""
    years = set()
    for line in lines:
        for match in patterns("identity").one["period"].finditer(line):
            first, last = match.group("first"), match.group("last")
            years.add(int(first) if last in (None, first) else None)
    return years.pop() if len(years) == 1 else None


def named_years(lines: Sequence[str]) -> Counter[int]:
    """How often running text names each year, but for dates, document numbers, plans and comparisons."""
    rules = patterns("identity")
    return Counter(int(year) for line in lines for year in rules.one["year_in_text"].findall(line))


def narrative_year(lines: Sequence[str], counts: Mapping[int, int], published: date | None) -> int | None:
    """The year that a report says it is on, or on which it says it did something.

    With a date of publication it is the year before, if the text names that. Without one it is the one year that an
    introduction announces, or that the text says it acted in, if it names no later one but for plans, and begins no
    clause with the year before; else the only year that it names. How often a year is named decides nothing.
    """
    rules = patterns("identity")
    expected = _expected(published)
    if expected is not None:
        return expected if any(str(expected) in line for line in lines) else None
    # what a notice that is cited is called says nothing of the report
    said = [rules.one["cited"].sub("", line) for line in lines]
    named = {
        word: _years_of(rules.one[word], said) for word in ("announced_year", "own_year", "past_year", "clause_year")
    }
    every = set(counts).union(*named.values())
    latest = max(every, default=None)
    if named["announced_year"] == {latest}:
        return latest
    before = (latest or 0) - 1
    if named["own_year"] == {latest} and before not in named["clause_year"]:
        return latest
    return latest if len(every) == 1 and named["clause_year"] else None


def _years_of(pattern: re.Pattern[str], lines: Sequence[str]) -> set[int]:
    found = (match for line in lines for match in pattern.finditer(line))
    return {int(year) for match in found for year in match.groups() if year is not None}
