"""The brief of one township in words and tables: what it rests on, who it is, what does not add up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from govinfo.charts.shown import Table, Words, beside
from govinfo.charts.table import code_word, tidy
from govinfo.charts.township.brief import headline
from govinfo.charts.township.profile_requests import years_said
from govinfo.definitions.wording import say
from govinfo.questions.coverage import count_by_severity, count_dismissed, coverage, distrust, reports_by, severity_rank
from govinfo.questions.problems.problem_themes import problem_statements
from govinfo.questions.township.one_township import Township
from govinfo.questions.township.township_reports import LEVELS, names_of, other_names_reports, reports_by_year

MOST_FINDINGS = 5
MOST_NAMED = 6
_SECTION = "profile"
_NO_LOSS = ("duplicate_file", "not_a_report")


def profile_head(township: Township) -> Table:
    """The full name of the township and the years of its reports, in large letters."""
    newest = township.newest
    if newest is None:
        return headline()
    path = "".join(str(newest[level]) for level in LEVELS if pd.notna(newest[level]))
    years = township.tables.reports["year"]
    return headline(path, years_said(years) if len(years) else "")


def profile_opening(township: Township) -> list[Words | Table]:
    """What the brief rests on: the reports, the years without one, how sure the figures are, what is not mixed in."""
    cover = coverage(township.tables)
    if cover.empty:
        return [Words((say("opening", "no_reports", n=len(township.everything.reports)),), "standing")]
    lines = [_stands_on(township, cover), *_absent(township), _sureness(township, cover), *_mixed(township)]
    notes = cover.dropna(subset=["note"]).groupby("note", sort=False).size()
    lines += [say("opening", "note", n=n, note=note) for note, n in notes.items()]
    return [Words(tuple(line for line in lines if line), "standing")]


def _stands_on(township: Township, cover: pd.DataFrame) -> str:
    forms = reports_by(township.tables, "form")
    parts = [
        say("opening", "by_form", form=code_word(group, "form_"), n=n)
        for group, n in zip(forms["group"], forms["reports"], strict=True)
    ]
    said = {"years": years_said(cover["year"]), "n": len(cover), "forms": say(_SECTION, "join").join(parts)}
    return say(_SECTION, "stands_on", **said)


def _absent(township: Township) -> list[str]:
    """The years without a report, and whether one may be among the files that could not be read."""
    by_year = reports_by_year(township)
    years = by_year.loc[by_year["state"] != "there", "year"]
    if years.empty:
        return []
    text = say(_SECTION, "absent", years=say(_SECTION, "join").join(map(str, years)))
    lost = int((~township.everything.rejects["reason"].isin(_NO_LOSS)).sum())
    return [text + (say(_SECTION, "absent_rejects", n=lost) if lost else "")]


def _sureness(township: Township, cover: pd.DataFrame) -> str:
    whole = int((cover["status"] == "complete").sum())
    if len(cover) == 1:
        text = say(_SECTION, "sureness_one" if whole else "sureness_part")
    else:
        text = say(_SECTION, "sureness", whole=whole)
    sums = {name: int(cover[name].sum()) for name in ("repaired", "uncertain", "errors", "warnings")}
    if sums["repaired"] or sums["uncertain"]:
        text += say(_SECTION, "cells", **sums)
    dismissed = count_dismissed(township.tables.findings)
    text += say(_SECTION, "found" if sums["errors"] or sums["warnings"] else "found_none", **sums)
    return text + (say(_SECTION, "dismissed", n=dismissed) if dismissed else "")


def _mixed(township: Township) -> list[str]:
    """What might be taken for this township and is not counted, and what might not be one township."""
    lines = [] if township.county_known else [say(_SECTION, "county_unknown")]
    others = township.namesakes
    untold = others[["county", "city", "division_code"]].isna().all(axis=1)
    told = others[~untold]
    if len(told):
        names = list(dict.fromkeys((told["city"].fillna("") + told["county"].fillna("")).tolist()))
        places = say(_SECTION, "join").join(names[:MOST_NAMED])
        lines.append(say(_SECTION, "namesakes", n=len(told), places=places))
    if untold.any():
        lines.append(say(_SECTION, "namesakes_untold", n=int(untold.sum())))
    former = other_names_reports(township)
    if len(former):
        called = say(_SECTION, "join").join(dict.fromkeys(former["township"]))
        lines.append(say(_SECTION, "other_names", n=len(former), names=called, years=years_said(former["year"])))
    if len(township.set_aside):
        sources = say(_SECTION, "join").join(township.set_aside["source"].head(MOST_NAMED))
        lines.append(say(_SECTION, "set_aside", n=len(township.set_aside), sources=sources))
    return lines


def who_table(township: Township) -> list[Words | Table]:
    """The names and codes of the township, by the reports and the lists of divisions."""
    names = names_of(township)
    if names.empty:
        return [Words((say(_SECTION, "nothing"),))]
    rows = names.assign(
        in_lists=[_listed(record) for record in names.to_dict("records")],
        reported=pd.array([_span(years) for years in names["years"]], dtype="string"),
    )
    columns = ["province", "city", "county", "township", "division_code", "nbs_code", "in_lists", "reported"]
    told = [name for name in columns if rows[name].notna().any()]
    return [tidy(rows, told, caption=say(_SECTION, "names_table"))]


def _listed(record: Mapping[Any, Any]) -> str:
    if not record["listed"]:
        return say(_SECTION, "listed_not")
    first, last = (None if pd.isna(record[end]) else record[end] for end in ("first", "last"))
    if first is None and last is None:
        return say(_SECTION, "listed_all")
    key = "listed_to" if first is None else "listed_from" if last is None else "listed_span"
    return say(_SECTION, key, first=first, last=last)


def _span(years: Any) -> Any:
    """The years as spans: 2017—2019、2021."""
    if pd.isna(years):
        return pd.NA
    runs: list[list[int]] = []
    for year in sorted({int(year) for year in str(years).split()}):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    said = [say(_SECTION, "range", low=run[0], high=run[-1]) if len(run) > 1 else str(run[0]) for run in runs]
    return say(_SECTION, "join").join(said)


def reports_table(township: Township) -> list[Words | Table]:
    """A row per year: the report and how whole it is, or what is known of there being none."""
    rows = reports_by_year(township)
    if rows.empty:
        return [Words((say(_SECTION, "nothing"),))]
    there = rows["state"] == "there"
    cells = [
        say("opening", "cells", found=found, expected=expected) if ok and expected else pd.NA
        for ok, found, expected in zip(
            there, rows["cells_found"].fillna(0), rows["cells_expected"].fillna(0), strict=True
        )
    ]
    state = [_state(record) for record in rows.to_dict("records")]
    rows = rows.assign(cells=pd.array(cells, dtype="string"), report_state=state)
    columns = ["year", "report_state", "form", "cells", "errors", "warnings", "published_on", "source"]
    told = [name for name in columns if name != "published_on" or rows[name].notna().any()]
    return [tidy(rows, told, caption=say(_SECTION, "reports_table", n=int(there.sum())))]


def _state(record: Mapping[Any, Any]) -> str:
    """Whether there is a report and how whole it is; of none, what the lists say."""
    if record["state"] == "there":
        return code_word(str(record["status"]), "report_")
    text = say(_SECTION, f"state_{record['state']}")
    if pd.isna(record["reason"]):
        return text
    return say(_SECTION, "state_reason", state=text, reason=say(_SECTION, f"reason_{record['reason']}"))


def findings_words(township: Township) -> Words:
    """How many errors and warnings there are, and of which year the newest is."""
    counts = count_by_severity(township.tables.findings)
    if township.tables.reports.empty:
        return Words((say(_SECTION, "findings_nothing"),))
    if not counts["error"] and not counts["warning"]:
        return Words((say(_SECTION, "findings_none"),))
    found = distrust(township.tables)
    years = found.loc[found["severity"] != "info", "year"].dropna()
    key = "findings_title" if len(years) else "findings_title_no_year"
    said = {"errors": counts["error"], "warnings": counts["warning"], "year": max(years, default="")}
    return Words((say(_SECTION, key, **said),))


def findings_tables(township: Township) -> list[Words | Table]:
    """What does not add up, the newest first: errors and warnings, most of them open, and folded what is for notice."""
    found = distrust(township.tables)
    found = found.assign(_rank=severity_rank(found["severity"]))
    found = found.sort_values(["year", "_rank"], ascending=[False, True], na_position="last", kind="stable")
    serious, infos = found[found["severity"] != "info"], found[found["severity"] == "info"]
    columns = ["year", "severity", "message", "locator"]
    shown: list[Words | Table] = []
    if len(serious):
        head = serious.head(MOST_FINDINGS)
        key = "findings_table" if len(head) == len(serious) else "findings_table_some"
        shown.append(tidy(head, columns, caption=say(_SECTION, key, n=len(serious), shown=len(head))))
    else:
        shown.append(Words((findings_words(township).text + say(_SECTION, "stop"),)))
    for part, key in ((serious.iloc[MOST_FINDINGS:], "findings_more"), (infos, "findings_infos")):
        shown += beside(tidy(part, columns, caption=say(_SECTION, key, n=len(part)), folded=True))
    return shown


def statements_table(township: Township) -> tuple[Table, ...]:
    """Each statement of section 五 with its themes; folded."""
    rows = problem_statements(township.tables)
    caption = say(_SECTION, "statements_table", n=len(rows))
    return beside(tidy(rows, ["year", "kind", "ordinal", "text", "themes"], caption=caption, folded=True))
