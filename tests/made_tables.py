"""Small tables made cell by cell from the official forms, for tests of questions, charts and pages."""

from __future__ import annotations

import pandas as pd

from govinfo.definitions.form import Form, forms
from govinfo.tables import Tables, typed


def form(code: str) -> Form:
    return next(one for one in forms() if one.code == code)


def report(number: int, township: str, year: int, code: str = "2021", **more: object) -> dict[str, object]:
    return {
        "report_id": f"r{number}",
        "source": f"{township}{year}.txt",
        "format": "txt",
        "form": code,
        "level": "township",
        "township": township,
        "county": "某县",
        "year": year,
        "counted": True,
        "status": "complete",
        **more,
    }


def figures(name: str, made: dict[str, object], values: dict[tuple[str, str], object] | None = None):
    """All cells of one table of one report: 0, or what `values` says by line and column; None is a blank."""
    values, rows = values or {}, []
    for block in form(str(made["form"])).table(name).blocks:
        for line in block.lines:
            for column in block.columns:
                key = (column.group or line.code, column.code)
                value = values.get(key, 0)
                cell = {
                    "report_id": made["report_id"],
                    "value": value,
                    "raw": None if value is None else str(value),
                    "status": "blank" if value is None else "read",
                    "locator": f"{made['source']}:1",
                }
                if name == "disclosure":
                    cell |= {"article": block.article, "item": key[0], "measure": key[1], "unit": column.unit}
                elif name == "requests":
                    cell |= {
                        "line": key[0],
                        "applicant": key[1],
                        "category": line.category,
                        "reason": line.reason,
                    }
                else:
                    cell |= {"channel": key[0], "result": key[1]}
                rows.append(cell)
    return rows


def tables(*made: tuple[dict[str, object], dict[str, dict[tuple[str, str], object]]], **frames: object) -> Tables:
    """Tables of reports, each with what differs from 0 by table; other tables by name."""
    reports = typed("reports", [one for one, _ in made])
    built: dict[str, pd.DataFrame] = {"reports": reports}
    for name in ("disclosure", "requests", "disputes"):
        rows = [
            row
            for one, values in made
            if one["form"] in ("2021", "2019")
            for row in figures(name, one, values.get(name))
        ]
        built[name] = typed(name, rows)
    for name, rows in frames.items():
        built[name] = typed(name, rows)
    return Tables(**built)


def busy_tables() -> Tables:
    """Three reports with figures, a repaired and an ambiguous line, findings, and named problems."""
    first = report(1, "东河镇", 2021, note="节录：<b>叙述</b>从简")
    second = report(2, "东河镇", 2022)
    third = report(3, "西山乡", 2020, "2019")
    made = tables(
        (
            first,
            {
                "disclosure": {("normative_documents", "issued"): 4, ("normative_documents", "in_force"): 7},
                "requests": {("new", "total"): 3, ("granted", "total"): 2, ("total", "total"): 3}
                | {("refused_third_party", "total"): 1},
                "disputes": {("reconsideration", "upheld"): 1, ("reconsideration", "total"): 1},
            },
        ),
        (
            second,
            {
                "disclosure": {
                    ("normative_documents", "issued"): 2,
                    ("administrative_licensing", "decisions"): 12,
                },
                "requests": {("new", "total"): 5, ("granted", "total"): None, ("total", "total"): 5},
            },
        ),
        (
            third,
            {
                "disclosure": {
                    ("normative_documents", "made"): 9,
                    ("administrative_licensing", "decisions"): 30,
                    ("government_procurement", "amount"): 70.320372,
                }
            },
        ),
        problems=[
            {
                "report_id": "r1",
                "kind": "problem",
                "ordinal": 1,
                "text": "更新慢，<script>alert(1)</script>人手少",
            },
            {"report_id": "r1", "kind": "measure", "ordinal": 1, "text": "加强培训"},
            {"report_id": "r3", "kind": "problem", "ordinal": 1, "text": "内容少"},
        ],
        problem_themes=[
            {"report_id": "r1", "kind": "problem", "ordinal": 1, "theme": "timeliness", "evidence": "更新慢"},
            {"report_id": "r1", "kind": "problem", "ordinal": 1, "theme": "staffing", "evidence": "人手少"},
            {"report_id": "r1", "kind": "measure", "ordinal": 1, "theme": "skills", "evidence": "培训"},
            {
                "report_id": "r3",
                "kind": "problem",
                "ordinal": 1,
                "theme": "content_scope",
                "evidence": "内容少",
            },
        ],
        findings=[
            {
                "finding_id": "f1",
                "report_id": "r2",
                "rule": "requests.outcome_total",
                "severity": "error",
                "table": "requests",
                "line": "total",
                "column": "total",
                "message": "总计 5 与各行之和不符",
                "message_en": "total 5 is not the sum of the lines",
                "locator": "东河镇2022.txt:1",
            },
            {
                "finding_id": "f2",
                "report_id": "r1",
                "rule": "text.repeated",
                "severity": "info",
                "table": "narrative",
                "message": "重复",
                "message_en": "repeated",
            },
        ],
        rejects=[{"source": "坏.doc", "sha256": "0", "reason": "unreadable", "message": "unreadable"}],
    )
    repaired = (made.requests["report_id"] == "r1") & (made.requests["line"] == "granted")
    made.requests.loc[repaired, "status"] = "repaired"
    made.requests.loc[repaired, "printed"] = "2 | 0 | 0 | 2"
    return made
