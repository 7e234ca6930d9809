"""One administrative division, as it was named in a span of years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Division:
    """One administrative division as it was named in the years `first` to `last`.

    `level` is one of the codes of `reports.level`: province, prefecture, county, township. The chain stands as the
    columns of `reports` want it: a municipality is a province with a null city, a county-level city right under a
    province has a null city, townships right under a city (东莞市) have a null county.

    `code` is the civil-affairs code: 9 digits for a township, 6 for the others; null where only the statistical one is
    known, or none. `nbs_code` is the statistical code where it differs or is all there is.

    `first` is the year of the first list that has it, null where it is in the first list already, or is known only as
    former; `last` is the year of the last list that has it, null where it is in the newest. Of what was renamed before
    the first list, `last` is the year before that.
    """

    level: str
    name: str
    province: str
    city: str | None = None
    county: str | None = None
    township: str | None = None
    code: str | None = None
    nbs_code: str | None = None
    first: int | None = None
    last: int | None = None

    @property
    def path(self) -> tuple[str, ...]:
        """The names from the province down to itself, without what is null."""
        return tuple(name for name in (self.province, self.city, self.county, self.township) if name is not None)


def stood(division: Division, year: int) -> bool:
    """Whether lists leave no doubt that it stood in that year: it is in one of that year, or in the ones around it.

    What is in the list of 2023 and not in the next, that of 2025, may have gone in 2024 or in 2025: then 2024 is False.
    """
    return (division.first is None or division.first <= year) and (division.last is None or division.last >= year)


def in_order(divisions: Iterable[Division]) -> tuple[Division, ...]:
    """The divisions by level from the province down, then by code, then by name and years."""
    return tuple(
        sorted(
            divisions,
            key=lambda one: (
                len(one.path),
                one.code or one.nbs_code or "~",
                one.path,
                one.last or 9999,
                one.first or 0,
            ),
        )
    )
