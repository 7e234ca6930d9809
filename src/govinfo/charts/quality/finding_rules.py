"""Which rules the reports break, by severity, and what officials have said."""

from __future__ import annotations

import pandas as pd

from govinfo.charts.chart import Chart
from govinfo.charts.part_bars import BAD, DOUBT, GOOD, Bars, part_bars
from govinfo.charts.parts import Part
from govinfo.charts.shown import Table, Words
from govinfo.charts.table import code_word, tidy
from govinfo.definitions.wording import say, words
from govinfo.questions.coverage import SEVERITIES, severity_rank
from govinfo.questions.frames import located
from govinfo.questions.quality.finding_rules import finding_states
from govinfo.tables import Tables

MOST_RULES = 15
_LEFT = ("open", "confirmed", "fixed")
_DETAIL = {
    **dict.fromkeys(("report_id", "county", "township"), "string"),
    "year": "Int16",
    **dict.fromkeys(("form", "severity", "rule", "rule_name", "message", "locator", "judged", "remark"), "string"),
}


def rule_name(rule: str) -> str:
    """What officials call a breach of that rule; its code where it has no name yet."""
    return words("finding_names").get(rule, rule)


def rule_chart(rules: pd.DataFrame, reports: int) -> Chart | Words:
    """How often each rule is broken (answer of `findings_by_rule` of so many reports)."""
    if not reports:
        return Words((say("quality", "rules_no_reports"),))
    if rules.empty:
        return Words((say("quality", "rules_none", n=reports),))
    left = rules.assign(left=rules[list(_LEFT)].sum(axis=1))
    dismissed = int(rules["dismissed"].sum())
    left = left[left["left"] > 0]
    if left.empty:
        return Words((say("quality", "rules_all_dismissed", n=dismissed),))
    shown = left.iloc[:MOST_RULES]
    labels = [
        say("quality", "rules_label", severity=code_word(severity, "severity_"), name=rule_name(rule))
        for severity, rule in zip(shown["severity"], shown["rule"], strict=True)
    ]
    parts = {
        "open": Part(say("quality", "state_open"), DOUBT),
        "confirmed": Part(say("quality", "state_confirmed"), BAD, pale=False),
        "fixed": Part(say("quality", "state_fixed"), GOOD),
    }
    caption = say("quality", "rules_caption", n=reports)
    caption += say("quality", "rules_left_out", shown=len(shown), all=len(left)) if len(left) > len(shown) else ""
    caption += say("quality", "rules_dismissed", n=dismissed) if dismissed else ""
    heading = Bars("findings_by_rule", _title(left), caption)
    return part_bars(shown[list(parts)].set_axis(labels), parts, heading, shown)


def _title(left: pd.DataFrame) -> str:
    sums = {f"{severity}s": int(left.loc[left["severity"] == severity, "left"].sum()) for severity in SEVERITIES}
    most = left.sort_values("left", ascending=False, kind="stable").iloc[0]
    return say(
        "quality",
        "rules_title",
        n=int(left["left"].sum()),
        most=rule_name(str(most["rule"])),
        most_n=int(most["left"]),
        **sums,
    )


def rule_table(rules: pd.DataFrame) -> list[Table | Words]:
    """What each broken rule asks, why, and what officials have said; nothing where none is broken."""
    if rules.empty:
        return []
    rows = rules.assign(rule_name=[rule_name(str(rule)) for rule in rules["rule"]], last_year=rules["newest_year"])
    columns = ["severity", "rule_name", "open", "confirmed", "fixed", "dismissed", "reports_n", "last_year"]
    rows = rows.rename(columns={"reports": "reports_n"})
    return [tidy(rows, [*columns, "holds", "why"], caption=say("quality", "rules_table"), folded=True)]


def finding_table(tables: Tables) -> list[Table | Words]:
    """Every finding that is not dismissed, the newest year first and the worst of a year first; then the dismissed."""
    findings = tables.findings
    judged = finding_states(findings)
    rows = findings.assign(
        judged=[say("quality", f"state_{state}") for state in judged],
        rule_name=[rule_name(str(rule)) for rule in findings["rule"]],
        _dismissed=judged == "dismissed",
    )
    shown: list[Table | Words] = []
    for key, part in (("findings_table", rows[~rows["_dismissed"]]), ("findings_dismissed", rows[rows["_dismissed"]])):
        if part.empty:
            continue
        frame = newest_first(located(part, tables, _DETAIL), severity=True)
        columns = ["year", "county", "township", "severity", "rule_name", "message", "judged", "remark", "locator"]
        columns = [name for name in columns if name != "remark" or frame["remark"].notna().any()]
        shown.append(tidy(frame, columns, caption=say("quality", key), folded=True))
    return shown


def newest_first(frame: pd.DataFrame, *, severity: bool = False) -> pd.DataFrame:
    """The rows by year, the newest first and those without a year before all; the worst of a year first if wanted."""
    age = -frame["year"].astype("Int64").fillna(9999)
    ordered = frame.assign(_age=age, _rank=severity_rank(frame["severity"]) if severity else 0)
    return ordered.sort_values(["_age", "_rank"], kind="stable").drop(columns=["_age", "_rank"]).reset_index(drop=True)
