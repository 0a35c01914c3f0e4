"""What a formula comes to. Exact inside, decimal outside; a missing figure makes the result missing.

A figure that is not known is never taken for zero: the outcome names what is missing. That nothing
occurred (``NoValue.NONE_OCCURRED``) is a zero, which whoever looks figures up has to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from baocao.figures.formula_tree import (
    Binary,
    Choice,
    Comparison,
    Expression,
    Name,
    Negative,
    Number,
    Relation,
    Several,
    fold,
)
from baocao.model import Agreement

DIGITS = 28  # of a quotient that does not end
_CONTEXT = Context(prec=DIGITS)

LookUp = Callable[[Name], Decimal | None]  # the figure of a name at its period, None when there is none


@dataclass(frozen=True, slots=True)
class Outcome:
    """The value of an expression, or why there is none: figures that are missing, or a division by zero."""

    value: Decimal | None
    missing: tuple[Name, ...] = ()
    by_zero: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """How the two sides of an identity stand: ``agreement`` is None when figures are missing.

    EXACT holds as it is; WITHIN_ROUNDING holds by the rounding of printed decimals, for "≈" alone;
    UNDECIDABLE divides by zero.
    """

    agreement: Agreement | None
    left: Outcome
    right: Outcome

    @property
    def difference(self) -> Decimal | None:
        """Left less right, None when a side has no value."""
        if self.left.value is None or self.right.value is None:
            return None
        return self.left.value - self.right.value


@dataclass(frozen=True, slots=True)
class _Partial:
    """All values that an expression may have, from low to high; the figure as printed lies between."""

    low: Fraction
    at: Fraction
    high: Fraction
    missing: tuple[Name, ...] = ()
    by_zero: bool = False  # the figure as printed divides by zero
    is_open: bool = False  # some value within the rounding divides by zero

    @property
    def has_value(self) -> bool:
        return not (self.missing or self.by_zero)


_NOTHING = Fraction(0)


class _Values:
    """The algebra of values, each with what its rounding allows."""

    def __init__(self, look_up: LookUp) -> None:
        self.look_up = look_up

    def number(self, node: Number) -> _Partial:
        return _single(Fraction(node.value))

    def name(self, node: Name) -> _Partial:
        value = self.look_up(node)
        if value is None or not value.is_finite():
            return _Partial(_NOTHING, _NOTHING, _NOTHING, (node,))
        return _printed(value)

    def negative(self, node: Negative, of: _Partial) -> _Partial:
        return _Partial(-of.high, -of.at, -of.low, of.missing, of.by_zero, of.is_open)

    def binary(self, node: Binary, left: _Partial, right: _Partial) -> _Partial:
        if not (left.has_value and right.has_value):
            return _without((left, right))
        if node.sign == "/" and right.at == 0:
            return _Partial(_NOTHING, _NOTHING, _NOTHING, by_zero=True)
        is_open = left.is_open or right.is_open
        if node.sign == "/" and right.low <= 0 <= right.high:
            at = left.at / right.at
            return _Partial(at, at, at, is_open=True)
        return _joined(node.sign, left, right, is_open)

    def several(self, node: Several, of: tuple[_Partial, ...]) -> _Partial:
        if not all(part.has_value for part in of):
            return _without(of)
        low, at, high = (
            _chosen(node.choice, values)
            for values in ([part.low for part in of], [part.at for part in of], [part.high for part in of])
        )
        return _Partial(low, at, high, is_open=any(part.is_open for part in of))


def _chosen(choice: Choice, values: list[Fraction]) -> Fraction:
    match choice:
        case Choice.SUM:
            return sum(values, _NOTHING)
        case Choice.MIN:
            return min(values)
        case Choice.MAX:
            return max(values)


def evaluate(tree: Expression, look_up: LookUp) -> Outcome:
    """What an expression comes to with the figures that ``look_up`` finds."""
    return _outcome(fold(tree, _Values(look_up)))


def judge(tree: Relation, look_up: LookUp) -> Judgement:
    """Whether an identity holds with the figures that ``look_up`` finds."""
    left, right = (fold(side, _Values(look_up)) for side in (tree.left, tree.right))
    return Judgement(_agreement(tree.comparison, left, right), _outcome(left), _outcome(right))


def _agreement(comparison: Comparison, left: _Partial, right: _Partial) -> Agreement | None:
    if left.missing or right.missing:
        return None
    if left.by_zero or right.by_zero:
        return Agreement.UNDECIDABLE
    if _holds(comparison, left.at, right.at):
        return Agreement.EXACT
    if comparison != "≈":
        return Agreement.DISAGREE
    if left.is_open or right.is_open:
        return Agreement.UNDECIDABLE
    near = left.low <= right.high and right.low <= left.high
    return Agreement.WITHIN_ROUNDING if near else Agreement.DISAGREE


def _holds(comparison: Comparison, left: Fraction, right: Fraction) -> bool:
    return {
        "=": left == right,
        "≈": left == right,
        "≠": left != right,
        "<": left < right,
        "≤": left <= right,
        ">": left > right,
        "≥": left >= right,
    }[comparison]


def _joined(sign: str, left: _Partial, right: _Partial, is_open: bool) -> _Partial:
    if sign in "+-":
        other = right if sign == "+" else _Partial(-right.high, -right.at, -right.low)
        return _Partial(left.low + other.low, left.at + other.at, left.high + other.high, is_open=is_open)
    if sign == "/":
        right = _Partial(1 / right.high, 1 / right.at, 1 / right.low)
    ends = [one * other for one in (left.low, left.high) for other in (right.low, right.high)]
    return _Partial(min(ends), left.at * right.at, max(ends), is_open=is_open)


def _single(value: Fraction) -> _Partial:
    return _Partial(value, value, value)


def _printed(value: Decimal) -> _Partial:
    """A figure with decimals stands for all that round to it; a whole number was counted and is itself."""
    exponent = value.as_tuple().exponent
    at = Fraction(value)
    if not isinstance(exponent, int) or exponent >= 0:
        return _single(at)
    half = Fraction(1, 2 * 10**-exponent)
    return _Partial(at - half, at, at + half)


def _without(parts: Sequence[_Partial]) -> _Partial:
    missing = tuple(dict.fromkeys(name for part in parts for name in part.missing))
    return _Partial(_NOTHING, _NOTHING, _NOTHING, missing, any(part.by_zero for part in parts))


def _outcome(partial: _Partial) -> Outcome:
    if not partial.has_value:
        return Outcome(None, partial.missing, partial.by_zero)
    return Outcome(decimal_of(partial.at))


def decimal_of(value: Fraction) -> Decimal:
    """The decimal of a fraction: exact where it ends within ``DIGITS`` digits, else rounded to that many."""
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))
