"""Findings as a list that an official reads on the terminal: grouped by report, worst first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd

from govinfo.definitions.wording import say, words
from govinfo.questions.coverage import (
    DISMISSED,
    SEVERITIES,
    count_by_severity,
    count_dismissed,
    severity_rank,
    standing,
)
from govinfo.tables import Tables

__all__ = [
    "count_by_severity",
    "exit_code",
    "findings_text",
    "has_unreadable",
    "listed",
    "loaded_sums",
    "notes",
    "register_sums",
    "reject_lines",
    "unplaced_corrections",
]

# what makes a check fail unless more is asked for
_FAILS = "warning"
_PLACE = ["report_id", "county", "township", "year", "source", "form"]


def findings_text(tables: Tables, severity: str | None = None, lang: str = "zh") -> str:
    """Findings of `tables` in words by report, then the files that gave no report, then the sums.

    Parameters
    ----------
    tables : the tables, findings included.
    severity : list only findings of this severity and worse; None lists all. The sums are of all.
    lang : `zh` or `en`.
    """
    part = section(lang)
    lines = [*_by_report(listed(tables, severity), lang), *_rejects(tables, lang), *notes(tables, lang)]
    if severity is not None and severity != SEVERITIES[-1]:
        shown = SEVERITIES[: SEVERITIES.index(severity) + 1]
        lines.append(say(part, "only", severities=say(part, "or").join(severity_word(one, lang) for one in shown)))
    return "\n".join([*lines, say(part, "total", **_sums(tables)), *register_sums(tables, lang)]) + "\n"


def exit_code(tables: Tables, severity: str | None = None) -> int:
    """0 where nothing is wrong, 1 where findings of `severity` (None: a warning) or worse stand, 2 for unread files.

    A finding that an official has dismissed stands no more. A correction whose report is not there is as a warning.
    """
    if has_unreadable(tables):
        return 2
    worst = SEVERITIES[: SEVERITIES.index(severity or _FAILS) + 1]
    found = standing(tables.findings)["severity"].isin(worst).any()
    return int(found or (_FAILS in worst and len(unplaced_corrections(tables)) > 0))


def has_unreadable(tables: Tables) -> bool:
    """Whether a file gave no report; a second copy of one that did is no loss."""
    return bool((tables.rejects["reason"] != "duplicate_file").any())


def listed(tables: Tables, severity: str | None = None) -> pd.DataFrame:
    """The findings with place, year, source and form of their reports, in the order of a list.

    By place and year, worst first, what was dismissed last in each report; only `severity` and worse where it is given.
    """
    findings = tables.findings
    if severity is not None:
        findings = findings[findings["severity"].isin(SEVERITIES[: SEVERITIES.index(severity) + 1])]
    frame = findings.merge(tables.reports[_PLACE], on="report_id", how="left")
    order = pd.DataFrame(
        {
            "report": pd.factorize(frame["report_id"])[0],
            "dismissed": (frame["remark_status"] == DISMISSED).fillna(False),
            "severity": severity_rank(frame["severity"]),
        }
    )
    return frame.loc[order.sort_values(["report", "dismissed", "severity"], kind="stable").index]


def notes(tables: Tables, lang: str) -> Iterator[str]:
    """What the registers say that belongs to no finding: corrections without a report, remarks without a finding."""
    part = section(lang)
    yield from unplaced_corrections(tables, lang)
    gone = tables.remarks[tables.remarks["state"] == "gone"]
    if len(gone):
        yield say(part, "gone", n=len(gone))
        for record in gone.to_dict("records"):
            yield say(
                part, "gone_remark", finding_id=record["finding_id"], **_said(record, "status", "who", "when", lang)
            )


def unplaced_corrections(tables: Tables, lang: str = "zh") -> list[str]:
    """A sentence for each correction whose report is not among those that were read."""
    lost = tables.corrections[tables.corrections["state"] == "no_report"]
    said = words("codes")
    return [
        say(
            section(lang),
            "no_report",
            table=said[record["table"]].split()[0] if lang == "zh" else record["table"],
            line=record["line"],
            column=_text(record["column"]),
            report=_text(record["source"]) or _text(record["sha256"]),
        )
        for record in lost.to_dict("records")
    ]


def loaded_sums(tables: Tables) -> list[str]:
    """How many reports were read, what the checks found, and what the registers change, in Chinese sentences."""
    return [
        say("refresh", "loaded", reports=len(tables.reports), rejects=len(tables.rejects)),
        say("refresh", "findings", **count_by_severity(tables.findings)),
        *register_sums(tables),
    ]


def register_sums(tables: Tables, lang: str = "zh") -> list[str]:
    """What the registers change: how many findings were dismissed, how many corrections taken and not taken."""
    states = tables.corrections["state"]
    sums = {
        "dismissed": count_dismissed(tables.findings),
        "corrected": int((states == "applied").sum()),
        "not_applied": int((states != "applied").sum()),
        "gone_sum": int((tables.remarks["state"] == "gone").sum()),
    }
    return [say(section(lang), name, n=n) for name, n in sums.items() if n]


def reject_lines(reject: pd.Series[str], lang: str = "zh") -> list[str]:
    """A file that gave no report: which one, why, and what to do about it."""
    why, to_do = say("workbook", f"reason_{reject['reason']}"), say("quality", f"reject_{reject['reason']}")
    said = say(section(lang), "reject", source=reject["source"], why=why, reason=reject["reason"], to_do=to_do)
    return [said, f"  {reject['message']}"]


def section(lang: str) -> str:
    """The section of the wording for a language."""
    return "check" if lang == "zh" else "check_en"


def severity_word(severity: str, lang: str) -> str:
    """A severity as the language calls it."""
    return words("codes")[f"severity_{severity}"] if lang == "zh" else severity


def remark_word(status: str, lang: str) -> str:
    """The status of a remark as the language calls it."""
    return words("codes")[f"remark_{status}"] if lang == "zh" else status


def _by_report(frame: pd.DataFrame, lang: str) -> Iterator[str]:
    said = words(section(lang))
    for _, own in groupby(frame.to_dict("records"), key=itemgetter("report_id")):
        records = list(own)
        first = records[0]
        place = "".join(_text(first[key]) for key in ("county", "township")) or said["unknown_place"]
        year = said["unknown_year"] if pd.isna(first["year"]) else first["year"]
        yield say(section(lang), "report", place=place, year=year, source=first["source"])
        for record in records:
            yield from _finding(record, lang)
        yield ""


def _finding(record: Mapping[Any, Any], lang: str) -> Iterator[str]:
    part = section(lang)
    status = _text(record["remark_status"])
    severity = severity_word(record["severity"], lang)
    if status == DISMISSED:
        severity = remark_word(status, lang)
    yield say(part, "finding", severity=severity, message=record["message" if lang == "zh" else "message_en"])
    where = [_text(record[name]) for name in ("rule", "locator", "finding_id")]
    yield say(part, "where", where=say(part, "join").join(text for text in where if text))
    if status:
        yield say(part, "remark", **_said(record, "remark_status", "remark_by", "remark_on", lang))


def _said(record: Mapping[Any, Any], status: str, who: str, when: str, lang: str) -> dict[str, str]:
    return {
        "status": remark_word(record[status], lang),
        "remark": _text(record["remark"]),
        "who": _text(record[who]),
        "when": record[when].date().isoformat(),
    }


def _rejects(tables: Tables, lang: str) -> Iterator[str]:
    for _, reject in tables.rejects.iterrows():
        yield from reject_lines(reject, lang)


def _sums(tables: Tables) -> Mapping[str, int]:
    return {
        **count_by_severity(tables.findings),
        "reports": len(tables.reports),
        "rejects": len(tables.rejects),
    }


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
