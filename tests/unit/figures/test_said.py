"""Figures and names as people are told them, in both languages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from baocao.figures.said import MORE_UNITS, figure, joined, quotient, some, with_figures
from baocao.model.text import Text


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [("1234.50", "1.234,5", "1,234.5"), ("-1000000", "-1.000.000", "-1,000,000"), ("1E+3", "1.000", "1,000")],
)
def test_a_figure_is_told_in_the_manner_of_each_language(value: str, vi: str, en: str) -> None:
    assert figure(Decimal(value)) == Text(vi, en)


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [("70.05", "61.76", "113.4229"), ("1", "3", "33.3333"), ("-2", "3", "-66.6667"), ("0.000001", "2", "0.0001")],
)
def test_a_quotient_has_four_decimals_half_away_from_nought(part: str, whole: str, percent: str) -> None:
    assert quotient(Decimal(part), Decimal(whole)) == Decimal(percent)
    assert quotient(Decimal(part), Decimal(0)) is None


def test_of_many_names_the_first_twelve_are_told() -> None:
    names = [f"Xã {number}" for number in range(1, 15)]
    assert some(names[:12], MORE_UNITS).vi.endswith("Xã 11, Xã 12")
    told = some(names, MORE_UNITS)
    assert told.vi == joined(names[:12], ", ").vi + " và 2 đơn vị khác"
    assert told.en.endswith("Xã 12 and 2 others")


def test_each_language_has_its_own_words_of_a_fact() -> None:
    words = with_figures(Text("{a} của {b}", "{a} of {b}"), a=figure(Decimal("1.5")), b=joined([Text("lúa", "rice")]))
    assert words == Text("1,5 của lúa", "1.5 of rice")
