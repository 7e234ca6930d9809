"""The tables at a glance: what reports there are, what does not add up, how new the data are, what each table holds."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from govinfo.definitions.wording import say, words
from govinfo.rich.parts import block, paragraph, table
from govinfo.rich.report import report_html

_SEVERITIES = ("error", "warning", "info")
_PLACE = ["province", "city", "county", "township"]


def tables_html(frames: Mapping[str, pd.DataFrame]) -> str:
    """The tables by name as a display: a single report in full, of several what there is."""
    reports = frames["reports"]
    if len(reports) == 1:
        return report_html(frames, reports.to_dict("records")[0])
    lines = [_reports(reports), _findings(frames["findings"]), _date(reports)]
    if len(frames["rejects"]):
        lines.append(say("rich", "rejects", n=len(frames["rejects"])))
    names = words("rich")
    rows = [(name, names.get(f"table_{name}", ""), len(frame)) for name, frame in frames.items()]
    heads = (names["head_table"], names["head_holds"], names["head_rows"])
    return block(paragraph(lines[0], "head"), *map(paragraph, lines[1:]), table(rows, heads))


def tables_text(frames: Mapping[str, pd.DataFrame]) -> str:
    """The tables in one line, for a terminal."""
    reports = frames["reports"]
    years = reports["year"].dropna()
    span = f", {years.min()}-{years.max()}" if len(years) else ""
    return (
        f"<Tables: {len(reports)} reports{span}; {len(frames['findings'])} findings, {len(frames['rejects'])} rejects>"
    )


def _reports(reports: pd.DataFrame) -> str:
    if reports.empty:
        return say("rich", "no_reports")
    own = reports[(reports["level"] == "township").fillna(False) & reports["township"].notna()]
    places, years = len(own[_PLACE].drop_duplicates()), reports["year"].dropna()
    text = say("rich", "reports", n=len(reports), places=places)
    if len(years):
        text += say("rich", "year" if years.nunique() == 1 else "years", first=years.min(), last=years.max())
    aside = int((~reports["counted"].fillna(True)).sum())
    return text + (say("rich", "set_aside", n=aside) if aside else "")


def _findings(findings: pd.DataFrame) -> str:
    """Findings by severity, those left out that an official has dismissed."""
    standing = findings[(findings["remark_status"] != "dismissed").fillna(True)]
    counts = {name: int((standing["severity"] == name).sum()) for name in _SEVERITIES}
    return say("rich", "findings", **counts)


def _date(reports: pd.DataFrame) -> str:
    days = pd.concat([reports["published_on"], reports["retrieved_on"]]).dropna()
    return say("rich", "newest", date=days.max().date().isoformat()) if len(days) else say("rich", "newest_unknown")
