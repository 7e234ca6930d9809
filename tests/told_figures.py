"""Tables of reports that tell figures in their text or in the old statistics table, for tests of questions."""

from __future__ import annotations

from collections.abc import Iterable

from made_tables import report

from govinfo.tables import Tables, typed

Said = tuple[str, float, bool]


def told(said: Iterable[Said], listed: dict[str, float | None] | None = None, **more: object) -> Tables:
    """One report whose text tells these figures (measure, value, approximate), and whose old table lists those.

    `more` are columns of every mention: period, category.
    """
    mentions = [
        {
            **{"report_id": "r1", "order": 1, "period": "year", "unit": "条", "evidence": f"第{number}句"},
            **{"measure": measure, "value": value, "approximate": about, **more},
        }
        for number, (measure, value, about) in enumerate(said)
    ]
    return Tables(
        reports=typed("reports", [report(1, "东河镇", 2018, "statistics" if listed is not None else "2021")]),
        mentions=typed("mentions", mentions),
        statistics=statistics({"r1": listed or {}}),
    )


def statistics(lines: dict[str, dict[str, float | None]], parent: str | None = None):
    """Rows of the old table by report and line; null where the line is blank."""
    rows = [
        {
            **{"report_id": report_id, "line": line, "label": line, "unit": "件", "value": value, "parent": parent},
            "status": "blank" if value is None else "read",
        }
        for report_id, figures in lines.items()
        for line, value in figures.items()
    ]
    return typed("statistics", rows)
