"""What was recognised in a picture: kept where the form's arithmetic confirms it, else null."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merged import merged_document

from govinfo.definitions.form import forms
from govinfo.demo.figures import consistent_figures
from govinfo.parse.report import parse_report
from govinfo.readers.document import Cell, Document

FORM = next(form for form in forms() if form.code == "2021")
Figures = dict[str, dict[tuple[str, str], int]]
Texts = dict[str, dict[tuple[str, str], str]]
# Digits that look like others.
ALIKE = {"0": "86", "1": "7", "2": "7", "3": "8", "4": "9", "5": "63", "6": "058", "7": "1", "8": "036", "9": "40"}
UNKNOWN = {(None, "ambiguous", "ocr")}


def texts_of(figures: Figures) -> Texts:
    return {name: {cell: str(value) for cell, value in table.items()} for name, table in figures.items()}


def scanned(texts: Texts) -> Document:
    document = merged_document(FORM, texts, keep_covered=True)
    return replace(document, cells=tuple(replace(cell, ocr=True) for cell in document.cells))


def read(document: Document) -> Mapping[str, list[dict[str, Any]]]:
    return parse_report(document, forms()).rows


def said(rows: list[dict[str, Any]]) -> set[tuple[Any, str, str]]:
    return {(row["value"], row["status"], row["status_detail"]) for row in rows}


def line(rows: Mapping[str, list[dict[str, Any]]], code: str) -> list[dict[str, Any]]:
    return [row for row in rows["requests"] if row["line"] == code]


def few_requests(random: Random) -> Figures:
    """A township's year: no request at all, or a few that were answered."""
    figures = consistent_figures(FORM, random)
    requests = dict.fromkeys(figures["requests"], 0)
    outcomes = sorted({line for line, _ in requests} - {"new", "carried_over", "total", "carried_forward"})
    for _ in range(random.randint(0, 3)):
        applicant, outcome, count = random.choice(["natural_person", "business"]), random.choice(outcomes), 1
        for code in ("new", outcome, "total"):
            requests[code, applicant] += count
            requests[code, "total"] += count
    return figures | {"requests": requests, "disputes": dict.fromkeys(figures["disputes"], 0)}


def misread(text: str, random: Random) -> str:
    """The figure with one digit taken for another, lost, or doubled."""
    at = random.randrange(len(text))
    kind = random.choice(["alike", "alike", "lost", "more"])
    new = random.choice(ALIKE[text[at]]) if kind == "alike" else "" if kind == "lost" else text[at] * 2
    return text[:at] + new + text[at + 1 :]


def assert_nothing_wrong(rows: Mapping[str, list[dict[str, Any]]], figures: Figures) -> None:
    for row in rows["requests"]:
        assert row["value"] in (None, figures["requests"][row["line"], row["applicant"]])


def test_a_scan_whose_sums_hold_is_read_and_marked() -> None:
    figures = consistent_figures(FORM, Random(1))

    rows = read(scanned(texts_of(figures)))

    for row in rows["requests"]:
        assert row["value"] == figures["requests"][row["line"], row["applicant"]]
        assert (row["status"], row["status_detail"]) == ("read", "ocr")
    assert all(row["value"] is not None for row in rows["disputes"])


def test_no_equation_speaks_of_table_two_so_its_recognised_figures_stay_null() -> None:
    rows = read(scanned(texts_of(consistent_figures(FORM, Random(1)))))

    assert said(rows["disclosure"]) == UNKNOWN
    assert all(row["raw"] is not None for row in rows["disclosure"])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), count=st.integers(1, 3), made=st.sampled_from([consistent_figures, few_requests]))
def test_misread_figures_never_come_through(seed: int, count: int, made: Callable[..., Figures]) -> None:
    """A misreading breaks the sums of its row and of its column: to hide, four would have to fit one another."""
    random = Random(seed)
    figures = few_requests(random) if made is few_requests else consistent_figures(FORM, random)
    texts = texts_of(figures)
    for cell in random.sample(sorted(texts["requests"]), count):
        texts["requests"][cell] = misread(texts["requests"][cell], random)

    assert_nothing_wrong(read(scanned(texts)), figures)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_figures_read_in_each_others_place_never_come_through(seed: int) -> None:
    random = Random(seed)
    figures = consistent_figures(FORM, random)
    texts = texts_of(figures)
    one, other = random.sample(sorted(texts["requests"]), 2)
    texts["requests"][one], texts["requests"][other] = texts["requests"][other], texts["requests"][one]

    assert_nothing_wrong(read(scanned(texts)), figures)


def test_neighbours_read_as_one_figure_never_come_through() -> None:
    figures = consistent_figures(FORM, Random(3))
    texts = texts_of(figures)
    texts["requests"]["granted", "natural_person"] += texts["requests"]["granted", "business"]
    texts["requests"]["granted", "business"] = ""

    assert_nothing_wrong(read(scanned(texts)), figures)


def test_a_row_that_holds_alone_is_not_enough() -> None:
    """1 and its total both read as 7: the row's sum holds, the column's does not."""
    figures = few_requests(Random(5)) | {}
    figures["requests"] = dict.fromkeys(figures["requests"], 0)
    for code in ("new", "granted", "total"):
        figures["requests"][code, "natural_person"] = figures["requests"][code, "total"] = 1
    texts = texts_of(figures)
    texts["requests"]["granted", "natural_person"] = texts["requests"]["granted", "total"] = "7"

    rows = read(scanned(texts))

    assert_nothing_wrong(rows, figures)
    assert line(rows, "granted")[0]["value"] is None


def test_an_empty_cell_of_a_scan_is_not_known_to_be_blank() -> None:
    """A faint figure looks like one."""
    texts = texts_of(consistent_figures(FORM, Random(2)))
    texts["requests"]["granted", "business"] = ""

    cell = next(row for row in line(read(scanned(texts)), "granted") if row["applicant"] == "business")

    assert (cell["value"], cell["status"], cell["status_detail"], cell["raw"]) == (None, "ambiguous", "ocr", None)


@pytest.mark.parametrize("mark", ["/", "—", "?", "O", "一"])
def test_a_stroke_in_a_scan_is_neither_a_mark_nor_a_number(mark: str) -> None:
    """A 1 looks like a stroke and a dash like the numeral one."""
    texts = texts_of(consistent_figures(FORM, Random(2)))
    texts["requests"] = {cell: mark if cell[0] == "carried_over" else text for cell, text in texts["requests"].items()}

    assert said(line(read(scanned(texts)), "carried_over")) == UNKNOWN


def test_a_word_for_zero_is_a_figure_that_sums_can_confirm() -> None:
    figures = few_requests(Random(7))
    texts = texts_of(figures)
    texts["requests"] = {cell: "无" if text == "0" else text for cell, text in texts["requests"].items()}

    rows = read(scanned(texts))

    assert all(row["value"] == figures["requests"][row["line"], row["applicant"]] for row in rows["requests"])


def test_a_line_whose_label_was_not_recognised_is_not_said_to_be_absent() -> None:
    """Without it the sums of outcomes cannot be made, so only the lines of the balance are confirmed."""
    document = scanned(texts_of(consistent_figures(FORM, Random(2))))
    cells = [without_text(cell, "予以公开") for cell in document.cells]

    rows = read(replace(document, cells=tuple(cells)))

    assert said(line(rows, "granted")) == UNKNOWN
    assert said(line(rows, "granted_in_part")) == UNKNOWN
    assert all(row["value"] is not None for row in line(rows, "new") + line(rows, "total"))


def without_text(cell: Cell, text: str) -> Cell:
    return replace(cell, text="十于以厶汗") if cell.text.endswith(text) and len(cell.text) < 9 else cell


def test_what_is_text_on_another_page_than_the_scan_keeps_its_value() -> None:
    """The first page of the table is text, the second a picture in which a figure was misread."""
    figures = consistent_figures(FORM, Random(2))
    texts = texts_of(figures)
    texts["requests"]["carried_forward", "other"] += "1"
    document = scanned(texts)
    rows = [cell.row for cell in document.cells if cell.text.startswith("（二）部分公开")]
    cells = [replace(cell, ocr=cell.row is not None and cell.row > (rows[0] or 0)) for cell in document.cells]

    found = read(replace(document, cells=tuple(cells)))

    assert_nothing_wrong(found, figures)
    for row in line(found, "new") + line(found, "granted"):
        assert (row["value"], row["status"], row["status_detail"]) == (
            figures["requests"][row["line"], row["applicant"]],
            "read",
            None,
        )


def test_a_scanned_line_that_lost_a_figure_is_not_repaired() -> None:
    """It may hold a misread figure too: then the arithmetic would force a wrong one."""
    document = scanned(texts_of(consistent_figures(FORM, Random(2))))
    rows = [cell.row for cell in document.cells if cell.text.startswith("（一）予以公开")]
    lost = max(i for i, cell in enumerate(document.cells) if cell.row == rows[0])

    found = line(read(replace(document, cells=document.cells[:lost] + document.cells[lost + 1 :])), "granted")

    assert {(row["value"], row["status"]) for row in found} == {(None, "ambiguous")}
    assert all("ocr" in row["status_detail"] for row in found)


def test_figures_of_a_scan_that_moved_up_are_not_moved_back() -> None:
    """The last cell is empty and the sums would allow one lost figure, were the others sure."""
    figures = consistent_figures(FORM, Random(2))
    texts = texts_of(figures)
    columns = [column for code, column in texts["requests"] if code == "granted"]
    moved = [*(texts["requests"]["granted", column] for column in columns[1:]), ""]
    texts["requests"] |= {("granted", column): text for column, text in zip(columns, moved, strict=True)}

    assert said(line(read(scanned(texts)), "granted")) == UNKNOWN


def misspelt(document: Document, *spellings: tuple[str, str], ocr: bool = True) -> Document:
    def spelt(text: str) -> str:
        for old, new in spellings:
            text = text.replace(old, new)
        return text

    return replace(document, cells=tuple(replace(cell, text=spelt(cell.text), ocr=ocr) for cell in document.cells))


@pytest.mark.parametrize(
    ("line_code", "old", "new"),
    [
        ("new", "本年新收政府", "本年新政府"),
        ("carried_over", "上年结转政府信息", "二年结转政高洁息"),
        ("refused_state_secret", "属于国家秘密", "属干国家秘密"),
        ("unavailable_not_compiled", "没有现成信息需要另行制作", "没有观成信息需要男行制作"),
    ],
)
def test_a_label_with_misread_characters_is_the_one_that_it_can_be(line_code: str, old: str, new: str) -> None:
    figures = consistent_figures(FORM, Random(2))

    rows = read(misspelt(scanned(texts_of(figures)), (old, new)))

    assert line(rows, line_code)
    assert all(row["value"] == figures["requests"][row["line"], row["applicant"]] for row in rows["requests"])


def test_a_misspelt_label_that_was_not_recognised_stays_an_unknown_line() -> None:
    """An office prints what it means."""
    document = scanned(texts_of(consistent_figures(FORM, Random(2))))

    rows = read(misspelt(document, ("属于国家秘密", "属于国家机密"), ocr=False))

    assert {row["value"] for row in line(rows, "refused_state_secret")} == {None}


@pytest.mark.parametrize(
    "spellings",
    [
        # too short
        [("予以公开", "子以公开")],
        # both are the same two characters away
        [("第二十条第（一）项", "第二十条第（口）项")],
        # the line is printed elsewhere
        [("属于行政查询事项", "属于国家秘容")],
        # it does not stand where the form has it
        [("属于国家秘密", "十于以厶汗"), ("属于行政查询事项", "属于国家秘容")],
        [("本年新收政府信息公开申请数量", "上年结转政府信息公开申情数量")],
    ],
)
def test_a_text_that_need_not_be_a_label_of_the_form_lends_its_figures_to_none(
    spellings: list[tuple[str, str]],
) -> None:
    figures = consistent_figures(FORM, Random(2))

    rows = read(misspelt(scanned(texts_of(figures)), *spellings))

    assert_nothing_wrong(rows, figures)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), count=st.integers(1, 6))
def test_whatever_labels_are_misread_no_figure_comes_to_a_wrong_line(seed: int, count: int) -> None:
    """Each line has figures of its own, and the township hardly any requests: sums do not tell lines apart."""
    random = Random(seed)
    figures = few_requests(random)
    document = scanned(texts_of(figures))
    labels = sorted({cell.text for cell in document.cells if len(cell.text) > 3 and not cell.text.isdigit()})
    spellings = []
    for label in random.sample(labels, count):
        other = list(label)
        for at in random.sample(range(len(label)), random.randint(1, max(1, len(label) // 3))):
            other[at] = random.choice("政府信息公开申请不予以属于行上本年一二三口丁")
        spellings.append((label, "".join(other)))

    assert_nothing_wrong(read(misspelt(document, *spellings)), figures)
