"""Printed figures and their arithmetic.

A printed figure is an interval: "97,1" stands for every value that rounds to it. Reports round,
and often truncate, so agreement is judged in grades and never with ``==`` (the idea of XBRL
Calculations 1.1, which has both a rounding and a truncating mode).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)
HALF = Decimal("0.5")
_UNITS = {exponent: ONE.scaleb(exponent) for exponent in range(-16, 17)}  # powers of ten, made once


class Agreement(Enum):
    """How well a stated figure agrees with what its own statement implies, best first."""

    EXACT = "exact"  # the expected value, rounded to the printed decimals, is the stated one
    TRUNCATED = "truncated"  # cut off instead of rounded
    WITHIN_ROUNDING = "within_rounding"  # the rounding of the inputs, or one last place, explains it
    DISAGREE = "disagree"
    UNDECIDABLE = "undecidable"


class Comparator(Enum):
    """What a word before or after a figure makes of it."""

    EXACTLY = ""
    ABOUT = "about"  # khoảng, gần, xấp xỉ
    AT_LEAST = "at_least"  # trên, hơn, từ ... trở lên
    AT_MOST = "at_most"  # dưới, không quá, trở xuống


class Interval(NamedTuple):
    """All values from ``low`` to ``high``, ends included."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:  # type: ignore[override]
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:  # type: ignore[override]
        ends = (self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high)
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        """Raises ``ZeroDivisionError`` when the divisor's interval holds zero."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor's interval holds zero")
        ends = (self.low / other.low, self.low / other.high, self.high / other.low, self.high / other.high)
        return Interval(min(ends), max(ends))

    def overlaps(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high

    def scaled(self, factor: Decimal) -> Interval:
        if factor >= 0:
            return Interval(self.low * factor, self.high * factor)
        return Interval(self.high * factor, self.low * factor)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value as printed: ``value`` × 10^``scale`` of ``unit``, with ``decimals`` printed places.

    ``unit`` is a code of reference/units.toml, or the counted noun in lower case ("vụ"), or "".
    ``upper`` is the upper end of a printed range ("16-32"), else None. ``is_count`` says that whole
    things were counted, so that the value is itself alone and no interval.
    """

    value: Decimal
    decimals: int
    unit: str = ""
    scale: int = 0
    comparator: Comparator = Comparator.EXACTLY
    upper: Decimal | None = None
    is_count: bool = False

    @property
    def amount(self) -> Decimal:
        """The value with its scale word applied ("1,2 tỷ" is 1200000000)."""
        return self.value.scaleb(self.scale) if self.scale else self.value

    @property
    def ulp(self) -> Decimal:
        """One unit in the last printed place, scale applied."""
        exponent = self.scale - self.decimals
        return _UNITS.get(exponent) or ONE.scaleb(exponent)

    @property
    def interval(self) -> Interval:
        """Every value that is printed like this, whether rounded or cut off.

        A counted whole number ("7 vụ") is itself alone: nobody counts in halves.
        """
        amount = self.amount
        if self.is_count:
            return Interval(amount, amount)
        ulp = self.ulp
        return Interval(amount - ulp * HALF, amount + ulp)


def agreement(stated: Quantity, expected: Interval, centre: Decimal, *, exact_inputs: bool = False) -> Agreement:
    """Grade a stated figure against the expected one.

    ``centre`` is the expected value computed from the printed inputs; ``expected`` is the interval
    that the rounding of those inputs allows. With ``exact_inputs`` (counts adding up to a count)
    nothing but equality is exact, and a difference of one is a disagreement.
    """
    amount, ulp = stated.amount, stated.ulp
    difference = centre - amount
    off = abs(difference)
    if exact_inputs:
        return Agreement.EXACT if off == 0 else Agreement.DISAGREE
    if off <= ulp * HALF:
        return Agreement.EXACT
    if ZERO < difference < ulp:
        return Agreement.TRUNCATED
    if off <= ulp:
        return Agreement.WITHIN_ROUNDING
    if expected.low <= amount + ulp * HALF and amount - ulp * HALF <= expected.high:
        return Agreement.WITHIN_ROUNDING
    return Agreement.DISAGREE
