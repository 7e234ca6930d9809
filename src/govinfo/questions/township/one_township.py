"""The one township that a profile is of: its reports, whatever it was called, and what is not to be mixed with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from govinfo.checks.same_place import place_keys
from govinfo.errors import ConfigError
from govinfo.questions.near import listed
from govinfo.questions.seats import PLACES
from govinfo.questions.study import Study
from govinfo.tables import Tables

_ORDER = ["year", "report_id"]
# how the key of a township begins that nothing tells for sure
_UNTOLD = "?"
_MOST_NAMED = 8


@dataclass(frozen=True)
class Township:
    """A township and its reports.

    `tables` holds the counted reports of the years asked for, `ever` those of all years, `everything` the whole store;
    `set_aside` those reports of it that are not counted; `namesakes` counted reports of townships of its name that are
    not taken for its own: of other counties, or of none that is known. `name` is what its newest report calls it, ""
    where there is no such township at all.
    """

    tables: Tables
    ever: Tables
    everything: Tables
    set_aside: pd.DataFrame
    namesakes: pd.DataFrame
    years: tuple[int, ...] = ()

    @property
    def newest(self) -> pd.Series | None:
        """The row of its newest report of any year, None where there is none."""
        reports = self.ever.reports
        return None if reports.empty else reports.sort_values(_ORDER, na_position="first", kind="stable").iloc[-1]

    @property
    def name(self) -> str:
        """What its newest report calls it."""
        return "" if self.newest is None else str(self.newest["township"])

    @property
    def county_known(self) -> bool:
        """Whether it is told in which county, or city without counties, it lies, or its code is."""
        return self.newest is not None and bool(self.newest[["county", "city", "division_code"]].notna().any())


def one_township(study: Study) -> Township:
    """The township that the lists of places ask for, with all its reports of the years asked for.

    A township is the same by its division, whatever it was called in a year and whatever its county was. Of townships
    of one name those whose county is known go before reports that do not tell theirs; they are never joined.

    Raises
    ------
    ConfigError
        Reports of more than one township are asked for: none is named, or several, or a name that several counties
        have. The message says which there are.
    """
    reports = study.everything.reports
    own = reports[(reports["level"] == "township").fillna(False) & reports["township"].notna()]
    keys = _keys(own)
    lists: dict[str, list[str]] = {name: list(getattr(study, name)) for name in PLACES}
    # the years do not tell which township is meant
    asked = study.everything.select(**lists).reports["report_id"]  # type: ignore[arg-type]
    there = own[own["report_id"].isin(asked)]
    found = _told_first(keys[there.index], there)
    if len(found) > 1:
        raise _several(own.loc[keys[keys.isin(found)].index].assign(key=keys), lists)
    mine = own[keys.isin(found)]
    counted = mine[mine["counted"].fillna(True)]
    names = set(mine["township"])
    others = own[own["township"].isin(names) & ~keys.isin(found) & own["counted"].fillna(True)]
    ever = cut_to(study.everything, counted["report_id"])
    return Township(
        tables=ever.select(years=study.years),
        ever=ever,
        everything=study.everything,
        set_aside=mine[~mine["counted"].fillna(True)].reset_index(drop=True),
        namesakes=others.reset_index(drop=True),
        years=study.years,
    )


def _keys(own: pd.DataFrame) -> pd.Series[str]:
    """What tells each report's township; by its names alone where nothing tells it for sure."""
    names = pd.Series(_UNTOLD, index=own.index, dtype="string")
    for column in ("province", "city", "county", "township"):
        names = names + "/" + own[column].astype("string").fillna("")
    return place_keys(own, per=()).fillna(names)


def _told_first(keys: pd.Series[str], reports: pd.DataFrame) -> list[str]:
    """The townships of these reports; where some of a name are told, without those of that name that are not."""
    told = ~keys.str.startswith(_UNTOLD)
    names = set(reports.loc[told, "township"])
    return sorted(set(keys[told | ~reports["township"].isin(names)]))


def cut_to(tables: Tables, report_ids: Iterable[str]) -> Tables:
    """The tables cut to these reports; what belongs to no report is kept whole."""
    ids = set(report_ids)
    cut = {
        name: frame[frame["report_id"].isin(ids)].reset_index(drop=True) if "report_id" in frame.columns else frame
        for name, frame in vars(tables).items()
    }
    return Tables(**cut)


def _several(reports: pd.DataFrame, lists: dict[str, list[str]]) -> ConfigError:
    """That a profile is of one township, and which there are."""
    newest = reports.sort_values(_ORDER, na_position="first", kind="stable").drop_duplicates("key", keep="last")
    newest = newest.sort_values(["province", "city", "county", "township"], na_position="last", kind="stable")
    given = "; ".join(f"{name} = {values}" for name, values in lists.items() if values) or "townships = []"
    if newest["township"].nunique() == 1:
        name = newest["township"].iloc[0]
        paths = [_path(row) or "a county that is not told" for _, row in newest.iterrows()]
        found = f"{len(newest)} places called {name}: {listed(paths)}"
        return ConfigError(given, found, "one: a profile is of one township", "name its county, city or province too")
    found = f"{len(newest)} townships: {listed(list(dict.fromkeys(newest['township'])))}"
    example = f'one, as townships = ["{newest["township"].iloc[0]}"]: a profile is of one township'
    to_do = 'name one, or run one page for each: each = "townships" in govinfo.toml'
    return ConfigError(given, found, example, to_do)


def _path(row: pd.Series) -> str:
    return "".join(str(row[name]) for name in ("province", "city", "county") if pd.notna(row[name]))
