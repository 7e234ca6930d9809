"""Which problems a township names again, in how many years running, and in what words."""

from __future__ import annotations

import pandas as pd

from govinfo.definitions.themes import UNCLASSIFIED, themes
from govinfo.questions.frames import PLACE, located, shaped, theme_labels
from govinfo.questions.problems.stated import followed_reports, nearest, renamed, stated_themes, with_likeness
from govinfo.tables import Tables

_SPOT = {"ordinal": "Int16", "text": "string", "source": "string", "order": "Int8", "start": "Int32", "end": "Int32"}
RECURRING = {
    **PLACE,
    "theme": "string",
    "theme_label": "string",
    "earlier_year": "Int16",
    "between": "string",
    "years_running": "Int16",
    "alike": "Float64",
    "promised": "boolean",
    **_SPOT,
    "earlier_report_id": "string",
    **{f"earlier_{name}": dtype for name, dtype in _SPOT.items()},
}
RUNS = {
    **dict.fromkeys(("province", "city", "county", "township", "theme", "theme_label"), "string"),
    **dict.fromkeys(("years_named", "years_read", "longest_run", "possible_run"), "Int64"),
    **dict.fromkeys(("run_first", "run_last"), "Int16"),
}
# Two statements that no theme fits are the same problem only where their words are.
_SAME_WORDS = 0.6


def recurring_problems(tables: Tables) -> pd.DataFrame:
    """The problems of townships whose theme the same township has named as a problem before.

    Returns
    -------
    DataFrame, one row per problem and theme, in the order of places and years
        the later report (report_id, county, township, year, form), theme, theme_label;
        earlier_year (the last year before in which the township names the theme); `between`: `consecutive`,
        `not_named` (years lie between, all were read, none names it: it went and came back), `unknown` (of a year
        between there is no report, or none that could be read);
        years_running (in how many years running the theme is named, this one included);
        alike (0 to 1: how much the words are those of the earlier problem that is nearest, in pairs of characters);
        promised (whether the earlier report lists a measure of that theme);
        ordinal, text, source, order, start, end: the statement and its place in the section's text; the same with
        earlier_ for the statement that is nearest in the earlier report.
        A township is the same across years by its division, whatever it is called. Problems that no theme fits are
        here only where their words are much the same.
    """
    followed = followed_reports(tables)
    stated = stated_themes(tables, followed)
    problems = stated[stated["kind"] == "problem"]
    pairs = _pairs(problems, followed[followed["read"]])
    later = pairs.merge(problems, on=["report_id", "theme", "place", "year"])
    both = later.merge(renamed(problems, "earlier_"), on=["earlier_report_id", "theme"])
    found = nearest(with_likeness(both, "text", "earlier_text"), ["report_id", "theme", "ordinal"])
    found = found[(found["theme"] != UNCLASSIFIED) | (found["alike"] >= _SAME_WORDS)]
    measures = stated.loc[stated["kind"] == "measure", ["report_id", "theme"]].drop_duplicates()
    asked = pd.MultiIndex.from_frame(found[["earlier_report_id", "theme"]])
    source = tables.reports.set_index("report_id")["source"].to_dict()
    found = found.drop(columns="year").assign(
        promised=asked.isin(pd.MultiIndex.from_frame(measures)),
        theme_label=theme_labels(found["theme"]),
        source=found["report_id"].map(source),
        earlier_source=found["earlier_report_id"].map(source),
    )
    return located(found, tables, RECURRING)


def longest_runs(tables: Tables) -> pd.DataFrame:
    """How many years running each township has named each theme as a problem, at the longest.

    Returns
    -------
    DataFrame, one row per township and theme that it has named, in the order of places and of the taxonomy
        province, city, county, township (as its newest report calls it), theme, theme_label; years_named, years_read
        (reports whose section 五 was read); longest_run (years running; 1 where never twice in a row) from run_first
        to run_last; possible_run (the longest run of years with a report that was read: a theme cannot run longer).
        Problems that no theme fits are left out.
    """
    followed = followed_reports(tables)
    read = followed[followed["read"]].sort_values(["place", "year"], kind="stable")
    problems = stated_themes(tables, followed).query("kind == 'problem' and theme != @UNCLASSIFIED")
    named = problems[["place", "theme", "year"]].drop_duplicates()
    groups = named.groupby(["place", "theme"])
    frame = groups["year"].agg(years_named="size").join(_runs(named, ["place", "theme"])).reset_index()
    whole = read.groupby("place")["year"].agg(years_read="size").join(_runs(read, ["place"])["longest_run"])
    frame = frame.merge(whole.rename(columns={"longest_run": "possible_run"}).reset_index(), on="place", how="left")
    newest = read.drop_duplicates("place", keep="last")[["place", "report_id"]]
    where = ["province", "city", "county", "township"]
    frame = frame.merge(newest, on="place").merge(tables.reports[["report_id", *where]], on="report_id")
    rank = frame["theme"].map({theme.code: number for number, theme in enumerate(themes())})
    frame = frame.assign(theme_label=theme_labels(frame["theme"]), rank=rank)
    return shaped(frame.sort_values([*where, "place", "rank"], na_position="last", kind="stable"), RUNS)


def _runs(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The longest run of years of each of `keys`, the newest of several: longest_run, run_first, run_last."""
    rows = rows.sort_values([*keys, "year"], kind="stable")
    begins = (rows.groupby(keys)["year"].diff() != 1).cumsum().rename("begins")
    runs = rows.groupby([*keys, begins])["year"].agg(["size", "min", "max"]).reset_index()
    best = runs.sort_values(["size", "max"], kind="stable").drop_duplicates(keys, keep="last").set_index(keys)
    return best[["size", "min", "max"]].set_axis(["longest_run", "run_first", "run_last"], axis=1)


def _pairs(problems: pd.DataFrame, read: pd.DataFrame) -> pd.DataFrame:
    """For each report and theme the report of the township that named it before, and the years between.

    report_id, theme, place, year, earlier_report_id, earlier_year, between, years_running.
    """
    read = read.sort_values(["place", "year"], kind="stable")
    read = read.assign(number=read.groupby("place").cumcount())[["report_id", "number"]]
    named = problems[["place", "theme", "year", "report_id"]].drop_duplicates().merge(read, on="report_id")
    named = named.sort_values(["place", "theme", "year"], kind="stable").reset_index(drop=True)
    before = named.groupby(["place", "theme"])[["report_id", "year", "number"]].shift().add_prefix("earlier_")
    apart = named["year"] - before["earlier_year"]
    begins = (apart != 1).groupby([named["place"], named["theme"]]).cumsum()
    running = named.groupby([named["place"], named["theme"], begins]).cumcount() + 1
    whole = named["number"] - before["earlier_number"] == apart
    between = pd.Series("unknown", index=named.index).mask(whole, "not_named").mask(apart == 1, "consecutive")
    found = named.join(before).assign(between=between, years_running=running)
    return found[found["earlier_report_id"].notna()].drop(columns=["number", "earlier_number"])
