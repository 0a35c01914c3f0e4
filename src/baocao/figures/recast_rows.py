"""The rows that a re-cast gives: each figure with what it was made of and what is missing from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from enum import Enum
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from baocao.model.observation import Address, NoValue
from baocao.model.org_unit import Level

# Wide enough for any figure that is stored; a sum that would have to be rounded raises instead.
EXACT = Context(prec=80, traps=[Inexact])


class How(Enum):
    """How the figure of a row came about."""

    SAME = "same"  # one source, whole and alone: passed on unchanged, whatever the indicator
    SUMMED = "summed"
    APPORTIONED = "apportioned"  # a sum in which at least one source came by a share
    RECOMPUTED = "recomputed"  # from the re-cast numerator and denominator
    LEFT = "left"  # stays with the old unit: no share is known, or it cannot be parted
    NOT_RECAST = "not_recast"  # the new unit has no figure


@dataclass(frozen=True, slots=True)
class Source:
    """What one earlier figure gave to a row.

    Of an additive figure ``value`` is the part that went here; of any other it is the whole figure, as told.
    """

    unit: str
    share: Fraction
    value: Decimal | None
    mark: NoValue | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """What a row lacks: a source without a figure, or a part of one that no decision divides (then ``value`` is
    the most that it can come to)."""

    unit: str
    mark: NoValue
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One re-cast figure; exactly one of ``value`` and ``mark`` is given.

    ``level`` is that of its sources: figures of districts and of communes for one address are two rows and
    are never added. A row that is LEFT carries the old unit's key, ``among`` the units in which the figure
    may lie, and ``held_by`` the smallest unit that holds it all, which counts it.
    """

    address: Address
    level: Level
    how: How
    value: Decimal | None
    mark: NoValue | None
    sources: tuple[Source, ...]
    missing: tuple[Missing, ...] = ()
    among: tuple[str, ...] = ()
    held_by: str = ""

    @property
    def is_complete(self) -> bool:
        return not self.missing and self.how not in (How.LEFT, How.NOT_RECAST)


def in_order(address: Address) -> tuple[object, ...]:
    """What addresses are sorted by."""
    return (
        address.unit,
        address.indicator,
        address.period,
        address.scenario.value,
        address.authority,
        address.breakdown,
    )


class Shares(NamedTuple):
    """Shares as whole numbers of the least part that all are multiples of, and how many such parts there are."""

    whole: int
    weights: tuple[int, ...]

    @classmethod
    def of(cls, shares: Sequence[Fraction]) -> Shares:
        whole = lcm(*(share.denominator for share in shares))
        return cls(whole, tuple(share.numerator * (whole // share.denominator) for share in shares))


def apportion(value: Decimal, shares: Shares) -> list[Decimal]:
    """A figure in parts that add up to it exactly, at its own last decimal, by largest remainder.

    Of equal remainders the first in order gets the unit. The shares make 1.
    """
    if len(shares.weights) == 1:
        return [value]
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{value} is no figure")
    places = max(-exponent, 0)
    units = int(value.copy_abs().scaleb(places, EXACT))
    exact = [divmod(units * weight, shares.whole) for weight in shares.weights]
    counts = [count for count, _ in exact]
    left = units - sum(counts)
    for place in sorted(range(len(exact)), key=lambda place: -exact[place][1])[:left]:
        counts[place] += 1
    sign = -1 if value.is_signed() else 1
    return [Decimal(sign * count).scaleb(-places, EXACT) for count in counts]


def total(values: Sequence[Decimal]) -> Decimal:
    """The exact sum."""
    found = values[0]
    for value in values[1:]:
        found = EXACT.add(found, value)
    return found


def quotient(numerator: Decimal, denominator: Decimal, per: Decimal, places: int = 6) -> Decimal:
    """``per`` × numerator / denominator, half up, at so many decimals (six are what the store keeps)."""
    (above, above_by), (below, below_by) = numerator.as_integer_ratio(), denominator.as_integer_ratio()
    per_of, per_by = per.as_integer_ratio()
    top, bottom = above * per_of * below_by * 10**places, below * per_by * above_by
    size = (2 * abs(top) + abs(bottom)) // (2 * abs(bottom))
    return Decimal(size if (top < 0) == (bottom < 0) or not top else -size).scaleb(-places, EXACT)
