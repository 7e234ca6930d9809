"""What has changed between two builds, figure by figure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_tables import report, tables

from govinfo.build.changes import Changes, changes_text, compare
from govinfo.tables import CORRECTED, Tables, typed

NEW = ("new", "total")


def three(**more: object) -> Tables:
    return tables(
        (report(1, "东河镇", 2021), {"requests": {NEW: 3}}),
        (report(2, "东河镇", 2022), {"requests": {NEW: 5}}),
        (report(3, "西山乡", 2021), {"disclosure": {("administrative_fees", "amount"): 0.1}}),
        **more,
    )


def test_the_same_tables_have_no_changes() -> None:
    assert compare(three(), three()) == Changes()
    assert not compare(three(), three()).any


def test_a_figure_that_is_another_is_told_old_and_new_with_its_place() -> None:
    new = tables(
        (report(1, "东河镇", 2021), {"requests": {NEW: 13}}),
        (report(2, "东河镇", 2022), {"requests": {NEW: None}}),
        (report(3, "西山乡", 2021), {"disclosure": {("administrative_fees", "amount"): 0.2}}),
    )

    changes = compare(three(), new)

    assert [(one.report, one.old, one.new, one.locator) for one in changes.figures] == [
        ("某县西山乡 2021年度（西山乡2021.txt）", "0.1（照格读取）", "0.2（照格读取）", "西山乡2021.txt:1"),
        ("某县东河镇 2021年度（东河镇2021.txt）", "3（照格读取）", "13（照格读取）", "东河镇2021.txt:1"),
        ("某县东河镇 2022年度（东河镇2022.txt）", "5（照格读取）", "空白", "东河镇2022.txt:1"),
    ]
    assert (changes.figures[1].line, changes.figures[1].column) == ("本年新收政府信息公开申请数量", "总计")
    assert "| 3（照格读取） | 13（照格读取） | 东河镇2021.txt:1 |" in changes_text(changes)


def test_a_figure_that_the_register_changed_says_so() -> None:
    new = three()
    requests = new.requests
    cell = (requests["report_id"] == "r1") & (requests["line"] == "new") & (requests["applicant"] == "total")
    requests.loc[cell, "value"] = 4
    requests.loc[cell, "status_detail"] = CORRECTED

    (there,) = compare(three(), new).figures
    (back,) = compare(new, three()).figures

    assert (there.old, there.new) == (back.new, back.old) == ("3（照格读取）", "4（按更正登记改过）")


def test_a_report_with_other_bytes_is_compared_with_the_file_of_that_name_else_of_that_place_and_year() -> None:
    new = tables(
        (report(11, "东河镇", 2021), {"requests": {NEW: 4}}),
        (report(12, "东河镇", 2022) | {"source": "b/改.txt"}, {"requests": {NEW: 6}}),
        (report(3, "西山乡", 2021) | {"source": "c.txt"}, {}),
    )

    changes = compare(three(), new)

    assert [(one.old[0], one.new[0]) for one in changes.figures if one.table.startswith("表三")] == [
        ("3", "4"),
        ("5", "6"),
    ]
    assert (len(changes.replaced), len(changes.renamed), changes.added, changes.removed) == (2, 1, (), ())


def test_new_and_gone_reports_are_named_and_their_figures_counted() -> None:
    old = three()
    new = tables((report(1, "东河镇", 2021), {"requests": {NEW: 3}}), (report(4, "北岭乡", 2023), {}))

    changes = compare(old, new)

    assert changes.added == ("某县北岭乡 2023年度（北岭乡2023.txt）",)
    assert len(changes.removed) == 2 and changes.figures == ()
    assert changes.added_figures == changes.removed_figures / 2 > 0


def test_reports_of_no_known_place_or_of_one_place_twice_are_never_taken_for_each_other() -> None:
    nowhere = {"township": None, "county": None, "year": None}
    old = tables((report(1, "甲镇", 2021) | nowhere, {}), (report(2, "乙镇", 2021), {}), (report(3, "乙镇", 2021), {}))
    new = tables(
        (report(5, "丙镇", 2021) | nowhere, {}),
        (report(6, "乙镇", 2021) | {"source": "x"}, {}),
    )
    new = replace(new, reports=new.reports.assign(source=["p", "q"]))

    assert compare(old, new).replaced == ()


def test_what_comes_and_goes_among_findings_is_counted() -> None:
    def with_findings(*ids: str) -> Tables:
        rows = [{"finding_id": one, "report_id": "r1", "rule": "x", "severity": "info"} for one in ids]
        return replace(three(), findings=typed("findings", rows))

    changes = compare(with_findings("a", "b"), with_findings("b", "c", "d"))

    assert (changes.new_findings, changes.gone_findings) == (2, 1)


def test_the_first_build_says_so() -> None:
    changes = compare(None, three())

    assert changes.first and len(changes.added) == 3
    assert compare(None, Tables()).any


@pytest.mark.parametrize("name", ["<script>x</script>", "a|b", "[x](http://x)", "a\n# b", "`x` **y**"])
def test_text_of_reports_has_no_meaning_in_the_page(name: str) -> None:
    new = tables((report(1, "东河镇", 2021) | {"source": name}, {}))

    (line,) = [line for line in changes_text(compare(None, new)).splitlines() if "东河镇 2021" in line]

    assert "<" not in line and "\n" not in line
    assert all(line[max(0, at - 1)] == "\\" for at, char in enumerate(line) if char in "|[]`*#")
