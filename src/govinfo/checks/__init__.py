"""What does not add up: each violation of a rule is a row of `findings`; nothing is raised or dropped."""

from __future__ import annotations

import pandas as pd

from govinfo.checks.copies import copy_findings
from govinfo.checks.corrections import correction_findings
from govinfo.checks.duplicates import duplicate_findings, set_aside
from govinfo.checks.equations import equation_findings
from govinfo.checks.findings import assemble, subjects
from govinfo.checks.identity import identity_findings
from govinfo.checks.narrative import narrative_findings
from govinfo.checks.publication import publication_findings
from govinfo.checks.rollup import rollup_findings
from govinfo.checks.shape import shape_findings
from govinfo.checks.texts import text_findings
from govinfo.checks.values import value_findings
from govinfo.checks.versions import set_aside_reports
from govinfo.checks.years import year_findings
from govinfo.tables import Tables

__all__ = ["run_checks", "set_aside"]


def run_checks(tables: Tables) -> pd.DataFrame:
    """Every rule of `definitions/rules.yaml`, applied to every report of `tables`.

    Returns
    -------
    DataFrame of the table `findings`, one row per violation
        in the order of places and years, then of rules, then of the form; the same tables give the same rows.
        A rule says nothing where a figure that it needs is null: a blank is not 0.

    Source: the equations printed on the forms, and `definitions/rules.yaml` for each rule's own source.
    """
    reports = subjects(tables)
    aside = set_aside_reports(tables)
    rows = [
        *equation_findings(tables, reports),
        *shape_findings(tables, reports),
        *value_findings(tables, reports),
        *narrative_findings(tables, reports),
        *identity_findings(tables, reports),
        *duplicate_findings(aside, reports),
        *publication_findings(tables, aside, reports),
        *correction_findings(tables, reports),
        *text_findings(tables, reports),
        *year_findings(tables, reports),
        *copy_findings(tables, reports),
        *rollup_findings(tables, reports),
    ]
    return assemble(rows, reports)
