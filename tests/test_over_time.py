"""Problems from year to year: shares, what recurs, what was promised. A gap is a gap, silence is no success."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import govinfo
from govinfo.definitions.themes import themes
from govinfo.demo.corpus import write_corpus
from govinfo.errors import ConfigError
from govinfo.questions.chance.intervals import change, wilson
from govinfo.questions.problems.recurring_problems import longest_runs
from govinfo.questions.problems.section_five import problem_sections
from govinfo.tables import Tables, read_tables, typed, write_tables

Said = tuple[str, str, str]  # kind, themes joined by +, text


def reports(*made: dict[str, Any], text: str = "本节的文字。") -> Tables:
    """A report for each entry: `at` (township, year), `said` (its statements); all else goes into its row."""
    rows: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("reports", "narrative", "problems", "problem_themes")
    }
    for entry in made:
        (township, year), said = entry.pop("at"), entry.pop("said", ())
        report_id = entry.pop("report_id", f"{township}{year}")
        printed = entry.pop("text", text)
        place = {"province": "某省", "city": "某市", "county": "某县", "township": township, "level": "township"}
        row = {"report_id": report_id, "source": f"{report_id}.txt", "form": "2021", "year": year, "counted": True}
        rows["reports"].append(row | place | entry)
        if printed is not None:
            rows["narrative"].append({"report_id": report_id, "order": 5, "role": "problems", "text": printed})
        counts = {"problem": 0, "measure": 0}
        for kind, named, words in said:
            counts[kind] += 1
            key = {"report_id": report_id, "kind": kind, "ordinal": counts[kind]}
            rows["problems"].append({**key, "text": words, "order": 5, "start": 10, "end": 10 + len(words)})
            rows["problem_themes"] += [{**key, "theme": theme} for theme in named.split("+")]
    return Tables(**{name: typed(name, own) for name, own in rows.items()})


def problem(theme: str, text: str = "更新不及时") -> Said:
    return ("problem", theme, text)


def measure(theme: str, text: str = "及时更新") -> Said:
    return ("measure", theme, text)


LATE = (problem("timeliness"),)


QUESTIONS = (govinfo.theme_shares, govinfo.recurring_problems, govinfo.promises, govinfo.copied_text, longest_runs)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.__name__)
def test_an_empty_answer_has_the_columns_of_a_full_one(question):
    full = question(
        reports(
            {"at": ("东河镇", 2020), "said": (*LATE, measure("timeliness"))}, {"at": ("东河镇", 2021), "said": LATE}
        )
    )

    assert len(full) > 0
    assert dict(question(Tables()).dtypes) == dict(full.dtypes)


@pytest.mark.parametrize(
    "made",
    [
        Tables(),
        reports({"at": ("东河镇", 2021), "text": None}),
        reports({"at": ("东河镇", 2021), "said": LATE}),
        reports({"at": ("东河镇", 2021), "said": (measure("skills"),)}),
    ],
    ids=["nothing", "no section", "a problem", "a measure"],
)
def test_tables_from_files_give_the_same_answers(made: Tables, tmp_path: Path):
    write_tables(made, tmp_path)
    read = read_tables(tmp_path)

    for question in QUESTIONS:
        pd.testing.assert_frame_equal(question(read), question(made))


# how often a theme is named


def test_a_report_counts_once_for_a_theme_that_it_names_twice():
    made = reports(
        {"at": ("东河镇", 2021), "said": (problem("timeliness"), problem("timeliness+staffing", "人少，更新慢"))},
        {"at": ("西山乡", 2021), "said": (problem("skills", "培训少"),)},
    )

    shares = govinfo.theme_shares(made).set_index("theme")

    assert len(shares) == len(themes())
    assert shares.loc["timeliness", ["named_by", "reports", "statements", "share"]].tolist() == [1, 2, 2, 0.5]
    assert shares.loc["staffing", "share"] == 0.5
    assert shares.loc["funding", ["named_by", "share"]].tolist() == [0, 0.0]


def test_a_measure_names_no_problem():
    made = reports({"at": ("东河镇", 2021), "said": (measure("timeliness"),)})

    late = govinfo.theme_shares(made).set_index("theme").loc["timeliness"]

    assert late[["named_by", "reports", "silent", "unread"]].tolist() == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("无。", "silent"),
        ("本年度没有发现问题。", "silent"),
        ("2021年度，我镇不存在上述问题。", "silent"),
        (None, "unread"),
        ("存在以下问题，详见附件所列各项内容，附件另行公布，请到党政办查阅全文。", "unread"),
    ],
)
def test_a_section_that_could_not_be_read_does_not_name_nothing(text: str | None, state: str):
    made = reports({"at": ("东河镇", 2021), "said": LATE}, {"at": ("西山乡", 2021), "text": text})

    assert problem_sections(made)["state"].tolist() == ["problems", state]
    late = govinfo.theme_shares(made).set_index("theme").loc["timeliness"]
    assert late["unread"] == (state == "unread")
    assert late["share"] == (1.0 if state == "unread" else 0.5)


def test_where_no_report_was_read_there_is_no_share():
    shares = govinfo.theme_shares(reports({"at": ("东河镇", 2021), "text": None}))

    assert shares[["share", "low", "high"]].isna().all(axis=None)
    assert (shares["unread"] == 1).all()


def test_counties_of_one_name_and_reports_of_one_year_are_kept_apart():
    made = reports(
        {"at": ("东河镇", 2020), "said": LATE},
        {"at": ("东河镇", 2021)},
        {"at": ("南溪镇", 2020), "province": "他省", "said": LATE},
    )

    late = govinfo.theme_shares(made).query("theme == 'timeliness'")

    assert late[["province", "year", "named_by", "reports"]].values.tolist() == [
        ["他省", 2020, 1, 1],
        ["某省", 2020, 1, 1],
        ["某省", 2021, 0, 0],
    ]
    assert len(govinfo.theme_shares(made, by="year")) == 2 * len(themes())
    assert len(govinfo.theme_shares(made, by="all")) == len(themes())


@pytest.mark.parametrize("more", [{"counted": False}, {"level": "department"}])
def test_only_counted_reports_of_townships_are_asked(more: dict[str, Any]):
    made = reports({"at": ("东河镇", 2021), "said": LATE, **more})

    assert govinfo.theme_shares(made).empty
    assert govinfo.copied_text(made).empty


def test_an_unknown_grouping_is_an_error_that_names_the_others():
    with pytest.raises(ConfigError, match="county"):
        govinfo.theme_shares(Tables(), by="township")


@given(st.integers(1, 2000), st.data())
def test_an_interval_holds_the_share_and_narrows_with_more_reports(n: int, data: st.DataObject):
    k = data.draw(st.integers(0, n))
    low, high = (float(end) for end in wilson(k, n))

    assert 0 <= low <= k / n + 1e-12 and k / n - 1e-12 <= high <= 1
    assert high > low
    wider = [float(end) for end in wilson(k, n, 0.999)]
    assert wider[0] <= low and high <= wider[1]
    many = [float(end) for end in wilson(10 * k, 10 * n)]
    assert many[1] - many[0] < high - low


def test_intervals_are_those_of_the_books():
    """Wilson's for 7 of 148 (Newcombe 1998, one proportion), Newcombe's method 10 for 56/70 and 48/80."""
    assert [round(float(end), 4) for end in wilson(7, 148)] == [0.0231, 0.0944]
    assert all(math.isnan(float(end)) for end in wilson(0, 0))
    difference, low, high = change((48, 80), (56, 70))
    assert [round(value, 4) for value in (difference, low, high)] == [0.2, 0.0524, 0.3339]


# what recurs


def test_a_problem_of_two_years_running_comes_with_both_texts_and_their_places():
    made = reports(
        {"at": ("东河镇", 2020), "said": (problem("timeliness", "栏目更新不及时"), measure("timeliness"))},
        {"at": ("东河镇", 2021), "said": (problem("skills", "培训少"), problem("timeliness", "栏目更新仍不及时"))},
    )

    (row,) = govinfo.recurring_problems(made).to_dict("records")

    assert (row["report_id"], row["earlier_report_id"]) == ("东河镇2021", "东河镇2020")
    assert (row["year"], row["earlier_year"], row["between"], row["years_running"]) == (2021, 2020, "consecutive", 2)
    assert (row["theme"], row["theme_label"], row["ordinal"], row["earlier_ordinal"]) == ("timeliness", "时效", 2, 1)
    assert (row["text"], row["earlier_text"]) == ("栏目更新仍不及时", "栏目更新不及时")
    assert (row["source"], row["order"], row["start"], row["end"]) == ("东河镇2021.txt", 5, 10, 18)
    assert row["alike"] == pytest.approx(2 * 5 / (6 + 7))
    assert row["promised"]


def test_of_several_earlier_problems_the_one_in_the_nearest_words_is_named():
    earlier = (problem("timeliness", "通知发布晚"), problem("timeliness", "栏目更新不及时"))
    made = reports({"at": ("东河镇", 2020), "said": earlier}, {"at": ("东河镇", 2021), "said": earlier[::-1]})

    found = govinfo.recurring_problems(made)

    assert found["text"].tolist() == found["earlier_text"].tolist()
    assert found["alike"].tolist() == [1.0, 1.0]
    assert found["earlier_ordinal"].tolist() == [2, 1]
    assert not found["promised"].any()


@pytest.mark.parametrize(
    ("middle", "between"),
    [
        ({"said": (problem("skills"),)}, "not_named"),
        ({"text": "无。"}, "not_named"),
        ({"text": None}, "unknown"),
        ({"said": LATE, "counted": False}, "unknown"),
        (None, "unknown"),
    ],
)
def test_years_between_are_told_and_not_filled_in(middle: dict[str, Any] | None, between: str):
    made = [{"at": ("东河镇", 2019), "said": LATE}, {"at": ("东河镇", 2021), "said": LATE}]
    made += [] if middle is None else [{"at": ("东河镇", 2020), **middle}]

    found = govinfo.recurring_problems(reports(*made)).query("theme == 'timeliness'")

    assert found[["year", "earlier_year", "between", "years_running"]].values.tolist() == [[2021, 2019, between, 1]]


def test_a_township_that_was_renamed_is_followed_by_its_code_and_a_namesake_is_not():
    made = reports(
        {"at": ("东河乡", 2020), "said": LATE, "division_code": "110101001"},
        {"at": ("东河镇", 2021), "said": LATE, "division_code": "110101001"},
        {"at": ("东河镇", 2020), "said": LATE, "county": "他县"},
    )

    assert govinfo.recurring_problems(made)["earlier_report_id"].tolist() == ["东河乡2020"]


@pytest.mark.parametrize(("again", "found"), [("多数栏目更新得不够及时呢", 1), ("其他方面仍然有待努力", 0)])
def test_problems_that_no_theme_fits_are_the_same_only_in_the_same_words(again: str, found: int):
    said = "多数栏目更新得不够及时"
    made = reports(
        {"at": ("东河镇", 2020), "said": (problem("unclassified", said),)},
        {"at": ("东河镇", 2021), "said": (problem("unclassified", again),)},
    )

    assert len(govinfo.recurring_problems(made)) == found
    assert longest_runs(made).empty


def test_runs_are_of_years_without_a_gap():
    years = (2015, 2016, 2018, 2019, 2020, 2022)
    made = reports(
        *({"at": ("东河镇", year), "said": LATE} for year in years), {"at": ("东河镇", 2021), "text": "无。"}
    )

    (row,) = longest_runs(made).to_dict("records")

    assert (row["longest_run"], row["run_first"], row["run_last"]) == (3, 2018, 2020)
    assert (row["years_named"], row["years_read"], row["possible_run"]) == (6, 7, 5)


# what was promised

PROMISE = (problem("timeliness"), measure("timeliness"))


@pytest.mark.parametrize(
    ("later", "outcome", "reason", "back_year"),
    [
        ({2021: LATE}, "back", None, 2021),
        ({2021: (problem("skills"),)}, "not_named", None, None),
        ({2021: (measure("timeliness"),)}, "not_named", None, None),
        ({2021: (problem("skills"),), 2022: LATE}, "later", None, 2022),
        ({2022: LATE}, "later", None, 2022),
        ({2022: (problem("skills"),)}, "unknown", "no_report", None),
        ({2021: None, 2022: (problem("skills"),)}, "unknown", "unread", None),
        ({}, "unknown", "no_report", None),
    ],
)
def test_a_promise_is_broken_where_the_problem_is_back_and_never_kept_by_silence(later, outcome, reason, back_year):
    made = [{"at": ("东河镇", 2020), "said": PROMISE}]
    made += [
        {"at": ("东河镇", year), "text": None} if said is None else {"at": ("东河镇", year), "said": said}
        for year, said in later.items()
    ]

    found = govinfo.promises(reports(*made)).query("year == 2020")

    (row,) = found.astype(object).where(found.notna(), None).to_dict("records")
    assert (row["outcome"], row["reason"], row["back_year"]) == (outcome, reason, back_year)
    assert (row["text"], row["problem_text"]) == ("及时更新", "更新不及时")
    assert row["back_text"] == (None if back_year is None else "更新不及时")


def test_a_promise_that_answers_no_problem_of_the_report_says_so():
    made = reports({"at": ("东河镇", 2020), "said": (measure("staffing"),)}, {"at": ("东河镇", 2021), "said": LATE})

    (row,) = govinfo.promises(made).to_dict("records")

    assert row["outcome"] == "not_named"
    assert pd.isna(row["problem_text"]) and pd.isna(row["alike"])


def test_a_measure_that_names_nothing_cannot_be_followed():
    made = reports(
        {"at": ("东河镇", 2020), "said": (measure("unclassified", "再上台阶"),)},
        {"at": ("东河镇", 2021), "said": (problem("unclassified", "再上台阶"),)},
    )

    assert govinfo.promises(made)["outcome"].tolist() == ["untold"]


def test_each_measure_is_followed_and_the_problems_in_the_nearest_words_are_shown():
    made = reports(
        {
            "at": ("东河镇", 2020),
            "said": (
                problem("timeliness", "通知发布晚"),
                problem("timeliness", "栏目更新慢"),
                *(measure("timeliness"),) * 2,
            ),
        },
        {"at": ("东河镇", 2021), "said": (problem("timeliness", "栏目更新较慢"),)},
    )

    found = govinfo.promises(made)

    assert found["ordinal"].tolist() == [1, 2]
    assert set(found["problem_text"]) == {"栏目更新慢"}
    assert set(found["back_source"]) == {"东河镇2021.txt"}


def test_the_order_of_reports_does_not_change_an_answer():
    entries = [
        {"at": (town, year), "said": (problem("timeliness+skills", f"{year}年更新慢"), measure("skills"))}
        for town in ("东河镇", "西山乡")
        for year in (2019, 2020, 2022)
    ]
    made, turned = (reports(*(dict(entry) for entry in order)) for order in (entries, entries[::-1]))

    for question in (govinfo.theme_shares, govinfo.recurring_problems, govinfo.promises, longest_runs):
        pd.testing.assert_frame_equal(question(made), question(turned))


@pytest.mark.slow
def test_the_made_up_county_has_problems_that_come_back_some_of_them_in_the_same_words(tmp_path: Path):
    write_corpus(tmp_path / "county", townships=3, years=range(2020, 2024), formats=["txt"], seed=1)
    made = govinfo.load(tmp_path / "county" / "raw")

    again = govinfo.recurring_problems(made)
    assert again["alike"].max() == 1
    assert again["alike"].min() < 0.5
    assert {"back", "not_named", "unknown"} <= set(govinfo.promises(made)["outcome"])
    assert (govinfo.copied_text(made)["from_last_year"] > 0.1).any()
