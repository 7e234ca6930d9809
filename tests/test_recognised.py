"""Figures recognised in a picture: kept where the form's arithmetic confirms them, else null."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merged import merged_document

from govinfo.definitions.form import forms
from govinfo.demo.figures import consistent_figures
from govinfo.parse.report import parse_report
from govinfo.readers.document import Document

FORM = next(form for form in forms() if form.code == "2021")


def scanned(figures: dict[str, dict[tuple[str, str], int]]) -> Document:
    texts = {name: {cell: str(value) for cell, value in table.items()} for name, table in figures.items()}
    document = merged_document(FORM, texts, keep_covered=True)
    return replace(document, cells=tuple(replace(cell, ocr=True) for cell in document.cells))


def test_a_scan_whose_sums_hold_is_read_and_marked() -> None:
    figures = consistent_figures(FORM, Random(1))

    report = parse_report(scanned(figures), forms())

    for row in report.rows["requests"]:
        assert row["value"] == figures["requests"][row["line"], row["applicant"]]
        assert (row["status"], row["status_detail"]) == ("read", "ocr")
    assert all(row["value"] is not None for row in report.rows["disputes"])


def test_no_equation_speaks_of_table_two_so_its_recognised_figures_stay_null() -> None:
    report = parse_report(scanned(consistent_figures(FORM, Random(1))), forms())

    assert {(row["value"], row["status"], row["status_detail"]) for row in report.rows["disclosure"]} == {
        (None, "ambiguous", "ocr")
    }
    assert all(row["raw"] is not None for row in report.rows["disclosure"])


@settings(max_examples=30, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), count=st.integers(1, 4))
def test_a_misread_figure_never_comes_through(seed: int, count: int) -> None:
    """Each misreading takes its row's and its column's figures with it: null, not wrong."""
    random = Random(seed)
    figures = consistent_figures(FORM, random)
    misread = {name: dict(table) for name, table in figures.items()}
    cells = random.sample(sorted(misread["requests"]), count)
    for cell in cells:
        misread["requests"][cell] += random.choice([1, 3, 10])

    report = parse_report(scanned(misread), forms())

    for row in report.rows["requests"]:
        cell = (row["line"], row["applicant"])
        if cell in cells:
            assert row["value"] is None
        assert row["value"] in (None, figures["requests"][cell])


def test_a_scanned_line_that_lost_a_figure_is_not_repaired() -> None:
    """It may hold a misread figure too: then the arithmetic would force a wrong one."""
    document = scanned(consistent_figures(FORM, Random(2)))
    rows = [cell.row for cell in document.cells if cell.text.startswith("（一）予以公开")]
    lost = max(i for i, cell in enumerate(document.cells) if cell.row == rows[0])

    report = parse_report(replace(document, cells=document.cells[:lost] + document.cells[lost + 1 :]), forms())

    line = [row for row in report.rows["requests"] if row["line"] == "granted"]
    assert {(row["value"], row["status"]) for row in line} == {(None, "ambiguous")}
    assert all("ocr" in row["status_detail"] for row in line)


@pytest.mark.parametrize("seed", range(3))
def test_blanks_of_a_scan_stay_blanks(seed: int) -> None:
    document = scanned(consistent_figures(FORM, Random(seed)))
    texts = [replace(cell, text="") if cell.text.isdigit() else cell for cell in document.cells]

    report = parse_report(replace(document, cells=tuple(texts)), forms())

    assert {row["value"] for row in report.rows["requests"]} == {None}
