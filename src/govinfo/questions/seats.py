"""Where and when the reports of the tables are, as plain values: what lists of places and years can ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

# the lists that cut the tables, from the widest place on, and the column of each
COLUMNS: Mapping[str, str] = {
    "provinces": "province",
    "cities": "city",
    "counties": "county",
    "townships": "township",
    "years": "year",
}
PLACES = ("provinces", "cities", "counties", "townships")


class Seat(NamedTuple):
    """The place and year of one or more reports. What is not known is "", a year 0."""

    province: str
    city: str
    county: str
    township: str
    year: int


def seats(reports: pd.DataFrame) -> tuple[Seat, ...]:
    """The places and years of the reports that count, each once, in order."""
    kept = reports[reports["counted"].fillna(True)]
    columns = [kept[COLUMNS[name]].fillna("").tolist() for name in PLACES]
    years = kept["year"].fillna(0).astype(int).tolist()
    return tuple(sorted({Seat(*row) for row in zip(*columns, years, strict=True)}))


def matching(asked: Mapping[str, Sequence[Any]], known: Iterable[Seat]) -> list[Seat]:
    """Those of the seats that the lists ask for; an empty list asks for all, an empty text for what is not known."""
    given = {COLUMNS[name]: set(values) for name, values in asked.items() if name in COLUMNS and len(values)}
    return [seat for seat in known if all(getattr(seat, column) in values for column, values in given.items())]
