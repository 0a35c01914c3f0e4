"""Printed figures are intervals, and agreement is judged in grades."""

from __future__ import annotations

from decimal import Decimal

import pytest

from baocao.model import Agreement, Interval, Quantity
from baocao.model.quantity import agreement


def _interval(low: str, high: str) -> Interval:
    return Interval(Decimal(low), Decimal(high))


def _grade(stated: str, centre: str, slack: str = "0", *, exact_inputs: bool = False) -> Agreement:
    value, middle, width = Decimal(stated), Decimal(centre), Decimal(slack)
    quantity = Quantity(value, max(0, -int(value.as_tuple().exponent)), "%")
    return agreement(quantity, Interval(middle - width, middle + width), middle, exact_inputs=exact_inputs)


@pytest.mark.parametrize(
    ("stated", "centre", "grade"),
    [
        ("97.1", "97.1023", Agreement.EXACT),
        ("97.1", "97.15", Agreement.EXACT),
        ("97.1", "97.05", Agreement.EXACT),
        ("97.1", "97.16", Agreement.TRUNCATED),
        ("97.1", "97.1999", Agreement.TRUNCATED),
        ("97.1", "97.2", Agreement.WITHIN_ROUNDING),
        ("97.1", "97.04", Agreement.WITHIN_ROUNDING),
        ("97.1", "97.0", Agreement.WITHIN_ROUNDING),
        ("97.1", "96.99", Agreement.DISAGREE),
        ("97.1", "97.21", Agreement.DISAGREE),
        ("97", "97.9", Agreement.TRUNCATED),
        ("97", "96.4", Agreement.WITHIN_ROUNDING),
    ],
)
def test_a_stated_figure_is_rounded_cut_off_or_neither(stated: str, centre: str, grade: Agreement) -> None:
    assert _grade(stated, centre) is grade


@pytest.mark.parametrize(
    ("slack", "grade"),
    [("0.1", Agreement.DISAGREE), ("0.85", Agreement.WITHIN_ROUNDING), ("3", Agreement.WITHIN_ROUNDING)],
)
def test_rounded_inputs_may_explain_a_difference(slack: str, grade: Agreement) -> None:
    assert _grade("97.1", "98.0", slack) is grade


@pytest.mark.parametrize(("stated", "grade"), [("12", Agreement.EXACT), ("11", Agreement.DISAGREE)])
def test_counts_agree_only_when_equal(stated: str, grade: Agreement) -> None:
    assert _grade(stated, "12", "5", exact_inputs=True) is grade


@pytest.mark.parametrize(
    ("quantity", "low", "high"),
    [
        (Quantity(Decimal("97.1"), 1, "%"), "97.05", "97.2"),
        (Quantity(Decimal(4), 0, "đồng", 9), "3500000000", "5000000000"),
        (Quantity(Decimal("1.20"), 2, "đồng", 9), "1195000000", "1210000000"),
        (Quantity(Decimal(7), 0, "vụ", is_count=True), "7", "7"),
    ],
)
def test_a_printed_figure_stands_for_all_that_prints_like_it(quantity: Quantity, low: str, high: str) -> None:
    assert quantity.interval == _interval(low, high)


def test_intervals_are_reckoned_with_at_their_ends() -> None:
    first, second = _interval("2", "3"), _interval("-1", "4")
    assert first + second == _interval("1", "7")
    assert first - second == _interval("-2", "4")
    assert first * second == _interval("-3", "12")
    assert _interval("6", "8") / first == _interval("2", "4")
    assert first.scaled(Decimal(-2)) == _interval("-6", "-4")
    assert first.overlaps(second)
    assert not first.overlaps(_interval("3.1", "4"))


def test_nothing_is_divided_by_an_interval_that_holds_zero() -> None:
    with pytest.raises(ZeroDivisionError):
        _interval("1", "2") / _interval("-1", "1")
