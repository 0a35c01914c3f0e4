"""A result is rated by the kind of its target and the direction of its indicator."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from baocao.figures.rating import Stands, compound, rate
from baocao.figures.said import figure, quotient
from baocao.model.indicator import Aim
from baocao.model.observation import Address, Scenario
from baocao.model.period import Period
from baocao.model.target import Decision, Rating, Target, TargetKind
from baocao.model.text import Text

YEAR = Period.part(2024)
K, R = TargetKind, Rating
UP, DOWN, NONE = Aim.HIGHER, Aim.LOWER, Aim.NONE


def _target(
    kind: TargetKind, low: str | None, high: str | None = None, is_strict: bool = False, at_year_end: bool = False
) -> Target:
    address = Address("01", "thu", YEAR, Scenario.TARGET, "HĐND")
    bounds = (None if bound is None else Decimal(bound) for bound in (low, high))
    decision = Decision("7", date(2023, 12, 8), "NQ")
    return Target(address, kind, decision, date(2024, 1, 1), *bounds, is_strict, at_year_end)


@pytest.mark.parametrize(
    ("target", "aim", "result", "rating", "percent"),
    [
        (_target(K.EXACTLY, "58.4"), UP, "58.4", R.MET, "100.0000"),
        (_target(K.EXACTLY, "58.4"), UP, "58.40001", R.EXCEEDED, "100.0000"),
        (_target(K.EXACTLY, "58.4"), UP, "58.39999", R.NOT_MET, "100.0000"),
        (_target(K.EXACTLY, "58.4"), DOWN, "50", R.EXCEEDED, "85.6164"),
        (_target(K.EXACTLY, "58.4"), DOWN, "60", R.NOT_MET, "102.7397"),
        (_target(K.EXACTLY, "31.5"), NONE, "31.5", R.MET, "100.0000"),
        (_target(K.EXACTLY, "31.5"), NONE, "31.6", R.NOT_MET, "100.3175"),
        (_target(K.AT_LEAST, "4"), DOWN, "5", R.EXCEEDED, "125.0000"),
        (_target(K.AT_LEAST, "4"), UP, "4", R.MET, "100.0000"),
        (_target(K.AT_LEAST, "67", is_strict=True), UP, "67", R.NOT_MET, "100.0000"),
        (_target(K.AT_LEAST, "67", is_strict=True), UP, "67.1", R.EXCEEDED, "100.1493"),
        (_target(K.AT_MOST, "2"), UP, "2", R.MET, "100.0000"),
        (_target(K.AT_MOST, "2"), UP, "3", R.NOT_MET, "150.0000"),
        (_target(K.AT_MOST, "4", is_strict=True), UP, "4", R.NOT_MET, "100.0000"),
        (_target(K.AT_MOST, "4", is_strict=True), NONE, "3.5", R.MET, "87.5000"),
        (_target(K.RANGE, "18", "36"), UP, "18", R.MET, "100.0000"),
        (_target(K.RANGE, "18", "36"), UP, "15", R.NOT_MET, "83.3333"),
        (_target(K.RANGE, "18", "36"), UP, "27", R.EXCEEDED, "150.0000"),
        (_target(K.RANGE, "18", "36"), DOWN, "36", R.MET, "100.0000"),
        (_target(K.RANGE, "18", "36"), DOWN, "37", R.NOT_MET, "102.7778"),
        (_target(K.RANGE, "18", "36"), NONE, "27", R.MET, "150.0000"),
        (_target(K.RANGE, "18", "36"), NONE, "37", R.NOT_MET, "205.5556"),
        (_target(K.MAINTAIN, "5"), UP, "5", R.MET, "100.0000"),
        (_target(K.MAINTAIN, "5"), UP, "4", R.NOT_MET, "80.0000"),
        (_target(K.REDUCE_BY, "3"), UP, "3.6", R.EXCEEDED, "120.0000"),
        (_target(K.REDUCE_BY, "3"), UP, "2.1", R.NOT_MET, "70.0000"),
        (_target(K.ASSURED, None), UP, "1", R.MET, None),
        (_target(K.ASSURED, None), UP, "0", R.NOT_MET, None),
        (_target(K.ASSURED, None), UP, "7", R.UNKNOWN, None),
        (_target(K.EXACTLY, "0"), DOWN, "0", R.MET, None),
    ],
)
def test_each_kind_of_target(target: Target, aim: Aim, result: str, rating: Rating, percent: str | None) -> None:
    found = rate(target, Decimal(result), aim)
    assert (found.rating, found.percent) == (rating, None if percent is None else Decimal(percent))


def test_a_level_falls_from_an_earlier_one() -> None:
    target = _target(K.REDUCE_BY, "3")
    assert rate(target, Decimal("9.5"), DOWN, fell_from=Decimal("12.5"))[:2] == (R.MET, Decimal(100))
    assert rate(target, Decimal("10"), DOWN, fell_from=Decimal("12.5")).rating is R.NOT_MET
    unknown = rate(target, Decimal("9.5"), DOWN)
    assert unknown.rating is R.UNKNOWN
    assert "hãy nạp số liệu cùng kỳ" in unknown.why.vi


def test_what_is_not_known_is_not_rated() -> None:
    assert rate(_target(K.EXACTLY, "5"), None).rating is R.UNKNOWN
    assert rate(_target(K.ASSURED, None), None, is_final=False).rating is R.UNKNOWN


@pytest.mark.parametrize(
    ("target", "result", "rating"),
    [
        (_target(K.EXACTLY, "100"), "60", R.PENDING),
        (_target(K.EXACTLY, "100"), "100", R.MET),
        (_target(K.EXACTLY, "100"), "130", R.EXCEEDED),
        (_target(K.AT_MOST, "10"), "3", R.PENDING),
        (_target(K.AT_MOST, "10"), "30", R.PENDING),
        (_target(K.EXACTLY, "100", at_year_end=True), "130", R.PENDING),
        (_target(K.EXACTLY, "100", at_year_end=True), None, R.PENDING),
    ],
)
def test_before_the_year_is_over(target: Target, result: str | None, rating: Rating) -> None:
    assert rate(target, None if result is None else Decimal(result), is_final=False).rating is rating


@pytest.mark.parametrize(
    ("target", "aim", "least", "rating"),
    [
        (_target(K.EXACTLY, "100"), UP, "99", R.INCOMPLETE),
        (_target(K.EXACTLY, "100"), UP, "100", R.MET),
        (_target(K.EXACTLY, "100"), UP, "101", R.EXCEEDED),
        (_target(K.AT_LEAST, "100", is_strict=True), UP, "100", R.INCOMPLETE),
        (_target(K.AT_MOST, "10"), UP, "10", R.INCOMPLETE),
        (_target(K.AT_MOST, "10"), UP, "11", R.NOT_MET),
        (_target(K.AT_MOST, "10", is_strict=True), UP, "10", R.NOT_MET),
        (_target(K.EXACTLY, "10"), DOWN, "9", R.INCOMPLETE),
        (_target(K.EXACTLY, "10"), DOWN, "11", R.NOT_MET),
        (_target(K.EXACTLY, "10"), NONE, "10", R.INCOMPLETE),
        (_target(K.EXACTLY, "10"), NONE, "9", R.INCOMPLETE),
        (_target(K.EXACTLY, "10"), NONE, "11", R.NOT_MET),
        (_target(K.RANGE, "18", "36"), NONE, "27", R.INCOMPLETE),
        (_target(K.RANGE, "18", "36"), NONE, "37", R.NOT_MET),
        (_target(K.RANGE, "18", "36"), UP, "18", R.MET),
        (_target(K.REDUCE_BY, "3"), UP, "3.6", R.INCOMPLETE),
        (_target(K.ASSURED, None), UP, "1", R.INCOMPLETE),
    ],
)
def test_of_a_total_that_lacks_units_only_what_more_cannot_change_is_said(
    target: Target, aim: Aim, least: str, rating: Rating
) -> None:
    found = rate(target, Decimal(least), aim, stands=Stands.LEAST)
    assert (found.rating, found.percent) == (rating, None)
    assert ("chỉ làm tăng thêm" in found.why.vi) is (rating is not R.INCOMPLETE)
    assert rate(target, Decimal(least), aim, stands=Stands.PART).rating is R.INCOMPLETE


def test_before_the_year_is_over_a_total_that_lacks_units_is_pending_only_where_all_is_rated_later() -> None:
    exact, later = _target(K.EXACTLY, "100"), _target(K.EXACTLY, "100", at_year_end=True)
    found = [rate(one, Decimal(60), is_final=False, stands=Stands.LEAST).rating for one in (exact, later)]
    assert found == [R.INCOMPLETE, R.PENDING]
    assert rate(exact, None, stands=Stands.PART).rating is R.UNKNOWN


@pytest.mark.parametrize(
    ("parts", "rating"),
    [
        ([R.EXCEEDED, R.NOT_MET, R.UNKNOWN], R.NOT_MET),
        ([R.EXCEEDED, R.UNKNOWN, R.PENDING], R.UNKNOWN),
        ([R.EXCEEDED, R.INCOMPLETE, R.PENDING], R.INCOMPLETE),
        ([R.INCOMPLETE, R.NOT_MET], R.NOT_MET),
        ([R.MET, R.PENDING], R.PENDING),
        ([R.EXCEEDED, R.MET], R.MET),
        ([R.EXCEEDED, R.EXCEEDED], R.EXCEEDED),
        ([], R.UNKNOWN),
    ],
)
def test_one_failed_part_fails_the_whole(parts: list[Rating], rating: Rating) -> None:
    assert compound(parts) is rating


def test_quotients_are_exact_to_four_decimals_half_away_from_zero() -> None:
    assert quotient(Decimal(1), Decimal(800000)) == Decimal("0.0001")
    assert quotient(Decimal(-1), Decimal(2000000)) == Decimal("-0.0001")
    assert quotient(Decimal(2), Decimal(3)) == Decimal("66.6667")
    assert quotient(Decimal(5), Decimal(0)) is None
    assert str(quotient(Decimal(10) ** 30, Decimal(10) ** 30)) == "100.0000"


def test_figures_are_said_in_the_manner_of_each_language() -> None:
    assert figure(Decimal("1234567.500")) == Text("1.234.567,5", "1,234,567.5")
    assert figure(Decimal("-1000")) == Text("-1.000", "-1,000")
    why = rate(_target(K.RANGE, "1600", "3200.5"), Decimal("1300")).why
    assert why == Text("1.300 so với 1.600-3.200,5 được giao", "1,300 against 1,600-3,200.5 asked for")
