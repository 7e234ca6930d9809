"""The tables that a notebook reads, cut to what its parameters ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from govinfo.errors import ConfigError
from govinfo.questions.root import find_root
from govinfo.tables import Tables, read_tables


@dataclass(frozen=True)
class Study:
    """What was asked for and what there is: `tables` is `everything` cut to the three lists."""

    tables: Tables
    everything: Tables
    townships: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    counties: tuple[str, ...] = ()

    def absent(self) -> list[str]:
        """Those names and years that were asked for and no report of the whole store has."""
        reports = self.everything.reports
        asked = (("township", self.townships), ("year", self.years), ("county", self.counties))
        return [
            str(wanted)
            for column, values in asked
            for wanted in values
            if not bool((reports[column] == wanted).fillna(False).any())
        ]


def open_study(
    processed: str | Path,
    townships: Sequence[str] = (),
    years: Sequence[int] = (),
    counties: Sequence[str] = (),
) -> Study:
    """The tables in `processed`, cut to these townships, years and counties (none given: all).

    A relative `processed` counts from the folder of govinfo.toml: a notebook works wherever it was opened.

    Raises
    ------
    TablesError
        The folder does not hold the tables.
    ConfigError
        A year is no whole number, or one name was given where a list belongs.
    """
    folder = Path(processed)
    if not folder.is_absolute():
        folder = (find_root() or Path.cwd()) / folder
    everything = read_tables(folder)
    wanted = (_names("townships", townships), _years(years), _names("counties", counties))
    tables = everything.select(townships=wanted[0], years=wanted[1], counties=wanted[2])
    return Study(tables, everything, *wanted)


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
