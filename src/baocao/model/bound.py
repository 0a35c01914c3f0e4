"""The figure of a target that decides, and which way is good: what any rating of a result begins with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from baocao.model.indicator import Aim
from baocao.model.target import Rating, TargetKind


class Asked(Protocol):
    """What is asked for, be it a target of the ledger or the words of a printed plan."""

    @property
    def kind(self) -> TargetKind: ...
    @property
    def low(self) -> Decimal | None: ...
    @property
    def high(self) -> Decimal | None: ...
    @property
    def is_strict(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Bound:
    """The figure that decides: which way is good (None: only the figure itself), and whether it counts itself.

    ``far`` is the other end of a range without a direction: all between meets it. A ceiling ("không quá 61 vụ") is met
    by whatever stays below it: nobody exceeds a plan by 97% of it.
    """

    at: Decimal
    is_upwards: bool | None
    is_strict: bool = False
    far: Decimal | None = None
    is_ceiling: bool = False

    def rate(self, result: Decimal) -> Rating:
        if self.is_upwards is None:
            is_within = self.at <= result <= (self.at if self.far is None else self.far)
            return Rating.MET if is_within else Rating.NOT_MET
        beyond = result - self.at if self.is_upwards else self.at - result
        if beyond > 0:
            return Rating.MET if self.is_ceiling else Rating.EXCEEDED
        return Rating.MET if beyond == 0 and not self.is_strict else Rating.NOT_MET

    def rate_of_part(self, least: Decimal) -> Rating | None:
        """The rating that stands whatever is added to a result yet: a floor reached, a ceiling broken; else None."""
        rating = self.rate(least)
        if self.is_upwards:
            return None if rating is Rating.NOT_MET else rating
        is_beyond = self.is_upwards is False or least > (self.at if self.far is None else self.far)
        return rating if rating is Rating.NOT_MET and is_beyond else None


def bound_of(target: Asked, aim: Aim) -> Bound | None:
    """The figure of a target that counts, for an indicator of this direction; None for an assured one.

    "At least" and "at most" say themselves which way is good; an exact figure, a range and what is to be
    maintained go by the indicator's direction. Of a range the end that is reached first counts: the lower
    one, or the upper one where less is better.
    """
    if target.low is None:
        return None
    if target.kind in (TargetKind.AT_LEAST, TargetKind.REDUCE_BY):
        return Bound(target.low, True, target.is_strict)
    if target.kind is TargetKind.AT_MOST:
        return Bound(target.low, False, target.is_strict, is_ceiling=True)
    if aim is Aim.NONE:
        return Bound(target.low, None, target.is_strict, target.high)
    is_upwards = aim is Aim.HIGHER
    at = target.low if is_upwards or target.high is None else target.high
    return Bound(at, is_upwards, target.is_strict)
