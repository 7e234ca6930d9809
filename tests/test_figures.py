"""What a cell says: a number, nothing, a mark for none, or no figure."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.definitions.form import Column, Form
from govinfo.parse.tables.figures import head_unit, is_figure, parse_figure

COUNT = Column("total", "总计", ("总计",))
CHANGE = Column("items_change", "本年增/减", ("本年增/减",), number="change")
AMOUNT = Column("amount", "采购总金额", ("采购总金额",), unit="CNY_10k", number="amount")
FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


@given(st.integers(0, 10**9))
def test_a_count_is_read_however_it_is_written(number: int) -> None:
    for text in (str(number), f"{number:,}", f"{number:,}".replace(",", " "), f" {number}　", f"{number}件"):
        assert parse_figure(text, COUNT).value == number
        assert parse_figure(text.translate(FULL_WIDTH), COUNT).value == number


@pytest.mark.parametrize(
    ("text", "number"), [("无", 0), ("零", 0), ("〇", 0), ("十二", 12), ("两", 2), ("一百零五", 105)]
)
def test_words_for_numbers_are_numbers(text: str, number: int) -> None:
    assert parse_figure(text, COUNT).value == number


@pytest.mark.parametrize("text", ["/", "／", "—", "——", "-", "－", "--"])
def test_marks_for_none_are_not_zero(text: str) -> None:
    figure = parse_figure(text, COUNT)
    assert (figure.status, figure.value) == ("not_applicable", None)


@pytest.mark.parametrize("text", ["", " ", "　", "\u00a0"])
def test_a_blank_is_never_zero(text: str) -> None:
    assert (parse_figure(text, COUNT).status, parse_figure(text, COUNT).value) == ("blank", None)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("若干", "words"),
        ("450余", "words"),
        ("**", "words"),
        ("000", "words"),  # three cells run together, not the number 0
        ("1,23", "words"),
        ("2.5", "fraction"),
        ("-3", "negative"),
        ("3元", "wrong unit"),
        ("1234567890123", "too long"),
    ],
)
def test_what_is_no_count_says_why(text: str, detail: str) -> None:
    figure = parse_figure(text, COUNT)
    assert (figure.status, figure.value, figure.detail) == ("unreadable", None, detail)


@pytest.mark.parametrize(("text", "number"), [("+19", 19), ("-2", -2), ("－2", -2), ("0", 0)])
def test_a_change_may_be_negative(text: str, number: int) -> None:
    assert parse_figure(text, CHANGE).value == number


@pytest.mark.parametrize(
    ("text", "head", "amount"),
    [
        ("703203.72元", "万元", "70.320372"),
        ("703203.72", "元", "70.320372"),
        ("1646.5万元", None, "1646.5"),
        ("4068.208", "万元", "4068.208"),
        ("0", None, "0"),  # nothing is nothing in any unit
    ],
)
def test_the_unit_in_the_cell_goes_before_the_heads(text: str, head: str | None, amount: str) -> None:
    assert parse_figure(text, AMOUNT, head).value == Decimal(amount)


def test_an_amount_whose_unit_stands_nowhere_is_not_guessed() -> None:
    figure = parse_figure("8040", AMOUNT, None)
    assert (figure.value, figure.detail) == (None, "no unit")


def test_the_head_names_the_unit(form: Callable[[str], Form]) -> None:
    assert head_unit("本年收费金额（单位：万元，保留4位小数）") == "万元"
    assert head_unit("采购总金额(单位:元)") == "元"
    assert head_unit("采购总金额") is None


@given(st.text(max_size=12))
def test_any_text_is_one_of_four_things(text: str) -> None:
    figure = parse_figure(text, COUNT)
    assert figure.status in {"read", "blank", "not_applicable", "unreadable"}
    assert (figure.value is not None) == (figure.status == "read")
    assert is_figure(text) or figure.status in {"blank", "unreadable"}


@pytest.mark.parametrize(
    "text", ["3①", "①", "3²", "3- 5 -", "3-1-", "（3）", "约3", "3余", "一二", "十十", "一百五", "3  4", "3\n4"]
)
def test_a_digit_that_counts_nothing_makes_no_number(text: str) -> None:
    """The mark of a note became a digit (31, 32); 一百五 may be 105 or 150, 一二 two figures run together."""
    assert parse_figure(text, COUNT).value is None


@pytest.mark.parametrize("text", ["不适用", "不涉及", "无此项", "———", "─", "不適用"])
def test_words_and_lines_for_not_applicable(text: str) -> None:
    assert parse_figure(text, COUNT).status == "not_applicable"


@pytest.mark.parametrize(("text", "number"), [("無", 0), ("3條", 3), ("兩件", 2), ("３ 條", 3)])
def test_traditional_words_and_units(text: str, number: int) -> None:
    assert parse_figure(text, COUNT).value == number


@pytest.mark.parametrize(
    ("head", "unit"),
    [("金額（單位：萬元）", "万元"), ("金额(千元)", "千元"), ("金额（百万元）", "百万元"), ("金额（美元）", None)],
)
def test_a_unit_that_ends_like_another_is_not_that_one(head: str, unit: str | None) -> None:
    """萬元 and 千元 were read as 元, a ten-thousandth and a thousandth of what was meant."""
    assert head_unit(head) == unit


def test_an_amount_in_ten_thousands_in_traditional_characters() -> None:
    assert parse_figure("1.5萬元", AMOUNT).value == Decimal("1.5")
