"""The tables that a notebook reads, cut to what its parameters ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govinfo.errors import ConfigError
from govinfo.questions.asked import check_asked
from govinfo.questions.root import find_root
from govinfo.questions.seats import COLUMNS, seats
from govinfo.tables import Tables, read_tables


@dataclass(frozen=True)
class Study:
    """What was asked for and what there is: `tables` is `everything` cut to the lists of places and years.

    An empty list asks for all; an empty text in one for the reports of which that place is not known.
    """

    tables: Tables
    everything: Tables
    provinces: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    townships: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    def absent(self) -> list[str]:
        """Those names and years that were asked for and none of the reports asked for has.

        Where there is no such report at all: those that no report of the whole store has.
        """
        reports = self.everything.reports if self.tables.reports.empty else self.tables.reports
        return [
            str(wanted)
            for name, column in COLUMNS.items()
            for wanted in getattr(self, name)
            if wanted != "" and not bool((reports[column] == wanted).fillna(False).any())
        ]


def open_study(
    processed: str | Path,
    *,
    provinces: Sequence[str] = (),
    cities: Sequence[str] = (),
    counties: Sequence[str] = (),
    townships: Sequence[str] = (),
    years: Sequence[int] = (),
) -> Study:
    """The tables in `processed`, cut to these places and years (none given: all).

    A relative `processed` counts from the folder of govinfo.toml: a notebook works wherever it was opened. A year that
    no report has is no error, and told by `Study.absent`.

    Raises
    ------
    TablesError
        The folder does not hold the tables.
    ConfigError
        A year is no whole number or no year of such a report, one name was given where a list belongs, no report has a
        place that was asked for, or none has those asked for together.
    """
    folder = Path(processed)
    if not folder.is_absolute():
        folder = (find_root() or Path.cwd()) / folder
    asked: dict[str, Any] = {
        "provinces": _names("provinces", provinces),
        "cities": _names("cities", cities),
        "counties": _names("counties", counties),
        "townships": _names("townships", townships),
    }
    spans = _years(years)
    everything = read_tables(folder)
    check_asked({**asked, "years": spans}, seats(everything.reports))
    return Study(everything.select(**asked, years=spans), everything, **asked, years=spans)


def _names(knob: str, values: Iterable[str]) -> tuple[str, ...]:
    values = (values,) if isinstance(values, str) else tuple(values)
    if not all(isinstance(value, str) for value in values):
        raise ConfigError(knob, repr(values), "a list of names", f"correct the parameter {knob}")
    return values


def _years(values: Iterable[int]) -> tuple[int, ...]:
    try:
        return tuple(int(value) for value in values)
    except (TypeError, ValueError):
        raise ConfigError("years", repr(values), "a list of whole numbers", "correct the parameter years") from None
