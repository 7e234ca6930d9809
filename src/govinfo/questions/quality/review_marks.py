"""Which reports are in order, which need a look, which are wrong: by township and year, from findings alone."""

from __future__ import annotations

import pandas as pd

from govinfo.checks.same_place import place_keys
from govinfo.questions.areas import LEVELS, area_names
from govinfo.questions.coverage import SEVERITIES, standing
from govinfo.questions.frames import shaped
from govinfo.tables import Tables

# the worst that was found: an error, a warning, neither
RED, YELLOW, GREEN = "error", "warning", "clean"
MARKS = {
    **dict.fromkeys(("report_id", "place", "area", *LEVELS, "township"), "string"),
    "year": "Int16",
    **dict.fromkeys(("level", "form", "status", "mark"), "string"),
    **dict.fromkeys(("errors", "warnings", "infos", "set_aside"), "Int64"),
    "source": "string",
    "others": "string",
}


def review_marks(tables: Tables) -> pd.DataFrame:
    """What the checks found in each report that counts, in one mark.

    Returns
    -------
    DataFrame, one row per counted report, in the order of places and years
        report_id, place (what tells its place whatever it is called in a year, null where nothing does), area (null
        where no county is told), province, city, county, township, year, level, form, status;
        mark: `error`, `warning` or `clean` (hints count as clean), by the findings that nobody has dismissed, those of
        its duplicates left out; errors, warnings, infos (how many); set_aside (how many other reports of the same
        place and year do not count), others (their files, joined by 、); source.
    """
    reports = tables.reports
    own = reports[reports["counted"].fillna(True)].assign(area=area_names(reports), place=place_keys(reports, per=()))
    findings = standing(tables.findings)
    for severity in SEVERITIES:
        counts = findings[findings["severity"] == severity].groupby("report_id").size()
        own[f"{severity}s"] = own["report_id"].map(counts.to_dict()).astype("Int64").fillna(0)
    own["mark"] = pd.Series(GREEN, index=own.index, dtype="string")
    own["mark"] = own["mark"].mask(own["warnings"] > 0, YELLOW).mask(own["errors"] > 0, RED)
    keys = [*LEVELS, "township", "year"]
    aside = reports[~reports["counted"].fillna(True)]
    groups = aside.groupby(keys, dropna=False)["source"]
    others = groups.agg(set_aside="size", others=lambda names: "、".join(sorted(map(str, names)))).reset_index()
    own = own.merge(others, on=keys, how="left")
    own["set_aside"] = own["set_aside"].fillna(0)
    return shaped(own.sort_values([*keys, "report_id"], na_position="last", kind="stable"), MARKS)
