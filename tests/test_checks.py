"""What the checks find, and what they leave alone."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from filled_reports import APPLICANTS, cell_keys, filled, form, line_cells, lost, together
from hypothesis import given, settings
from hypothesis import strategies as st
from one_check import findings_of

from govinfo.checks import run_checks
from govinfo.checks.equations import equation_findings
from govinfo.definitions.rules import load_rules, rules
from govinfo.errors import DefinitionError
from govinfo.tables import SCHEMA, Tables, typed

CODES = ("2021", "2019")
small = st.integers(min_value=0, max_value=40)


def outcomes(code: str) -> list[str]:
    equation = next(e for e in form(code).table("requests").equations if e.rule == "requests.outcome_total")
    return [line for factor, line in equation.terms if factor < 0]


@st.composite
def true_report(draw, code: str) -> dict[tuple[str, str, str], int]:
    """Figures of tables three and four that satisfy the form's arithmetic."""
    values: dict[tuple[str, str, str], int] = {}
    lines = outcomes(code)
    for applicant in APPLICANTS:
        for line in lines:
            values["requests", line, applicant] = draw(small)
        decided = sum(values["requests", line, applicant] for line in lines)
        forward = draw(small)
        over = draw(st.integers(min_value=0, max_value=decided + forward))
        values["requests", "total", applicant] = decided
        values["requests", "carried_forward", applicant] = forward
        values["requests", "carried_over", applicant] = over
        values["requests", "new", applicant] = decided + forward - over
    for line in (*lines, "total", "carried_forward", "carried_over", "new"):
        values["requests", line, "total"] = sum(values["requests", line, each] for each in APPLICANTS)
    for channel in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        parts = {result: draw(small) for result in ("upheld", "corrected", "other", "pending")}
        for result, value in {**parts, "total": sum(parts.values())}.items():
            values["disputes", channel, result] = value
    return values


def broken_by(code: str, table: str, line: str, column: str) -> set[str]:
    """The rules whose equation contains that one cell."""
    found = set()
    for equation in form(code).table(table).equations:
        codes = {term for _, term in equation.terms}
        if (line if equation.for_each == "column" else column) in codes:
            found.add(equation.rule)
    return found


@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
@settings(max_examples=10, deadline=None)
def test_a_report_that_adds_up_raises_no_finding(code, data):
    tables = filled(code, data.draw(true_report(code)), year=2022)

    assert run_checks(tables).empty


@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_one_changed_figure_is_found_by_each_equation_that_contains_it_and_by_no_other(code, data):
    values = data.draw(true_report(code))
    table, line, column = data.draw(st.sampled_from(sorted(values)))
    values[table, line, column] += data.draw(st.integers(min_value=1, max_value=9))

    found = findings_of(filled(code, values), equation_findings)

    assert set(found["rule"]) == broken_by(code, table, line, column)
    assert len(found) == len(set(found["rule"]))
    assert set(found["severity"]) == {"error"}


@pytest.mark.parametrize("code", CODES)
@given(data=st.data())
@settings(max_examples=10, deadline=None)
def test_an_equation_says_nothing_where_a_figure_that_it_needs_is_null(code, data):
    """A blank is not 0: neither the wrong figure nor the blank beside it may raise a finding."""
    values = data.draw(true_report(code))
    table, line, column = data.draw(st.sampled_from([key for key in sorted(values) if key[0] == "requests"]))
    blanks = {
        (table, other, column): {"value": None, "raw": None, "status": "blank"}
        for _, other, applicant in values
        if applicant == column and other != line
    } | {
        (table, line, applicant): {"value": None, "raw": None, "status": "blank"}
        for applicant in (*APPLICANTS, "total")
        if applicant != column
    }
    values[table, line, column] += 1

    found = findings_of(filled(code, values, blanks), equation_findings)

    assert set(found["line"].dropna()) & {line} == set()


def test_a_broken_balance_is_told_with_its_figures_in_both_languages():
    tables = filled(values={("requests", "new", "natural_person"): 3, ("requests", "new", "total"): 3})

    found = run_checks(tables).query("rule == 'requests.balance'")

    assert list(found["column"]) == ["natural_person", "total"]
    first = found.iloc[0]
    assert (first["expected"], first["found"]) == ("3", "0")
    assert "表三“自然人”一列不平：本年新收政府信息公开申请数量3＋上年结转政府信息公开申请数量0＝3" in first["message"]
    assert "new 3 + carried_over 0 = 3, but total 0 + carried_forward 0 = 0" in first["message_en"]
    assert first["locator"] == "a.txt:1"


def test_a_repaired_cell_in_a_broken_equation_does_not_hide_it():
    tables = filled(
        values={("disputes", "reconsideration", "total"): 2},
        cells={("disputes", "reconsideration", "upheld"): {"value": 1, "raw": None, "status": "repaired"}},
    )

    found = run_checks(tables)

    assert list(found["rule"]) == ["disputes.total"]
    assert found.loc[0, ["line", "column", "expected", "found"]].tolist() == [
        "reconsideration",
        "total",
        "1",
        "2",
    ]


@pytest.mark.parametrize("code", CODES)
def test_a_table_without_any_cell_is_missing_once(code):
    absent = run_checks(filled(code, without=("requests",)))
    gone = {("disputes", line, column): lost() for line, column, *_ in cell_keys(form(code).table("disputes"))}
    all_missing = run_checks(filled(code, cells=gone))

    assert absent[["rule", "table"]].values.tolist() == [["table.missing", "requests"]]
    assert all_missing[["rule", "table"]].values.tolist() == [["table.missing", "disputes"]]


@pytest.mark.parametrize(("year", "tables"), [(2018, []), (2019, ["disclosure", "requests", "disputes"]), (None, [])])
def test_a_report_without_tables_needs_them_since_2019(year, tables):
    found = run_checks(filled("none", year=year, status="narrative_only"))

    assert list(found["table"]) == tables
    assert set(found["rule"]) <= {"table.missing"}


def test_lost_cells_are_counted_once_a_table():
    tables = filled(
        cells=line_cells("requests", "granted", **lost()) | {("disputes", "reconsideration", "other"): lost()}
    )

    found = run_checks(tables)

    assert found[["rule", "table", "expected", "found"]].values.tolist() == [
        ["table.cells_missing", "requests", "175", "168"],
        ["table.cells_missing", "disputes", "15", "14"],
    ]
    assert "缺7格：（一）予以公开-自然人、" in found.loc[0, "message"]


def test_lost_cells_that_the_file_hides_are_said_to_be_hidden():
    tables = filled(
        cells=line_cells("requests", "granted", **lost(status_detail="not printed; hidden"))
        | {("requests", "total", "other"): lost(status_detail="not printed")}
    )

    (message,) = run_checks(tables)["message"]

    assert "缺8格" in message
    assert "其中7格所在的行在文件里被隐藏" in message


def test_a_line_with_too_few_figures_is_a_finding_once_and_its_unplaced_cells_another():
    said = {"status": "ambiguous", "value": None, "raw": None, "printed": "3 | 1 | 2 | 5 | 4 | 15"}
    tables = filled(cells=line_cells("requests", "refused_state_secret", **said))

    found = run_checks(tables).set_index("rule")

    assert list(found.index) == ["table.shape", "value.ambiguous"]
    assert found.loc["table.shape", ["severity", "line", "expected", "found"]].tolist() == [
        "warning",
        "refused_state_secret",
        "7",
        "6",
    ]
    assert "（三）不予公开 1.属于国家秘密" in found.loc["value.ambiguous", "message"]
    assert "3 | 1 | 2 | 5 | 4 | 15" in found.loc["value.ambiguous", "message"]


def test_a_repaired_line_with_as_many_figures_as_columns_is_no_finding():
    said = {"status": "repaired", "printed": " | ".join("0" * 7)}

    assert run_checks(filled(cells=line_cells("requests", "granted", **said))).empty


def test_table_four_is_one_line_of_fifteen():
    said = {"status": "repaired", "printed": " | ".join("0" * 14)}
    cells = {("disputes", line, column): said for line, column, *_ in cell_keys(form("2021").table("disputes"))}

    found = run_checks(filled(cells=cells))

    assert found[["rule", "expected", "found"]].values.tolist() == [["table.shape", "15", "14"]]
    assert pd.isna(found.loc[0, "line"])


def test_each_unknown_line_is_a_finding_of_its_own():
    record = {
        "report_id": "r1",
        "table": "disclosure",
        "label": "其他主动公开文件",
        "printed": "4 | 0",
        "locator": "a.txt:9",
    }
    tables = filled()
    tables = Tables(**{**vars(tables), "unknown_lines": typed("unknown_lines", [record, record])})

    found = run_checks(tables)

    assert list(found["rule"]) == ["table.unknown_line"] * 2
    assert found["finding_id"].is_unique
    assert "“其他主动公开文件”，所印数字为4 | 0" in found.loc[0, "message"]


@pytest.mark.parametrize(
    ("detail", "rule"),
    [
        ("words", "value.unreadable"),
        ("wrong unit", "value.unreadable"),
        ("too long", "value.unreadable"),
        ("negative", "value.negative"),
        ("fraction", "value.fraction"),
        ("no unit", "value.unit"),
    ],
)
def test_a_cell_that_is_no_figure_breaks_one_rule(detail, rule):
    cell = {"value": None, "raw": "若干{0}", "status": "unreadable", "status_detail": detail}

    found = run_checks(filled(cells={("disclosure", "administrative_fees", "amount"): cell}))

    assert found[["rule", "line", "column", "found"]].values.tolist() == [
        [rule, "administrative_fees", "amount", "若干{0}"]
    ]
    assert "“若干{0}”" in found.loc[0, "message"]


@pytest.mark.parametrize(
    ("raw", "value", "level", "rules"),
    [
        ("703203.72", 703203.72, "township", ["value.unit"]),
        ("703203.72", 703203.72, "unknown", ["value.unit"]),
        ("703203.72", 703203.72, "county", []),
        ("703203.72万元", 703203.72, "township", []),
        ("10000", 10000, "township", []),
    ],
)
def test_a_bare_amount_in_yuan_under_ten_thousands_is_asked_about(raw, value, level, rules):
    cell = {"value": value, "raw": raw, "status": "read"}

    found = run_checks(filled("2019", cells={("disclosure", "government_procurement", "amount"): cell}, level=level))

    assert list(found["rule"]) == rules


def test_ids_follow_the_place_and_not_the_file():
    """A report published again under other bytes keeps the remarks that were made on it."""
    wrong = {("disputes", "reconsideration", "total"): 2}
    first = run_checks(filled(values=wrong, report_id="r1", sha256="a" * 64))
    again = run_checks(filled(values=wrong, report_id="r2", sha256="b" * 64))
    elsewhere = run_checks(filled(values=wrong, township="柳屯镇"))
    nowhere = [run_checks(filled(values=wrong, township=None, sha256=digit * 64)) for digit in "ab"]

    ids = [set(found["finding_id"]) for found in (first, again, elsewhere, *nowhere)]
    assert ids[0] == ids[1]
    assert len(set.union(*ids)) == 4


def test_the_order_of_reports_does_not_change_the_findings():
    wrong = {("disputes", "reconsideration", "total"): 2, ("requests", "new", "total"): 1}
    one = filled(values=wrong, report_id="r1", township="百泉镇", sha256="a" * 64)
    two = filled("2019", values=wrong, report_id="r2", township="柳屯镇", sha256="b" * 64)

    found, turned = run_checks(together(one, two)), run_checks(together(two, one))

    pd.testing.assert_frame_equal(found, turned)
    assert list(found["report_id"].unique()) == ["r2", "r1"]


def test_no_report_gives_no_finding_but_all_columns():
    found = run_checks(Tables())

    assert found.empty
    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == dict(SCHEMA["findings"])


def test_every_rule_says_what_must_hold_why_and_who_says_so():
    for code, rule in rules().items():
        assert rule.code == code
        assert rule.severity in {"error", "warning", "info"}
        assert rule.messages
        assert all((rule.holds.zh, rule.holds.en, rule.why.zh, rule.why.en, rule.source))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("severity: error", "severity: grave", "rules.yaml:"),
        ("{difference}. Compare with", "{gap}. Compare with", "the same figures in both"),
        ("requests.row_total", "requests.balance", "twice"),
    ],
)
def test_a_wrong_rule_is_named_with_its_line(tmp_path: Path, old, new, told):
    text = (Path(__file__).parents[1] / "src/govinfo/definitions/rules.yaml").read_text(encoding="utf-8")
    broken = tmp_path / "rules.yaml"
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(DefinitionError, match=r"rules\.yaml:[0-9]+") as error:
        load_rules(broken)

    assert told in str(error.value)
