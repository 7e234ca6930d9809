"""Yearly open-government-information reports of Chinese townships as tidy, checked, traceable tables.

`govinfo.load(folder)` gives the tables of the data contract; `govinfo.read_tables(folder)` those that
`govinfo load -o folder` wrote. The questions take tables and give a DataFrame.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govinfo.build.loading.load import load as load
    from govinfo.checks import run_checks as run_checks
    from govinfo.questions.problems.copied_text import copied_text as copied_text
    from govinfo.questions.problems.emerging_themes import emerging_themes as emerging_themes
    from govinfo.questions.problems.problem_themes import problem_themes as problem_themes
    from govinfo.questions.problems.promises import promises as promises
    from govinfo.questions.problems.recurring_problems import recurring_problems as recurring_problems
    from govinfo.questions.problems.theme_shares import theme_shares as theme_shares
    from govinfo.questions.publication.missing_reports import missing_reports as missing_reports
    from govinfo.questions.publication.missing_reports import published_by_year as published_by_year
    from govinfo.questions.requests.request_outcomes import request_outcomes as request_outcomes
    from govinfo.questions.volume.disclosure_volume import disclosure_volume as disclosure_volume
    from govinfo.tables import Tables as Tables
    from govinfo.tables import read_tables as read_tables
    from govinfo.tables import write_tables as write_tables
    from govinfo.workbook import write_workbook as write_workbook

# Where each public name lives; it is loaded when it is first used, so that importing the package costs nothing.
_HOMES = {
    "Tables": "govinfo.tables",
    "copied_text": "govinfo.questions.problems.copied_text",
    "disclosure_volume": "govinfo.questions.volume.disclosure_volume",
    "emerging_themes": "govinfo.questions.problems.emerging_themes",
    "load": "govinfo.build.loading.load",
    "missing_reports": "govinfo.questions.publication.missing_reports",
    "problem_themes": "govinfo.questions.problems.problem_themes",
    "promises": "govinfo.questions.problems.promises",
    "published_by_year": "govinfo.questions.publication.missing_reports",
    "read_tables": "govinfo.tables",
    "recurring_problems": "govinfo.questions.problems.recurring_problems",
    "request_outcomes": "govinfo.questions.requests.request_outcomes",
    "run_checks": "govinfo.checks",
    "theme_shares": "govinfo.questions.problems.theme_shares",
    "write_tables": "govinfo.tables",
    "write_workbook": "govinfo.workbook",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'govinfo' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
