"""Printed numbers are read as an official means them, and what is odd about them is kept."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baocao.grammar.numbers import Flaw, Number, read_number, write_number

SOUND = [
    ("0", "0", 0, False),
    ("45", "45", 0, False),
    ("6510", "6510", 0, False),
    ("1.583,7", "1583.7", 1, True),
    ("70.821", "70821", 0, True),
    ("12.345.678", "12345678", 0, True),
    ("12.345.678,05", "12345678.05", 2, True),
    ("64,027", "64.027", 3, False),
    ("97,10", "97.10", 2, False),
    ("0,5", "0.5", 1, False),
    ("1638,52", "1638.52", 2, False),
]


@pytest.mark.parametrize(("printed", "value", "decimals", "grouped"), SOUND)
def test_dots_group_and_the_comma_is_the_decimal_sign(printed: str, value: str, decimals: int, grouped: bool) -> None:
    number = read_number(printed)
    assert number[:4] == (Decimal(value), decimals, grouped, None)
    assert -number.value.as_tuple().exponent == decimals  # the printed decimals stay, noughts included


FLAWED = [
    ("218,407.000", Flaw.MIXED, "218407000", 0),
    ("1,234.5", Flaw.MIXED, "1234.5", 1),
    ("1,234,567.25", Flaw.MIXED, "1234567.25", 2),
    ("3.52.168", Flaw.GROUPS, "352168", 0),
    ("1.48.250", Flaw.GROUPS, "148250", 0),
    ("12.34.567,8", Flaw.GROUPS, "1234567.8", 1),
    ("1.234,56,7", Flaw.GROUPS, "123456.7", 1),
    ("12,34,5", Flaw.GROUPS, "12345", 0),
    ("87.5", Flaw.POINT, "87.5", 1),
    ("87.25", Flaw.POINT, "87.25", 2),
    ("1.4528", Flaw.POINT, "1.4528", 4),
    ("1,234,567", Flaw.COMMAS, "1234567", 0),
]


@pytest.mark.parametrize(("printed", "flaw", "value", "decimals"), FLAWED)
def test_a_number_whose_signs_cannot_be_right_is_read_for_its_likely_meaning(
    printed: str, flaw: Flaw, value: str, decimals: int
) -> None:
    number = read_number(printed)
    assert (number.flaw, number.value, number.decimals) == (flaw, Decimal(value), decimals)


def test_every_flaw_has_its_example() -> None:
    assert {flaw for _, flaw, _, _ in FLAWED} == set(Flaw)


@pytest.mark.parametrize(
    ("printed", "is_zero_led"),
    [("07", True), ("02,5", True), ("0", False), ("0,7", False), ("10", False), ("1.007", False)],
)
def test_a_leading_nought_marks_a_count_below_ten(printed: str, is_zero_led: bool) -> None:
    assert read_number(printed).zero_led is is_zero_led


WRITTEN = [
    ("1583.7", None, "1.583,7"),
    ("1583.70", None, "1.583,7"),
    ("1583.7", 2, "1.583,70"),
    ("70821", None, "70.821"),
    ("999", None, "999"),
    ("1E+6", None, "1.000.000"),
    ("-1234.5", None, "-1.234,5"),
    ("0", None, "0"),
    ("0.05", None, "0,05"),
]


@pytest.mark.parametrize(("value", "decimals", "printed"), WRITTEN)
def test_numbers_are_written_in_the_vietnamese_way(value: str, decimals: int | None, printed: str) -> None:
    assert write_number(Decimal(value), decimals) == printed


@given(st.integers(0, 10**15), st.integers(0, 6))
def test_what_is_written_is_read_again(digits: int, decimals: int) -> None:
    value = Decimal(digits).scaleb(-decimals)
    number = read_number(write_number(value, decimals))
    assert number == Number(value, decimals, grouped=value >= 1000, flaw=None, zero_led=number.zero_led)


@given(st.integers(0, 10**15), st.integers(0, 6))
def test_a_number_without_needless_noughts_is_read_again(digits: int, decimals: int) -> None:
    value = Decimal(digits).scaleb(-decimals)
    assert read_number(write_number(value)).value == value


@given(st.from_regex(r"[0-9]{1,5}([.,][0-9]{1,4}){0,4}", fullmatch=True))
def test_every_printed_number_is_read_or_flawed_and_keeps_its_digits(printed: str) -> None:
    number = read_number(printed)
    digits = "".join(c for c in printed if c.isdigit())
    assert number.value.scaleb(number.decimals) == Decimal(digits)
    assert number.decimals >= 0
