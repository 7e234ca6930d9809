"""One report as a person wants to see it: who, when, its tables with statuses and places, what does not add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from govinfo.definitions.wording import say, words
from govinfo.rich.parts import block, folded, paragraph, said, table
from govinfo.rich.sheets import form_tables

_PLACE = ("province", "city", "county", "township")
_DISMISSED = "dismissed"


def report_html(frames: Mapping[str, pd.DataFrame], report: Mapping[Any, Any]) -> str:
    """The report `report` (a row of `reports`) of these tables as a display."""
    parts = [paragraph(said(report["title"]) if pd.notna(report["title"]) else str(report["source"]), "head")]
    parts.append(table(_identity(report)))
    sheets = list(form_tables(frames, report))
    parts += sheets or [paragraph(say("rich", "no_tables"))]
    if sheets:
        parts.append(paragraph(say("rich", "legend")))
    return block(*parts, *_findings(frames["findings"], report), *_texts(frames["narrative"], report))


def _identity(report: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    """What tells the report, as `govinfo show` prints it."""
    heads, codes = words("show"), words("codes")
    place = " ".join(str(report[name]) for name in _PLACE if pd.notna(report[name])) or heads["unknown"]
    year = said(report["year"])
    status = codes[f"report_{report['status']}"]
    cells = say(
        "show", "cells", status=status, found=said(report["cells_found"]), expected=said(report["cells_expected"])
    )
    yield heads["place"].strip(), place + _source(report["place_source"])
    yield heads["year"].strip(), year + _source(report["year_source"])
    yield heads["issuer"], said(report["issuer"])
    yield heads["published"], said(report["published_on"])
    yield heads["form"], codes.get(f"form_{report['form']}", str(report["form"]))
    yield heads["status"], cells
    yield heads["source"], f"{report['source']}  ({report['report_id']})"
    if pd.notna(report["note"]):
        yield heads["note"].strip(), str(report["note"])


def _source(value: Any) -> str:
    return "" if pd.isna(value) else say("show", "read_from", source=words("show").get(f"from_{value}", value))


def _findings(findings: pd.DataFrame, report: Mapping[Any, Any]) -> list[str]:
    """What does not add up, one a row; those that an official has dismissed say so."""
    own = findings[findings["report_id"] == report["report_id"]]
    if own.empty:
        return [paragraph(say("rich", "no_findings"))]
    rows = [
        (
            words("codes")[
                f"remark_{_DISMISSED}" if said(row["remark_status"]) == _DISMISSED else f"severity_{row['severity']}"
            ],
            said(row["message"]),
            said(row["locator"]),
        )
        for row in own.to_dict("records")
    ]
    heads = [words("table_heads")[name] for name in ("severity", "message", "locator")]
    return [paragraph(say("show", "findings", count=len(own)), "head"), table(rows, heads)]


def _texts(narrative: pd.DataFrame, report: Mapping[Any, Any]) -> list[str]:
    """The sections of the text; folded."""
    own = narrative[narrative["report_id"] == report["report_id"]]
    inner = "".join(
        (paragraph(str(heading), "head") if pd.notna(heading) else "") + "".join(map(paragraph, str(text).split("\n")))
        for heading, text in zip(own["heading"], own["text"], strict=True)
        if pd.notna(text) or pd.notna(heading)
    )
    return [folded(say("rich", "text", n=len(own)), inner)] if inner else []
