"""Whether reports were published in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import pandas as pd

from govinfo.checks.findings import Row, Spoken, Subject, make
from govinfo.checks.versions import SetAside
from govinfo.tables import Tables

# Since the report on 2019 the Regulations as revised in 2019 ask for it by the end of January, but of governments.
_REVISED = 2019
_JANUARY, _MARCH = (1, 31), (3, 31)
# A body whose level is not known is given the longer time.
_BY_JANUARY = ("township", "department")
# In December some offices publish already; what is dated before cannot be the report on that year.
_EARLIEST = (12, 1)


def due(level: str, year: int) -> date:
    """The last day on which the report of a body of that level on `year` is in time.

    Source: Regulations on Open Government Information (2019), art. 49; before them those of 2008, art. 31.
    """
    return date(year + 1, *(_JANUARY if level in _BY_JANUARY and year >= _REVISED else _MARCH))


def publication_findings(tables: Tables, aside: Iterable[SetAside], reports: Mapping[str, Subject]) -> Iterator[Row]:
    """Findings of the rule `publication.late`: one for each report that counts and whose first publication was late."""
    published = _first_days(tables.reports, aside)
    for report_id, day in published.items():
        subject = reports[str(report_id)]
        if subject.year is None or not 0 < subject.year < date.max.year:
            continue
        deadline, earliest = due(subject.level, subject.year), date(subject.year, *_EARLIEST)
        case = "early" if day < earliest else "republished" if day.year > subject.year + 1 else "late"
        if earliest <= day <= deadline:
            continue
        yield make(
            subject,
            "publication.late",
            case,
            Spoken("reports"),
            expected=deadline.isoformat(),
            found=day.isoformat(),
            year=subject.year,
            deadline=deadline.isoformat(),
            published=day.isoformat(),
            days=(day - deadline).days,
        )


def _first_days(reports: pd.DataFrame, aside: Iterable[SetAside]) -> Mapping[str, date]:
    """When each report that counts was first published, in this file or in one that is set aside for it."""
    instead = {each.own.report_id: each.other.report_id for each in aside}
    dated = reports[reports["published_on"].notna() & reports["year"].notna()]
    stands_for = dated["report_id"].map(lambda each: instead.get(each, each)).astype("str")
    # a date before the reported year has ended is a misread one: it is told only where there is no other
    early = dated["published_on"].dt.year <= dated["year"].astype("int64")
    ordered = dated.assign(stands_for=stands_for, early=early).sort_values(["early", "published_on"], kind="stable")
    first = ordered.drop_duplicates("stands_for")
    return dict(zip(first["stands_for"], first["published_on"].dt.date, strict=True))
