"""What stands beside sums that are none: which townships have no figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from govinfo.definitions.wording import say
from govinfo.workbook.figure_names import AMOUNT_DECIMALS

_SECTION = "sheet_years"
_MOST_NAMES = 3


def without_text(record: Mapping[Any, Any]) -> str:
    """Which townships have no figure in a year, in words, from a row of `sums_by_year` or `outcome_sums`."""
    names = [] if pd.isna(record["without"]) else str(record["without"]).split(say(_SECTION, "join"))
    told = say(_SECTION, "join").join(names[:_MOST_NAMES])
    if len(names) > _MOST_NAMES:
        told = say(_SECTION, "more", names=told)
    known = int(record["with_figure"])
    said = {"year": int(record["year"]), "n": int(record["reports"]) - known, "names": told}
    if not known:
        return say(_SECTION, "without_all", **said)
    rest = f"{float(record['of_others']):,.{AMOUNT_DECIMALS}f}".rstrip("0").removesuffix(".")
    return say(_SECTION, "without", **said, known=known, rest=rest)
