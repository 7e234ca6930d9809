"""The findings of some checks alone; that all of them run together is shown by `test_faults.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from govinfo.checks.findings import Row, Subject, assemble, subjects
from govinfo.tables import Tables

Check = Callable[[Tables, Mapping[str, Subject]], Iterable[Row]]


def findings_of(tables: Tables, *checks: Check) -> pd.DataFrame:
    """The table `findings` with what these checks say of the tables."""
    reports = subjects(tables)
    return assemble([row for check in checks for row in check(tables, reports)], reports)
